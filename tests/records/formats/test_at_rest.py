"""A GeoPackage that another program has open is read with what waits beside it, and not written to."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pandas as pd
import pyogrio
import pytest

from geocontracts.cli import main
from geocontracts.errors import RegisterError
from geocontracts.records.formats import read as reading
from geocontracts.records.formats.read import read_sheet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

COLUMNS = {"titre": ["Un"], "commune": ["Arras"]}
ROWS = [(1, ["Un", "Arras"]), (2, ["Deux", "Lens"])]


def contents(folder: Path) -> dict[str, bytes]:
    """Return the bytes of each file."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def layer(tmp_path: Path) -> Path:
    """Return a GeoPackage of one row, in a folder of its own."""
    path = tmp_path / "suivi" / "liste.gpkg"
    path.parent.mkdir()
    pyogrio.write_dataframe(pd.DataFrame(COLUMNS), path, layer="liste", driver="GPKG")
    return path


@pytest.fixture
def opened(layer: Path) -> Iterator[sqlite3.Connection]:
    """Open it as QGIS does, and add a row that waits beside it."""
    with closing(sqlite3.connect(layer)) as base:
        base.execute("PRAGMA journal_mode = WAL")
        base.execute("INSERT INTO liste (titre, commune) VALUES ('Deux', 'Lens')")
        base.commit()
        yield base


@pytest.mark.usefixtures("opened")
def test_rows_that_wait_are_read_and_no_byte_is_written(layer: Path) -> None:
    before = contents(layer.parent)
    assert before["liste.gpkg-wal"]
    for _ in range(2):
        sheet = read_sheet(layer)
        assert sheet.rows == ROWS
        assert [mark.name for mark in sheet.inputs] == ["liste.gpkg", "liste.gpkg-wal"]
        assert (sheet.origin.path, sheet.origin.name) == (layer, "liste.gpkg")
        assert contents(layer.parent) == before


def test_a_file_that_was_left_to_be_written_so_is_not_changed_either(
    layer: Path, opened: sqlite3.Connection
) -> None:
    opened.close()  # what waited is taken in; the file still says how it is written
    before = contents(layer.parent)
    assert list(before) == ["liste.gpkg"]
    touched = layer.parent.stat().st_mtime_ns
    assert read_sheet(layer).rows == ROWS
    assert contents(layer.parent) == before
    assert layer.parent.stat().st_mtime_ns == touched  # no file came beside it, be it for a moment


@pytest.mark.usefixtures("opened")
def test_a_completed_list_has_the_rows_that_waited(layer: Path, tmp_path: Path) -> None:
    before, out = contents(layer.parent), tmp_path / "complet.gpkg"
    main(["check", str(layer), "--corrected", str(out)])
    assert [cells[:2] for _, cells in read_sheet(out).rows] == [cells for _, cells in ROWS]
    assert contents(layer.parent) == before


def test_a_change_that_waits_beside_is_refused(
    layer: Path, opened: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell = reading.tell_kind

    def sniffed(path: Path) -> str:
        opened.execute("INSERT INTO liste (titre, commune) VALUES ('Trois', 'Creil')")
        opened.commit()
        return tell(path)

    monkeypatch.setattr(reading, "tell_kind", sniffed)
    with pytest.raises(RegisterError, match="changed while it was read"):
        read_sheet(layer)


def test_a_writing_that_was_cut_off_is_taken_back_in_the_copy_alone(layer: Path, tmp_path: Path) -> None:
    """A program was killed while it wrote: what it had changed is no state of the list."""
    killed = tmp_path / "coupe"
    with closing(sqlite3.connect(layer, isolation_level=None)) as base:
        base.execute("PRAGMA cache_size = 1")  # so that pages are written before the end
        base.execute("BEGIN")
        base.executemany("INSERT INTO liste (titre, commune) VALUES (?, 'Lens')", [("x" * 900,)] * 200)
        shutil.copytree(layer.parent, killed)
        base.execute("ROLLBACK")
    assert (killed / "liste.gpkg-journal").stat().st_size
    before = contents(killed)
    assert read_sheet(killed / "liste.gpkg").rows == ROWS[:1]
    assert contents(killed) == before


def test_what_is_said_of_the_copy_is_said_of_the_file(layer: Path, opened: sqlite3.Connection) -> None:
    opened.execute("UPDATE liste SET titre = CAST(X'636166e9' AS TEXT)")
    opened.commit()
    with pytest.raises(RegisterError) as caught:
        read_sheet(layer)
    assert caught.value.text("fr").startswith(f"{layer}, ligne 1, colonne titre\u00a0: ce texte n’est pas en")
    with pytest.raises(RegisterError) as caught:
        read_sheet(layer, sheet="autre")
    assert str(layer) in caught.value.text("fr")


@pytest.mark.usefixtures("opened")
def test_a_folder_without_room_for_a_copy_is_named(
    layer: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(shutil, "copyfile", full)
    assert main(["check", str(layer)]) == 2
    assert "il n’y a plus de place" in capsys.readouterr().err
