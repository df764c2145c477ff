"""Measure what a reader feels in the page, beside plain folium, in one run.

Toggle of the widest layer, a change of filter, a step in time, a change of view,
panning and zooming, and the heap of JavaScript, in headless Chromium with the
network cut and everything on. A time is from the act to the end of the frame that
paints it. Folium has no filters, time or views: these have no peer.

Usage: python benchmarks/interaction.py [--runs N] [--chromium PATH]
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compare import answer, leaflet_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

HERE = Path(__file__).parent
BUDGET_MS = 50
BUDGET_FRAME_MS = 20

# From an act to the end of the frame that paints it.
TIMED = """
async ([selector, act, value]) => {
  const node = document.querySelector(selector);
  if (!node) throw new Error(`${selector} is not there`);
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 60)));
  const start = performance.now();
  if (act === "click") node.click();
  else {
    node.value = value;
    node.dispatchEvent(new Event("input", { bubbles: true }));
  }
  await new Promise((done) => requestAnimationFrame(() => {
    const after = new MessageChannel();
    after.port1.onmessage = done;
    after.port2.postMessage(0);
  }));
  return performance.now() - start;
}
"""
FRAMES = """
() => {
  window.frames = [];
  let last = performance.now();
  const look = (now) => {
    window.frames.push(now - last);
    last = now;
    window.looking = requestAnimationFrame(look);
  };
  window.looking = requestAnimationFrame(look);
}
"""
OURS = {
    "toggle of the widest layer": [("#WIDEST", "click", ""), ("#WIDEST", "click", "")],
    "change of filter": [
        (".gc-filters [type=checkbox]", "click", ""),
        (".gc-filters [type=checkbox]", "click", ""),
    ],
    "step in time": [(".gc-time-from", "input", year) for year in ("2016", "2017", "2018", "2019", "2013")],
    "change of view": [
        (f".gc-views input[value={mode}]", "click", "")
        for mode in ("pileup", "amounts", "cross", "contracts")
    ],
}
LAYERS = """
() => {
  document.querySelector(".leaflet-control-layers").classList.add("leaflet-control-layers-expanded");
  return [...document.querySelectorAll(".leaflet-control-layers-overlays label")].map(
    (label, rank) => [label.textContent.trim(), rank]);
}
"""
WIDEST = """
() => {
  const lines = [...document.querySelectorAll(".gc-line .gc-check")];
  const wanted = lines.find((box) => /bassin minier/i.test(box.closest("label").textContent));
  return wanted.id;
}
"""


def timed(tab: Any, steps: Sequence[tuple[str, str, str]], runs: int) -> list[float]:
    """Return how long each step took, over the runs."""
    return [float(tab.evaluate(TIMED, list(step))) for _ in range(runs) for step in steps]


def moved(tab: Any) -> tuple[float, float]:
    """Zoom and drag twenty times; return the 95th percentile of a frame and the jank, in ms."""
    tab.evaluate(FRAMES)
    tab.mouse.move(800, 380)
    for step in range(20):
        if step % 2:
            tab.mouse.wheel(0, -240 if step % 4 == 1 else 240)
        else:
            tab.mouse.down()
            tab.mouse.move(800 + 60 * (1 - step % 4), 380 + 30, steps=8)
            tab.mouse.up()
            tab.mouse.move(800, 380)
        tab.wait_for_timeout(250)
    frames = sorted(tab.evaluate("() => { cancelAnimationFrame(window.looking); return window.frames; }"))
    jank = sum(frame - 1000 / 60 for frame in frames if frame > BUDGET_MS)
    return frames[int(len(frames) * 0.95)], jank


def heap(tab: Any) -> float:
    """Return the heap of JavaScript in use after a collection, in MB."""
    session = tab.context.new_cdp_session(tab)
    session.send("HeapProfiler.collectGarbage")
    return float(session.send("Runtime.getHeapUsage")["usedSize"]) / 1e6


def measure(page: Path, chromium: str, runs: int, *, is_ours: bool) -> dict[str, str]:
    """Open a page and return what each thing took, in words."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        tab = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
        tab.route("http*://**/*", lambda route: answer(route, leaflet_folder()))
        tab.goto(page.as_uri(), wait_until="load", timeout=180_000)
        tab.wait_for_timeout(1500)
        found = {}
        if is_ours:
            widest = tab.evaluate(WIDEST)
            tab.evaluate("() => document.querySelector('.gc-filters button').click()")
            for name, steps in OURS.items():
                real = [
                    (selector.replace("#WIDEST", f"#{widest}"), act, value) for selector, act, value in steps
                ]
                found[name] = said(timed(tab, real, runs))
            tab.evaluate("() => document.querySelector('.gc-views input[value=contracts]').click()")
        else:
            boxes = tab.evaluate(LAYERS)
            rank = next(rank for name, rank in boxes if name == "engagement-bassin-minier")
            step = (f".leaflet-control-layers-overlays label:nth-of-type({rank + 1}) input", "click", "")
            found["toggle of the widest layer"] = said(timed(tab, [step, step], runs))
        frame, jank = moved(tab)
        found["frame while panning and zooming, p95"] = f"{frame:.0f}"
        found["jank of 20 steps"] = f"{jank:.0f}"
        found["heap, MB"] = f"{heap(tab):.1f}"
        browser.close()
    return found


def said(times: list[float]) -> str:
    """Return the median and the worst."""
    return f"{statistics.median(times):.0f} (worst {max(times):.0f})"


def main() -> int:
    """Print the table; nothing fails, as times move with the machine."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--chromium", default=shutil.which("chromium"))
    options = parser.parse_args()
    if options.chromium is None:
        print("Chromium is not installed: nothing can be measured.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        mine, theirs = Path(folder) / "geocontracts.html", Path(folder) / "folium.html"
        subprocess.run(
            [sys.executable, "-m", "geocontracts", "map", "-o", str(mine)], check=True, capture_output=True
        )
        subprocess.run([sys.executable, str(HERE / "plain_folium.py"), str(theirs)], check=True)
        ours = measure(mine, options.chromium, options.runs, is_ours=True)
        peer = measure(theirs, options.chromium, options.runs, is_ours=False)
    print("| ms | geocontracts | plain folium |\n| --- | --- | --- |")
    for name, value in ours.items():
        print(f"| {name} | {value} | {peer.get(name, '')} |")
    print(f"\nBudgets: {BUDGET_MS} ms to the next paint, {BUDGET_FRAME_MS} ms a frame (p95).")
    return 0


if __name__ == "__main__":
    sys.exit(main())
