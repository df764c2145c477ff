"""Territories overseas in frames beside the main one: how large, and where they cover no land."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from geocontracts.outputs.figures.box import Box
from geocontracts.outputs.figures.letters import width_of
from geocontracts.outputs.figures.view import View

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shapely.geometry.base import BaseGeometry

    from geocontracts.outputs.figures.ground import Ground

_LARGE = 200_000  # metres: the islands are smaller, Guyane is larger
_REDUCED = 0.5  # times the scale of the main territory, at most, what is large
_ROUND = (0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.75, 1.0, 1.5, 2.0)  # no more than twice
_LESSER = (
    0.6  # of the main territory: the largest that another is drawn, so that none seems to be the main one
)
_PAD = 3.0  # points inside a frame, on A4
_APART = 4.0  # points between frames, and from the land
_NAME, _BAR = 1.35, 1.5  # heights of the name above the land and of the scale bar below it, in letters
_SMALLER, _TRIES = 0.975, 110  # until everything has room: 0.975 ** 110 is a sixteenth
_COARSE = 3000  # metres, to which the land is known that no frame may cover


class Size(NamedTuple):
    """Letters of the names in points (0: no name, no scale bar), and what gaps are multiplied by."""

    letters: float
    scale: float


class Slot(NamedTuple):
    """A frame: its box, and the view of its territory."""

    box: Box
    view: View


@dataclass(frozen=True)
class _Frame:
    """What a frame needs on the paper, at one scale of the main territory."""

    ground: Ground
    scale: float
    width: float
    height: float


def inset_times(grounds: Sequence[Ground]) -> list[float]:
    """Return how many times the scale of the main territory, the first, each of the others has.

    The islands share one scale. Beside the whole métropole they are drawn twice as large and Guyane half as
    large; beside a smaller territory less, by round numbers, so that the main one is the largest picture.
    """
    room = _LESSER * _side(grounds[0])
    islands = max((side for ground in grounds[1:] if (side := _side(ground)) <= _LARGE), default=1.0)
    return [
        _rounded(min(_REDUCED, room / side) if (side := _side(ground)) > _LARGE else room / islands)
        for ground in grounds[1:]
    ]


def _side(ground: Ground) -> float:
    """Return how wide or high a territory is, in metres."""
    left, bottom, right, top = ground.bounds
    return max(right - left, top - bottom)


def _rounded(times: float) -> float:
    """Return the largest round number of at most `times`."""
    return max((each for each in _ROUND if each <= times), default=times)


def arrange(grounds: Sequence[Ground], frame: Box, air: float, size: Size) -> tuple[View, list[Slot]] | None:
    """Return the view of the main territory, and a slot for each of the others; None without room.

    The slots stand in a column at the left of the frame or in a row at its foot, whichever leaves the
    main territory larger, and where they cover none of its land.
    """
    import shapely

    main = grounds[0]
    view = View.fit(main.bounds, frame, air)
    if len(grounds) == 1:
        return view, []
    land = shapely.simplify(main.surface, _COARSE)
    scale, times = view.scale, inset_times(grounds)
    ways = [_in_column, _in_row] if frame.width > frame.height else [_in_row, _in_column]
    for _ in range(_TRIES):
        frames = [
            _needed(ground, scale * each, size) for ground, each in zip(grounds[1:], times, strict=True)
        ]
        for way in ways:
            found = way(frames, _Main(main.bounds, land, frame, air, scale), size)
            if found:
                return found
        scale *= _SMALLER
    return None


def _needed(ground: Ground, scale: float, size: Size) -> _Frame:
    left, bottom, right, top = ground.bounds
    pad = 2 * _PAD * size.scale
    name = width_of(ground.territory.name, size.letters) if size.letters else 0
    beside = (_NAME + _BAR) * size.letters
    return _Frame(
        ground, scale, max((right - left) * scale, name) + pad, (top - bottom) * scale + beside + pad
    )


@dataclass(frozen=True)
class _Main:
    """The main territory at one scale, in its frame."""

    bounds: tuple[float, float, float, float]
    land: BaseGeometry
    frame: Box
    air: float
    scale: float

    def at(self, left: float, bottom: float) -> View:
        """Return the view in which the territory begins at a point of the paper."""
        west, south, _, _ = self.bounds
        x, y = left - self.frame.left, bottom - self.frame.bottom
        return View(self.frame, self.scale, west - x / self.scale, south - y / self.scale)

    @property
    def size(self) -> tuple[float, float]:
        """Return width and height of the territory on the paper."""
        left, bottom, right, top = self.bounds
        return (right - left) * self.scale, (top - bottom) * self.scale


def _in_column(frames: Sequence[_Frame], main: _Main, size: Size) -> tuple[View, list[Slot]] | None:
    """Try a column at the left of the frame, from its top, the main territory in what is left of it."""
    wide, high = main.size
    frame, gap = main.frame, _APART * size.scale
    width = max(each.width for each in frames)
    edge = frame.left + gap + width
    left = min(frame.right - main.air - wide, (edge + frame.right - wide) / 2)
    bottom = (frame.bottom + frame.top - high) / 2
    if left < frame.left + main.air or high > frame.height - 2 * main.air:
        return None
    view = main.at(left, bottom)
    boxes, top = [], frame.top - gap
    for each in frames:
        boxes.append(Box(frame.left + gap, top - each.height, edge, top))
        top -= each.height + gap
    if top < frame.bottom or any(map(_meeting(view, main.land, gap), boxes)):
        return None
    return view, [_slot(each, box, size) for each, box in zip(frames, boxes, strict=True)]


def _in_row(frames: Sequence[_Frame], main: _Main, size: Size) -> tuple[View, list[Slot]] | None:
    """Try a row at the foot of the frame, from its left, the main territory in what is left of it."""
    wide, high = main.size
    frame, gap = main.frame, _APART * size.scale
    height = max(each.height for each in frames)
    edge = frame.bottom + gap + height
    bottom = min(frame.top - main.air - high, (edge + frame.top - high) / 2)
    left = (frame.left + frame.right - wide) / 2
    if bottom < frame.bottom + main.air or wide > frame.width - 2 * main.air:
        return None
    view = main.at(left, bottom)
    boxes, at = [], frame.left + gap
    for each in frames:
        boxes.append(Box(at, frame.bottom + gap, at + each.width, edge))
        at += each.width + gap
    if at > frame.right or any(map(_meeting(view, main.land, gap), boxes)):
        return None
    return view, [_slot(each, box, size) for each, box in zip(frames, boxes, strict=True)]


def _meeting(view: View, land: BaseGeometry, gap: float) -> Callable[[Box], bool]:
    """Return what says whether a box would cover land, or nearly."""
    import shapely

    placed = view.place(land)
    shapely.prepare(placed)
    return lambda box: bool(placed.intersects(shapely.box(*box.grown(gap))))


def _slot(each: _Frame, box: Box, size: Size) -> Slot:
    """Lay a territory in the middle of its frame, between name and scale bar."""
    left, bottom, right, top = each.ground.bounds
    low, high = box.bottom + _BAR * size.letters, box.top - _NAME * size.letters
    west = (left + right - box.width / each.scale) / 2
    south = (bottom + top) / 2 - ((low + high) / 2 - box.bottom) / each.scale
    return Slot(box, View(box, each.scale, west, south))
