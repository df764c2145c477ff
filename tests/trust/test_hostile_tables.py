"""A GeoPackage or a Parquet made to exhaust its reader ends in a sentence; no program of a file is run."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from geocontracts.errors import RegisterError
from geocontracts.records.formats import limits, programs
from geocontracts.records.formats.read import read_sheet
from tests.trust import explosive

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ENDLESS = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
    "SELECT i AS fid, i AS commune_code FROM n"
)
COMPUTED = (
    "CREATE TABLE c (fid INTEGER PRIMARY KEY, t TEXT AS (hex(zeroblob(100000000))) VIRTUAL);"
    "INSERT INTO c (fid) VALUES (1), (2)"
)
HUGE = "INSERT INTO liste VALUES (2, 'b', hex(zeroblob(1000000)))"

TWO = "INSERT INTO c (a) VALUES ('a'), ('b')"
LYING = (
    "; CREATE INDEX i ON liste(typeof(commune_code)) WHERE fid < 0; PRAGMA writable_schema=ON;"
    "UPDATE sqlite_master SET sql = replace(sql, ' WHERE fid < 0', '') WHERE name = 'i'"
)


@pytest.fixture
def geopackage(tmp_path: Path) -> Callable[[str], Path]:
    """Return a function that writes a GeoPackage with an honest table, changed by some SQL."""

    def make(sql: str) -> Path:
        import pandas as pd
        import pyogrio

        path = tmp_path / "liste.gpkg"
        told = pd.DataFrame({"id": ["a"], "commune_code": ["59350"]})
        pyogrio.write_dataframe(told, path, layer="liste", driver="GPKG")
        with closing(sqlite3.connect(path)) as base:
            base.executescript(sql)
            base.commit()
        return path

    return make


def listed(name: str) -> str:
    columns = "table_name, data_type, identifier"
    return f";INSERT INTO gpkg_contents ({columns}) VALUES ('{name}', 'attributes', '{name}');"  # noqa: S608


def test_an_honest_table_is_read(geopackage: Callable[[str], Path]) -> None:
    sheet = read_sheet(geopackage(""))
    assert sheet.header == ("id", "commune_code")
    assert sheet.rows == [(1, ["a", "59350"])]


@pytest.mark.parametrize(
    ("sql", "sentence"),
    [
        (
            "ALTER TABLE liste RENAME TO autre; CREATE VIEW LISTE AS SELECT * FROM autre",
            "layer “liste” is no table but a view",
        ),
        (
            "DROP TABLE liste; CREATE VIRTUAL TABLE liste USING fts4(commune_code)",
            "layer “liste” is no table but a view",
        ),
        (
            f"DROP TABLE liste; CREATE VIEW liste AS {ENDLESS}",
            "layer “liste” is no table but a view",
        ),
        (
            COMPUTED + listed("c"),
            "computed column",
        ),
        (
            "CREATE TABLE c (fid INTEGER PRIMARY KEY, a TEXT, t TEXT AS (a || 'x') STORED)"
            + listed("c")
            + TWO,
            "layer “c.t” is no table but .* a computed column",
        ),
        (
            HUGE,
            "layer “liste”, column commune_code: a value has more than 1,048,576 characters",
        ),
        (
            # An index that keeps nothing, and says to know the type of each value.
            HUGE + LYING,
            "layer “liste”, column commune_code: a value has more than 1,048,576 characters",
        ),
    ],
    ids=[
        *("view of another case", "virtual table", "view in place of the table", "computed column"),
        *("stored column", "huge text", "lying index"),
    ],
)
def test_a_program_in_a_geopackage_is_refused_and_not_run(
    geopackage: Callable[[str], Path], sql: str, sentence: str
) -> None:
    with pytest.raises(RegisterError, match=sentence):
        read_sheet(geopackage(sql))


def test_a_view_that_is_not_asked_for_does_not_keep_the_table_from_being_read(
    geopackage: Callable[[str], Path],
) -> None:
    path = geopackage(f"CREATE VIEW sans_fin AS {ENDLESS}{listed('sans_fin')}")
    assert read_sheet(path).rows == [(1, ["a", "59350"])]
    with pytest.raises(RegisterError, match="layer “sans_fin” is no table but a view"):
        read_sheet(path, sheet="sans_fin")


def test_a_picture_is_measured_as_what_it_would_be_written_as_and_a_geometry_is_not(tmp_path: Path) -> None:
    import geopandas as gpd
    import numpy as np
    import shapely

    path = tmp_path / "liste.gpkg"
    winding = shapely.LineString(np.arange(160_000.0).reshape(-1, 2))  # 1.3 MB
    gpd.GeoDataFrame({"commune_code": ["59350"]}, geometry=[winding], crs=4326).to_file(path, layer="liste")
    with closing(sqlite3.connect(path)) as base:
        base.execute("CREATE TABLE photos (fid INTEGER PRIMARY KEY, photo BLOB)")
        base.execute("INSERT INTO photos VALUES (1, zeroblob(500000))")
        base.executescript(listed("photos"))
        base.commit()
        assert read_sheet(path, sheet="liste").rows == [(1, ["59350"])]
        assert read_sheet(path, sheet="photos").rows == [(1, ["00" * 500_000])]
        base.execute("UPDATE photos SET photo = zeroblob(600000)")
        base.commit()
    with pytest.raises(RegisterError, match="layer “photos”, column photo: a value has more than 1,048,576"):
        read_sheet(path, sheet="photos")


def test_the_name_of_a_table_is_found_whatever_its_case(geopackage: Callable[[str], Path]) -> None:
    path = geopackage("UPDATE gpkg_contents SET table_name = 'LISTE'; DELETE FROM gpkg_ogr_contents")
    assert read_sheet(path).rows == [(1, ["a", "59350"])]


def test_the_texts_of_a_geopackage_are_refused_when_they_are_too_large_together(
    geopackage: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(programs, "LARGEST_TEXT", 3_000_000)
    rows = ", ".join(f"({fid}, 'b', hex(zeroblob(500000)))" for fid in (2, 3, 4, 5))
    path = geopackage(f"INSERT INTO liste VALUES {rows}")  # noqa: S608
    with pytest.raises(RegisterError, match="is read up to 3 MB"):
        read_sheet(path)


@pytest.mark.parametrize("sheet", ["liste", None])
def test_pages_that_refer_to_each_other_give_no_rows_without_end(
    geopackage: Callable[[str], Path], sheet: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pyogrio.read_info", lambda *_, **__: pytest.fail("counted without a bound"))
    path = geopackage("DELETE FROM gpkg_ogr_contents")  # where a writer keeps the count
    explosive.endless_table(path, "liste")
    assert path.stat().st_size < 200_000
    with pytest.raises(RegisterError, match="2,000,001 rows; a list has 500,000 at most"):
        read_sheet(path, sheet=sheet)


@pytest.mark.parametrize(("most", "sentence"), [("MOST_LISTED", "3 rows; a list"), ("MOST_CELLS", "9 cells")])
def test_a_count_that_a_geopackage_tells_is_not_believed(
    geopackage: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch, most: str, sentence: str
) -> None:
    path = geopackage(
        "INSERT INTO liste VALUES (2, 'b', '62041'), (3, 'c', '62041');"  # noqa: S608
        "UPDATE gpkg_ogr_contents SET feature_count = 1" + LYING
    )
    monkeypatch.setattr(limits, most, 2)
    monkeypatch.setattr("pyogrio.raw.read", lambda *_, **__: pytest.fail("read before it was counted"))
    with pytest.raises(RegisterError, match=sentence):
        read_sheet(path)


def test_triggers_of_a_geopackage_are_not_run(geopackage: Callable[[str], Path]) -> None:
    path = geopackage("CREATE TRIGGER t AFTER INSERT ON liste BEGIN DELETE FROM liste; END")
    before = path.read_bytes()
    assert len(read_sheet(path).rows) == 1
    assert path.read_bytes() == before


def test_one_text_repeated_by_a_parquet_without_end_is_refused(tmp_path: Path) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    path = tmp_path / "a.parquet"
    text = pa.DictionaryArray.from_arrays(pa.array([0] * 2_000, pa.int32()), pa.array(["x" * 1_000_000]))
    parquet.write_table(pa.table({"commune_code": text}), path)
    assert path.stat().st_size < 2_000_000
    with pytest.raises(RegisterError, match="up to 500 MB"):
        read_sheet(path)


def test_a_parquet_that_says_to_have_endless_rows_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    path = tmp_path / "a.parquet"
    parquet.write_table(pa.table({"commune_code": pa.nulls(500_001, pa.string())}), path)

    def read(*_arguments: object, **_options: object) -> None:
        pytest.fail("rows were read before they were counted")

    monkeypatch.setattr(parquet.ParquetFile, "iter_batches", read)
    with pytest.raises(RegisterError, match="500,001 rows; a list has 500,000 at most"):
        read_sheet(path)
