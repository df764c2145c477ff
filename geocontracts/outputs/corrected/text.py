"""Columns added to text with separators: what stood there stays byte for byte."""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geocontracts.words import Message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geocontracts.outputs.corrected.columns import Added
    from geocontracts.outputs.corrected.write import Written
    from geocontracts.records.formats.sheet import Sheet

# UTF-32 stands first: its mark begins with that of UTF-16.
_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_LARGEST_CELL = 1 << 20


@dataclass(frozen=True)
class _Place:
    """Where a row stands: its first line, the one after its last, and how many cells it has."""

    start: int
    stop: int
    width: int


def with_columns(sheet: Sheet, added: Added) -> Written:
    """Return the file with cells at the end of each row, and what could not be kept.

    Encoding, mark, separator, line ends, blank lines and the lines above the header stay.
    """
    content = sheet.origin.path.read_bytes() if sheet.origin.path else b""
    mark = next((mark for mark in _MARKS if content.startswith(mark)), b"")
    encoding = _MARKS.get(mark) or sheet.origin.encoding.removesuffix("-sig")
    # Bytes that are not of the encoding (files glued together) come out as they went in.
    errors = "surrogateescape" if encoding == "utf-8" else "strict"
    text = content[len(mark) :].decode(encoding, errors)
    lines = list(io.StringIO(text, newline=""))
    known = [(added.header_line, len(sheet.header)), *((line, len(cells)) for line, cells in sheet.rows)]
    places = _places(lines, known, sheet.origin.delimiter)
    width = max(place.width for place in places)
    for place in places:
        end = lines[place.stop - 1]
        body = end.rstrip("\r\n")
        cells = [""] * (width - place.width) + list(added.at(place.start + 1))
        told = sheet.origin.delimiter + _row(cells, sheet.origin.delimiter)
        lines[place.stop - 1] = f"{body}{told}{end[len(body) :]}"
    return _encoded("".join(lines), encoding, mark, errors)


def _places(lines: Sequence[str], known: Sequence[tuple[int, int]], delimiter: str) -> list[_Place]:
    """Find where each row ends, of which the first line and the cells that were read are known.

    A row whose quotes do not end is one line, with as many cells as on reading.
    """
    csv.field_size_limit(_LARGEST_CELL)
    places = []
    ends = [*(line for line, _ in known[1:]), len(lines) + 1]
    for (first, read), following in zip(known, ends, strict=True):
        start = first - 1
        reader = csv.reader(lines[start : following - 1], delimiter=delimiter, strict=True)
        try:
            width, used = len(next(reader)), reader.line_num
        except (csv.Error, StopIteration):
            width, used = read, 1
        places.append(_Place(start, start + used, width))
    return places


def _row(cells: Sequence[str], delimiter: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="").writerow(cells)
    return out.getvalue()


def _encoded(text: str, encoding: str, mark: bytes, errors: str) -> Written:
    try:
        return mark + text.encode(encoding, errors), None
    except UnicodeEncodeError as error:
        wrong = error.object[error.start : error.end]
        facts = {"encoding": encoding, "sign": wrong}
        return codecs.BOM_UTF8 + text.encode(), Message("corrected-encoding", facts)
