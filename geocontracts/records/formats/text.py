"""Read text with separators (CSV, TSV, TXT) as the rows that a spreadsheet shows of it."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from typing import TYPE_CHECKING

from geocontracts.records.formats.encoding import decode
from geocontracts.records.formats.grid import Grid
from geocontracts.records.formats.headings import folded
from geocontracts.records.formats.lines import is_filled, split_records, told_delimiter
from geocontracts.records.formats.sheet import Origin

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

_DELIMITERS = ";,\t|"
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
    delimiter = told_delimiter(text) or _delimiter(text, known)
    newline = re.search(r"\r\n?|\n", text)
    origin = Origin(
        "csv",
        path.name,
        path,
        encoding=decoded.encoding,
        delimiter=delimiter,
        newline=newline[0] if newline else "\n",
    )
    records = split_records(text, delimiter, path)
    return Grid(origin, records.filled(), [*decoded.notes, *records.notes])


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
            if is_filled(cells):
                rows.append(cells)
            if len(rows) == _SAMPLE_ROWS:
                break
    except csv.Error:  # a quote without end: what was read before it is enough
        pass
    return rows
