"""Cut a coverage into shared arcs: each border once, with who lies on each side.

An arc runs between two nodes (points where more than two borders meet) or is
a closed ring. Of its two communes, the one with the lower number has it on the
left; -1 stands on the right where there is no commune. Arcs come as the rings
of the communes in order meet them first, so that most begin where the last
one ended: this compresses better than any other order tried.
"""

from dataclasses import dataclass, replace
from typing import Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from geocontracts.places.building.coverage import Geometries

OUTSIDE: Final = -1
_HILBERT_LEVEL: Final = 16

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Arcs:
    """The arcs of a coverage, points one after another."""

    points: Ints
    """(n, 2) x and y in grid units, all arcs one after another."""
    sizes: Ints
    """Number of points of each arc, at least 2."""
    left: Ints
    """Number of the polygon on the left, y upwards."""
    right: Ints
    """Number of the polygon on the right, -1 for none."""


@dataclass(frozen=True)
class Rings:
    """Rings of all polygons, the interior on the left, without the closing point."""

    points: Ints
    starts: Ints
    lengths: Ints
    owner: Ints
    """The polygon of each point."""
    part: Ints
    """The part (of a multipolygon) of each ring, counted over all polygons."""
    polygon: Ints
    """The polygon of each part."""


def build_arcs(polygons: Geometries) -> Arcs:
    """Return the arcs of a valid coverage whose coordinates are whole.

    Raises:
        ValueError: The coverage is not valid: an edge has more than two sides.
    """
    return _cut(*_turned(polygons))


def rings_from_nodes(polygons: Geometries) -> Rings:
    """Return the rings of a valid coverage, each begun at a node if it has one.

    Raises:
        ValueError: The coverage is not valid: an edge has more than two sides.
    """
    return _turned(polygons)[0]


def _turned(polygons: Geometries) -> tuple[Rings, Ints, Ints]:
    """Return rings begun at nodes; of each point the corner and who lies opposite."""
    rings = _rings(polygons)
    corner = _corner_numbers(rings.points)
    return _rotate(rings, corner, _opposite(rings, corner))


def hilbert_order(points: npt.NDArray[np.float64], keys: Ints) -> npt.NDArray[np.intp]:
    """Return the order of points along a Hilbert curve over their own bounds.

    Args:
        points: (n, 2) coordinates in any unit.
        keys: What parts two points of one cell.
    """
    series = gpd.GeoSeries(shapely.points(points))
    distance = series.hilbert_distance(level=_HILBERT_LEVEL).to_numpy()
    return np.lexsort((keys, distance))


def _rings(polygons: Geometries) -> Rings:
    """Take the polygons apart into rings, exteriors counterclockwise."""
    oriented = shapely.orient_polygons(polygons)
    parts, part_owner = shapely.get_parts(oriented, return_index=True)
    rings, ring_part = shapely.get_rings(parts, return_index=True)
    coordinates, ring = shapely.get_coordinates(rings, return_index=True)
    last = np.append(ring[1:] != ring[:-1], True)
    ring = ring[~last]
    lengths = np.bincount(ring, minlength=len(rings))
    return Rings(
        points=coordinates[~last].astype(np.int64),
        starts=np.cumsum(lengths) - lengths,
        lengths=lengths,
        owner=part_owner[ring_part][ring],
        part=ring_part,
        polygon=part_owner,
    )


def _corner_numbers(points: Ints) -> Ints:
    """Give the same number to the same point; numbers rise with x, then y."""
    low = points.min(axis=0)
    packed = ((points[:, 0] - low[0]) << 32) | (points[:, 1] - low[1])
    return np.unique(packed, return_inverse=True)[1].astype(np.int64)


def _next(rings: Rings) -> Ints:
    """Return, for each point, the place of the point that follows in its ring."""
    following = np.arange(1, len(rings.points) + 1)
    following[rings.starts + rings.lengths - 1] = rings.starts
    return following


def _opposite(rings: Rings, corner: Ints) -> Ints:
    """Return the polygon across the edge that leaves each point, -1 for none."""
    after = corner[_next(rings)]
    count = corner.max() + 1
    forward = corner * count + after
    order = np.argsort(forward, kind="stable")
    if (np.diff(forward[order]) == 0).any():
        msg = "two polygons lie on one side of an edge: the coverage is not valid"
        raise ValueError(msg)
    backward = after * count + corner
    place = np.minimum(np.searchsorted(forward[order], backward), len(order) - 1)
    match = order[place]
    return np.where(forward[match] == backward, rings.owner[match], OUTSIDE)


def _nodes(rings: Rings, corner: Ints, opposite: Ints) -> npt.NDArray[np.bool_]:
    """Tell of each point whether more than two borders meet there."""
    after = corner[_next(rings)]
    once = (opposite == OUTSIDE) | (rings.owner < opposite)
    degree = np.bincount(corner[once], minlength=corner.max() + 1)
    degree += np.bincount(after[once], minlength=corner.max() + 1)
    return np.asarray(degree[corner] > 2)  # noqa: PLR2004 (a point of a line has 2)


def _rotate(rings: Rings, corner: Ints, opposite: Ints) -> tuple[Rings, Ints, Ints]:
    """Let each ring begin at a node, or at its lowest point if it has none."""
    rank = corner + np.where(_nodes(rings, corner, opposite), 0, corner.max() + 1)
    ring = np.repeat(np.arange(len(rings.lengths)), rings.lengths)
    order = np.lexsort((np.arange(len(rank)), rank, ring))
    offset = order[rings.starts] - rings.starts
    within = np.arange(len(rank)) - rings.starts[ring]
    index = rings.starts[ring] + (within + offset[ring]) % rings.lengths[ring]
    turned = replace(rings, points=rings.points[index])
    return turned, corner[index], opposite[index]


def _cut(rings: Rings, corner: Ints, opposite: Ints) -> Arcs:
    """Cut rings at nodes and keep each arc once."""
    first = _nodes(rings, corner, opposite)
    first[rings.starts] = True
    begin = np.flatnonzero(first)
    steps = np.diff(np.append(begin, len(corner)))
    keep = (opposite[begin] == OUTSIDE) | (rings.owner[begin] < opposite[begin])
    begin, sizes = begin[keep], steps[keep] + 1
    final = _next(rings)[begin + sizes - 2]
    offsets = np.cumsum(sizes) - sizes
    index = np.repeat(begin - offsets, sizes) + np.arange(sizes.sum())
    index[offsets + sizes - 1] = final
    return Arcs(rings.points[index], sizes, rings.owner[begin], opposite[begin])
