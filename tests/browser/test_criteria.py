"""Criteria of RGAA looked at by ourselves, state by state: what axe finds is one witness, this is another.

Each state is opened once; what is wrong in it is gathered by criterion, and each test reads its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import pytest

from tests.browser.test_accessibility import STATES, about, commune, filtered, folded, share, table

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

Found: TypeAlias = "dict[str, list[str]]"

CHOSEN = (
    "start",
    "record",
    "unfolded",
    "broken-link",
    "dark",
    "amounts",
    "crossed",
    "phone-crossed",
    "phone-place",
)
# What can be seen together is looked at together.
TOGETHER: dict[str, tuple[str, tuple[Callable[[Page], None], ...]]] = {
    "full": ("start", (commune, filtered, table)),
    "full-dark": ("dark", (commune, filtered, table)),
    "folded-about": ("start", (folded, about)),
    "share-dark": ("dark", (share,)),
}

# {criterion: [what is wrong]}; `named` is what a label, an attribute or the text gives, never a placeholder.
LOOK = r"""() => {
  const found = {};
  const tell = (what, node, why = "") =>
    (found[what] ??= []).push(`${node.outerHTML?.slice(0, 110) ?? node} ${why}`.trim());
  const all = (wanted) => [...document.querySelectorAll(wanted)].filter((node) => !node.closest("noscript"));
  const shown = (node) => node.checkVisibility({ visibilityProperty: true });
  const text = (node) => (node?.textContent ?? "").replace(/\s+/g, " ").trim();
  const named = (node) => node.getAttribute("aria-label")?.trim()
    || text(document.getElementById(node.getAttribute("aria-labelledby")))
    || [...node.labels ?? []].map(text).join(" ").trim();

  for (const node of all("input:not([type=hidden]), select, textarea").filter(shown)) {
    if (!named(node)) tell("field", node);
  }
  for (const node of all("button, summary, [role=button], [role=tab]").filter(shown)) {
    const name = named(node) || text(node);
    if (name.length < 2) tell("button", node);
    // Who speaks to the machine says what stands on the button.
    const bare = (words) => words.replace(/\s+/g, "").toLowerCase();
    if (!bare(name).includes(bare(node.innerText))) tell("spoken", node, name);
  }
  const leads = new Map();
  for (const node of all("a")) {
    const name = named(node) || text(node);
    if (!node.hasAttribute("href")) tell("link", node, "leads nowhere");
    if (name.length < 3) tell("link", node, "says nothing");
    if (/^(ici|here|cliquez|click|lien|link|en savoir plus|more)$/i.test(name)) tell("link", node);
    if ((leads.get(name) ?? node.href) !== node.href) tell("link", node, "as another that leads elsewhere");
    leads.set(name, node.href);
    if (node.target === "_blank" && !node.rel.includes("noopener")) tell("link", node, "opens the page to another");
  }
  for (const node of all("ul, ol")) {
    const role = node.getAttribute("role");
    const within = { listbox: "option" }[role];
    if (role && !["list", "listbox", "group"].includes(role)) tell("list", node, "is no list any more");
    for (const child of node.children) {
      if (child.tagName !== "LI") tell("list", child, "is no item");
      else if (within && ![within, "presentation", "group"].includes(child.getAttribute("role"))) tell("list", child);
    }
    if (shown(node) && node.getBoundingClientRect().height > 1 && !node.children.length) tell("list", node, "is empty");
  }
  for (const node of all("li")) if (!node.parentElement.matches("ul, ol, menu")) tell("list", node, "is in no list");
  for (const node of all("dt, dd")) if (!node.closest("dl")) tell("list", node, "is in no list");
  for (const node of all("dl")) {
    if (node.children.length && !node.querySelector("dt, div > dt")) tell("list", node, "has no term");
  }
  const takesFocus = "a[href], button, input, select, textarea, summary, [tabindex]";
  for (const node of all(takesFocus).filter(shown)) {
    if (node.closest('[aria-hidden="true"], [inert]') && node.tabIndex >= 0) tell("hidden", node, "takes the focus");
    if (node.tabIndex > 0) tell("order", node);
  }
  for (const node of all("[hidden]")) if (shown(node)) tell("hidden", node, "is seen");
  for (const node of all("p, h1, h2, h3, h4, h5, h6, caption, legend, th").filter(shown)) {
    if (!text(node) && !node.matches("[role=status], [role=alert], [aria-live]") && node.getBoundingClientRect().height > 1
      && !node.children.length) tell("tags", node, "is empty");
  }
  for (const node of all("br, blockquote, u, s, strike, big, tt, center, font, hr + hr, [style*='text-align']")) tell("tags", node);
  for (const node of all("meta[http-equiv=refresh], [autoplay], marquee, blink, bgsound")) tell("time", node);
  for (const node of all("[accesskey], [onclick], [onkeydown], [style*='user-select']")) tell("tags", node);
  for (const node of all("[aria-expanded]")) {
    if (!["true", "false"].includes(node.getAttribute("aria-expanded"))) tell("state", node);
  }
  for (const node of all("[aria-pressed], [aria-expanded], [aria-selected], [aria-checked]")) {
    if (!node.matches("button, summary, input, a[href], [role]")) tell("state", node, "has a state and no role");
  }
  for (const node of all("[role=status], [role=alert], [aria-live]")) {
    if (node.closest('[aria-hidden="true"], [hidden]:not(.gc-link-note)')) tell("status", node, "is not said");
  }

  // Text on its ground, as it is painted: grounds are laid on each other from the root on.
  const ink = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const known = new Map();
  const rgba = (colour) => {
    if (!known.has(colour)) {
      ink.clearRect(0, 0, 1, 1);
      ink.fillStyle = colour;
      ink.fillRect(0, 0, 1, 1);
      known.set(colour, [...ink.getImageData(0, 0, 1, 1).data].map((part) => part / 255));
    }
    return known.get(colour);
  };
  const over = ([r, g, b, a], ground) => [r, g, b].map((part, at) => part * a + ground[at] * (1 - a));
  const dark = getComputedStyle(document.querySelector(".gc")).backgroundColor;
  const groundOf = (node) => (node
    ? over(rgba(getComputedStyle(node).backgroundColor), groundOf(node.parentElement)) : rgba(dark).slice(0, 3));
  const light = (colour) => colour
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
  const walker = document.createTreeWalker(document.querySelector(".gc"), NodeFilter.SHOW_TEXT);
  let texts = 0;
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !shown(node) || node.closest(".gc-hidden, .gc-skips, script, style, svg")) continue;
    if (node.closest(":disabled") || node.closest(".gc-map")) continue;
    const style = getComputedStyle(node);
    const ground = groundOf(node);
    const clear = [...(function* up(at) { for (; at; at = at.parentElement) yield at; })(node)]
      .reduce((share, at) => share * Number(getComputedStyle(at).opacity), 1);
    if (clear === 0) continue;
    const [r, g, b, a] = rgba(style.color);
    const [low, high] = [light(over([r, g, b, a * clear], ground)), light(ground)].sort((x, y) => x - y);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const ratio = (high + 0.05) / (low + 0.05);
    texts += 1;
    if (ratio < (large ? 3 : 4.5)) tell("contrast", node, ratio.toFixed(2));
  }
  if (texts < 40) tell("contrast", document.body, `only ${texts} texts were looked at`);
  return found;
}"""


def tree(page: Page) -> list[str]:
    """Return what Chromium hands to assistive technology without a name, or without a role, though it takes the focus."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    taking = [
        node
        for node in nodes
        if not node.get("ignored")
        and any(each["name"] == "focusable" and each["value"].get("value") for each in node["properties"])
        and node["role"]["value"] not in {"RootWebArea", "dialog"}
    ]
    assert len(taking) > 3
    return [
        f"{node['role']['value']}: {node['name'].get('value', '')!r}"
        for node in taking
        if not node["name"].get("value", "").strip() or node["role"]["value"] in {"generic", "none"}
    ]


