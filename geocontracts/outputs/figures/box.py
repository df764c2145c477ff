"""Rectangles on the paper, in points (1/72 inch) from its lower left corner."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import NamedTuple

MM = 72 / 25.4
"""Points in a millimetre."""
FARTHEST = 6 * MM
"""Points on the paper from a town to its signs, or to its name, whatever the paper's size."""


_FLAT = 3.0  # points of radius, below which the corners around a disc are no room for a letter
_SLICES = 6


class Box(NamedTuple):
    """A rectangle: left, bottom, right, top, in points."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """Return the width in points."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Return the height in points."""
        return self.top - self.bottom

    def grown(self, by: float) -> Box:
        """Return the box with every side moved outward by so many points."""
        return Box(self.left - by, self.bottom - by, self.right + by, self.top + by)

    def distance(self, x: float, y: float) -> float:
        """Return how far a point lies from the box, 0 inside it."""
        return math.hypot(max(self.left - x, 0.0, x - self.right), max(self.bottom - y, 0.0, y - self.top))

    def meets(self, other: Box) -> bool:
        """Say whether two boxes have more than an edge in common."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.bottom < other.top
            and other.bottom < self.top
        )

    def holds(self, other: Box) -> bool:
        """Say whether the other box lies wholly in this one."""
        return (
            self.left <= other.left
            and self.bottom <= other.bottom
            and self.right >= other.right
            and self.top >= other.top
        )


def boxes_of(x: float, y: float, radius: float) -> list[Box]:
    """Return boxes that cover a disc, and little beside it."""
    if radius < _FLAT:
        return [Box(x - radius, y - radius, x + radius, y + radius)]
    edges = [radius * (2 * step / _SLICES - 1) for step in range(_SLICES + 1)]
    found = []
    for low, high in pairwise(edges):
        nearest = 0.0 if low < 0 < high else min(abs(low), abs(high))
        half = math.sqrt(radius**2 - nearest**2)
        found.append(Box(x - half, y + low, x + half, y + high))
    return found
