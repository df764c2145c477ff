"""The samples of a legend, drawn by the same code as the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.outputs.figures.colours import LAND
from geocontracts.outputs.figures.hatches import draw_hatch
from geocontracts.outputs.figures.letters import BOLD
from geocontracts.outputs.figures.looks import sign_of
from geocontracts.outputs.figures.perimeters import draw_outline
from geocontracts.outputs.figures.signs import draw_sign

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geocontracts.outputs.figures.box import Box
    from geocontracts.outputs.figures.legend import Sample
    from geocontracts.outputs.figures.looks import Look
    from geocontracts.outputs.figures.paper import Paper
    from geocontracts.outputs.figures.perimeters import Strokes
    from geocontracts.webmap.contract import Entry

_DOT = 0.22  # of the height of a sample: larger than on the map, for its hue to be seen


def programme_sample(
    entries: Sequence[Entry], look: Look, strokes: Strokes, *, is_dotted: bool = False
) -> Sample | None:
    """Return the sample of a programme: an area, a sign (or a dot), both, or None if nothing is drawn."""
    areas = [entry for entry in entries if entry["draw"] == "area"]
    towns = [entry for entry in entries if entry["draw"] == "towns"]
    if not areas and not towns:
        return None
    is_inferred = bool(areas) and all(entry["basis"] == "inferred" for entry in areas)

    def draw(paper: Paper, box: Box) -> None:
        size = box.height
        if areas:
            right = box.right - (size * 1.05 if towns else 0)
            draw_area(
                paper, type(box)(box.left, box.bottom, right, box.top), look, strokes, is_inferred=is_inferred
            )
        if towns:
            best = next((entry for entry in towns if entry["kind"] != "operation"), towns[0])
            sign = sign_of(best, look)
            middle = box.right - size * 0.45 if areas else (box.left + box.right) / 2
            if is_dotted:
                paper.dots([(middle, (box.bottom + box.top) / 2)], size * _DOT, look.colour)
                return
            draw_sign(paper, sign, middle, (box.bottom + box.top) / 2, size * (0.42 if areas else 0.48))

    return draw


def draw_area(paper: Paper, box: Box, look: Look, strokes: Strokes, *, is_inferred: bool) -> None:
    """Draw a sample of a perimeter that fills a box."""
    import shapely

    shape = shapely.box(*box)
    paper.fill(shape, LAND)
    draw_hatch(paper, shape, look, strokes.hatch * 0.62, 0.7)
    paper.fill(shape.difference(shape.buffer(-strokes.band * 0.7)), look.colour, alpha=0.2)
    draw_outline(paper, shape, look, strokes.line, is_inferred=is_inferred)


def numbered_sample(entry: Entry, look: Look, number: str, colour: str) -> Sample:
    """Return the sample of one contract: its number, in its sign where it is drawn as one."""

    def draw(paper: Paper, box: Box) -> None:
        x, y = (box.left + box.right) / 2, (box.bottom + box.top) / 2
        if entry["draw"] == "towns" and entry["kind"] == "contract" and entry["basis"] != "unknown":
            draw_sign(paper, sign_of(entry, look, number), x, y, box.height * 0.56)
            return
        if entry["draw"] == "towns":
            draw_sign(paper, sign_of(entry, look), x, y, box.height * 0.5)
            return
        paper.text(x, y - box.height * 0.33, number, box.height, face=BOLD, colour=colour, align="center")

    return draw
