"""Draw the calm ground: sea, land beyond, neighbours, the area and its borders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.outputs.figures.colours import (
    AREA_LINE,
    COMMUNE_LINE,
    DEPARTEMENT_LINE,
    EPCI_LINE,
    FOREIGN,
    LAND,
    NEIGHBOUR,
    NEIGHBOUR_LINE,
    SEA,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

    from geocontracts.outputs.figures.ground import Border, Ground
    from geocontracts.outputs.figures.paper import Paper
    from geocontracts.outputs.figures.view import View

_LINES: dict[Border, tuple[str, float]] = {
    "commune": (COMMUNE_LINE, 0.22),
    "epci": (EPCI_LINE, 0.45),
    "departement": (DEPARTEMENT_LINE, 0.8),
    "area": (AREA_LINE, 1.1),
}
_DETAIL = 0.05  # points: what is finer is not printed


def draw_land(paper: Paper, view: View, ground: Ground) -> None:
    """Draw sea, land beyond France, neighbours and the white of the area."""
    import shapely

    paper.rectangle(view.frame, fill=SEA)
    paper.fill(view.cut(view.place(ground.foreign)), FOREIGN)
    placed = (shapely.simplify(view.place(shape), _DETAIL) for shape in ground.neighbours.values())
    near = [view.cut(shape.buffer(0)) for shape in placed]
    paper.fill(shapely.union_all(near), NEIGHBOUR)
    paper.stroke(
        shapely.MultiLineString([line for shape in near for line in _edges(shape)]), NEIGHBOUR_LINE, 0.4
    )
    paper.fill(view.cut(view.place(area_shape(ground))), LAND)


def _edges(shape: BaseGeometry) -> list[BaseGeometry]:
    import shapely

    return [part for part in shapely.get_parts(shape.boundary) if part.geom_type == "LineString"]


def area_shape(ground: Ground) -> BaseGeometry:
    """Return the surface of the whole area in metres."""
    import shapely

    return ground.united([rank for rank, shape in enumerate(ground.communes) if not shapely.is_empty(shape)])


def draw_borders(paper: Paper, view: View, ground: Ground, kinds: Sequence[Border], scale: float = 1) -> None:
    """Draw the borders of these kinds, the faintest first; `scale` multiplies their widths."""
    import shapely

    for kind in kinds:
        colour, width = _LINES[kind]
        lines = shapely.line_merge(shapely.MultiLineString(list(ground.border(kind))))
        shape = shapely.simplify(view.place(lines), _DETAIL)
        paper.stroke(view.cut(shape), colour, width * scale)
