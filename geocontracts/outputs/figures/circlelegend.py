"""The legend of operations as circles: sizes, families, signs without a size, what is left out."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from geocontracts.outputs.figures.colours import INK, MUTED
from geocontracts.outputs.figures.costs import euros, radius_of, sum_of
from geocontracts.outputs.figures.legend import Head, Item, Note
from geocontracts.outputs.figures.looks import is_away
from geocontracts.outputs.figures.paper import WHITE
from geocontracts.outputs.figures.presence import is_here, is_unplaced
from geocontracts.words import number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geocontracts.outputs.figures.box import Box
    from geocontracts.outputs.figures.costs import Costs
    from geocontracts.outputs.figures.legend import Row, Sample
    from geocontracts.outputs.figures.paper import Paper
    from geocontracts.outputs.figures.plate import Plate

RING, BEYOND = 2.0, 4.5  # points: radius where the amount is unknown, and of what reaches beyond the area


def cost_rows(  # noqa: PLR0913  (two of them by name)
    plate: Plate, costs: Costs, largest: float, most: float, *, is_gathered: bool, unit: str | None = None
) -> list[Row]:
    """Return the rows of the legend: sizes, families, and how the circles are read.

    `unit` is {"departement", "epci"} where a circle is the sum of one.
    """
    payload = plate.payload
    entries = payload["records"]
    rows: list[Row] = []
    if costs.known:
        rows.append(Head(plate.say(f"figure-france-operations-{unit}" if unit else "figure-operations-head")))
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
        disk = None if unit else _disk(label["light"])
        rows.append(Item(label["label"], disk, number(own, plate.options.lang)))
    key = [*_unsized(plate, costs, is_drawn=unit is None), *_left_out(plate, costs, is_gathered=is_gathered)]
    return [*rows, *([Head(plate.say("figure-key")), *key] if key else [])]


def _unsized(plate: Plate, costs: Costs, *, is_drawn: bool) -> list[Row]:
    """Return the signs whose size says nothing, or how many there would be of them."""
    rows: list[Row] = []
    if costs.beyond:
        text = plate.say("figure-beyond-head", count=len(costs.beyond), euros=sum_of(plate, costs.beyond))
        rows.append(Item(text, _beyond(plate.sizes.scale) if is_drawn else None, height=1.4))
    for key, some in (
        ("figure-operations-unknown" if is_drawn else "figure-france-operations-uncircled", costs.unknown),
        ("figure-operations-nested", costs.nested),
        ("figure-operations-yearly", costs.yearly),
    ):
        if some:
            ring = _ring(plate.sizes.scale) if is_drawn else None
            rows.append(Item(plate.say(key, count=len(some)), ring))
    entries = plate.payload["records"]
    parts = sum(bool(entries[record]["amounts"]) for record in costs.unknown)
    if parts:
        rows.append(Note(plate.say("figure-operations-parts", count=parts)))
    if any(len(entries[record]["places"]) > 1 for record in costs.known):
        rows.append(Note(plate.say("figure-operations-several")))
    return rows


def _left_out(plate: Plate, costs: Costs, *, is_gathered: bool) -> list[Row]:
    """Say what stands on no place of the map, and what is gathered on it."""
    payload = plate.payload
    entries = payload["records"]
    rows: list[Row] = []
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
    own = [entry for entry in entries if entry["kind"] == "operation" and entry["programme"] in plate.chosen]
    for key, count in (
        ("figure-away-operations", sum(map(is_away, own))),
        (
            "figure-operations-unplaced",
            sum(is_unplaced(entry) and not is_here(entry, payload) for entry in own),
        ),
    ):
        if count:
            rows.append(Note(plate.say(key, count=count)))
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


def _beyond(scale: float) -> Sample:
    def draw(paper: Paper, box: Box) -> None:
        centre = (box.left + box.right) / 2, (box.bottom + box.top) / 2
        draw_beyond(paper, *centre, BEYOND * scale, MUTED)

    return draw


def _ring(scale: float) -> Sample:
    def draw(paper: Paper, box: Box) -> None:
        centre = (box.left + box.right) / 2, (box.bottom + box.top) / 2
        paper.circle(*centre, RING * scale, fill=WHITE, edge=MUTED, width=0.7)

    return draw


def draw_beyond(paper: Paper, x: float, y: float, radius: float, colour: str) -> None:
    """Draw the sign of an operation that reaches beyond the area: pale, dashed, not to scale."""
    from shapely import Point

    shape = Point(x, y).buffer(radius, quad_segs=12)
    paper.fill(shape, colour, alpha=0.12)
    paper.stroke(shape, colour, 0.9, dash=(2.2, 1.4))
