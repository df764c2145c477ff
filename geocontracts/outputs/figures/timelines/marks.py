"""The signs of a timeline: bars, what is uncertain about them, hatches, signatures; lengths in points."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.outputs.figures.box import Box

if TYPE_CHECKING:
    from collections.abc import Callable

    from geocontracts.outputs.figures.paper import Paper
    from geocontracts.outputs.figures.timelines.spans import Bar
    from geocontracts.webmap.contract import Hatch

_TINT, _PALE = 0.34, 0.12
_EDGE = 0.55
_SLICES = 7
_ANGLES: dict[Hatch, tuple[tuple[float, float], ...]] = {
    "none": (),
    "slash": ((1, 1),),
    "backslash": ((1, -1),),
    "vertical": ((0, 1),),
    "horizontal": ((1, 0),),
    "grid": ((1, 0), (0, 1)),
    "dots": (),
}
_STEP = 3.0  # between the lines of a hatch


def sample(paper: Paper, box: Box, colour: str, hatch: Hatch, *, is_planned: bool = False) -> None:
    """Draw a box in the colour and the hatch of a programme; what is only planned is an outline."""
    paper.rectangle(box, fill="#ffffff")
    if not is_planned:
        tinted(paper, box, colour, _TINT)
        hatched(paper, box, colour, hatch)
    paper.rectangle(box, edge=colour, width=_EDGE)


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


def bar(
    paper: Paper, place: Bar, band: Box, at: Callable[[float], float], colour: str, hatch: Hatch
) -> None:
    """Draw what is known of a contract's time in a band; `at` leads from a year to where it stands.

    Full where it surely ran; pale from the first to the last day that a partial date may mean; fading
    with an arrow where the beginning or the end is not known; a stroke at the signature.
    """
    begins, ends, certain = place.begins, place.ends, place.certain

    def span(first: float, last: float) -> Box:
        return Box(at(first), band.bottom, max(at(last), at(first) + 0.6), band.top)

    for date in (begins, ends):
        if date and at(date.last) - at(date.first) > 1:
            _pale(paper, span(date.first, date.last), colour)
    if certain:
        sample(paper, span(*certain), colour, hatch, is_planned=place.is_planned)
    if ends is None and begins is not None:
        _fading(paper, span(begins.last, begins.last + 1), colour, to_right=True)
    if begins is None and ends is not None:
        _fading(paper, span(ends.first - 1, ends.first), colour, to_right=False)
    if place.signed:
        signature(paper, span(*place.signed), colour)


def _pale(paper: Paper, box: Box, colour: str) -> None:
    paper.rectangle(box, fill="#ffffff")
    tinted(paper, box, colour, _PALE)
    for y in (box.bottom, box.top):
        paper.line([(box.left, y), (box.right, y)], colour, _EDGE, dash=(1.2, 1.2))
    for x in (box.left, box.right):
        paper.line([(x, box.bottom), (x, box.top)], colour, _EDGE, dash=(1.2, 1.2))


def _fading(paper: Paper, box: Box, colour: str, *, to_right: bool) -> None:
    """Draw a bar that fades out, with the head of an arrow at its end."""
    step = box.width / _SLICES
    for piece in range(_SLICES):
        nearest = piece if to_right else _SLICES - 1 - piece
        left = box.left + piece * step
        tinted(paper, Box(left, box.bottom, left + step, box.top), colour, _TINT * (1 - (nearest + 0.5) / _SLICES))
    tip = box.right if to_right else box.left
    reach = min(box.height * 0.5, 3.2) * (1 if to_right else -1)
    middle, half = (box.bottom + box.top) / 2, min(box.height / 2, 3.2) * 0.8
    paper.line([(tip - reach, middle + half), (tip, middle), (tip - reach, middle - half)], colour, 0.9)


def signature(paper: Paper, box: Box, colour: str) -> None:
    """Draw a stroke at a day, a bracket over a longer time in which the signature lies."""
    over = min(1.6, box.height * 0.25)
    if box.width <= 2.5:  # noqa: PLR2004  (points: a day or so)
        middle = (box.left + box.right) / 2
        paper.line([(middle, box.bottom - over), (middle, box.top + over)], colour, 1.5)
        return
    y = box.bottom - over * 0.4
    paper.line([(box.left, y), (box.right, y)], colour, 1.5)
