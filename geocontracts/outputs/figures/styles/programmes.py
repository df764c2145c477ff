"""One or several programmes in full: perimeters with numbers, signs, and the list of contracts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geocontracts.errors import UnknownOptionError
from geocontracts.outputs.figures.box import Box
from geocontracts.outputs.figures.colours import LAND, MUTED
from geocontracts.outputs.figures.legend import Head, Item, Note
from geocontracts.outputs.figures.letters import BOLD
from geocontracts.outputs.figures.looks import is_away, is_whole, looks_of
from geocontracts.outputs.figures.many import MANY, Shown
from geocontracts.outputs.figures.mapped import close_map, draw_common_borders, open_map
from geocontracts.outputs.figures.names import Style
from geocontracts.outputs.figures.perimeters import Strokes, draw_sheets, lay
from geocontracts.outputs.figures.presence import is_here
from geocontracts.outputs.figures.programmelegend import (
    LENGTHS,
    counts_text,
    key_rows,
    map_subtitle,
    programme_rows,
)
from geocontracts.outputs.figures.samples import numbered_sample, programme_sample
from geocontracts.outputs.figures.townsigns import draw_dots, draw_signs, standing_signs
from geocontracts.records.schema import load_schema

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geocontracts.outputs.figures.legend import Row
    from geocontracts.outputs.figures.looks import Look
    from geocontracts.outputs.figures.mapped import Map
    from geocontracts.outputs.figures.perimeters import Sheet
    from geocontracts.outputs.figures.plate import Plate
    from geocontracts.outputs.figures.townsigns import Standing
    from geocontracts.webmap.contract import Entry

_LISTED = 30  # contracts, up to which each is named
_NUMBERED = 5.6  # points on A4, the radius of a sign with a number in it
_LARGE_PART = 500.0  # square points, from which each part of a perimeter gets its number
_FEW = 2  # programmes, up to which perimeters get a wash


def draw(plate: Plate) -> None:
    """Draw the plate."""
    payload, looks = plate.payload, looks_of(plate.payload)
    entries = payload["records"]
    records = [
        record for rank in plate.chosen for record, entry in enumerate(entries) if entry["programme"] == rank
    ]
    if not any(is_here(entries[record], payload) for record in records):
        raise UnknownOptionError("figure-no-records", area=plate.area_name)
    numbers = _numbers(records, entries)
    strokes = Strokes(line=1.05, band=3.0, hatch=6.5, wash=0.07 if len(plate.chosen) <= _FEW else 0)
    strokes = strokes.scaled(plate.sizes.scale)
    alone = len(plate.chosen) == 1
    body = plate.frame(_title(plate), map_subtitle(plate, records), records=records)
    operations = sum(entries[record]["kind"] == "operation" for record in records) <= MANY
    drawable = [record for record in records if operations or record in numbers]
    areas = [record for record in drawable if alone or not is_whole(entries[record], payload)]
    perimeters = sum(entries[record]["draw"] == "area" for record in areas)
    gather = len(records) > _LISTED
    count = len(standing_signs(drawable, payload, looks, 1, gather=gather))
    shown = Shown.on(body, signs=count, areas=perimeters, operations=operations)
    asides = [*_unlisted(plate, numbers), *shown.notes(plate, perimeters)]
    legends = [
        programme_rows(plate, records, looks, strokes, length=length, shown=shown) + asides
        for length in LENGTHS
    ]
    if len(numbers) <= _LISTED and not shown.dots:
        legends.insert(0, _listed(plate, records, numbers, looks, strokes, shown=shown) + asides)
    drawn, taken = open_map(plate, body, *legends)
    numbers = numbers if taken == 0 and len(legends) > len(LENGTHS) else {}
    draw_common_borders(drawn)
    strokes = shown.drawn_with(strokes.scaled(drawn.detail / plate.sizes.scale))
    sheets = [lay(part, areas, looks, strokes, merged=shown.merged) for part in drawn.parts]
    for part, own in zip(drawn.parts, sheets, strict=True):
        draw_sheets(plate.paper, part.view, own, strokes)
    if shown.dots:
        draw_dots(drawn, drawable, looks)
        close_map(drawn)
        return
    signs = standing_signs(drawable, payload, looks, drawn.detail * 1.15, gather=gather)
    boxes = draw_signs(drawn, [_with_number(sign, numbers, drawn.detail) for sign in signs])
    for part, own in zip(drawn.parts, sheets, strict=True):
        _write_numbers(part, own, numbers)
    close_map(drawn, towns_around=boxes)


def _title(plate: Plate) -> str:
    """Return the names of the programmes, in full where there is one, and the area."""
    programmes = [plate.payload["programmes"][rank] for rank in plate.chosen]
    names = " · ".join(each["name" if len(programmes) == 1 else "short"] for each in programmes)
    return plate.say("figure-programmes-title", names=names, area=plate.area_name)


def _unlisted(plate: Plate, numbers: dict[int, int]) -> list[Row]:
    """Say how many contracts and missions the legend does not name."""
    count = len(numbers)
    return [Note(plate.say("figure-unlisted", count=count))] if count > _LISTED else []


def _with_number(sign: Standing, numbers: dict[int, int], detail: float) -> Standing:
    """Return a sign with the number of its contract in it, if it is empty and the contract is listed."""
    if sign.records[0] not in numbers or sign.sign.fill != "paper":
        return sign
    text = str(numbers[sign.records[0]])
    return replace(sign, sign=replace(sign.sign, text=text), radius=_NUMBERED * detail)


def _numbers(records: Sequence[int], entries: Sequence[Entry]) -> dict[int, int]:
    """Return the number of each contract and mission in the list; operations are counted only."""
    listed = [record for record in records if entries[record]["kind"] != "operation"]
    return {record: number for number, record in enumerate(listed, 1)}


def _listed(  # noqa: PLR0913  (private, one caller)
    plate: Plate,
    records: Sequence[int],
    numbers: dict[int, int],
    looks: Sequence[Look],
    strokes: Strokes,
    *,
    shown: Shown,
) -> list[Row]:
    """Return a legend that names each contract and mission."""
    payload = plate.payload
    rows: list[Row] = []
    for rank in plate.chosen:
        own = [record for record in records if payload["records"][record]["programme"] == rank]
        colour = looks[rank].colour
        if len(plate.chosen) > 1:
            name = payload["programmes"][rank]["name"]
            rows.append(Head(name, colour, plate.say("figure-again", name=name)))
        for record in own:
            if record in numbers:
                entry = payload["records"][record]
                rows.append(_contract(plate, entry, numbers[record], looks[rank]))
        operations = [
            payload["records"][each] for each in own if payload["records"][each]["kind"] == "operation"
        ]
        if operations and not shown.operations:
            rows.append(Note(plate.say("figure-operations-left", count=len(operations))))
        elif operations:
            hidden = sum(entry["draw"] == "none" for entry in operations)
            text = counts_text(plate, operations)
            text += f" ({plate.say('figure-undrawn', count=hidden)})" if hidden else ""
            sample = programme_sample(operations, looks[rank], strokes)
            rows.append(Item(text, sample) if sample else Note(text))
    entries = [payload["records"][record] for record in records]
    key = key_rows(plate, entries, strokes, is_gathered=len(records) > _LISTED, shown=shown)
    if any(isinstance(row, Item) and row.count for row in rows):
        key.append(Note(plate.say("figure-key-years")))
    return [*rows, *(key if len(key) > 1 else [])]


def _contract(plate: Plate, entry: Entry, number: int, look: Look) -> Item:
    said = []
    if is_away(entry):
        said.append(plate.say("figure-away-all"))
    elif entry["draw"] == "none":
        said.append(plate.say("figure-undrawn-all"))
    elif entry["draw"] == "area" and is_whole(entry, plate.payload):
        said.append(plate.say("figure-whole"))
    if entry["status"] and entry["status"] not in ("signed", "in_force"):
        said.append(
            load_schema()["contracts"].field("status").choices[entry["status"]][plate.options.lang].lower()
        )
    text = entry["title"] + (f" ({', '.join(said)})" if said else "")
    year = (entry["signed"] or entry["starts"] or "")[:4]
    colour = look.colour if entry["draw"] != "none" else MUTED
    return Item(text, numbered_sample(entry, look, str(number), colour), year)


def _write_numbers(drawn: Map, sheets: Sequence[Sheet], numbers: dict[int, int]) -> None:
    """Write the number of each perimeter inside it, the smallest perimeter first."""
    import shapely

    for sheet in reversed(sheets):
        if sheet.record in numbers:
            style = Style(9.5, BOLD, sheet.look.colour, LAND)
            parts = sorted(shapely.get_parts(sheet.inset), key=lambda part: -part.area)
            text = str(numbers[sheet.record])
            for part in [*parts[:1], *(part for part in parts[1:] if part.area > _LARGE_PART)]:
                centre = part.centroid if part.contains(part.centroid) else part.representative_point()
                if not drawn.names.in_surface(text, style, part, (centre.x, centre.y)) and part is parts[0]:
                    drawn.names.beside(text, style, Box(*part.bounds))
