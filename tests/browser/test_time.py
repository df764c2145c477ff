"""The time axis: what was in force in a year, over a span, and the years played one after the other."""

from __future__ import annotations

import csv
import re
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from geocontracts.records.read import read_register
from geocontracts.webmap.page import write_map
from geocontracts.webmap.payload import MapOptions
from tests.browser.conftest import keep, painted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from playwright.sync_api import Locator, Page

PHONE = {"width": 360, "height": 740, "has_touch": True}
STEP = 1200
DATA = Path(__file__).parents[2] / "data"
AT_THE_FOOT = [".gc-time", ".gc-foot .gc-scalebar", ".gc-credits", ".gc-drawer", ".gc-controls"]


def year_of(written: object) -> int | None:
    return int(str(written)[:4]) if written else None


def span_of(record: object) -> tuple[int, int] | None:
    """Return the years of a record as its documents give them, worked out apart from the page."""
    if getattr(record, "status", None) in ("planned", "announced"):
        return None  # it is not in force
    begun = year_of(getattr(record, "starts_on", None)) or year_of(getattr(record, "signed_on", None))
    ended = year_of(getattr(record, "ends_on", None))
    if begun is None:
        return None if ended is None else (ended, ended)
    if ended is None:
        ended = begun if getattr(record, "status", None) == "ended" else 9999
    return begun, ended


def spans() -> list[tuple[int, int] | None]:
    return [span_of(record) for record in read_register().records()]


def in_force(first: int, last: int) -> int:
    """Return how many records of the bundled register are in force for a part of some years."""
    return sum(1 for span in spans() if span is not None and span[0] <= last and span[1] >= first)


def years() -> tuple[int, int]:
    """Return the ends of the axis: 2013 or earlier, and this year."""
    this_year = datetime.now(tz=ZoneInfo("Europe/Paris")).year
    return min(2013, *(span[0] for span in spans() if span)), this_year


def point_of(page: Page, year: int) -> tuple[float, float]:
    """Return the foot of the bar of a year on the screen."""
    box = page.locator(".gc-time-bars").bounding_box()
    assert box is not None
    first, last = years()
    return box["x"] + (year - first + 0.5) * box["width"] / (last - first + 1), box["y"] + box["height"] - 3


def axis(page: Page) -> Locator:
    return page.get_by_role("region", name="Axe du temps")


def shown(page: Page) -> int:
    """Return how many records the axis says are in view."""
    return int(page.locator(".gc-time-counts").inner_text().split()[0])


def chosen_bars(page: Page) -> list[int]:
    first = years()[0]
    marks: list[bool] = page.eval_on_selector_all(
        ".gc-time-bar", "bars => bars.map((bar) => bar.classList.contains('gc-time-chosen'))"
    )
    return [first + at for at, mark in enumerate(marks) if mark]


def slider(page: Page, name: str) -> Locator:
    return page.get_by_role("slider", name=name, exact=True)


def overlapping(page: Page, selectors: Iterable[str]) -> list[list[str]]:
    """Return which of these elements lie on each other."""
    pairs: list[list[str]] = page.evaluate(
        """(selectors) => {
          const boxes = selectors.map((one) => [one, document.querySelector(one).getBoundingClientRect()])
            .filter(([, box]) => box.width > 0);
          const over = (a, b) => a.left < b.right - 0.5 && b.left < a.right - 0.5
            && a.top < b.bottom - 0.5 && b.top < a.bottom - 0.5;
          return boxes.flatMap(([one, a], at) => boxes.slice(at + 1)
            .filter(([, b]) => over(a, b)).map(([other]) => [one, other]));
        }""",
        list(selectors),
    )
    return pairs


@pytest.mark.thorough
def test_at_first_all_dates_are_shown_and_the_undated_are_counted(
    opened: Callable[..., Page], region_page: Path
) -> None:
    undated = sum(1 for span in spans() if span is None)
    assert undated > 50, "the register says little about dates; if that changed, look at the axis again"
    with opened(region_page) as page:
        expect(axis(page)).to_contain_text("Toutes les dates")
        expect(page.locator(".gc-time-counts")).to_have_text(
            f"{len(spans())} sur {len(spans())} · {undated} sans date ou prévus"
        )
        expect(axis(page).get_by_role("checkbox")).to_have_count(0)
        first, last = years()
        assert axis(page).locator(".gc-time-end").all_inner_texts() == [str(first), str(last)]
        lines = page.locator(".gc-time li").all_inner_texts()
        endless = {
            year: sum(1 for span in spans() if span and span[0] <= year and span[1] == 9999)
            for year in range(first, last + 1)
        }
        assert endless[2026] > 20, "few documents say when a contract ends"
        assert lines == [
            f"{year}\u00a0: {in_force(year, year)} en vigueur"
            + (f", dont {endless[year]} sans fin connue" if endless[year] else "")
            for year in range(first, last + 1)
        ]
        assert chosen_bars(page) == []
        keep(page, "time-all")


