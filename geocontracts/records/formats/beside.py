"""What lies beside a file and is read with it: the parts of a shapefile, what SQLite has not yet taken in."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

from geocontracts.errors import RegisterError
from geocontracts.records.formats.foreign import is_sqlite

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PARTS = (".dbf", ".shx", ".prj", ".cpg")
_PENDING = ("-wal", "-journal")
_OPENED = (*_PENDING, "-shm")


def files_of(path: Path) -> tuple[Path, ...]:
    """Return all files that a table consists of, `path` first."""
    return (path, *read_with(path))


def read_with(path: Path) -> tuple[Path, ...]:
    """Return the files that are read with `path` and hold anything, in one order.

    The endings of a shapefile may be in small or capital letters.
    """
    parts = _PARTS if path.suffix.lower() == ".shp" else ()
    return (*(part for suffix in parts for part in _cased(path, suffix)), *pending(path))


def pending(path: Path) -> tuple[Path, ...]:
    """Return what a program has written beside a file of SQLite, and not yet into it; nothing for another."""
    if not _is_base(path):
        return ()
    beside = (path.with_name(path.name + suffix) for suffix in _PENDING)
    return tuple(each for each in beside if os.path.isfile(each) and each.stat().st_size)  # noqa: PTH113 - see below


def refuse_beside(path: Path) -> None:
    """Refuse a file of SQLite beside which a pipe, a folder or the like has a name that SQLite would open.

    Of a pipe it would wait for ever.

    Raises:
        RegisterError: there is one.
    """
    for suffix in _OPENED if _is_base(path) else ():
        each = path.with_name(path.name + suffix)
        if os.path.lexists(each) and not os.path.isfile(each):  # noqa: PTH113 - see below
            raise RegisterError("base-beside", file=str(path), beside=each.name)


# `os.path.isfile` takes a name that is too long for the disk as that of no file; `Path.is_file` raises.
def _is_base(path: Path) -> bool:
    with contextlib.suppress(OSError):  # which is told by who reads it
        return os.path.isfile(path) and is_sqlite(path)  # noqa: PTH113 - see above
    return False


def _cased(path: Path, suffix: str) -> Iterator[Path]:
    """Give the files of an ending, that in the letters of `path` first; some disks tell no case."""
    is_capital = path.suffix.isupper()
    seen = set()
    for ending in sorted({suffix, suffix.upper()}, reverse=not is_capital):
        place = path.with_suffix(ending)
        with contextlib.suppress(FileNotFoundError):
            found = place.stat()
            if found.st_size and (found.st_dev, found.st_ino) not in seen:
                seen.add((found.st_dev, found.st_ino))
                yield place
