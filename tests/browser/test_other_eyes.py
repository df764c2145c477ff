"""Readers with other eyes and hands: forced colours, low windows, the keyboard alone, other senses.

`geocontracts/webmap/accessibility.json` says which criterion of RGAA each of these tests holds.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import expect

from geocontracts.records.read import read_register
from geocontracts.webmap.page import write_map
from geocontracts.webmap.payload import MapOptions
from tests.browser.conftest import keep
from tests.browser.test_accessibility import (
    DESKTOP,
    NARROW,
    PHONE,
    STATES,
    commune,
    mode,
    nothing,
    search,
    table,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

FORCED = DESKTOP | {"forced_colors": "active"}


@pytest.mark.thorough
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_chosen_is_seen_in_forced_colours(
    opened: Callable[..., Page], region_page: Path, scheme: str
) -> None:
    with opened(region_page, **FORCED, color_scheme=scheme) as page:
        assert page.evaluate("() => matchMedia('(forced-colors: active)').matches")
        look = "(node) => { const s = getComputedStyle(node); return [s.backgroundColor, s.outlineStyle]; }"
        hues = page.locator(".gc-family .gc-bullet").evaluate_all(f"(all) => all.map({look})")
        assert len({background for background, _ in hues}) == len(hues) > 1, "families have lost their hue"
        checked, other = (
            page.locator(f".gc-views .gc-segment{which}").first.evaluate(look)
            for which in (":has(:checked)", ":not(:has(:checked))")
        )
        assert checked[0] != other[0], "the view in use looks like the others"
        search(page, "val")
        page.keyboard.press("ArrowDown")
        marked = page.locator('.gc-found [aria-selected="true"]').evaluate(look)
        free = page.locator('.gc-found [aria-selected="false"]').first.evaluate(look)
        assert (marked[1], free[1]) == ("solid", "none"), "the answer that Enter takes is not seen"
        page.keyboard.press("Escape")
        only = page.get_by_role("button", name=re.compile("^Seulement celui-ci")).first
        only.focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        pressed = page.locator('.gc-line-button[aria-pressed="true"]').first
        expect(pressed).to_be_attached()
        assert pressed.evaluate(look)[1] == "solid", "what is switched on looks like what is off"
        keep(page, f"forced-colours-{scheme}")


# Of five points of what has the focus, how many are seen: a sheet or a head may lie over it.
UNCOVERED = """() => {
  const node = document.activeElement;
  if (node === document.body) return null;
  const shown = node.closest(".gc-segment, .gc-choice, .gc-line-label") ?? node;
  const box = node.getBoundingClientRect();
  const seen = [[.5, .5], [.15, .5], [.85, .5], [.5, .2], [.5, .8]].filter(([x, y]) => {
    const hit = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
    const both = node.closest(".gc-time-sliders") ?? shown;  // one slider lies over the track of the other
    return hit !== null && (shown.contains(hit) || both.contains(hit));
  }).length;
  const name = node.getAttribute("aria-label") ?? node.labels?.[0]?.textContent ?? node.textContent;
  return node.classList.contains("gc-map") ? [5, "map"] : [seen, `${node.className}: ${name}`.slice(0, 80)];
}"""


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("size", "act"),
    [({"width": 900, "height": 420}, commune), ({"width": 320, "height": 256}, nothing)],
    ids=["low-window", "400-percent"],
)
def test_the_focus_is_never_covered(
    opened: Callable[..., Page],
    region_page: Path,
    size: dict[str, int],
    act: Callable[[Page], None],
) -> None:
    with opened(region_page, **size) as page:
        act(page)
        for key in ("Tab", "Shift+Tab"):
            page.evaluate("() => document.activeElement.blur()")
            if key == "Tab":
                page.evaluate("() => document.querySelector('.gc-skip').focus()")
            stops = 0
            for _ in range(90):
                page.keyboard.press(key)
                at = page.evaluate(UNCOVERED)
                if at is None:
                    continue
                stops += 1
                assert at[0] >= 3, f"{key}: {at[1]} is covered"
            assert stops > 10


@pytest.mark.thorough
@pytest.mark.parametrize("state", ["commune", "filtered", "crossed"])
def test_targets_are_large_or_far_apart(opened: Callable[..., Page], region_page: Path, state: str) -> None:
    options, act = STATES[state]
    with opened(region_page, **options) as page:
        act(page)
        page.wait_for_timeout(300)
        page.evaluate(AXE_SCRIPT)
        found = page.evaluate(
            "() => axe.run(document, { runOnly: { type: 'rule', values: ['target-size'] } })"
            ".then(({ violations }) => violations.flatMap(({ nodes }) => nodes.map(({ html }) => html)))"
        )
        assert found == []


@pytest.mark.thorough
@pytest.mark.parametrize("state", ["commune", "crossed", "table", "about"])
def test_pictures_are_named_or_passed_over_and_references_lead_somewhere(
    opened: Callable[..., Page], region_page: Path, state: str
) -> None:
    options, act = STATES[state]
    with opened(region_page, **options) as page:
        act(page)
        page.wait_for_timeout(300)
        told = page.evaluate(
            """() => {
              const all = [...document.querySelectorAll("svg, canvas, img, picture, object, embed")];
              const named = (node) => node.getAttribute("role") === "img" && node.getAttribute("aria-label");
              const passed = (node) => node.closest('[aria-hidden="true"], .gc-map');
              const bare = all.filter((node) => !passed(node) && !named(node));
              const ids = [...document.querySelectorAll("[id]")].map((node) => node.id);
              const names = ["aria-controls", "aria-labelledby", "aria-describedby", "for",
                "aria-activedescendant"];
              const lost = names.flatMap((name) => [...document.querySelectorAll(`[${name}]`)]
                .flatMap((node) => node.getAttribute(name).split(" "))
                .filter((id) => id && !ids.includes(id))
                .map((id) => `${name} ${id}`));
              const map = document.querySelector(".gc-map");
              return {
                bare: bare.map((node) => node.outerHTML.slice(0, 90)), lost,
                twice: ids.filter((id, at) => ids.indexOf(id) !== at),
                nested: [...document.querySelectorAll(":is(button, a, label) :is(button, a)")].length,
                old: document.querySelectorAll("font, center, blink, marquee, [align], [bgcolor]").length,
                doctype: document.doctype?.name, mode: document.compatMode,
                map: [map.getAttribute("role"), map.getAttribute("aria-label")],
              };
            }"""
        )
        assert (told["bare"], told["lost"], told["twice"]) == ([], [], [])
        assert (told["nested"], told["old"]) == (0, 0)
        assert (told["doctype"], told["mode"]) == ("html", "CSS1Compat")
        assert told["map"][0] == "application"
        assert "Hauts-de-France" in told["map"][1]


@pytest.mark.thorough
def test_escape_hides_the_tooltip_wherever_the_focus_is(
    opened: Callable[..., Page], region_page: Path
) -> None:
    with opened(region_page) as page:
        page.mouse.move(700, 350)
        note = page.locator(".gc-tooltip")
        expect(note).to_be_visible()
        assert page.evaluate("() => document.activeElement === document.body")
        page.keyboard.press("Escape")
        expect(note).to_be_hidden()
        page.mouse.move(701, 350)
        page.wait_for_timeout(100)
        expect(note).to_be_hidden()
        page.mouse.move(760, 420, steps=4)
        expect(note).to_be_visible()


@pytest.fixture(scope="module")
def english_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page of the bundled register in English."""
    path = tmp_path_factory.mktemp("english") / "map.html"
    write_map(read_register(), path, MapOptions(lang="en"))
    return path


