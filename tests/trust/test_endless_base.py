"""SQLite reads the list of tables at the first question: one without end is told before."""

from __future__ import annotations

import os
import shutil
import sqlite3
import struct
from contextlib import closing
from typing import TYPE_CHECKING

import pandas as pd
import pyogrio
import pytest

from geocontracts.cli import main
from geocontracts.errors import RegisterError
from geocontracts.records.formats import endless
from geocontracts.records.formats.read import read_sheet
from tests.trust import explosive

if TYPE_CHECKING:
    from pathlib import Path

ROWS = [(1, ["a", "59350"])]
PAGE = 4096


@pytest.fixture
def layer(tmp_path: Path) -> Path:
    """Return a GeoPackage of one row."""
    path = tmp_path / "liste.gpkg"
    told = pd.DataFrame({"id": ["a"], "commune_code": ["59350"]})
    pyogrio.write_dataframe(told, path, layer="liste", driver="GPKG")
    return path


def changed(path: Path, sql: str) -> Path:
    with closing(sqlite3.connect(path)) as base:
        base.executescript(sql)
    return path


def looped(path: Path, *, ways: int = 500, depth: int = 15) -> Path:
    """Make the list of tables lead to one row of an index by many ways: `ways` to the power of `depth`."""
    changed(path, "CREATE TABLE t (a TEXT PRIMARY KEY)")
    content = bytearray(path.read_bytes())
    kind, _, count = struct.unpack_from(">BHH", content, 100)
    assert kind == 5  # the first page leads to those of the list
    places = struct.unpack_from(f">{count}H", content, 112)
    children = [struct.unpack_from(">I", content, at)[0] for at in (*places, 108)]
    leaf = bytes(content[(children[-1] - 1) * PAGE : children[-1] * PAGE])
    (at,) = struct.unpack_from(">H", leaf, 8 + 2 * (struct.unpack_from(">H", leaf, 3)[0] - 1))
    row = leaf[at : at + 2 + leaf[at]]
    assert b"sqlite_autoindex_t" in row
    first = len(content) // PAGE + 1
    head = struct.pack(">BHHHBH", 13, 0, 1, PAGE - len(row), 0, PAGE - len(row))
    content += head.ljust(PAGE - len(row), b"\0") + row
    for page in range(first, first + depth):
        content += inner([page] * ways, page)
    content[100:PAGE] = inner(children, first + depth, start=100)
    content[28:32] = struct.pack(">I", len(content) // PAGE)
    path.write_bytes(content)
    return path


def inner(children: list[int], last: int, *, start: int = 0) -> bytes:
    """Return a page that leads to others, or what follows the head of the first."""
    cells = b"".join(struct.pack(">IB", child, 1) for child in children)
    places = [PAGE - len(cells) + 5 * rank for rank in range(len(children))]
    head = struct.pack(f">BHHHBI{len(places)}H", 5, 0, len(places), PAGE - len(cells), 0, last, *places)
    return head.ljust(PAGE - len(cells) - start, b"\0") + cells


def test_a_list_of_tables_without_end_is_told_before_sqlite_reads_it(
    layer: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    looped(layer)
    with closing(sqlite3.connect(layer)) as base:  # the trial is a trial
        base.set_progress_handler(lambda: 1, 1_000_000)
        with pytest.raises(sqlite3.OperationalError, match="interrupted"):
            base.execute("SELECT 1 FROM sqlite_master LIMIT 1")
    monkeypatch.setattr(sqlite3, "connect", lambda *_, **__: pytest.fail("opened before it was looked at"))
    assert main(["check", str(layer)]) == 2
    assert "liste.gpkg\u00a0: la liste des tables de ce fichier SQLite" in capsys.readouterr().err


def test_nor_is_one_read_that_waits_beside_the_file(layer: Path) -> None:
    """What waits (-wal) takes the place of pages of the file: it is taken in before the list is looked at."""
    whole = layer.with_name("sauvee.gpkg")
    shutil.copyfile(layer, whole)
    with closing(sqlite3.connect(layer)) as base:
        base.execute("PRAGMA journal_mode = WAL")
        base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        base.execute("PRAGMA user_version = 1")
        base.commit()
        wal = layer.with_name("liste.gpkg-wal").read_bytes()[:32]
    pages = looped(whole).read_bytes()
    pages = pages[:18] + b"\2\2" + pages[20:]
    frames, sums = b"", struct.unpack_from(">II", wal, 24)
    order = ">" if wal[3] & 1 else "<"
    total = len(pages) // PAGE
    for number in range(1, total + 1):
        page = pages[(number - 1) * PAGE : number * PAGE]
        head = struct.pack(">II", number, total if number == total else 0)
        sums = checked(head + page, sums, order)
        frames += head + wal[16:24] + struct.pack(">II", *sums) + page
    layer.with_name("liste.gpkg-wal").write_bytes(wal + frames)
    with pytest.raises(RegisterError, match=r"liste\.gpkg: the list of tables .* leads back to itself"):
        read_sheet(layer)


def checked(data: bytes, sums: tuple[int, int], order: str) -> tuple[int, int]:
    """Return the checksum of a frame (https://www.sqlite.org/fileformat.html, 4.2)."""
    first, second = sums
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for rank in range(0, len(words), 2):
        first = (first + words[rank] + second) & 0xFFFFFFFF
        second = (second + words[rank + 1] + first) & 0xFFFFFFFF
    return first, second


def test_what_sqlite_noted_of_the_tables_has_an_end(layer: Path) -> None:
    changed(layer, "CREATE TABLE t (a TEXT UNIQUE); INSERT INTO t VALUES (1); ANALYZE")
    assert read_sheet(layer, sheet="liste").rows == ROWS
    explosive.endless_table(layer, "sqlite_stat1")
    with pytest.raises(RegisterError, match="leads back to itself"):
        read_sheet(layer, sheet="liste")


def test_nor_does_one_of_its_notes_lead_back_to_itself(layer: Path) -> None:
    changed(layer, "CREATE TABLE t (a TEXT UNIQUE); INSERT INTO t VALUES (1); ANALYZE")
    changed(layer, "UPDATE sqlite_stat1 SET stat = '1 1' || printf('%20000s', '')")
    assert read_sheet(layer, sheet="liste").rows == ROWS
    content = bytearray(layer.read_bytes())
    pages = range(len(content) // PAGE)
    flown = next(page for page in pages if content[page * PAGE + 4 : (page + 1) * PAGE].isspace())
    content[flown * PAGE : flown * PAGE + 4] = struct.pack(">I", flown + 1)
    layer.write_bytes(content)
    with pytest.raises(RegisterError, match="leads back to itself"):
        read_sheet(layer, sheet="liste")


def test_a_list_of_tables_that_takes_too_many_steps_is_told(
    layer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(endless, "MOST_STEPS", 20)
    with pytest.raises(RegisterError, match="or is too long"):
        read_sheet(layer)


def text_of(content: bytearray, marked: bytes) -> int:
    """Return where a row of the list of tables begins that stands on the first page."""
    count = struct.unpack_from(">H", content, 103)[0]
    starts = sorted(struct.unpack_from(f">{count}H", content, 108))
    ends = [*starts[1:], PAGE]
    return next(int(at) for at, end in zip(starts, ends, strict=True) if marked in content[at:end])


@pytest.mark.parametrize("to_itself", [True, False], ids=["to itself", "out of the file"])
def test_a_text_flows_over_each_page_once(tmp_path: Path, *, to_itself: bool) -> None:
    path = tmp_path / "t.gpkg"
    columns = ", ".join(f"{'c' * 60}{rank}" for rank in range(400))  # 25 kB: seven pages
    changed(path, f"CREATE TABLE longue ({columns})")
    endless.refuse_endless(path)
    content = bytearray(path.read_bytes())
    at = text_of(content, b"longue")
    first = struct.unpack_from(">I", content, content.index(b"\0\0\0", at + 100))[0]
    assert 1 < first <= len(content) // PAGE
    content[(first - 1) * PAGE : (first - 1) * PAGE + 4] = struct.pack(">I", first if to_itself else 9999)
    path.write_bytes(content)
    with pytest.raises(RegisterError, match="leads back to itself" if to_itself else "damaged or incomplete"):
        endless.refuse_endless(path)


def test_one_row_does_not_stand_for_many(tmp_path: Path) -> None:
    path = changed(tmp_path / "t.gpkg", "CREATE TABLE t (a)")
    content = bytearray(path.read_bytes())
    content[103:105] = struct.pack(">H", 200)
    content[108:508] = content[108:110] * 200
    path.write_bytes(content)
    with pytest.raises(RegisterError, match="leads back to itself"):
        endless.refuse_endless(path)


@pytest.mark.parametrize("size", [512, 1024, 65536])
def test_honest_lists_of_tables_are_read_whatever_their_pages(tmp_path: Path, size: int) -> None:
    path = tmp_path / "t.gpkg"
    tables = ";".join(
        f"CREATE TABLE t{rank} (a TEXT UNIQUE, {'b' * rank * 40}); INSERT INTO t{rank} VALUES (1, 2)"  # noqa: S608
        for rank in range(1, 61)
    )
    changed(path, f"PRAGMA page_size = {size}; BEGIN; {tables}; ANALYZE; COMMIT")
    endless.refuse_endless(path)


@pytest.mark.parametrize("kept", [0.3, 0.6])
def test_a_file_that_is_not_whole_is_told_as_such(layer: Path, kept: float) -> None:
    content = layer.read_bytes()
    layer.write_bytes(content[: int(len(content) * kept)])
    with pytest.raises(RegisterError, match="damaged or incomplete"):
        read_sheet(layer)


@pytest.mark.parametrize("suffix", ["-journal", "-wal", "-shm"])
@pytest.mark.parametrize("kind", ["pipe", "folder", "link"])
def test_what_is_no_file_beside_a_geopackage_is_named_and_not_opened(
    layer: Path, suffix: str, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    beside = layer.with_name(layer.name + suffix)
    if kind == "pipe":
        os.mkfifo(beside)
    elif kind == "folder":
        beside.mkdir()
    else:
        beside.symlink_to("nulle part")
    assert main(["check", str(layer)]) == 2
    said = capsys.readouterr().err
    assert f"à côté de lui, «\u00a0liste.gpkg{suffix}\u00a0» n’est pas un fichier" in said
    assert f"Supprimez ou déplacez «\u00a0liste.gpkg{suffix}\u00a0»" in said


@pytest.mark.parametrize("suffix", [".csv", ".gpkg"])
def test_a_name_as_long_as_a_disk_takes_is_read(layer: Path, suffix: str) -> None:
    path = layer.with_name("a" * (255 - len(suffix)) + suffix)
    if suffix == ".csv":
        path.write_text("id;commune_code\na;59350\n", encoding="utf-8")
    else:
        shutil.copyfile(layer, path)
    assert [cells for _, cells in read_sheet(path).rows] == [ROWS[0][1]]


def test_what_lies_beside_a_list_that_is_none_of_sqlite_is_no_matter(tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_text("id;commune_code\na;59350\n", encoding="utf-8")
    (tmp_path / "liste.csv-journal").mkdir()
    (tmp_path / "liste.csv-wal").write_text("notes", encoding="utf-8")
    assert [mark.name for mark in read_sheet(path).inputs] == ["liste.csv"]


def test_a_table_of_the_user_that_is_called_as_one_of_spatialite_is_no_matter(layer: Path) -> None:
    changed(layer, "CREATE TABLE geometry_columns (a, b); INSERT INTO geometry_columns VALUES (1, 2)")
    assert read_sheet(layer).rows == ROWS
