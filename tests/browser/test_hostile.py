"""A page made of hostile cells, walked through: nothing runs or leaves its element, text is shown as text."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from geocontracts.outputs.report import About, build_report, write_report
from geocontracts.outputs.sheets.write import SheetMaker, render_sheet
from geocontracts.perimeters.perimeter import resolve_perimeters
from geocontracts.records.read import read_register
from geocontracts.webmap.page import write_map
from geocontracts.webmap.payload import MapOptions
from tests.trust.hostile import TEXTS, as_shown, only, write_both

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from geocontracts.records.register import Register

# Before any script of the page: what a script of a cell would do is noted, however it came to run.
TRAPS = """
window.hits = [];
Object.defineProperty(window, "hit", {
  set: (value) => void window.hits.push(`hit ${value}`), get: () => undefined,
});
for (const name of ["alert", "confirm", "prompt", "open"]) window[name] = () => void window.hits.push(name);
document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
  window.hits.push(`refused ${violatedDirective} ${blockedURI}`);
});
"""
# Each kind of element with the names of its attributes, and the addresses of links.
SHAPE = """() => {
  const kinds = new Set();
  for (const node of document.querySelectorAll("*")) {
    kinds.add([node.localName, ...node.getAttributeNames().sort()].join(" "));
  }
  return [...kinds];
}"""
LINKS = """() => [...document.querySelectorAll("a[href]")].map(
  (a) => [a.getAttribute("href"), a.rel, a.target])"""
# Each way in which a text could come to run, or a request to leave.
TRY_ALL = """() => new Promise((done) => setTimeout(() => {
  const tried = (act) => { try { act(); } catch { /* refused */ } };
  tried(() => (0, eval)("window.hit = 'eval'"));
  tried(() => new Function("window.hit = 'function'")());
  tried(() => setTimeout("window.hit = 'timer'"));
  const place = document.createElement("div");
  document.body.append(place);
  place.innerHTML = `<img src="data:," onerror="window.hit='handler'"><p style="color:red"></p>`;
  const script = document.createElement("script");
  script.textContent = "window.hit = 'script'";
  document.body.append(script);
  place.insertAdjacentHTML("beforeend", "<img src='https://exemple.invalid/x.png'><iframe src='https://exemple.invalid/'></iframe>");
  tried(() => fetch("https://exemple.invalid/").catch(() => 0));
  done();
}))"""
HOST = """
window.told = [];
window.addEventListener("message", ({ data, ports }) => {
  if (data !== "geocontracts" || !ports[0]) return;
  const port = ports[0];
  port.onmessage = ({ data }) => window.told.push(data);
  window.attack = () => {
    const bad = ["<img src=x onerror=window.hit=1>", "__proto__", "constructor", "javascript:window.hit=1"];
    const asked = (shown) => ({ request: 1, shown });
    const hostile = [null, 0, "x", [], { request: -1 }, { request: "1" }, asked({ layers: {} }),
      asked(JSON.parse('{"__proto__": {"polluted": 1}, "date": [9, 1]}')), asked({ date: [NaN, 1] }),
      ...bad.flatMap((text) => [asked({ selection: text }), asked({ layers: [text] })])];
    for (const each of hostile) port.postMessage(each);
    document.querySelector("iframe").contentWindow.postMessage({ request: 6, shown: { layers: [] } }, "*");
    port.postMessage({ request: 99, shown: {} });
  };
});
"""
TITLE = "</title><img src=x onerror=window.hit=1>\u202e"


@dataclass
class Walk:
    """What was seen of a page on the way: kinds of elements, links, and what ran or left it."""

    kinds: set[str] = field(default_factory=set)
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
    page.on(
        "request", lambda asked: asked.url.startswith((address, "data:", "blob:")) or events.append(asked.url)
    )
    page.on(
        "framenavigated",
        lambda frame: frame.url.startswith(address) or events.append(f"left for {frame.url}"),
    )
    page.goto(f"{address}{end}")
    page.evaluate("() => window.geocontracts?.ready")
    yield page
    page.wait_for_timeout(50)  # what was refused is told later
    events += page.evaluate("() => window.hits")
    context.close()


OURS = {"span class style", "img alt class decoding src"}  # the colour of a family; the map on paper
FEW = only(
    "img", "close", "handler", "replace", "proto", "javascript-tab", "override", "dde", "markdown-blocks"
)


def go(page: Page, fragment: str) -> None:
    page.evaluate("(end) => { location.hash = end; return new Promise(requestAnimationFrame); }", fragment)


def states(page: Page) -> Iterator[str]:
    """Bring the page, one after the other, into all that it can show; yield the name of each state."""
    page.locator(".gc-more-button").first.click()
    yield "legend"
    page.get_by_role("button", name="À propos", exact=True).click()
    yield "about"
    page.keyboard.press("Escape")
    for place in ("commune:59172", "epci:200033579", "record:m-0", "record:o-1"):
        go(page, f"at={place}")
        expect(page.locator(".gc-card h4").first).to_be_visible()
        page.evaluate("() => document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        yield "panel"
    box = page.locator("#gc-map").bounding_box()
    assert box
    go(page, "at=commune:59172")
    for step in (0, 3):
        page.mouse.move(box["x"] + box["width"] / 2 + step, box["y"] + box["height"] / 2)
    expect(page.locator(".gc-tooltip")).to_be_visible()
    yield "tooltip"
    go(page, "table")
    expect(page.locator("#gc-table tbody tr[data-record]").first).to_be_visible()
    page.evaluate(
        """() => document.querySelectorAll('.gc-table-panel input[type=checkbox]:not(:checked)')
          .forEach((each) => each.click())"""
    )
    yield "table"
    go(page, "")
    page.get_by_role("button", name="Filtres", exact=True).click()
    page.get_by_role("region", name="Filtres", exact=True).get_by_role("checkbox").first.check()
    yield "filters"
    page.get_by_role("button", name="Réinitialiser").click()
    for words in ("img", "aaa"):  # of the hostile page, and of its twin
        page.get_by_role("combobox", name="Chercher un lieu ou un contrat").fill(words)
        page.wait_for_timeout(200)
        page.keyboard.press("ArrowDown")
        yield "search"
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Partager", exact=True).click()
    yield "share"
    page.keyboard.press("Escape")
    for view in ("pileup", "amounts", "white", "cross"):
        go(page, f"v={view}&t=2017-2020")
        yield "views"
    go(page, "at=record:c-1")
    page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    yield "paper"
    page.evaluate("() => window.dispatchEvent(new Event('afterprint'))")


def walked(browser: Browser, path: Path) -> Walk:
    walk = Walk()
    with trapped(browser, path, walk.events) as page:
        for name in states(page):
            walk.kinds.update(page.evaluate(SHAPE))
            walk.links.update(map(tuple, page.evaluate(LINKS)))
            if name == "table":
                walk.titles = page.locator("#gc-table tbody th").all_inner_texts()
    return walk


def page_of(register: Register, path: Path, title: str = TITLE) -> Path:
    write_map(register, path, MapOptions(title=title))
    return path


def is_harmless(walk: Walk, register: Register) -> None:
    assert walk.events == []
    written = sorted(as_shown(record.title) for record in register.records())
    assert sorted(map(as_shown, walk.titles)) == written, "texts are shown as they are written"
    assert all(href.startswith(("https://www.etalab.gouv.fr/", "#")) for href, _, _ in walk.links)
    assert all("noopener noreferrer" in rel for href, rel, _ in walk.links if not href.startswith("#"))


def test_nothing_runs_and_nothing_leaves_its_element(browser: Browser, tmp_path: Path) -> None:
    hostile, _ = (read_register(folder) for folder in write_both(tmp_path, FEW))
    path = page_of(hostile, tmp_path / "hostile.html")
    walk = walked(browser, path)
    is_harmless(walk, hostile)
    assert not [
        kind
        for kind in walk.kinds - OURS
        if kind.split()[0] in ("img", "iframe", "form", "base", "object", "embed")
    ]
    scripts = {kind for kind in walk.kinds if kind.startswith("script")}
    assert scripts == {"script", "script id type", "script type"}, "code, data, and the JSON-LD"


@pytest.mark.thorough
def test_the_whole_corpus_makes_the_page_of_harmless_texts(browser: Browser, tmp_path: Path) -> None:
    hostile = read_register(write_both(tmp_path / "all")[0])
    plain = read_register(write_both(tmp_path / "few", FEW)[1])
    walk = walked(browser, page_of(hostile, tmp_path / "hostile.html"))
    is_harmless(walk, hostile)
    twin = walked(browser, page_of(plain, tmp_path / "plain.html", "titre"))
    assert twin.events == []
    assert walk.kinds - twin.kinds - OURS == set()


def test_the_policy_refuses_code_and_the_traps_see_what_runs(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "map.html"
    write_map(read_register(write_both(tmp_path, FEW[:2])[1]), path, MapOptions(area="Nord"))
    seen: dict[bool, list[str]] = {}
    for is_kept in (True, False):
        page_path = path if is_kept else tmp_path / "open.html"
        if not is_kept:
            text = path.read_text(encoding="utf-8")
            page_path.write_text(
                re.sub('<meta http-equiv="Content-Security-Policy"[^>]*>', "", text), encoding="utf-8"
            )
        seen[is_kept] = []
        with trapped(browser, page_path, []) as page:
            page.evaluate(TRY_ALL)
            page.wait_for_timeout(300)
            seen[is_kept] = page.evaluate("() => window.hits")
    assert not [hit for hit in seen[True] if hit.startswith("hit")]
    assert {hit.split()[1] for hit in seen[True]} == {
        "script-src",
        "script-src-elem",
        "script-src-attr",
        "style-src-attr",
        "img-src",
        "connect-src",
        "frame-src",
    }
    assert {hit for hit in seen[False] if hit.startswith("hit")} == {
        "hit eval",
        "hit function",
        "hit timer",
        "hit handler",
        "hit script",
    }


def test_tiles_are_asked_of_one_host_and_learn_no_page(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "map.html"
    write_map(read_register(write_both(tmp_path, FEW[:2])[1]), path, MapOptions(area="Nord", basemap="plan"))
    context = browser.new_context(locale="fr-FR")
    asked: list[tuple[str, str | None]] = []
    context.route(
        "http*://**/*",
        lambda route: (
            asked.append((route.request.url, route.request.headers.get("referer"))),
            route.abort(),
        ),
    )
    page = context.new_page()
    page.goto(path.as_uri())
    page.evaluate("() => window.geocontracts.ready")
    page.evaluate("() => { new Image().src = 'https://exemple.invalid/pixel.png'; }")
    page.wait_for_timeout(300)
    page.get_by_role("button", name="À propos", exact=True).click()
    expect(page.get_by_role("dialog")).to_contain_text("Le fond de carte est demandé à data.geopf.fr")
    context.close()
    assert asked
    assert {(url.split("/")[2], referer) for url, referer in asked} == {("data.geopf.fr", None)}


@pytest.mark.thorough
def test_sheets_and_reports_hold_no_element_of_a_cell(browser: Browser, tmp_path: Path) -> None:
    found: dict[str, list[set[str]]] = {}
    for folder in write_both(tmp_path):
        register = read_register(folder)
        maker = SheetMaker(register)
        report = build_report(register, resolve_perimeters(register))
        write_report(report, tmp_path / "report.html", about=About(f"{TEXTS[0]}.csv"))
        (tmp_path / "territory.html").write_bytes(render_sheet(maker.territory("Denain"), "html"))
        (tmp_path / "programme.html").write_bytes(render_sheet(maker.programme("p-0"), "html"))
        for name in ("report", "territory", "programme"):
            events: list[str] = []
            with trapped(browser, tmp_path / f"{name}.html", events) as page:
                found.setdefault(name, []).append(set(page.evaluate(SHAPE)))
                assert folder.name == "plain" or TEXTS[0] in page.locator("body").inner_text()
            assert events == [], name
    for name, (hostile, plain) in found.items():
        assert hostile == plain, name


@pytest.mark.thorough
def test_hostile_messages_to_a_framed_page_change_nothing(browser: Browser, tmp_path: Path) -> None:
    inner = tmp_path / "map.html"
    write_map(read_register(write_both(tmp_path, FEW[:2])[1]), inner, MapOptions(area="Nord", bridge=True))
    host = tmp_path / "host.html"
    host.write_text(
        f'<!doctype html><meta charset="utf-8"><script>{HOST}</script>'
        '<iframe src="map.html" sandbox="allow-scripts" width=900 height=600></iframe>',
        encoding="utf-8",
    )
    context = browser.new_context(locale="fr-FR", offline=True, viewport={"width": 1000, "height": 700})
    context.add_init_script(TRAPS)
    page = context.new_page()
    page.goto(host.as_uri())
    page.wait_for_function("() => window.told.length > 0")
    page.evaluate("() => window.attack()")
    page.wait_for_function("() => window.told.some((each) => each.answer === 99)")
    first, last = page.evaluate("() => [window.told[0].shown, window.told.at(-1).shown]")
    assert last == first
    frame = page.frames[1]
    assert frame.evaluate("() => [window.hits, {}.polluted]") == [[], None]
    context.close()
