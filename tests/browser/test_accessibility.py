"""What RGAA asks of the page, state by state; `docs/accessibilite.md` says which test holds which criterion.

To have another state checked, add it to `STATES`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import expect

from tests.browser.conftest import keep

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from _pytest.mark import ParameterSet
    from playwright.sync_api import Page

DESKTOP = {"width": 1280, "height": 800}
DARK = DESKTOP | {"color_scheme": "dark"}
PHONE = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True}


def nothing(page: Page) -> None:
    """Leave the page as it opens."""
    expect(page.get_by_role("heading", level=1)).to_be_attached()


def search(page: Page, words: str) -> None:
    page.get_by_role("combobox", name="Chercher un lieu ou un contrat").fill(words)
    expect(page.get_by_role("option").first).to_be_visible()


def commune(page: Page) -> None:
    search(page, "59172")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2, name="Denain", exact=True)).to_be_visible()
    page.get_by_text("Détails", exact=True).first.click()


def record(page: Page) -> None:
    search(page, "renouveau du bassin minier du Nord")
    page.keyboard.press("Enter")
    expect(page.locator(".gc-panel h2")).to_contain_text("bassin minier")


def folded(page: Page) -> None:
    page.get_by_role("button", name="Replier", exact=True).click()


def unfolded(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^À propos du dispositif")).first.click()
    page.get_by_text("Non dessinés sur la carte").first.click()
    page.get_by_text("Comment lire la carte").click()


def none_on(page: Page) -> None:
    page.get_by_role("button", name="Aucun\u00a0: toutes les couches").click()


def found(page: Page) -> None:
    search(page, "val")
    page.keyboard.press("ArrowDown")


def found_nothing(page: Page) -> None:
    search(page, "zzzzzz")


def about(page: Page) -> None:
    page.get_by_role("button", name="À propos", exact=True).click()
    expect(page.get_by_role("dialog")).to_be_visible()


def share(page: Page) -> None:
    page.get_by_role("button", name="Partager", exact=True).click()
    page.get_by_role("button", name="Copier le lien").click()
    expect(page.locator(".gc-share-said")).not_to_be_empty()


def broken_link(page: Page) -> None:
    page.evaluate("() => { location.hash = '#off=parti'; }")
    expect(page.get_by_role("button", name="Fermer ce message")).to_be_visible()
    expect(page.locator(".gc-link-note p")).not_to_be_empty()


def legend_sheet(page: Page) -> None:
    page.get_by_role("button", name="Légende", exact=True).click()
    expect(page.get_by_role("heading", name="Légende")).to_be_visible()


def place_sheet(page: Page) -> None:
    search(page, "soissons")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2, name="Soissons", exact=True)).to_be_visible()


def share_sheet(page: Page) -> None:
    legend_sheet(page)
    share(page)


def mode(name: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        page.get_by_role("radio", name=name).check(force=True)
        expect(page.locator("section.gc-scale h2")).to_be_attached()

    return act


def crossed_sheet(page: Page) -> None:
    mode("Croiser")(page)
    legend_sheet(page)


def filtered(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^Filtres")).click()
    page.get_by_role("checkbox", name=re.compile("^Mission ?,")).check()
    expect(page.get_by_role("button", name=re.compile("^Retirer le filtre"))).to_be_visible()


def table(page: Page) -> None:
    page.get_by_role("complementary", name="Recherche et légende").get_by_role(
        "button", name="Tableau"
    ).click()
    expect(page.locator("#gc-table table")).to_be_visible()


def table_sheet(page: Page) -> None:
    page.locator(".gc-drawer").get_by_role("button", name="Tableau", exact=True).click()
    expect(page.locator("#gc-table table")).to_be_visible()


def in_2019(page: Page) -> None:
    page.get_by_role("slider", name="De").fill("2019")
    page.get_by_role("slider", name="À").fill("2019")
    expect(page.locator(".gc-time")).to_contain_text("En vigueur en 2019")


STATES: dict[str, tuple[dict[str, object], Callable[[Page], None]]] = {
    "start": (DESKTOP, nothing),
    "commune": (DESKTOP, commune),
    "record": (DESKTOP, record),
    "folded": (DESKTOP, folded),
    "unfolded": (DESKTOP, unfolded),
    "none-on": (DESKTOP, none_on),
    "found": (DESKTOP, found),
    "found-nothing": (DESKTOP, found_nothing),
    "about": (DESKTOP, about),
    "share": (DESKTOP, share),
    "broken-link": (DESKTOP, broken_link),
    "dark": (DARK, nothing),
    "dark-commune": (DARK, commune),
    "dark-share": (DARK, share),
    "pile-up": (DESKTOP, mode("Cumul")),
    "amounts": (DARK, mode("Montants")),
    "white": (DESKTOP, mode("Sans contrat")),
    "crossed": (DESKTOP, mode("Croiser")),
    "filtered": (DESKTOP, filtered),
    "table": (DESKTOP, table),
    "table-dark": (DARK, table),
    "in-2019": (DESKTOP, in_2019),
    "phone": (PHONE, nothing),
    "phone-crossed": (PHONE, crossed_sheet),
    "phone-table": (PHONE, table_sheet),
    "phone-legend": (PHONE, legend_sheet),
    "phone-place": (PHONE, place_sheet),
    "phone-share": (PHONE, share_sheet),
}
NARROW = {"width": 320, "height": 640}


def violations(page: Page) -> list[str]:
    """Return what axe finds, one line a rule and element."""
    page.evaluate(AXE_SCRIPT)
    found = page.evaluate("() => axe.run(document, { resultTypes: ['violations'] })")
    return [
        f"{rule['id']} ({rule['impact']}): {node['target']} {node.get('failureSummary', '')}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


# The states that hold most; the others, as many again, are for a thorough run.
OFTEN = {"start", "phone-legend"}


def states(*chosen: str) -> list[ParameterSet]:
    return [pytest.param(each, marks=() if each in OFTEN else pytest.mark.thorough) for each in chosen]


@pytest.mark.parametrize("state", states(*STATES))
def test_axe_finds_nothing(opened: Callable[..., Page], region_page: Path, state: str) -> None:
    options, act = STATES[state]
    with opened(region_page, **options) as page:
        act(page)
        page.wait_for_timeout(300)
        assert violations(page) == []


def test_the_document_has_language_title_and_description(
    opened: Callable[..., Page], region_page: Path
) -> None:
    with opened(region_page) as page:
        assert page.evaluate("() => document.documentElement.lang") == "fr"
        assert page.title() == "Contrats territoriaux — Hauts-de-France"
        described = page.locator("meta[name=description]").get_attribute("content")
        assert described
        assert "Contrats" in described
        viewport = page.locator("meta[name=viewport]").get_attribute("content")
        assert viewport
        assert "user-scalable" not in viewport
        assert "maximum-scale" not in viewport


@pytest.mark.parametrize("state", states("start", "dark-commune", "record", "unfolded", "about", "share"))
def test_headings_follow_each_other(opened: Callable[..., Page], region_page: Path, state: str) -> None:
    options, act = STATES[state]
    with opened(region_page, **options) as page:
        act(page)
        levels = page.evaluate(
            """() => {
              const scope = document.querySelector("dialog[open]") ?? document;
              return [...scope.querySelectorAll("h1, h2, h3, h4, h5, h6")]
                .filter((node) => node.checkVisibility())
                .map((node) => [Number(node.tagName[1]), node.textContent]);
            }"""
        )
        assert levels, "no heading at all"
        before = 1 if state in {"about", "share"} else 0
        for level, text in levels:
            assert text.strip(), "an empty heading"
            assert level <= before + 1, f"{text!r} jumps from level {before} to {level}"
            before = level
        assert sum(level == 1 for level, _ in levels) <= 1


FOCUSED = """() => {
  const node = document.activeElement;
  if (node === document.body) return null;
  const shown = node.closest(".gc-segment") ?? node;  // a radio button is seen as its segment
  const style = getComputedStyle(shown);
  const after = getComputedStyle(shown, "::after");
  const box = shown.getBoundingClientRect();
  const parts = ["skips", "search", "views", "filters", "legend", "toolbar", "map", "controls", "credits",
    "time", "table-panel", "panel"];
  const part = parts.map((name) => `gc-${name}`).find((name) => node.closest(`.${name}`)) ?? node.className;
  const name = node.getAttribute("aria-label") ?? (node.labels?.[0]?.textContent || node.textContent);
  return {
    part, name: name.trim(), seen: box.width > 1 && box.height > 1,
    ringed: style.outlineStyle !== "none" || after.outlineStyle !== "none",
  };
}"""


def walk(page: Page, key: str = "Tab", most: int = 600) -> list[dict[str, object]]:
    """Press a key until the focus leaves the page; return what had it."""
    steps: list[dict[str, object]] = []
    for _ in range(most):
        page.keyboard.press(key)
        at = page.evaluate(FOCUSED)
        if at is None:
            return steps
        steps.append(at)
    raise AssertionError("the focus never leaves the page")


@pytest.mark.thorough
def test_the_keyboard_goes_everywhere_in_order_and_is_seen(
    opened: Callable[..., Page], region_page: Path
) -> None:
    with opened(region_page) as page:
        commune(page)
        page.evaluate("() => document.activeElement.blur()")
        page.evaluate("() => document.querySelector('.gc-skip').focus()")
        steps = walk(page)
        assert [step["name"] for step in steps if not step["ringed"]] == [], "the focus is not seen"
        assert [step["name"] for step in steps if not step["seen"]] == [], "the focus is on nothing"
        assert [step for step in steps if not step["name"]] == [], "a control has no name"
        order = list(dict.fromkeys(step["part"] for step in steps))
        wanted = [
            "gc-skips",
            "gc-search",
            "gc-legend",
            "gc-toolbar",
            "gc-map",
            "gc-controls",
            "gc-credits",
            "gc-panel",
        ]
        assert [part for part in order if part in wanted] == wanted
        back = walk(page, "Shift+Tab")
        assert len(back) >= len(steps) - 1, "not all can be reached backwards"


def test_the_map_is_read_with_the_keyboard_alone(opened: Callable[..., Page], region_page: Path) -> None:
    with opened(region_page) as page:
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.get_by_role("application")).to_be_focused()
        expect(page.locator(".gc-cross")).to_be_visible()
        page.keyboard.press("ArrowDown")
        page.wait_for_timeout(400)
        said = page.locator("p.gc-hidden[role=status]")
        expect(said).to_contain_text(re.compile(r"contrat|Hors du territoire"))
        page.keyboard.press("ArrowUp")
        page.wait_for_timeout(400)
        page.keyboard.press("Enter")
        name = page.locator(".gc-panel h2")
        expect(name).to_be_focused()
        expect(said).to_contain_text(name.inner_text())
        page.keyboard.press("Escape")
        expect(page.locator(".gc-panel")).to_be_hidden()
        expect(page.get_by_role("application")).to_be_focused()


def test_status_messages_are_said(opened: Callable[..., Page], region_page: Path) -> None:
    with opened(region_page) as page:
        said = page.locator("p.gc-hidden[role=status]")
        none_on(page)
        expect(said).to_contain_text("0 couche affichée")
        search(page, "denain")
        expect(said).to_contain_text("réponse")


CUT = """() => [...document.querySelectorAll(".gc *")].filter((node) => {
  if (!node.checkVisibility({ visibilityProperty: true })) return false;
  if (node.closest(".gc-map, .gc-hidden, .gc-skips, .gc-found, canvas, svg")) return false;
  const box = node.getBoundingClientRect();
  if (box.width < 2 || box.height < 2) return false;
  const style = getComputedStyle(node);
  const field = ["INPUT", "TEXTAREA"].includes(node.tagName);
  const cut = style.overflowX !== "visible" && !field && node.scrollWidth > node.clientWidth + 1;
  return cut || box.right > innerWidth + 1 || box.left < -1;
}).map((node) => `${node.tagName}.${node.className}: ${node.textContent.slice(0, 40)}`)"""


@pytest.mark.parametrize("state", states("start", "commune", "unfolded", "about", "share", "crossed"))
def test_text_at_200_percent_is_not_cut(opened: Callable[..., Page], region_page: Path, state: str) -> None:
    with opened(region_page, **DESKTOP) as page:
        page.evaluate("() => { document.documentElement.style.fontSize = '200%'; }")
        STATES[state][1](page)
        page.wait_for_timeout(300)
        keep(page, f"large-text-{state}")
        assert page.evaluate("() => document.documentElement.scrollWidth") <= DESKTOP["width"]
        assert page.evaluate(CUT) == []


@pytest.mark.parametrize(
    "state",
    states("start", "phone-legend", "phone-place", "phone-share", "about", "phone-crossed"),
)
def test_320_pixels_are_wide_enough(opened: Callable[..., Page], region_page: Path, state: str) -> None:
    with opened(region_page, **NARROW) as page:
        STATES[state][1](page)
        page.wait_for_timeout(300)
        keep(page, f"narrow-{state}")
        assert page.evaluate("() => document.documentElement.scrollWidth") <= NARROW["width"]
        assert page.evaluate(CUT) == []


SPACING = """
  * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
  p { margin-bottom: 2em !important; }
