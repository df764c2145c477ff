"""Operations as circles whose surface is their cost; what is not known is a small hollow ring."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from geocontracts.errors import UnknownOptionError
from geocontracts.outputs.figures.box import Box
from geocontracts.outputs.figures.colours import INK, MUTED
from geocontracts.outputs.figures.legend import Head, Item, Note
from geocontracts.outputs.figures.letters import BOLD
from geocontracts.outputs.figures.looks import is_away, looks_of
from geocontracts.outputs.figures.mapped import Around, close_map, draw_common_borders, open_map, town_points
from geocontracts.outputs.figures.paper import WHITE
from geocontracts.outputs.figures.placing import place
from geocontracts.outputs.figures.presence import is_here, is_unplaced, label_of_signs, reaching_beyond
from geocontracts.outputs.figures.signs import cluster

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geocontracts.outputs.figures.legend import Row, Sample
    from geocontracts.outputs.figures.looks import Look
    from geocontracts.outputs.figures.mapped import Map
    from geocontracts.outputs.figures.paper import Paper
    from geocontracts.outputs.figures.plate import Plate
    from geocontracts.webmap.contract import Payload

_LARGEST = 30.0  # points on A4, the radius of the largest amount
_RING, _LEAST = 2.0, 1.1  # points: radius where the amount is unknown, and of the smallest amounts
_SHARE = 0.062  # of the body: the most that the radius of the largest amount takes
_LARGE = 10.0  # points, from which a circle may have smaller ones on it
_BEYOND, _SEVERAL = 4.5, 3.6  # points: of what reaches beyond the area, and of rings with a number
_ROOM_FOR_EACH = 250.0  # points of the body, from which each operation has a ring of its own


@dataclass(frozen=True)
class Costs:
    """Operations by what is known of their cost; each stands in one list only."""

    known: tuple[int, ...]
    unknown: tuple[int, ...]
    nested: tuple[int, ...]
    """Of a known cost that lies in that of another operation among these."""
    yearly: tuple[int, ...]
    beyond: tuple[int, ...] = ()
    """Of a known cost and only partly in the area: the whole amount, which is not that of the area."""

    @property
    def all(self) -> tuple[int, ...]:
        """Return all of them."""
        return self.known + self.unknown + self.nested + self.yearly + self.beyond


def sort_costs(
    payload: Payload, programmes: Sequence[int], partly: frozenset[int] = frozenset()
) -> Costs:
    """Return the operations of these programmes in the area by what is known of their cost.

    `partly` are the records that reach beyond the area.
    """
    entries, chosen = payload["records"], set(programmes)
    own = [
        record
        for record, entry in enumerate(entries)
        if entry["kind"] == "operation" and entry["programme"] in chosen and is_here(entry, payload)
    ]
    stated = {record for record in own if entries[record]["total"] is not None}
    yearly = {record for record in stated if entries[record]["yearly"]}
    nested = {record for record in stated - yearly if _lies_in(record, stated - yearly, payload)}
    return Costs(
        tuple(record for record in own if record in stated - yearly - nested - partly),
        tuple(record for record in own if record not in stated),
        tuple(record for record in own if record in nested),
        tuple(record for record in own if record in yearly),
        tuple(record for record in own if record in (stated - yearly - nested) & partly),
    )


def _lies_in(record: int, others: set[int], payload: Payload) -> bool:
    """Say whether the cost of a record is counted, step by step, in that of one of the others."""
    seen = {record}
    around = payload["records"][record]["counted"]
    while around >= 0 and around not in seen:
        if around in others:
            return True
        seen.add(around)
        around = payload["records"][around]["counted"]
    return False


def euros(plate: Plate, value: float) -> str:
    """Return an amount in billions, millions or thousands, rounded to three figures."""
    for least, key in ((1e9, "figure-billions"), (1e6, "figure-millions")):
        if value >= least:
            return plate.say(key, n=_rounded(value / least))
    return plate.say("figure-thousands", n=_rounded(value / 1e3))


def _rounded(value: float) -> float:
    return value if value == 0 else round(value, max(0, 2 - math.floor(math.log10(abs(value)))))


def radius_of(value: float, largest: float, most: float) -> float:
    """Return the radius of an amount: surfaces are proportional; `most` is that of the largest."""
    return most * math.sqrt(value / largest) if largest > 0 else 0.0


def draw(plate: Plate) -> None:
    """Draw the plate.

    Raises:
        UnknownOptionError: no operation is known in the area.
    """
    payload = plate.payload
    costs = sort_costs(payload, plate.chosen, reaching_beyond(plate.content))
    if not costs.all:
        raise UnknownOptionError("figure-no-operations", area=plate.area_name)
    largest = max((payload["records"][record]["total"] or 0.0 for record in costs.known), default=0.0)
    title = plate.say("figure-operations-title", area=plate.area_name)
    body = plate.frame(title, f"{_subtitle(plate, costs)} · COG {payload['vintage']}", records=costs.all)
    most = min(_LARGEST * plate.sizes.scale, _SHARE * min(body.width, body.height))
    is_gathered = min(body.width, body.height) < _ROOM_FOR_EACH
    drawn, _ = open_map(plate, body, _rows(plate, costs, largest, most, is_gathered=is_gathered))
    draw_common_borders(drawn)
    circles = _circles(drawn, costs, largest, most, is_gathered=is_gathered)
    close_map(drawn, towns_around=_draw_circles(drawn, circles), density=0.5)


def _sum(plate: Plate, records: Sequence[int]) -> str:
    return euros(plate, math.fsum(plate.payload["records"][record]["total"] or 0.0 for record in records))


def _subtitle(plate: Plate, costs: Costs) -> str:
    said = []
    for one, several, some in (
        ("figure-operations-known", "figure-operations-known-several", costs.known),
        ("figure-beyond-told", "figure-beyond-told-several", costs.beyond),
    ):
        if some:
            key = several if len(some) > 1 else one
            said.append(plate.say(key, count=len(some), euros=_sum(plate, some)))
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
            found.append(_Circle((record,), town, _BEYOND * scale, "beyond"))
        else:
            rings.setdefault((town, -1 if is_gathered else record), []).append(record)
    for (town, _), own in rings.items():
        found.append(_Circle(tuple(own), town, (_RING if len(own) == 1 else _SEVERAL) * scale, "ring"))
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
        if is_large:  # smaller circles, and names, may stand on it
            waiting += [
                Box(x + dx, y + dy, x + dx, y + dy).grown(each.radius)
                for each, (dx, dy) in zip(own[1:], centres[1:], strict=True)
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
        _draw_beyond(paper, x, y, circle.radius, look.colour)
    elif circle.kind == "ring":
        paper.circle(x, y, circle.radius, fill=WHITE, edge=look.colour, width=0.7)
        if len(circle.records) > 1:
            size = circle.radius * 1.4
            text = str(len(circle.records))
            paper.text(x, y - size * 0.33, text, size, face=BOLD, colour=INK, align="center")
    else:
        paper.circle(x, y, circle.radius, fill=look.colour, edge=look.colour, width=0.6, alpha=0.45)


def _draw_beyond(paper: Paper, x: float, y: float, radius: float, colour: str) -> None:
    from shapely import Point

    shape = Point(x, y).buffer(radius, quad_segs=12)
    paper.fill(shape, colour, alpha=0.12)
    paper.stroke(shape, colour, 0.9, dash=(2.2, 1.4))


def _rows(
    plate: Plate, costs: Costs, largest: float, most: float, *, is_gathered: bool
) -> list[Row]:
    payload = plate.payload
    entries = payload["records"]
    rows: list[Row] = []
    if costs.known:
        rows.append(Head(plate.say("figure-operations-head")))
        shown = legend_amounts(largest)
        height = 2 * most / plate.sizes.body + 0.6
        points = 2 * most + 0.6 * plate.sizes.body
        rows.append(Item("", _nested(plate, shown, largest, most), height=height, points=points))
        rows.append(Note(plate.say("figure-operations-note")))
    families = sorted({payload["programmes"][entries[record]["programme"]]["family"] for record in costs.all})
    rows.append(Head(plate.say("figure-families")))
    for family in families:
        own = sum(
            payload["programmes"][entries[record]["programme"]]["family"] == family for record in costs.all
        )
        label = payload["families"][family]
        rows.append(Item(label["label"], _disk(label["light"]), str(own)))
    key_at = len(rows)
    if costs.beyond:
        text = plate.say("figure-beyond-head", count=len(costs.beyond), euros=_sum(plate, costs.beyond))
        rows.append(Item(text, _beyond(plate.sizes.scale), height=1.4))
    for key, some in (
        ("figure-operations-unknown", costs.unknown),
        ("figure-operations-nested", costs.nested),
        ("figure-operations-yearly", costs.yearly),
    ):
        if some:
            rows.append(Item(plate.say(key, count=len(some)), _ring(plate.sizes.scale)))
    away = [record for record in costs.all if entries[record]["draw"] != "towns"]
    if away:
        told = math.fsum(entries[record]["total"] or 0 for record in away if record in costs.known)
        if told:
            text = plate.say("figure-operations-offmap", count=len(away), euros=euros(plate, told))
        else:
            text = plate.say("figure-operations-offmap-unknown", count=len(away))
        rows.append(Note(text))
    if is_gathered:
        rows.append(Note(plate.say("figure-operations-gathered")))
    elsewhere = sum(
        entry["kind"] == "operation" and is_away(entry) and entry["programme"] in plate.chosen
        for entry in entries
    )
    if elsewhere:
        rows.append(Note(plate.say("figure-away-operations", count=elsewhere)))
    unplaced = sum(
        entry["kind"] == "operation"
        and is_unplaced(entry)
        and not is_here(entry, payload)
        and entry["programme"] in plate.chosen
        for entry in entries
    )
    if unplaced:
        rows.append(Note(plate.say("figure-operations-unplaced", count=unplaced)))
    return [*rows[:key_at], *([Head(plate.say("figure-key"))] if rows[key_at:] else []), *rows[key_at:]]


def legend_amounts(largest: float) -> list[float]:
    """Return three amounts for the legend: the largest, and two round ones that are clearly smaller."""
    return [largest, _round_below(largest * 0.3), _round_below(largest * 0.04)]


def _round_below(value: float) -> float:
    power = 10 ** math.floor(math.log10(value)) if value > 0 else 1
    return max((step * power for step in (1, 2, 5) if step * power <= value), default=value)


def _nested(plate: Plate, amounts: Sequence[float], largest: float, most: float) -> Sample:
    """Return three circles that stand on one point, each with its amount beside its top."""

    def draw(paper: Paper, box: Box) -> None:
        size = plate.sizes.small
        x, base = box.left + most + 1, box.bottom + size * 0.3
        lowest = math.inf
        for value in amounts:
            radius = radius_of(value, largest, most)
            paper.circle(x, base + radius, radius, edge=INK, width=0.6)
            y = min(base + 2 * radius, lowest - size * 1.15)
            lowest = y
            paper.line([(x, base + 2 * radius), (x + most + size, y)], MUTED, 0.4)
            paper.text(x + most + size * 1.3, y - size * 0.3, euros(plate, value), size)

    return draw


def _disk(colour: str) -> Sample:
    def draw(paper: Paper, box: Box) -> None:
        centre = (box.left + box.right) / 2, (box.bottom + box.top) / 2
        paper.circle(*centre, box.height * 0.45, fill=colour, edge=colour, width=0.6, alpha=0.45)

    return draw


def _beyond(scale: float) -> Sample:
    def draw(paper: Paper, box: Box) -> None:
        centre = (box.left + box.right) / 2, (box.bottom + box.top) / 2
        _draw_beyond(paper, *centre, _BEYOND * scale, MUTED)

    return draw


def _ring(scale: float) -> Sample:
    def draw(paper: Paper, box: Box) -> None:
        centre = (box.left + box.right) / 2, (box.bottom + box.top) / 2
        paper.circle(*centre, _RING * scale, fill=WHITE, edge=MUTED, width=0.7)

    return draw
