"""Read a file of SQLite without a byte written to it, also while another program has it open.

Who opens a file in WAL mode to read it, as QGIS leaves one, takes in what waits beside it, or makes files
there. Such a file is read as a copy, with what waits beside it: no row of it is missed.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING

from geocontracts.errors import RegisterError, why
from geocontracts.records.formats.beside import pending
from geocontracts.scratch import scratch_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_HEAD = b"SQLite format 3\0"
_WAL = 2  # in bytes 18 and 19, how the file is written and read (https://www.sqlite.org/fileformat.html)


@contextmanager
def at_rest(path: Path) -> Iterator[Path]:
    """Give the path of a file that reading does not change: `path` itself, or a copy for the time.

    What is said of the copy is said of `path`.

    Raises:
        RegisterError: a part of it cannot be read.
        OutputError: there is no room for a copy.
    """
    if not (_is_wal(path) or pending(path)):
        yield path
        return
    with scratch_folder() as folder:
        place = folder / path.name
        for part in (path, *pending(path)):
            _copy(part, folder / part.name)
        with suppress(sqlite3.Error), closing(sqlite3.connect(place)) as base:  # else told by who reads it
            base.execute("PRAGMA journal_mode = DELETE")
        try:
            yield place
        except RegisterError as error:
            if error.message.facts.get("file") != str(place):
                raise
            raise RegisterError(error.message.key, **{**error.message.facts, "file": str(path)}) from error


def _is_wal(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(len(_HEAD) + 4)
    return head.startswith(_HEAD) and _WAL in head[18:20]


def _copy(source: Path, target: Path) -> None:
    try:
        shutil.copyfile(source, target)
    except OSError as error:
        if str(error.filename) == str(source):
            raise RegisterError("file-unreadable", file=str(source), why=why(error)) from error
        raise
