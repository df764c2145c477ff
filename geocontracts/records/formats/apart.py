"""Read an XLS or XLSB workbook in a process of its own, with an end to the memory it may take.

A few bytes lost in such a file make its reader ask for more memory than there is, which ends the
process, or the machine. Here it ends the other process, and the file is told to be broken.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from geocontracts.errors import RegisterError

if TYPE_CHECKING:
    from pathlib import Path

    from geocontracts.words import Message

_MEMORY = 2 << 30  # bytes: some twenty times what the largest XLS sheet (65,536 rows) takes
_SECONDS = 120


def read_apart(path: Path, sheet: str | None) -> list[dict[str, Any]]:
    """Return the sheets of a workbook as `workbook.read_sheets` does: name, visible, rows.

    Raises:
        RegisterError: the workbook is broken or protected, or has no such sheet.
    """
    command = [sys.executable, "-m", __name__, str(path), *([sheet] if sheet is not None else [])]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "RUST_BACKTRACE": "0"}
    try:
        answer = subprocess.run(command, capture_output=True, env=environment, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise _broken(path, f"> {_SECONDS} s") from error
    if answer.returncode:
        told = answer.stderr.decode("utf-8", "replace").strip().splitlines()
        raise _broken(path, told[0] if told else str(answer.returncode))
    told = json.loads(answer.stdout)
    if isinstance(told, dict):
        raise RegisterError(told["key"], **told["facts"])
    return list(told)


def _broken(path: Path, said: str) -> RegisterError:
    return RegisterError("workbook-broken", file=str(path), said=said)


def _main(arguments: list[str]) -> None:
    """Print the sheets as JSON, or the error that stops the reading."""
    from pathlib import Path

    from geocontracts.records.formats.workbook import read_sheets

    _bound_memory()
    path, sheet = Path(arguments[0]), arguments[1] if len(arguments) > 1 else None
    try:
        answer: Any = read_sheets(path, sheet)
    except RegisterError as error:
        answer = {"key": error.message.key, "facts": _plain(error.message)}
    sys.stdout.buffer.write(json.dumps(answer).encode("ascii"))


def _bound_memory() -> None:
    """Bound the memory of this process, where the system can."""
    try:
        import resource
    except ImportError:  # Windows has no such bound: the process ends by itself, later
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def _plain(message: Message) -> dict[str, str]:
    return {name: str(fact) for name, fact in message.facts.items()}


if __name__ == "__main__":
    _main(sys.argv[1:])
