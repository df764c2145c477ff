"""The signs that stand in towns, and how several of them stand beside each other."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from geocontracts.outputs.figures.letters import BOLD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely import Polygon

    from geocontracts.outputs.figures.looks import Sign
    from geocontracts.outputs.figures.paper import Paper
    from geocontracts.webmap.contract import Glyph

GAP = 0.9
"""Points between the signs of one town."""
_UP = math.pi / 2
_ARM = 0.36  # of the radius: half the width of a cross's arms
_STAR = 0.48  # of the radius: the inner corners of a star
_IN_A_ROW = 3
_TURNS = 24


def glyph_shape(glyph: Glyph, x: float, y: float, radius: float) -> Polygon:
    """Return a sign as a surface, centred on x, y; signs of one radius look equally large."""
    from shapely import Point, Polygon, box

    if glyph == "circle":
        return Point(x, y).buffer(radius, quad_segs=12)
    if glyph == "square":
        side = radius * 0.84
        return box(x - side, y - side, x + side, y + side)
    if glyph == "cross":
        arm = radius * _ARM
        return box(x - arm, y - radius, x + arm, y + radius).union(
            box(x - radius, y - arm, x + radius, y + arm)
        )
    sides, reach, turn, inner = {
        "lozenge": (4, 1.12, _UP, 1.0),
        "triangle": (3, 1.14, _UP, 1.0),
        "hexagon": (6, 1.05, 0.0, 1.0),
        "star": (5, 1.2, _UP, _STAR),
    }[glyph]
    middle = y - radius * 0.2 if glyph == "triangle" else y
    corners = sides if inner == 1 else 2 * sides
    return Polygon(
        [
            (
                x
                + radius
                * reach
                * (inner if corner % 2 else 1)
                * math.cos(turn + corner / corners * math.tau),
                middle
                + radius
                * reach
                * (inner if corner % 2 else 1)
                * math.sin(turn + corner / corners * math.tau),
            )
            for corner in range(corners)
        ]
    )


def draw_sign(paper: Paper, sign: Sign, x: float, y: float, radius: float) -> None:
    """Draw one sign of a radius in points, centred on x, y."""
    width = max(0.7, min(1.4, radius * 0.26))
    shape = glyph_shape(sign.glyph, x, y, radius - width / 2)
    paper.stroke(shape, sign.paper, width + 1.3, join="miter")
    if sign.fill == "clear":
        paper.fill(shape, sign.paper, alpha=0.72)
        paper.fill(shape, sign.colour, alpha=0.3)
    else:
        paper.fill(shape, sign.colour if sign.fill == "full" and not sign.is_unknown else sign.paper)
    dash = (radius * 0.4, radius * 0.3) if sign.is_inferred else ()
    paper.stroke(shape, sign.colour, width, dash=dash, join="miter")
    text = "?" if sign.is_unknown else sign.text
    if text:
        size = radius * (1.5 if len(text) == 1 else 1.15)
        is_full = sign.fill == "full" and not sign.is_unknown
        colour = sign.paper if is_full else sign.colour
        paper.text(x, y - size * 0.33, text, size, face=BOLD, colour=colour, align="center")


def cluster(radii: Sequence[float]) -> list[tuple[float, float]]:
    """Lay circles of these radii around 0, 0, the first in the middle, each as near to it as it can be."""
    placed: list[tuple[float, float, float]] = []
    for radius in radii:
        if not placed:
            placed.append((0.0, 0.0, radius))
            continue
        tries = [
            (x + reach * math.cos(turn), y + reach * math.sin(turn))
            for x, y, other in placed
            for reach in (other + radius + GAP,)
            for turn in (step * math.tau / _TURNS for step in range(_TURNS))
        ]
        tries.sort(key=lambda at: (round(math.hypot(*at), 3), round(at[1], 3), round(at[0], 3)))
        x, y = next(
            at
            for at in tries
            if all(math.hypot(at[0] - x, at[1] - y) >= radius + other + GAP * 0.99 for x, y, other in placed)
        )
        placed.append((x, y, radius))
    return [(x, y) for x, y, _ in placed]


def pack(radii: Sequence[float]) -> tuple[list[tuple[float, float]], float, float]:
    """Lay circles of these radii in rows around 0, 0: their centres, width and height of all."""
    per_row = len(radii) if len(radii) <= _IN_A_ROW else math.ceil(math.sqrt(len(radii) * 1.5))
    rows = [radii[first : first + per_row] for first in range(0, len(radii), per_row)]
    heights = [2 * max(row) + GAP for row in rows]
    widths = [sum(2 * radius + GAP for radius in row) for row in rows]
    top = sum(heights) / 2
    centres = []
    for row, height, width in zip(rows, heights, widths, strict=True):
        x = -width / 2
        for radius in row:
            centres.append((x + radius + GAP / 2, top - height / 2))
            x += 2 * radius + GAP
        top -= height
    return centres, max(widths), sum(heights)
