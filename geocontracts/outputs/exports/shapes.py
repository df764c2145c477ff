"""Shapes in the coordinates and the order of points that a format wants."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

LAMBERT_93, WGS_84 = 2154, 4326
# A centimetre, and a tenth of a metre: finer than the boundaries are, and the same on every machine.
_DECIMALS = {LAMBERT_93: 2, WGS_84: 6}


def projected(shapes: list[BaseGeometry | None], srs: int) -> list[BaseGeometry | None]:
    """Return shapes (degrees, EPSG:4326) in EPSG:2154 or 4326, rounded, rings outside anticlockwise.

    Points that two places share stay shared.
    """
    import numpy as np
    import shapely

    transform = _to_metres() if srs == LAMBERT_93 else None

    def moved(points: Any) -> Any:
        found = (
            np.column_stack(transform(points[:, 0], points[:, 1])) if transform and len(points) else points
        )
        return np.round(found, _DECIMALS[srs])

    result = shapely.transform(np.array(shapes, dtype=object), moved)
    return [None if shape is None else shapely.orient_polygons(shape) for shape in result.tolist()]


def _to_metres() -> Any:
    from pyproj import Transformer

    return Transformer.from_crs(WGS_84, LAMBERT_93, always_xy=True).transform


def many(shape: BaseGeometry | None) -> BaseGeometry | None:
    """Return a polygon as a multipolygon, so that a layer is of one kind."""
    import shapely

    return shapely.MultiPolygon([shape]) if shape is not None and shape.geom_type == "Polygon" else shape
