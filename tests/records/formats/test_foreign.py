"""A file of SQLite that somebody else wrote is opened so that it runs nothing and no byte is written."""

from __future__ import annotations

import sqlite3
import struct
from contextlib import closing
from typing import TYPE_CHECKING

import pandas as pd
import pyogrio
import pytest

from geocontracts.errors import RegisterError
from geocontracts.records.formats import at_rest
from geocontracts.records.formats.foreign import distrust, is_wal, opened
from geocontracts.records.formats.programs import is_program
from geocontracts.records.formats.read import read_sheet

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def layer(tmp_path: Path) -> Path:
    """Return a GeoPackage of one row, in a folder of its own."""
    path = tmp_path / "suivi" / "liste.gpkg"
    path.parent.mkdir()
    told = pd.DataFrame({"titre": ["Un"], "commune": ["Arras"]})
    pyogrio.write_dataframe(told, path, layer="liste", driver="GPKG")
    return path


@pytest.mark.parametrize("trusted", [True, False], ids=["the trial is a trial", "distrusted"])
def test_what_a_table_asks_of_us_is_not_run(tmp_path: Path, *, trusted: bool) -> None:
    path = tmp_path / "c.db"
    asked: list[object] = []

    def asks(base: sqlite3.Connection) -> sqlite3.Connection:
        base.create_function("f", 1, asked.append, deterministic=True)
        return base

    with closing(asks(sqlite3.connect(path))) as base:
        base.execute("CREATE TABLE c (a, CHECK (f(a)))")
    with closing(asks(sqlite3.connect(path))) as base:
        if trusted:
            base.execute("INSERT INTO c VALUES (1)")
        else:
            distrust(base)
            with pytest.raises(sqlite3.DatabaseError, match="unsafe use of f"):
                base.execute("INSERT INTO c VALUES (1)")
            assert base.execute("PRAGMA cell_size_check").fetchone() == (1,)
    assert bool(asked) is trusted


def test_a_file_that_is_opened_cannot_be_written_to(layer: Path) -> None:
    with opened(layer) as base:
        assert base is not None
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            base.execute("CREATE TABLE neuve (a)")


@pytest.mark.parametrize("versions", [b"\2\2", b"\1\2", b"\2\1"])
def test_a_file_that_waits_for_writing_is_known_by_either_of_two_bytes(layer: Path, versions: bytes) -> None:
    """SQLite asks that of reading; the other is that of writing."""
    content = layer.read_bytes()
    layer.write_bytes(content[:18] + versions + content[20:])
    before, touched = layer.read_bytes(), layer.parent.stat().st_mtime_ns
    assert is_wal(layer)
    assert read_sheet(layer).rows == [(1, ["Un", "Arras"])]
    assert layer.read_bytes() == before
    assert layer.parent.stat().st_mtime_ns == touched  # no file came beside it, be it for a moment


def test_a_name_that_is_listed_twice_is_that_of_no_table(
    layer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(sqlite3.connect(layer)) as base:
        base.execute("PRAGMA writable_schema = ON")
        base.execute(
            "INSERT INTO sqlite_master VALUES ('view', 'Liste', 'Liste', 0, 'CREATE VIEW Liste AS SELECT 1')"
        )
        base.commit()
    with pytest.raises(RegisterError, match="damaged or incomplete"):  # by the list itself
        read_sheet(layer)
    with closing(sqlite3.connect(layer)) as base:  # a SQLite that minds no such list
        base.execute("PRAGMA writable_schema = ON")
        monkeypatch.setattr("geocontracts.records.formats.foreign.sqlite3.connect", lambda *_, **__: base)
        assert is_program(layer, "liste")


def summed(data: bytes, order: str) -> bytes:
    """Return the checksum of the head of what waits (https://www.sqlite.org/fileformat.html, 4.2)."""
    first = second = 0
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for one, other in zip(words[::2], words[1::2], strict=True):
        first = (first + one + second) & 0xFFFFFFFF
        second = (second + other + first) & 0xFFFFFFFF
    return struct.pack(">II", first, second)


@pytest.mark.parametrize("fault", ["a later version", "another program"])
def test_what_waits_and_cannot_be_taken_in_is_told(
    layer: Path, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = layer.with_name("liste.gpkg-wal")
    with closing(sqlite3.connect(layer)) as base:
        base.execute("PRAGMA journal_mode = WAL")
        base.execute("INSERT INTO liste (titre, commune) VALUES ('Deux', 'Lens')")
        base.commit()
        content, kept = layer.read_bytes(), waiting.read_bytes()
    layer.write_bytes(content)
    waiting.write_bytes(kept)
    assert len(read_sheet(layer).rows) == 2  # the trial is a trial
    if fault == "a later version":
        head = kept[:4] + struct.pack(">I", 9_999_999) + kept[8:24]
        waiting.write_bytes(head + summed(head, ">" if kept[3] & 1 else "<") + kept[32:])
    others = []

    def held(base: sqlite3.Connection) -> None:
        other = sqlite3.connect(base.execute("PRAGMA database_list").fetchone()[2])
        other.execute("SELECT * FROM liste LIMIT 1").fetchall()
        others.append(other)

    if fault == "another program":
        monkeypatch.setattr(at_rest, "distrust", held)
        monkeypatch.setattr(
            at_rest, "refuse_endless", lambda *_: pytest.fail("of pages that wait, none is seen")
        )
    try:
        with pytest.raises(RegisterError, match=r"suivi.liste\.gpkg: what waits beside it .* rows would be"):
            read_sheet(layer)
    finally:
        for other in others:
            other.close()
