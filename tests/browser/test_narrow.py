"""A phone, and a desktop at 400 %: the map has its title, and what stands on it leaves the map to be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from geocontracts.records.read import read_register
from geocontracts.webmap.page import write_map
from geocontracts.webmap.payload import MapOptions

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

SIZES = [(320, 256), *(pytest.param(*size, marks=pytest.mark.thorough) for size in ((320, 568), (390, 844)))]


def seen(page: Page, selector: str) -> bool:
    """Say whether the middle of an element is what a reader sees there."""
    return page.locator(selector).first.evaluate(
        """(node) => {
          const { left, top, width, height } = node.getBoundingClientRect();
          const hit = document.elementFromPoint(left + width / 2, top + height / 2);
          return width > 40 && height > 12 && node.contains(hit);
        }"""
    )


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_title_is_seen_and_the_tools_leave_the_map(
    opened: Callable[..., Page], region_page: Path, width: int, height: int
) -> None:
    with opened(region_page, width, height) as page:
        assert seen(page, ".gc-title h1"), "the map has no title"
        bottom = page.locator(".gc-views").evaluate("node => node.getBoundingClientRect().bottom")
        assert bottom < max(height * 0.45, 132), "search and views take the screen"
        for segment in page.locator(".gc-views .gc-segment").all():
            box = segment.bounding_box()
            assert box is not None
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width, "a view stands outside the screen"
        page.get_by_role("button", name="Légende", exact=True).click()
        page.locator(".gc-sheet-title").scroll_into_view_if_needed()
        assert seen(page, ".gc-sheet-title"), "the sheet has no title"
        for tab in page.locator(".gc-tab:visible").all():
            assert (
                tab.evaluate(
                    "node => { const r = document.createRange(); r.selectNodeContents(node);"
                    " return r.getClientRects().length; }"
                )
                == 1
            ), "a tab has two lines"
        page.get_by_role("button", name="Agrandir").click()
        page.evaluate("scrollTo(0, 0)")  # a low page scrolls
        assert seen(page, ".gc-title h1"), "the sheet hides the title"
        assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.thorough
def test_a_long_title_is_whole_at_the_head_of_the_legend(opened: Callable[..., Page], tmp_path: Path) -> None:
    title = "Contrats, missions et opérations de la région, état au premier janvier, document de travail"
    write_map(read_register(), tmp_path / "carte.html", MapOptions(title=title))
    with opened(tmp_path / "carte.html", 320, 568) as page:
        assert page.locator("h1").evaluate("node => node.scrollWidth > node.clientWidth")
        page.get_by_role("button", name="Légende", exact=True).click()
        whole = page.locator(".gc-sheet-title")
        expect(whole).to_have_text(title)
        assert whole.evaluate("node => node.scrollWidth <= node.clientWidth")


@pytest.mark.parametrize(
    ("lang", "name", "width"),
    [
        ("fr", "Aller au tableau", 320),
        pytest.param("fr", "Aller au tableau", 1280, marks=pytest.mark.thorough),
        pytest.param("en", "Go to the table", 1280, marks=pytest.mark.thorough),
    ],
)
def test_the_keyboard_alone_goes_straight_to_the_table(
    opened: Callable[..., Page], tmp_path: Path, lang: str, name: str, width: int
) -> None:
    write_map(read_register(), tmp_path / "carte.html", MapOptions(lang=lang))  # type: ignore[arg-type]
    with opened(tmp_path / "carte.html", width) as page:
        for _ in range(3):
            page.keyboard.press("Tab")
        skip = page.get_by_role("button", name=name)
        expect(skip).to_be_focused()
        assert seen(page, ".gc-skip:focus")
        page.keyboard.press("Enter")
        expect(page.locator("#gc-table")).to_be_visible()
        expect(page.locator("#gc-table-title")).to_be_focused()
        page.keyboard.press("Escape")
        expect(skip).to_be_focused()


@pytest.mark.thorough
@pytest.mark.parametrize(("width", "height"), [(320, 256), (390, 844)])
def test_a_heading_with_the_focus_is_seen_and_the_rows_have_half_of_the_window(
    opened: Callable[..., Page], region_page: Path, width: int, height: int
) -> None:
    with opened(region_page, width, height) as page:
        page.get_by_role("button", name="Aller au tableau").focus()
        page.keyboard.press("Enter")
        headings = page.locator(".gc-sort")
        assert headings.last.bounding_box()["y"] + headings.last.bounding_box()["height"] < height / 2  # type: ignore[index]
        first = headings.first.bounding_box()
        assert first is not None
        headings.first.focus()
        presses = ["Tab"] * (headings.count() - 1)
        for key in presses + ["Shift+Tab"] * (
            len(presses) - 1
        ):  # there, and back beside the first, which stays
            page.keyboard.press(key)
            name, left, right = page.evaluate(
                """() => {
                  const { left, right } = document.activeElement.getBoundingClientRect();
                  return [document.activeElement.textContent, left, right];
                }"""
            )
            assert first["x"] + first["width"] - 1 <= left, f"{name} stands under the first column"
            assert right <= width + 1, f"{name} stands outside the window"


AREA = """() => {
  const { left, bottom, right, top } = document.getElementById("geocontracts").dataset;
  const { map } = window.geocontracts;
  const frame = map.getContainer().getBoundingClientRect();
  const at = (...corner) => map.latLngToContainerPoint(corner.map(Number));
  const [north, south] = [at(top, left), at(bottom, right)];
  const edge = (selector, side) => document.querySelector(selector).getBoundingClientRect()[side] - frame.top;
  return {
    top: north.y - Math.max(edge(".gc-search", "bottom"), edge(".gc-views", "bottom")),
    bottom: edge(".gc-dock", "top") - south.y,
    left: north.x, right: frame.width - south.x, height: south.y - north.y,
  };
}"""


@pytest.mark.thorough
@pytest.mark.parametrize(("width", "height"), [(640, 400), (390, 844), (640, 360)])
def test_the_first_framing_leaves_room_for_what_stands_over_the_map(
    opened: Callable[..., Page], region_page: Path, width: int, height: int
) -> None:
    with opened(region_page, width, height) as page:
        area = page.evaluate(AREA)
        assert min(area["top"], area["bottom"], area["left"], area["right"]) >= 0, "the area lies under a bar"
        assert area["height"] > height * 0.3


@pytest.mark.thorough
def test_the_map_is_fitted_again_when_a_sheet_is_shut(opened: Callable[..., Page], region_page: Path) -> None:
    with opened(region_page, 390, 844, has_touch=True) as page:
        page.emulate_media(reduced_motion="no-preference")  # what is animated begins in a later frame
        page.reload()
        page.evaluate("() => window.geocontracts.ready")
        zoom = "() => window.geocontracts.map.getZoom()"
        whole = page.evaluate(zoom)
        legend = page.get_by_role("button", name="Légende", exact=True)
        legend.click()
        page.wait_for_function(f"before => ({zoom})() < before - 0.3", arg=whole)
        page.wait_for_timeout(600)
        legend.click()
        page.wait_for_function(f"before => Math.abs(({zoom})() - before) < 0.01", arg=whole)
        page.wait_for_timeout(600)
        page.get_by_role("button", name="Zoom avant").click()  # the reader's own zoom stays
        page.wait_for_function(f"before => ({zoom})() > before + 0.5", arg=whole)
        page.wait_for_timeout(600)
        moved = page.evaluate(zoom)
        legend.click()
        page.wait_for_timeout(900)
        assert page.evaluate(zoom) == moved


@pytest.mark.thorough
def test_the_tools_stay_in_one_line_with_the_table_open(
    opened: Callable[..., Page], region_page: Path
) -> None:
    with opened(region_page) as page:
        page.get_by_role("button", name="Tableau", exact=True).click()
        tops = page.locator(".gc-tool").evaluate_all(
            "nodes => nodes.map((node) => node.getBoundingClientRect().top)"
        )
        assert len(tops) == 3
        assert len(set(tops)) == 1
