"""The ground of a locator map: a frame of land, its borders and its neighbours, drawn once for many maps."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from geocontracts.outputs.beyond import land_beyond
from geocontracts.outputs.sheets.rings import outlines, path_data
from geocontracts.places.territories import territories_of
from geocontracts.places.topology import load_arcs

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray
    from pyproj import Transformer

    from geocontracts.outputs.sheets.rings import Chain, Point
    from geocontracts.places.gazetteer import Gazetteer, Level, Place
    from geocontracts.places.topology import Arcs

WIDTH = 640  # of every map, in its own units: a tenth of a millimetre when it is 64 mm wide
_MARGIN = 0.05  # of the frame, around the land
_NARROWEST, _FLATTEST = 0.72, 1.25  # height by width
_TOLERANCE = 1.2  # units by which a border may be straightened
_BEYOND = 40  # units that neighbours reach beyond the edge of the map
_CORNERS = 3  # at least, for a ring to be an area


@dataclass(frozen=True)
class Frame:
    """Which land a map shows: départements, or whole regions, by code."""

    level: Level
    codes: tuple[str, ...]


class Ground:
    """A frame with its arcs in the units of the map, y downwards; sets of communes become paths."""

    def __init__(self, frame: Frame, gazetteer: Gazetteer) -> None:
        """Project and straighten the arcs of a frame.

        Raises:
            MissingDataError: the arcs are not where the package keeps them.
        """
        import numpy as np

        self.gazetteer, self.frame = gazetteer, frame
        self.places = [place for code in frame.codes if (place := gazetteer.get(frame.level, code))]
        everyone = [number for place in self.places for number in gazetteer.communes_of(place)]
        self.territory, self.members = next(iter(territories_of(everyone, gazetteer).items()))
        self.land = self.mask(self.members)
        regions = set(gazetteer.column("region", self.members))
        arcs = load_arcs(regions)
        x, y = _projected(arcs, self.territory.crs)
        inside = self.land[arcs.left] | self.land[arcs.right]
        points = np.repeat(inside, arcs.sizes)
        self.metres, self.left_m, self.top_m, self.height = _fitted(x[points], y[points])
        near = inside | self._is_near(arcs, x, y)
        self.left, self.right = arcs.left[near], arcs.right[near]
        keep = np.repeat(near, arcs.sizes)
        coordinates = np.column_stack(
            ((x[keep] - self.left_m) / self.metres, (self.top_m - y[keep]) / self.metres)
        )
        self.chains: list[Chain] = _straightened(coordinates, arcs.sizes[near])

    def mask(self, communes: Iterable[int]) -> NDArray[np.bool_]:
        """Return which communes are meant; the last entry answers for what lies outside France."""
        import numpy as np

        chosen = np.zeros(self.gazetteer.commune_count + 1, np.bool_)
        chosen[list(communes)] = True
        chosen[-1] = False
        return chosen

    def rings(self, communes: Iterable[int]) -> list[Chain]:
        """Return the outline of communes of the frame."""
        chosen = self.mask(communes)
        return outlines(self.chains, chosen[self.left], chosen[self.right])

    def borders(self, level: Level, within: NDArray[np.bool_] | None = None) -> str:
        """Return the lines between places of a level, inside the land or a part of it, as path data."""
        import numpy as np

        unit = self._units(level)
        part = self.land if within is None else within
        chosen = (unit[self.left] != unit[self.right]) & part[self.left] & part[self.right]
        return path_data((self.chains[rank] for rank in np.flatnonzero(chosen).tolist()), closed=False)

    def point(self, place: Place) -> Point:
        """Return where a place stands on the map."""
        import numpy as np

        x, y = _forward(np.array([place.lon]), np.array([place.lat]), self.territory.crs)
        right, down = float(x[0]) - self.left_m, self.top_m - float(y[0])
        return round(right / self.metres), round(down / self.metres)

    @cached_property
    def neighbours(self) -> list[tuple[Place, str]]:
        """Return the départements beside the land, with their outlines, cut at the edge of the map."""
        import shapely

        found = []
        codes = set(self.gazetteer.column("departement", self._near_communes))
        for code in sorted(codes):
            place = self.gazetteer.get("departement", code)
            if place is None:
                continue
            rings = self.rings(self.gazetteer.communes_of(place))
            shapes = [shapely.make_valid(shapely.Polygon(ring)) for ring in rings if len(ring) >= _CORNERS]
            path = path_data(_rings_of(shapely.clip_by_rect(shapes, *self._edge)), closed=True)
            if path:
                found.append((place, path))
        return found

    @cached_property
    def foreign(self) -> str:
        """Return the land beyond France as path data, cut at the edge of the map; around islands, nothing."""
        import numpy as np
        import shapely

        rings = [
            shapely.get_coordinates(shapely.Polygon(ring).segmentize(0.2))
            for ring in land_beyond(self.territory)
        ]
        shapes = []
        for ring in rings:
            x, y = _forward(ring[:, 0], ring[:, 1], self.territory.crs)
            units = np.column_stack(((x - self.left_m) / self.metres, (self.top_m - y) / self.metres))
            shapes.append(shapely.make_valid(shapely.Polygon(units)))
        cut = shapely.clip_by_rect(shapes, *self._edge)
        return path_data(_rings_of(cut), closed=True)

    @property
    def _edge(self) -> tuple[float, float, float, float]:
        return -_BEYOND, -_BEYOND, WIDTH + _BEYOND, self.height + _BEYOND

    def _units(self, level: Level) -> NDArray[np.int64]:
        """Number the places of a level, commune by commune; the last entry answers for outside France."""
        import numpy as np

        everyone = list(range(self.gazetteer.commune_count))
        codes = self.gazetteer.column("code" if level == "commune" else level, everyone)
        ranks = {code: rank for rank, code in enumerate(dict.fromkeys(codes))}
        return np.array([ranks[code] for code in codes] + [-1])

    @cached_property
    def _near_communes(self) -> list[int]:
        sides = {*self.left.tolist(), *self.right.tolist()}
        return sorted(side for side in sides if side >= 0 and not self.land[side])

    def _is_near(self, arcs: Arcs, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Choose the outlines of the départements of which a point falls on the map."""
        import numpy as np

        right_m, bottom_m = self.left_m + WIDTH * self.metres, self.top_m - self.height * self.metres
        seen = (x > self.left_m) & (x < right_m) & (y > bottom_m) & (y < self.top_m)
        seen_arcs = np.bitwise_or.reduceat(seen, arcs.starts())
        unit = self._units("departement")
        left, right = unit[arcs.left], unit[arcs.right]
        outer = left != right
        wanted = np.unique(np.concatenate((left[seen_arcs & outer], right[seen_arcs & outer])))
        wanted = wanted[wanted >= 0]
        chosen: NDArray[np.bool_] = outer & (np.isin(left, wanted) | np.isin(right, wanted))
        return chosen


