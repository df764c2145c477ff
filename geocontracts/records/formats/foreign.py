"""Open a file of SQLite that somebody else wrote: nothing that it brings is run, and it is not written to.

SQLite runs what a file holds (views, triggers, computed columns) when it is read or changed, and does what
a journal beside it says: it takes a change back, and deletes the file that the journal names.
"""

from __future__ import annotations

import sqlite3
import struct
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from geocontracts.errors import RegisterError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HEAD = b"SQLite format 3\0"
_WAL = 2  # in bytes 18 and 19, how the file is written and read (https://www.sqlite.org/fileformat.html)
_MARK = bytes.fromhex("d9d505f920a163d7")  # begins a journal, and ends one that names another
_PAGES = 16, 28  # of a journal's head: pages that the file had, size of a sector, size of a page
LARGEST_COPY = 2_000_000_000  # bytes of a file and of what waits beside it, where it is read as a copy


def is_sqlite(path: Path) -> bool:
    """Say whether a file is one of SQLite, by its first bytes."""
    return _begins(path, len(HEAD)) == HEAD


def is_wal(path: Path) -> bool:
    """Say whether a file is one of SQLite to which changes are written beside it first."""
    head = _begins(path, len(HEAD) + 4)
    return head.startswith(HEAD) and _WAL in head[18:20]


def refuse_journal(journal: Path, path: Path) -> None:
    """Refuse a journal that names another file, which SQLite would delete, or a size that no list has.

    `path` is the file that the message names.

    Raises:
        RegisterError: it does.
        OSError: it cannot be read.
    """
    with journal.open("rb") as file:
        head = file.read(_PAGES[1])
        file.seek(max(0, journal.stat().st_size - len(_MARK)))
        tail = file.read()
    if tail == _MARK:  # the name stands before it (https://www.sqlite.org/fileformat.html, 3)
        raise RegisterError("base-journal", file=str(path), beside=f"{path.name}-journal")
    if len(head) == _PAGES[1]:
        pages, _, page = struct.unpack(">III", head[slice(*_PAGES)])
        refuse_large_copy(pages * page, path)


def refuse_large_copy(size: int, path: Path) -> None:
    """Refuse to copy a file that has more bytes, with what waits beside it, than a copy may.

    Raises:
        RegisterError: it has.
    """
    if size > LARGEST_COPY:
        facts = {"size": size / 1e6, "limit": LARGEST_COPY // 1_000_000}
        raise RegisterError("base-large", file=str(path), **facts)


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection | None]:
    """Open a file of SQLite, only to be read; None for a file of another format.

    Raises:
        RegisterError: the file is broken.
    """
    if not is_sqlite(path):
        yield None
        return
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as base:
            distrust(base)
            yield base
    except sqlite3.Error as error:
        raise RegisterError("file-broken", file=str(path), said=str(error)) from error


def distrust(base: sqlite3.Connection) -> None:
    """Have a connection run no trigger and no view, attach no file, and give its functions to no schema.

    What would run one is not done, and fails.
    """
    base.execute("PRAGMA trusted_schema = OFF")
    base.execute("PRAGMA cell_size_check = ON")
    base.set_authorizer(_allowed)


def _allowed(
    action: int, _first: str | None, _second: str | None, _base: str | None, within: str | None
) -> int:
    """Allow what we ask for ourselves; `within` is the trigger or view that asks."""
    is_refused = within is not None or action in {sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH}
    return sqlite3.SQLITE_DENY if is_refused else sqlite3.SQLITE_OK


def quoted(name: str) -> str:
    """Return the name of a table or column as SQL has it."""
    return '"' + name.replace('"', '""') + '"'


def _begins(path: Path, count: int) -> bytes:
    with path.open("rb") as file:
        return file.read(count)
