"""Parquet, GeoPackage, GeoJSON and their kin: columns with types, geometry left aside."""

from __future__ import annotations

import datetime as dt
import json
import os
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import pyarrow as pa
import pytest
from pyarrow import parquet
from shapely import Point

from geocontracts.errors import RegisterError
from geocontracts.records.formats.read import read_sheet
from geocontracts.records.read import read_register

if TYPE_CHECKING:
    from collections.abc import Callable

GEOMETRY = {"geopackage": "geom"}
UNUSED = "n’est pas lue\u00a0: les lieux sont trouvés par leurs codes et leurs noms."


@pytest.fixture
def places() -> gpd.GeoDataFrame:
    columns = {"code": ["02691", "62041"], "montant": [1.5, None], "signe": [dt.date(2019, 6, 29), None]}
    return gpd.GeoDataFrame(columns, geometry=[Point(3.28, 49.84), Point(2.78, 50.29)], crs=4326)


ROWS = [["02691", "1.5", "2019-06-29"], ["62041", "", ""]]


def test_the_types_of_parquet_are_written_plainly(tmp_path: Path) -> None:
    columns = {
        "code": pa.array(["02691", None]).dictionary_encode(),
        "epci": pa.array([[200033579, 246200364], []]),
        "montant": pa.array([Decimal("1234.50"), Decimal("0.00")], pa.decimal128(12, 2)),
        "part": pa.array([float("nan"), 2.16e22]),
        "vu": pa.array([dt.datetime(2019, 6, 29, 12, 30), dt.datetime(2019, 6, 29)]),  # noqa: DTZ001
        "siren": pa.array([200072460, None]),
        "actif": pa.array([True, False]),
        "payeur": pa.array([{"nom": "État"}, None]),
    }
    parquet.write_table(pa.table(columns), tmp_path / "a.parquet")
    sheet = read_sheet(tmp_path / "a.parquet")
    assert sheet.header == tuple(columns)
    assert sheet.rows == [
        (
            2,
            [
                "02691",
                "200033579;246200364",
                "1234.5",
                "",
                "2019-06-29 12:30:00",
                "200072460",
                "true",
                '{"nom": "État"}',
            ],
        ),
        (3, ["", "", "0", "21600000000000000000000", "2019-06-29", "", "false", ""]),
    ]
    assert (sheet.notes, sheet.header_line, sheet.origin.kind) == ((), 1, "parquet")


@pytest.mark.parametrize(
    ("name", "kind", "first"),
    [
        ("a.parquet", "parquet", 2),
        ("a.gpkg", "geopackage", 1),
        ("a.geojson", "geojson", 2),
        ("a.geojsonl", "geojson", 2),
        ("a.fgb", "flatgeobuf", 2),
        ("a.shp", "shapefile", 2),
    ],
)
def test_geographic_files_are_read_without_their_geometry(
    tmp_path: Path, places: gpd.GeoDataFrame, name: str, kind: str, first: int
) -> None:
    path = tmp_path / name
    if name.endswith("parquet"):
        places.to_parquet(path)
    else:
        places.to_file(path, driver="GeoJSONSeq" if name.endswith("geojsonl") else None)
    sheet = read_sheet(path)
    assert (sheet.origin.kind, sheet.header) == (kind, ("code", "montant", "signe"))
    assert sheet.rows == [(first, ROWS[0]), (first + 1, ROWS[1])]
    assert [note.text("fr") for note in sheet.notes] == [
        f"La géométrie ({GEOMETRY.get(kind, 'geometry')}) {UNUSED}"
    ]


def test_the_layer_of_a_geopackage_is_found_or_named(tmp_path: Path, places: gpd.GeoDataFrame) -> None:
    path = tmp_path / "a.gpkg"
    places.head(1).to_file(path, layer="Décor")
    places.to_file(path, layer="Contrats")
    sheet = read_sheet(path)
    assert (sheet.origin.sheet, len(sheet.rows)) == ("Contrats", 2)
    assert "Autres feuilles remplies, non lues\u00a0: Décor" in sheet.notes[0].text("fr")
    assert len(read_sheet(path, sheet="decor").rows) == 1
    with pytest.raises(RegisterError, match=r"there is no sheet “x”\. Sheets of the file: Décor, Contrats"):
        read_sheet(path, sheet="x")