def _projected(arcs: Arcs, crs: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    scale = 2.0**arcs.bits
    return _forward(arcs.x / scale, arcs.y / scale, crs)


def _forward(
    lon: NDArray[np.float64], lat: NDArray[np.float64], crs: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    x, y = _transformer(crs).transform(lon, lat)
    return x, y


@cache
def _transformer(crs: int) -> Transformer:
    from pyproj import Transformer

    return Transformer.from_crs(4326, crs, always_xy=True)


def _fitted(x: NDArray[np.float64], y: NDArray[np.float64]) -> tuple[float, float, float, int]:
    """Return metres a unit, the left and the top edge in metres, and the height in units."""
    left, right, bottom, top = float(x.min()), float(x.max()), float(y.min()), float(y.max())
    wide, high = (right - left) * (1 + 2 * _MARGIN), (top - bottom) * (1 + 2 * _MARGIN)
    wide = max(wide, high / _FLATTEST)
    high = max(high, wide * _NARROWEST)
    middle_x, middle_y = (left + right) / 2, (bottom + top) / 2
    metres = wide / WIDTH
    return metres, middle_x - wide / 2, middle_y + high / 2, round(high / metres)


def _straightened(points: NDArray[np.float64], sizes: NDArray[np.int64]) -> list[Chain]:
    """Return arcs with the points that can be seen, on whole units; their ends stay common."""
    import numpy as np
    import shapely

    arcs = np.repeat(np.arange(len(sizes)), sizes)
    lines = shapely.simplify(shapely.linestrings(points, indices=arcs), _TOLERANCE)
    kept, of_arc = shapely.get_coordinates(lines, return_index=True)
    grid = np.rint(kept).astype(np.int64).tolist()
    cuts = np.searchsorted(of_arc, np.arange(len(sizes) + 1)).tolist()
    return [tuple((x, y) for x, y in grid[first:last]) for first, last in pairwise(cuts)]


def _rings_of(shapes: Iterable[object]) -> Iterable[Chain]:
    import shapely

    for shape in shapely.get_parts(shapely.get_parts(list(shapes))):
        if shapely.get_type_id(shape) != shapely.GeometryType.POLYGON:
            continue
        for ring in shapely.get_rings(shape):
            yield tuple((round(x), round(y)) for x, y in shapely.get_coordinates(ring)[:-1].tolist())
