"""How much one table may hold, so that no file can take all of the memory or never end.

The bounds are wide of any list that people keep. Above half a million rows a map takes minutes and more
memory than an office machine has (measured: 103 s and 6.7 GB for a million). What is above is
refused with what was found; a list that is really longer is for `geocontracts grants`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.errors import RegisterError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

MOST_ROWS = 1_048_576  # as many as a sheet of a workbook has
MOST_LISTED = 500_000  # rows of a list that is held whole: some 3.5 GB in `map`
MOST_COLUMNS = 16_384  # the same
MOST_CELLS = 1 << 25  # 33,554,432: 32 columns of a full sheet; some 2 GB
LARGEST_CELL = 1 << 20  # characters
LARGEST_TEXT = 500_000_000  # bytes of a CSV or a GeoJSON
LARGEST_PAGE = 50_000_000  # bytes of a web page, which takes a second for each million
_MOST_LINES = 4 * MOST_ROWS  # of a text: a row may take several, between quotes
_LONGEST_LINE = 16 * LARGEST_CELL


def refuse_large_file(path: Path, limit: int) -> None:
    """Refuse a file that is read at once and has more than `limit` bytes.

    Raises:
        RegisterError: it has.
        OSError: it cannot be looked at.
    """
    size = path.stat().st_size
    if size > limit:
        raise RegisterError("file-huge", file=str(path), size=size / 1e6, limit=limit // 1_000_000)


def refuse_long_text(text: str, delimiter: str, path: Path) -> None:
    """Refuse a text of too many lines or cells, or with a line that is too long, before it is split.

    Raises:
        RegisterError: it is so.
    """
    lines = max(text.count("\n"), text.count("\r"))
    if lines > _MOST_LINES:
        raise RegisterError("table-long", file=str(path), count=lines, limit=MOST_LISTED)
    refuse_cells(lines + text.count(delimiter), path)
    start = 0
    while start + _LONGEST_LINE < len(text):
        stop = start + _LONGEST_LINE
        end = max(text.rfind("\n", start, stop), text.rfind("\r", start, stop))
        if end < start:
            ends = [text.count(each, 0, start) for each in ("\n", "\r", "\r\n")]
            row = ends[0] + ends[1] - ends[2] + 1
            key = "line-blank" if _is_blank(text[start:stop]) else "line-too-long"
            raise RegisterError(key, file=str(path), row=row, limit=_LONGEST_LINE)
        start = end + 1


def refuse_rows(count: int, path: Path | str) -> None:
    """Refuse a table of more rows than are held whole.

    Raises:
        RegisterError: it has more.
    """
    if count > MOST_LISTED:
        raise RegisterError("table-long", file=str(path), count=count, limit=MOST_LISTED)


def refuse_columns(count: int, path: Path | str) -> None:
    """Refuse a table of more columns than a sheet can have.

    Raises:
        RegisterError: it has more.
    """
    if count > MOST_COLUMNS:
        raise RegisterError("table-wide", file=str(path), count=count, limit=MOST_COLUMNS)


def refuse_cells(count: int, path: Path | str) -> None:
    """Refuse a table of too many cells.

    Raises:
        RegisterError: it has too many.
    """
    if count > MOST_CELLS:
        raise RegisterError("table-cells", file=str(path), count=count, limit=MOST_CELLS)


def refuse_long_cells(line: int, cells: Sequence[str], path: Path | str) -> None:
    """Refuse a row with a cell that is longer than any should be.

    Raises:
        RegisterError: there is one.
    """
    if max(map(len, cells), default=0) > LARGEST_CELL:
        key = "cell-blank" if _is_blank(max(cells, key=len)) else "cell-too-large"
        raise RegisterError(key, file=str(path), row=line, most=LARGEST_CELL)


def _is_blank(text: str) -> bool:
    """Say whether most of a text is blanks: it is padding that is too long then, no quote is astray."""
    return 2 * sum(map(len, text.split())) < len(text)
