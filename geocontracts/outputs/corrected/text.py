"""Columns added to text with separators: what stood there stays byte for byte."""

from __future__ import annotations

import codecs
import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

from geocontracts.outputs.corrected.formulas import both, formulas_kept
from geocontracts.records.formats.lines import split_records
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


def with_columns(sheet: Sheet, added: Added) -> Written:
    """Return the file with cells at the end of each row, and what could not be kept.

    Encoding, mark, separator, line ends, blank lines and the lines above the header stay.

    Raises:
        RegisterError: the file changed since it was read, and a cell has no end.
    """
    content = sheet.origin.path.read_bytes() if sheet.origin.path else b""
    mark = next((mark for mark in _MARKS if content.startswith(mark)), b"")
    encoding = _MARKS.get(mark) or sheet.origin.encoding.removesuffix("-sig")
    # Bytes that are not of the encoding (files glued together) come out as they went in.
    errors = "surrogateescape" if encoding == "utf-8" else "strict"
    text = content[len(mark) :].decode(encoding, errors)
    lines = list(io.StringIO(text, newline=""))
    records = split_records(text.replace("\0", ""), sheet.origin.delimiter, sheet.origin.path or Path())
    ends = [*records.starts[1:], len(lines)]
    kept = formulas_kept(sheet, enumerate(records.cells, 1))
    rows = sorted({added.header_line, *(row for row, _ in sheet.rows)})
    width = max(len(records.cells[row - 1]) for row in rows)
    for row in rows:
        last = ends[row - 1] - 1
        line = lines[last].rstrip("\r\n")
        cells = [""] * (width - len(records.cells[row - 1])) + list(added.at(row))
        told = sheet.origin.delimiter + _row(cells, sheet.origin.delimiter)
        lines[last] = f"{line}{told}{lines[last][len(line) :]}"
    body, note = _encoded("".join(lines), encoding, mark, errors)
    return body, both(note, kept)


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
