"""Pages in headless Chromium without GPU, 1280 x 800, with the network cut.

Folium's pages ask for Leaflet: it is served from the disk, which favours them;
everything else that they ask for is answered with nothing.
"""

from __future__ import annotations

import importlib.util
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright

from benchmarks.moves import WATCH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.measures import Samples

PATIENCE_MS = 300_000  # folium's France takes half a minute to paint, and seconds a frame
ARGUMENTS = ["--no-sandbox", "--disable-gpu"]

# When the ground and the layers of our page are painted they leave a mark. Folium draws all its paths
# in one script: the frame of the first has them all.
PAINTED = """
window.painted = Promise.all(["ground", "layers"].map((name) => new Promise((done, failed) => {
  setTimeout(() => failed(new Error("nothing was painted in time")), PATIENCE);
  const look = () => {
    const mark = performance.getEntriesByName(`geocontracts:${name}`).length > 0;
    const path = document.querySelector(".leaflet-overlay-pane svg path[d]");
    if (!mark && !path) return requestAnimationFrame(look);
    // This frame paints it; what is posted now is read when the frame is done.
    const after = new MessageChannel();
    after.port1.onmessage = () => done(performance.now());
    after.port2.postMessage(0);
  };
  requestAnimationFrame(look);
})));
""".replace("PATIENCE", str(PATIENCE_MS))


@contextmanager
def chromium(path: str) -> Iterator[Any]:
    """Run one Chromium."""
    with sync_playwright() as engine:
        running = engine.chromium.launch(executable_path=path, args=ARGUMENTS)
        try:
            yield running
        finally:
            running.close()


@contextmanager
def opened(browser: Any, page: Path) -> Iterator[Any]:
    """Open a page as somebody who comes for the first time, and wait for its layers."""
    leaflet = _leaflet_folder()
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(PATIENCE_MS)
    tab = context.new_page()
    tab.route("http*://**/*", lambda route: _answer(route, leaflet))
    tab.add_init_script(PAINTED)
    tab.add_init_script(WATCH)
    tab.goto(page.as_uri(), wait_until="commit")
    tab.evaluate("() => window.painted")
    try:
        yield tab
    finally:
        context.close()


def painted(browser: Any, page: Path, runs: int, *, warm: bool = True) -> Samples:
    """Return the times in ms from navigation to the first paint of the map, and of every layer."""
    times = []
    for _ in range(runs + warm):
        with opened(browser, page) as tab:
            times.append(tab.evaluate("() => window.painted"))
    ground, layers = zip(*times[int(warm) :], strict=True)
    return {"first_paint_ms": list(ground), "every_layer_ms": list(layers)}


def heap_mb(tab: Any) -> float:
    """Return the heap of JavaScript in use after a collection, in MB."""
    session = tab.context.new_cdp_session(tab)
    session.send("HeapProfiler.collectGarbage")
    return float(session.send("Runtime.getHeapUsage")["usedSize"]) / 1e6


def _leaflet_folder() -> Path:
    found = importlib.util.find_spec("js_lib_leaflet")
    if found is None or not found.submodule_search_locations:
        msg = "Leaflet's package is not installed"
        raise RuntimeError(msg)
    return Path(found.submodule_search_locations[0]) / "static" / "js_lib_leaflet"


def _answer(route: Any, leaflet: Path) -> None:
    name = route.request.url.rsplit("/", 1)[-1]
    if name in ("leaflet.js", "leaflet.css"):
        route.fulfill(path=leaflet / name)
    else:
        route.fulfill(body="")