@pytest.mark.thorough
def test_what_the_register_says_is_marked_as_french_on_an_english_page(
    opened: Callable[..., Page], english_page: Path
) -> None:
    with opened(english_page) as page:
        assert page.evaluate("() => document.documentElement.lang") == "en"
        page.get_by_role("combobox").fill("Denain")
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Table", exact=True).first.click()
        expect(page.locator("#gc-table tbody tr").first).to_be_visible()
        told = page.evaluate(
            """() => {
              const places = [".gc-card h4", ".gc-card-summary", ".gc-card-programme span", ".gc-facts dd",
                ".gc-origin > :first-child", ".gc-line-name > :first-child", ".gc-panel h2",
                "#gc-table tbody th button", ".gc-about li > span:first-child"];
              const lang = (node) => node.closest("[lang]").lang;
              const about = [...document.querySelectorAll(".gc-about ul")][0];
              return {
                french: places.map((place) => [place, [...new Set([...document.querySelectorAll(place)]
                  .filter((node) => !node.closest(".gc-about") || about.contains(node)).map(lang))]]),
                english: [...document.querySelectorAll(
                  ".gc-tool, .gc-facts dt, .gc-amounts, .gc-actions button, .gc-panel .gc-note, h3",
                )].filter((node) => !node.closest(".gc-about")).map((node) => [node.textContent, lang(node)])
                  .filter(([, is]) => is !== "en"),
              };
            }"""
        )
        assert [place for place, langs in told["french"] if langs != ["fr"]] == []
        assert told["english"] == []


