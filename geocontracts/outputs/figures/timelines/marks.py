"""The signs of a timeline: bars, what is uncertain about them, signatures; lengths in points."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from geocontracts.outputs.figures.box import Box
from geocontracts.outputs.figures.hatchedboxes import EDGE, TINT, sample, tinted

if TYPE_CHECKING:
    from collections.abc import Callable

    from geocontracts.outputs.figures.paper import Paper
    from geocontracts.outputs.figures.timelines.spans import Bar
    from geocontracts.webmap.contract import Hatch

_PALE = 0.12
_SLICES = 12


class Look(NamedTuple):
    """The colour of a family, and the hatch of a programme in it."""

    colour: str
    hatch: Hatch


def draw_bar(paper: Paper, place: Bar, band: Box, at: Callable[[float], float], look: Look) -> None:
    """Draw what is known of a contract's time in a band; `at` leads from a year to where it stands.

    Full where it surely ran; pale from the first to the last day that a partial date may mean; fading
    with an arrow where the beginning or the end is not known; a stroke at the signature.
    """
    begins, ends, certain = place.begins, place.ends, place.certain
    colour = look.colour

    def span(first: float, last: float) -> Box:
        return Box(at(first), band.bottom, max(at(last), at(first) + 0.6), band.top)

    for date in (begins, ends):
        if date and at(date.last) - at(date.first) > 1:
            _pale(paper, span(date.first, date.last), colour)
    if certain:
        sample(paper, span(*certain), *look, is_planned=place.is_planned)
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
        paper.line([(box.left, y), (box.right, y)], colour, EDGE, dash=(1.2, 1.2))
    for x in (box.left, box.right):
        paper.line([(x, box.bottom), (x, box.top)], colour, EDGE, dash=(1.2, 1.2))


def _fading(paper: Paper, box: Box, colour: str, *, to_right: bool) -> None:
    """Draw a bar that fades out, with the head of an arrow at its end."""
    step = box.width / _SLICES
    for piece in range(_SLICES):
        nearest = piece if to_right else _SLICES - 1 - piece
        left = box.left + piece * step
        tinted(
            paper, Box(left, box.bottom, left + step, box.top), colour, TINT * (1 - (nearest + 0.5) / _SLICES)
        )
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
