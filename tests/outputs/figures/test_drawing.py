"""A plate is drawn, and is the same, whatever the machine tells matplotlib."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

_DRAW = """
import hashlib, sys
from geocontracts.outputs.figures.drawing import need_matplotlib
before = sorted(__import__("os").environ.items())
need_matplotlib()
from geocontracts.outputs.figures.paper import Paper
from geocontracts.outputs.figures.write import About, house_style, render
with house_style():
    paper = Paper(200, 100)
    paper.text(10, 10, "Arras à la carte", 12)
    for suffix in (".svg", ".pdf", ".png"):
        about = About("Titre", "Dit", "Source", "Licence", "", "2026")
        print(hashlib.sha256(render(paper.figure, suffix, dpi=72, about=about)).hexdigest())
assert sorted(__import__("os").environ.items()) == before
"""
_HOSTILE = {"MPLBACKEND": "nonsense", "SOURCE_DATE_EPOCH": "abc"}
_SETTINGS = b"font.size: 22\nno.such: 3\nfigure.facecolor: red\nsvg.hashsalt: x\npath.simplify: True\n"


def drawn(folder: Path, code: str, *arguments: str, **variables: str) -> str:
    """Run a program in a folder, and return what it prints; it says nothing else."""
    told = {"PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path]), **variables}
    kept = {name: value for name, value in os.environ.items() if name not in _HOSTILE}
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(
        command, cwd=folder, env=kept | told, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert not done.stderr
    return done.stdout


def with_settings(folder: Path, content: bytes) -> Path:
    """Return a folder with a settings file of matplotlib in it."""
    folder.mkdir()
    (folder / "matplotlibrc").write_bytes(content)
    return folder


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> str:
    return drawn(tmp_path_factory.mktemp("usual"), _DRAW)


def test_backends_dates_and_broken_settings_of_a_machine_change_no_byte(tmp_path: Path, usual: str) -> None:
    assert len(usual.split()) == 3
    broken = with_settings(tmp_path / "broken", b"\xff\xfe\x00bad")
    assert drawn(broken, _DRAW, **_HOSTILE) == usual


@pytest.mark.thorough
@pytest.mark.parametrize("variable", sorted(_HOSTILE))
def test_each_of_them_alone_changes_no_byte(tmp_path: Path, usual: str, variable: str) -> None:
    assert drawn(tmp_path, _DRAW, **{variable: _HOSTILE[variable]}) == usual


@pytest.mark.thorough
def test_a_date_of_builds_is_not_that_of_a_plate(tmp_path: Path, usual: str) -> None:
    assert drawn(tmp_path, _DRAW, SOURCE_DATE_EPOCH="86400") == usual


@pytest.mark.thorough
@pytest.mark.parametrize("content", [_SETTINGS, b"\xff\xfe\x00bad"])
def test_settings_in_the_working_folder_change_no_byte(tmp_path: Path, usual: str, content: bytes) -> None:
    assert drawn(with_settings(tmp_path / "own", content), _DRAW) == usual


@pytest.mark.thorough
def test_the_command_draws_among_them(tmp_path: Path) -> None:
    """The backend is nonsense, the date is none, the settings in the working folder are no text."""
    run = "import sys; from geocontracts.cli import main; sys.stderr = sys.stdout; main(sys.argv[1:])"
    broken = with_settings(tmp_path / "broken", b"\xff\xfe\x00bad")
    (tmp_path / "liste.csv").write_text("Intitulé;Commune\nUn;Arras\n", encoding="utf-8")
    options = ("--size", "10x8", "--area", "departement:62")
    for name, folder, variables in (("a", tmp_path, {}), ("b", broken, _HOSTILE)):
        command = ("figure", str(tmp_path / "liste.csv"), "-o", str(tmp_path / f"{name}.pdf"), *options)
        drawn(folder, run, *command, **variables)
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
