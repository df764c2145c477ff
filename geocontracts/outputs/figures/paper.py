"""A sheet of paper on which styles draw: shapes, lines and letters, all in points (1/72 inch).

The origin is the lower left corner. What is drawn later lies above what was drawn before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from geocontracts.outputs.figures.box import Box
from geocontracts.outputs.figures.letters import (
    ASCENT,
    DESCENT,
    REGULAR,
    on_one_line,
    properties,
    width_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure
    from matplotlib.path import Path
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from geocontracts.outputs.figures.letters import (
        Face,
    )

Align = Literal["left", "center", "right"]

_SHARES = {"left": 0.0, "center": 0.5, "right": 1.0}
_DECIMALS = 2  # of coordinates: 0.01 pt is 0.0035 mm

WHITE = "#ffffff"


class Paper:
    """A sheet of a given size (points), with its matplotlib figure."""

    def __init__(self, width: float, height: float) -> None:
        """Cut the sheet; `width` and `height` are in points."""
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
        from matplotlib.transforms import Affine2D

        self.box = Box(0, 0, round(width, _DECIMALS), round(height, _DECIMALS))
        self.figure: Figure = Figure(
            figsize=(self.box.width / 72, self.box.height / 72), dpi=72, facecolor=WHITE, frameon=True
        )
        FigureCanvasAgg(self.figure)
        self._points = Affine2D().scale(1 / 72) + self.figure.dpi_scale_trans
        self._depth = 0
        self.texts: list[tuple[str, Box]] = []
        """Every text that was set, and the room that it takes."""

    def fill(self, shape: BaseGeometry, colour: str, *, alpha: float = 1) -> None:
        """Fill a surface."""
        if not shape.is_empty:
            self._patch(path_of(shape), facecolor=colour, edgecolor="none", linewidth=0, alpha=alpha)

    def stroke(  # noqa: PLR0913  (how it looks, by name)
        self,
        shape: BaseGeometry,
        colour: str,
        width: float,
        *,
        dash: Sequence[float] = (),
        alpha: float = 1,
        cap: Literal["butt", "round"] = "butt",
        join: Literal["miter", "round", "bevel"] = "round",
    ) -> None:
        """Draw lines, or the outline of a surface; `dash` is in points: drawn, left, drawn..."""
        if shape.is_empty:
            return
        self._patch(
            path_of(shape),
            facecolor="none",
            edgecolor=colour,
            linewidth=width,
            linestyle=(0, tuple(dash)) if dash else "solid",
            capstyle=cap,
            joinstyle=join,
            alpha=alpha,
        )

    def rectangle(
        self, box: Box, *, fill: str | None = None, edge: str | None = None, width: float = 0.5
    ) -> None:
        """Draw a rectangle, filled or with an edge."""
        from shapely.geometry import box as rectangle

        shape = rectangle(*box)
        if fill:
            self.fill(shape, fill)
        if edge:
            self.stroke(shape, edge, width, join="miter")

    def line(
        self, points: Sequence[tuple[float, float]], colour: str, width: float, *, dash: Sequence[float] = ()
    ) -> None:
        """Draw a line through points."""
        from shapely.geometry import LineString

        self.stroke(LineString(points), colour, width, dash=dash)

    def circle(  # noqa: PLR0913  (how it looks, by name)
        self,
        x: float,
        y: float,
        radius: float,
        *,
        fill: str | None = None,
        edge: str | None = None,
        width: float = 0.5,
        alpha: float = 1,
    ) -> None:
        """Draw a circle; `alpha` is that of the filling."""
        from matplotlib.path import Path

        path = Path.circle((round(x, _DECIMALS), round(y, _DECIMALS)), radius)
        if fill:
            self._patch(path, facecolor=fill, edgecolor="none", linewidth=0, alpha=alpha)
        if edge:
            self._patch(path, facecolor="none", edgecolor=edge, linewidth=width)

    def dots(self, points: Sequence[tuple[float, float]], radius: float, fill: str) -> None:
        """Draw many equal discs as one path; where they meet, nothing comes between them."""
        from matplotlib.path import Path

        if points:
            circles = [Path.circle((round(x, _DECIMALS), round(y, _DECIMALS)), radius) for x, y in points]
            path = Path.make_compound_path(*circles)
            self._patch(path, facecolor=fill, edgecolor="none", linewidth=0)

    def text(  # noqa: PLR0913  (how it looks, by name)
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        face: Face = REGULAR,
        colour: str = "#26221c",
        align: Align = "left",
        halo: str | None = None,
    ) -> Box:
        """Write one line, its baseline at `y`, and return the room that it takes.

        A halo is drawn as shapes under the letters, so that the text stays text.
        """
        from matplotlib.text import Text

        text = on_one_line(text)
        width = width_of(text, size, face)
        left = round(x - width * _SHARES[align], _DECIMALS)
        room = Box(left, y - DESCENT * size, left + width, y + ASCENT * size)
        if not text.strip():
            return room
        if halo:
            self._halo((left, y), text, size, face, halo)
        self._add(
            Text(
                left,
                round(y, _DECIMALS),
                text,
                fontproperties=properties(face),
                fontsize=size,
                color=colour,
                verticalalignment="baseline",
                horizontalalignment="left",
                parse_math=False,
                transform=self._points,
            )
        )
        self.texts.append((text, room))
        return room

    def _halo(self, corner: tuple[float, float], text: str, size: float, face: Face, colour: str) -> None:
        from matplotlib.textpath import TextPath
        from matplotlib.transforms import Affine2D

        letters = TextPath((0, 0), text, size=size, prop=properties(face), _interpolation_steps=1)
        path = letters.transformed(Affine2D().translate(*corner))
        self._patch(
            _rounded(path),
            facecolor="none",
            edgecolor=colour,
            linewidth=size * 0.28,
            joinstyle="round",
            alpha=0.9,
        )

    def _patch(self, path: Path, **look: object) -> None:
        from matplotlib.patches import PathPatch

        self._add(PathPatch(path, transform=self._points, **look))

    def _add(self, artist: Artist) -> None:
        self._depth += 1
        artist.set_zorder(self._depth)
        self.figure.add_artist(artist)


def _rounded(path: Path) -> Path:
    import numpy as np
    from matplotlib.path import Path

    return Path(np.round(np.asarray(path.vertices), _DECIMALS), path.codes)


def path_of(shape: BaseGeometry) -> Path:
    """Return a geometry as a path, its coordinates rounded to 0.01 points."""
    import numpy as np
    import shapely
    from matplotlib.path import Path

    parts = [part for part in shapely.get_parts(shape) if not part.is_empty]
    rings = [ring for part in parts for ring in _rings(part)]
    vertices = [ring.round(_DECIMALS) for ring in rings]
    codes = []
    for ring in vertices:
        code = np.full(len(ring), Path.LINETO, np.uint8)
        code[0] = Path.MOVETO
        if len(ring) > 2 and (ring[0] == ring[-1]).all():  # noqa: PLR2004  (two points are a line)
            code[-1] = Path.CLOSEPOLY
        codes.append(code)
    return Path(np.concatenate(vertices), np.concatenate(codes)) if rings else Path(np.zeros((0, 2)))


def _rings(part: BaseGeometry) -> list[NDArray[np.float64]]:
    import shapely

    if part.geom_type == "Polygon":
        turned = shapely.orient_polygons(part)  # holes turn the other way, whatever rule fills them
        return [shapely.get_coordinates(ring) for ring in (turned.exterior, *turned.interiors)]
    if part.geom_type in ("LineString", "LinearRing"):
        return [shapely.get_coordinates(part)]
    return [ring for piece in getattr(part, "geoms", ()) for ring in _rings(piece)]
