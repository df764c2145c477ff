"""Classes of whole numbers above 0, by mapclassify, each with the numbers that occur in it."""

from __future__ import annotations

import warnings
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geocontracts.extras import need

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST = 5
_ENOUGH = 400  # values from which breaks are searched


@dataclass(frozen=True)
class Classes:
    """Ranges of numbers, both ends included, and whether each holds one value only."""

    ranges: tuple[tuple[int, int], ...]
    is_each: bool

    def rank(self, count: int) -> int:
        """Return the class of a number; -1 for 0."""
        return next((rank for rank, (low, high) in enumerate(self.ranges) if low <= count <= high), -1)


def natural_classes(counts: Sequence[int], most: int = MOST) -> Classes:
    """Return at most five classes: one for each number, else natural breaks (Fisher-Jenks).

    The breaks are the same each time; each class says the lowest and the highest number
    that occur in it.

    Raises:
        MissingExtraError: mapclassify is not installed.
    """
    values = sorted({count for count in counts if count > 0})
    if len(values) <= most:
        return Classes(tuple((value, value) for value in values), is_each=True)
    ranges = []
    bounds = _breaks([count for count in counts if count > 0], most)
    low = 0
    for bound in bounds:
        inside = [value for value in values if low < value <= bound]
        if inside:
            ranges.append((inside[0], inside[-1]))
        low = bound
    return Classes(tuple(ranges), is_each=False)


def _breaks(counts: Sequence[int], most: int) -> list[int]:
    """Return the upper bounds of natural breaks.

    The search takes the square of the number of values, so of many thousands of communes each number
    stands in its share of some hundreds: its weight changes by less than one in two hundred.
    """
    often = Counter(counts)
    share = min(1.0, _ENOUGH / len(counts))
    weighed = [value for value in sorted(often) for _ in range(max(1, round(often[value] * share)))]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that it would be faster with numba
        return [int(bound) for bound in need("mapclassify", "figures").FisherJenks(weighed, k=most).bins]
