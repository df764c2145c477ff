"""Measure `geocontracts map` beside plain folium, in one run, and print the ratios.

Size of the page, wall time and peak memory of the whole process, and the time
from navigation to the first paint of the map in headless Chromium with the
network cut (folium's scripts are served from the disk, which favours it).

Usage: python benchmarks/compare.py [--runs N] [--chromium PATH]
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

HERE = Path(__file__).parent
BUDGET_BYTES = 750_000
BUDGET_SECONDS = 1.2
BUDGET_PAINT_MS = 400

# When the ground of our page is painted it leaves a mark; folium's first path is its ground.
FIRST_PAINT = """
window.painted = new Promise((done) => {
  const look = () => {
    const mark = performance.getEntriesByName("geocontracts:ground").length > 0;
    const path = document.querySelector(".leaflet-overlay-pane svg path[d]");
    if (!mark && !path) return requestAnimationFrame(look);
    // This frame paints it; what is posted now is read when the frame is done.
    const after = new MessageChannel();
    after.port1.onmessage = () => done(performance.now());
    after.port2.postMessage(0);
  };
  requestAnimationFrame(look);
});
"""


@dataclass(frozen=True)
class Cost:
    """What one page costs: medians over the runs."""

    name: str
    page_mb: float
    build_s: float
    memory_mb: float
    first_paint_ms: float | None


def measure(name: str, command: Sequence[str], page: Path, runs: int, chromium: str | None) -> Cost:
    """Run a command that writes `page` several times, then open the page as often."""
    seconds, memory = [], []
    for _ in range(runs + 1):
        started = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        seconds.append(time.perf_counter() - started)
        memory.append(usage.ru_maxrss / 1000)
        if status:
            msg = f"{name}: {' '.join(command)} ended with status {os.waitstatus_to_exitcode(status)}"
            raise RuntimeError(msg)
    size = page.stat().st_size / 1e6
    paint = first_paint(page, runs, chromium) if chromium else None
    return Cost(name, size, statistics.median(seconds[1:]), statistics.median(memory[1:]), paint)


def leaflet_folder() -> Path:
    """Return where Leaflet's Python package keeps it."""
    found = importlib.util.find_spec("js_lib_leaflet")
    if found is None or not found.submodule_search_locations:
        msg = "Leaflet's package is not installed"
        raise RuntimeError(msg)
    return Path(found.submodule_search_locations[0]) / "static" / "js_lib_leaflet"


def first_paint(page: Path, runs: int, chromium: str) -> float:
    """Return the median time in ms from navigation to the first paint of the map."""
    from playwright.sync_api import sync_playwright

    leaflet = leaflet_folder()
    times = []
    with sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for _ in range(runs + 1):
            context = browser.new_context(viewport={"width": 1280, "height": 800})
            tab = context.new_page()
            tab.route("http*://**/*", lambda route: answer(route, leaflet))
            tab.add_init_script(FIRST_PAINT)
            tab.goto(page.as_uri(), wait_until="commit", timeout=120_000)
            times.append(float(tab.evaluate("() => window.painted")))
            context.close()
        browser.close()
    return statistics.median(times[1:])


def answer(route: Any, leaflet: Path) -> None:
    """Serve Leaflet from the disk, and nothing in place of everything else."""
    name = route.request.url.rsplit("/", 1)[-1]
    if name in ("leaflet.js", "leaflet.css"):
        route.fulfill(path=leaflet / name)
    else:
        route.fulfill(body="")


def table(ours: Cost, peer: Cost) -> str:
    """Return the two costs and their ratios as a Markdown table."""
    rows = [
        ("page, MB", ours.page_mb, peer.page_mb),
        ("whole command, s", ours.build_s, peer.build_s),
        ("peak memory, MB", ours.memory_mb, peer.memory_mb),
    ]
    if ours.first_paint_ms is not None and peer.first_paint_ms is not None:
        rows.append(("first paint, ms", ours.first_paint_ms, peer.first_paint_ms))
    lines = [f"| | {ours.name} | {peer.name} | ratio |", "| --- | --- | --- | --- |"]
    lines += [
        f"| {what} | {mine:.2f} | {theirs:.2f} | 1 : {theirs / mine:.1f} |" for what, mine, theirs in rows
    ]
    return "\n".join(lines)


def main() -> int:
    """Print the table; fail only on the size of the page, which is exact."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--chromium", default=shutil.which("chromium"), help="left out: no first paint")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        mine, theirs = Path(folder) / "geocontracts.html", Path(folder) / "folium.html"
        command = [sys.executable, "-m", "geocontracts", "map", "-o", str(mine)]
        ours = measure("geocontracts", command, mine, options.runs, options.chromium)
        command = [sys.executable, str(HERE / "plain_folium.py"), str(theirs)]
        peer = measure("plain folium", command, theirs, options.runs, options.chromium)
    print(table(ours, peer))
    budgets = f"{BUDGET_BYTES / 1e6} MB, {BUDGET_SECONDS} s, {BUDGET_PAINT_MS} ms"
    print(f"\nBudgets: {budgets}; medians of {options.runs} runs.")
    return int(ours.page_mb * 1e6 > BUDGET_BYTES)


if __name__ == "__main__":
    sys.exit(main())
