"""A page made of hostile cells, walked through: nothing runs, nothing leaves its element, text is shown as text."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from geocontracts.records.read import read_register
from geocontracts.webmap.page import write_map
from geocontracts.webmap.payload import MapOptions
from tests.trust.hostile import CELLS, HIT, as_shown, write_both

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

# Before any script of the page: what a script of a cell would do is noted, however it came to run.
TRAPS = """
window.hits = [];
Object.defineProperty(window, "hit", { set: (value) => void window.hits.push(`hit ${value}`), get: () => undefined });
for (const name of ["alert", "confirm", "prompt", "open"]) window[name] = () => void window.hits.push(name);
document.addEventListener("securitypolicyviolation", (event) => window.hits.push(`refused ${event.violatedDirective} ${event.blockedURI}`));
"""
# Each kind of element with the names of its attributes, and the addresses of links.
SHAPE = """() => {
  const kinds = new Set();
  for (const node of document.querySelectorAll("*")) kinds.add([node.localName, ...node.getAttributeNames().sort()].join(" "));
  return [...kinds];
}"""
LINKS = """() => [...document.querySelectorAll("a[href]")].map((a) => [a.getAttribute("href"), a.rel, a.target])"""
TITLE = "</title><img src=x onerror=window.hit=1>\u202e"


@dataclass
class Walk:
    """What was seen of a page on the way: kinds of elements, links, and what ran or left it."""

    kinds: dict[str, set[str]] = field(default_factory=dict)
    links: set[tuple[str, ...]] = field(default_factory=set)
    titles: list[str] = field(default_factory=list)
    events: list[str] = field(default_factory=list)


@contextmanager
def trapped(browser: Browser, path: Path, events: list[str], end: str = "") -> Iterator[Page]:
    """Open a page with traps for all that a script could do."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, locale="fr-FR", offline=True, reduced_motion="reduce"
    )
    context.add_init_script(TRAPS)
    page = context.new_page()
    page.on("dialog", lambda said: (events.append(f"dialog {said.message}"), said.dismiss()))
    page.on("pageerror", lambda error: events.append(f"error {error}"))
    page.on("console", lambda said: events.append(said.text) if said.type in ("error", "warning") else None)
    page.on("popup", lambda other: events.append(f"popup {other.url}"))
    address = path.as_uri()
    page.on("request", lambda asked: asked.url.startswith((address, "data:", "blob:")) or events.append(asked.url))
    page.on("framenavigated", lambda frame: frame.url.startswith(address) or events.append(f"left for {frame.url}"))
    page.goto(f"{address}{end}")
    page.evaluate("() => window.geocontracts.ready")
    yield page
    events += page.evaluate("() => window.hits")
    context.close()


def states(page: Page, *, hostile: bool) -> Iterator[str]:
    """Bring the page, one after the other, into all that it can show; yield the name of each state."""
    for more in page.locator(".gc-more-button").all()[:3]:
        more.click()
    yield "legend"
    page.get_by_role("button", name="À propos", exact=True).click()
    yield "about"
    page.keyboard.press("Escape")
    for place in ("commune:59172", "epci:200033579", "record:c-0", "record:m-0", "record:o-1"):
        go(page, f"at={place}")
        expect(page.locator(".gc-card h4").first).to_be_visible()
        page.evaluate("() => document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        yield f"panel {place}"
    page.get_by_role("button", name="Tableau", exact=True).click()
    expect(page.locator(".gc-table-panel tbody tr").first).to_be_visible()
    page.get_by_role("button", name="Colonnes").click()
    for box in page.locator(".gc-table-panel input[type=checkbox]").all():
        box.check()
    yield "table"
    page.get_by_role("button", name="Tableau", exact=True).click()
    page.get_by_role("button", name="Filtres", exact=True).click()
    for box in page.get_by_role("region", name="Filtres", exact=True).get_by_role("checkbox").all()[:3]:
        box.check()
    yield "filters"
    page.get_by_role("button", name="Réinitialiser").click()
    for words in ("img", "javascript", "cmd") if hostile else ("aaa",):
        page.get_by_role("combobox", name="Chercher un lieu ou un contrat").fill(words)
        expect(page.get_by_role("option").first).to_be_visible()
        page.keyboard.press("ArrowDown")
        yield f"search {words}"
    page.keyboard.press("Escape")
    centre = page.locator("#gc-map").bounding_box()
    assert centre
    go(page, "at=commune:59172")
    page.mouse.move(centre["x"] + centre["width"] / 2, centre["y"] + centre["height"] / 2)
    page.mouse.move(centre["x"] + centre["width"] / 2 + 3, centre["y"] + centre["height"] / 2)
    expect(page.locator(".gc-tooltip")).to_be_visible()
    yield "tooltip"
    page.get_by_role("button", name="Partager", exact=True).click()
    yield "share"
    page.keyboard.press("Escape")
    for view in ("pileup", "amounts", "white", "cross"):
        go(page, f"v={view}&t=2017-2020")
        yield view
    go(page, "at=record:c-3")
    page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    yield "paper"
    page.evaluate("() => window.dispatchEvent(new Event('afterprint'))")


def go(page: Page, fragment: str) -> None:
    page.evaluate("(end) => { location.hash = end; return new Promise(requestAnimationFrame); }", fragment)


def walked(browser: Browser, path: Path, *, hostile: bool) -> Walk:
    walk = Walk()
    with trapped(browser, path, walk.events) as page:
        for name in states(page, hostile=hostile):
            walk.kinds.setdefault(name.split()[0], set()).update(page.evaluate(SHAPE))
            walk.links.update(map(tuple, page.evaluate(LINKS)))
            if name == "table":
                walk.titles = page.locator("#gc-table tbody th").all_inner_texts()
    return walk
