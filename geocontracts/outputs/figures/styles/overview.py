"""All families on one map: perimeters, town signs, and a legend by family."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.outputs.figures.looks import is_whole, looks_of
from geocontracts.outputs.figures.mapped import close_map, draw_common_borders, open_map
from geocontracts.outputs.figures.perimeters import Strokes, draw_sheets, lay
from geocontracts.outputs.figures.programmelegend import map_subtitle, programme_rows
from geocontracts.outputs.figures.townsigns import draw_signs, standing_signs

if TYPE_CHECKING:
    from geocontracts.outputs.figures.plate import Plate


def draw(plate: Plate) -> None:
    """Draw the plate."""
    payload, looks = plate.payload, looks_of(plate.payload)
    entries = payload["records"]
    records = [rank for rank, entry in enumerate(entries) if entry["programme"] in set(plate.chosen)]
    strokes = Strokes(line=0.75, gap=0.8, band=2.0, hatch=8.5, hatch_alpha=0.38).scaled(plate.sizes.scale)
    body = plate.frame(payload["title"], map_subtitle(plate, records), records=records)
    legends = [programme_rows(plate, records, looks, strokes, in_full=full) for full in (True, False)]
    drawn, _ = open_map(plate, body, *legends)
    areas = [record for record in records if not is_whole(entries[record], payload)]
    draw_common_borders(drawn)
    draw_sheets(
        plate.paper, drawn.view, lay(areas, payload, looks, drawn.ground, drawn.view, strokes), strokes
    )
    signs = standing_signs(records, payload, looks, plate.sizes.scale, gather=True)
    close_map(drawn, towns_around=draw_signs(drawn, signs))
