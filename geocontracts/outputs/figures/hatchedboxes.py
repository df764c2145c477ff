"""Boxes in the colour and the hatch of a programme, for charts and their keys; lengths in points."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geocontracts.outputs.figures.box import Box
    from geocontracts.outputs.figures.paper import Paper
    from geocontracts.webmap.contract import Hatch

TINT = 0.34
"""How strongly the colour fills a box under its hatch."""
EDGE = 0.55
"""The width of its outline."""
_STEP = 3.0  # between the lines of a hatch
_ANGLES: dict[Hatch, tuple[tuple[float, float], ...]] = {
    "none": (),
    "slash": ((1, 1),),
    "backslash": ((1, -1),),
    "vertical": ((0, 1),),
    "horizontal": ((1, 0),),
    "grid": ((1, 0), (0, 1)),
    "dots": (),
}


def sample(paper: Paper, box: Box, colour: str, hatch: Hatch, *, is_planned: bool = False) -> None:
    """Draw a box in the colour and the hatch of a programme; what is only planned is an outline."""
    paper.rectangle(box, fill="#ffffff")
    if not is_planned:
        tinted(paper, box, colour, TINT)
        hatched(paper, box, colour, hatch)
    paper.rectangle(box, edge=colour, width=EDGE)


def tinted(paper: Paper, box: Box, colour: str, alpha: float) -> None:
    """Lay a colour over a box."""
    from shapely.geometry import box as rectangle

    paper.fill(rectangle(*box), colour, alpha=alpha)


def hatched(paper: Paper, box: Box, colour: str, hatch: Hatch) -> None:
    """Fill a box with the lines or the dots of a hatch."""
    import shapely
    from shapely.geometry import LineString, MultiLineString

    if hatch == "dots":
        _dotted(paper, box, colour)
    for dx, dy in _ANGLES[hatch]:
        lines = []
        if dy == 0:
            middle = (box.bottom + box.top) / 2
            many = max(1, int(box.height / _STEP))
            offsets = [(i - (many - 1) / 2) * _STEP for i in range(many)]
            lines = [LineString([(box.left, middle + o), (box.right, middle + o)]) for o in offsets]
        else:
            lean = box.height * dx * dy
            # Lines stand at whole steps of the paper, so that boxes beside each other agree.
            first = int((box.left - abs(lean)) / _STEP) - 1
            last = int((box.right + abs(lean)) / _STEP) + 1
            lines = [
                LineString([(i * _STEP, box.bottom), (i * _STEP + lean, box.top)])
                for i in range(first, last + 1)
            ]
        inside = shapely.clip_by_rect(MultiLineString(lines), *box)
        paper.stroke(inside, colour, 0.5)


def _dotted(paper: Paper, box: Box, colour: str) -> None:
    step = _STEP * 0.9
    rows = max(1, int(box.height / step))
    for row in range(rows):
        y = (box.bottom + box.top) / 2 + (row - (rows - 1) / 2) * step
        x = box.left + step * (0.6 if row % 2 == 0 else 1.1)
        while x < box.right - 0.5:
            paper.circle(x, y, 0.55, fill=colour)
            x += step
