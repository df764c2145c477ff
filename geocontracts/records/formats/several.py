"""Say that a sheet seems to hold more than one table: all of it is read as the first.

Nothing is cut here: a blank column may be there for the eye, and a row that looks like
headings may be one of the table.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from geocontracts.records.formats.areas import column_letters
from geocontracts.records.formats.headings import recognised
from geocontracts.records.formats.merged import is_figure
from geocontracts.words import Message

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    Row = tuple[int, list[str]]

_LEAST = 2  # headings, before cells are taken for a header
_SAMPLE_ROWS = 20
_YEAR = re.compile(r"(19|20)\d\d")


def several_tables(headings: Sequence[str], rows: Sequence[Row], known: Collection[str]) -> Iterator[Message]:
    """Yield what is to be said of a table with these headings, and these rows below them."""
    for column in _blank_columns(headings, rows):
        yield Message("tables-beside", {"column": column_letters(column + 1)})
    below = next(_headers_below(headings, rows, known), None)
    if below is not None:
        yield Message("tables-below", {"row": below})


def _blank_columns(headings: Sequence[str], rows: Sequence[Row]) -> Iterator[int]:
    """Yield the first column without a filled cell between two that each belong to several headings."""
    filled = [column for column, text in enumerate(headings) if text]
    gaps = (column for column in range(len(headings)) if column not in filled)
    inner = (
        column
        for column in gaps
        if min(sum(each < column for each in filled), sum(each > column for each in filled)) >= _LEAST
    )
    blank = (
        column
        for column in inner
        if not any(len(cells) > column and cells[column].strip() for _, cells in rows)
    )
    yield from islice(blank, 1)


def _headers_below(headings: Sequence[str], rows: Sequence[Row], known: Collection[str]) -> Iterator[int]:
    """Yield the lines that repeat the headings, or that look like others after a blank line."""
    first = next((column for column, text in enumerate(headings) if text), 0)
    before = 0
    for place, (row, cells) in enumerate(rows):
        repeats = len(cells) > first and cells[first].strip() == headings[first] and _repeats(headings, cells)
        sample = rows[max(0, place - _SAMPLE_ROWS) : place]
        if repeats or (sample and row > before + 1 and _heads(cells, sample, known)):
            yield row
        before = row


def _repeats(headings: Sequence[str], cells: Sequence[str]) -> bool:
    pairs = zip(headings, cells, strict=False)
    return sum(1 for heading, cell in pairs if heading and heading == cell.strip()) >= _LEAST


def _heads(cells: list[str], above: Sequence[Row], known: Collection[str]) -> bool:
    return recognised(cells, known) >= _LEAST or _differs(cells, above)


def _differs(cells: Sequence[str], above: Sequence[Row]) -> bool:
    """Tell whether a row has only text, and some of it where those above have only numbers."""
    filled = [column for column, text in enumerate(cells) if text.strip()]
    if len(filled) < _LEAST or any(_is_number(cells[column]) for column in filled):
        return False
    for column in filled:
        if any(map(str.isdigit, cells[column])):  # a code with letters: `2A004`
            continue
        there = [row[column] for _, row in above if len(row) > column and row[column].strip()]
        if len(there) >= _LEAST and all(map(is_figure, there)):
            return True
    return False


def _is_number(text: str) -> bool:
    return is_figure(text) and not _YEAR.fullmatch(text.strip())
