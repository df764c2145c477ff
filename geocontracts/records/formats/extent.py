"""How far the cells of a workbook reach, before a reader takes memory for all that lies between them."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from itertools import chain
from xml.parsers import expat

from geocontracts.records.formats.limits import LARGEST_CELL, MOST_CELLS, MOST_COLUMNS, MOST_ROWS

_PLAIN = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,8})"')
_LARGE_ROW = re.compile(rb"""<(?:\w+:)?row\b[^<>]*?\br\s*=\s*["'](\d{7,})""")
_WRITTEN = re.compile(r"\$?([A-Za-z]{1,9})\$?(\d{1,20})")
_ENDS = (b" ", b">", b"/", b"\t", b"\n", b"\r")
MOST_TEXT = 1 << 28  # characters that the cells of an ODS repeat
_MOST_LETTERS = 3

_ODS = re.compile(rb"""<table:(table-row|table-cell|covered-table-cell)\b((?:[^>"']|"[^"]*"|'[^']*')*+)>""")
_REPEATED = re.compile(rb"""table:number-(?:rows|columns)-repeated\s*=\s*["']\s*(\d+)""")
_SPACES = re.compile(rb"""text:c\s*=\s*["']\s*(\d+)""")


@dataclass
class Extent:
    """The last row and column that have a cell, and how many cells there are.

    `is_plain` says that they are written as nearly all programs do; of others, only those with a value count.
    """

    high: int = 0
    wide: int = 0
    cells: int = 0
    is_plain: bool = True

    def add(self, row: int, column: int) -> None:
        """Count a cell.

        Raises:
            zipfile.BadZipFile: it stands where no sheet has one.
        """
        if row > MOST_ROWS or column > MOST_COLUMNS:
            msg = f"R{row}C{column}"
            raise zipfile.BadZipFile(msg)
        self.high, self.wide, self.cells = max(self.high, row), max(self.wide, column), self.cells + 1


def extent_of(xml: bytes) -> Extent:
    """Return how far the cells of a worksheet reach, those without a value included.

    Raises:
        zipfile.BadZipFile: a cell stands where no sheet has one, or this is no XML.
    """
    for row in _LARGE_ROW.finditer(xml):
        if int(row[1][:20]) > MOST_ROWS:
            raise zipfile.BadZipFile(row[1][:20].decode())
    tags = sum(xml.count(b"<c" + end) for end in _ENDS)
    found = Extent()
    if tags > MOST_CELLS:
        return Extent(MOST_ROWS, MOST_COLUMNS, tags)
    if not any(xml.count(b":c" + end) for end in _ENDS) and xml.count(b'<c r="') == tags:
        letters: set[bytes] = set()
        for cell in _PLAIN.finditer(xml):
            letters.add(cell[1])
            found.high = max(found.high, int(cell[2]))
            found.cells += 1
        if found.cells == tags:
            found.wide = max(map(column_number, letters), default=0)
            if found.high > MOST_ROWS or found.wide > MOST_COLUMNS:
                msg = f"R{found.high}C{found.wide}"
                raise zipfile.BadZipFile(msg)
            return found
    return _Parsed().read(xml)


class _Parsed:
    """Reads a worksheet whose XML is not written as nearly all are: prefixes, other quotes, no references."""

    def __init__(self) -> None:
        self._found = Extent(is_plain=False)
        self._row = self._column = 0
        self._at: tuple[int, int] | None = None

    def read(self, xml: bytes) -> Extent:
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        try:
            parser.Parse(xml, True)  # noqa: FBT003 - it is the last piece
        except expat.ExpatError as error:
            raise zipfile.BadZipFile(str(error)) from error
        return self._found

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        kind = name.rpartition(":")[2]
        if kind == "row":
            told = attributes.get("r", "").strip()
            self._row = int(told[:20]) if told.isdecimal() else self._row + 1
            self._column = 0
            if self._row > MOST_ROWS:
                msg = f"R{self._row}"
                raise zipfile.BadZipFile(msg)
        elif kind == "c":
            cell = _WRITTEN.fullmatch(attributes.get("r", "").strip())
            self._column = column_number(cell[1].upper().encode()) if cell else self._column + 1
            self._at = (int(cell[2]) if cell else self._row, self._column)
        elif kind in ("v", "is") and self._at:
            self._found.add(*self._at)
            self._at = None


def column_number(letters: bytes) -> int:
    """Return the number of a column, from 1; of more letters than any has, a number beyond all."""
    if len(letters) > _MOST_LETTERS:
        return MOST_COLUMNS + 1
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def ods_size(xml: bytes) -> tuple[int, int]:
    """Return how many filled cells an ODS has, each as often as it is repeated, and the signs it repeats.

    Raises:
        zipfile.BadZipFile: a cell is written to hold more spaces than any cell has signs.
    """
    if any(int(found[1][:20]) > LARGEST_CELL for found in _SPACES.finditer(xml)):
        raise zipfile.BadZipFile("text:s")
    has_spaces = _SPACES.search(xml) is not None
    cells, text, rows, repeated, start = 0, 0, 1, 0, -1
    for found in chain(_ODS.finditer(xml), (None,)):
        if start >= 0:  # the cell before, whose content ends here
            end = found.start() if found else len(xml)
            spaces = sum(int(each[1]) for each in _SPACES.finditer(xml, start, end)) if has_spaces else 0
            times = rows * repeated
            cells, text = cells + times, text + spaces * times + (end - start) * (times - 1)
            start = -1
        if found is None:
            break
        if found[1] == b"table-row":
            rows = _times(found[2])
        elif not found[2].endswith(b"/"):
            repeated, start = _times(found[2]), found.end()
    return cells, text


def _times(told: bytes) -> int:
    found = _REPEATED.search(told) if b"-repeated" in told else None
    return int(found[1][:20]) if found else 1
