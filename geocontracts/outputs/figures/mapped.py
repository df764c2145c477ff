"""What all maps have in common: where map and legend stand, the names, the scale, the frame."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from geocontracts.outputs.figures import names as naming
from geocontracts.outputs.figures.box import Box
from geocontracts.outputs.figures.colours import INK, RULE
from geocontracts.outputs.figures.crowded import FittingError
from geocontracts.outputs.figures.ground import build_ground, forward
from geocontracts.outputs.figures.groundwork import area_shape, draw_borders, draw_land
from geocontracts.outputs.figures.legend import draw_legend, fit, too_small
from geocontracts.outputs.figures.names import Names
from geocontracts.outputs.figures.paper import WHITE
from geocontracts.outputs.figures.scalebar import bar_room, draw_scalebar
from geocontracts.outputs.figures.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from geocontracts.outputs.figures.ground import Ground
    from geocontracts.outputs.figures.legend import Row, Setting
    from geocontracts.outputs.figures.plate import Plate
    from geocontracts.webmap.contract import Payload

_GAP = 9.0  # points between map and legend, on A4
_FAIR = 46  # percent of the body that a map gets if that can be
_WIDE = 1.15  # width to height, from which the legend stands beside the map
_AIR = 9.0  # points between the area and the frame
_ROOM_FOR_A_NAME = 4200.0  # square points of the frame for each town that is tried, on A4
_DOT = 1.15
_ON_A4, _FINEST = 440.0, 0.7  # points that an area extends on A4; the least that signs are multiplied by
_ALWAYS = 20  # towns, the most important ones, over which no other name is written


@dataclass
class Map:
    """A map on a plate: its ground, its view, and the names that stand on it."""

    plate: Plate
    ground: Ground
    view: View
    names: Names

    @property
    def extent(self) -> float:
        """Return how high or wide the area is on the paper, in points."""
        left, bottom, right, top = self.ground.bounds
        return max(right - left, top - bottom) * self.view.scale

    @property
    def detail(self) -> float:
        """Return what lines and signs are multiplied by: 1 on A4, less where the area is small."""
        scale = self.plate.sizes.scale
        return scale * min(1.0, max(_FINEST, math.sqrt(self.extent / _ON_A4 / scale)))


def open_map(plate: Plate, body: Box, *choices: Sequence[Row]) -> tuple[Map, int]:
    """Place map and legend, draw the land, and return the map and which legend was taken.

    `choices` are legends that say the same, the longest first; the first one that fits is taken.

    Raises:
        UnknownOptionError: none fits, even with small letters.
    """
    frame, room, setting, taken = _divide(plate, body, choices)
    if plate.is_trial:
        raise FittingError
    ground = build_ground(plate.content.area)
    draw_legend(plate.paper, setting, room)
    scale = plate.sizes.scale
    view = View.fit(ground.bounds, frame, _AIR * scale)
    draw_land(plate.paper, view, ground)
    drawn = Map(plate, ground, view, Names(plate.paper, view, scale))
    for x, y in town_points(drawn, naming.main_towns(plate.payload["places"], least=1000)[:_ALWAYS]):
        drawn.names.dots.append(Box(x - 2, y - 2, x + 2, y + 2))
    return drawn, taken


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
    names = drawn.names
    _scale(drawn)
    _names_of_ground(drawn)
    _towns(drawn, towns_around or {}, density)
    drawn.plate.paper.rectangle(names.view.frame, edge=RULE, width=0.6)


def draw_common_borders(drawn: Map) -> None:
    """Draw the borders inside the area, and the edge of the area."""
    scale = drawn.plate.sizes.scale
    draw_borders(
        drawn.plate.paper, drawn.view, drawn.ground, ("commune", "epci", "departement", "area"), scale
    )


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
    area = view.place(area_shape(drawn.ground))
    free = [box for box in corners if not any(box.meets(other) for other in drawn.names.taken)]
    room = min(free or corners, key=lambda box: area.intersection(shapely.box(*box)).area)
    draw_scalebar(drawn.plate.paper, view, room, size)
    drawn.names.taken.append(room.grown(2))


def _names_of_ground(drawn: Map) -> None:
    """Write the names of seas, countries, départements of the area and around it."""
    import shapely

    places, view, ground = drawn.plate.payload["places"], drawn.view, drawn.ground
    frame = shapely.box(*view.frame)
    foreign = view.cut(view.place(ground.foreign))
    land = [view.place(shape).buffer(0) for shape in ground.neighbours.values()]
    france = shapely.union_all(land).intersection(frame)
    sea = frame.difference(shapely.union_all([foreign, france]))
    beyond = foreign.difference(france)
    for mark in places["marks"]:
        at = _point(drawn, mark["x"], mark["y"])
        if mark["kind"] == "sea":
            _mark(drawn, mark["name"], naming.SEA_NAME, sea, at)
        else:
            _mark(drawn, mark["name"].upper(), naming.COUNTRY, beyond, at)
    for context in places["context"]:
        shape = ground.neighbours.get(context["code"])
        if shape is not None:
            at = _point(drawn, context["x"], context["y"])
            drawn.names.in_surface(context["name"], naming.CONTEXT, view.place(shape).buffer(-1.5), at)
    departements = ground.groups["departement"]
    order = {code: rank for rank, code in enumerate(_in_order(places["communes"]["departement"]))}
    if len(places["departements"]) > 1:
        for rank, group in enumerate(places["departements"]):
            members = (departements == order.get(rank, -1)).nonzero()[0].tolist()
            shape = view.place(ground.united(members))
            at = _point(drawn, group["x"], group["y"])
            drawn.names.in_surface(group["name"].upper(), naming.DEPARTEMENT, shape, at)


def _in_order(values: list[int]) -> list[int]:
    return list(dict.fromkeys(values))


def _mark(drawn: Map, text: str, style: naming.Style, surface: object, at: tuple[float, float]) -> None:
    """Write the name of a sea or a country, in the part of it that lies nearest to its place."""
    import shapely

    parts = [part for part in shapely.get_parts(surface) if part.area > 1]
    parts.sort(key=lambda part: part.distance(shapely.Point(*at)))
    for part in parts[:1]:
        drawn.names.in_surface(text, style, part, at)


def _point(drawn: Map, x: int, y: int) -> tuple[float, float]:
    """Return a point of the payload's grid on the paper."""
    (found,) = _points(drawn.plate.payload, drawn.ground, drawn.view, [x], [y])
    return found


