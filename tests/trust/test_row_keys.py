"""The answers of a completed GeoPackage stand beside their rows, whatever its columns are called."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from itertools import combinations
from typing import TYPE_CHECKING

import pandas as pd
import pyogrio
import pytest

from geocontracts.cli import main
from geocontracts.records.formats.read import read_sheet

if TYPE_CHECKING:
    from pathlib import Path

TOWNS = {"Denain": "59172", "Lens": "62498", "Arras": "62041"}
NAMES = ("rowid", "_rowid_", "oid")
SEVERAL = [names for count in (1, 2, 3) for names in combinations(NAMES, count)]
WRONG = (3, 1, 2)  # numbers of the user's, which are no rows'


def answers(path: Path) -> dict[str, str]:
    sheet = read_sheet(path, sheet="liste")
    town, codes = (sheet.header.index(name) for name in ("Commune", "controle_codes"))
    return {cells[town]: cells[codes] for _, cells in sheet.rows}


def completed(path: Path) -> dict[str, str]:
    out = path.with_name("complet.gpkg")
    assert main(["check", str(path), "--corrected", str(out)]) in {0, 1}  # 1: “oid” is taken for “id”
    return answers(out)


def table(path: Path, columns: str, names: tuple[str, ...] = (), rows: tuple[object, ...] = WRONG) -> Path:
    """Write a GeoPackage whose layer is made by hand; `rows` are what stands in each of `names`."""
    pyogrio.write_dataframe(pd.DataFrame({"a": [1]}), path, layer="autre", driver="GPKG")
    told = ("Programme", "Intitulé", "Commune", *names)
    marks = ", ".join("?" * len(told))
    with closing(sqlite3.connect(path)) as base:
        base.execute("DELETE FROM autre")
        base.execute(f"CREATE TABLE liste ({columns})")
        insert = f"INSERT INTO liste ({', '.join(told)}) VALUES ({marks})"  # noqa: S608
        for title, town, value in zip("ABC", TOWNS, rows, strict=True):
            base.execute(insert, ("ACV", title, town, *[value] * len(names)))
        base.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier)"
            " VALUES ('liste', 'attributes', 'liste')"
        )
        base.commit()
    return path


TOLD = "Programme TEXT, Intitulé TEXT, Commune TEXT"


@pytest.mark.parametrize("names", SEVERAL, ids="+".join)
def test_columns_that_are_called_as_sqlite_calls_a_row_are_columns(
    tmp_path: Path, names: tuple[str, ...]
) -> None:
    path = tmp_path / "l.gpkg"
    told: dict[str, list[object]] = {
        "Programme": ["ACV"] * 3,
        "Intitulé": list("ABC"),
        "Commune": list(TOWNS),
    }
    told |= {name: list(WRONG) for name in names}
    pyogrio.write_dataframe(pd.DataFrame(told), path, layer="liste", driver="GPKG")
    assert completed(path) == TOWNS


@pytest.mark.parametrize(
    "key", ["numéro INTEGER PRIMARY KEY", "numéro INT PRIMARY KEY", '"Row""ID" INTEGER PRIMARY KEY DESC']
)
def test_the_key_is_found_whatever_its_name_and_kind(tmp_path: Path, key: str) -> None:
    name = key.partition(" ")[0]
    path = table(tmp_path / "l.gpkg", f"{TOLD}, {key}, rowid INTEGER, _rowid_ INTEGER, oid TEXT", (name,))
    assert completed(path) == TOWNS


@pytest.mark.parametrize("names", [(), ("rowid",), ("oid",), ("rowid", "oid")], ids="+".join)
def test_without_a_key_the_rows_are_known_by_the_name_that_is_left(
    tmp_path: Path, names: tuple[str, ...]
) -> None:
    path = table(tmp_path / "l.gpkg", ", ".join((TOLD, *(f"{name} INTEGER" for name in names))), names)
    assert [line for line, _ in read_sheet(path).rows] == [1, 2, 3]
    assert completed(path) == TOWNS


@pytest.mark.parametrize("names", [names for names in SEVERAL if "_rowid_" in names], ids="+".join)
def test_without_a_key_a_column_in_its_place_is_refused_with_what_to_do(
    tmp_path: Path, names: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    path = table(tmp_path / "l.gpkg", ", ".join((TOLD, *(f"{name} INTEGER" for name in names))), names)
    assert main(["check", str(path), "--corrected", str(tmp_path / "m.gpkg")]) == 2
    said = capsys.readouterr().err
    assert "rien ne numérote pour sûr les lignes de la couche «\u00a0liste\u00a0»" in said
    assert "exportez la couche" in said
    assert not (tmp_path / "m.gpkg").exists()


@pytest.mark.parametrize("rows", [(None, None, None), ("x", "y", "z"), (1, 2, None), (0, None, 1)], ids=str)
def test_a_key_that_does_not_number_its_rows_is_refused(
    tmp_path: Path, rows: tuple[object, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    path = table(tmp_path / "l.gpkg", f"{TOLD}, n INT PRIMARY KEY", ("n",), rows)
    assert main(["check", str(path), "--corrected", str(tmp_path / "m.gpkg")]) == 2
    assert "rien ne numérote pour sûr les lignes" in capsys.readouterr().err
    assert not (tmp_path / "m.gpkg").exists()


def test_a_table_whose_rows_sqlite_does_not_number_is_refused_as_such(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = table(tmp_path / "l.gpkg", f"{TOLD} PRIMARY KEY) WITHOUT ROWID --")
    with closing(sqlite3.connect(path)) as base:
        base.execute("DELETE FROM gpkg_contents WHERE table_name = 'autre'")
        base.commit()
    assert main(["check", str(path)]) == 2
    assert "rien ne numérote pour sûr les lignes de la couche" in capsys.readouterr().err