def test_the_properties_of_features_may_differ(tmp_path: Path) -> None:
    features = [
        {"type": "Feature", "geometry": None, "properties": {"code": 2691, "noms": ["a", "b"]}},
        {"type": "Feature", "geometry": None, "properties": None},
        {"type": "Feature", "geometry": None, "properties": {"actif": True, "code": "62041"}},
    ]
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    sheet = read_sheet(path)
    assert sheet.header == ("code", "noms", "actif")
    assert sheet.rows == [(2, ["2691", "a;b", ""]), (3, ["", "", ""]), (4, ["62041", "", "true"])]
    assert sheet.notes == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"type": "FeatureCollection",\n "features": [}', "row 2: this is not readable GeoJSON"),
        ('{"type": "Topology", "objects": {}}', "this JSON is no FeatureCollection"),
        ('{"type": "FeatureCollection", "features": [1]}', "this JSON is no FeatureCollection"),
        ('{"type": "Feature", "properties": {}}\n{"type": ', "row 2: this is not readable GeoJSON"),
    ],
)
def test_json_of_another_kind_is_said(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "a.geojson").write_text(text, encoding="utf-8")
    with pytest.raises(RegisterError, match=said):
        read_sheet(tmp_path / "a.geojson")


@pytest.mark.parametrize("content", [b"PAR1 nothing PAR1", b"SQLite format 3\x00" + b"x" * 200])
def test_broken_files_are_said(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a").write_bytes(content)
    with pytest.raises(RegisterError, match="this file is damaged or incomplete"):
        read_sheet(tmp_path / "a")


@pytest.mark.parametrize("geo", [b"{bad", b"[1]", b'{"columns": 5}', b"\xff\xfe", b"[" * 100_000])
def test_a_parquet_whose_geometry_is_ill_declared_is_read(tmp_path: Path, geo: bytes) -> None:
    table = pa.table({"code": ["62041"]}).replace_schema_metadata({b"geo": geo})
    parquet.write_table(table, tmp_path / "a.parquet")
    assert read_sheet(tmp_path / "a.parquet").rows == [(2, ["62041"])]


def test_a_moment_out_of_range_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    moments = pa.array([2**60, 1_577_836_800_000_000], pa.timestamp("us"))
    columns = {"le": moments, "liste": pa.array([[2**60], None], pa.list_(pa.timestamp("us")))}
    parquet.write_table(pa.table(columns), tmp_path / "a.parquet", version="2.6")
    first, second = (cells for _, cells in read_sheet(tmp_path / "a.parquet").rows)
    assert all("value out of range" in cell for cell in first)
    assert second == ["2020-01-01", ""]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("[" * 100_000 + "]" * 100_000, "nested too deep"),
        ("[" * 600 + "]" * 600, "nested too deep"),
        ("9" * 5_000, "row 1: this is not readable GeoJSON"),
    ],
)
def test_json_beyond_measure_is_said(tmp_path: Path, value: str, said: str) -> None:
    feature = f'{{"type": "Feature", "geometry": null, "properties": {{"a": {value}}}}}'
    (tmp_path / "a.geojson").write_text(feature, encoding="utf-8")
    with pytest.raises(RegisterError, match=said):
        read_sheet(tmp_path / "a.geojson")
    (tmp_path / "b.geojson").write_text(f"{feature}\n{feature}", encoding="utf-8")
    with pytest.raises(RegisterError, match=said):
        read_sheet(tmp_path / "b.geojson")


def test_half_a_sign_is_read_as_unknown(tmp_path: Path) -> None:
    feature = r'{"type": "Feature", "geometry": null, "properties": {"a\ud83d": "Arr\ud83das \ud83d\ude00"}}'
    (tmp_path / "a.geojson").write_text(feature, encoding="utf-8")
    sheet = read_sheet(tmp_path / "a.geojson")
    assert (sheet.header, sheet.rows) == (("a\ufffd",), [(2, ["Arr\ufffdas \U0001f600"])])


def test_typed_numbers_are_certain_and_text_is_not(tmp_path: Path) -> None:
    columns = {
        "lieu": ["Arras"],
        "a": [12.375],
        "b": [Decimal("5.125")],
        "montant": ["12.375"],
        "code": [62041.0],
    }
    parquet.write_table(pa.table(columns), tmp_path / "a.parquet")
    assert read_sheet(tmp_path / "a.parquet").rows == [(2, ["Arras", "12.3750", "5.1250", "12.375", "62041"])]


@pytest.mark.parametrize("reader", [read_sheet, read_register])
def test_what_is_no_ordinary_file_is_not_waited_for(tmp_path: Path, reader: Callable[[Path], object]) -> None:
    os.mkfifo(tmp_path / "tube")
    for path in (tmp_path / "tube", Path("/dev/zero")):
        with pytest.raises(RegisterError, match="this is no ordinary file"):
            reader(path)


def test_only_line_1_can_be_the_header(tmp_path: Path) -> None:
    parquet.write_table(pa.table({"a": [1]}), tmp_path / "a.parquet")
    assert read_sheet(tmp_path / "a.parquet", header=1).rows == [(2, ["1"])]
    with pytest.raises(RegisterError, match="row 3: this row is empty or does not exist"):
        read_sheet(tmp_path / "a.parquet", header=3)