@pytest.mark.thorough
@pytest.mark.parametrize(
    "act", [table, mode("Croiser"), mode("Montants")], ids=["table", "crossed", "amounts"]
)
def test_every_table_has_a_title_and_headings(
    opened: Callable[..., Page], region_page: Path, act: Callable[[Page], None]
) -> None:
    with opened(region_page) as page:
        act(page)
        page.wait_for_timeout(300)
        shown = page.evaluate(
            """() => [...document.querySelectorAll("table")].filter((node) => node.checkVisibility())
              .map((node) => ({
              title: [node.caption, document.getElementById(node.getAttribute("aria-labelledby"))]
                .map((given) => given?.textContent ?? "").join(""),
              columns: [...node.tHead.rows[0].cells]
                .every((cell) => cell.matches('th[scope="col"]') && cell.textContent.trim()),
              rows: [...node.tBodies[0].rows].every((row) => row.cells[0].matches('th[scope="row"]')),
              merged: node.querySelectorAll("tbody [rowspan], thead [colspan]").length,
              count: node.tBodies[0].rows.length,
            }))"""
        )
        assert shown, "no table at all"
        for each in shown:
            assert each["title"].strip()
            assert each["columns"], "a column has no heading"
            assert each["rows"], "a row has no heading"
            assert each["merged"] == 0
            assert each["count"] > 1


@pytest.mark.thorough
def test_parts_of_the_page_are_landmarks_with_names(opened: Callable[..., Page], region_page: Path) -> None:
    with opened(region_page) as page:
        commune(page)
        expect(page.get_by_role("main")).to_have_count(1)
        expect(page.get_by_role("search")).to_have_count(1)
        expect(page.locator("header h1")).to_have_count(1)
        expect(page.locator("footer .gc-credits")).to_be_visible()
        for role in ("complementary", "navigation"):
            names = [node.get_attribute("aria-label") for node in page.get_by_role(role).all()]
            assert names
            assert all(names), f"a {role} has no name"
            assert len(names) == len(set(names))
        families = page.locator(".gc-family")
        for family in families.all():
            assert family.get_attribute("role") == "group"
            assert family.get_attribute("aria-label")
        loose = page.evaluate(
            """() => [...document.querySelectorAll("input:is([type=checkbox], [type=radio])")]
              .filter((node) => !node.closest("fieldset:has(> legend), [role=group][aria-label]"))
              .filter((node) => !node.closest(".gc-time-undated"))  // alone
              .map((node) => node.closest("label")?.textContent)"""
        )
        assert loose == [], "boxes without a group"


