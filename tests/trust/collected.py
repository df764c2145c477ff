"""Which tests a run of pytest collects, and by which run: told by pytest itself, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable

_SCRIPT = """
import json, sys
import pytest
from tests.trust.collected import Collected
told = Collected()
asked = ["--collect-only", "-qq", "-n", "0", "-m", "", "-p", "no:cacheprovider"]
status = pytest.main([*sys.argv[1:], *asked], [told])
print("\\n" + json.dumps({"status": int(status), "items": told.items}))
"""


@dataclass(frozen=True)
class Item:
    """A test with its parameters, as pytest collected it."""

    path: str
    name: str
    """Of its function."""
    thorough: int
    """How many marks keep it for the thorough run; none for a test of the default run."""
    is_skipped: bool
    """It is collected, and does not run here."""


class Collected:
    """A plugin that keeps what pytest collects."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.items: list[tuple[str, str, int, bool]] = []

    def pytest_collection_finish(self, session: Any) -> None:
        """Keep each item."""
        for item in session.items:
            marks = list(item.iter_markers())
            thorough = sum(mark.name == "thorough" for mark in marks)
            is_off = any(mark.name == "skip" or (mark.name == "skipif" and mark.args[0]) for mark in marks)
            path = item.path.relative_to(ROOT).as_posix()
            self.items.append((path, item.originalname or item.name, thorough, is_off))


def collect(paths: Iterable[str]) -> list[Item]:
    """Return the tests that pytest finds in these files; a file that cannot be imported fails."""
    command = [sys.executable, "-c", _SCRIPT, *sorted(set(paths))]
    world = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    run = subprocess.run(command, cwd=ROOT, env=world, capture_output=True, text=True, check=False)
    told = json.loads(run.stdout.strip().splitlines()[-1])
    assert told["status"] == 0, run.stdout[-2000:]
    return [Item(*each) for each in told["items"]]
