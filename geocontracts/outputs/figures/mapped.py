"""What all maps have in common: where map and legend stand, the names, the scale, the frame."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from geocontracts.outputs.figures import names as naming
from geocontracts.outputs.figures.box import Box
from geocontracts.outputs.figures.colours import INK, RULE
from geocontracts.outputs.figures.crowded import FittingError
from geocontracts.outputs.figures.ground import coarsened, grounds_of
from geocontracts.outputs.figures.groundnames import name_ground
from geocontracts.outputs.figures.groundwork import draw_borders, draw_land, is_wide
from geocontracts.outputs.figures.insets import Size, arrange
from geocontracts.outputs.figures.legend import draw_legend, fit, too_small
from geocontracts.outputs.figures.letters import ASCENT, BOLD, DESCENT, width_of
from geocontracts.outputs.figures.names import Names
from geocontracts.outputs.figures.paper import WHITE
from geocontracts.outputs.figures.positions import town_points
from geocontracts.outputs.figures.scalebar import bar_room, draw_scalebar, draw_short_bar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from geocontracts.outputs.figures.ground import Ground
    from geocontracts.outputs.figures.legend import Row, Setting
    from geocontracts.outputs.figures.plate import Plate
    from geocontracts.outputs.figures.view import View

_GAP = 9.0  # points between map and legend, on A4
_FAIR = 46  # percent of the body that a map gets if that can be
_WIDE = 1.15  # width to height, from which the legend stands beside the map
_AIR = 9.0  # points between the area and the frame
_ROOM_FOR_A_NAME = 4200.0  # square points of the frame for each town that is tried, on A4
_DOT = 1.15
_ON_A4, _FINEST = 440.0, 0.7  # points that an area extends on A4; the least that signs are multiplied by
_FINE = 0.18  # points: the detail that is left away where a map shows the whole country
_INSET, _LIGHTER = 0.86, 0.64  # of the letters and of the lines of the map
_FEWEST, _FEWEST_IN_INSET = 6, 3  # towns that are tried
_NEIGHBOURS = 15.0  # points on A4 from one named town to the next, on a wide map
_LEAST_IN_COUNTRY = 10_000  # people, from which a town with a sign is named on a map of many regions
_ALWAYS = 20  # towns, the most important ones, over which no other name is written


@dataclass
class Map:
    """A map on a plate: its ground, its view, and the names that stand on it."""

    plate: Plate
    ground: Ground
    view: View
    names: Names
    insets: list[Map] = field(default_factory=list)
    """The other territories of the area, in frames beside this one."""

    @property
    def parts(self) -> list[Map]:
        """Return the map and its insets: what shows places is drawn on each."""
        return [self, *self.insets]

    def holds(self, town: int) -> bool:
        """Say whether a commune (its rank in the payload) lies in the territory of this map."""
        return bool(self.ground.members[town])

    @property
    def extent(self) -> float:
        """Return how high or wide the area is on the paper, in points."""
        left, bottom, right, top = self.ground.bounds
        return max(right - left, top - bottom) * self.view.scale

    @property
    def detail(self) -> float:
        """Return what lines and signs are multiplied by: 1 on A4, less where areas are small or many."""
        scale = self.plate.sizes.scale
        if is_wide(self.view, self.ground):
            return scale * _FINEST
        return scale * min(1.0, max(_FINEST, math.sqrt(self.extent / _ON_A4 / scale)))


def open_map(plate: Plate, body: Box, *choices: Sequence[Row]) -> tuple[Map, int]:
    """Place map and legend, draw the land, and return the map and which legend was taken.

    `choices` are legends that say the same, the longest first; the first one that fits is taken.

    Raises:
        UnknownOptionError: none fits, even with small letters.
    """
    frame, room, setting, taken = _divide(plate, body, choices)
    grounds, scale = grounds_of(plate.content.area), plate.sizes.scale
    found = arrange(grounds, frame, _AIR * scale, Size(plate.sizes.small * _INSET, scale))
    if found is None:
        raise too_small(plate.options.size)
    if plate.is_trial:
        raise FittingError
    view, slots = found
    draw_legend(plate.paper, setting, room)
    ground = coarsened(grounds[0], _FINE / view.scale)
    drawn = Map(plate, ground, view, Names(plate.paper, view, scale))
    draw_land(plate.paper, view, ground)
    for ground, slot in zip(grounds[1:], slots, strict=True):
        drawn.names.taken.append(slot.box.grown(1))
        drawn.insets.append(_open_inset(plate, ground, slot.view))
    for x, y in town_points(drawn, [town for town in plate.towns[:_ALWAYS] if drawn.holds(town)]):
        drawn.names.dots.append(Box(x - 2, y - 2, x + 2, y + 2))
    return drawn, taken


def _open_inset(plate: Plate, ground: Ground, view: View) -> Map:
    """Draw the land of a territory in its frame, and keep the room of its name and of its scale bar."""
    inset = Map(plate, ground, view, Names(plate.paper, view, plate.sizes.scale * _INSET))
    draw_land(plate.paper, view, ground)
    inset.names.taken += _captions(inset)
    return inset


def _divide(plate: Plate, body: Box, choices: Sequence[Sequence[Row]]) -> tuple[Box, Box, Setting, int]:
    """Return the frame of the map, the room of the legend, how it fits there, and which one it is."""
    is_beside = body.width > _WIDE * body.height
    small, large = (33, 76) if is_beside else (42, 84)
    for smallest, shares in (
        (False, range(large, _FAIR, -3)),
        (True, range(large, _FAIR, -3)),
        (True, range(_FAIR, small, -3)),
    ):
        pairs = product(shares, enumerate(choices)) if shares[0] <= _FAIR else _by_choice(shares, choices)
        for share, (taken, rows) in pairs:
            frame, room = _split(body, share / 100, _GAP * plate.sizes.scale, is_beside=is_beside)
            setting = fit(rows, room, plate.sizes.body, smallest=smallest)
            if setting:
                return frame, room, setting, taken
    raise too_small(plate.options.size)


def _by_choice(
    shares: range, choices: Sequence[Sequence[Row]]
) -> Iterator[tuple[int, tuple[int, Sequence[Row]]]]:
    """Yield the longest legend with every share before the next one; shares come first in the pairs."""
    for choice in enumerate(choices):
        for share in shares:
            yield share, choice


def _split(body: Box, share: float, gap: float, *, is_beside: bool) -> tuple[Box, Box]:
    if is_beside:
        at = body.left + body.width * share
        return Box(body.left, body.bottom, at, body.top), Box(at + gap, body.bottom, body.right, body.top)
    at = body.top - body.height * share
    return Box(body.left, at, body.right, body.top), Box(body.left, body.bottom, body.right, at - gap)


class Around(NamedTuple):
    """Where the signs of a town stand, and what they are called: nothing where no record names a place."""

    box: Box
    label: str


def close_map(drawn: Map, *, towns_around: Mapping[int, Around] | None = None, density: float = 1) -> None:
    """Write scale and names over what was drawn, and draw the frame.

    `towns_around` says where the signs of a town stand; their name goes beside them.
    """
    _scale(drawn)
    name_ground(drawn)
    for part in drawn.parts:
        own = {town: around for town, around in (towns_around or {}).items() if part.holds(town)}
        _towns(part, own, density, _FEWEST if part is drawn else _FEWEST_IN_INSET)
        part.plate.paper.rectangle(part.view.frame, edge=RULE, width=0.6)
    for inset in drawn.insets:
        _caption(inset)


def draw_common_borders(drawn: Map) -> None:
    """Draw the borders inside the area, and the edge of the area."""
    scale = drawn.plate.sizes.scale
    for part in drawn.parts:
        lighter = 1 if part is drawn else _LIGHTER
        draw_borders(drawn.plate.paper, part.view, part.ground, scale * lighter)


def _captions(inset: Map) -> list[Box]:
    """Return the rooms of the name of a territory and of its scale bar, in its frame."""
    size, frame = inset.plate.sizes.small * _INSET, inset.view.frame
    pad = 0.4 * size
    left, top = frame.left + pad, frame.top - 0.3 * size
    width = width_of(inset.ground.territory.name, size, BOLD)
    return [
        Box(left, top - (ASCENT + DESCENT) * size, left + width, top),
        Box(left, frame.bottom + pad, frame.right - pad, frame.bottom + pad + size),
    ]


def _caption(inset: Map) -> None:
    name, bar = _captions(inset)
    size = inset.plate.sizes.small * _INSET
    inset.plate.paper.text(
        name.left, name.bottom + DESCENT * size, inset.ground.territory.name, size, face=BOLD, colour=INK
    )
    draw_short_bar(inset.plate.paper, inset.view, bar, size * 0.9)


def _scale(drawn: Map) -> None:
    """Put the bar into a corner, one that the area leaves free if there is one."""
    import shapely

    view, size = drawn.view, drawn.plate.sizes.small
    width, height = bar_room(view, size)
    pad = 3.5 * drawn.plate.sizes.scale
    frame = view.frame.grown(-pad)
    corners = [
        Box(frame.left, frame.bottom, frame.left + width, frame.bottom + height),
        Box(frame.right - width, frame.bottom, frame.right, frame.bottom + height),
        Box(frame.left, frame.top - height, frame.left + width, frame.top),
        Box(frame.right - width, frame.top - height, frame.right, frame.top),
    ]
    area = view.place(drawn.ground.surface)
    steps = int((frame.height - height) / height)
    edges = [  # where the frames of other territories leave no corner
        Box(left, frame.bottom + step * height, left + width, frame.bottom + (step + 1) * height)
        for step in range(1, steps)
        for left in (frame.left, frame.right - width)
    ]

    def is_free(box: Box) -> bool:
        return not any(box.meets(other) for other in drawn.names.taken)

    rooms = list(filter(is_free, corners)) or list(filter(is_free, edges)) or corners
    room = min(rooms, key=lambda box: area.intersection(shapely.box(*box)).area)
    draw_scalebar(drawn.plate.paper, view, room, size)
    drawn.names.taken.append(room.grown(2))


def _prefecture(drawn: Map) -> int | None:
    """Return the chief town of a territory overseas (its rank in the payload), if it is on the map."""
    code = drawn.ground.territory.prefecture
    codes = drawn.plate.payload["places"]["communes"]["code"]
    return codes.index(code) if code in codes else None


def _towns(drawn: Map, around: Mapping[int, Around], density: float, fewest: int) -> None:
    """Write the names of the main towns, those of larger ones first."""
    scale, frame = drawn.names.scale, drawn.view.frame
    places = drawn.plate.payload["places"]
    most = int(frame.width * frame.height / _ROOM_FOR_A_NAME / scale**2 * density)
    main = [town for town in drawn.plate.towns if drawn.holds(town)]
    prefecture = _prefecture(drawn)
    main.sort(key=lambda town: town != prefecture)
    towns = main[: max(fewest, most)]
    wide = is_wide(drawn.view, drawn.ground)
    people = places["communes"]["population"]
    least = _LEAST_IN_COUNTRY if wide else 0
    named = [
        *towns,
        *(town for town in around if town not in set(towns) and (people[town] or 0) >= least),
    ]
    apart = _NEIGHBOURS * scale if wide else 0.0
    radius = _DOT * scale
    dots: list[tuple[float, float]] = []
    is_alone = False
    for town, (x, y) in zip(named, town_points(drawn, named), strict=True):
        dot = Box(x - radius, y - radius, x + radius, y + radius)
        is_beside = any(math.dist((x, y), other) < apart for other in dots)
        if town not in around and (is_alone or is_beside or not drawn.names.is_free(dot)):
            is_alone = is_alone or town == prefecture  # where it has no room, no other town is named
            continue
        style = naming.town_style(people[town] or 0, wide=wide)
        signs = around.get(town, Around(dot, places["communes"]["name"][town]))
        dots.append((x, y))
        if not signs.label:
            continue
        written = drawn.names.beside(signs.label, style, signs.box, near=(x, y))
        is_alone = is_alone or (town == prefecture and not written)
        if written and town not in around:
            drawn.plate.paper.circle(x, y, radius, fill=INK, edge=WHITE, width=0.4 * scale)
            drawn.names.taken.append(dot)
