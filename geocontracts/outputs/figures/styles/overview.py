"""All families on one map: perimeters, town signs, and a legend by family."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.errors import UnknownOptionError
from geocontracts.outputs.figures.looks import is_whole, looks_of
from geocontracts.outputs.figures.many import MANY, Shown
from geocontracts.outputs.figures.mapped import close_map, draw_common_borders, open_map
from geocontracts.outputs.figures.perimeters import Strokes, draw_sheets, lay
from geocontracts.outputs.figures.programmelegend import (
    LENGTHS,
    everywhere_notes,
    map_subtitle,
    programme_rows,
    records_here,
)
from geocontracts.outputs.figures.townsigns import draw_dots, draw_signs, lettered, standing_signs

if TYPE_CHECKING:
    from geocontracts.outputs.figures.plate import Plate

_ROOM_FOR_OPERATIONS = 250.0  # points
_FEW_OPERATIONS = 24  # up to which they are drawn on any paper


def draw(plate: Plate) -> None:
    """Draw the plate."""
    payload, looks = plate.payload, looks_of(plate.payload)
    entries = payload["records"]
    every = [rank for rank, entry in enumerate(entries) if entry["programme"] in set(plate.chosen)]
    records = records_here(plate)
    strokes = Strokes(line=0.75, gap=0.8, band=2.0, hatch=8.5, hatch_alpha=0.38)
    title = plate.say("map-title", area=plate.area_name)
    notes = everywhere_notes(plate, records)
    body = plate.frame(title, map_subtitle(plate, every), records=records, notes=notes)
    if not records:
        raise UnknownOptionError("figure-no-records", area=plate.area_name)
    is_large = min(body.width, body.height) > _ROOM_FOR_OPERATIONS
    operations = sum(entries[record]["kind"] == "operation" for record in records)
    has_operations = operations <= (MANY if is_large else _FEW_OPERATIONS)
    shown = [record for record in records if has_operations or entries[record]["kind"] != "operation"]
    areas = [
        record
        for record in shown
        if entries[record]["draw"] == "area" and not is_whole(entries[record], payload)
    ]
    towns = sum(len(entries[record]["towns"]) for record in shown if entries[record]["draw"] == "towns")
    told = Shown.on(body, signs=towns, areas=len(areas), operations=has_operations)
    asides = told.notes(plate, len(areas))
    sample = strokes.scaled(plate.sizes.scale)
    looks = looks if told.dots else lettered(payload, shown, looks)
    legends = [
        programme_rows(plate, records, looks, sample, length=length, shown=told) + asides
        for length in LENGTHS
    ]
    drawn, _ = open_map(plate, body, *legends)
    strokes = told.drawn_with(strokes.scaled(drawn.detail))
    draw_common_borders(drawn)
    for part in drawn.parts:
        sheets = lay(part, areas, looks, strokes, merged=told.merged)
        draw_sheets(plate.paper, part.view, sheets, strokes)
    if told.dots:
        draw_dots(drawn, shown, looks)
        close_map(drawn)
        return
    signs = standing_signs(shown, payload, looks, drawn.detail, gather=True)
    close_map(drawn, towns_around=draw_signs(drawn, signs))
