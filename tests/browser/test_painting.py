"""What is painted anew, and how: out of sight, in short steps, only what has changed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import painted

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

# From here on each canvas that comes into sight is told, in its order; two of one frame are joined.
WATCH = """
() => {
  window.shown = [];
  let frame = [];
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes)
      for (const node of addedNodes) frame.push(/gc-canvas-(\\w+)/.exec(node.className)[1]);
  }).observe(document.querySelector(".gc-canvases"), { childList: true });
  const look = () => {
    if (frame.length > 0) window.shown.push(frame.join("+"));
    frame = [];
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
"""


def shown(page: Page) -> list[str]:
    """Return which canvases came into sight, frame by frame, once the map is whole."""
    painted(page)
    found: list[str] = page.evaluate("() => window.shown.splice(0)")
    return found


def switch(page: Page, name: str) -> None:
    """Turn a layer on or off."""
    page.get_by_role("checkbox", name=re.compile(f"^{name}")).click()


def test_only_what_has_changed_is_painted(opened: Callable[..., Page], region_page: Path) -> None:
    """Territoires d'industrie are perimeters alone; Maisons de l'État is one operation, a symbol."""
    with opened(region_page) as page:
        page.evaluate(WATCH)
        switch(page, "Territoires d’industrie")
        assert shown(page) == ["layers"], "symbols and names stay"
        switch(page, "Maisons de l’État")
        assert shown(page) == ["symbols"], "perimeters stay"


@pytest.mark.thorough
def test_after_a_move_each_canvas_has_its_frame(opened: Callable[..., Page], region_page: Path) -> None:
    """Showing a canvas costs; two in one frame would be felt."""
    with opened(region_page) as page:
        page.evaluate(WATCH)
        page.evaluate("() => window.geocontracts.map.panBy([150, 40], { animate: false })")
        assert shown(page) == ["ground", "symbols", "layers"]


def test_a_change_in_the_middle_of_a_move_does_not_lose_the_move(
    opened: Callable[..., Page], region_page: Path
) -> None:
    """The ground of the new view is painted, though a click came before it was."""
    with opened(region_page) as page:
        page.evaluate(WATCH)
        page.evaluate("""() => {
          window.geocontracts.map.setZoom(10, { animate: false });
          document.querySelector(".gc-line .gc-check").click();
        }""")
        assert {"ground", "symbols", "layers"} <= {name for names in shown(page) for name in names.split("+")}
        left = page.evaluate(
            "() => [...document.querySelectorAll('.gc-canvas')].map((canvas) => canvas.style.transform)"
        )
        assert left == [""] * 4, "no canvas is still that of before, moved and scaled"


@pytest.mark.thorough
def test_a_layer_that_was_put_away_is_not_shown_off(opened: Callable[..., Page], region_page: Path) -> None:
    """The pointer still lies on its line: the others were faded, and it alone was seen."""
    with opened(region_page) as page:
        faded = page.locator(".gc-canvas-symbols.gc-dimmed")
        page.get_by_role("checkbox", name=re.compile("^Maisons de l’État")).hover()
        expect(faded).to_have_count(1)
        switch(page, "Maisons de l’État")
        expect(faded).to_have_count(0)


@pytest.mark.thorough
def test_names_of_another_zoom_are_not_shown_as_specks(
    opened: Callable[..., Page], region_page: Path
) -> None:
    """After a zoom out the land is there at once, and neither names nor symbols of a fourth of their size."""
    with opened(region_page) as page:
        page.evaluate("() => window.geocontracts.map.setZoom(11, { animate: false })")
        painted(page)
        seen = page.evaluate("""() => {
          window.geocontracts.map.setZoom(8, { animate: false });
          const style = (name) => document.querySelector(`.gc-canvas-${name}`).style;
          return [style("ground").transform, style("symbols").visibility, style("front").visibility];
        }""")
        assert seen == ["", "hidden", "hidden"]
        painted(page)
        assert page.locator(".gc-canvas-front").evaluate("(canvas) => canvas.style.visibility") == ""


@pytest.mark.thorough
def test_a_map_that_gets_no_frames_is_painted_all_the_same(
    opened: Callable[..., Page], region_page: Path
) -> None:
    """As in a frame far below on a page: browsers hold its animation frames back."""
    with opened(region_page) as page:
        page.evaluate("() => { window.requestAnimationFrame = () => 0; }")
        page.evaluate("() => window.geocontracts.map.setZoom(10, { animate: false })")
        page.wait_for_function(
            "() => [...document.querySelectorAll('.gc-canvas')].every((each) => each.style.transform === '')",
            polling=100,
        )
        expect(page.locator(".gc-canvas-ground")).to_have_count(1)


# How many pixels of a canvas have a colour; letters of names and their halos have others.
PURPLE = """
() => {
  const { width, height } = document.querySelector(".gc-canvas-front");
  const all = Object.assign(document.createElement("canvas"), { width, height }).getContext("2d");
  for (const name of ["symbols", "front"]) all.drawImage(document.querySelector(`.gc-canvas-${name}`), 0, 0);
  const { data } = all.getImageData(0, 0, width, height);
  let found = 0;
  for (let at = 0; at < data.length; at += 4)
    if (data[at + 3] === 255 && data[at] === 0x56 && data[at + 1] === 0x33 && data[at + 2] === 0x8c) found++;
  return found;
}
"""


@pytest.mark.thorough
def test_the_ring_of_a_place_leaves_its_symbols_whole(opened: Callable[..., Page], region_page: Path) -> None:
    """At Arras, whose border is drawn ten times smaller than its symbols are wide."""
    sight = "m=9.5/50.29/2.78"
    with opened(region_page) as page:
        page.evaluate(f"() => {{ location.hash = '#{sight}'; }}")
        painted(page)
        before = page.evaluate(PURPLE)
        assert before > 30
        page.evaluate(f"() => {{ location.hash = '#{sight}&at=commune:62041'; }}")
        expect(page.get_by_role("heading", name="Arras", exact=True)).to_be_visible()
        painted(page)
        assert page.evaluate(PURPLE) >= before


@pytest.mark.thorough
def test_no_name_is_written_under_what_stands_on_the_map(
    opened: Callable[..., Page], region_page: Path
) -> None:
    """On a phone that of Belgium would reach under the buttons."""
    with opened(region_page, width=390) as page:
        painted(page)
        written = page.evaluate("""() => {
          const canvas = document.querySelector(".gc-canvas-front");
          const { left, top, width } = canvas.getBoundingClientRect();
          const dpr = canvas.width / width;
          const under = (element) => {
            const box = element.getBoundingClientRect();
            const at = [box.left - left, box.top - top, box.width, box.height]
              .map((side) => Math.round(side * dpr));
            return canvas.getContext("2d").getImageData(...at).data.some((value) => value > 0);
          };
          return [...document.querySelectorAll(".gc-controls, .gc-scalebar span, .gc-credits")].map(under);
        }""")
        assert written == [False, False, False]
