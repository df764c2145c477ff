"""Measure areas and find the point at which a symbol or a label stands."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import pyproj
import shapely

from geocontracts.places.building.coverage import GRID_BITS, Geometries

_EQUAL_AREA: Final = "EPSG:6933"
_M2_PER_KM2: Final = 1e6
_POLE_PRECISION: Final = 0.005
"""Precision of a pole of inaccessibility, in parts of the side of the area."""

Floats = npt.NDArray[np.float64]


def areas_km2(polygons: Geometries) -> Floats:
    """Return the true areas of polygons given in EPSG:4326, in km².

    Computed in an equal-area projection of the ellipsoid (EPSG:6933), the same
    for every part of the country, so that areas add up.
    """
    transformer = pyproj.Transformer.from_crs("EPSG:4326", _EQUAL_AREA, always_xy=True)

    def project(points: Floats) -> Floats:
        x, y = transformer.transform(points[:, 0], points[:, 1])
        return np.column_stack([x, y])

    return np.asarray(shapely.area(shapely.transform(polygons, project)) / _M2_PER_KM2)


def label_points(
    polygons: Geometries, preferred: Sequence[shapely.Geometry | None], bits: int = GRID_BITS
) -> Floats:
    """Return one point inside each polygon, (n, 2) lon and lat, EPSG:4326.

    Args:
        polygons: (Multi)polygons, EPSG:4326.
        preferred: A point to take where it lies inside (a town hall), or None.
        bits: Of the grid on which the points stand.
    """
    wanted = np.array([_on_grid(point, bits) for point in preferred], dtype=object)
    points = np.array(wanted)
    shapely.prepare(polygons)
    rest = ~shapely.contains_properly(polygons, points)
    points[rest] = [_pole(polygon, bits) for polygon in polygons[rest]]
    return np.asarray(shapely.get_coordinates(points))


def _on_grid(point: shapely.Geometry | None, bits: int) -> shapely.Geometry | None:
    """Return a point of the grid."""
    if point is None or shapely.is_empty(point):
        return None
    steps = 2.0**bits
    return shapely.points(np.round(shapely.get_coordinates(point)[0] * steps) / steps)


def _pole(polygon: shapely.Geometry, bits: int) -> shapely.Geometry:
    """Return the point of the largest part that is farthest from its border.

    Degrees of longitude are narrowed first, so that far means far on the ground.
    """
    part = max(shapely.get_parts(polygon), key=shapely.area)
    narrow = np.array([np.cos(np.radians(shapely.get_y(shapely.centroid(part)))), 1.0])
    flat = shapely.transform(part, lambda points: points * narrow)
    precision = float(np.sqrt(shapely.area(flat))) * _POLE_PRECISION
    circle = shapely.maximum_inscribed_circle(flat, tolerance=precision)
    return _on_grid(shapely.points(shapely.get_coordinates(circle)[0] / narrow), bits)
