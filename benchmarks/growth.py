"""How each cost grows with the communes of the area, and with the contracts of the register."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from benchmarks.areas import FRANCE, REGION, TEN_THOUSAND
from benchmarks.measures import median
from benchmarks.processes import python, timed
from benchmarks.scenes import Depth, Scene, ours

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from benchmarks.measures import Samples

MEASURES = ("page_bytes", "cpu_s", "wall_s", "peak_mb", "first_paint_ms", "toggle_ms", "heap_mb")
COMMUNES = ((3_782, REGION), (10_163, TEN_THOUSAND), (34_875, FRANCE))
CONTRACTS = (50, 500, 5_000)
OPERATIONS = 4  # for each contract


@dataclass(frozen=True)
class Series:
    """One thing that grows, all else alike: what it is, and the costs at each size."""

    key: str
    title: str
    points: tuple[tuple[int, Samples], ...]

    def values(self, key: str) -> list[tuple[int, float]]:
        """Return the medians of a measure at the sizes where it was taken."""
        return [(size, value) for size, found in self.points if (value := median(found, key))]


def grow(folder: Path, browser: Any, runs: int, tell: Callable[[str], None]) -> list[Series]:
    """Measure both series: the bundled register on wider areas, fuller registers on all of France."""
    depth = Depth(runs, "growth")
    wider = []
    for communes, area in COMMUNES:
        tell(f"{communes:,} communes")
        wider.append((communes, ours(Scene(f"communes-{communes}", "", area), folder, browser, depth)))
    fuller = []
    for contracts in CONTRACTS:
        tell(f"{contracts:,} contracts")
        scene = Scene(f"contracts-{contracts}", "", FRANCE, made_up(folder, contracts))
        fuller.append((contracts, ours(scene, folder, browser, depth)))
    return [
        Series("communes", "communes of the area (the same register, the bundled one)", tuple(wider)),
        Series("contracts", "contracts (and four operations each, all over France)", tuple(fuller)),
    ]


def made_up(folder: Path, contracts: int) -> Path:
    """Write a national register of so many contracts, in another process, and return its folder."""
    target = folder / f"register-{contracts}"
    size = ("--contracts", str(contracts), "--operations", str(OPERATIONS * contracts))
    timed(python("benchmarks.national", target, *size), 1, warm=False)
    return target


def exponents(points: Sequence[tuple[int, float]]) -> list[float]:
    """Return the power with which a cost grows between each size and the next.

    0: it does not grow; 1: twice the size costs twice as much; 2: four times as much.
    """
    steps = pairwise(points)
    return [math.log(cost / less) / math.log(size / smaller) for (smaller, less), (size, cost) in steps]
