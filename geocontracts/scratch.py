"""Folders for what is kept for the time of one run; they go with it, or with a later one if it is killed."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from geocontracts.errors import GeocontractsError, OutputError, why
from geocontracts.words import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

_PREFIX = "geocontracts-"
_ABANDONED = 86_400  # seconds without a byte: nobody is at work there any more


@contextlib.contextmanager
def scratch_folder(where: Path | None = None, *, faults: tuple[type[Exception], ...] = ()) -> Iterator[Path]:
    """Give an empty folder in `where`, or where the system keeps such things; it is removed at the end.

    `faults` are what a library raises, beside OSError, when it cannot write there.

    Raises:
        OutputError: there is no such place, or no room in it.
    """
    with (
        scratch_told(where, faults=faults),
        tempfile.TemporaryDirectory(prefix=_PREFIX, dir=where, ignore_cleanup_errors=True) as name,
    ):
        _sweep(Path(name).parent)
        yield Path(name)


@contextlib.contextmanager
def scratch_told(where: Path | None = None, *, faults: tuple[type[Exception], ...] = ()) -> Iterator[None]:
    """Say which folder has no room, where a library keeps something there for the time.

    Raises:
        OutputError: there is no such place, or no room in it.
    """
    try:
        yield
    except GeocontractsError:
        raise
    except Exception as error:
        if not isinstance(error, (OSError, *faults)):
            raise
        raise OutputError("scratch-refused", folder=str(where or _usual()), why=_reason(error)) from error


def _reason(error: Exception) -> Message:
    if isinstance(error, OSError) and error.errno:
        return why(error)
    return Message("os-other", {"said": str(error).partition("\n")[0]})


def _usual() -> str:
    """Return where the system keeps such things."""
    try:
        return tempfile.gettempdir()
    except OSError:  # there is no place at all
        return os.environ.get("TMPDIR") or os.environ.get("TEMP") or "TMPDIR"


@cache
def _sweep(parent: Path) -> None:
    """Remove the folders of runs that were killed, once for a process, right after a folder was made there.

    The time of `parent` is then the present one by the clock of that disk, which may not be ours.
    """
    with contextlib.suppress(OSError):
        now = parent.stat().st_mtime
        for folder in parent.glob(f"{_PREFIX}????????"):
            with contextlib.suppress(OSError):  # another process was quicker, or it is another user's
                if now - max(part.lstat().st_mtime for part in (folder, *folder.rglob("*"))) > _ABANDONED:
                    shutil.rmtree(folder, ignore_errors=True)
