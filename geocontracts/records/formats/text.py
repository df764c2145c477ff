"""Read text with separators (CSV, TSV, TXT) as rows with the lines they start on."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from geocontracts.errors import RegisterError
from geocontracts.records.formats.encoding import decode
from geocontracts.records.formats.grid import Grid
from geocontracts.records.formats.headings import folded
from geocontracts.records.formats.sheet import Origin
from geocontracts.words import Message

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

_DELIMITERS = ";,\t|"
_TOLD_DELIMITER = re.compile(
    r"sep=(.)(\r\n?|\n|$)", re.IGNORECASE
)  # a first line that Excel writes and reads
_LARGEST_CELL = 1 << 20
_SAMPLE_ROWS = 60
_SAMPLE_LETTERS = 1 << 18
_AGREEING = 0.6  # of the lines, before a sign that no known heading speaks for is a separator


def read_text(path: Path, content: bytes, known: Collection[str]) -> Grid:
    """Read the bytes of a text file.

    Raises:
        RegisterError: it is no text, in an unknown encoding, or a cell has no end.
    """
    decoded = decode(content, path)
    text = decoded.text
    told = _TOLD_DELIMITER.match(text)
    delimiter = told[1] if told else _delimiter(text, known)
    newline = re.search(r"\r\n?|\n", text)
    origin = Origin(
        "csv",
        path.name,
        path,
        encoding=decoded.encoding,
        delimiter=delimiter,
        newline=newline[0] if newline else "\n",
    )
    grid = Grid(origin, [], decoded.notes)
    csv.field_size_limit(_LARGEST_CELL)
    try:
        grid.rows.extend(_strict_rows(text, delimiter))
    except csv.Error:
        grid.rows[:] = _careful_rows(text, delimiter, grid.notes, path)
    if told:
        grid.rows[:] = [row for row in grid.rows if row[0] > 1]
    return grid


def _strict_rows(text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    """Return the rows of a text whose quotes are right, with the lines they start on.

    Raises:
        csv.Error: they are not, or a cell seems to have swallowed other rows.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows = list(reader)
    if reader.line_num == len(rows):  # no cell has a line end, as in nearly all files
        return [(line, cells) for line, cells in enumerate(rows, 1) if _is_filled(cells)]
    return list(_counted_rows(text, delimiter))


def _counted_rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line, width = 1, 0
    for cells in reader:
        if _is_filled(cells):
            width = width or len(cells)
            if reader.line_num > line and _swallowed(cells, delimiter, width):
                msg = "a quote that was not closed"
                raise csv.Error(msg)
            yield line, cells
        line = reader.line_num + 1


def _is_filled(cells: list[str]) -> bool:
    return bool(cells) and (bool(cells[0].strip()) or any(map(str.strip, cells)))


def _swallowed(cells: list[str], delimiter: str, width: int) -> bool:
    """Tell whether a line inside a quoted cell has all the separators of a row."""
    least = max(width - 1, 1)
    inner = (line for cell in cells if "\n" in cell or "\r" in cell for line in cell.splitlines()[1:])
    return any(line.count(delimiter) >= least for line in inner) and width > 1


def _careful_rows(
    text: str, delimiter: str, notes: list[Message], path: Path
) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a text with stray quotes: those are kept as letters, and said."""
    lines = list(io.StringIO(text, newline=""))
    width = 0
    start = 0
    while start < len(lines):
        cells, used = _record(lines, start, delimiter, width)
        if cells is None:
            cells, used = _loose_cells(lines[start], delimiter), 1
            near = next((cell for cell in cells if '"' in cell), lines[start])
            notes.append(Message("quote-stray", {"row": start + 1, "near": near}))
        if any(len(cell) > _LARGEST_CELL for cell in cells):
            raise RegisterError("cell-too-large", file=str(path), row=start + 1, most=_LARGEST_CELL)
        if _is_filled(cells):
            width = width or len(cells)
            yield start + 1, cells
        start += used


def _record(lines: list[str], start: int, delimiter: str, width: int) -> tuple[list[str] | None, int]:
    """Return the cells of the row that starts on a line and how many lines it takes, or None."""
    reader = csv.reader(islice(lines, start, None), delimiter=delimiter, strict=True)
    try:
        cells = next(reader)
    except (csv.Error, StopIteration):
        return None, 1
    if reader.line_num > 1 and _swallowed(cells, delimiter, width or len(cells)):
        return None, 1
    return cells, reader.line_num


def _loose_cells(line: str, delimiter: str) -> list[str]:
    """Split one line; a cell is quoted only when its quotes end where it ends."""
    mark = re.escape(delimiter)
    pattern = re.compile(rf'"((?:[^"]|"")*)"(?={mark}|$)|([^{mark}]*)')
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


def _delimiter(text: str, known: Collection[str]) -> str:
    """Return the separator that knows most headings, then on which most lines agree."""
    sample = text[:_SAMPLE_LETTERS]

    def score(delimiter: str) -> tuple[int, bool, int, bool, int]:
        rows = _sample_rows(sample, delimiter)
        widths = Counter(len(cells) for cells in rows)
        width, agreeing = max(widths.items(), key=lambda item: (item[0] > 1, item[1]), default=(1, 0))
        recognised = max((len({folded(cell) for cell in cells} & set(known)) for cells in rows), default=0)
        if width == 1 or (recognised < 2 and agreeing < _AGREEING * len(rows)):  # noqa: PLR2004 - one may be chance
            return recognised, False, 0, False, 0
        # a mark of punctuation is followed by a space, a separator seldom
        is_tight = sample.count(delimiter) > 2 * sample.count(f"{delimiter} ")
        return recognised, is_tight, agreeing, len(rows[0]) == width, width

    return max(_DELIMITERS, key=score)


def _sample_rows(sample: str, delimiter: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    rows: list[list[str]] = []
    try:
        for cells in reader:
            if _is_filled(cells):
                rows.append(cells)
            if len(rows) == _SAMPLE_ROWS:
                break
    except csv.Error:  # a quote without end: what was read before it is enough
        pass
    return rows
