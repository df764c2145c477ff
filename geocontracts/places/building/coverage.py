"""Make one valid coverage of communes, on a binary grid, from the source's shapes.

The source has overlaps and slivers. They are cleaned first; then the whole
linework is snap-rounded, so that every point stands on the grid and every
crossing is a point; then each face goes to the commune in which it lies. The
result needs no repair: neighbours share their points by construction.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely

GRID_BITS: Final = 15
"""Points of the bundled set stand at whole multiples of 2**-GRID_BITS degree."""

GAP_WIDTH_DEG: Final = 0.0002
"""Gaps between communes narrower than this are slips of the source."""

Geometries = npt.NDArray[np.object_]


class CoverageError(RuntimeError):
    """The shapes do not make a valid coverage of the communes asked for."""


def build_coverage(
    parts: Sequence[tuple[int, shapely.Geometry]],
    bits: int = GRID_BITS,
    *,
    gap_width: float = GAP_WIDTH_DEG,
    overlaps: str = "longest_border",
) -> Geometries:
    """Return one polygon per commune, in grid units, as a valid coverage.

    Args:
        parts: Number of the commune (0, 1, ...) and a shape of it, EPSG:4326.
        bits: Of the grid.
        gap_width: Degrees; narrower gaps go to the neighbour with the longest border.
        overlaps: Which part keeps an overlap, as `shapely.coverage_clean` calls it.

    Returns:
        Array of (multi)polygons by number: whole coordinates, 2**-bits degree each.

    Raises:
        CoverageError: A commune vanishes on the grid, or the result is not valid.
    """
    numbers = np.array([number for number, _ in parts])
    raw = np.array([shape for _, shape in parts], dtype=object)
    clean = shapely.coverage_clean(raw, gap_width=gap_width, merge_strategy=overlaps)
    scaled = shapely.transform(clean, lambda points: points * 2.0**bits)
    noded = shapely.unary_union(shapely.boundary(scaled), grid_size=1.0)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
    inside = shapely.point_on_surface(faces)
    face, part = shapely.STRtree(scaled).query(inside, predicate="within")
    count = int(numbers.max()) + 1
    communes = union_by(faces[face], numbers[part], count)
    if not is_valid_coverage(communes):
        msg = "the communes do not make a valid coverage on the grid"
        raise CoverageError(msg)
    return communes


def union_by(polygons: Geometries, groups: npt.NDArray[np.intp], count: int) -> Geometries:
    """Return the union of the polygons of each group 0 to count - 1.

    The polygons must be a valid coverage: shared edges vanish, no point is
    added or dropped.

    Raises:
        CoverageError: A group has no polygon.
    """
    order = np.argsort(groups, kind="stable")
    present, starts = np.unique(groups[order], return_index=True)
    if len(present) != count:
        lost = sorted(set(range(count)) - set(present.tolist()))
        msg = f"no polygon for the groups {lost}"
        raise CoverageError(msg)
    members = np.split(polygons[order], starts[1:])
    unions = np.array([shapely.coverage_union_all(group) for group in members])
    return canonical(unions)


def canonical(polygons: Geometries) -> Geometries:
    """Return the same areas written in one way: outer rings counterclockwise."""
    return np.asarray(shapely.orient_polygons(shapely.normalize(polygons)))


def is_valid_coverage(polygons: Geometries) -> bool:
    """Tell whether each polygon is valid and no edge of the coverage is invalid."""
    return bool(shapely.is_valid(polygons).all() and shapely.coverage_is_valid(polygons))


def to_degrees(polygons: Geometries, bits: int = GRID_BITS) -> Geometries:
    """Return polygons of grid units in degrees (EPSG:4326); the division is exact."""
    return np.asarray(shapely.transform(polygons, lambda p: p / 2.0**bits))
