"""Sparse hatches as lines, the same in every kind of file."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geocontracts.outputs.figures.looks import Look
    from geocontracts.outputs.figures.paper import Paper
    from geocontracts.webmap.contract import Hatch

_SPACING = (1.0, 1.35, 1.7, 1.2)  # by variant: programmes with the same hatch are told apart
_WIDTH, _THIN = 0.45, 0.35  # points
_DOT = 0.62  # points, the radius
_ANGLES: dict[Hatch, tuple[float, ...]] = {
    "slash": (45.0,),
    "backslash": (-45.0,),
    "vertical": (90.0,),
    "horizontal": (0.0,),
    "grid": (0.0, 90.0),
}


def draw_hatch(paper: Paper, shape: BaseGeometry, look: Look, spacing: float, alpha: float = 0.55) -> None:
    """Hatch a surface on the paper; `spacing` is in points, and grows with the variant of the look."""
    hatch, colour, variant = look.hatch, look.colour, look.variant
    import shapely

    if hatch == "none" or shape.is_empty:
        return
    step = spacing * _SPACING[variant % len(_SPACING)]
    phase = variant * 0.29 * step
    if hatch == "dots":
        paper.fill(_dots(shape, step * 0.9, phase), colour, alpha=min(1, alpha * 1.3))
        return
    angles = _ANGLES[hatch]
    if hatch == "grid":
        step *= 1.35
    lines = shapely.union_all([_lines(shape, angle, step, phase) for angle in angles])
    paper.stroke(lines, colour, _THIN if hatch == "grid" else _WIDTH, alpha=alpha)


def _lines(shape: BaseGeometry, angle: float, step: float, phase: float) -> BaseGeometry:
    """Return the parts of parallel lines that lie in a surface; they hang on the paper, not on the shape."""
    import numpy as np
    import shapely
    from shapely import affinity

    turned = affinity.rotate(shape, -angle, origin=(0, 0))
    left, bottom, right, top = turned.bounds
    heights = np.arange(np.ceil((bottom - phase) / step), np.floor((top - phase) / step) + 1) * step + phase
    if len(heights) == 0:
        return shapely.LineString()
    ends = np.array([[(left - 1, y), (right + 1, y)] for y in heights])
    lines = shapely.multilinestrings(shapely.linestrings(ends))
    return affinity.rotate(lines.intersection(turned), angle, origin=(0, 0))


def _dots(shape: BaseGeometry, step: float, phase: float) -> BaseGeometry:
    import numpy as np
    import shapely

    left, bottom, right, top = shape.bounds
    half = step / 2
    rows = np.arange(np.ceil((bottom - phase) / half), np.floor((top - phase) / half) + 1)
    points = [
        (column * step + (row % 2) * half + phase, row * half + phase)
        for row in rows
        for column in np.arange(np.floor((left - phase) / step), np.ceil((right - phase) / step) + 1)
    ]
    if not points:
        return shapely.Polygon()
    dots = shapely.points(points)
    inner = shape.buffer(-_DOT)
    shapely.prepare(inner)
    inside = dots[shapely.contains(inner, dots)]
    return (
        shapely.multipolygons(shapely.buffer(inside, _DOT, quad_segs=4)) if len(inside) else shapely.Polygon()
    )
