"""Refuse a table without headings: its first row would be taken for them and lost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geocontracts.errors import RegisterError
from geocontracts.places.codes import read_code
from geocontracts.places.gazetteer import load_gazetteer
from geocontracts.places.names import epci_key, normalise_name
from geocontracts.records.dates import read_date
from geocontracts.records.figures import is_ambiguous, read_sum
from geocontracts.records.formats.headings import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

_SAMPLE_ROWS = 20
_LONGEST_PLACE = 80
_YEAR = re.compile(r"(19|20)\d\d")


def refuse_data(rows: list[tuple[int, list[str]]], place: int, known: Collection[str], name: str) -> None:
    """Refuse the row at `place` as a header if it, or a row above it, is like the rows below.

    A row is data where one of its cells is a code, a number, a date or a place as most
    cells below it are, and no cell of it is a known heading.

    Raises:
        RegisterError: the first row of the table seems to be data.
    """
    below = [cells for _, cells in rows[place + 1 : place + 1 + _SAMPLE_ROWS]]
    headings = rows[place][1]
    if any(speaks(headings, column, below, known) for column in range(len(headings))):
        return
    for line, cells in (row for row in rows[: place + 1] if row[1] is headings or _is_full(row[1])):
        for column, text in enumerate(cells):
            if _is_like(text.strip(), cells_below(below, column)):
                raise RegisterError("header-is-data", file=name, row=line, value=text.strip())


def speaks(cells: list[str], column: int, below: list[list[str]], known: Collection[str]) -> bool:
    """Tell whether a cell is a known heading, and no word of which its column is made (`EPCI`)."""
    if column >= len(cells) or folded(cells[column]) not in known:
        return False
    return not any(folded(cell) in known for cell in cells_below(below, column))


def cells_below(below: list[list[str]], column: int) -> list[str]:
    """Return the filled cells of a column."""
    return [cells[column].strip() for cells in below if column < len(cells) and cells[column].strip()]


def _is_full(cells: list[str]) -> bool:
    """Tell whether a row above the headings is more than a title."""
    return len([cell for cell in cells if cell.strip()]) > 1


def _is_like(text: str, below: list[str]) -> bool:
    if not text or _YEAR.fullmatch(text):  # a year is a usual heading of amounts
        return False
    return any(told(text) and 2 * len(list(filter(told, below))) >= len(below) for told in _DATA)


def _is_figure(text: str) -> bool:
    return read_sum(text) is not None or is_ambiguous(text) or bool(read_date(text)) or bool(read_code(text))


def _is_place(text: str) -> bool:
    if len(text) > _LONGEST_PLACE:
        return False
    places = load_gazetteer()
    return any(
        key and (places.named(key) or places.formerly_named(key))
        for key in (normalise_name(text), epci_key(text))
    )


_DATA: tuple[Callable[[str], bool], ...] = (_is_figure, _is_place)
