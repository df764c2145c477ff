"""Where places of the payload lie on the paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.outputs.figures.ground import forward

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geocontracts.outputs.figures.ground import Ground
    from geocontracts.outputs.figures.mapped import Map
    from geocontracts.outputs.figures.view import View
    from geocontracts.webmap.contract import Payload


def point_of(drawn: Map, x: int, y: int) -> tuple[float, float]:
    """Return a point of the payload's grid on the paper."""
    (found,) = _points(drawn.plate.payload, drawn.ground, drawn.view, [x], [y])
    return found


def _points(
    payload: Payload, ground: Ground, view: View, x: list[int], y: list[int]
) -> list[tuple[float, float]]:
    import numpy as np

    scale = 2.0 ** payload["grid"]["bits"]
    metres = np.column_stack(
        forward(ground.territory.crs).transform(np.array(x) / scale, np.array(y) / scale)
    )
    return [(float(left), float(top)) for left, top in view.points(metres)]


def grid_points(
    payload: Payload, ground: Ground, view: View, towns: Sequence[int]
) -> list[tuple[float, float]]:
    """Return where towns (ranks in the payload) lie on the paper."""
    if not towns:
        return []
    communes = payload["places"]["communes"]
    x, y = ([communes[axis][town] for town in towns] for axis in ("x", "y"))
    return _points(payload, ground, view, x, y)


def town_points(drawn: Map, towns: Sequence[int]) -> list[tuple[float, float]]:
    """Return where towns (ranks in the payload) lie on a map."""
    return grid_points(drawn.plate.payload, drawn.ground, drawn.view, towns)