@pytest.mark.thorough
def test_a_click_a_drag_and_shift_choose_years(opened: Callable[..., Page], region_page: Path) -> None:
    with opened(region_page) as page:
        page.mouse.click(*point_of(page, 2019))
        expect(axis(page)).to_contain_text("En vigueur en 2019")
        assert chosen_bars(page) == [2019]
        assert shown(page) == in_force(2019, 2019) < len(spans())
        page.keyboard.down("Shift")
        page.mouse.click(*point_of(page, 2017))
        page.keyboard.up("Shift")
        expect(axis(page)).to_contain_text("En vigueur de 2017 à 2019")
        assert chosen_bars(page) == [2017, 2018, 2019]
        assert shown(page) == in_force(2017, 2019)
        page.mouse.move(*point_of(page, 2024))
        page.mouse.down()
        page.mouse.move(*point_of(page, 2022), steps=4)
        page.mouse.up()
        expect(axis(page)).to_contain_text("En vigueur de 2022 à 2024")
        page.mouse.move(*point_of(page, 2015))
        expect(axis(page)).to_contain_text("En vigueur de 2022 à 2024")
        keep(page, "time-span")
        axis(page).get_by_role("button", name="Toutes les dates").click()
        assert shown(page) == len(spans())
        expect(slider(page, "De")).to_be_focused()
        expect(axis(page).get_by_role("button", name="Toutes les dates")).to_have_count(0)


@pytest.mark.thorough
def test_what_has_no_date_is_shown_when_asked(opened: Callable[..., Page], region_page: Path) -> None:
    undated = sum(1 for span in spans() if span is None)
    with opened(region_page) as page:
        page.mouse.click(*point_of(page, 2018))
        box = axis(page).get_by_role("checkbox", name=re.compile("n’a pas de date"))
        expect(box).not_to_be_checked()
        assert f"({undated})" in axis(page).inner_text()
        box.check()
        assert shown(page) == in_force(2018, 2018) + undated
        page.mouse.click(*point_of(page, 2020))
        expect(box).to_be_checked()
        assert shown(page) == in_force(2020, 2020) + undated


@pytest.mark.thorough
def test_the_sliders_do_it_by_keyboard(opened: Callable[..., Page], region_page: Path) -> None:
    first, last = years()
    with opened(region_page) as page:
        slider(page, "À").focus()
        page.keyboard.press("Home")
        expect(axis(page)).to_contain_text(f"En vigueur en {first}")
        page.keyboard.press("ArrowRight")
        expect(axis(page)).to_contain_text(f"En vigueur de {first} à {first + 1}")
        expect(slider(page, "À")).to_have_attribute(
            "aria-valuetext", f"{first + 1}\u00a0: {in_force(first + 1, first + 1)} en vigueur"
        )
        slider(page, "De").focus()
        page.keyboard.press("End")
        expect(axis(page)).to_contain_text(f"En vigueur en {last}")
        expect(slider(page, "À")).to_have_value(str(last))
        status = page.locator("[role=status][aria-live=polite]")
        expect(status).to_contain_text(f"En vigueur en {last}\u00a0: {in_force(last, last)} sur")
        focused = page.evaluate("() => document.activeElement.className")
        assert "gc-time-from" in focused


@pytest.mark.thorough
def test_bars_count_the_layers_that_are_on(opened: Callable[..., Page], region_page: Path) -> None:
    def in_2018(register: list[object]) -> int:
        return sum(1 for one in register if (span := span_of(one)) and span[0] <= 2018 <= span[1])

    records = list(read_register().records())
    rows = list(csv.DictReader((DATA / "programmes.csv").read_text(encoding="utf-8").splitlines()))
    name = next(row["name"] for row in rows if row["id"] == "engagement-bassin-minier")
    others = [record for record in records if record.programme != "engagement-bassin-minier"]
    assert in_2018(others) < in_2018(records), "choose another programme"
    with opened(region_page) as page:
        page.mouse.click(*point_of(page, 2018))
        line = page.locator(".gc-time li").nth(2018 - years()[0])
        expect(line).to_have_text(re.compile(f"^2018\u00a0: {in_2018(records)} en vigueur"))
        page.get_by_role("checkbox", name=re.compile(f"^{re.escape(name)}")).uncheck()
        expect(line).to_have_text(re.compile(f"^2018\u00a0: {in_2018(others)} en vigueur"))
        expect(page.locator(".gc-time-counts")).to_contain_text(f"{in_2018(others)} sur {len(others)}")


