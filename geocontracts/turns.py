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
def turn(folders: Iterable[Path]) -> Iterator[None]:
    """Wait until nobody else has a turn in any of these folders; then it is ours to the end of the block.

    The lock is on the folder itself, so that nothing is left there, and the system gives it back when a run
    ends, however it ends. Where it locks no folder (Windows, some network disks), or when the other takes
    longer than ten seconds, nobody waits: a turn is a courtesy, what depends on it is to be checked.
    """
    with contextlib.ExitStack() as held:
        until = time.monotonic() + _MOST_WAITED
        for folder in sorted(set(folders)):  # in one order, so that no two runs wait for each other
            with contextlib.suppress(OSError):
                handle = os.open(folder, os.O_RDONLY)
                held.callback(os.close, handle)
                _lock(handle, until)
        yield


if sys.platform == "win32":

    def _lock(handle: int, until: float) -> None:
        """Lock nothing: Windows does not even open a folder."""

else:
    import fcntl

    def _lock(handle: int, until: float) -> None:
        """Wait for the lock of an open folder, or give up at the end of the time.

        Raises:
            OSError: this disk knows no locks.
        """
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= until:
                    return
                time.sleep(_PAUSE)
            else:
                return
