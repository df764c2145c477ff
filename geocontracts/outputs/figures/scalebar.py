"""A scale bar that is true in the projection, and a small arrow to the north."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from geocontracts.outputs.figures.box import Box
from geocontracts.outputs.figures.colours import INK
from geocontracts.outputs.figures.letters import BOLD, width_of
from geocontracts.outputs.figures.paper import WHITE

if TYPE_CHECKING:
    from geocontracts.outputs.figures.paper import Paper
    from geocontracts.outputs.figures.view import View

_WIDEST, _WIDEST_IN_INSET = 0.24, 0.4  # of the frame


def bar_length(view: View, share: float = _WIDEST) -> float:
    """Return the round number of metres that the bar shows: 1, 2 or 5 times a power of ten.

    It takes at most that share of the frame.
    """
    most = view.frame.width * share / view.scale
    power = 10.0 ** math.floor(math.log10(most))
    return max(step * power for step in (1, 2, 5) if step * power <= most)


def bar_room(view: View, size: float) -> tuple[float, float]:
    """Return width and height in points of bar, figures and arrow."""
    length = bar_length(view) * view.scale
    return length + width_of(_label(bar_length(view)), size) + 2 * size + 2 * size, 2.6 * size


def _label(metres: float) -> str:
    return f"{metres / 1000:g}\u00a0km" if metres >= 1000 else f"{metres:g}\u00a0m"  # noqa: PLR2004


def draw_scalebar(paper: Paper, view: View, room: Box, size: float) -> None:
    """Draw the bar in its room, letters of `size` points."""
    from shapely import Polygon

    length = bar_length(view) * view.scale
    left, bottom = room.left + size * 1.9, room.bottom + size * 0.35
    high = size * 0.32
    half = left + length / 2
    paper.rectangle(Box(left, bottom, left + length, bottom + high), fill=WHITE)
    paper.rectangle(Box(left, bottom, half, bottom + high), fill=INK)
    paper.rectangle(Box(left, bottom, left + length, bottom + high), edge=INK, width=0.5)
    y = bottom + high + size * 0.4
    label = _label(bar_length(view))
    if length > (width_of("0", size) + width_of(label, size)) / 2 + size * 0.4:
        paper.text(left, y, "0", size, align="center", colour=INK)
        paper.text(left + length, y, label, size, align="center", colour=INK)
    else:  # a short bar: its length stands behind it
        paper.text(left + length + size * 0.4, bottom - size * 0.15, label, size, colour=INK)
    x, base = room.left + size * 0.5, room.bottom + size * 0.35
    arrow = [
        (x, base + size * 1.25),
        (x - size * 0.36, base),
        (x, base + size * 0.3),
        (x + size * 0.36, base),
    ]
    paper.fill(Polygon(arrow), INK)
    paper.text(x, base + size * 1.4, "N", size * 0.85, face=BOLD, align="center", colour=INK)


def draw_short_bar(paper: Paper, view: View, room: Box, size: float) -> None:
    """Draw a plain bar and its length in the frame of an inset, letters of `size` points."""
    metres = bar_length(view, _WIDEST_IN_INSET)
    length, y = metres * view.scale, room.bottom + size * 0.3
    ends = [(room.left, y + size * 0.3), (room.left, y), (room.left + length, y)]
    paper.line([*ends, (room.left + length, y + size * 0.3)], INK, 0.5)
    paper.text(room.left + length + size * 0.4, room.bottom + size * 0.15, _label(metres), size, colour=INK)
