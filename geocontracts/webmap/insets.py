"""The DROM beside the métropole: where each is drawn, and how large.

A map of all France shows the territories overseas in a column of frames to the
west of the main one. The islands share one scale, Guyane has its own; both are
round multiples of the scale of the main territory, and each frame says its own.
Coordinates in the page stay true: only the projection of the page moves them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geocontracts.webmap.contract import Inset

Bounds = tuple[int, int, int, int]

_WIDTH = 0.178  # of the height of the main territory: the widest frame
_GAP = 0.02  # of that height, between frames and beside them
_PADDING = 0.04  # of the width of a frame, on each side of the land
_CAPTION, _FOOT = 0.036, 0.03  # of that height: room for the name above the land, for the scale below
_MOST = 10  # frames: the captions and gaps of more leave no room for their land
_NARROWER = 0.95  # until the column is no higher than the main territory
_ROUND = (0.1, 0.125, 0.2, 0.25, 0.3, 0.4, 0.5, 0.75, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0)
_LARGE = {"973"}  # Guyane: 84,000 km², thirty times the next


@dataclass(frozen=True)
class Apart:
    """A territory to be drawn in a frame; `bounds` of its land in grid units."""

    code: str
    name: str
    bounds: Bounds


def place_insets(main: Bounds, apart: Sequence[Apart], bits: int) -> list[Inset]:
    """Return the frames of territories beside the main one, from north to south.

    `main` and the frames are left, bottom, right, top in grid units: degrees times
    2**bits (EPSG:4326).

    Raises:
        ValueError: more frames than have room, with their captions, in one column.
    """
    if len(apart) > _MOST:
        msg = f"at most {_MOST} territories have room beside the main one, not {len(apart)}"
        raise ValueError(msg)
    unit = 2**bits
    left, bottom, right, top = main
    width, north, south = (right - left) / unit, _mercator(top / unit), _mercator(bottom / unit)
    height = max(north - south, width / 2)
    middle = (north + south) / 2
    share = _WIDTH
    frames = _column(apart, height, share, (north + south) / 2, unit)
    while sum(frame.high for frame in frames) + _GAP * height * (len(frames) - 1) > height:
        share *= _NARROWER
        frames = _column(apart, height, share, middle, unit)
    wide = max((frame.wide for frame in frames), default=0)
    used = sum(frame.high for frame in frames)
    between = min((height - used) / max(1, len(frames) - 1), _GAP * height * 2)
    y = middle + (used + between * (len(frames) - 1)) / 2
    edge = left / unit - 2 * _GAP * height
    found = []
    for frame in frames:
        found.append(_inset(frame, (edge - wide, y - frame.high, edge, y), unit, height))
        y -= frame.high + between
    return found


@dataclass(frozen=True)
class _Frame:
    apart: Apart
    times: float
    scale: float
    wide: float
    high: float


def _column(apart: Sequence[Apart], height: float, share: float, middle: float, unit: int) -> list[_Frame]:
    """Return the frames of a column `share` of `height` wide, in Mercator degrees."""
    wide = share * height
    land = wide * (1 - 2 * _PADDING)
    own = 1 / math.cos(_latitude(middle))

    def most(each: Apart) -> float:
        """How many times the scale of the main territory it may have, for its width."""
        return land / ((each.bounds[2] - each.bounds[0]) / unit) / own * _stretch(each, unit)

    islands = min((most(each) for each in apart if each.code not in _LARGE), default=1.0)
    frames = []
    for each in apart:
        times = _rounded(most(each) if each.code in _LARGE else islands)
        scale = times * own / _stretch(each, unit)
        tall = (_mercator(each.bounds[3] / unit) - _mercator(each.bounds[1] / unit)) * scale
        frames.append(
            _Frame(each, times, scale, wide, tall + (_CAPTION + _FOOT) * height + 2 * _PADDING * wide)
        )
    return frames


def _inset(frame: _Frame, box: tuple[float, float, float, float], unit: int, height: float) -> Inset:
    """Return a frame as the page is told of it; `box` in Mercator degrees."""
    west, low, east, high = box
    x, y = (west + east) / 2, (low + _FOOT * height + high - _CAPTION * height) / 2
    bounds = frame.apart.bounds
    return {
        "code": frame.apart.code,
        "name": frame.apart.name,
        "bounds": bounds,
        "frame": (
            round(west * unit),
            round(math.degrees(_latitude(low)) * unit),
            round(east * unit),
            round(math.degrees(_latitude(high)) * unit),
        ),
        "centre": (round(x * unit), round(math.degrees(_latitude(y)) * unit)),
        "scale": round(frame.scale, 6),
        "times": frame.times,
    }


def _rounded(times: float) -> float:
    """Return the largest round multiple of at most `times`."""
    return max((each for each in _ROUND if each <= times), default=times)


def _stretch(each: Apart, unit: int) -> float:
    """Return how much Mercator stretches the middle of a territory."""
    middle = (_mercator(each.bounds[1] / unit) + _mercator(each.bounds[3] / unit)) / 2
    return 1 / math.cos(_latitude(middle))


def _mercator(lat: float) -> float:
    """Return the northing of a latitude (degrees), in degrees of the equator."""
    return math.degrees(math.asinh(math.tan(math.radians(lat))))


def _latitude(northing: float) -> float:
    """Return the latitude, in radians, of a northing in degrees of the equator."""
    return math.atan(math.sinh(math.radians(northing)))
