"""The ground of a figure in metres: communes, borders by rank, neighbours, what lies beyond France."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING, Literal

from geocontracts.outputs.beyond import land_beyond
from geocontracts.places.boundaries import load_boundaries
from geocontracts.places.gazetteer import load_gazetteer
from geocontracts.places.territories import METROPOLE, territories_of, territory_of
from geocontracts.places.topology import load_arcs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import geopandas as gpd
    import numpy as np
    from numpy.typing import NDArray
    from pyproj import Transformer
    from shapely.geometry.base import BaseGeometry

    from geocontracts.places.area import Area
    from geocontracts.places.territories import Territory

Border = Literal["commune", "epci", "departement", "region", "area"]

LAMBERT_93 = METROPOLE.crs
_LEVELS: tuple[Border, ...] = ("region", "departement", "epci")  # from the highest
_REACH = 250_000  # metres, at least, that are drawn around an area
_SOURCE = 150.0  # metres: the boundaries are generalised to about 200 m, what is finer is not thinned


@dataclass(frozen=True)
class Ground:
    """The shapes of an area in one territory of France, in metres of its projection.

    Communes are in the order of the payload, those of other territories empty. An arc is a piece
    of border between the communes `left` and `right` (ranks, -1 outside the area or the territory).
    """

    territory: Territory
    communes: NDArray[np.object_]
    arcs: NDArray[np.object_]
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    groups: dict[Border, NDArray[np.int64]]
    around: BaseGeometry
    neighbours: dict[str, BaseGeometry]
    """The départements in reach by code, those of the area among them."""
    foreign: BaseGeometry

    @cached_property
    def members(self) -> NDArray[np.bool_]:
        """Return which communes of the payload lie in this territory."""
        import shapely

        inside: NDArray[np.bool_] = ~shapely.is_empty(self.communes)
        return inside

    @cached_property
    def surface(self) -> BaseGeometry:
        """Return the surface of the area in this territory."""
        return self.united(self.members.nonzero()[0].tolist())

    @cached_property
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
        for level in _LEVELS:
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


@lru_cache(maxsize=4)
def grounds_of(area: Area) -> tuple[Ground, ...]:
    """Return the grounds of an area: one for each territory that it holds, the main one first."""
    return tuple(_ground(area, territory) for territory in territories_of(area.communes))


def build_ground(area: Area) -> Ground:
    """Return the ground of the main territory of an area."""
    return grounds_of(area)[0]


def coarsened(ground: Ground, metres: float) -> Ground:
    """Return a ground without the detail below so many metres; common borders stay common.

    It is the same where the boundaries have no such detail.
    """
    import numpy as np
    import shapely

    if metres < _SOURCE:
        return ground
    shapes = np.full(len(ground.communes), shapely.Polygon(), object)
    shapes[ground.members] = shapely.coverage_simplify(ground.communes[ground.members], metres)
    arcs = shapely.simplify(ground.arcs, metres, preserve_topology=False)
    return replace(ground, communes=shapes, arcs=arcs)


def _ground(area: Area, territory: Territory) -> Ground:
    import numpy as np
    import shapely

    gazetteer, crs = load_gazetteer(), territory.crs
    numbers = list(area.communes)
    columns = {level: gazetteer.column(level, numbers) for level in _LEVELS}
    near = np.array([territory_of(code) == territory for code in columns["departement"]])
    codes = np.array(gazetteer.column("code", numbers), object)
    shapes = np.full(len(numbers), shapely.Polygon(), object)
    table = _communes(area)
    found = table.loc[table.index.intersection(codes[near])].to_crs(crs).geometry.reindex(codes[near])
    shapes[near] = [shapely.Polygon() if shape is None else shape for shape in found.to_numpy()]
    rank = np.full(gazetteer.commune_count + 1, -1, np.int64)
    rank[numbers] = np.where(near, np.arange(len(numbers)), -1)
    own = {region for region, inside in zip(columns["region"], near, strict=True) if inside}
    lines, left, right = _arcs(own, rank, crs)
    west, south, east, north = shapely.total_bounds(shapes)
    reach = max(_REACH, east - west, north - south)
    around = shapely.box(west, south, east, north).buffer(reach, join_style="mitre")
    return Ground(
        territory,
        shapes,
        lines,
        left,
        right,
        {level: _numbered(columns[level]) for level in _LEVELS},
        around,
        _neighbours(territory, around),
        _foreign(territory, around),
    )


@lru_cache(maxsize=1)
def _communes(area: Area) -> gpd.GeoDataFrame:
    """Return the communes of an area, which are read once for all its territories."""
    return load_boundaries("commune", within=area)


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


@cache
def _departements() -> gpd.GeoDataFrame:
    return load_boundaries("departement")


def _neighbours(territory: Territory, around: BaseGeometry) -> dict[str, BaseGeometry]:
    """Return the départements in reach, the area among them: what is drawn later hides them."""
    table = _departements()
    codes = [code for code in table.index if territory_of(code).crs == territory.crs]
    shapes = table.loc[codes].to_crs(territory.crs).geometry
    return {code: shape for code, shape in shapes.items() if shape is not None and shape.intersects(around)}


def _foreign(territory: Territory, around: BaseGeometry) -> BaseGeometry:
    """Return the land beyond France, roughly: none around islands."""
    import shapely

    to_metres = forward(territory.crs)

    def project(points: NDArray[np.float64]) -> NDArray[np.float64]:
        import numpy as np

        return np.column_stack(to_metres.transform(points[:, 0], points[:, 1]))

    lands = [
        shapely.transform(shapely.Polygon(points).segmentize(0.2), project)
        for points in land_beyond(territory)
    ]
    return shapely.union_all(lands).intersection(around)
