"""What a command costs as a whole process: wall time, processor time, peak memory."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.measures import Samples

ROOT = Path(__file__).parents[1]


def python(*arguments: str | Path) -> list[str]:
    """Return the command that runs a module with this Python."""
    return [sys.executable, "-m", *map(str, arguments)]


def timed(command: Sequence[str], runs: int, *, warm: bool = True) -> Samples:
    """Run a command several times, each time as a new process, and return what each took.

    `warm` runs it once more before, so that no run waits for the disk. The peak
    of a process is at least that of the one that starts it: so this one loads little.

    Raises:
        RuntimeError: the command failed.
    """
    taken = [_once(command) for _ in range(runs + warm)][int(warm) :]
    return {key: [each[key] for each in taken] for key in taken[0]}


def _once(command: Sequence[str]) -> dict[str, float]:
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if status:
        msg = f"{' '.join(command[1:])} ended with status {process.returncode}"
        raise RuntimeError(msg)
    cpu = usage.ru_utime + usage.ru_stime
    return {"wall_s": wall, "cpu_s": cpu, "peak_mb": usage.ru_maxrss * 1024 / 1e6}
