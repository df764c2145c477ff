"""A GeoPackage or a Parquet made to exhaust its reader ends in a sentence; no program of a file is run."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from geocontracts.errors import RegisterError
from geocontracts.records.formats.read import read_sheet

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
            "INSERT INTO liste VALUES (2, 'b', hex(zeroblob(1000000)))",
            "layer “liste”, column commune_code: a value has more than 1,048,576 characters",
        ),
    ],
    ids=["virtual table", "view in place of the table", "computed column", "huge text"],
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
