"""Take turns: of two runs that put files in place in the same folder, one waits for the other."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_MOST_WAITED = 10.0  # seconds; the renames of a run take milliseconds
_PAUSE = 0.01


@contextlib.contextmanager
def turn(folders: Iterable[Path]) -> Iterator[bool]:
    """Wait until nobody else has a turn in any of these folders; then it is ours to the end of the block.

    Gives whether it is, in all of them.

    The lock is on the folder itself, so that nothing is left there, and the system gives it back when a run
    ends, however it ends. Where it locks no folder (Windows, some network disks), nobody waits, and nobody
    longer than ten seconds: a turn is a courtesy, what depends on it is to be checked.
    """
    with contextlib.ExitStack() as held:
        until, is_ours = time.monotonic() + _MOST_WAITED, True
        for folder in sorted(set(folders)):  # in one order, so that no two runs wait for each other
            is_held = False
            with contextlib.suppress(OSError):
                handle = os.open(folder, os.O_RDONLY)
                held.callback(os.close, handle)
                is_held = _lock(handle, until)
            is_ours = is_ours and is_held
        yield is_ours


if sys.platform == "win32":

    def _lock(_handle: int, _until: float) -> bool:
        """Lock nothing: Windows does not even open a folder."""
        return False

else:
    import fcntl

    def _lock(handle: int, until: float) -> bool:
        """Wait for the lock of an open folder; return whether it was given before the end of the time.

        Raises:
            OSError: this disk knows no locks.
        """
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= until:
                    return False
                time.sleep(_PAUSE)
            else:
                return True
