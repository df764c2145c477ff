"""Write polygons so that neighbours repeat the same run of points.

A general compressor finds a border again in the next polygon only if it runs
the same way. Rings that all turn the same way walk each shared border in two
opposite ways. Here polygons are parted in two camps, so that most borders lie
between camps; one camp turns clockwise. Rings begin where borders meet, so
that no border is broken. The areas stay the same, point for point.
"""

from typing import Final

import numpy as np
import numpy.typing as npt
import shapely

from geocontracts.places.building.arcs import OUTSIDE, Arcs, Rings, build_arcs, rings_from_nodes
from geocontracts.places.building.coverage import Geometries

_SWEEPS: Final = 20


def alternated(polygons: Geometries) -> Geometries:
    """Return the same coverage, written so that it compresses well.

    Raises:
        ValueError: The coverage is not valid.
    """
    camps = _camps(build_arcs(polygons), len(polygons))
    return _assemble(rings_from_nodes(polygons), camps)


def _camps(arcs: Arcs, count: int) -> npt.NDArray[np.bool_]:
    """Part polygons in two camps with long borders between them.

    A simple local search: each polygon in turn joins the camp with which it
    shares fewer points.
    """
    neighbours: list[list[tuple[int, int]]] = [[] for _ in range(count)]
    shared = arcs.right != OUTSIDE
    columns = (arcs.left[shared], arcs.right[shared], arcs.sizes[shared])
    for left, right, size in zip(*(c.tolist() for c in columns), strict=True):
        neighbours[left].append((right, size))
        neighbours[right].append((left, size))
    camp = [0] * count
    for _ in range(_SWEEPS):
        before = list(camp)
        for one, others in enumerate(neighbours):
            pull = sum(camp[other] * size for other, size in others)
            camp[one] = -1 if pull > 0 else 1 if pull < 0 else camp[one] or 1
        if camp == before:
            break
    return np.array(camp) < 0


def _assemble(rings: Rings, reverse: npt.NDArray[np.bool_]) -> Geometries:
    """Return the polygons of rings; those to reverse turn clockwise."""
    ring = np.repeat(np.arange(len(rings.lengths)), rings.lengths)
    within = np.arange(len(ring)) - rings.starts[ring]
    backward = rings.starts[ring] + (-within) % rings.lengths[ring]
    index = np.where(reverse[rings.owner], backward, np.arange(len(ring)))
    points = rings.points[index].astype(np.float64)
    parts = shapely.polygons(shapely.linearrings(points, indices=ring), indices=rings.part)
    single = np.bincount(rings.polygon)[rings.polygon] == 1
    whole = np.empty(int(rings.polygon.max()) + 1, dtype=object)
    whole[rings.polygon[single]] = parts[single]
    several, group = np.unique(rings.polygon[~single], return_inverse=True)
    if len(several):
        whole[several] = shapely.multipolygons(parts[~single], indices=group)
    return whole
