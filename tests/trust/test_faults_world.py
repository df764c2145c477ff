"""The clock, the language of the machine and a second run at the same time change nothing of an output."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from geocontracts.cli import main
from geocontracts.records.formats.read import read_sheet
from geocontracts.together import NOTE
from tests.trust.driven import LIST, MORE, contents, write_lists

if TYPE_CHECKING:
    from pathlib import Path

# Before the first date that an archive knows, and after the last: a clock can be as wrong as that.
pytestmark = pytest.mark.thorough  # with every check in CI: the default run is kept short

CLOCKS = {"1970": 86_400.0, "2200": 7_258_204_800.0}
SUFFIXES = (".xlsx", ".ods")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_lists(tmp_path, LIST)
    return tmp_path


@pytest.mark.parametrize("year", CLOCKS)
def test_workbooks_are_the_same_with_any_clock(
    year: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def written(name: str) -> dict[str, bytes]:
        found = {}
        for suffix in SUFFIXES:
            path = folder / f"{name}{suffix}"
            assert main(["check", str(folder / f"liste{suffix}"), "--corrected", str(path)]) in (0, 1)
            found[suffix] = path.read_bytes()
        path = folder / f"export-{name}.xlsx"
        assert main(["export", str(folder / "liste.csv"), "-o", str(path)]) in (0, 1)
        return found | {"export": path.read_bytes()}

    usual = written("usual")
    monkeypatch.setattr(time, "time", lambda: CLOCKS[year])
    assert written(year) == usual


def test_a_workbook_with_an_error_is_read_with_any_clock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    for row in (("titre", "territoires"), ("#REF!", "Arras")):
        book.active.append(row)
    book.active["A2"].data_type = "e"
    book.save(tmp_path / "liste.xlsx")
    for clock in CLOCKS.values():
        monkeypatch.setattr(time, "time", lambda clock=clock: clock)
        assert read_sheet(tmp_path / "liste.xlsx").rows == [(2, ["#REF!", "Arras"])]


def test_the_language_of_the_machine_changes_no_byte_and_no_word(tmp_path: Path) -> None:
    """Machines without UTF-8 have names that Python cannot spell; locales that are not installed act as C."""
    folder = tmp_path / "œuvre"
    folder.mkdir()
    (folder / "Liste d’œuvres.csv").write_text(LIST, encoding="utf-8")
    worlds = (
        {},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "tr_TR.UTF-8", "TZ": "Pacific/Kiritimati", "PYTHONIOENCODING": "cp1252"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii", "PYTHONHASHSEED": "7"},
    )
    pages, words = set(), set()
    for number, world in enumerate(worlds):
        out = tmp_path / f"{number} œ.html"
        command = [
            sys.executable,
            "-m",
            "geocontracts",
            "map",
            str(folder / "Liste d’œuvres.csv"),
            "-o",
            str(out),
        ]
        done = subprocess.run(command, capture_output=True, check=False, env=os.environ | world)
        assert done.returncode in (0, 1), done.stderr
        pages.add(out.read_bytes())
        words.add(done.stderr)
        assert "Carte écrite" in done.stdout.decode("utf-8", "replace")
    assert len(pages) == 1
    assert len(words) == 1
    assert "Placées" in words.pop().decode("utf-8")


WRITER = """
import sys
from pathlib import Path
from geocontracts.files import write_whole
letter, path = sys.argv[1].encode(), Path(sys.argv[2])
for _ in range(40):
    write_whole(path, letter * 200_000)
"""


def grants(folder: Path, name: str, out: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "geocontracts", "grants", str(folder / f"{name}.csv"), "-o", str(out)]
    return subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)


def test_two_runs_into_one_folder_leave_the_files_of_one_or_say_so(tmp_path: Path) -> None:
    """Each file is whole and of one of them; where they are of both, the run that ends last says it."""
    expected: dict[str, dict[str, bytes]] = {}
    for name, text in (("un", LIST), ("deux", MORE)):
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        alone = grants(tmp_path, name, tmp_path / name)
        alone.communicate()
        assert alone.returncode in (0, 1)
        expected[name] = contents(tmp_path / name)
    varying = {file for file, content in expected["un"].items() if content != expected["deux"][file]}
    assert len(varying) >= 3
    for rank in range(3):
        out = tmp_path / f"ensemble{rank}"
        running = [grants(tmp_path, name, out) for name in expected]
        said = [each.communicate()[1] for each in running]
        left = contents(out)
        found = {name: content for name, content in left.items() if not name.endswith(NOTE)}
        assert found.keys() == expected["un"].keys(), "and no part"
        for name, content in found.items():
            assert content in (expected["un"][name], expected["deux"][name])
        of_one = any(all(found[each] == files[each] for each in varying) for files in expected.values())
        told = ["un autre passage y a écrit en même temps" in each for each in said]
        assert [each.returncode == 2 for each in running] == told, said
        assert of_one or any(told), said
        assert len(left) == len(found) or any(told)


def test_several_at_once_end_with_one_of_theirs_and_show_no_half(tmp_path: Path) -> None:
    path = tmp_path / "carte.html"
    running = [subprocess.Popen([sys.executable, "-c", WRITER, letter, str(path)]) for letter in "abc"]
    seen = set()
    while any(each.poll() is None for each in running):
        if path.exists():
            content = path.read_bytes()
            assert content == content[:1] * 200_000
            seen.add(content[:1])
        time.sleep(0.005)
    assert [each.returncode for each in running] == [0, 0, 0]
    assert path.read_bytes()[:1] in seen | {b"a", b"b", b"c"}
    assert len(path.read_bytes()) == 200_000
    assert [each.name for each in tmp_path.iterdir()] == ["carte.html"]
