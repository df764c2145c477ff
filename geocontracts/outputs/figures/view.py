"""Where the ground lies on the paper: metres to points, one scale in both directions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from geocontracts.outputs.figures.box import Box


@dataclass(frozen=True)
class View:
    """A frame on the paper and the scale of the ground in it."""

    frame: Box
    scale: float
    """Points for a metre."""
    west: float
    south: float
    """Metres at the lower left corner of the frame."""

    @classmethod
    def fit(cls, bounds: tuple[float, float, float, float], frame: Box, margin: float) -> View:
        """Return the largest view of `bounds` (metres) in a frame, so many points away from its edges."""
        left, bottom, right, top = bounds
        scale = min((frame.width - 2 * margin) / (right - left), (frame.height - 2 * margin) / (top - bottom))
        west = (left + right) / 2 - frame.width / scale / 2
        south = (bottom + top) / 2 - frame.height / scale / 2
        return cls(frame, scale, west, south)

    def points(self, metres: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return coordinates in metres as coordinates on the paper."""
        import numpy as np

        origin = np.array([self.west, self.south])
        corner = np.array([self.frame.left, self.frame.bottom])
        moved: NDArray[np.float64] = (metres - origin) * self.scale + corner
        return moved

    def place(self, shape: BaseGeometry) -> BaseGeometry:
        """Return a shape in metres as one on the paper."""
        import shapely

        return shapely.transform(shape, self.points)

    def cut(self, shape: BaseGeometry) -> BaseGeometry:
        """Return the part of a shape on the paper that lies in the frame."""
        import shapely

        return shape.intersection(shapely.box(*self.frame))

    def place_all(self, shapes: NDArray[np.object_]) -> NDArray[np.object_]:
        """Return shapes in metres as shapes on the paper."""
        import shapely

        placed: NDArray[np.object_] = shapely.transform(shapes, self.points)
        return placed
