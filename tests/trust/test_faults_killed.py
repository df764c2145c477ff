"""Commands that are killed while they write, or have no room: the old file is whole, or the new one is."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = [
    pytest.mark.thorough,
    pytest.mark.skipif(sys.platform == "win32", reason="forks, signals and limits are those of POSIX"),
]

_FILES = {"map": 1, "export.xlsx": 1, "grants": 6, "beside": 5, "batch": 8, "compare": 4}
_NO_ROOM = ("map", "grants", "export.gpkg", "export.xlsx", "export.fgb", "completed.gpkg", "completed.ods")
_IN_A_FOLDER = {"export.gpkg", "export.xlsx", "export.fgb", "completed.gpkg", "grants"}


def driven(fate: str, folder: Path, kinds: tuple[str, ...]) -> dict[str, list[dict[str, Any]]]:
    """Let `driven.py` try these kinds of commands."""
    command = [sys.executable, str(Path(__file__).with_name("driven.py")), fate, str(folder), *kinds]
    environment = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    found: dict[str, list[dict[str, Any]]] = json.loads(done.stdout)
    return found


def bare(names: list[str]) -> set[str]:
    """Return names of files without their folders."""
    return {Path(name).name for name in names}


def test_a_command_that_is_killed_leaves_whole_files(tmp_path: Path) -> None:
    for kind, points in driven("killed", tmp_path, tuple(_FILES)).items():
        *ends, after = points
        assert len(ends) == 12
        for end in ends:
            assert end["status"] == -signal.SIGKILL, (kind, end)
            assert end["broken"] == end["strangers"] == [], (kind, end)
            assert len(end["old"]) + len(end["new"]) == _FILES[kind], (kind, end)
            assert len(end["parts"]) <= _FILES[kind] + 1, (kind, end)  # a note is written whole as well
            old = sorted(set(end["old"]) - set(end["same"]))
            # Killed in the moment of the renames: that is told in each folder, as seen from there.
            assert bool(end["told"]) == bool(end["new"] and old), (kind, end)
            for told in end["told"]:
                assert [bare(names) for names in told] == [bare(end["new"]), bare(old)], (kind, end)
        assert any(end["parts"] for end in ends), "none was killed while it wrote"
        assert not ends[0]["new"]
        assert after["status"] in (0, 1)
        assert after["parts"] == after["broken"] == after["told"] == [], "swept by the next run"
        assert set(after["old"]) == set(after["same"])


def test_no_room_is_told_and_leaves_the_older_file(tmp_path: Path) -> None:
    for kind, (small, nowhere) in driven("full", tmp_path, _NO_ROOM).items():
        assert small["status"] == 2, (kind, small)
        refused = [small, *([nowhere] if kind in _IN_A_FOLDER else [])]
        for case in refused:
            assert case["status"] == 2, (kind, case)
            assert "Traceback" not in case["said"], (kind, case)
            assert case["new"] == case["broken"] == case["parts"] == case["strangers"] == [], (kind, case)
            assert case["old"], (kind, case)
        said = small["said"].splitlines()[-1]
        assert any(
            words in said for words in ("Choisissez un autre endroit", "Libérez de la place", "--scratch")
        )
        if kind in _IN_A_FOLDER:
            assert "/nonexistent/place" in nowhere["said"]
            assert "TMPDIR" in nowhere["said"]
