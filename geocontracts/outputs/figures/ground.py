"""The ground of a figure in metres: communes, borders by rank, neighbours, what lies beyond France."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal

from geocontracts.outputs.beyond import FOREIGN_LAND
from geocontracts.places.boundaries import load_boundaries
from geocontracts.places.gazetteer import load_gazetteer
from geocontracts.places.topology import load_arcs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray
    from pyproj import Transformer
    from shapely.geometry.base import BaseGeometry

    from geocontracts.places.area import Area

Border = Literal["commune", "epci", "departement", "area"]
BORDERS: tuple[Border, ...] = ("commune", "epci", "departement", "area")

LAMBERT_93 = 2154
# The legal projections overseas (decree of 26 December 2000 and its successors), by département.
_OVERSEAS = {"971": 5490, "972": 5490, "973": 2972, "974": 2975, "976": 4471}


@dataclass(frozen=True)
class Ground:
    """The shapes of an area, in metres of the projection `crs` (EPSG).

    Communes are in the order of the payload. An arc is a piece of border between
    the communes `left` and `right` (ranks, -1 outside the area).
    """

    crs: int
    communes: NDArray[np.object_]
    arcs: NDArray[np.object_]
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    groups: dict[Border, NDArray[np.int64]]
    around: BaseGeometry
    neighbours: dict[str, BaseGeometry]
    """The départements in reach by code, those of the area among them."""
    foreign: BaseGeometry

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Return left, bottom, right, top of the area in metres."""
        import shapely

        left, bottom, right, top = shapely.total_bounds(self.communes)
        return float(left), float(bottom), float(right), float(top)

    def border(self, kind: Border) -> NDArray[np.object_]:
        """Return the arcs of a kind of border; each arc is of one kind, the highest."""
        outer = (self.left < 0) | (self.right < 0)
        if kind == "area":
            return self.arcs[outer]
        wanted = ~outer
        for level in ("departement", "epci"):
            owner = self.groups[level]
            differs = owner[self.left] != owner[self.right]
            if level == kind:
                found: NDArray[np.object_] = self.arcs[wanted & differs]
                return found
            wanted = wanted & ~differs
        chosen: NDArray[np.object_] = self.arcs[wanted]
        return chosen

    def united(self, ranks: Sequence[int]) -> BaseGeometry:
        """Return the surface of some communes."""
        from geocontracts.places.boundaries import unite

        return unite(list(self.communes[list(ranks)]))

    def outline(self, ranks: Sequence[int]) -> list[int]:
        """Return the sides that surround some communes: 2 * arc, + 1 where they lie on the right."""
        import numpy as np

        inside = np.zeros(len(self.communes) + 1, np.bool_)  # the last one answers for -1
        inside[list(ranks)] = True
        left, right = inside[self.left], inside[self.right]
        edge = np.flatnonzero(left != right)
        sides: list[int] = (2 * edge + right[edge]).tolist()
        return sides


def projection_of(area: Area) -> int:
    """Return the projection of an area: Lambert-93, or the legal one overseas."""
    codes = {code for code in load_gazetteer().column("departement", list(area.communes)) if code}
    found = {_OVERSEAS.get(code, LAMBERT_93) for code in codes}
    return found.pop() if len(found) == 1 else LAMBERT_93


@lru_cache(maxsize=4)
def build_ground(area: Area) -> Ground:
    """Return the ground of an area.

    Where an area holds territories overseas beside the métropole, their communes
    have empty shapes: one frame cannot show both.
    """
    import numpy as np
    import shapely

    crs = projection_of(area)
    gazetteer = load_gazetteer()
    numbers = list(area.communes)
    codes = gazetteer.column("code", numbers)
    table = load_boundaries("commune", within=area).to_crs(crs)
    shapes = table.geometry.reindex(codes).to_numpy()
    departements = gazetteer.column("departement", numbers)
    far = [_OVERSEAS.get(code or "", LAMBERT_93) != crs for code in departements]
    shapes[np.array(far) | (shapes == None)] = shapely.Polygon()  # noqa: E711  (elementwise)
    rank = np.full(gazetteer.commune_count + 1, -1, np.int64)
    rank[numbers] = np.where(far, -1, np.arange(len(numbers)))
    lines, left, right = _arcs(gazetteer.column("region", numbers), rank, crs)
    around = shapely.box(*shapely.total_bounds(shapes)).buffer(250_000, join_style="mitre")
    return Ground(
        crs,
        shapes,
        lines,
        left,
        right,
        {"epci": _numbered(gazetteer.column("epci", numbers)), "departement": _numbered(departements)},
        around,
        _neighbours(crs, around),
        _foreign(crs, around),
    )


@cache
def forward(crs: int) -> Transformer:
    """Return what turns degrees (EPSG:4326, east first) into metres of a projection."""
    import pyproj

    return pyproj.Transformer.from_crs(4326, crs, always_xy=True)


def _numbered(codes: Iterable[str | None]) -> NDArray[np.int64]:
    import numpy as np

    order: dict[str | None, int] = {}
    return np.array([order.setdefault(code, len(order)) for code in codes], np.int64)


def _arcs(
    regions: Iterable[str], rank: NDArray[np.int64], crs: int
) -> tuple[NDArray[np.object_], NDArray[np.int64], NDArray[np.int64]]:
    import numpy as np
    import shapely

    arcs = load_arcs({region for region in regions if region})
    arcs = arcs.kept((rank[arcs.left] >= 0) | (rank[arcs.right] >= 0))
    scale = 2.0**arcs.bits
    x, y = forward(crs).transform(arcs.x / scale, arcs.y / scale)
    of_arc = np.repeat(np.arange(len(arcs.sizes)), arcs.sizes)
    lines = shapely.linestrings(np.column_stack([x, y]), indices=of_arc)
    return lines, rank[arcs.left], rank[arcs.right]


def _neighbours(crs: int, around: BaseGeometry) -> dict[str, BaseGeometry]:
    """Return the départements in reach, the area among them: what is drawn later hides them."""
    table = load_boundaries("departement")
    codes = [code for code in table.index if _OVERSEAS.get(code, LAMBERT_93) == crs]
    shapes = table.loc[codes].to_crs(crs).geometry
    return {code: shape for code, shape in shapes.items() if shape is not None and shape.intersects(around)}


def _foreign(crs: int, around: BaseGeometry) -> BaseGeometry:
    """Return the land beyond France, roughly: nothing overseas."""
    import shapely

    if crs != LAMBERT_93:
        return shapely.Polygon()
    to_metres = forward(crs)

    def project(points: NDArray[np.float64]) -> NDArray[np.float64]:
        import numpy as np

        return np.column_stack(to_metres.transform(points[:, 0], points[:, 1]))

    lands = [shapely.transform(shapely.Polygon(points).segmentize(0.2), project) for points in FOREIGN_LAND]
    return shapely.union_all(lands).intersection(around)
