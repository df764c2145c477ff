"""The files that a table is read from, each with the hash of the very bytes that were read."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from geocontracts.files import FileMark, mark_of
from geocontracts.records.formats.beside import files_of

if TYPE_CHECKING:
    from pathlib import Path

    from geocontracts.records.formats.sheet import Sheet


def marks_of(path: Path) -> tuple[FileMark, ...]:
    """Return how a file, and what is read with it, is known again.

    Raises:
        OSError: one of them cannot be read.
    """
    return tuple(map(mark_of, files_of(path)))


def mark_of_cells(sheet: Sheet) -> FileMark:
    """Return how the table of a database is known again: by the cells that were read, a line a row."""
    lines = [json.dumps(cells, ensure_ascii=False) for cells in (list(sheet.header), *_cells(sheet))]
    content = "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")
    return FileMark(sheet.origin.name, len(content), hashlib.sha256(content).hexdigest())


def _cells(sheet: Sheet) -> list[list[str]]:
    return [cells for _, cells in sheet.rows]
