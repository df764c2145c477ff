"""Names written on the ground beyond France: the seas and the neighbouring countries.

The points are where a name reads well on a map, to a tenth of a degree; they are
no statement about a border.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geocontracts.webmap.contract import Grid, Mark, MarkKind
    from geocontracts.words import Lang

_MARGIN = 0.35

# French name, English name, kind, degrees east, degrees north
_NAMES: tuple[tuple[str, str, MarkKind, float, float], ...] = (
    ("Manche", "English Channel", "sea", 0.9, 50.3),
    ("Mer du Nord", "North Sea", "sea", 2.3, 51.3),
    ("Belgique", "Belgium", "country", 3.9, 50.65),
    ("Royaume-Uni", "United Kingdom", "country", 1.15, 51.05),
    ("Luxembourg", "Luxembourg", "country", 6.1, 49.75),
    ("Allemagne", "Germany", "country", 7.6, 49.6),
    ("Suisse", "Switzerland", "country", 7.3, 46.8),
    ("Italie", "Italy", "country", 7.8, 44.9),
    ("Espagne", "Spain", "country", 0.2, 42.3),
    ("Océan Atlantique", "Atlantic Ocean", "sea", -3.4, 46.2),
    ("Mer Méditerranée", "Mediterranean Sea", "sea", 5.0, 42.6),
)


def marks_within(grid: Grid, lang: Lang) -> list[Mark]:
    """Return the names that fall in the frame around the area."""
    left, bottom, right, top = grid["bounds"]
    wide, high = (right - left) * _MARGIN, (top - bottom) * _MARGIN
    scale = 2 ** grid["bits"]
    marks: list[Mark] = []
    for french, english, kind, lon, lat in _NAMES:
        x, y = round(lon * scale), round(lat * scale)
        if left - wide <= x <= right + wide and bottom - high <= y <= top + high:
            marks.append({"name": english if lang == "en" else french, "kind": kind, "x": x, "y": y})
    return marks
