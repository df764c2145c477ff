"""Operations as circles whose surface is their cost; what is not known is a small hollow ring."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from geocontracts.errors import UnknownOptionError
from geocontracts.outputs.figures.box import Box, boxes_of
from geocontracts.outputs.figures.circlelegend import BEYOND, RING, cost_rows, draw_beyond
from geocontracts.outputs.figures.colours import INK, MUTED, SUM
from geocontracts.outputs.figures.costs import radius_of, sort_costs, sum_of
from geocontracts.outputs.figures.gathered import gather
from geocontracts.outputs.figures.letters import BOLD
from geocontracts.outputs.figures.looks import looks_of
from geocontracts.outputs.figures.mapped import Around, close_map, draw_common_borders, open_map
from geocontracts.outputs.figures.paper import WHITE
from geocontracts.outputs.figures.placing import place
from geocontracts.outputs.figures.positions import town_points
from geocontracts.outputs.figures.presence import label_of_signs, reaching_beyond
from geocontracts.outputs.figures.signs import cluster

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geocontracts.outputs.figures.costs import Costs
    from geocontracts.outputs.figures.gathered import Gathered
    from geocontracts.outputs.figures.looks import Look
    from geocontracts.outputs.figures.mapped import Map
    from geocontracts.outputs.figures.paper import Paper
    from geocontracts.outputs.figures.plate import Plate

_LARGEST = 30.0  # points on A4, the radius of the largest amount
_LARGEST_SUM = 17.0  # the same of the sum of a unit, many of which stand beside each other
_LEAST = 1.1  # points: the radius of the smallest amounts
_SHARE = 0.062  # of the body: the most that the radius of the largest amount takes
_LARGE = 10.0  # points, from which a circle may have smaller ones on it
_SEVERAL = 3.6  # points: rings with a number
_ROOM_FOR_EACH = 250.0  # points of the body, from which each operation has a ring of its own


def draw(plate: Plate) -> None:
    """Draw the plate.

    Raises:
        UnknownOptionError: no operation is known in the area.
    """
    payload = plate.payload
    costs = sort_costs(payload, plate.chosen, reaching_beyond(plate.content))
    if not costs.all:
        raise UnknownOptionError("figure-no-operations", area=plate.area_name)
    groups = gather(plate, costs)
    largest = max(_amounts(plate, costs, groups), default=0.0)
    title = plate.say("figure-operations-title", area=plate.area_name)
    body = plate.frame(title, f"{_subtitle(plate, costs)} · COG {payload['vintage']}", records=costs.all)
    small = min(body.width, body.height)
    most = min((_LARGEST_SUM if groups else _LARGEST) * plate.sizes.scale, _SHARE * small)
    is_gathered = small < _ROOM_FOR_EACH
    unit = groups.unit if groups else None
    rows = cost_rows(plate, costs, largest, most, is_gathered=is_gathered, unit=unit)
    drawn, _ = open_map(plate, body, rows)
    draw_common_borders(drawn)
    around: dict[int, Around] = {}
    if groups:
        _draw_sums(drawn, groups, largest, most)
    else:
        circles = _circles(drawn, costs, largest, most, is_gathered=is_gathered)
        for part in drawn.parts:
            around |= _draw_circles(part, [each for each in circles if part.holds(each.town)])
    close_map(drawn, towns_around=around, density=0.5)


def _amounts(plate: Plate, costs: Costs, groups: Gathered | None) -> list[float]:
    if groups:
        return [groups.total(plate.payload, town) for town in groups.records]
    return [plate.payload["records"][record]["total"] or 0.0 for record in costs.known]


def _draw_sums(drawn: Map, groups: Gathered, largest: float, most: float) -> None:
    """Draw a circle in each unit, the largest first, so that none is hidden."""
    payload = drawn.plate.payload
    for part in drawn.parts:
        towns = [town for town in groups.records if part.holds(town)]
        circles = [
            (max(_LEAST, radius_of(groups.total(payload, town), largest, most)), at)
            for town, at in zip(towns, town_points(part, towns), strict=True)
        ]
        for radius, (x, y) in sorted(circles, key=lambda each: (-each[0], each[1])):
            part.plate.paper.circle(x, y, radius, fill=SUM, edge=WHITE, width=0.6, alpha=0.72)
            part.names.taken += boxes_of(x, y, radius)


def _subtitle(plate: Plate, costs: Costs) -> str:
    said = []
    for one, several, some in (
        ("figure-operations-known", "figure-operations-known-several", costs.known),
        ("figure-beyond-told", "figure-beyond-told-several", costs.beyond),
    ):
        if some:
            key = several if len(some) > 1 else one
            said.append(plate.say(key, count=len(some), euros=sum_of(plate, some)))
    said.append(plate.say("figure-operations-not-stated", count=len(costs.unknown)))
    return ", ".join(said)


@dataclass(frozen=True)
class _Circle:
    records: tuple[int, ...]
    town: int
    radius: float
    kind: Literal["cost", "ring", "beyond"]


def _circles(drawn: Map, costs: Costs, largest: float, most: float, *, is_gathered: bool) -> list[_Circle]:
    """Return a circle an operation; with `is_gathered` the rings of a town are one."""
    entries, scale = drawn.plate.payload["records"], drawn.detail
    found = []
    rings: dict[tuple[int, int], list[int]] = {}
    for record in costs.all:
        entry = entries[record]
        if entry["draw"] != "towns" or not entry["towns"]:
            continue
        town = entry["towns"][0]
        if record in costs.known:
            size = max(_LEAST, radius_of(entry["total"] or 0, largest, most))
            found.append(_Circle((record,), town, size, "cost"))
        elif record in costs.beyond:
            found.append(_Circle((record,), town, BEYOND * scale, "beyond"))
        else:
            rings.setdefault((town, -1 if is_gathered else record), []).append(record)
    for (town, _), own in rings.items():
        found.append(_Circle(tuple(own), town, (RING if len(own) == 1 else _SEVERAL) * scale, "ring"))
    return found


def _draw_circles(drawn: Map, circles: Sequence[_Circle]) -> dict[int, Around]:
    """Draw the circles, those of one town around it, and return where they stand and what they are called."""
    plate = drawn.plate
    looks, entries = looks_of(plate.payload), plate.payload["records"]
    towns: dict[int, list[_Circle]] = {}
    for circle in circles:
        towns.setdefault(circle.town, []).append(circle)
    points = dict(zip(towns, town_points(drawn, list(towns)), strict=True))
    order = sorted(towns, key=lambda town: (-max(each.radius for each in towns[town]), town))
    found: dict[int, Around] = {}
    waiting = []
    for town in order:
        own = sorted(towns[town], key=lambda each: (-each.radius, each.records))
        centres = cluster([each.radius for each in own])
        room = _room(own, centres)
        box = place(drawn.names, points[town], room)
        x, y = box.left - room.left, box.bottom - room.bottom
        records = [record for each in own for record in each.records]
        is_large = own[0].radius >= _LARGE * plate.sizes.scale
        if is_large:  # smaller circles may stand on it, no name
            waiting += [
                slice_
                for each, (dx, dy) in zip(own, centres, strict=True)
                for slice_ in boxes_of(x + dx, y + dy, each.radius)
            ]
        else:
            drawn.names.taken.append(box)
        label = label_of_signs(plate.content, records, town)
        found[town] = Around(Box(x, y, x, y) if is_large else box, label)
        if math.hypot(x - points[town][0], y - points[town][1]) > 1:
            plate.paper.line([points[town], (x, y)], MUTED, 0.45)
            plate.paper.circle(*points[town], 0.8, fill=INK)
        for circle, (dx, dy) in zip(own, centres, strict=True):
            look = looks[entries[circle.records[0]]["programme"]]
            _draw_circle(plate.paper, x + dx, y + dy, circle, look)
    drawn.names.taken += waiting
    return found


def _room(circles: Sequence[_Circle], centres: Sequence[tuple[float, float]]) -> Box:
    """Return how far circles reach from the middle of the first."""
    reach = [(x, y, each.radius) for (x, y), each in zip(centres, circles, strict=True)]
    return Box(
        min(x - radius for x, _, radius in reach) - 0.5,
        min(y - radius for _, y, radius in reach) - 0.5,
        max(x + radius for x, _, radius in reach) + 0.5,
        max(y + radius for _, y, radius in reach) + 0.5,
    )


def _draw_circle(paper: Paper, x: float, y: float, circle: _Circle, look: Look) -> None:
    if circle.kind == "beyond":
        draw_beyond(paper, x, y, circle.radius, look.colour)
    elif circle.kind == "ring":
        paper.circle(x, y, circle.radius, fill=WHITE, edge=look.colour, width=0.7)
        if len(circle.records) > 1:
            size = circle.radius * 1.4
            text = str(len(circle.records))
            paper.text(x, y - size * 0.33, text, size, face=BOLD, colour=INK, align="center")
    else:
        paper.circle(x, y, circle.radius, fill=look.colour, edge=look.colour, width=0.6, alpha=0.45)