"""


@pytest.mark.thorough
def test_wider_spacing_loses_nothing(opened: Callable[..., Page], region_page: Path) -> None:
    with opened(region_page) as page:
        commune(page)
        page.evaluate(
            """(rules) => {
              const sheet = new CSSStyleSheet();
              sheet.replaceSync(rules);
              document.adoptedStyleSheets = [sheet];
            }""",
            SPACING,
        )
        page.wait_for_timeout(300)
        keep(page, "spacing")
        assert page.evaluate(CUT) == []


@pytest.mark.thorough
def test_nothing_moves_for_who_does_not_want_it(opened: Callable[..., Page], region_page: Path) -> None:
    with opened(region_page) as page:
        assert page.evaluate("() => matchMedia('(prefers-reduced-motion: reduce)').matches")
        options = page.evaluate(
            """() => {
              const { zoomAnimation, fadeAnimation, inertia } = window.geocontracts.map.options;
              return [zoomAnimation, fadeAnimation, inertia];
            }"""
        )
        assert options == [False, False, False]
        commune(page)
        moving = page.evaluate(
            """() => [...document.querySelectorAll(".gc, .gc *")].filter((node) => {
              const { transitionDuration, animationName } = getComputedStyle(node);
              const lasts = transitionDuration.split(",").some((time) => parseFloat(time) > 0);
              return lasts || animationName !== "none";
            }).map((node) => String(node.className.baseVal ?? node.className))"""
        )
        assert moving == []
        assert page.evaluate("() => document.getAnimations().length") == 0


@pytest.mark.thorough
def test_controls_on_a_phone_are_large_enough(opened: Callable[..., Page], region_page: Path) -> None:
    with opened(region_page, **PHONE) as page:
        legend_sheet(page)
        small = page.evaluate(
            """() => [...document.querySelectorAll(".gc :is(button, summary, .gc-line-label, .gc-input)")]
              .filter((node) => node.checkVisibility({ visibilityProperty: true }))
              .filter((node) => !node.closest(".gc-skips, .gc-credits, .gc-hidden"))
              .map((node) => [node.className, node.textContent, node.getBoundingClientRect()])
              .filter(([, , box]) => box.height > 0 && box.height < 43.5)
              .map(([name, text]) => `${name}: ${text}`)"""
        )
        assert small == []
        tools = page.get_by_role("complementary", name="Recherche et légende")
        for name in ("Partager", "Imprimer"):
            expect(tools.get_by_role("button", name=name, exact=True)).to_be_in_viewport()
        # The table has a tab in the drawer, and no second button.
        expect(page.get_by_role("button", name="Tableau", exact=True)).to_have_count(1)
        expect(
            page.locator(".gc-drawer").get_by_role("button", name="Tableau", exact=True)
        ).to_be_in_viewport()
