"""Draw the calm ground: sea, land beyond, neighbours, the area and its borders."""

from __future__ import annotations

import math
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
    from shapely.geometry.base import BaseGeometry

    from geocontracts.outputs.figures.ground import Border, Ground
    from geocontracts.outputs.figures.paper import Paper
    from geocontracts.outputs.figures.view import View

_LINES: dict[Border, tuple[str, float]] = {
    "commune": (COMMUNE_LINE, 0.22),
    "epci": (EPCI_LINE, 0.45),
    "departement": (DEPARTEMENT_LINE, 0.8),
    "region": (DEPARTEMENT_LINE, 1.1),
    "area": (AREA_LINE, 1.1),
}
# Of a map of many regions, on which communes are smaller than the dots of towns.
_WIDE_LINES: dict[Border, tuple[str, float]] = {
    "epci": (COMMUNE_LINE, 0.25),
    "departement": (EPCI_LINE, 0.45),
    "region": (DEPARTEMENT_LINE, 0.8),
    "area": (AREA_LINE, 0.7),
}
_DETAIL = 0.05  # points: what is finer is not printed
_OUTLINED = 3.5  # points: the width of communes, from which they are outlined in a country


def is_wide(view: View, ground: Ground) -> bool:
    """Say whether a map shows several regions whose communes are too small to be outlined."""
    if len(set(ground.groups["region"][ground.members].tolist())) == 1:
        return False
    width: float = math.sqrt(ground.surface.area / ground.members.sum()) * view.scale
    return width < _OUTLINED


def draw_land(paper: Paper, view: View, ground: Ground) -> None:
    """Draw sea, land beyond France, neighbours and the white of the area."""
    import shapely

    paper.rectangle(view.frame, fill=SEA)
    paper.fill(view.cut(view.place(ground.foreign)), FOREIGN)
    placed = (shapely.simplify(view.place(shape), _DETAIL) for shape in ground.neighbours.values())
    near = [view.cut(shape.buffer(0)) for shape in placed]
    if not is_wide(view, ground):  # the country leaves no neighbours
        paper.fill(shapely.union_all(near), NEIGHBOUR)
        paper.stroke(
            shapely.MultiLineString([line for shape in near for line in _edges(shape)]), NEIGHBOUR_LINE, 0.4
        )
    paper.fill(view.cut(view.place(ground.surface)), LAND)


def _edges(shape: BaseGeometry) -> list[BaseGeometry]:
    import shapely

    return [part for part in shapely.get_parts(shape.boundary) if part.geom_type == "LineString"]


def draw_borders(paper: Paper, view: View, ground: Ground, scale: float = 1) -> None:
    """Draw the borders that can be told apart, the faintest first; `scale` multiplies their widths."""
    import shapely

    for kind, (colour, width) in (_WIDE_LINES if is_wide(view, ground) else _LINES).items():
        lines = shapely.get_parts(shapely.line_merge(shapely.MultiLineString(list(ground.border(kind)))))
        # Each line for itself: all at once are compared with each other, which takes minutes in France.
        shapes = shapely.simplify(view.place_all(lines), _DETAIL, preserve_topology=False)
        paper.stroke(view.cut(shapely.multilinestrings(shapes)), colour, width * scale)
