"""GeoJSON, GeoParquet, FlatGeobuf and CSV, each read by another program than the one that wrote it."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
import shapely

from geocontracts.errors import OutputError, UnknownOptionError
from geocontracts.outputs.exports.write import SUFFIXES, write_content, write_export
from geocontracts.records.lists.mapping import ListMapping
from geocontracts.records.read import read_register
from tests.outputs.exports.programs import read_by_gdal, told_by_gdal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geocontracts.outputs.exports.content import ExportContent
    from geocontracts.outputs.exports.write import Export
    from geocontracts.records.register import Contract, Register


def rows_of(content: bytes, delimiter: str = ";") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=delimiter))


def test_geojson_is_as_the_standard_says(exported: Callable[[str], Export], register: Register) -> None:
    told: dict[str, Any] = json.loads(exported(".geojson").path.read_bytes())
    assert told["type"] == "FeatureCollection"
    assert "crs" not in told
    assert [each["id"] for each in told["features"]] == [record.id for record in register.records()]
    shapes = [shapely.geometry.shape(each["geometry"]) for each in told["features"] if each["geometry"]]
    assert len(shapes) == 158
    assert all(shape.is_valid for shape in shapes)
    rings = [part.exterior for shape in shapes for part in getattr(shape, "geoms", [shape])]
    assert all(ring.is_ccw for ring in rings)
    left, bottom, right, top = told["bbox"]
    assert (round(left), round(bottom), round(right), round(top)) == (1, 48, 4, 51)
    assert {len(repr(x).partition(".")[2]) <= 6 for x, _ in shapes[0].exterior.coords} == {True}
    assert "Licence Ouverte 2.0" in told["licence"]
    assert told["sources"][0]["publisher"] == "Préfecture de la région Hauts-de-France"


def test_geojson_properties_are_typed_and_say_why_nothing_is_placed(
    exported: Callable[[str], Export],
) -> None:
    told = json.loads(exported(".geojson").path.read_bytes())
    by_name = {each["id"]: each for each in told["features"]}
    erbm = by_name["erbm"]["properties"]
    assert (erbm["kind"], erbm["status"], erbm["signed_on"]) == ("contract", "signed", "2017-03-07")
    assert erbm["total_eur"] is None
    assert by_name["centre-azincourt"]["properties"]["total_eur"] == 3_186_368.61
    bare = [each["properties"] for each in told["features"] if each["geometry"] is None]
    assert len(bare) == 17
    assert all(isinstance(each["reasons"], list) and each["reasons"] for each in bare)


def test_gdal_reads_geojson_and_flatgeobuf_alike(exported: Callable[[str], Export]) -> None:
    geojson = read_by_gdal(exported(".geojson").path, "records")
    flat = read_by_gdal(exported(".fgb").path, "records")
    assert [each["properties"]["id"] for each in flat] == [each["id"] for each in geojson]
    sums = [sum(each["properties"].get("total_eur") or 0 for each in found) for found in (geojson, flat)]
    assert sums[0] == pytest.approx(sums[1])
    assert sum(each["geometry"] is None for each in flat) == 17
    assert "starts_first: Date" in told_by_gdal(exported(".fgb").path, "records")


def test_geopandas_reads_the_parquet_that_pyarrow_wrote(
    exported: Callable[[str], Export], register: Register
) -> None:
    import geopandas as gpd
    import pyarrow.parquet as pq

    path = exported(".parquet").path
    frame = gpd.read_parquet(path).set_index("id")
    assert frame.crs.to_string() == "OGC:CRS84"
    assert frame.geometry.isna().sum() == 17
    assert list(frame.loc["erbm", "territories"]) == list(register.contracts["erbm"].territories)
    area = frame.geometry.loc[["erbm"]].to_crs(2154).area.iloc[0] / 1e6
    assert area == pytest.approx(frame.loc["erbm", "found_area_km2"], rel=0.005)
    metadata = pq.read_schema(path).metadata
    assert json.loads(metadata[b"geo"])["version"] == "1.1.0"
    assert "Licence Ouverte 2.0" in metadata[b"geocontracts"].decode()


def test_csv_is_what_a_french_spreadsheet_wants(
    exported: Callable[[str], Export], register: Register
) -> None:
    content = exported(".csv").path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = rows_of(content)
    assert len(rows) == len(register)
    azincourt = next(row for row in rows if row["Identifiant"] == "centre-azincourt")
    assert azincourt["Montant total (€)"] == "3186368,61"
    assert azincourt["Nature"] == "Opération"
    erbm = next(row for row in rows if row["Identifiant"] == "erbm")
    assert (erbm["Montant total (€)"], erbm["Statut"], erbm["Début"]) == ("", "Signé", "2017")
    assert "Licence Ouverte 2.0" in erbm["À citer"]
    assert "COG 2026" in erbm["À citer"]
    assert erbm["Éditeur de la source"] == "Préfecture de la région Hauts-de-France"


def test_csv_in_english_has_commas_and_a_mark_only_when_asked(content: ExportContent, tmp_path: Path) -> None:
    english = replace(content, lang="en")
    plain = write_content(english, tmp_path / "a.csv", table="contracts").path.read_bytes()
    marked = write_content(english, tmp_path / "b.csv", table="contracts", bom=True).path.read_bytes()
    assert marked == b"\xef\xbb\xbf" + plain
    assert rows_of(plain, ",")[0]["Identifier"] == next(iter(content.register.contracts))


@pytest.mark.parametrize("suffix", [".csv", ".geojson", ".parquet", ".fgb"])
def test_hostile_cells_stay_text(hostile: Register, tmp_path: Path, suffix: str) -> None:
    export = write_export(hostile, tmp_path / f"h{suffix}")
    assert [note.key for note in export.notes] == ["export-signs"]
    if suffix == ".csv":
        rows = rows_of(export.path.read_bytes())
        assert [rows[0][name] for name in ("Intitulé", "Résumé", "Remarque")] == [
            '\'=HYPERLINK("https://exemple.invalid")',
            "'@SUM(A1)",
            "'-1+1",
        ]
        assert rows[1]["Intitulé"] == "coupé\ufffdici\ufffd et \ufffd là"
        assert rows[1]["Résumé"] == "é" * 40_000
    elif suffix != ".parquet":
        told = read_by_gdal(export.path, "records")
        assert told[1]["properties"]["title"] == "coupé\ufffdici\ufffd et \ufffd là"
        assert len(told[1]["properties"]["summary"]) == 40_000


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_same_input_same_bytes(hostile: Register, tmp_path: Path, suffix: str) -> None:
    paths = [tmp_path / f"{name}{suffix}" for name in ("un", "deux")]
    first, second = (write_export(hostile, path, area="Aisne").path.read_bytes() for path in paths)
    assert first == second


@pytest.mark.thorough
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_same_register_same_bytes_in_another_process(
    exported: Callable[[str], Export], tmp_path: Path, suffix: str
) -> None:
    path = tmp_path / f"autre{suffix}"
    command = [sys.executable, "-m", "geocontracts", "export", "-o", path]
    subprocess.run(
        command, env=os.environ | {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"}, check=True, capture_output=True
    )
    assert path.read_bytes() == exported(suffix).path.read_bytes()


@pytest.mark.parametrize(
    ("suffix", "sheet"),
    [
        (".gpkg", "contracts"),
        (".xlsx", "Contrats"),
        (".csv", None),
        (".parquet", None),
        (".geojson", None),
        (".fgb", None),
    ],
)
def test_the_contracts_can_be_read_again(
    exported: Callable[[str], Export], content: ExportContent, tmp_path: Path, suffix: str, sheet: str | None
) -> None:
    register = content.register
    if sheet:
        path = exported(suffix).path
    else:
        path = write_content(content, tmp_path / f"contrats{suffix}", table="contracts").path
    again = read_register(path, ListMapping(sheet=sheet) if sheet else None)
    assert again.problems == ()
    assert list(again.contracts) == list(register.contracts)
    for name, contract in register.contracts.items():
        assert facts_of(again.contracts[name]) == facts_of(contract)


def facts_of(contract: Contract) -> tuple[object, ...]:
    names = ("programme", "title", "territories", "perimeter", "status", "signed_on", "starts_on", "ends_on")
    euros = ("amount_total_eur", "amount_state_eur", "amount_unattributed_eur", "amount_period", "counted_in")
    return tuple(getattr(contract, name) for name in (*names, *euros, "signatories", "remark"))


def test_what_cannot_be_written_is_refused_with_what_can(register: Register, tmp_path: Path) -> None:
    with pytest.raises(UnknownOptionError, match=r"\.gpkg, \.geojson, \.parquet, \.fgb, \.xlsx, \.csv"):
        write_export(register, tmp_path / "a.shp")
    with pytest.raises(UnknownOptionError, match="holds all tables"):
        write_export(register, tmp_path / "a.gpkg", table="contracts")
    with pytest.raises(UnknownOptionError, match="“coverage” is not a table"):
        write_export(register, tmp_path / "a.fgb", table="coverage")
    with pytest.raises(UnknownOptionError, match="is for CSV alone"):
        write_export(register, tmp_path / "a.fgb", bom=True)
    assert list(tmp_path.iterdir()) == []


def test_no_input_is_written_over(with_contracts: Callable[..., Path]) -> None:
    folder = with_contracts("a,acv,A,commune:62041,signed,doc,1")
    with pytest.raises(OutputError, match="is a table of the register"):
        write_export(read_register(folder), folder / "contracts.csv")