@pytest.fixture(scope="module")
def found(region_page: Path, request: pytest.FixtureRequest) -> dict[str, Found]:
    """Return what is wrong, by state and criterion."""
    browser = request.getfixturevalue("browser")
    acts = {name: STATES[name] for name in CHOSEN}
    together = {name: (STATES[start][0], parts) for name, (start, parts) in TOGETHER.items()}
    told: dict[str, Found] = {}
    for name, (options, parts) in {**{k: (o, (a,)) for k, (o, a) in acts.items()}, **together}.items():
        size = {"width": options["width"], "height": options["height"]}
        rest = {key: value for key, value in options.items() if key not in size}
        context = browser.new_context(
            viewport=size, locale="fr-FR", offline=True, reduced_motion="reduce", **rest
        )
        page = context.new_page()
        page.goto(region_page.as_uri())
        page.evaluate("() => window.geocontracts.ready")
        for act in parts:
            act(page)
        page.wait_for_timeout(200)
        told[name] = page.evaluate(LOOK) | {"tree": tree(page)}
        context.close()
    return told


def wrong(found: dict[str, Found], *criteria: str) -> list[str]:
    return [
        f"{state}: {each}"
        for state, told in found.items()
        for name in criteria
        for each in told.get(name, [])
    ]


@pytest.mark.thorough
def test_every_text_contrasts_with_the_ground_that_it_is_painted_on(found: dict[str, Found]) -> None:
    assert wrong(found, "contrast") == []


@pytest.mark.thorough
def test_every_field_has_a_label_that_stays(found: dict[str, Found]) -> None:
    assert wrong(found, "field") == []


@pytest.mark.thorough
def test_every_button_has_a_name_that_holds_what_stands_on_it(found: dict[str, Found]) -> None:
    assert wrong(found, "button", "spoken") == []


@pytest.mark.thorough
def test_every_link_leads_somewhere_and_says_where(found: dict[str, Found]) -> None:
    assert wrong(found, "link") == []


@pytest.mark.thorough
def test_lists_are_lists_of_items(found: dict[str, Found]) -> None:
    assert wrong(found, "list") == []


@pytest.mark.thorough
def test_what_is_hidden_is_hidden_from_all_and_no_order_is_forced(found: dict[str, Found]) -> None:
    assert wrong(found, "hidden", "order") == []


@pytest.mark.thorough
def test_no_tag_is_empty_or_there_for_its_looks(found: dict[str, Found]) -> None:
    assert wrong(found, "tags") == []


@pytest.mark.thorough
def test_nothing_is_timed_or_starts_by_itself(found: dict[str, Found]) -> None:
    assert wrong(found, "time") == []


@pytest.mark.thorough
def test_what_takes_the_focus_has_name_role_and_state_in_the_tree_of_the_browser(
    found: dict[str, Found],
) -> None:
    assert wrong(found, "tree", "state", "status") == []