@pytest.mark.thorough
def test_choosing_moves_neither_the_focus_nor_the_page(
    opened: Callable[..., Page], region_page: Path
) -> None:
    with opened(region_page) as page:
        context = page.context
        address = page.url.split("#", maxsplit=1)[0]
        box = page.locator("#gc-layer-0")
        box.focus()
        page.keyboard.press("Space")
        expect(box).not_to_be_checked()
        expect(box).to_be_focused()
        cumul = page.get_by_role("radio", name="Contrats")
        cumul.focus()
        for _ in range(4):
            page.keyboard.press("ArrowRight")
        crossing = page.get_by_role("radio", name="Croiser")
        expect(crossing).to_be_focused()
        select = page.locator("select.gc-crossed").first
        select.focus()
        before = select.input_value()
        page.keyboard.press("ArrowDown")
        assert select.input_value() != before
        expect(select).to_be_focused()
        assert page.url.split("#", maxsplit=1)[0] == address
        assert context.pages == [page]


@pytest.mark.thorough
def test_one_action_is_said_once(opened: Callable[..., Page], region_page: Path) -> None:
    with opened(region_page) as page:
        page.wait_for_timeout(500)
        page.evaluate(
            """() => {
              window.said = [];
              const voice = document.querySelector("p.gc-hidden[role=status]");
              new MutationObserver(() => window.said.push(voice.textContent))
                .observe(voice, { childList: true, characterData: true, subtree: true });
            }"""
        )

        def said(after: Callable[[], None]) -> list[str]:
            page.evaluate("() => { window.said.length = 0; }")
            after()
            page.wait_for_timeout(600)
            return page.evaluate("() => window.said")

        box = page.locator("#gc-layer-0")
        assert len(said(box.uncheck)) == 1
        slider = page.get_by_role("slider", name="De")
        slider.focus()
        told = said(lambda: [page.keyboard.press("ArrowRight") for _ in range(6)] and None)
        assert 1 <= len(told) <= 3, "a slider that is pushed along talks without an end"
        assert re.search(r"20\d\d", told[-1])
        assert said(lambda: page.mouse.move(700, 350)) == [], "the pointer is not followed aloud"


@pytest.mark.thorough
def test_single_keys_do_nothing_outside_the_map(opened: Callable[..., Page], region_page: Path) -> None:
    with opened(region_page) as page:
        look = """() => [
          location.hash, document.querySelector(".gc").innerText, window.geocontracts.map.getZoom(),
        ]"""
        before = page.evaluate(look)
        for key in "abcdefghijklmnopqrstuvwxyz0123456789+-/?.,":
            page.keyboard.press(key)
        page.wait_for_timeout(300)
        assert page.evaluate(look) == before


@pytest.mark.thorough
def test_without_style_sheets_all_is_there_in_order(opened: Callable[..., Page], region_page: Path) -> None:
    with opened(region_page) as page:
        commune(page)
        table(page)
        texts = page.evaluate("() => document.querySelector('.gc').textContent.length")
        page.evaluate("() => { for (const sheet of document.styleSheets) sheet.disabled = true; }")
        order = page.evaluate(
            """() => {
              const parts = [".gc-skip", "h1", "#gc-search", ".gc-views", "#gc-legend-title", ".gc-toolbar",
                ".gc-map", ".gc-credits", "#gc-table", ".gc-panel h2"];
              const nodes = parts.map((part) => document.querySelector(part));
              const follows = (at) => nodes[at - 1].compareDocumentPosition(nodes[at]) & 4;
              return parts.filter((_, at) => at > 0 && !follows(at));
            }"""
        )
        assert order == []
        assert page.evaluate("() => document.querySelector('.gc').textContent.length") == texts
        for part in ("#gc-legend-title", ".gc-panel h2", "#gc-table table", ".gc-credits"):
            expect(page.locator(part)).to_be_visible()