@pytest.mark.thorough
def test_the_map_shows_the_year_alone(opened: Callable[..., Page], region_page: Path) -> None:
    """ERBM was signed in 2017 for ten years: in 2014 nothing of it lies on Denain."""
    ink = """() => {
      const canvas = document.querySelector('.gc-canvas-layers');
      const { width, height } = canvas;
      const copy = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
      copy.drawImage(canvas, 0, 0);
      const { data } = copy.getImageData(0, 0, width, height);
      let painted = 0;
      for (let at = 3; at < data.length; at += 4) if (data[at] > 0) painted++;
      return painted;
    }"""
    with opened(region_page) as page:
        everything = page.evaluate(ink)
        page.mouse.click(*point_of(page, 2019))
        painted(page)
        later = page.evaluate(ink)
        page.mouse.click(*point_of(page, 2014))
        painted(page)
        assert page.evaluate(ink) < later < everything
        axis(page).get_by_role("button", name="Toutes les dates").click()
        painted(page)
        assert page.evaluate(ink) == pytest.approx(everything, rel=0.001)


@pytest.mark.thorough
def test_years_play_pause_and_stop_at_the_end(opened: Callable[..., Page], region_page: Path) -> None:
    first, last = years()
    with opened(region_page) as page:
        page.clock.install()
        play = axis(page).get_by_role("button", name="Faire défiler les années")
        pause = axis(page).get_by_role("button", name="Arrêter le défilement des années")
        play.click()
        expect(axis(page)).to_contain_text(f"En vigueur en {first}")
        page.clock.run_for(STEP * 2 + 50)
        expect(axis(page)).to_contain_text(f"En vigueur en {first + 2}")
        status = page.locator("[role=status][aria-live=polite]")
        expect(status).to_have_text("Les années défilent.")
        pause.click()
        page.clock.run_for(STEP * 3)
        expect(axis(page)).to_contain_text(f"En vigueur en {first + 2}")
        expect(status).to_contain_text(f"En vigueur en {first + 2}")
        # A span keeps its width; any touch of the axis ends the playing.
        page.keyboard.down("Shift")
        page.mouse.click(*point_of(page, first + 3))
        page.keyboard.up("Shift")
        play.click()
        page.clock.run_for(STEP + 50)
        expect(axis(page)).to_contain_text(f"En vigueur de {first + 3} à {first + 4}")
        axis(page).get_by_role("checkbox").check()
        expect(play).to_be_visible()
        page.clock.run_for(STEP * 3)
        expect(axis(page)).to_contain_text(f"En vigueur de {first + 3} à {first + 4}")
        play.click()
        page.clock.run_for(STEP * 30)
        expect(axis(page)).to_contain_text(f"En vigueur de {last - 1} à {last}")
        expect(play).to_be_visible()


@pytest.mark.thorough
def test_it_folds_and_the_region_takes_the_room(opened: Callable[..., Page], region_page: Path) -> None:
    with opened(region_page) as page:
        open_zoom = page.evaluate("() => window.geocontracts.map.getZoom()")
        axis(page).get_by_role("button", name="Réduire l’axe du temps").click()
        fold = axis(page).get_by_role("button", name="Déplier l’axe du temps")
        expect(fold).to_be_focused()
        expect(fold).to_have_attribute("aria-expanded", "false")
        expect(page.get_by_role("slider")).to_have_count(0)
        assert page.evaluate("() => window.geocontracts.map.getZoom()") > open_zoom
        expect(axis(page)).to_contain_text("Toutes les dates")
        fold.click()
        assert page.evaluate("() => window.geocontracts.map.getZoom()") == open_zoom


