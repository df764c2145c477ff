"""What a reader does in the page besides moving: each act, to the end of the frame that paints it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.measures import Samples

# From an act to the end of the frame that paints it.
TIMED = """
async ([node, act, value]) => {
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
# From an act to the moment after which nothing is painted any more: our page paints the rest out of sight and
# shows canvas after canvas. Folium's page has no such canvases.
WHOLE = """
async ([node]) => {
  const QUIET = 400, box = document.querySelector(".gc-canvases");
  await new Promise((done) => setTimeout(done, QUIET));
  let last = 0;
  const seen = new MutationObserver(() => { last = performance.now(); });
  seen.observe(box, { childList: true });
  const start = performance.now();
  node.click();
  while (performance.now() - Math.max(start, last) < QUIET) await new Promise((done) => setTimeout(done, 20));
  seen.disconnect();
  return Math.max(0, last - start);
}
"""
# The switch of a layer, by its name: the first text that begins with it.
SWITCH = """
([lines, name]) => {
  const line = [...document.querySelectorAll(lines)].find((each) => each.textContent.trim().startsWith(name));
  if (!line) throw new Error(`no layer is called ${name}`);
  return line.querySelector("input");
}
"""
OUR_LINES, THEIR_LINES = ".gc-line .gc-line-label", ".leaflet-control-layers-overlays label"
_ALL_ON = "() => document.querySelectorAll('.gc-line .gc-check:not(:checked)').forEach((box) => box.click())"
_BACK = ".gc-views input[value=contracts]"
_ACTS = {
    "filter_ms": [(".gc-filters [type=checkbox]", "click", "")] * 2,
    "year_ms": [(".gc-time-from", "input", year) for year in ("2016", "2017", "2018", "2019", "2013")],
    "view_ms": [
        (f".gc-views input[value={view}]", "click", "")
        for view in ("pileup", "amounts", "cross", "contracts")
    ],
}


def toggled(tab: Any, lines: str, name: str, runs: int) -> Samples:
    """Return how long a layer takes to go and to come back, in ms: to the next paint; ours, to the last."""
    box = tab.evaluate_handle(SWITCH, [lines, name])
    found = {"toggle_ms": [_timed(tab, box, "click", "") for _ in range(2 * runs)]}
    if lines == OUR_LINES:
        found["toggle_whole_ms"] = [float(tab.evaluate(WHOLE, [box])) for _ in range(2 * runs)]
    return found


def ours_only(tab: Any, runs: int) -> Samples:
    """Return what folium's page has no peer of: filters, time, views. Leave every layer on."""
    tab.evaluate("() => document.querySelector('.gc-filters button').click()")
    found = {key: _steps(tab, steps, runs) for key, steps in _ACTS.items()}
    tab.evaluate("(back) => document.querySelector(back).click()", _BACK)
    tab.evaluate(_ALL_ON)
    return found


def _steps(tab: Any, steps: Sequence[tuple[str, str, str]], runs: int) -> list[float]:
    nodes = [(tab.wait_for_selector(where, state="attached"), act, value) for where, act, value in steps]
    return [_timed(tab, *step) for _ in range(runs) for step in nodes]


def _timed(tab: Any, node: Any, act: str, value: str) -> float:
    return float(tab.evaluate(TIMED, [node, act, value]))