@pytest.mark.thorough
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_has_grounds_of_its_own_and_links_are_underlined(
    opened: Callable[..., Page], region_page: Path, scheme: str
) -> None:
    with opened(region_page, color_scheme=scheme) as page:
        commune(page)
        page.get_by_role("button", name="À propos", exact=True).click()
        told = page.evaluate(
            """() => {
              const all = (wanted) => [...document.querySelectorAll(wanted)];
              const clear = all(".gc, .gc-about, .gc-input, select, .gc-found, .gc-tooltip")
                .filter((node) => getComputedStyle(node).backgroundColor === "rgba(0, 0, 0, 0)");
              const plain = all(".gc a").filter((node) => node.checkVisibility())
                .filter((node) => !getComputedStyle(node).textDecorationLine.includes("underline"));
              const links = all(".gc a").filter((node) => !node.closest(".gc-card-links"));
              const texts = (nodes) => nodes.map((node) => node.textContent.trim());
              return [clear.map((node) => node.className), texts(plain), texts(links)];
            }"""
        )
        clear, plain, links = told
        assert (clear, plain) == ([], [])
        assert links
        assert all(len(text) > 3 and not text.startswith("http") for text in links)


@pytest.mark.thorough
def test_labels_stand_beside_their_fields(opened: Callable[..., Page], region_page: Path) -> None:
    with opened(region_page) as page:
        page.get_by_role("button", name=re.compile("^Filtres")).click()
        far = page.evaluate(
            """() => [...document.querySelectorAll("input, select, textarea")]
              .filter((node) => node.checkVisibility() && node.labels?.[0])
              .map((node) => [node, node.labels[0]])
              .filter(([node, label]) => !label.contains(node) && !label.classList.contains("gc-hidden"))
              .map(([node, label]) => [label, label.getBoundingClientRect(), node.getBoundingClientRect()])
              .filter(([, name, field]) => field.top - name.bottom > 12 || name.bottom - field.bottom > 12)
              .map(([label]) => label.textContent)"""
        )
        assert far == []


@pytest.mark.thorough
def test_a_press_that_is_moved_away_does_nothing(opened: Callable[..., Page], region_page: Path) -> None:
    with opened(region_page) as page:
        target = page.get_by_role("button", name="Tableau", exact=True).first.bounding_box()
        assert target
        page.mouse.move(target["x"] + 10, target["y"] + 10)
        page.mouse.down()
        page.mouse.move(600, 60, steps=3)
        page.mouse.up()
        expect(page.locator("#gc-table")).to_be_hidden()
        # Years are taken where the pointer goes down; one button gives all dates back.
        bars = page.locator(".gc-time-bars").bounding_box()
        assert bars
        page.mouse.click(bars["x"] + bars["width"] / 2, bars["y"] + bars["height"] / 2)
        expect(page.locator(".gc-time")).to_contain_text("En vigueur en")
        page.locator(".gc-time-reset").click()
        expect(page.locator(".gc-time")).to_contain_text("Toutes les dates")


@pytest.mark.thorough
def test_a_low_and_narrow_window_scrolls_to_all_of_the_page(
    opened: Callable[..., Page], region_page: Path
) -> None:
    with opened(region_page, **NARROW | {"height": 256}) as page:
        assert page.evaluate("() => document.documentElement.scrollWidth") <= NARROW["width"]
        about = page.get_by_role("button", name="À propos", exact=True)
        about.scroll_into_view_if_needed()
        about.click(trial=True)  # nothing lies over it
        for name in ("Zoom avant", "Légende", "Tableau"):
            page.get_by_role("button", name=name, exact=True).click(trial=True)


@pytest.mark.thorough
@pytest.mark.parametrize("turn", [False, True], ids=["portrait", "landscape"])
def test_either_way_up_has_the_same_controls(
    opened: Callable[..., Page], region_page: Path, *, turn: bool
) -> None:
    size = {"width": 844, "height": 390} if turn else {"width": 390, "height": 844}
    with opened(region_page, **PHONE | size) as page:
        for name in ("Zoom avant", "Tableau"):
            page.get_by_role("button", name=name, exact=True).first.click(trial=True)
        expect(page.get_by_role("combobox").first).to_be_visible()
