"""Names on a figure: chosen by importance, placed where there is room, never over one another."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geocontracts.outputs.figures.box import FARTHEST, Box
from geocontracts.outputs.figures.colours import INK, LAND, MUTED, SEA, WATER
from geocontracts.outputs.figures.letters import (
    ASCENT,
    BOLD,
    DESCENT,
    ITALIC,
    REGULAR,
    width_of,
)

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geocontracts.outputs.figures.letters import (
        Face,
    )
    from geocontracts.outputs.figures.paper import Paper
    from geocontracts.outputs.figures.view import View
    from geocontracts.webmap.contract import Places

_STEP = 5.0  # points between the places that are tried for the name of a surface
_AIR = 1.2  # points that are left around a name
_HAMLET = 1000


@dataclass(frozen=True)
class Style:
    """How a name is written; `size` is in points on A4."""

    size: float
    face: Face = REGULAR
    colour: str = INK
    halo: str | None = LAND


CITY = Style(8.6, BOLD)
BIG = Style(7.8, BOLD)
TOWN = Style(7.2)
DEPARTEMENT = Style(7.6, BOLD, "#7b7266")
SEA_NAME = Style(9.5, ITALIC, WATER, SEA)
COUNTRY = Style(8.6, REGULAR, MUTED, None)
CONTEXT = Style(7, ITALIC, MUTED, None)


@dataclass
class Names:
    """The names of one map, and the boxes in which nothing more may be written."""

    paper: Paper
    view: View
    scale: float
    taken: list[Box] = field(default_factory=list)
    dots: list[Box] = field(default_factory=list)
    """The main towns, which the name of a surface leaves free."""

    def is_free(self, box: Box) -> bool:
        """Say whether a box lies in the frame and meets nothing that stands there."""
        return self.view.frame.grown(-2).holds(box) and not any(box.meets(other) for other in self.taken)

    def write(self, left: float, bottom: float, text: str, style: Style) -> None:
        """Write a name whose box begins there, and keep its room."""
        size = style.size * self.scale
        box = self.paper.text(
            left,
            bottom + DESCENT * size,
            text,
            size,
            face=style.face,
            colour=style.colour,
            halo=style.halo,
        )
        self.taken.append(box.grown(_AIR))

    def _room(self, text: str, style: Style) -> tuple[float, float]:
        size = style.size * self.scale
        return width_of(text, size, style.face), (ASCENT + DESCENT) * size

    def in_surface(
        self,
        text: str,
        style: Style,
        surface: BaseGeometry,
        anchor: tuple[float, float],
        *,
        reach: float | None = None,
    ) -> bool:
        """Write a name inside a surface, as near to its anchor as there is room; say whether it was.

        A name whose middle would be more than `reach` points from its anchor is left out.
        """
        import numpy as np
        import shapely

        surface = self.view.cut(surface)
        if surface.is_empty:
            return False
        width, height = self._room(text, style)
        left, bottom, right, top = surface.bounds
        columns, rows = np.meshgrid(
            np.arange(left + width / 2, right - width / 2 + _STEP, _STEP),
            np.arange(bottom + height / 2, top - height / 2 + _STEP, _STEP),
        )
        x, y = columns.ravel(), rows.ravel()
        boxes = shapely.box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
        shapely.prepare(surface)
        order = np.lexsort((x, y, (x - anchor[0]) ** 2 + 4 * (y - anchor[1]) ** 2))
        fits = shapely.covers(surface, boxes)
        for place in order[fits[order]]:
            if reach is not None and math.dist((x[place], y[place]), anchor) > reach:
                continue
            room = Box(
                x[place] - width / 2, y[place] - height / 2, x[place] + width / 2, y[place] + height / 2
            )
            if self.is_free(room.grown(_AIR)) and not any(room.meets(dot) for dot in self.dots):
                self.write(room.left, room.bottom, text, style)
                return True
        return False

    def beside(self, text: str, style: Style, around: Box, near: tuple[float, float] | None = None) -> bool:
        """Write a name beside a box, right of it if there is room; say whether there was any.

        A box without width is a point of a surface: the name stands on it. A name that
        would be more than 6 mm from the point `near` is left out.
        """
        width, height = self._room(text, style)
        middle_x, middle_y = (around.left + around.right) / 2, (around.bottom + around.top) / 2
        gap = 1.6 * self.scale
        inside = [(middle_x - width / 2, middle_y - height / 2)] if around.width == 0 else []
        for left, bottom in (
            *inside,
            (around.right + gap, middle_y - height / 2),
            (around.left - gap - width, middle_y - height / 2),
            (middle_x - width / 2, around.top + gap * 0.4),
            (middle_x - width / 2, around.bottom - gap * 0.4 - height),
            (around.right + gap * 0.3, around.top - height * 0.3),
            (around.right + gap * 0.3, around.bottom - height * 0.7),
            (around.left - gap * 0.3 - width, around.top - height * 0.3),
            (around.left - gap * 0.3 - width, around.bottom - height * 0.7),
        ):
            box = Box(left, bottom, left + width, bottom + height)
            if self.is_free(box) and (near is None or box.distance(*near) <= FARTHEST):
                self.write(left, bottom, text, style)
                return True
        return False


def town_style(population: int, *, wide: bool = False) -> Style:
    """Return how the name of a town is written, on a map of the country (`wide`) or of less."""
    if wide:
        return CITY if population >= 200_000 else TOWN  # noqa: PLR2004  (a dozen cities)
    if population >= 90_000:  # noqa: PLR2004  (as on the page)
        return CITY
    return BIG if population >= 38_000 else TOWN  # noqa: PLR2004


def importance(name: str, population: int, arrondissement: str, epci: str) -> int:
    """Return what decides who is named first, as on the page.

    It is the population, thrice for a town that its arrondissement is named after, twice for one that
    gives its name to its EPCI.
    """
    if population < _HAMLET:
        return population
    if _within(name, arrondissement):
        return population * 3
    return population * 2 if _within(name, epci) else population


def _within(name: str, group: str) -> bool:
    return f" {_plain(name)} " in f" {_plain(group)} "


def _plain(name: str) -> str:
    return " ".join("".join(letter if letter.isalnum() else " " for letter in name.casefold()).split())


def main_towns(places: Places, least: int = 0) -> list[int]:
    """Return the communes of the payload, the most important first."""
    communes = places["communes"]
    epci = [group["name"] for group in places["epci"]] + [""]
    arrondissements = [group["name"] for group in places["arrondissements"]] + [""]
    weights = {
        rank: importance(
            name,
            communes["population"][rank] or 0,
            arrondissements[communes["arrondissement"][rank]],
            epci[communes["epci"][rank]],
        )
        for rank, name in enumerate(communes["name"])
        if (communes["population"][rank] or 0) >= least
    }
    return sorted(weights, key=lambda rank: (-weights[rank], rank))
