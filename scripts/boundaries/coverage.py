"""Make one valid coverage of communes, on a binary grid, from the source's shapes.

The source has overlaps and slivers. They are cleaned first; then the whole
linework is snap-rounded, so that every point stands on the grid and every
crossing is a point; then each face goes to the commune in which it lies. The
result needs no repair: neighbours share their points by construction.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely

from boundaries.sources import Shape

GRID_BITS: Final = 15
"""Points stand at whole multiples of 2**-GRID_BITS degree."""

_GAP_WIDTH_DEG: Final = 0.0002
"""Gaps between communes narrower than this are slips of the source."""

Geometries = npt.NDArray[np.object_]


class CoverageError(RuntimeError):
    """The shapes do not make a valid coverage of the communes asked for."""


def shapes_of_communes(
    codes: Sequence[str],
    shapes: Sequence[Shape],
    successors: Mapping[str, Sequence[str]],
) -> list[tuple[int, shapely.Geometry]]:
    """Return (number of the commune, shape) for each shape of an earlier year.

    A commune of that year that leads to several is replaced by its communes
    déléguées, each of which leads to one.

    Args:
        codes: Codes of the communes wanted; the place in this list is the number.
        shapes: Rows of the earlier year, geometry in EPSG:4326.
        successors: Code of a commune of that year -> codes of today.

    Raises:
        CoverageError: A shape leads nowhere, or a commune has no shape.
    """
    numbers = {code: number for number, code in enumerate(codes)}
    delegated = defaultdict(list)
    for shape in shapes:
        if shape.kind == "COMD" and shape.parent:
            delegated[shape.parent].append(shape)
    found = []
    for whole in (s for s in shapes if s.kind == "COM"):
        parts = delegated[whole.code] if len(successors[whole.code]) > 1 else [whole]
        for part in parts:
            (code,) = successors.get(part.code, ()) if part is whole else (part.code,)
            if part.geometry is None or code not in numbers:
                msg = f"the shape of {part.code!r} is empty or leads to no commune"
                raise CoverageError(msg)
            found.append((numbers[code], part.geometry))
    missing = set(range(len(codes))) - {number for number, _ in found}
    if missing:
        msg = f"no shape for {[codes[number] for number in sorted(missing)]}"
        raise CoverageError(msg)
    return found


def build_coverage(parts: Sequence[tuple[int, shapely.Geometry]]) -> Geometries:
    """Return one polygon per commune, in grid units, as a valid coverage.

    Args:
        parts: Number of the commune (0, 1, ...) and a shape of it, EPSG:4326.

    Returns:
        Array of (multi)polygons by number: whole coordinates, 2**-GRID_BITS
        degree each.

    Raises:
        CoverageError: A commune vanishes on the grid, or the result is not valid.
    """
    numbers = np.array([number for number, _ in parts])
    raw = np.array([shape for _, shape in parts], dtype=object)
    clean = shapely.coverage_clean(raw, gap_width=_GAP_WIDTH_DEG)
    scaled = shapely.transform(clean, lambda points: points * 2.0**GRID_BITS)
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


def to_degrees(polygons: Geometries) -> Geometries:
    """Return polygons of grid units in degrees (EPSG:4326); the division is exact."""
    return np.asarray(shapely.transform(polygons, lambda p: p / 2.0**GRID_BITS))
