"""Perimeters as the page draws them: an outline in a lane of its own, an inner band, a sparse hatch.

Where several perimeters share a piece of border on the same side, each keeps to a lane, the largest
outermost, so that ten contracts on one border stay ten.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geocontracts.outputs.figures.hatches import draw_hatch
from geocontracts.outputs.figures.looks import ranks_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from shapely.geometry.base import BaseGeometry

    from geocontracts.outputs.figures.ground import Ground
    from geocontracts.outputs.figures.looks import Look
    from geocontracts.outputs.figures.mapped import Map
    from geocontracts.outputs.figures.paper import Paper
    from geocontracts.outputs.figures.view import View

_FOREMOST = "developpement-territorial"  # the family that is seen first
_DETAIL = 0.08  # points
_TICKS = {"long": 7.0, "short": 3.2}  # points from one tick to the next
_TICK, _TICK_WIDTH = 1.1, 0.7


@dataclass(frozen=True)
class Strokes:
    """How strong perimeters are drawn, in points."""

    line: float = 1.0
    gap: float = 0.9
    band: float = 2.6
    band_alpha: float = 0.16
    hatch: float = 6.5
    hatch_alpha: float = 0.5
    wash: float = 0.0

    def scaled(self, by: float) -> Strokes:
        """Return the same for a larger or a smaller paper."""
        return Strokes(
            self.line * by,
            self.gap * by,
            self.band * by,
            self.band_alpha,
            self.hatch * by,
            self.hatch_alpha,
            self.wash,
        )


@dataclass(frozen=True)
class Sheet:
    """One perimeter on the paper: its surface, and the part of it inside its lane."""

    record: int
    surface: BaseGeometry
    inset: BaseGeometry
    is_vast: bool
    is_inferred: bool
    is_foremost: bool
    look: Look


def lay(
    drawn: Map, records: Iterable[int], looks: Sequence[Look], strokes: Strokes, *, merged: bool = False
) -> list[Sheet]:
    """Lay the perimeters of these records, the largest first, each in its lanes.

    With `merged` the perimeters of one programme are one surface, and there are no lanes.
    """
    import shapely

    payload, ground, view = drawn.plate.payload, drawn.ground, drawn.view
    entries = payload["records"]
    areas = [record for record in records if entries[record]["draw"] == "area"]
    filled: dict[int, float] = {}
    sheets = []
    for own, ranks in _surfaces(drawn, areas, merged=merged):
        entry = entries[own[0]]
        look = looks[entry["programme"]]
        surface = shapely.simplify(view.place(ground.united(ranks)), _DETAIL)
        pitch = _width(look, strokes, is_vast=look.is_vast) + strokes.gap
        depths: dict[float, list[int]] = {}
        for side in [] if merged else ground.outline(ranks):
            depth = filled.get(side, 0.0)
            filled[side] = depth + pitch
            depths.setdefault(depth, []).append(side >> 1)
        family = payload["families"][payload["programmes"][entry["programme"]]["family"]]["id"]
        inset = _inset(surface, depths, ground, view)
        is_inferred = all(entries[record]["basis"] == "inferred" for record in own)
        sheets.append(Sheet(own[0], surface, inset, look.is_vast, is_inferred, family == _FOREMOST, look))
    return sheets


def _surfaces(drawn: Map, areas: Sequence[int], *, merged: bool) -> list[tuple[list[int], list[int]]]:
    """Return records that are one surface with their communes on this map, the largest surface first."""
    entries = drawn.plate.payload["records"]
    groups: dict[tuple[int, int], list[int]] = {}
    for record in areas:
        groups.setdefault((entries[record]["programme"], 0 if merged else record), []).append(record)
    found = []
    for own in groups.values():
        covered = {rank for record in own for rank in ranks_of(entries[record])}
        ranks = sorted(rank for rank in covered if drawn.holds(rank))
        if ranks:
            found.append((len(covered), own, ranks))
    found.sort(key=lambda each: (-each[0], each[1][0]))
    return [(own, ranks) for _, own, ranks in found]


def _width(look: Look, strokes: Strokes, *, is_vast: bool) -> float:
    if is_vast:
        return strokes.line * 0.8
    extra = {"double": 1.4, "long": _TICK, "short": _TICK}.get(look.line, 0.0)
    return strokes.line * (1 + extra)


def _inset(surface: BaseGeometry, depths: dict[float, list[int]], ground: Ground, view: View) -> BaseGeometry:
    """Return a surface without the lanes of the perimeters that lie outside of it on the same border."""
    import shapely

    taken = [
        shapely.MultiLineString(list(shapely.simplify(view.place_all(ground.arcs[arcs]), _DETAIL))).buffer(
            depth, quad_segs=3
        )
        for depth, arcs in sorted(depths.items())
        if depth > 0
    ]
    return surface.difference(shapely.union_all(taken)) if taken else surface


def draw_sheets(paper: Paper, view: View, sheets: Sequence[Sheet], strokes: Strokes) -> None:
    """Draw what fills the perimeters, then their lines, the largest first."""
    for sheet in sheets:
        _draw_inside(paper, view, sheet, strokes)
    for sheet in sheets:
        _draw_line(paper, view, sheet, strokes)


def _draw_inside(paper: Paper, view: View, sheet: Sheet, strokes: Strokes) -> None:
    look = sheet.look
    if strokes.wash:
        paper.fill(view.cut(sheet.inset), look.colour, alpha=strokes.wash)
    if sheet.is_vast:
        return
    draw_hatch(
        paper,
        view.cut(sheet.inset),
        look,
        strokes.hatch,
        strokes.hatch_alpha,
    )
    band = strokes.band * (1.6 if sheet.is_foremost else 1)
    inner = sheet.inset.buffer(-band, quad_segs=3)
    paper.fill(view.cut(sheet.inset.difference(inner)), look.colour, alpha=strokes.band_alpha)


def _draw_line(paper: Paper, view: View, sheet: Sheet, strokes: Strokes) -> None:
    width = strokes.line * (0.8 if sheet.is_vast else 1.25 if sheet.is_foremost else 1)
    draw_outline(paper, sheet.inset, sheet.look, width, is_inferred=sheet.is_inferred, cut=view.cut)


def draw_outline(  # noqa: PLR0913  (two of them by name)
    paper: Paper,
    shape: BaseGeometry,
    look: Look,
    width: float,
    *,
    is_inferred: bool,
    cut: Callable[[BaseGeometry], BaseGeometry] = lambda line: line,
) -> None:
    """Draw the outline of a surface inside its edge, in the kind of line of its programme."""
    import shapely

    def along(depth: float) -> BaseGeometry:
        """Return the line at a depth inside the surface."""
        rings = [
            ring
            for part in shapely.get_parts(shape.buffer(-depth, quad_segs=2, join_style="mitre"))
            for ring in (part.exterior, *part.interiors)
            if ring.length > 3 * width
        ]
        return cut(shapely.MultiLineString(rings)) if rings else shapely.LineString()

    dash = (4.2 * width, 2.0 * width) if is_inferred else ()
    if look.line == "double":
        paper.stroke(along(width * 0.35), look.colour, width * 0.7, dash=dash)
        paper.stroke(along(width * 1.9), look.colour, width * 0.55, dash=dash)
        return
    paper.stroke(along(width / 2), look.colour, width, dash=dash)
    if look.line in _TICKS:
        ticks = (_TICK_WIDTH, _TICKS[look.line])
        paper.stroke(along(width * (1 + _TICK / 2)), look.colour, width * _TICK, dash=ticks)
