"""Panning and zooming: twenty moves, each until the map has come to rest.

A frame counts from the input of a move until Leaflet says that the move is over.
After that only late frames count, for as long as a page still redraws: frames
in which nothing happens would hide the slow ones in a percentile (which is given
with them too). The next move begins at rest: Leaflet ignores a drag while it zooms.
"""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.measures import Samples

MOVES = 20
JANK_MS = 50  # a frame that is longer is felt
FRAME_MS = 1000 / 60

# Both pages use Leaflet: what it tells of its map is heard from the moment at which it is there.
WATCH = """
(() => {
  const LATE = 20, TAIL = 300;
  let leaflet, frames = [], ended = 0, looking = 0, before = 0, painted = 0;
  const seen = new MutationObserver(() => { painted = performance.now(); });
  Object.defineProperty(window, "L", {
    configurable: true,
    get: () => leaflet,
    set: (value) => {
      leaflet = value;
      value.Map?.addInitHook(function () { this.on("moveend", () => { ended = performance.now(); }); });
    },
  });
  const look = (now) => {
    if (before) frames.push([before, now - before]);
    before = now;
    looking = requestAnimationFrame(look);
  };
  window.moves = {
    begin() {
      frames = []; ended = 0; before = 0; painted = 0;
      const canvases = document.querySelector(".gc-canvases");
      if (canvases) seen.observe(canvases, { childList: true });
      looking = requestAnimationFrame(look);
    },
    /** Each frame: what it took, whether it counts; when the last canvas was shown. 0: it stood still. */
    async rest(patience) {
      const asked = performance.now();
      const now = () => performance.now();
      while (ended ? now() - Math.max(ended, painted) < TAIL : now() - asked < patience)
        await new Promise((done) => setTimeout(done, 20));
      cancelAnimationFrame(looking);
      seen.disconnect();
      return ended && {
        frames: frames.map(([start, took]) => [took, start < ended || took > LATE]),
        sharp: painted && Math.max(0, painted - ended),
      };
    },
  };
})();
"""
_PATIENCE_MS = 5_000


def moved(tab: Any) -> Samples:
    """Drag and zoom in turn; return the 95th percentile of a frame, the jank, and what was followed."""
    taken = [move for move in (_move(tab, number) for number in range(MOVES)) if move]
    sharp = [move["sharp"] for move in taken if move["sharp"]]
    return summary([move["frames"] for move in taken]) | (
        {"sharp_ms": [statistics.median(sharp)]} if sharp else {}
    )


def summary(moves: Sequence[Sequence[tuple[float, bool]]]) -> Samples:
    """Return the measures of the moves that the map followed: of each frame, the ms and whether it counts."""
    frames = sorted(took for move in moves for took, counts in move if counts)
    everything = sorted(took for move in moves for took, _ in move)
    if not frames:
        msg = "the map followed no move: nothing can be said of its frames"
        raise RuntimeError(msg)
    return {
        "frame_p95_ms": [frames[int(len(frames) * 0.95)]],
        "all_p95_ms": [everything[int(len(everything) * 0.95)]],
        "jank_s": [sum(frame - FRAME_MS for frame in frames if frame > JANK_MS) / 1000],
        "worst_frame_ms": [statistics.median(max(took for took, _ in move) for move in moves)],
        "moves": [len(moves)],
    }


def _move(tab: Any, number: int) -> Any:
    """Drag, or turn the wheel: in, then out again."""
    tab.mouse.move(800, 380)
    tab.evaluate("() => window.moves.begin()")
    side = 1 if number % 4 < 2 else -1  # noqa: PLR2004 - there and back
    if number % 2:
        tab.mouse.wheel(0, -240 * side)
    else:
        tab.mouse.down()
        tab.mouse.move(800 + 60 * side, 380 + 30 * side, steps=8)
        tab.mouse.up()
    return tab.evaluate("(patience) => window.moves.rest(patience)", _PATIENCE_MS)
