"""Count the rows of a text with separators as a spreadsheet shows them, and find them in the text.

Each record is one row, however many lines its quoted cells take; blank lines are rows; a
first line such as `sep=;`, which Excel hides, is none.
"""

from __future__ import annotations

import csv
import io
import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from geocontracts.records.formats.limits import LARGEST_CELL, refuse_long_cells, refuse_long_text
from geocontracts.words import Message

if TYPE_CHECKING:
    from _csv import Reader as _Reader
    from collections.abc import Iterable, Iterator
    from pathlib import Path

TOLD_DELIMITER = re.compile(
    r"sep=([^\r\n\"a-z0-9])(\r\n?|\n|$)", re.IGNORECASE
)  # a first line that Excel writes, reads and hides; a letter or a figure parts no cells
# A row whose quotes are astray is looked for over many lines, until too many were looked at in vain.
_FAR, _NEAR, _IN_VAIN = 10_000, 50, 2_000_000
# A cell between quotes, which may hold line ends, or the line end of a row.
_QUOTED_OR_END = re.compile(r'(?<![^;,\t|\r\n])"(?:[^"]++|"")*+"(?=[;,\t|\r\n]|\Z)|(\r\n?|\n)')


@dataclass
class Records:
    """The rows of a text, blank ones too: `cells[0]` is row 1, and begins on line `starts[0]`.

    Lines are those of the text, from 0. `notes` name the rows with stray quotes.
    """

    cells: list[list[str]]
    starts: list[int]
    notes: list[Message] = field(default_factory=list)

    def filled(self) -> list[tuple[int, list[str]]]:
        """Return the rows that have a filled cell, with their numbers."""
        return [(row, cells) for row, cells in enumerate(self.cells, 1) if is_filled(cells)]


def told_delimiter(text: str) -> str | None:
    """Return the separator that the first line of a text tells, if that is what it is for."""
    told = TOLD_DELIMITER.match(text)
    return told[1] if told else None


def split_records(text: str, delimiter: str, path: Path) -> Records:
    """Split a text into its rows.

    A stray quote, which seems to swallow other rows, is kept as a letter, and said.

    Raises:
        RegisterError: a cell has no end, or there is more than a table may hold.
    """
    refuse_long_text(text, delimiter, path)
    told = TOLD_DELIMITER.match(text)
    body, first = (text[told.end() :], 1) if told else (text, 0)
    csv.field_size_limit(LARGEST_CELL)
    try:
        cells, starts = _strict(body, delimiter)
        records = Records(cells, starts)
    except csv.Error:
        records = _careful(body, delimiter, path)
    if first:
        records.starts = [start + first for start in records.starts]
    return records


def rows_at(text: str, places: Iterable[int]) -> list[int]:
    """Return the rows in which some places of a text stand, before its separator is known."""
    ends = [found.end() for found in _QUOTED_OR_END.finditer(text) if found[1]]
    if TOLD_DELIMITER.match(text):
        ends = ends[1:]
    return [bisect_right(ends, place) + 1 for place in places]


def is_filled(cells: list[str]) -> bool:
    """Tell whether a row has a cell with anything but blanks."""
    return bool(cells) and (bool(cells[0].strip()) or any(map(str.strip, cells)))


def _strict(text: str, delimiter: str) -> tuple[list[list[str]], list[int]]:
    """Split a text whose quotes are right.

    Raises:
        csv.Error: they are not, or a cell seems to have swallowed other rows.
    """
    reader = _reader(text, delimiter)
    rows = list(reader)
    if reader.line_num == len(rows):  # no cell has a line end, as in nearly all files
        return rows, list(range(len(rows)))
    reader = _reader(text, delimiter)
    ends = [0, *(reader.line_num for _ in reader)]
    width = next((len(cells) for cells in rows if is_filled(cells)), 0)
    for cells, (start, end) in zip(rows, pairwise(ends), strict=True):
        if end > start + 1 and swallowed(cells, delimiter, width):
            msg = "a quote that was not closed"
            raise csv.Error(msg)
    return rows, ends[:-1]


def _reader(text: str, delimiter: str) -> _Reader:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)


def swallowed(cells: list[str], delimiter: str, width: int) -> bool:
    """Tell whether a line inside a quoted cell has all the separators of a row."""
    least = max(width - 1, 1)
    inner = (line for cell in cells if "\n" in cell or "\r" in cell for line in cell.splitlines()[1:])
    return any(line.count(delimiter) >= least for line in inner) and width > 1


def _careful(text: str, delimiter: str, path: Path) -> Records:
    """Split a text with stray quotes."""
    records = Records([], [])
    for row, (start, cells, stray) in enumerate(_careful_rows(text, delimiter), 1):
        if stray is not None:
            records.notes.append(Message("quote-stray", {"row": row, "near": stray}))
        refuse_long_cells(row, cells, path)
        records.cells.append(cells)
        records.starts.append(start)
    return records


def _careful_rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str], str | None]]:
    """Yield the rows of a text: their first line, their cells, and a cell with a stray quote."""
    lines = list(io.StringIO(text, newline=""))
    width = start = vain = 0
    while start < len(lines):
        cells, used = _record(lines, range(start, min(start + sight(vain), len(lines))), delimiter, width)
        stray = None
        if cells is None:
            vain += used
            cells, used = loose_cells(lines[start], delimiter), 1
            stray = next((cell for cell in cells if '"' in cell), lines[start])
        if is_filled(cells):
            width = width or len(cells)
        yield start, cells, stray
        start += used


def sight(vain: int) -> int:
    """Return over how many lines a row is looked for, when so many were looked at in vain.

    Without an end to it, lines that each open a quote would be read to the end of the file, each of them.
    """
    return _FAR if vain < _IN_VAIN else _NEAR


def _record(lines: list[str], seen: range, delimiter: str, width: int) -> tuple[list[str] | None, int]:
    """Return the cells of the row that starts the lines `seen`, or None, and how many were looked at."""
    reader = csv.reader(map(lines.__getitem__, seen), delimiter=delimiter, strict=True)
    try:
        cells = next(reader)
    except (csv.Error, StopIteration):
        return None, max(reader.line_num, 1)
    if reader.line_num > 1 and swallowed(cells, delimiter, width or len(cells)):
        return None, reader.line_num
    return cells, reader.line_num


def loose_cells(line: str, delimiter: str) -> list[str]:
    """Split one line; a cell is quoted only when its quotes end where it ends."""
    mark = re.escape(delimiter)
    pattern = re.compile(rf'"((?:[^"]++|"")*+)"(?={mark}|$)|([^{mark}]*)')
    plain = line.rstrip("\r\n")
    cells: list[str] = []
    place = 0
    while place <= len(plain):
        found = pattern.match(plain, place)
        if not found:  # the second branch matches anything, be it empty
            break
        cells.append(found[2] if found[1] is None else found[1].replace('""', '"'))
        place = found.end() + 1
    return cells
