"""Layers without columns, with text of another encoding, and what the reader of layers says."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyogrio
import pytest
import shapely
from pyarrow import parquet

from geocontracts.cli import main
from geocontracts.errors import RegisterError
from geocontracts.records.formats.read import read_sheet
from geocontracts.records.large.head import read_head
from geocontracts.records.lists.mapping import ListMapping

if TYPE_CHECKING:
    from pathlib import Path

BARE = gpd.GeoDataFrame(geometry=[shapely.Point(0, 0), shapely.Point(1, 1)], crs=4326)


def refusal(path: Path) -> str:
    """Return what is said of a file that is not read."""
    with pytest.raises(RegisterError) as caught:
        read_sheet(path)
    return caught.value.text("fr")


@pytest.mark.parametrize("name", ["nu.gpkg", "nu.fgb"])
def test_a_layer_of_geometry_alone_is_told(tmp_path: Path, name: str) -> None:
    BARE.to_file(tmp_path / name)
    said = refusal(tmp_path / name)
    assert f"{name}\u00a0: «\u00a0nu\u00a0» n’a aucune colonne d’attributs" in said
    assert "joignez-les dans QGIS" in said


def test_a_geoparquet_of_geometry_alone_is_told(tmp_path: Path) -> None:
    BARE.to_parquet(tmp_path / "nu.parquet")
    assert "«\u00a0nu.parquet\u00a0» n’a aucune colonne d’attributs" in refusal(tmp_path / "nu.parquet")


def test_a_shapefile_without_its_table_is_told_which_file_to_bring(tmp_path: Path) -> None:
    gpd.GeoDataFrame({"commune": ["Arras"]}, geometry=[shapely.Point(0, 0)], crs=4326).to_file(
        tmp_path / "u.shp"
    )
    (tmp_path / "u.dbf").unlink()
    said = refusal(tmp_path / "u.shp")
    assert "«\u00a0u.dbf\u00a0» n’est pas à côté de lui" in said
    assert "Copiez ensemble tous ses fichiers" in said


def test_a_layer_with_columns_is_taken_before_one_with_more_features(tmp_path: Path) -> None:
    BARE.to_file(tmp_path / "a.gpkg", layer="points")
    pyogrio.write_dataframe(pd.DataFrame({"commune": ["Arras"]}), tmp_path / "a.gpkg", layer="liste")
    sheet = read_sheet(tmp_path / "a.gpkg")
    assert (sheet.origin.sheet, sheet.rows) == ("liste", [(1, ["Arras"])])


def test_text_of_a_geopackage_that_is_not_utf_8_is_told_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    columns = {"commune": ["Arras"] * 50, "titre": ["Un"] * 50}
    pyogrio.write_dataframe(pd.DataFrame(columns), path, layer="liste", driver="GPKG")
    with closing(sqlite3.connect(path)) as base, base:
        base.execute("UPDATE liste SET titre = CAST(X'636166e9' AS TEXT) WHERE fid IN (37, 44)")
        base.execute("DELETE FROM liste WHERE fid < 5")  # so that ranks are not identifiers
    said = refusal(path)
    assert "a.gpkg, ligne 37, colonne titre\u00a0: ce texte n’est pas en UTF-8" in said
    assert "«\u00a0café\u00a0»" in said


def test_a_heading_of_a_layer_that_is_not_utf_8_is_told(tmp_path: Path) -> None:
    path = tmp_path / "u.fgb"
    gpd.GeoDataFrame({"commune": ["Arras"]}, geometry=[shapely.Point(0, 0)], crs=4326).to_file(path)
    path.write_bytes(path.read_bytes().replace(b"commune", b"commun\xe9"))
    assert "un nom de couche ou de colonne n’est pas en UTF-8" in refusal(path)


def test_a_shapefile_that_lies_of_its_encoding_is_told_with_its_place(tmp_path: Path) -> None:
    columns = {"titre": ["Échec"] * 9, "commune": ["Arras"] * 9}
    path = tmp_path / "u.shp"
    gpd.GeoDataFrame(columns, geometry=[shapely.Point(0, 0)] * 9, crs=4326).to_file(path)
    table = path.with_suffix(".dbf")
    head, _, tail = table.read_bytes().rpartition("É".encode())
    table.write_bytes(head + "\xc9 ".encode("cp1252") + tail)
    said = refusal(path)
    assert (
        "u.shp, ligne 10, colonne titre\u00a0: ce texte n’est pas dans l’encodage que le fichier .cpg" in said
    )
    assert "Écrivez 1252 dans le .cpg" in said


def test_text_of_a_parquet_that_is_not_utf_8_is_told_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    rows = {"n": [*range(300)], "commune": [f"Lens {rank}" for rank in range(300)]}
    parquet.write_table(
        pa.table(rows), path, compression="none", use_dictionary=False, write_statistics=False
    )
    path.write_bytes(path.read_bytes().replace(b"Lens 250", b"\xff\xfens 250"))
    assert "a.parquet, ligne 252, colonne commune\u00a0: ce texte n’est pas en UTF-8" in refusal(path)
    with pytest.raises(RegisterError, match="row 252, column commune"):
        read_head(path, ListMapping(), {})


@pytest.mark.parametrize("way", ["check", "grants"])
def test_what_the_reader_of_layers_says_names_no_place_of_this_machine(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], way: str
) -> None:
    path = tmp_path / "a.gpkg"
    path.write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    out = [] if way == "check" else ["-o", str(tmp_path / "sorties")]
    assert main([way, str(path), *out]) == 2
    said = capfd.readouterr().err
    assert "a.gpkg\u00a0: ce fichier est abîmé" in said
    assert "site-packages" not in said
    assert "Warning" not in said


def test_a_warning_about_a_layer_that_is_read_is_a_note(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    pyogrio.write_dataframe(pd.DataFrame({"commune": ["Arras"]}), path, layer="liste", driver="GPKG")
    content = bytearray(path.read_bytes())
    content[68:72] = b"\xff\xff\xff\xff"  # the mark of a GeoPackage (clause 1.1.1.1.1)
    path.write_bytes(content)
    sheet = read_sheet(path)
    assert sheet.rows == [(1, ["Arras"])]
    (note,) = [note.text("fr") for note in sheet.notes if note.key == "layer-warned"]
    assert "bad application_id" in note
    assert str(tmp_path) not in note
