"""A column that names places more finely than the départements that alone are known by their heading.

A contract of a town must not become a whole département because nobody foresaw what the column of towns is
called. Nearly all cells must be places inside the département or the region of their row, written in full,
so that numbers (counts, sums, years) are never taken for codes. Where only most are, the rows say so.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geocontracts.places.beside import Beside
from geocontracts.places.gazetteer import load_gazetteer
from geocontracts.places.match import resolve
from geocontracts.places.outside import is_outside_cog
from geocontracts.records.formats.headings import folded
from geocontracts.records.lists.cells import split_names
from geocontracts.records.lists.contents import is_name, sampled
from geocontracts.records.lists.headings import tells_time
from geocontracts.records.values import says_nothing

if TYPE_CHECKING:
    from geocontracts.records.formats.sheet import Sheet
    from geocontracts.records.lists.recognise import Column

WIDE = ("departement_", "region_")
NEARLY_ALL = 0.8  # of the cells, where no heading says anything
_MOST = 0.5
_SHORTEST_CODE = 5  # signs of a code of commune that has lost none
_FINER = frozenset({"commune", "epci", "arrondissement"})


def is_wide(column: Column) -> bool:
    """Say whether a column holds départements or regions."""
    return (column.role or "").startswith(WIDE)


def free_columns(columns: list[Column], year: str | None) -> list[Column]:
    """Return the columns that nobody told and no heading explains, but for those of times.

    Years read as damaged codes of the Aisne (2021 as 02021): they say nothing of places here.
    """
    return [
        column
        for column in columns
        if column.role is None
        and column.why == "aside"
        and not tells_time(column.heading)
        and (year is None or folded(column.heading) != folded(year))
    ]


def with_finer(columns: list[Column], sheet: Sheet, year: str | None) -> tuple[list[Column], str]:
    """Take the first free column of places, where the others that say where hold départements or regions.

    Returns with them the heading of a column that stays aside though most of its cells look like
    names of places, or nothing.
    """
    if not all(is_wide(column) for column in columns if column.says_where):
        return columns, ""
    cells = _Cells(columns, sheet)
    free = free_columns(columns, year)
    for column in free:
        if cells.lying(column) >= NEARLY_ALL:
            role = "place_code" if cells.coded(column) >= NEARLY_ALL else "place_name"
            chosen = replace(column, role=role, why="content")
            return [chosen if each.rank == column.rank else each for each in columns], ""
    doubtful = (column for column in free if max(cells.lying(column), cells.named(column)) >= _MOST)
    return columns, next((column.heading.strip() for column in doubtful), "")


class _Cells:
    """Tells what the cells of a column are, each beside the wide columns of its row."""

    def __init__(self, columns: list[Column], sheet: Sheet) -> None:
        self._rows = sampled(sheet)
        self._wide = {
            stem: [column.rank for column in columns if (column.role or "").startswith(stem)] for stem in WIDE
        }

    def lying(self, column: Column) -> float:
        """Return the share of the cells that are places inside the wide place of their row, and finer."""
        found = [self._lies(cells[column.rank], cells) for cells in self._filled(column)]
        return sum(found) / max(1, len(found))

    def named(self, column: Column) -> float:
        """Return the share of the cells that are names of places, wherever they lie."""
        places = load_gazetteer()
        found = [
            all(is_name(piece, places) for piece in split_names(cells[column.rank]))
            for cells in self._filled(column)
        ]
        return sum(found) / max(1, len(found))

    def coded(self, column: Column) -> float:
        """Return the share of the cells that begin with a digit."""
        found = [cells[column.rank].strip()[0].isdigit() for cells in self._filled(column)]
        return sum(found) / max(1, len(found))

    def _filled(self, column: Column) -> list[list[str]]:
        rank = column.rank
        rows = (cells for cells in self._rows if rank < len(cells))
        return [cells for cells in rows if (text := cells[rank].strip(" ;,|")) and not says_nothing(text)]

    def _lies(self, text: str, cells: list[str]) -> bool:
        departement, region = (self._said(stem, cells) for stem in WIDE)
        beside = Beside(departement=departement, region=region)
        return all(_is_finer(piece, beside) for piece in split_names(text))

    def _said(self, stem: str, cells: list[str]) -> str:
        texts = (cells[rank].strip() for rank in self._wide[stem] if rank < len(cells))
        return next((text for text in texts if text and not says_nothing(text)), "")


def _is_finer(text: str, beside: Beside) -> bool:
    is_number = text.isdigit()
    if is_number and len(text) < _SHORTEST_CODE:
        return False
    if not is_number and not is_name(text, load_gazetteer()):  # looking for what is near is slow
        return False
    place = resolve(text, beside=beside).place
    return place.level in _FINER if place else is_outside_cog(text)
