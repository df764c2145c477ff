"""The live widget in a real JupyterLab: what is done on the map is known in Python, and the reverse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import expect

from tests.browser.conftest import keep
from tests.jupyter.lab import opened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Frame, Locator

    from tests.jupyter.lab import Lab, Notebook

pytestmark = pytest.mark.thorough

MAKE = """
import geocontracts
told = []
carte = geocontracts.ContractWidget(date=2019, height=560)
carte.observe(lambda change: told.append((change.name, change.new)), ["selection", "layers", "date"])
carte
"""
ACV = "Action cœur de ville"


class Live:
    """A notebook with the widget in its first cell."""

    def __init__(self, notebook: Notebook) -> None:
        """Show the map."""
        self.notebook = notebook
        notebook.run(0)

    def frame(self, cell: int = 0) -> Frame:
        """Return the page in a cell's output, once it is whole.

        Browsers draw nothing of a frame that is not in sight, and the page waits for that
        before it goes on: it has to be scrolled to, else it is never whole.
        """
        element = self.notebook.shown(cell).locator("iframe")
        element.scroll_into_view_if_needed()
        frame = element.element_handle().content_frame()
        assert frame is not None
        # Not `evaluate`, which would wait for ever.
        frame.wait_for_function("() => window.geocontracts?.ready.then(() => true)")
        return frame

    def run(self, source: str) -> None:
        """Run a cell of its own."""
        self.notebook.run(self.notebook.add(source))

    def says(self, expression: str) -> str:
        """Return what a cell prints of an expression."""
        number = self.notebook.add(f"print({expression})")
        self.notebook.run(number)
        return "".join(output.get("text", "") for output in self.notebook.outputs(number)).strip()

    def until(self, expression: str) -> None:
        """Wait until an expression is true in the kernel: news of the map come between cells."""
        for _ in range(40):
            if self.says(expression) == "True":
                return
            self.notebook.page.wait_for_timeout(150)
        pytest.fail(f"never came true: {expression}")


@pytest.fixture(scope="module")
def live(browser: Browser, lab: Lab) -> Iterator[Live]:
    nbformat.write(new_notebook(cells=[new_code_cell(MAKE)]), lab.folder / "vivante.ipynb")
    with opened(browser, lab, "vivante.ipynb", reduced_motion="reduce") as notebook:
        yield Live(notebook)
        assert notebook.beyond == []
        assert notebook.complaints == []


def box(frame: Frame, name: str) -> Locator:
    """Return the switch of a programme in the legend."""
    return frame.get_by_role("checkbox", name=name, exact=False).first


def test_what_is_done_on_the_map_is_known_in_python(live: Live) -> None:
    frame = live.frame()
    expect(frame.locator(".gc-time-title")).to_have_text("En vigueur en 2019")
    assert live.says("carte.selection, carte.date, len(carte.layers)") == "None (2019, 2019) 40"
    box(frame, ACV).uncheck()
    live.until("'acv' not in carte.layers and len(carte.layers) == 39")
    frame.get_by_role("combobox", name="Chercher un lieu ou un contrat").fill("59172")
    frame.get_by_role("option").first.click()
    live.until("carte.selection == 'commune:59172'")
    frame.get_by_role("button", name="Toutes les dates").click()
    live.until("carte.date is None")
    live.until("'off=acv' in carte.state and 'at=commune:59172' in carte.state")
    keep(live.notebook.page, "widget")


def test_what_python_sets_is_shown_at_once_and_comes_back_once(live: Live) -> None:
    frame = live.frame()
    live.run("carte.layers = carte.programmes; told.clear(); carte.layers = ['pat', 'acv']")
    expect(frame.locator(".gc-line:not(.gc-off) .gc-line-name")).to_have_count(2)
    expect(box(frame, ACV)).to_be_checked()
    live.run("carte.selection = 'epci:200033579'")
    expect(frame.locator("#gc-panel h2")).to_have_text("CU d'Arras")
    live.run("carte.date = (2017, 2019)")
    expect(frame.locator(".gc-time-title")).to_have_text("En vigueur de 2017 à 2019")
    live.notebook.page.wait_for_timeout(1500)
    assert live.says("told") == (
        "[('layers', ('acv', 'pat')), ('selection', 'epci:200033579'), ('date', (2017, 2019))]"
    ), "each change once: what is set does not come back as a change"
    live.run("carte.selection = None")
    expect(frame.locator("#gc-panel")).to_be_hidden()


def test_a_whole_link_is_taken(live: Live) -> None:
    frame = live.frame()
    live.run("carte.state = 'carte.html#v=pileup&off=acv&t=2018&at=commune:80021'")
    expect(frame.locator("#gc-panel h2")).to_have_text("Amiens")
    expect(frame.get_by_role("radio", name="Cumul")).to_be_checked()
    live.until(
        "carte.selection == 'commune:80021' and carte.date == (2018, 2018) and len(carte.layers) == 39"
    )


def test_what_is_set_in_the_cell_that_shows_the_map_again_counts(live: Live) -> None:
    """The new view begins with the link of what was seen, and on top of it what was set since."""
    frame = live.frame()
    live.run("carte.state = 'carte.html#v=pileup&off=acv&t=2018'")
    live.until("'v=pileup' in carte.state and carte.date == (2018, 2018) and 'acv' not in carte.layers")
    box(frame, ACV).check()
    live.until("'acv' in carte.layers")
    box(frame, "Projets alimentaires territoriaux").uncheck()
    live.until("'off=pat' in carte.state and 'v=pileup' in carte.state and 'acv' in carte.layers")
    again = live.notebook.add("carte.layers = ['pat']; carte.date = 2016; carte.selection = None; carte")
    live.notebook.run(again)
    for cell in (again, 0):
        frame = live.frame(cell)
        expect(frame.locator(".gc-line:not(.gc-off) .gc-line-name")).to_have_count(1)
        expect(frame.locator(".gc-time-title")).to_have_text("En vigueur en 2016")
        expect(frame.locator("#gc-panel")).to_be_hidden()
        expect(frame.get_by_role("radio", name="Cumul")).to_be_checked()
    live.until("carte.state.endswith('v=pileup&only=pat&t=2016-2016')")
    assert live.says("carte.layers, carte.date, carte.selection") == "('pat',) (2016, 2016) None"


def test_what_the_map_does_not_have_is_refused_in_python(live: Live) -> None:
    before = live.says("carte.layers")
    with pytest.raises(AssertionError, match=r"TraitError: “acvv” is not a programme of this map: .*\bacv, "):
        live.run("carte.layers = ['acvv']")
    assert live.says("carte.layers") == before


def test_a_second_view_follows_the_first_and_none_is_left_behind(live: Live) -> None:
    second = live.notebook.add("carte")
    live.notebook.run(second)
    frame = live.frame(second)
    live.run("carte.selection = 'commune:62041'")
    expect(frame.locator("#gc-panel h2")).to_have_text("Arras")
    expect(live.frame().locator("#gc-panel h2")).to_have_text("Arras")
    live.run("carte.height = 420")
    element = live.notebook.shown(second).locator("iframe")
    expect(element).to_have_css("height", "420px")
    live.run("links = []; carte.observe(lambda change: links.append(change.new), 'state')")
    live.run("told.clear(); carte.date = 2015")
    expect(frame.locator(".gc-time-title")).to_have_text("En vigueur en 2015")
    live.notebook.page.wait_for_timeout(1500)
    assert live.says("told") == "[('date', (2015, 2015))]", "two views do not answer each other for ever"
    box(frame, ACV).uncheck()
    expect(box(live.frame(), ACV)).not_to_be_checked()
    live.until("'acv' not in carte.layers")
    box(live.frame(), ACV).check()
    expect(box(frame, ACV)).to_be_checked()
    live.until("'acv' in carte.layers")
    live.notebook.page.wait_for_timeout(1500)
    count = live.says("len(links)")
    live.notebook.page.wait_for_timeout(1500)
    assert live.says("len(links)") == count, "once all is said, it is quiet"
    assert int(count) < 12
    live.run("carte.close()")
    expect(live.notebook.page.locator("iframe[title^='Contrats territoriaux']")).to_have_count(0)


def test_a_map_shown_again_after_its_view_was_taken_away_is_as_python_left_it(live: Live) -> None:
    """Nobody was there to answer what was set, and it goes back to how a page begins."""
    live.run("gardee = geocontracts.ContractWidget(height=560)")
    cell = live.notebook.add("gardee")
    live.notebook.run(cell)
    box(live.frame(cell), ACV).uncheck()
    live.until("'acv' not in gardee.layers and gardee.state == 'off=acv'")
    live.notebook.page.evaluate("() => window.jupyterapp.commands.execute('notebook:clear-all-cell-outputs')")
    expect(live.notebook.page.locator("iframe[title^='Contrats territoriaux']")).to_have_count(0)
    cell = live.notebook.add("gardee.layers = gardee.programmes; gardee.date = 2016; gardee")
    live.notebook.run(cell)
    frame = live.frame(cell)
    expect(frame.locator(".gc-time-title")).to_have_text("En vigueur en 2016")
    expect(box(frame, ACV)).to_be_checked()
    live.until("gardee.state == 't=2016-2016' and gardee.layers == gardee.programmes")