@pytest.mark.thorough
def test_it_gives_way_to_the_table_and_comes_back(opened: Callable[..., Page], region_page: Path) -> None:
    with opened(region_page) as page:
        plot = page.locator("#gc-time-axis")
        expect(plot).to_be_visible()
        page.get_by_role("button", name="Tableau", exact=True).click()
        expect(page.get_by_role("table")).to_be_visible()
        expect(plot).to_be_hidden()
        page.get_by_role("region", name="Tableau").press("Escape")
        expect(plot).to_be_visible()
        page.get_by_role("button", name="Réduire l’axe du temps").click()
        page.get_by_role("button", name="Tableau", exact=True).click()
        page.get_by_role("region", name="Tableau").press("Escape")
        expect(plot).to_be_hidden()


@pytest.mark.parametrize(
    "size",
    [
        (1280, 800),
        pytest.param((900, 700), marks=pytest.mark.thorough),
        pytest.param((390, 844), marks=pytest.mark.thorough),
        pytest.param((360, 740), marks=pytest.mark.thorough),
    ],
)
def test_it_hides_neither_the_region_nor_what_stands_at_the_foot(
    opened: Callable[..., Page], region_page: Path, size: tuple[int, int]
) -> None:
    with opened(region_page, width=size[0], height=size[1]) as page:
        for _ in range(2):
            assert overlapping(page, AT_THE_FOOT) == []
            south = page.evaluate(
                """() => {
                  const map = window.geocontracts.map;
                  const top = map.getContainer().getBoundingClientRect().top;
                  return top + map.latLngToContainerPoint([48.8372, 3.4]).y;
                }"""
            )
            dock = page.locator(".gc-dock").bounding_box()
            assert dock
            assert south <= dock["y"] + 1, "the south of the Aisne lies behind the axis"
            axis(page).get_by_role("button", name=re.compile("l’axe du temps")).click()


@pytest.mark.thorough
def test_on_a_phone_it_is_one_line_until_unfolded(opened: Callable[..., Page], region_page: Path) -> None:
    with opened(region_page, **PHONE) as page:
        expect(page.get_by_role("slider")).to_have_count(0)
        bar = axis(page).bounding_box()
        assert bar
        assert bar["height"] < 56
        axis(page).get_by_role("button", name="Déplier l’axe du temps").tap()
        page.touchscreen.tap(*point_of(page, 2019))
        expect(axis(page)).to_contain_text("En vigueur en 2019")
        small = page.evaluate(
            """() => [...document.querySelectorAll('.gc-time :is(button, label:has(input), .gc-time-range)')]
              .map((one) => [one.className, one.getBoundingClientRect()])
              .filter(([, box]) => box.height < 43.5 || box.width < 43.5)
              .map(([name]) => name)"""
        )
        assert small == []
        cut = page.evaluate(
            """() => [...document.querySelectorAll('.gc-time, .gc-time *')]
              .filter((one) => !one.closest('.gc-hidden'))
              .filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0
                && !one.querySelector('.gc-time-range') || one.getBoundingClientRect().right > innerWidth + 1)
              .map((one) => one.className)"""
        )
        assert cut == []
        keep(page, "time-phone")
        page.get_by_role("button", name="Légende", exact=True).tap()
        expect(axis(page)).to_have_count(0)


@pytest.mark.thorough
def test_paper_has_the_years_in_a_sentence(opened: Callable[..., Page], region_page: Path) -> None:
    with opened(region_page) as page:
        note = page.locator(".gc-time-print")
        expect(note).to_be_hidden()
        page.mouse.click(*point_of(page, 2019))
        expect(note).to_be_hidden()
        page.emulate_media(media="print")
        expect(note).to_be_visible()
        expect(note).to_contain_text(f"En vigueur en 2019\u00a0: {in_force(2019, 2019)} sur")
        expect(note).to_contain_text("non montrés")
        expect(page.locator(".gc-time")).to_be_hidden()
        expect(page.locator(".gc-credits")).to_be_visible()


@pytest.mark.thorough
def test_a_list_without_a_date_has_no_axis(opened: Callable[..., Page], tmp_path: Path) -> None:
    for name, start in (("sans", ""), ("avec", "2019-06")):
        file = tmp_path / f"{name}.csv"
        file.write_text(f"Intitulé;Territoires;Début\nUn;Denain;{start}\nDeux;Arras;\n", encoding="utf-8")
        write_map(read_register(file), tmp_path / f"{name}.html", MapOptions())
    with opened(tmp_path / "sans.html") as page:
        expect(page.locator(".gc-time")).to_be_hidden()
        assert page.locator("#gc-table").count() == 1  # the page is there
    with opened(tmp_path / "avec.html") as page:
        expect(page.locator(".gc-time")).to_be_visible()
