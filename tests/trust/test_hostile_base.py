"""A file of SQLite that was made to harm deletes, runs and loses nothing, read or completed."""

from __future__ import annotations

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
from geocontracts.records.formats import at_rest, foreign
from geocontracts.records.formats.programs import counted_rows
from geocontracts.records.formats.read import read_sheet
from tests.trust import explosive

if TYPE_CHECKING:
    from pathlib import Path

MARK = bytes.fromhex("d9d505f920a163d7")
ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
ROWS = [(1, ["a", "59350"]), (2, ["b", "62041"])]


@pytest.fixture
def layer(tmp_path: Path) -> Path:
    """Return a GeoPackage of two rows."""
    path = tmp_path / "liste.gpkg"
    told = pd.DataFrame({"id": ["a", "b"], "commune_code": ["59350", "62041"]})
    pyogrio.write_dataframe(told, path, layer="liste", driver="GPKG")
    return path


def changed(path: Path, sql: str) -> Path:
    """Return the file, changed by some SQL."""
    with closing(sqlite3.connect(path)) as base:
        base.executescript("PRAGMA legacy_alter_table = ON;" + sql)
        base.commit()
    return path


def journal(path: Path, named: bytes = b"", *, pages: int | None = None) -> Path:
    """Write a journal beside a file, that has to be played back, and names another file."""
    size = path.stat().st_size // 4096 if pages is None else pages
    head = (MARK + struct.pack(">IIIII", 0, 0, size, 512, 4096)).ljust(512, b"\0")
    checksum = sum(struct.unpack(f"{len(named)}b", named)) & 0xFFFFFFFF
    last = struct.pack(">I", 0x40000000 // 4096 + 1)
    tail = last + named + struct.pack(">II", len(named), checksum) + MARK if named else b""
    place = path.with_name(f"{path.name}-journal")
    place.write_bytes(head + tail)
    return place


def test_a_journal_that_names_a_file_deletes_nothing(
    layer: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    victim, copy, out = tmp_path / "these.docx", tmp_path / "copie.gpkg", tmp_path / "complet.gpkg"
    victim.write_bytes(b"trois ans de travail")
    shutil.copyfile(layer, copy)
    journal(copy, str(victim).encode())
    with closing(sqlite3.connect(copy)) as base:  # SQLite itself does it: the trial is a trial
        base.execute("SELECT * FROM liste").fetchall()
    assert not victim.exists()

    victim.write_bytes(b"trois ans de travail")
    journal(layer, str(victim).encode())
    with pytest.raises(RegisterError, match=r"“liste\.gpkg-journal” names another file, which SQLite would"):
        read_sheet(layer)
    assert main(["check", str(layer), "--corrected", str(out)]) == 2
    assert "nomme un autre fichier, que SQLite effacerait" in capsys.readouterr().err
    assert victim.read_bytes() == b"trois ans de travail"
    assert not out.exists()


def test_what_waits_beside_a_file_is_not_copied_without_bounds(
    layer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "copyfile", lambda *_: pytest.fail("copied before it was measured"))
    with layer.with_name("liste.gpkg-wal").open("wb") as file:
        file.truncate(3_000_000_000)  # takes no room on the disk
    with pytest.raises(RegisterError, match=r"needs a copy of 3,000\.\d+ MB; one is made up to 2,000 MB"):
        read_sheet(layer)


def test_a_journal_that_tells_an_endless_size_is_not_obeyed(
    layer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal(layer, pages=1 << 30)
    with monkeypatch.context() as watched:
        watched.setattr(sqlite3, "connect", lambda *_: pytest.fail("played back before it was looked at"))
        with pytest.raises(RegisterError, match="one is made up to 2,000 MB"):
            read_sheet(layer)
    # What waits may tell a size elsewhere: the copy is measured as well.
    monkeypatch.setattr(at_rest, "refuse_journal", lambda *_: None)
    with pytest.raises(RegisterError, match="one is made up to 2,000 MB"):
        read_sheet(layer)


def test_what_waits_beside_the_file_that_a_link_leads_to_is_read(layer: Path, tmp_path: Path) -> None:
    link = tmp_path / "lien" / "suivi.gpkg"
    link.parent.mkdir()
    link.symlink_to(layer)
    with closing(sqlite3.connect(layer)) as base:
        base.execute("PRAGMA journal_mode = WAL")
        base.execute("INSERT INTO liste VALUES (3, 'c', '62498')")
        base.commit()
        assert read_sheet(link).rows == [*ROWS, (3, ["c", "62498"])]


@pytest.mark.parametrize(
    "sql",
    ["SELECT * FROM v LIMIT 0", "UPDATE c SET a = 1", "ATTACH ':memory:' AS autre"],
    ids=["view", "trigger", "another file"],
)
def test_a_connection_that_distrusts_runs_nothing_of_the_file(sql: str) -> None:
    with closing(sqlite3.connect(":memory:")) as base:
        base.executescript(
            "CREATE TABLE c (a); INSERT INTO c VALUES (0); CREATE VIEW v AS SELECT a FROM c;"
            "CREATE TRIGGER t AFTER UPDATE ON c BEGIN DELETE FROM c; END"
        )
        base.execute(sql)  # the trial is a trial
        base.rollback()
        foreign.distrust(base)
        with pytest.raises(sqlite3.DatabaseError, match=r"not authorized|prohibited"):
            base.execute(sql.replace("autre", "tiers"))
        base.execute("SELECT a FROM c")


@pytest.mark.parametrize("count", ["0", "1", "5", "-1", "9000000", "'x'", "NULL"])
def test_rows_are_read_whatever_count_the_file_tells(layer: Path, count: str) -> None:
    changed(layer, f"UPDATE gpkg_ogr_contents SET feature_count = {count}")  # noqa: S608
    assert read_sheet(layer).rows == ROWS
    assert read_sheet(layer, sheet="liste").rows == ROWS


def test_a_row_that_another_program_added_without_counting_it_is_read(layer: Path) -> None:
    changed(
        layer,
        "DROP TRIGGER trigger_insert_feature_count_liste; INSERT INTO liste VALUES (7, 'c', '62498')",
    )
    assert read_sheet(layer).rows == [*ROWS, (7, ["c", "62498"])]


def test_text_that_cannot_be_read_is_found_where_the_count_is_wrong(layer: Path) -> None:
    changed(layer, "UPDATE gpkg_ogr_contents SET feature_count = 1")
    changed(layer, "UPDATE liste SET id = CAST(X'636166e9' AS TEXT) WHERE fid = 2")
    with pytest.raises(RegisterError, match="row 2, column id"):
        read_sheet(layer)


LYING = (
    "CREATE INDEX i ON liste(id, commune_code) WHERE fid < 0; PRAGMA writable_schema = ON;"
    "UPDATE sqlite_master SET sql = replace(sql, ' WHERE fid < 0', '') WHERE name = 'i'"
)


def test_rows_are_counted_in_the_table_and_not_in_an_index_that_lies(tmp_path: Path) -> None:
    path = tmp_path / "l.gpkg"
    changed(
        path,
        "CREATE TABLE liste (fid INTEGER PRIMARY KEY, geom BLOB, id TEXT, commune_code TEXT);"
        "INSERT INTO liste (id) VALUES (1), (2)",
    )
    changed(path, LYING)
    with closing(sqlite3.connect(path)) as base:  # the trial is a trial
        assert base.execute("SELECT count(*) FROM (SELECT 1 FROM liste LIMIT 9)").fetchone() == (0,)
    assert counted_rows(path, "liste") == 2


def test_rows_that_an_index_hides_are_missed_aloud(tmp_path: Path) -> None:
    import geopandas as gpd
    from shapely import Point

    layer = tmp_path / "liste.gpkg"
    told = gpd.GeoDataFrame(
        {"id": ["a", "b"], "commune_code": ["59350", "62041"]}, geometry=[Point(0, 0)] * 2, crs=4326
    )
    pyogrio.write_dataframe(told, layer, layer="liste")
    changed(layer, LYING)
    with pytest.raises(RegisterError, match="the table has 2 rows, its reader gives 0: an index"):
        read_sheet(layer)


INSTEAD = f"ALTER TABLE gpkg_contents RENAME TO c; CREATE VIEW %s AS {ENDLESS}SELECT c.* FROM c, n"  # noqa: S608
ON_TEXTS = "DROP TABLE IF EXISTS gpkg_extensions; CREATE VIRTUAL TABLE gpkg_extensions USING fts4(table_name)"
POSING = "CREATE VIRTUAL TABLE rtree_liste_x USING fts4(a, b [INT) USING rtree])"

NOTES = (
    f"CREATE VIEW noted AS {ENDLESS}SELECT i AS tbl, i AS idx, i AS stat FROM n; PRAGMA writable_schema = ON;"  # noqa: S608
    "UPDATE sqlite_master SET name = 'sqlite_stat1', tbl_name = 'sqlite_stat1',"
    " sql = replace(sql, 'noted', 'sqlite_stat1') WHERE name = 'noted'"
)


@pytest.mark.parametrize(
    ("name", "sql"),
    [
        ("gpkg_contents", INSTEAD % "gpkg_contents"),
        ("GPKG_CONTENTS", INSTEAD % "GPKG_CONTENTS"),
        ("gpkg_metadata", f"CREATE VIEW gpkg_metadata AS {ENDLESS}SELECT i AS id FROM n"),  # noqa: S608
        ("gpkg_metadata_reference", f"CREATE VIEW gpkg_metadata_reference AS {ENDLESS}SELECT 1 FROM n"),  # noqa: S608
        ("gpkg_data_columns", "CREATE TABLE gpkg_data_columns (a TEXT, b TEXT AS (hex(a)) VIRTUAL)"),
        ("gpkg_extensions", ON_TEXTS),
        ("rtree_liste_geom", f"CREATE VIEW rtree_liste_geom AS {ENDLESS}SELECT i AS id FROM n"),  # noqa: S608
        ("rtree_liste_x", POSING),
        ("spatial_ref_sys", f"CREATE VIEW spatial_ref_sys AS {ENDLESS}SELECT i AS srid FROM n"),  # noqa: S608
        ("geometry_columns", f"CREATE VIEW geometry_columns AS {ENDLESS}SELECT i AS srid FROM n"),  # noqa: S608
        *(
            (name, f"CREATE VIEW {name} AS {ENDLESS}SELECT i AS srid FROM n")  # noqa: S608
            for name in ("views_geometry_columns", "virts_geometry_columns")
        ),
        ("sqlite_stat1", NOTES),
    ],
    ids=[
        *("contents", "capitals", "metadata", "reference", "computed", "virtual", "index", "no index"),
        *("SpatiaLite systems", "SpatiaLite geometries", "SpatiaLite views", "SpatiaLite virtual", "notes"),
    ],
)
def test_no_table_by_which_a_geopackage_is_opened_is_a_program(
    layer: Path, name: str, sql: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pyogrio.list_layers", lambda *_: pytest.fail("opened before it was looked at"))
    with pytest.raises(RegisterError, match=f"layer “{name}.*” is no table but a view"):
        read_sheet(changed(layer, sql))


def test_no_table_by_which_a_geopackage_is_opened_is_without_end(
    layer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pyogrio.list_layers", lambda *_: pytest.fail("opened before it was looked at"))
    explosive.endless_table(layer, "gpkg_spatial_ref_sys")
    with pytest.raises(RegisterError, match="2,000,001 rows"):
        read_sheet(layer)


@pytest.mark.parametrize("told", ["type = 'table'", "type = 'index'", "name = 'autre', tbl_name = 'autre'"])
def test_a_view_that_is_listed_as_something_else_is_not_run(layer: Path, told: str) -> None:
    changed(layer, INSTEAD % "gpkg_contents")
    changed(
        layer,
        f"PRAGMA writable_schema = ON; UPDATE sqlite_master SET {told} WHERE name = 'gpkg_contents'",  # noqa: S608
    )
    with pytest.raises(RegisterError, match="damaged or incomplete"):
        read_sheet(layer)


def test_a_spatial_index_and_metadata_are_no_programs(tmp_path: Path) -> None:
    import geopandas as gpd
    from shapely import Point

    path = tmp_path / "a.gpkg"
    told = gpd.GeoDataFrame({"id": ["a"]}, geometry=[Point(0, 0)], crs=4326)
    pyogrio.write_dataframe(told, path, layer="liste", layer_metadata={"titre": "Une liste"})
    assert read_sheet(path).rows == [(1, ["a"])]


ALWAYS = f"INSERT INTO liste (id) {ENDLESS}SELECT i FROM n"  # noqa: S608
CHANGING = "UPDATE liste SET id = 'changé' WHERE fid = NEW.fid"
TRIGGERS = ";".join(
    (
        f"CREATE TRIGGER t AFTER UPDATE ON liste BEGIN {CHANGING}; END",
        f"CREATE TRIGGER u BEFORE UPDATE ON LISTE BEGIN {ALWAYS}; END",
    )
)


def triggers(path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as base:
        listed = base.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
        return listed.fetchall()


def test_a_completed_list_runs_no_trigger_and_keeps_them_all(layer: Path, tmp_path: Path) -> None:
    out = tmp_path / "complet.gpkg"
    kept = triggers(changed(layer, TRIGGERS))
    assert {"t", "u", "trigger_insert_feature_count_liste"} <= {name for name, _ in kept}
    main(["check", str(layer), "--corrected", str(out)])
    assert triggers(out) == kept
    sheet = read_sheet(out)
    assert [(line, cells[:2]) for line, cells in sheet.rows] == ROWS
    assert [cells[sheet.header.index("controle_codes")] for _, cells in sheet.rows] == ["59350", "62041"]


@pytest.mark.parametrize("hidden", ["type = 'index'", "tbl_name = 'autre'", "name = 'v'"])
def test_a_trigger_that_hides_makes_the_completing_fail_and_is_not_run(
    layer: Path, tmp_path: Path, hidden: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "complet.gpkg"
    sql = f"{TRIGGERS}; PRAGMA writable_schema = ON; UPDATE sqlite_master SET {hidden} WHERE name = 'u'"  # noqa: S608
    assert main(["check", str(changed(layer, sql)), "--corrected", str(out)]) == 2
    assert "liste.gpkg" in capsys.readouterr().err
    assert not out.exists()


def test_a_file_too_large_is_not_completed_in_memory(layer: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(foreign, "LARGEST_COPY", 1000)
    assert read_sheet(layer).rows == ROWS  # it is read in its place
    assert main(["check", str(layer), "--corrected", str(layer.with_name("complet.gpkg"))]) == 2
    assert not layer.with_name("complet.gpkg").exists()
