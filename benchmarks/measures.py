"""What is measured: its name, its unit, how it is shown; and the samples of one page."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import TypeAlias

Samples: TypeAlias = dict[str, list[float]]
"""The values of each measure, one for each run."""


@dataclass(frozen=True)
class Measure:
    """One figure: its key, what a reader calls it, its unit, how it is written."""

    key: str
    title: str
    unit: str
    digits: int = 0
    divisor: float = 1

    def shown(self, value: float) -> str:
        """Return a value with the digits that mean something."""
        return f"{value / self.divisor:.{self.digits}f}"


MEASURES = (
    Measure("page_bytes", "page, everything inside", "MB", 3, 1e6),
    Measure("wall_s", "whole command", "s", 2),
    Measure("cpu_s", "processor time of the command", "s", 2),
    Measure("peak_mb", "peak memory of the command", "MB"),
    Measure("first_paint_ms", "first paint of the map", "ms"),
    Measure("every_layer_ms", "every layer painted", "ms"),
    Measure("toggle_ms", "toggle of the largest layer, to the next paint", "ms"),
    Measure("toggle_whole_ms", "the same, to the last paint", "ms"),
    Measure("frame_p95_ms", "frames while moving, 95th percentile", "ms"),
    Measure("all_p95_ms", "the same, pauses between moves included", "ms"),
    Measure("jank_s", "jank of 20 moves", "s", 2),
    Measure("sharp_ms", "from the end of a move to the last paint, median", "ms"),
    Measure("worst_frame_ms", "worst frame of a move, median of 20", "ms"),
    Measure("moves", "moves that the map followed, of 20", ""),
    Measure("filter_ms", "change of filter", "ms"),
    Measure("year_ms", "step in time", "ms"),
    Measure("view_ms", "change of view", "ms"),
    Measure("heap_mb", "JavaScript heap", "MB", 1),
)
BY_KEY = {measure.key: measure for measure in MEASURES}


def median(samples: Samples | None, key: str) -> float | None:
    """Return the median of a measure; None where it was not taken."""
    values = (samples or {}).get(key)
    return statistics.median(values) if values else None
