"""Panning and zooming: twenty moves, each until the map has come to rest.

A frame counts from the input of a move until Leaflet says that the move is over.
After that only late frames count, for as long as a page may still redraw: frames
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
  let leaflet, frames = [], ended = 0, looking = 0, before = 0;
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
      frames = []; ended = 0; before = 0;
      looking = requestAnimationFrame(look);
    },
    /** Each frame: what it took, and whether it counts; 0 when the map did not follow. */
    async rest(patience) {
      const asked = performance.now();
      const now = () => performance.now();
      while (ended ? now() - ended < TAIL : now() - asked < patience)
        await new Promise((done) => setTimeout(done, 20));
      cancelAnimationFrame(looking);
      return ended && frames.map(([start, took]) => [took, start < ended || took > LATE]);
    },
  };
})();
"""
_PATIENCE_MS = 5_000


def moved(tab: Any) -> Samples:
    """Drag and zoom in turn; return the 95th percentile of a frame, the jank, and what was followed."""
    taken = [_move(tab, number) for number in range(MOVES)]
    return summary([frames for frames in taken if frames])


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
