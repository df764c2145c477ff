"""A corrected file is the file as it was, with what became of each row at the right."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import sqlite3
import time
import zipfile
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from geocontracts.errors import OutputError
from geocontracts.outputs.corrected import write_corrected
from geocontracts.outputs.rows import build_rows
from geocontracts.perimeters.perimeter import resolve_perimeters
from geocontracts.records.formats.read import read_sheet
from geocontracts.records.formats.sheet import Origin, Sheet
from geocontracts.records.register import Contract, Item, Register

if TYPE_CHECKING:
    from pathlib import Path

    from geocontracts.outputs.rows import RowOutcome
    from geocontracts.records.formats.sheet import Kind


class _Later(dt.datetime):
    """A clock of another year."""

    @classmethod
    def now(cls, tz: dt.tzinfo | None = None) -> _Later:
        return cls(2044, 4, 4, tzinfo=tz)


HEADINGS = ("controle_etat", "controle_codes", "controle_noms", "controle_niveaux", "controle_motif")
ADDED = (*HEADINGS, "controle_candidats")
ARRAS = ("placée", "62041", "Arras (Pas-de-Calais)", "commune")
LAON = ("placée", "02408", "Laon (Aisne)", "commune")


def outcomes(name: str, lines: dict[int, str]) -> list[RowOutcome]:
    """Return what becomes of places written on these lines of a file."""
    contracts = {}
    for line, written in lines.items():
        items = tuple(Item(each, line) for each in written.split("; "))
        contracts[f"c{line}"] = Contract(
            id=f"c{line}", programme="acv", title="T", file=name, line=line, listed=items
        )
    register = Register(name, (), {}, contracts, {}, {}, {})
    return build_rows(register, resolve_perimeters(register))


def sheet_of(
    path: Path, kind: Kind, header: tuple[str, ...], rows: list[tuple[int, list[str]]], **origin: Any
) -> Sheet:
    line = origin.pop("header_line", 1)
    return Sheet(Origin(kind, path.name, path, **origin), header, line, rows)


def corrected(sheet: Sheet, target: Path, column: int = 0) -> str | None:
    """Write the corrected file of a sheet whose places stand in one column; return what it says."""
    lines = {line: cells[column] for line, cells in sheet.rows}
    message = write_corrected(sheet, outcomes(sheet.origin.name, lines), target, lang="fr")
    return message.text("fr") if message else None


TEXT = 'Liste 2019;;\r\n\r\nlieu;note\r\nArras;"a ""b"";\r\nsuite"\r\n\r\nSossons\r\n Laon ;x;y'
TEXT_ROWS = [(4, ["Arras", 'a "b";\r\nsuite']), (6, ["Sossons"]), (7, [" Laon ", "x", "y"])]


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [("utf-8", b""), ("utf-8-sig", b"\xef\xbb\xbf"), ("cp1252", b""), ("utf-16", b"\xff\xfe")],
)
def test_a_csv_keeps_its_encoding_and_every_byte_of_its_rows(
    encoding: str, mark: bytes, tmp_path: Path
) -> None:
    path, target = tmp_path / "liste.csv", tmp_path / "out" / "liste.csv"
    plain = "utf-16-le" if encoding == "utf-16" else encoding.removesuffix("-sig")
    path.write_bytes(mark + TEXT.replace("note", "numéro").encode(plain))
    rows = TEXT_ROWS
    sheet = sheet_of(
        path, "csv", ("lieu", "numéro"), rows, encoding=encoding, delimiter=";", newline="\r\n", header_line=3
    )
    assert corrected(sheet, target) is None
    assert target.read_bytes().startswith(mark)
    text = target.read_bytes()[len(mark) :].decode(plain)
    # What stood there, in its place, with the padding that the longest row asks for.
    assert text.startswith(f"Liste 2019;;\r\n\r\nlieu;numéro;;{';'.join(ADDED)}\r\nArras;")
    assert '\r\nArras;"a ""b"";\r\nsuite";;placée;commune:62041;' in text
    assert "\r\n\r\nSossons;;;non placée;;;;" in text
    assert text.splitlines()[-1].startswith(" Laon ;x;y;placée;commune:02408;Laon (Aisne);commune;")
    assert not text.endswith("\n")
    found = [cells for cells in csv.reader(io.StringIO(text, newline=""), delimiter=";") if cells][1:]
    assert [len(cells) for cells in found] == [9, 9, 9, 9]
    assert found[2][8].startswith("commune:02722 Soissons (Aisne); arrondissement:024 ")


def test_a_sign_that_the_encoding_lacks_makes_it_utf_8_and_that_is_said(tmp_path: Path) -> None:
    path, target = tmp_path / "l.csv", tmp_path / "m.csv"
    path.write_bytes("lieu\nÉtrépagny\n".encode("cp1252"))
    sheet = sheet_of(path, "csv", ("lieu",), [(2, ["Étrépagny"])], encoding="cp1252")
    message = write_corrected(sheet, outcomes("l.csv", {2: "Arras; Łódź"}), target, lang="fr")
    assert message is not None
    assert message.text("fr") == (
        "Le fichier corrigé est en UTF-8\u00a0: l’encodage d’origine (cp1252) "
        "n’a pas le signe «\u00a0Ł\u00a0»."
    )
    text = target.read_bytes().decode("utf-8-sig")
    assert text.startswith("lieu,controle_etat")
    assert "\nÉtrépagny,placée en partie,commune:62041," in text
    assert "«\u00a0Łódź\u00a0» n’est pas placé" in text


def test_bytes_of_another_encoding_come_out_as_they_went_in(tmp_path: Path) -> None:
    path, target = tmp_path / "l.csv", tmp_path / "m.csv"
    path.write_bytes("lieu,note\nArras,é\n".encode() + "Laon,é\n".encode("cp1252"))
    sheet = sheet_of(path, "csv", ("lieu", "note"), [(2, ["Arras", "é"]), (3, ["Laon", "é"])])
    corrected(sheet, target)
    assert b"\nLaon,\xe9,plac\xc3\xa9e,commune:02408," in target.read_bytes()


def test_a_stray_quote_swallows_no_row(tmp_path: Path) -> None:
    path, target = tmp_path / "l.csv", tmp_path / "m.csv"
    path.write_text('lieu,note,n\nArras,"la cité,1\nLaon,b,2\n', encoding="utf-8")
    rows = [(2, ["Arras", '"la cité', "1"]), (3, ["Laon", "b", "2"])]
    sheet = sheet_of(path, "csv", ("lieu", "note", "n"), rows)
    corrected(sheet, target)
    lines = target.read_text(encoding="utf-8").splitlines()
    assert lines[1].startswith('Arras,"la cité,1,placée,commune:62041,')
    assert lines[2].startswith("Laon,b,2,placée,commune:02408,")


@pytest.mark.parametrize("stray", ["", 'Lens;"la cité;x\n'])
def test_what_is_told_of_a_row_stands_at_its_end_whatever_its_cells_hold(tmp_path: Path, stray: str) -> None:
    path, target = tmp_path / "l.csv", tmp_path / "m.csv"
    above = f'sep=;\nlieu;note;n\n{stray}\nArras;"un\ndeux";1\n'
    path.write_text(f'{above}Laon;"a\0 ""b"" ";2\n', encoding="utf-8")
    sheet = read_sheet(path)
    assert [row for row, _ in sheet.rows] == ([2, 4, 5] if stray else [3, 4])
    corrected(sheet, target)
    text = target.read_text(encoding="utf-8")
    assert text.startswith(f"sep=;\nlieu;note;n;{';'.join(ADDED)}\n")
    assert '\n\nArras;"un\ndeux";1;placée;commune:62041;' in text
    assert '\nLaon;"a\0 ""b"" ";2;placée;commune:02408;' in text
    assert ('\nLens;"la cité;x;placée;' in text) == bool(stray)


def test_headings_that_are_there_already_are_numbered(tmp_path: Path) -> None:
    path, target = tmp_path / "l.csv", tmp_path / "m.csv"
    path.write_text("lieu,Controle_Etat\nArras,x\n", encoding="utf-8")
    corrected(sheet_of(path, "csv", ("lieu", "Controle_Etat"), [(2, ["Arras", "x"])]), target)
    assert target.read_text(encoding="utf-8").splitlines()[0].split(",")[2:4] == [
        "controle_etat_2",
        "controle_codes_2",
    ]


def test_rows_of_another_file_are_not_taken(tmp_path: Path) -> None:
    path, target = tmp_path / "l.csv", tmp_path / "m.csv"
    path.write_text("lieu\nArras\n", encoding="utf-8")
    sheet = sheet_of(path, "csv", ("lieu",), [(2, ["Arras"])])
    write_corrected(sheet, outcomes("autre.csv", {2: "Laon"}), target, lang="fr")
    assert target.read_text(encoding="utf-8").splitlines()[1] == "Arras,,,,,,"


@pytest.mark.parametrize(("kind", "name", "expected"), [("csv", "l.csv", ".csv"), ("xls", "l.xls", ".xlsx")])
def test_another_suffix_is_refused_and_the_right_one_named(
    kind: Kind, name: str, expected: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_text("lieu\nArras\n", encoding="utf-8")
    with pytest.raises(OutputError) as caught:
        corrected(sheet_of(path, kind, ("lieu",), [(2, ["Arras"])]), tmp_path / "m.ods")
    assert f"s’écrit en {expected}" in caught.value.text("fr")
    assert not (tmp_path / "m.ods").exists()


def test_the_file_itself_is_never_written_over(tmp_path: Path) -> None:
    path, link = tmp_path / "l.csv", tmp_path / "lien.csv"
    path.write_text("lieu\nArras\n", encoding="utf-8")
    link.symlink_to(path)
    with pytest.raises(OutputError, match="was not touched"):
        corrected(sheet_of(path, "csv", ("lieu",), [(2, ["Arras"])]), link)
    assert path.read_text(encoding="utf-8") == "lieu\nArras\n"


def workbook(path: Path, *, formula: bool = False, picture: bool = False) -> None:
    import openpyxl
    from openpyxl.styles import Font

    book = openpyxl.Workbook()
    table = book.active
    table.title = "Données"
    table["A1"] = "Liste des contrats"
    table["A3"], table["B3"], table["C3"] = "lieu", "signé le", "montant"
    for cell in table[3]:
        cell.font = Font(bold=True, color="FF0B5C8A")
    table["A4"], table["B4"], table["C4"] = "Arras", dt.datetime(2019, 6, 29), 1234.5  # noqa: DTZ001
    table["C4"].number_format = "#,##0.00"
    table["A6"], table["C6"] = "Sossons", "=1+1" if formula else 3
    table.column_dimensions["A"].width = 33
    book.create_sheet("Autre")["B2"] = "ici"
    book.save(path)
    if picture:
        with zipfile.ZipFile(path, "a") as parts:
            parts.writestr("xl/media/image1.png", b"x")


BOOK_ROWS = [(4, ["Arras", "2019-06-29", "1234.5"]), (6, ["Sossons", "", "3"])]
BOOK_HEADER = ("lieu", "signé le", "montant")


def calamine(path: Path, name: str) -> list[list[Any]]:
    import python_calamine

    with python_calamine.load_workbook(str(path)) as book:
        return book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def test_a_workbook_keeps_formats_widths_and_sheets(tmp_path: Path) -> None:
    import openpyxl

    path, target = tmp_path / "l.xlsx", tmp_path / "m.xlsx"
    workbook(path)
    sheet = sheet_of(path, "xlsx", BOOK_HEADER, BOOK_ROWS, sheet="Données", header_line=3)
    assert corrected(sheet, target) is None
    read = calamine(target, "Données")
    assert read[0][0] == "Liste des contrats"
    assert tuple(read[2]) == (*BOOK_HEADER, *ADDED)
    assert read[3][:3] == ["Arras", dt.date(2019, 6, 29), 1234.5]
    assert tuple(read[3][3:7]) == ARRAS
    assert read[5][3] == "non placée"
    assert "commune:02722 Soissons (Aisne)" in read[5][8]
    assert calamine(target, "Autre")[1][1] == "ici"
    path.rename(tmp_path / "nom.csv")  # people rename workbooks; what a file holds tells its kind
    named = sheet_of(tmp_path / "nom.csv", "xlsx", BOOK_HEADER, BOOK_ROWS, sheet="Données", header_line=3)
    assert corrected(named, tmp_path / "n.xlsx") is None
    table = openpyxl.load_workbook(target)["Données"]
    assert table["C4"].number_format == "#,##0.00"
    assert table.column_dimensions["A"].width == 33
    assert (table["D3"].font.b, table["D3"].font.color.rgb) == (True, "FF0B5C8A")
    assert (table["E4"].data_type, table["E4"].number_format) == ("s", "@")


def test_a_merged_separator_wider_than_the_table_leaves_room_for_what_is_told(tmp_path: Path) -> None:
    import openpyxl

    path, target = tmp_path / "l.xlsx", tmp_path / "m.xlsx"
    workbook(path)
    book = openpyxl.load_workbook(path)
    book["Données"]["A5"] = "Aisne"
    for area in ("A1:H1", "A5:Z5", "F6:G6"):
        book["Données"].merge_cells(area)
    book.save(path)
    rows = [BOOK_ROWS[0], (5, ["Aisne", "", ""]), BOOK_ROWS[1]]
    corrected(sheet_of(path, "xlsx", BOOK_HEADER, rows, sheet="Données", header_line=3), target)
    read = calamine(target, "Données")
    assert [row[3] for row in read[3:6]][::2] == ["placée", "non placée"]
    assert read[4][3], "the line of the separator has its state too"
    merged = openpyxl.load_workbook(target)["Données"].merged_cells.ranges
    assert sorted(area.coord for area in merged) == ["A1:H1", "A5:C5"]


def test_what_a_workbook_loses_is_said(tmp_path: Path) -> None:
    path = tmp_path / "l.xlsx"
    sheet = sheet_of(path, "xlsx", BOOK_HEADER, BOOK_ROWS, sheet="Données", header_line=3)
    workbook(path, formula=True)
    assert "Les formules sont gardées" in (corrected(sheet, tmp_path / "m.xlsx") or "")
    workbook(path, picture=True)
    said = corrected(sheet, tmp_path / "m.xlsx") or ""
    assert "les images" in said
    assert "formules" not in said


def test_a_written_formula_is_never_a_formula_in_the_workbook(tmp_path: Path) -> None:
    import openpyxl

    path, target = tmp_path / "l.xlsx", tmp_path / "m.xlsx"
    book = openpyxl.Workbook()
    book.active["A1"], book.active["A2"] = "lieu", "x"
    book.save(path)
    sheet = sheet_of(path, "xlsx", ("lieu",), [(2, ["=cmd|' /C calc'!A0"])], sheet="Sheet")
    corrected(sheet, target)
    table = openpyxl.load_workbook(target)["Sheet"]
    assert {cell.data_type for row in table.iter_rows() for cell in row} <= {"s", "n"}


def test_an_ods_keeps_what_it_repeats(tmp_path: Path) -> None:
    from odfdo import Cell, Document, Row, Table

    path, target = tmp_path / "l.ods", tmp_path / "m.ods"
    document = Document("spreadsheet")
    document.body.clear()
    table = Table("Données")
    for values in (["lieu", "montant"], ["Arras", 1234.5], ["Laon", 3], ["Laon", 3], ["Laon", 3]):
        row = Row()
        row.set_values(values)
        table.append_row(row)
    for _ in range(2):  # three rows of Laon become one that stands for three
        table.delete_row(4 - _)
    laon = table.get_elements("table:table-row")[2]
    laon.set_attribute("table:number-rows-repeated", "3")
    for row in table.get_elements("table:table-row"):
        padding = Cell()
        padding.set_attribute("table:number-columns-repeated", "16382")
        row.append(padding)
    empty = Row()
    empty.set_attribute("table:number-rows-repeated", "1048571")
    table.append(empty)
    document.body.append(table)
    document.body.append(Table("Autre"))
    document.save(path)
    rows = [(2, ["Arras", "1234.5"]), *((line, ["Laon", "3"]) for line in (3, 4, 5))]
    assert corrected(sheet_of(path, "ods", ("lieu", "montant"), rows, sheet="Données"), target) is None
    read = calamine(target, "Données")
    assert tuple(read[0]) == ("lieu", "montant", *ADDED)
    assert (read[1][:2], tuple(read[1][2:6])) == (["Arras", 1234.5], ARRAS)
    assert [(row[:2], tuple(row[2:6])) for row in read[2:5]] == [(["Laon", 3.0], LAON)] * 3
    assert len(read) == 5
    made = Document(target)
    assert [each.get_attribute("table:name") for each in made.body.get_elements("table:table")] == [
        "Données",
        "Autre",
    ]
    last = made.body.get_elements("table:table")[0].get_elements("table:table-row")[-1]
    assert last.get_attribute("table:number-rows-repeated") == "1048571"
    assert target.stat().st_size < 40_000


def test_an_ods_with_a_merged_separator_leaves_room_for_what_is_told(tmp_path: Path) -> None:
    from odfdo import Cell, Document, Row, Table

    path, target = tmp_path / "l.ods", tmp_path / "m.ods"
    document = Document("spreadsheet")
    document.body.clear()
    table = Table("Données")
    for values in (["lieu", "montant"], ["Aisne"], ["Laon", 3]):
        row = Row()
        row.set_values(values)
        table.append_row(row)
    separator = table.get_elements("table:table-row")[1]
    separator.get_elements("table:table-cell")[0].set_attribute("table:number-columns-spanned", "9")
    covered = Cell()
    covered.tag = "table:covered-table-cell"
    covered.set_attribute("table:number-columns-repeated", "8")
    separator.append(covered)
    document.body.append(table)
    document.save(path)
    rows = [(2, ["Aisne", ""]), (3, ["Laon", "3"])]
    corrected(sheet_of(path, "ods", ("lieu", "montant"), rows, sheet="Données"), target)
    made = Document(target).body.get_elements("table:table")[0].get_elements("table:table-row")[1]
    assert made.get_elements("table:table-cell")[0].get_attribute("table:number-columns-spanned") == "2"
    assert calamine(target, "Données")[1][2]


def test_an_ods_that_odfdo_refuses_is_told_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from odfdo import Document

    path, target = tmp_path / "l.ods", tmp_path / "m.ods"
    Document("spreadsheet").save(path)
    monkeypatch.setattr("odfdo.security.security.max_compression_ratio", 0.5)
    with pytest.raises(OutputError) as caught:
        corrected(sheet_of(path, "ods", ("lieu",), [(2, ["Arras"])], sheet="D"), target)
    assert "Enregistrez-le en XLSX" in caught.value.text("fr")
    assert not target.exists()


def test_a_database_is_left_alone_and_its_rows_become_csv(tmp_path: Path) -> None:
    sheet = Sheet(
        Origin("postgresql", "postgresql://hote/base"),
        ("lieu", "n"),
        1,
        [(2, ["Arras", "=1"]), (3, ["Laon", "2"])],
    )
    said = corrected(sheet, tmp_path / "m.csv")
    assert said is not None
    assert "Rien n’est écrit dans la base postgresql://hote/base" in said
    read = list(
        csv.reader(io.StringIO((tmp_path / "m.csv").read_text("utf-8-sig"), newline=""), delimiter=";")
    )
    assert tuple(read[0]) == ("lieu", "n", *ADDED)
    assert read[1][:5] == ["Arras", "'=1", "placée", "commune:62041", "Arras (Pas-de-Calais)"]


def test_a_web_page_named_xls_becomes_a_workbook(tmp_path: Path) -> None:
    path, target = tmp_path / "l.xls", tmp_path / "m.xlsx"
    path.write_text("<table><tr><td>lieu<tr><td>Arras</table>", encoding="utf-8")
    sheet = sheet_of(path, "html", ("lieu",), [(2, ["02408"])])  # type: ignore[arg-type]
    assert "classeur XLSX" in (corrected(sheet, target) or "")
    assert calamine(target, "1")[1][:3] == ["02408", "placée", "02408"]


def test_an_older_workbook_becomes_xlsx_with_its_values_and_all_its_sheets(tmp_path: Path) -> None:
    path, target = tmp_path / "l.xls", tmp_path / "m.xlsx"
    workbook(path.with_suffix(".xlsx"))
    path.with_suffix(".xlsx").rename(path)  # what reads XLS here tells kinds by their content
    sheet = sheet_of(path, "xls", BOOK_HEADER, BOOK_ROWS, sheet="Données", header_line=3)
    assert "sans leur mise en forme" in (corrected(sheet, target) or "")
    read = calamine(target, "Données")
    assert read[0][0] == "Liste des contrats"
    assert tuple(read[2]) == (*BOOK_HEADER, *ADDED)
    assert (read[3][:3], tuple(read[3][3:7])) == (["Arras", dt.date(2019, 6, 29), 1234.5], ARRAS)
    assert calamine(target, "Autre")[1][1] == "ici"


def test_a_parquet_keeps_types_and_metadata(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    path, target = tmp_path / "l.parquet", tmp_path / "m.parquet"
    schema = pa.schema(
        [("lieu", pa.string()), ("le", pa.date32()), ("montant", pa.decimal128(12, 2)), ("g", pa.binary())],
        metadata={"geo": '{"version": "1.0.0", "primary_column": "g"}'},
    )
    day = dt.date(2019, 6, 29)
    table = pa.table(
        {"lieu": ["Arras", "Sossons"], "le": [day, None], "montant": [1, 2], "g": [b"\x01", None]}, schema
    )
    pq.write_table(table, path)
    rows = [(2, ["Arras", "", "", ""]), (3, ["Sossons", "", "", ""])]
    assert corrected(sheet_of(path, "parquet", ("lieu", "le", "montant", "g"), rows), target) is None
    made = pq.read_table(target)
    assert made.select(table.column_names).equals(table)
    assert made.schema.metadata[b"geo"] == schema.metadata[b"geo"]
    assert tuple(made.column_names[4:]) == ADDED
    assert made["controle_codes"].to_pylist() == ["62041", ""]


def test_a_geojson_keeps_its_coordinates(tmp_path: Path) -> None:
    path, target = tmp_path / "l.geojson", tmp_path / "m.geojson"
    geometry = {"type": "Point", "coordinates": [2.7811123456789, 50.2910000000001]}
    features = [
        {"type": "Feature", "id": 7, "properties": {"lieu": "Arras", "n": 1}, "geometry": geometry},
        {"type": "Feature", "properties": None, "geometry": None},
    ]
    whole = {"type": "FeatureCollection", "crs": {"x": 1}, "features": features}
    path.write_text(json.dumps(whole), encoding="utf-8")
    assert corrected(sheet_of(path, "geojson", ("lieu", "n"), [(2, ["Arras", "1"])]), target) is None
    made = json.loads(target.read_text(encoding="utf-8"))
    assert made["crs"] == {"x": 1}
    assert [feature["geometry"] for feature in made["features"]] == [geometry, None]
    assert list(made["features"][0]["properties"]) == ["lieu", "n", *ADDED]
    assert made["features"][0]["properties"]["controle_codes"] == "62041"
    assert made["features"][1]["properties"]["controle_etat"] == ""


def test_a_feature_on_each_line_stays_one_on_each_line(tmp_path: Path) -> None:
    path, target = tmp_path / "l.geojson", tmp_path / "m.json"
    features = [
        {"type": "Feature", "properties": {"lieu": name}, "geometry": None} for name in ("Arras", "Laon")
    ]
    path.write_text("".join(f"\x1e{json.dumps(feature)}\n" for feature in features), encoding="utf-8")
    corrected(sheet_of(path, "geojson", ("lieu",), [(2, ["Arras"]), (3, ["Laon"])]), target)
    made = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert [feature["properties"]["controle_codes"] for feature in made] == ["62041", "02408"]


def test_a_geopackage_keeps_geometry_projection_index_and_other_layers(tmp_path: Path) -> None:
    import geopandas as gpd
    import pyogrio
    from shapely import Point

    path, target = tmp_path / "l.gpkg", tmp_path / "m.gpkg"
    layer = gpd.GeoDataFrame(
        {"lieu": ["Arras", "Laon"], "n": [1, 2]}, geometry=[Point(681000, 7022000), Point(0, 0)], crs=2154
    )
    pyogrio.write_dataframe(layer, path, layer="contrats")
    pyogrio.write_dataframe(layer.to_crs(4326), path, layer="autre", append=False)
    rows = [(1, ["Arras", "1"]), (2, ["Laon", "2"])]  # the lines are identifiers of features
    assert corrected(sheet_of(path, "geopackage", ("lieu", "n"), rows, sheet="contrats"), target) is None
    made = pyogrio.read_dataframe(target, layer="contrats")
    assert made.crs.to_epsg() == 2154
    assert list(made.geometry) == list(layer.geometry)
    assert list(made["controle_codes"]) == ["62041", "02408"]
    assert len(pyogrio.read_dataframe(target, layer="contrats", bbox=(-1, -1, 1, 1))) == 1
    assert list(pyogrio.read_dataframe(target, layer="autre").columns) == ["lieu", "n", "geometry"]
    with sqlite3.connect(target) as base:
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    base.close()


def test_a_shapefile_becomes_a_geopackage_and_that_is_said(tmp_path: Path) -> None:
    import geopandas as gpd
    import pyogrio
    from shapely import Point

    path, target = tmp_path / "l.shp", tmp_path / "m.gpkg"
    layer = gpd.GeoDataFrame({"lieu": ["Arras"]}, geometry=[Point(681000, 7022000)], crs=2154)
    pyogrio.write_dataframe(layer, path)
    said = corrected(sheet_of(path, "shapefile", ("lieu",), [(2, ["Arras"])], sheet="l"), target)  # type: ignore[arg-type]
    assert said is not None
    assert "est un GeoPackage" in said
    assert list(pyogrio.read_dataframe(target)["controle_noms"]) == ["Arras (Pas-de-Calais)"]


def test_half_a_sign_of_a_geojson_stays_as_it_was_escaped(tmp_path: Path) -> None:
    path, target = tmp_path / "l.geojson", tmp_path / "m.geojson"
    path.write_text(
        r'{"type": "Feature", "geometry": null, "properties": {"lieu": "Arras", "n": "\ud83d"}}',
        encoding="utf-8",
    )
    corrected(sheet_of(path, "geojson", ("lieu", "n"), [(2, ["Arras", "\ufffd"])]), target)
    properties = json.loads(target.read_text(encoding="utf-8"))["properties"]
    assert (properties["n"], properties["controle_codes"]) == ("\ud83d", "62041")


def test_a_workbook_has_the_same_bytes_whenever_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.xlsx"
    workbook(path)
    sheet = sheet_of(path, "xlsx", ("lieu",), [(2, ["Arras"])])
    corrected(sheet, tmp_path / "b.xlsx")
    later = time.time() + 100_000
    monkeypatch.setattr(time, "time", lambda: later)
    monkeypatch.setattr(
        "openpyxl.writer.excel.datetime", SimpleNamespace(datetime=_Later, timezone=dt.timezone)
    )
    corrected(sheet, tmp_path / "c.xlsx")
    assert (tmp_path / "b.xlsx").read_bytes() == (tmp_path / "c.xlsx").read_bytes()
    modified = openpyxl.load_workbook(path).properties.modified
    assert openpyxl.load_workbook(tmp_path / "b.xlsx").properties.modified == modified


def test_a_cell_in_the_last_corner_costs_nothing_and_leaves_no_room(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    for row in (["lieu"], ["Arras"]):
        book.active.append(row)
    book.active["XFD1048576"].number_format = "0.00"
    book.save(path)
    sheet = sheet_of(path, "xlsx", ("lieu",), [(2, ["Arras"])])
    corrected(sheet, tmp_path / "b.xlsx")
    assert openpyxl.load_workbook(tmp_path / "b.xlsx").active["B2"].value == "placée"
    book.active["XFD1048576"] = "x"
    book.save(path)
    with pytest.raises(OutputError, match="no room for the columns to add"):
        corrected(sheet, tmp_path / "c.xlsx")
