"""Read a file of SQLite without a byte written to it, also while another program has it open.

Who opens a file in WAL mode to read it, as QGIS leaves one, takes in what waits beside it, or makes files
there. Such a file is read as a copy, with what waits beside it: no row of it is missed.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from geocontracts.errors import RegisterError, why
from geocontracts.records.formats.beside import pending, refuse_beside
from geocontracts.records.formats.endless import refuse_endless
from geocontracts.records.formats.foreign import distrust, is_wal, refuse_journal, refuse_large_copy
from geocontracts.scratch import scratch_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def at_rest(path: Path) -> Iterator[Path]:
    """Give the path of a file that reading does not change: `path` itself, or a copy for the time.

    What is said of the copy is said of `path`.

    Raises:
        RegisterError: a part of it cannot be read, is too large to copy, or is a journal made to harm.
        OutputError: there is no room for a copy.
    """
    real = path.resolve() if path.is_symlink() else path  # beside which SQLite looks for what waits
    refuse_beside(real)
    parts = (real, *pending(real))
    if len(parts) == 1 and not is_wal(path):
        refuse_endless(path)
        yield path
        return
    refuse_large_copy(sum(part.stat().st_size for part in parts), path)
    with scratch_folder() as folder:
        place = folder / path.name
        for part in parts:
            copied = place.with_name(path.name + part.name.removeprefix(real.name))
            _copy(part, copied)
            if copied.name == f"{path.name}-journal":
                refuse_journal(copied, path)
        try:
            _take_in(place, has_waiting=len(parts) > 1)
            refuse_large_copy(place.stat().st_size, path)  # what waited tells a size as well
            yield place
        except RegisterError as error:
            if error.message.facts.get("file") != str(place):
                raise
            raise RegisterError(error.message.key, **{**error.message.facts, "file": str(path)}) from error


def _take_in(place: Path, *, has_waiting: bool) -> None:
    """Have SQLite take in what waits beside a copy, and write it from now on as one file.

    The list of its tables is not read before it was looked at, with what waited.

    Raises:
        RegisterError: it cannot be taken in, and rows would be missing; the file is broken.
    """
    try:
        with closing(sqlite3.connect(place)) as base:
            distrust(base)
            base.execute("PRAGMA user_version")  # in the head of the file; the rest is done at the close
        if any(each.name.endswith("-wal") for each in pending(place)):
            msg = "database is locked"
            raise sqlite3.OperationalError(msg)
        refuse_endless(place)
        with closing(sqlite3.connect(place)) as base:
            distrust(base)
            base.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error as error:
        key = "base-waiting" if has_waiting else "file-broken"
        raise RegisterError(key, file=str(place), said=str(error)) from error


def _copy(source: Path, target: Path) -> None:
    try:
        shutil.copyfile(source, target)
    except OSError as error:
        if str(error.filename) == str(source):
            raise RegisterError("file-unreadable", file=str(source), why=why(error)) from error
        raise
