"""Folders for what is kept for the time of one run; they go with it, or with a later one if it is killed."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from geocontracts.errors import GeocontractsError, OutputError, why
from geocontracts.files import PART, sweep
from geocontracts.words import Message

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def scratch_folder(where: Path | None = None, *, faults: tuple[type[Exception], ...] = ()) -> Iterator[Path]:
    """Give an empty folder in `where`, or where the system keeps such things; it is removed at the end.

    `faults` are what a library raises, beside OSError, when it cannot write there.

    Raises:
        OutputError: there is no such place, or no room in it.
    """
    with (
        scratch_told(where, faults=faults),
        tempfile.TemporaryDirectory(prefix=".", suffix=PART, dir=where, ignore_cleanup_errors=True) as name,
    ):
        sweep(Path(name).parent)
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
