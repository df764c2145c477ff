"""Tell that a file changes while it is read: rows of two states would be those of no file that ever was."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeAlias

from geocontracts.errors import RegisterError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Stamp: TypeAlias = tuple[tuple[int, int, int], ...]
"""Of each file that a table consists of: its size in bytes, when it was written (ns), and which one it is."""

_BESIDE = {".shp": (".dbf", ".shx", ".cpg")}  # where the attributes of a shapefile stand


def stamp_of(path: Path | None) -> Stamp | None:
    """Return what changes with a file, also when another one takes its place; None where there is none."""
    if path is None:
        return None
    beside = _BESIDE.get(path.suffix.lower(), ())
    try:
        parts = [path, *filter(None, (_sibling(path, suffix) for suffix in beside))]
        found = [part.stat() for part in parts]
    except OSError:
        return None
    return tuple((each.st_size, each.st_mtime_ns, each.st_ino) for each in found)


def _sibling(path: Path, suffix: str) -> Path | None:
    """Return the file of that ending beside `path`, in small or capital letters."""
    places = (path.with_suffix(suffix), path.with_suffix(suffix.upper()))
    return next((place for place in places if place.exists()), None)


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