def _points(
    payload: Payload, ground: Ground, view: View, x: list[int], y: list[int]
) -> list[tuple[float, float]]:
    import numpy as np

    scale = 2.0 ** payload["grid"]["bits"]
    metres = np.column_stack(forward(ground.crs).transform(np.array(x) / scale, np.array(y) / scale))
    return [(float(left), float(top)) for left, top in view.points(metres)]


def grid_points(
    payload: Payload, ground: Ground, view: View, towns: Sequence[int]
) -> list[tuple[float, float]]:
    """Return where towns (ranks in the payload) lie on the paper."""
    if not towns:
        return []
    communes = payload["places"]["communes"]
    x, y = ([communes[axis][town] for town in towns] for axis in ("x", "y"))
    return _points(payload, ground, view, x, y)


def town_points(drawn: Map, towns: Sequence[int]) -> list[tuple[float, float]]:
    """Return where towns (ranks in the payload) lie on a map."""
    return grid_points(drawn.plate.payload, drawn.ground, drawn.view, towns)


def _towns(drawn: Map, around: Mapping[int, Around], density: float) -> None:
    """Write the names of the main towns, those of larger ones first."""
    scale, frame = drawn.plate.sizes.scale, drawn.view.frame
    places = drawn.plate.payload["places"]
    most = int(frame.width * frame.height / _ROOM_FOR_A_NAME / scale**2 * density)
    towns = naming.main_towns(places, least=1000)[: max(6, most)]
    named = [*towns, *(town for town in around if town not in set(towns))]
    radius = _DOT * scale
    for town, (x, y) in zip(named, town_points(drawn, named), strict=True):
        dot = Box(x - radius, y - radius, x + radius, y + radius)
        if town not in around and not drawn.names.is_free(dot):
            continue
        style = naming.town_style(places["communes"]["population"][town] or 0)
        signs = around.get(town, Around(dot, places["communes"]["name"][town]))
        if not signs.label:
            continue
        written = drawn.names.beside(signs.label, style, signs.box, near=(x, y))
        if written and town not in around:
            drawn.plate.paper.circle(x, y, radius, fill=INK, edge=WHITE, width=0.4 * scale)
            drawn.names.taken.append(dot)
