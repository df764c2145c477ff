"""What appears under the pointer can be closed, can itself be pointed at, and stays (RGAA 10.13)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.test_map_page import at

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Locator, Page

    Box = dict[str, float]

# A little longer than a pointer has to rest, and than one may pause on its way (`client/src/map`).
RESTED = 400
PAUSED = 900


def told(page: Page, code: str) -> tuple[Locator, Box]:
    """Rest the pointer on a commune; return what is told of it, and where."""
    x, y = at(page, code)
    page.mouse.move(x - 3, y)
    page.mouse.move(x, y, steps=3)
    note = page.locator(".gc-tooltip")
    expect(note).to_be_visible()
    page.wait_for_timeout(RESTED)
    box = note.bounding_box()
    assert box
    return note, box


def place(note: Locator) -> tuple[str, Box | None]:
    return note.inner_text(), note.bounding_box()


@pytest.mark.thorough
def test_the_pointer_can_go_onto_what_is_told_of_a_commune_and_it_stays(
    opened: Callable[..., Page], region_page: Path
) -> None:
    with opened(region_page) as page:
        note, box = told(page, "02168")
        before = place(note)
        assert "Château-Thierry" in before[0]
        time = page.locator(".gc-time").bounding_box()
        assert time
        assert box["y"] + box["height"] <= time["y"], "it hides the dates"
        # Slowly, over other communes, then at rest on it for longer than any pause.
        page.mouse.move(box["x"] + 20, box["y"] + 20, steps=12)
        page.wait_for_timeout(PAUSED)
        assert place(note) == before
        page.mouse.move(box["x"] + box["width"] - 8, box["y"] + box["height"] - 8, steps=8)
        page.wait_for_timeout(PAUSED)
        assert place(note) == before
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        assert page.evaluate("([x, y]) => !!document.elementFromPoint(x, y).closest('.gc-tooltip')", [x, y])
        # A click on it opens what it tells of, and not what lies under it.
        page.mouse.click(x, y)
        expect(page.get_by_role("heading", level=2, name="Château-Thierry", exact=True)).to_be_visible()


@pytest.mark.thorough
def test_escape_closes_it_under_a_pointer_that_lies_on_it(
    opened: Callable[..., Page], region_page: Path
) -> None:
    with opened(region_page) as page:
        note, box = told(page, "02168")
        x, y = box["x"] + 20, box["y"] + 20
        page.mouse.move(x, y, steps=5)
        expect(note).to_be_visible()
        focused = page.evaluate("() => document.activeElement.className")
        page.keyboard.press("Escape")
        expect(note).to_be_hidden()
        page.wait_for_timeout(PAUSED)
        page.mouse.move(x + 1, y)
        page.wait_for_timeout(100)
        expect(note).to_be_hidden()
        assert page.evaluate("() => document.activeElement.className") == focused
        told(page, "80021")
        expect(note).to_contain_text("Amiens")


@pytest.mark.thorough
def test_it_goes_when_the_pointer_leaves_or_pauses_elsewhere(
    opened: Callable[..., Page], region_page: Path
) -> None:
    with opened(region_page) as page:
        note, box = told(page, "02168")
        page.mouse.move(box["x"] + 20, box["y"] + 20, steps=5)
        page.mouse.move(box["x"] - 60, box["y"] - 60, steps=5)  # off it, on the other side
        page.wait_for_timeout(100)
        name = note.locator(".gc-tooltip-name")
        expect(name).not_to_have_text("Château-Thierry")
        note, box = told(page, "80021")
        page.mouse.move(box["x"] + 60, box["y"] - 9, steps=4)  # by it, not onto it
        expect(name).to_have_text("Amiens")
        expect(name).not_to_have_text("Amiens", timeout=5 * PAUSED)
        # The search lies beside the map.
        page.get_by_role("combobox").first.hover()
        expect(note).to_be_hidden()


@pytest.mark.thorough
def test_it_goes_along_while_the_pointer_searches_and_no_layout_is_read(
    opened: Callable[..., Page], region_page: Path
) -> None:
    """Frames stay cheap: the size of what is told is read when it changes, not at each move."""
    with opened(region_page) as page:
        x, y = at(page, "80021")
        page.mouse.move(x, y)
        note = page.locator(".gc-tooltip")
        expect(note).to_contain_text("Amiens")
        page.evaluate(
            """() => {
              window.read = 0;
              for (const name of ["offsetWidth", "offsetHeight"]) {
                const real = Object.getOwnPropertyDescriptor(HTMLElement.prototype, name).get;
                Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get() {
                  if (this.matches?.(".gc-tooltip")) window.read++;
                  return real.call(this);
                } });
              }
            }"""
        )
        page.mouse.move(x + 1, y + 1)
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert "Amiens" in note.inner_text()
        assert page.evaluate("() => window.read") == 0
        lengths = page.evaluate(
            """([x, y]) => new Promise((done) => {
              // A pointer that goes away from what is told, and never rests.
              const frame = document.querySelector(".gc-map");
              const seen = [];
              let step = 0;
              const move = () => {
                if (step++ === 12) return done(seen);
                frame.dispatchEvent(new MouseEvent("mousemove",
                  { clientX: x - 4 * step, clientY: y - 4 * step, bubbles: true }));
                requestAnimationFrame(() => {
                  const { left, top } = document.querySelector(".gc-tooltip").getBoundingClientRect();
                  seen.push(Math.hypot(left - x + 4 * step, top - y + 4 * step));
                  move();
                });
              };
              move();
            })""",
            [x, y],
        )
        assert max(lengths[3:]) - min(lengths[3:]) < 3, "it does not go along"


@pytest.mark.thorough
def test_escape_gives_the_count_back_that_the_actions_of_a_line_hide(
    opened: Callable[..., Page], region_page: Path
) -> None:
    with opened(region_page) as page:
        row = page.locator(".gc-line-row").first
        look = """(node) => ["actions", "count"].map((part) => {
          const { opacity, visibility } = getComputedStyle(node.querySelector(
            `.gc-${part === "actions" ? "line-actions" : "count"}`));
          return Number(opacity) > 0 && visibility === "visible";
        })"""
        assert row.evaluate(look) == [False, True]
        for come, go in (
            (lambda: row.hover(position={"x": 60, "y": 8}), lambda: page.mouse.move(700, 300)),
            (lambda: row.get_by_role("checkbox").focus(), lambda: row.get_by_role("checkbox").blur()),
        ):
            come()
            assert row.evaluate(look) == [True, False]
            page.keyboard.press("Escape")
            assert row.evaluate(look) == [False, True]
            go()
            come()
            assert row.evaluate(look) == [True, False]
            go()
        # While one of them has the focus, they stay.
        row.get_by_role("button", name=re.compile("^Seulement celui-ci")).focus()
        page.keyboard.press("Escape")
        assert row.evaluate(look) == [True, False]
