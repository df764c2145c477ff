"""Operations as circles whose surface is their cost; what is not known is a small hollow ring."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geocontracts.outputs.figures.box import Box
from geocontracts.outputs.figures.colours import INK, MUTED
from geocontracts.outputs.figures.legend import Head, Item, Note
from geocontracts.outputs.figures.looks import is_away, looks_of
from geocontracts.outputs.figures.mapped import close_map, draw_common_borders, open_map, town_points
from geocontracts.outputs.figures.paper import WHITE
from geocontracts.outputs.figures.signs import pack

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
_AROUND = [(math.cos(turn * math.pi / 4), math.sin(turn * math.pi / 4)) for turn in (0, 2, 4, 6, 1, 3, 5, 7)]


@dataclass(frozen=True)
class Costs:
    """Operations by what is known of their cost; each stands in one list only."""

    known: tuple[int, ...]
    unknown: tuple[int, ...]
    nested: tuple[int, ...]
    """Of a known cost that lies in that of another operation among these."""
    yearly: tuple[int, ...]

    @property
    def all(self) -> tuple[int, ...]:
        """Return all of them."""
        return self.known + self.unknown + self.nested + self.yearly


def sort_costs(payload: Payload, programmes: Sequence[int]) -> Costs:
    """Return the operations of these programmes by what is known of their cost, without those elsewhere."""
    entries, chosen = payload["records"], set(programmes)
    own = [
        record
        for record, entry in enumerate(entries)
        if entry["kind"] == "operation" and entry["programme"] in chosen and not is_away(entry)
    ]
    stated = {record for record in own if entries[record]["total"] is not None}
    yearly = {record for record in stated if entries[record]["yearly"]}
    nested = {record for record in stated - yearly if _lies_in(record, stated - yearly, payload)}
    return Costs(
        tuple(record for record in own if record in stated - yearly - nested),
        tuple(record for record in own if record not in stated),
        tuple(record for record in own if record in nested),
        tuple(record for record in own if record in yearly),
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
    """Draw the plate."""
    payload = plate.payload
    entries = payload["records"]
    costs = sort_costs(payload, plate.chosen)
    amounts = [entries[record]["total"] or 0.0 for record in costs.known]
    largest = max(amounts, default=0.0)
    subtitle = plate.say(
        "figure-operations-subtitle",
        known=len(costs.known),
        euros=euros(plate, math.fsum(amounts)),
        unknown=len(costs.unknown),
    )
    title = plate.say("figure-operations-title", area=payload["area"]["name"])
    body = plate.frame(title, f"{subtitle} · COG {payload['vintage']}", records=costs.all)
    most = min(_LARGEST * plate.sizes.scale, _SHARE * min(body.width, body.height))
    drawn, _ = open_map(plate, body, _rows(plate, costs, largest, most))
    draw_common_borders(drawn)
    close_map(drawn, towns_around=_draw_circles(drawn, costs, largest, most), density=0.5)


@dataclass(frozen=True)
class _Circle:
    record: int
    town: int
    radius: float
    is_ring: bool


def _circles(drawn: Map, costs: Costs, largest: float, most: float) -> list[_Circle]:
    entries, scale = drawn.plate.payload["records"], drawn.detail
    found = []
    for record in costs.all:
        entry = entries[record]
        if entry["draw"] != "towns" or not entry["towns"]:
            continue
        is_ring = record not in costs.known
        size = _RING * scale if is_ring else max(_LEAST, radius_of(entry["total"] or 0, largest, most))
        found.append(_Circle(record, entry["towns"][0], size, is_ring))
    return found


def _draw_circles(drawn: Map, costs: Costs, largest: float, most: float) -> dict[int, Box]:
    """Draw the circles, those of one town side by side, and return the box of each town."""
    plate = drawn.plate
    looks, entries = looks_of(plate.payload), plate.payload["records"]
    towns: dict[int, list[_Circle]] = {}
    for circle in _circles(drawn, costs, largest, most):
        towns.setdefault(circle.town, []).append(circle)
    points = dict(zip(towns, town_points(drawn, list(towns)), strict=True))
    order = sorted(towns, key=lambda town: (-max(each.radius for each in towns[town]), town))
    boxes: dict[int, Box] = {}
    for town in order:
        own = sorted(towns[town], key=lambda each: (-each.radius, each.record))
        centres, width, height = pack([each.radius for each in own])
        box = _free(drawn, points[town], width, height)
        boxes[town] = box
        if own[0].radius < _LARGE * plate.sizes.scale:
            drawn.names.taken.append(box)
        x, y = (box.left + box.right) / 2, (box.bottom + box.top) / 2
        if abs(x - points[town][0]) + abs(y - points[town][1]) > 1:
            plate.paper.line([points[town], (x, y)], MUTED, 0.45)
            plate.paper.circle(*points[town], 0.8, fill=INK)
        for circle, (dx, dy) in zip(own, centres, strict=True):
            look = looks[entries[circle.record]["programme"]]
            _draw_circle(plate.paper, x + dx, y + dy, circle, look)
    drawn.names.taken += [box for box in boxes.values() if box not in drawn.names.taken]
    return boxes


def _draw_circle(paper: Paper, x: float, y: float, circle: _Circle, look: Look) -> None:
    if circle.is_ring:
        paper.circle(x, y, circle.radius, fill=WHITE, edge=look.colour, width=0.7)
    else:
        paper.circle(x, y, circle.radius, fill=look.colour, edge=look.colour, width=0.6, alpha=0.45)


def _free(drawn: Map, at: tuple[float, float], width: float, height: float) -> Box:
    """Return where the circles of a town stand: on it, or near it where others stand already."""
    x, y = at
    places = [(0.0, 0.0)] + [
        (dx * (width / 2 + reach), dy * (height / 2 + reach))
        for reach in (3, 8, 15, 24)
        for dx, dy in _AROUND
    ]
    boxes = [
        Box(x + dx - width / 2, y + dy - height / 2, x + dx + width / 2, y + dy + height / 2)
        for dx, dy in places
    ]
    return next((box for box in boxes if drawn.names.is_free(box)), boxes[0])


def _rows(plate: Plate, costs: Costs, largest: float, most: float) -> list[Row]:
    payload = plate.payload
    entries = payload["records"]
    rows: list[Row] = []
    if costs.known:
        rows.append(Head(plate.say("figure-operations-head")))
        shown = legend_amounts(largest)
        height = 2 * most / plate.sizes.body + 0.6
        rows.append(Item("", _nested(plate, shown, largest, most), height=height))
        rows.append(Note(plate.say("figure-operations-note")))
    families = sorted({payload["programmes"][entries[record]["programme"]]["family"] for record in costs.all})
    rows.append(Head(plate.say("figure-families")))
    for family in families:
        own = sum(
            payload["programmes"][entries[record]["programme"]]["family"] == family for record in costs.all
        )
        label = payload["families"][family]
        rows.append(Item(label["label"], _disk(label["light"]), str(own)))
    rows.append(Head(plate.say("figure-key")))
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
    elsewhere = sum(
        entry["kind"] == "operation" and is_away(entry) and entry["programme"] in plate.chosen
        for entry in entries
    )
    if elsewhere:
        rows.append(Note(plate.say("figure-away-operations", count=elsewhere)))
    return rows


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


def _ring(scale: float) -> Sample:
    def draw(paper: Paper, box: Box) -> None:
        centre = (box.left + box.right) / 2, (box.bottom + box.top) / 2
        paper.circle(*centre, _RING * scale, fill=WHITE, edge=MUTED, width=0.7)

    return draw
