"""Programmes crossed: how many communes each combination of them covers, as in an UpSet chart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geocontracts.errors import UnknownOptionError
from geocontracts.outputs.figures.box import Box
from geocontracts.outputs.figures.crossings.combinations import crossing_of, records_of
from geocontracts.outputs.figures.crossings.drawing import Drawing
from geocontracts.outputs.figures.crossings.layout import Room, fits, height_of, lay_out, most_rows
from geocontracts.outputs.figures.crowded import CrowdedError
from geocontracts.outputs.figures.letters import LINE, width_of, wrap
from geocontracts.outputs.figures.plate import Plate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geocontracts.outputs.figures.crossings.combinations import Crossing
    from geocontracts.outputs.figures.crossings.layout import Layout

_TRIALS = 8
_PAUSE = 0.5  # between two sentences in the corner, in lines
_NAMED = 12  # programmes that are named in a note; of more only the first half of that
_KEY = 1.9  # the height of the key of the families, in sizes of its letters


@dataclass(frozen=True)
class _Choice:
    """What a drawing is given: the sentences at its foot, how many rows, whether its corner is written in."""

    notes: tuple[str, ...] = ()
    most: int | None = None
    in_corner: bool = True


@dataclass(frozen=True)
class _Plan:
    """What is drawn, how it is laid out (None: nothing to cross), and what should have been chosen."""

    crossing: Crossing
    layout: Layout | None
    needed: _Choice


def draw(plate: Plate) -> None:
    """Draw the combinations of the chosen programmes."""
    choice = _Choice()
    # What fits depends on the room, and the room on the notes that say what does not fit. Rows and
    # corner are only ever given up, so that it settles.
    for _ in range(_TRIALS):
        plan = _plan(plate, choice)
        if plan.needed == choice:
            break
        choice = plan.needed
    if plan.layout is None and plan.crossing.hidden:
        raise CrowdedError("figure-crossing-crowded", size=plate.options.size)
    if plan.layout is None:
        raise UnknownOptionError("figure-no-crossing", area=plate.area_name)
    room = _frame(plate, plan.crossing, plan.layout, choice.notes)
    drawing = _drawing(plate, plan.crossing, plan.layout, room)
    drawing.draw(plate.say("crossing-communes"), plate.say("crossing-people"))
    _families(plate, plan.crossing, drawing.box)
    if choice.in_corner:
        top, size = drawing.corner.top, min(plan.layout.size, plate.sizes.body)
        for line in _corner_lines(plate, plan.crossing, drawing.corner, size):
            top -= size * LINE * (1 if line else _PAUSE)
            plate.paper.text(drawing.corner.left, top + size * 0.2, line, size)


def _plan(plate: Plate, choice: _Choice) -> _Plan:
    """Lay out as it was chosen."""
    payload, is_choice = plate.payload, bool(plate.options.programmes)
    trial = Plate(plate.content, plate.options, plate.chosen)
    room = _frame(trial, None, None, choice.notes)
    height = room.height - _KEY * plate.sizes.small
    most = most_rows(height) if choice.most is None else choice.most
    while True:
        crossing = crossing_of(payload, plate.chosen, most, is_choice=is_choice)
        if not crossing.combinations:
            notes = tuple(_notes(plate, crossing, 0))
            return _Plan(crossing, None, _Choice(notes, most, in_corner=choice.in_corner))
        layout = lay_out(crossing, payload, Room(room.width, height, plate.sizes.body))
        if fits(layout, crossing, height):
            break
        most = len(crossing.covers) - 1
    corner = _drawing(trial, crossing, layout, room).corner
    lines = _corner_lines(plate, crossing, corner, layout.size)
    notes = tuple(_notes(plate, crossing, layout.columns))
    if choice.in_corner and len(lines) * layout.size * LINE <= corner.height:
        return _Plan(crossing, layout, _Choice(notes, most))
    return _Plan(crossing, layout, _Choice((*_read(plate, crossing), *notes), most, in_corner=False))


def _drawing(plate: Plate, crossing: Crossing, layout: Layout, room: Box) -> Drawing:
    """Return what draws a crossing at the top of its room, over the key of the families."""
    height = height_of(layout, crossing, room.height - _KEY * plate.sizes.small)
    box = Box(room.left, room.top - height, room.right, room.top)
    return Drawing(plate.paper, box, plate.payload, crossing, layout)


def _frame(plate: Plate, crossing: Crossing | None, layout: Layout | None, notes: Sequence[str]) -> Box:
    title = plate.say("crossing-title", area=plate.area_name)
    shown = layout.columns if layout else 0
    total = len(crossing.combinations) + len(crossing.hidden) if crossing else 0
    rows = len(crossing.covers) if crossing else 0
    of = rows + len(crossing.fewer) if crossing else 0
    key = "crossing-subtitle-fewer" if of > rows else "crossing-subtitle"
    subtitle = plate.say(key, programmes=rows, of=of, shown=shown, total=total)
    records = records_of(plate.payload, crossing.covers) if crossing else _possible(plate)
    return plate.frame(title, subtitle, records=records, notes=notes)


def _possible(plate: Plate) -> list[int]:
    """Return all records whose sources may have to be named, to keep room for them."""
    chosen = set(plate.chosen)
    return [record for record, entry in enumerate(plate.payload["records"]) if entry["programme"] in chosen]


def _read(plate: Plate, crossing: Crossing) -> list[str]:
    """Say how to read the chart, and what no programme covers."""
    none = crossing.none
    said = [plate.say("crossing-read")]
    if none.communes:
        key = "crossing-none" if none.people is not None else "crossing-none-unknown"
        said.append(plate.say(key, n=none.communes, people=none.people or 0))
    return said


def _notes(plate: Plate, crossing: Crossing, columns: int) -> list[str]:
    """Say what is not in the chart, and why."""
    notes = []
    rest = (*crossing.combinations[columns:], *crossing.hidden)
    if rest:
        communes = sum(combination.communes for combination in rest)
        notes.append(plate.say("crossing-rest", n=len(rest), communes=communes))
    for key, ranks in (
        ("crossing-fewer", crossing.fewer),
        ("crossing-everywhere", crossing.everywhere),
        ("crossing-unknown", crossing.unknown),
    ):
        if ranks:
            notes.append(plate.say(key, n=len(ranks), names=_names(plate, ranks)))
    if crossing.uncounted:
        notes.append(plate.say("crossing-uncounted", n=crossing.uncounted))
    return notes


def _names(plate: Plate, ranks: Sequence[int]) -> str:
    """Return the names of programmes; of many the first, and how many others."""
    names = [plate.payload["programmes"][rank]["short"] for rank in ranks]
    if len(names) <= _NAMED:
        return ", ".join(names)
    return plate.say("crossing-others", names=", ".join(names[: _NAMED // 2]), n=len(names) - _NAMED // 2)


def _corner_lines(plate: Plate, crossing: Crossing, corner: Box, size: float) -> list[str]:
    """Return how to read the chart in lines that fit beside its bars."""
    return [line for text in _read(plate, crossing) for line in [*wrap(text, size, corner.width), ""]][:-1]


def _families(plate: Plate, crossing: Crossing, above: Box) -> None:
    """Draw the key of the families, which give the dots their colours, under the chart."""
    size = plate.sizes.small
    used = sorted({plate.payload["programmes"][cover.programme]["family"] for cover in crossing.covers})
    labels = [plate.payload["families"][rank]["label"] for rank in used]
    taken = sum(width_of(label, size) + size * 3 for label in labels)
    if taken > above.width:
        size *= above.width / taken
    x, base = above.left, above.bottom - (_KEY - 0.4) * plate.sizes.small
    for rank, label in zip(used, labels, strict=True):
        colour = plate.payload["families"][rank]["light"]
        plate.paper.circle(x + size * 0.5, base + size * 0.28, size * 0.42, fill=colour)
        x = plate.paper.text(x + size * 1.3, base, label, size).right + size * 1.6
