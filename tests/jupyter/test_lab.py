"""The map shows itself in a real JupyterLab, with the network cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output
from playwright.sync_api import expect

from geocontracts.webmap.folium_map import ContractMap
from tests.browser.conftest import keep
from tests.jupyter.lab import opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.jupyter.lab import Lab

pytestmark = pytest.mark.thorough


def test_a_kernel_is_shut_off_and_leaves_the_checkout_alone(browser: Browser, lab: Lab) -> None:
    cells = [
        "import socket; socket.socket().connect(('192.0.2.1', 80))",
        "import geocontracts; open(geocontracts.__file__, 'a')",
        "40 + 2",
        "import requests; requests.get('https://example.org', timeout=2)",
    ]
    nbformat.write(new_notebook(cells=[new_code_cell(cell) for cell in cells]), lab.folder / "garde.ipynb")
    with opened(browser, lab, "garde.ipynb") as notebook:
        with pytest.raises(AssertionError, match="tried to reach"):
            notebook.run(0)
        with pytest.raises(AssertionError, match="tried to write"):
            notebook.run(1)
        notebook.run(2)
        assert notebook.shown(2).inner_text().strip().endswith("42")
        with pytest.raises(AssertionError, match=r"looked up example\.org"):
            notebook.run(3)
        assert notebook.beyond == []


def test_the_map_shows_itself_and_answers(browser: Browser, lab: Lab) -> None:
    cells = [new_code_cell("import geocontracts as gc\ngc.ContractMap()")]
    nbformat.write(new_notebook(cells=cells), lab.folder / "carte.ipynb")
    with opened(browser, lab, "carte.ipynb") as notebook:
        notebook.run_all()
        box = notebook.shown(0).locator("iframe")
        assert box.get_attribute("title") == "Contrats territoriaux — Hauts-de-France"
        frame = notebook.shown(0).frame_locator("iframe")
        search = frame.get_by_role("combobox", name="Chercher")
        search.fill("Denain")
        search.press("Enter")
        expect(frame.get_by_role("heading", name="Denain").first).to_be_visible()
        notebook.page.wait_for_timeout(1000)  # the map has stopped moving: a person looks at this picture
        keep(notebook.page, "jupyterlab-carte")
        assert notebook.beyond == []
        assert notebook.complaints == []


def test_a_notebook_that_is_not_trusted_says_what_stands_there(browser: Browser, lab: Lab) -> None:
    """Its outputs come from another machine: JupyterLab takes the frame away until the cell is run here."""
    made = ContractMap()
    output = new_output("execute_result", {"text/html": made._repr_html_(), "text/plain": repr(made)})
    cell = new_code_cell("import geocontracts as gc\ngc.ContractMap()", outputs=[output])
    nbformat.write(new_notebook(cells=[cell]), lab.folder / "reçu.ipynb")
    with opened(browser, lab, "reçu.ipynb") as notebook:
        expect(notebook.shown(0)).to_contain_text("Ici se trouve la carte interactive")
        assert "<" not in notebook.shown(0).inner_text()
        assert notebook.shown(0).locator("iframe").count() == 0
        box = notebook.shown(0).bounding_box()
        assert box
        assert box["height"] < 150, "no empty room where the map would be"
        keep(notebook.page, "jupyterlab-non-fiable")
        notebook.run(0)
        expect(notebook.shown(0).locator("iframe")).to_be_visible()
