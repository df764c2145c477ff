"""Tell that a file changes while it is read: rows of two states would be those of no file that ever was."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeAlias

from geocontracts.errors import RegisterError
from geocontracts.records.formats.beside import files_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Stamp: TypeAlias = tuple[tuple[int, int, int, int], ...]
"""Of each file that a table consists of: its size in bytes, when it was written (ns), which one it is, and
when anything of it was changed (ns), be it the time at which it seems to be written."""


def stamp_of(path: Path | None) -> Stamp | None:
    """Return what changes with a file, also when another one takes its place; None where there is none."""
    if path is None:
        return None
    try:
        found = [part.stat() for part in files_of(path)]
    except OSError:
        return None
    return tuple((each.st_size, each.st_mtime_ns, each.st_ino, each.st_ctime_ns) for each in found)


@contextmanager
def unchanged(path: Path, *, since: Stamp | None = None, key: str = "file-changed") -> Iterator[Stamp | None]:
    """Refuse what was read of a file that is not the same at the end as at the beginning, or as `since`.

    That is told also where the change made the reading fail: it is then no fault of the file.

    Raises:
        RegisterError: the file changed; the message is that of `key`.
    """
    before = since or stamp_of(path)
    try:
        yield before
    except Exception as error:  # whatever a reader says of a file that is two at once
        if before is not None and stamp_of(path) != before:
            raise RegisterError(key, file=str(path)) from error
        raise
    if stamp_of(path) != before:
        raise RegisterError(key, file=str(path))
