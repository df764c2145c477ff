"""Where the signs of a town stand: on it, or so near that nobody takes them for those of another one."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from geocontracts.outputs.figures.box import FARTHEST, Box

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geocontracts.outputs.figures.names import Names

_STEPS = 4
_TURNS = 8


def place(names: Names, at: tuple[float, float], room: Box) -> Box:
    """Return a box (`room` says how far it reaches from 0, 0) on a point, or moved from it a little.

    It is moved by no more than 6 mm; where nothing is free, it stands where it covers least.
    """
    x, y = at
    boxes = [
        Box(x + dx + room.left, y + dy + room.bottom, x + dx + room.right, y + dy + room.top)
        for dx, dy in _moves()
    ]
    inside = [box for box in boxes if names.view.frame.holds(box)]
    edges = zip(*boxes, strict=True)
    reach = Box(*(pick(edge) for pick, edge in zip((min, min, max, max), edges, strict=True)))
    near = [other for other in names.taken if other.meets(reach)]
    room_left = names.view.frame.grown(-2)
    free = (box for box in inside if room_left.holds(box) and not any(map(box.meets, near)))
    return next(free, None) or _least_covering(near, inside or boxes)


def _moves() -> list[tuple[float, float]]:
    return [(0.0, 0.0)] + [
        (reach * math.cos(turn * math.tau / _TURNS), reach * math.sin(turn * math.tau / _TURNS))
        for reach in (FARTHEST * (step + 1) / _STEPS for step in range(_STEPS))
        for turn in range(_TURNS)
    ]


def _least_covering(taken: Sequence[Box], boxes: Sequence[Box]) -> Box:
    def covered(box: Box) -> float:
        return sum(
            max(0.0, min(box.right, other.right) - max(box.left, other.left))
            * max(0.0, min(box.top, other.top) - max(box.bottom, other.bottom))
            for other in taken
        )

    return min(boxes, key=covered)  # the first of those that cover as little: the nearest
