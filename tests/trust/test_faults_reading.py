"""What is read is one state of a file: a change on the way is refused, never mixed in."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

import pytest

from geocontracts.cli import main
from geocontracts.errors import RegisterError
from geocontracts.records.formats import read as reading
from geocontracts.records.formats.read import read_sheet
from geocontracts.records.formats.stamp import stamp_of, unchanged
from geocontracts.records.large.head import read_head
from geocontracts.records.large.load import load
from geocontracts.records.large.store import open_store
from geocontracts.records.lists.mapping import ListMapping
from geocontracts.records.read import read_register
from tests.trust.driven import LIST, MORE, write_lists

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

KINDS = (".csv", ".xlsx", ".ods", ".parquet", ".geojson", ".gpkg")


def grow(path: Path) -> None:
    """Add to a file, as a program does that is still writing it."""
    with path.open("ab") as file:
        file.write(path.read_bytes()[-40:])


def cut(path: Path) -> None:
    """Take the end of a file away, as a program does that begins to write it again."""
    os.truncate(path, path.stat().st_size // 2)


def replace(path: Path) -> None:
    """Put another file of the same size and time in its place."""
    was = path.stat()
    other = path.with_name("autre")
    other.write_bytes(bytes(reversed(path.read_bytes())))
    os.utime(other, ns=(was.st_atime_ns, was.st_mtime_ns))
    other.replace(path)


def remove(path: Path) -> None:
    """Take the file away."""
    path.unlink()


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("listes")
    write_lists(folder, LIST)
    return folder


@pytest.fixture
def listed(lists: Path, tmp_path: Path) -> Callable[[str], Path]:
    """Return a function that gives a list of its own to a test."""

    def copied(suffix: str) -> Path:
        path = tmp_path / f"liste{suffix}"
        path.write_bytes((lists / path.name).read_bytes())
        return path

    return copied


@pytest.mark.parametrize("change", [grow, cut, replace, remove], ids=lambda change: change.__name__)
@pytest.mark.parametrize("suffix", KINDS)
def test_a_file_that_changes_after_it_was_sniffed_is_refused(
    suffix: str,
    change: Callable[[Path], None],
    listed: Callable[[str], Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path, tell = listed(suffix), reading.tell_kind

    def sniffed(path: Path) -> str:
        kind = tell(path)
        change(path)
        return kind

    monkeypatch.setattr(reading, "tell_kind", sniffed)
    with pytest.raises(RegisterError) as caught:
        read_sheet(path)
    said = caught.value.text("fr")
    assert f"liste{suffix}" in said
    assert "ce fichier a changé pendant sa lecture" in said
    assert "recommencez" in said


@pytest.mark.parametrize("suffix", KINDS)
def test_a_file_that_stays_is_read(suffix: str, listed: Callable[[str], Path]) -> None:
    sheet = read_sheet(listed(suffix))
    assert [cells[0] for _, cells in sheet.rows] == ["Œuvre", "À Creil"]


def test_two_tables_of_a_register_are_of_one_moment(
    with_contracts: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = with_contracts("a,acv,Titre,Arras,signed,doc,1")
    from geocontracts.records import read as register_reading

    usual = register_reading.read_table

    def read_and_change(path: Path, schema: object) -> object:
        table = usual(path, schema)  # type: ignore[arg-type]
        if path.name == "contracts.csv":
            grow(folder / "programmes.csv")
            grow(folder / "contracts.csv")
        return table

    assert len(read_register(folder).contracts) == 1
    monkeypatch.setattr(register_reading, "read_table", read_and_change)
    with pytest.raises(RegisterError, match="changed while it was read"):
        read_register(folder)


@pytest.mark.parametrize("suffix", KINDS)
def test_a_completed_list_never_mixes_two_states(
    suffix: str,
    listed: Callable[[str], Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The list is saved again in Excel between the reading and the writing."""
    path, out = listed(suffix), tmp_path / f"complete{suffix}"
    out.write_bytes(b"old")
    from geocontracts.outputs.corrected import write as corrected

    usual = corrected.added_columns

    def saved_meanwhile(*arguments: object) -> object:
        newer = path.with_name("neuf")
        newer.mkdir()
        write_lists(newer, MORE)
        (newer / path.name).replace(path)
        return usual(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(corrected, "added_columns", saved_meanwhile)
    assert main(["check", str(path), "--corrected", str(out)]) == 2
    assert "a changé depuis qu’il a été lu" in capsys.readouterr().err
    assert out.read_bytes() == b"old"


@pytest.mark.parametrize("change", [grow, cut, replace, remove], ids=lambda change: change.__name__)
def test_a_long_list_that_changes_is_refused(
    change: Callable[[Path], None], listed: Callable[[str], Path]
) -> None:
    path = listed(".csv")
    head = read_head(path, ListMapping(), {})
    with open_store(memory_mb=200) as store:
        change(path)
        with pytest.raises(RegisterError, match="changed while it was read"):
            load(head, store)


def test_a_list_that_another_program_holds_is_told(
    listed: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Windows lets nobody read what Excel locks."""
    path = listed(".xlsx")

    def locked(*_: object, **__: object) -> None:
        error = PermissionError(13, "The process cannot access the file")
        error.winerror = 32  # type: ignore[attr-defined]
        raise error

    monkeypatch.setattr("geocontracts.records.formats.read._grid", locked)
    assert main(["check", str(path)]) == 2
    said = capsys.readouterr().err
    assert "liste.xlsx" in said
    assert "un autre logiciel le tient ouvert" in said


@pytest.mark.parametrize("moment", ["later", "earlier", "same"])
def test_other_bytes_in_the_same_place_are_a_change(listed: Callable[[str], Path], moment: str) -> None:
    """As many bytes are written over in place, and the time is set: to another one, or back."""
    path = listed(".csv")
    was = path.stat()
    moved = {"later": 1, "earlier": -1_000_000_000, "same": 0}[moment]

    def write_over() -> None:
        with path.open("r+b") as file:
            file.write(path.read_bytes().replace(b"12 000", b"21 000"))
        os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns + moved))

    if moment == "same":  # the disk keeps the time of the change itself, in steps of some milliseconds
        if sys.platform == "win32":
            return
        time.sleep(0.02)
    with pytest.raises(RegisterError, match="changed while it was read"), unchanged(path):
        write_over()
    now = path.stat()
    assert (now.st_size, now.st_ino, now.st_mtime_ns) == (was.st_size, was.st_ino, was.st_mtime_ns + moved)


def test_the_time_of_writing_alone_is_a_change(
    listed: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On Windows nothing else tells of other bytes in the same place."""
    path = listed(".csv")
    found = path.stat()
    stats = [os.stat_result((*found[:10],), {"st_mtime_ns": ns, "st_ctime_ns": 0}) for ns in (1, 2)]
    monkeypatch.setattr(type(path), "stat", lambda *_, **__: stats[0])
    before = stamp_of(path)
    monkeypatch.setattr(type(path), "stat", lambda *_, **__: stats[1])
    assert before != stamp_of(path)
