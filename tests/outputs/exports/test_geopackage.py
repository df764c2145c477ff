"""The GeoPackage: tables, keys, shapes and credits, as SQLite and GDAL find them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
import shapely

from geocontracts.outputs.exports.write import write_export
from geocontracts.records.amounts import add_up
from geocontracts.records.read import read_register
from geocontracts.records.register import Operation
from tests.outputs.exports.programs import read_by_gdal, told_by_gdal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geocontracts.outputs.exports.write import Export
    from geocontracts.records.register import Register


def asked(path: Path, question: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as base:
        return base.execute(question).fetchall()


def test_every_table_is_there_with_its_rows(exported: Callable[[str], Export], register: Register) -> None:
    export = exported(".gpkg")
    rows = {layer.name: layer.rows for layer in export.layers}
    assert {
        name: rows[name] for name in ("contracts", "missions", "operations", "programmes", "sources")
    } == {
        name: len(getattr(register, name))
        for name in ("contracts", "missions", "operations", "programmes", "sources")
    }
    for name, count in rows.items():
        assert asked(export.path, f"SELECT count(*) FROM {name}") == [(count,)]  # noqa: S608
    assert (rows["epci"], rows["departements"]) == (92, 5)


def test_keys_are_declared_and_lead_somewhere(exported: Callable[[str], Export]) -> None:
    path = exported(".gpkg").path
    keys = {(row[2], row[3], row[4]) for row in asked(path, "PRAGMA foreign_key_list(operations)")}
    assert keys == {
        ("contracts", "contract", "id"),
        ("programmes", "programme", "id"),
        ("sources", "source", "id"),
    }
    assert asked(path, "PRAGMA foreign_key_check") == []
    assert asked(path, "PRAGMA integrity_check") == [("ok",)]
    ties = asked(
        path, "SELECT count(*) FROM coverage JOIN communes ON commune = code WHERE of_contract = 'erbm'"
    )
    assert ties == asked(path, "SELECT found_communes FROM contracts WHERE id = 'erbm'")


def test_euros_are_numbers_unknown_is_null_and_the_sum_counts_none_twice(
    exported: Callable[[str], Export], register: Register
) -> None:
    path = exported(".gpkg").path
    unknown = sum(contract.amount_total_eur is None for contract in register.contracts.values())
    assert unknown > 0
    assert asked(path, "SELECT count(*) FROM contracts WHERE amount_total_eur IS NULL") == [(unknown,)]
    assert asked(path, "SELECT count(*) FROM contracts WHERE amount_total_eur = 0") == [(0,)]
    columns = "SELECT total_to_add_eur AS whole, yearly_to_add_eur AS yearly, to_add_empty AS why FROM"
    both = f"{columns} contracts UNION ALL {columns} operations UNION ALL {columns} missions"
    for period in ("whole", "yearly"):
        total = asked(path, f"SELECT sum({period}) FROM ({both})")[0][0]  # noqa: S608
        assert total == pytest.approx(add_up(register, register.records(), period).total)
    # A cell is empty, or says why it is, never both.
    assert asked(path, f"SELECT count(*) FROM ({both}) WHERE (whole IS NULL) = (why IS NULL)") == [(0,)]  # noqa: S608
    inside = "SELECT cost_total_eur, total_to_add_eur, to_add_empty FROM operations"
    found = asked(path, f"{inside} WHERE id = 'amiens-aquapole'")
    [(around,)] = asked(path, "SELECT counted_in FROM operations WHERE id = 'amiens-aquapole'")
    assert found == [(26_000_000, None, f"compté dans {around}")]
    told = asked(path, f"SELECT DISTINCT why FROM ({both}) WHERE why IS NOT NULL")  # noqa: S608
    reasons = {why.split(" dans ")[0] for (why,) in told}
    assert reasons == {"compté", "montant inconnu", "montant par an"}


def test_dates_stay_as_partial_as_they_are_with_days_to_filter_by(exported: Callable[[str], Export]) -> None:
    path = exported(".gpkg").path
    row = asked(
        path,
        "SELECT signed_on, signed_last, starts_on, starts_last FROM contracts WHERE id = 'erbm'",
    )
    assert row == [("2017-03-07", "2017-03-07", "2017", "2017-12-31")]


def test_gdal_reads_layers_in_lambert_93_with_shapes_of_their_true_size(
    exported: Callable[[str], Export],
) -> None:
    path = exported(".gpkg").path
    said = told_by_gdal(path, "contracts")
    assert "Geometry: Multi Polygon" in said
    assert 'ID["EPSG",2154]' in said
    assert "Feature Count: 70" in said
    assert "starts_first: Date" in said
    assert "amount_total_eur: Real" in said
    [(blob, stated)] = asked(path, "SELECT geom, found_area_km2 FROM contracts WHERE id = 'erbm'")
    shape = shapely.from_wkb(blob[40:])
    assert shape.is_valid
    assert shape.area / 1e6 == pytest.approx(stated, rel=0.005)
    assert stated > 1000
    every = [shapely.from_wkb(row[0][40:]) for row in asked(path, "SELECT geom FROM communes")]
    assert all(shape.is_valid and shape.geom_type == "MultiPolygon" for shape in every)


def test_each_layer_has_a_spatial_index_that_finds_its_rows(exported: Callable[[str], Export]) -> None:
    path = exported(".gpkg").path
    drawn = [name for (name,) in asked(path, "SELECT table_name FROM gpkg_geometry_columns")]
    indexed = "SELECT table_name FROM gpkg_extensions WHERE extension_name = 'gpkg_rtree_index'"
    assert [name for (name,) in asked(path, indexed)] == drawn
    lens = "minx <= 686500 AND maxx >= 686500 AND miny <= 7036700 AND maxy >= 7036700"
    found = asked(path, f"SELECT name FROM communes JOIN rtree_communes_geom ON id = fid WHERE {lens}")  # noqa: S608
    assert ("Lens",) in found
    assert len(found) < 8
    bare = "SELECT count(*) FROM contracts WHERE fid NOT IN (SELECT id FROM rtree_contracts_geom)"
    assert asked(path, bare) == [(8,)]


def test_records_without_a_perimeter_are_there_with_the_reason(exported: Callable[[str], Export]) -> None:
    export = exported(".gpkg")
    bare = [each for each in read_by_gdal(export.path, "contracts") if each["geometry"] is None]
    told = {layer.name: layer.bare for layer in export.layers}
    assert len(bare) == told["contracts"] == 8
    assert all(each["properties"]["outcome"] == "unplaced" for each in bare)
    assert all(each["properties"]["reasons"] for each in bare)


def test_each_written_place_says_why(exported: Callable[[str], Export]) -> None:
    path = exported(".gpkg").path
    states = dict(asked(path, "SELECT state, count(*) FROM placements GROUP BY state"))
    assert states["placed"] > 200
    assert states["custom"] > 0
    assert asked(path, "SELECT count(*) FROM placements WHERE reason = '' OR reason IS NULL") == [(0,)]


def test_credits_stand_where_programs_look_for_them(exported: Callable[[str], Export]) -> None:
    said = told_by_gdal(exported(".gpkg").path, "contracts")
    for text in (
        "IGN ADMIN EXPRESS",
        "Licence Ouverte 2.0",
        "Préfecture de la région Hauts-de-France",
        "COG 2026",
    ):
        assert text in said


def test_headings_and_values_are_described_in_the_language(hostile: Register, tmp_path: Path) -> None:
    path = write_export(hostile, tmp_path / "en.gpkg", lang="en", area="Aisne").path
    titles = dict(
        asked(path, "SELECT column_name, title FROM gpkg_data_columns WHERE table_name = 'contracts'")
    )
    assert titles["amount_state_eur"] == "State share (€)"
    values = asked(
        path,
        "SELECT value, description FROM gpkg_data_column_constraints"
        " WHERE constraint_name = 'contracts_status'",
    )
    assert ("in_force", "In force") in values


def test_a_key_that_leads_nowhere_is_empty_and_told(hostile: Register, tmp_path: Path) -> None:
    stray = Operation(id="x", programme="acv", title="X", territories=("commune:62041",), contract="parti")
    export = write_export(replace(hostile, operations={"x": stray}), tmp_path / "x.gpkg", area="Aisne")
    assert export.notes[-1].key == "export-dangling"
    assert "parti" in export.notes[-1].text()
    assert asked(export.path, "SELECT contract FROM operations") == [(None,)]
    assert asked(export.path, "PRAGMA foreign_key_check") == []


def test_overseas_the_coordinates_are_degrees(with_contracts: Callable[..., Path], tmp_path: Path) -> None:
    found = read_register(with_contracts("a,acv,Saint-Denis,commune:97411,signed,doc,1"))
    export = write_export(found, tmp_path / "run.gpkg", area="region:04")
    [(blob,)] = asked(export.path, "SELECT geom FROM contracts")
    left, bottom, *_ = shapely.from_wkb(blob[40:]).bounds
    assert (round(left), round(bottom)) == (55, -21)
    assert asked(export.path, "SELECT DISTINCT srs_id FROM gpkg_geometry_columns") == [(4326,)]


def test_hostile_cells_stay_text(hostile: Register, tmp_path: Path) -> None:
    export = write_export(hostile, tmp_path / "h.gpkg", area="Aisne")
    titles = dict(asked(export.path, "SELECT id, title FROM contracts"))
    assert titles["a"].startswith("=HYPERLINK")
    assert titles["b"] == "coupé\ufffdici\ufffd et \ufffd là"
    assert titles["c"].endswith("DROP TABLE contracts; --")
    assert asked(export.path, "SELECT length(summary) FROM contracts WHERE id = 'b'") == [(40_000,)]
    assert [note.key for note in export.notes] == ["export-signs"]
    assert "contracts.title (b)" in export.notes[0].text()
    assert len(read_by_gdal(export.path, "contracts")) == 3
