"""Contracts along the years, by family: what is known of their dates, and what is not."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor
from typing import TYPE_CHECKING

from geocontracts.errors import UnknownOptionError
from geocontracts.outputs.figures.box import Box
from geocontracts.outputs.figures.plate import Plate
from geocontracts.outputs.figures.timelines.drawing import Axis, Panel
from geocontracts.outputs.figures.timelines.fitting import LEAST, fit
from geocontracts.outputs.figures.timelines.key import arrange, draw_key, key_height, signs_of
from geocontracts.outputs.figures.timelines.rows import Chip, Row, Wording
from geocontracts.outputs.figures.timelines.spans import contracts_in, groups_of, published

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geocontracts.outputs.figures.timelines.fitting import Plan
    from geocontracts.outputs.figures.timelines.key import Item
    from geocontracts.outputs.figures.timelines.spans import Dated, Group

_TRIALS = 4
_UNDER = 0.5  # the room between the rows and the key, in sizes of its letters


@dataclass(frozen=True)
class _Content:
    """What the plate shows: contracts by family, and those that were left aside."""

    records: list[int]
    aside: int
    groups: list[Group]
    published: Dated | None
    wording: Wording


def draw(plate: Plate) -> None:
    """Draw the contracts of the chosen programmes along the years."""
    records, aside = contracts_in(plate.payload, plate.chosen)
    if not records:
        raise UnknownOptionError("figure-no-contracts", style="timeline", area=plate.area_name)
    groups = groups_of(plate.payload, records)
    content = _Content(records, aside, groups, published(plate.payload, records), _wording(plate, groups))
    notes: list[str] = []
    # What fits depends on the room, and the room on the notes that say what does not fit.
    for _ in range(_TRIALS):
        trial = Plate(plate.content, plate.options, plate.chosen)
        plan, _items = _plan(trial, content, _frame(trial, content, notes))
        said = _notes(plate, content, plan)
        if said == notes:
            break
        notes = said
    room = _frame(plate, content, notes)
    plan, items = _plan(plate, content, room)
    _draw(plate, content, room, plan, items)


def _wording(plate: Plate, groups: Sequence[Group]) -> Wording:
    counts = {group.family: _contracts(plate, group.contracts) for group in groups}
    return Wording(plate.payload, plate.say("timeline-undated"), counts=counts)


def _contracts(plate: Plate, count: int) -> str:
    return plate.say("timeline-contract" if count == 1 else "timeline-contracts", n=count)


def _frame(plate: Plate, content: _Content, notes: list[str]) -> Box:
    dated = sum(len(group.bars) for group in content.groups)
    title = plate.say("timeline-title", area=plate.area_name)
    subtitle = plate.say(
        "timeline-subtitle",
        contracts=_contracts(plate, len(content.records)),
        dated=dated,
        undated=len(content.records) - dated,
    )
    return plate.frame(title, subtitle, records=content.records, notes=notes)


def _notes(plate: Plate, content: _Content, plan: Plan) -> list[str]:
    """Say what the reader would miss, or misread."""
    notes = []
    if plan.is_by_programme:
        notes.append(plate.say("timeline-by-programme"))
    counted = [bar for rows in plan.panels for row in rows if row.kind == "counts" for bar in row.bars]
    if counted:
        notes.append(plate.say("timeline-counts", n=sum(bar.begins is None for bar in counted)))
    if plan.left_out:
        count = sum(
            len(row.bars) + sum(len(chip.undated.records) for chip in row.chips) for row in plan.left_out
        )
        notes.append(plate.say("timeline-left-out", n=count, total=len(content.records)))
    slips = sum(bar.is_slip for group in content.groups for bar in group.bars)
    if slips:
        notes.append(plate.say("timeline-slips", n=slips))
    if content.aside:
        notes.append(plate.say("timeline-aside", n=content.aside))
    return notes


def _plan(plate: Plate, content: _Content, room: Box) -> tuple[Plan, list[Item]]:
    """Return the rows that fit over a key that may need every sign, and the key of those that they use."""
    size = max(LEAST, plate.sizes.small)
    everything = [
        Row(
            "bars",
            group.family,
            0,
            bars=group.bars,
            chips=tuple(Chip(each, (), 0, 0) for each in group.undated),
        )
        for group in content.groups
    ]
    height = room.height - key_height(_key(plate, content, everything, room.width), size) - size * _UNDER
    plan = fit(content.groups, content.wording, room.width, height, plate.sizes.body)
    return plan, _key(plate, content, [row for rows in plan.panels for row in rows], room.width)


def _key(plate: Plate, content: _Content, rows: Sequence[Row], width: float) -> list[Item]:
    signs = signs_of(rows, is_published=content.published is not None)
    return arrange(plate, signs, max(LEAST, plate.sizes.small), width, _date_of(plate, content.published))


def _date_of(plate: Plate, dated: Dated | None) -> str:
    """Say what the line of the publication stands for."""
    if dated is None:
        return ""
    if not dated.of:
        return plate.say("figure-edition", date=dated.text)
    return plate.say("timeline-source", date=dated.text, n=dated.records, total=dated.of)


def _draw(plate: Plate, content: _Content, room: Box, plan: Plan, items: Sequence[Item]) -> None:
    size = max(LEAST, plate.sizes.small)
    left = room.left
    end = room.top
    first, last = _years(content)
    for rows in plan.panels:
        box = Box(
            left, room.bottom + key_height(items, size) + size * _UNDER, left + plan.sizes.width, room.top
        )
        axis = Axis(first, last, box.right - plan.sizes.time, box.right)
        panel = Panel(plate.paper, plate.payload, plan.sizes, axis)
        end = min(end, panel.draw(box, rows, content.published.when if content.published else None))
        left = box.right + plan.between
    draw_key(plate.paper, Box(room.left, room.bottom, room.right, end - size * _UNDER), items, size)


def _years(content: _Content) -> tuple[int, int]:
    """Return the years of the axis: all that is known, and the arrows beyond it."""
    bars = [bar for group in content.groups for bar in group.bars]
    if not bars:
        return 0, 1
    first = min(bar.known.first - (bar.begins is None) for bar in bars)
    last = max(bar.known.last + (bar.ends is None) for bar in bars)
    if content.published:
        first, last = min(first, content.published.when.first), max(last, content.published.when.last)
    return floor(first), max(ceil(last), floor(first) + 1)
