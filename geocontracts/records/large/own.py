"""Read a long text by our own rules, row by row: what `formats/lines.py` does of a whole text."""

from __future__ import annotations

import codecs
import csv
from collections import deque
from typing import TYPE_CHECKING

from geocontracts.records.formats.limits import LARGEST_CELL, refuse_long_cells
from geocontracts.records.formats.lines import TOLD_DELIMITER, is_filled, loose_cells, sight, swallowed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from geocontracts.records.large.survey import Survey

_BY_BYTE = "geocontracts-windows-1252-stream"


def read_rows(path: Path, survey: Survey, delimiter: str) -> Iterator[tuple[int, list[str], bool]]:
    """Yield the rows of a text that have a filled cell: number, cells, and whether a quote is stray.

    Rows are numbered as a spreadsheet shows them (`formats/sheet.py`). Zero bytes are taken out.

    Raises:
        RegisterError: a cell is longer than any should be.
    """
    codecs.register_error(_BY_BYTE, _read_byte)
    csv.field_size_limit(LARGEST_CELL)
    encoding = "utf-8-sig" if survey.encoding == "utf-8" else survey.encoding
    errors = _BY_BYTE if survey.is_mixed else "strict"
    with path.open(encoding=encoding, errors=errors, newline="") as text:
        lines = _Ahead(_without_zeros(text))
        first = next(lines, "")
        if not TOLD_DELIMITER.fullmatch(first):
            lines.taken = [first] if first else []
            lines.give_back(0)
        yield from _rows(lines, delimiter, path)


def _rows(lines: _Ahead, delimiter: str, path: Path) -> Iterator[tuple[int, list[str], bool]]:
    width = number = 0
    while True:
        lines.taken = []
        cells, is_stray = _record(lines, delimiter, width), False
        if cells is None and not lines.taken:
            return
        if cells is None:
            lines.vain += len(lines.taken)
            lines.give_back(1)
            cells = loose_cells(lines.taken[0], delimiter)
            is_stray = True
        number += 1
        refuse_long_cells(number, cells, path)
        if is_filled(cells):
            width = width or len(cells)
            yield number, cells, is_stray


def _record(lines: _Ahead, delimiter: str, width: int) -> list[str] | None:
    """Return the cells of the next row; None where there is none, or where its quotes are stray."""
    try:
        cells = next(csv.reader(lines, delimiter=delimiter, strict=True), None)
    except csv.Error:
        return None
    if cells and len(lines.taken) > 1 and swallowed(cells, delimiter, width or len(cells)):
        return None
    return cells


class _Ahead:
    """Lines, of which those that a row has taken can be given back."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._back: deque[str] = deque()
        self.taken: list[str] = []
        self.vain = 0

    def __iter__(self) -> _Ahead:
        return self

    def __next__(self) -> str:
        if len(self.taken) >= sight(self.vain):
            raise StopIteration
        line = self._back.popleft() if self._back else next(self._lines)
        self.taken.append(line)
        return line

    def give_back(self, kept: int) -> None:
        """Give back all lines that were taken but the first `kept`."""
        self._back.extendleft(reversed(self.taken[kept:]))
        del self.taken[max(kept, 1) :]


def _without_zeros(lines: Iterable[str]) -> Iterator[str]:
    return (line.replace("\0", "") if "\0" in line else line for line in lines)


def _read_byte(error: UnicodeError) -> tuple[str, int]:
    """Read bytes that are no UTF-8 as Windows-1252, in a text that mixes both."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end
