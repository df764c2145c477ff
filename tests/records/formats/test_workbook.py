"""Workbooks: the right sheet, the lines that the spreadsheet shows, nothing dropped."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from geocontracts.errors import RegisterError
from geocontracts.records.formats import packed
from geocontracts.records.formats.read import read_sheet
from geocontracts.records.read import read_register

if TYPE_CHECKING:
    from geocontracts.records.formats.sheet import Sheet

AWKWARD = Path(__file__).parents[1] / "awkward"
HEAD = ["Code", "Nom", "Signé le"]
ROW = [2691, "Saint-Quentin", dt.date(2019, 6, 29)]


def workbook(path: Path, **sheets: list[list[object]]) -> Path:
    """Write a workbook: its sheets by name, a row after the other."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def spreadsheet(path: Path, rows: str) -> Path:
    """Write an ODS of one sheet, `Feuille1`, from the XML of its rows."""
    names = ("office", "table", "text")
    spaces = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in names)
    spaces += ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="Feuille1">'
        f"{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    manifest = (
        f'<m:manifest xmlns:m="{space}"><m:file-entry m:full-path="/" m:media-type="{kind}"/></m:manifest>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in {
            "mimetype": kind,
            "META-INF/manifest.xml": manifest,
            "content.xml": content,
        }.items():
            archive.writestr(name, text)
    return path


def ods_row(*cells: str, repeated: int = 1) -> str:
    inner = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
        for cell in cells
    )
    return f'<table:table-row table:number-rows-repeated="{repeated}">{inner}</table:table-row>'


def notes(sheet: Sheet) -> list[str]:
    return [note.text("fr") for note in sheet.notes]


def test_values_are_written_plainly(tmp_path: Path) -> None:
    values = [200072460.0, 1234.5, 0.1 + 0.2, True, "02691", "2.16E+08", dt.datetime(2019, 6, 29, 12, 30)]  # noqa: DTZ001
    path = workbook(tmp_path / "a.xlsx", Feuil1=[list("abcdefg"), values])
    expected = ["200072460", "1234.5", "0.3", "true", "02691", "2.16E+08", "2019-06-29 12:30:00"]
    assert read_sheet(path).rows == [(2, expected)]


def test_lines_are_those_that_the_spreadsheet_shows(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", Feuil1=[[], [], [], HEAD, [], ROW])
    sheet = read_sheet(path)
    assert (sheet.header, sheet.header_line) == (("Code", "Nom", "Signé le"), 4)
    assert sheet.rows == [(6, ["2691", "Saint-Quentin", "2019-06-29"])]


def test_the_sheet_with_the_data_is_found_and_the_others_are_named(tmp_path: Path) -> None:
    sheets: dict[str, list[list[object]]] = {
        "Lisez-moi": [["Ce classeur"], ["contient la liste"]],
        "Liste": [HEAD, ROW, ROW],
        "Vide": [],
    }
    sheet = read_sheet(workbook(tmp_path / "a.xlsx", **sheets))
    assert (sheet.origin.sheet, len(sheet.rows)) == ("Liste", 2)
    assert len(sheet.notes) == 1
    said = "Feuille lue\u00a0: «\u00a0Liste\u00a0». Autres feuilles remplies, non lues\u00a0: Lisez-moi."
    assert notes(sheet)[0] == f"{said} Pour en lire une\u00a0: «\u00a0--sheet NOM\u00a0»."


def test_known_headings_find_the_sheet_before_size(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", Calculs=[["x", "y"], *[[1, 2]] * 50], Liste=[HEAD, ROW])
    assert read_sheet(path).origin.sheet == "Calculs"
    assert read_sheet(path, known={"code", "nom"}).origin.sheet == "Liste"


def test_a_sheet_is_named_with_or_without_its_accents_and_a_wrong_name_lists_them(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", Données=[HEAD, ROW], Autre=[["a"], ["b"]])
    assert read_sheet(path, sheet="donnees").origin.sheet == "Données"
    assert read_sheet(path, sheet="Autre").rows == [(2, ["b"])]
    with pytest.raises(RegisterError, match=r"no sheet “Feuil1”\. Sheets of the file: Données, Autre"):
        read_sheet(path, sheet="Feuil1")


def test_a_hidden_sheet_yields_to_a_visible_one_and_is_said_when_read(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", Cache=[HEAD, ROW, ROW, ROW], Liste=[HEAD, ROW])
    book = openpyxl.load_workbook(path)
    book["Cache"].sheet_state = "hidden"
    book.save(path)
    assert read_sheet(path).origin.sheet == "Liste"
    assert "La feuille lue, «\u00a0Cache\u00a0», est masquée" in notes(read_sheet(path, sheet="Cache"))[0]


def test_errors_stay_as_their_text_and_formulas_without_value_are_said(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", Feuil1=[HEAD, ["#REF!", "#N/A", "=1+1"], ["a", "b", "c"]])
    sheet = read_sheet(path)
    assert sheet.rows == [(2, ["#REF!", "#N/A", ""]), (3, ["a", "b", "c"])]
    assert notes(sheet)[0].startswith("Formules du classeur jamais calculées\u00a0: 1, d’abord en C2")


def test_merged_titles_and_a_column_of_air_shift_nothing(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx", Feuil1=[[None, "Contrats"], [None, *HEAD], [None, *ROW], [None, *ROW]]
    )
    book = openpyxl.load_workbook(path)
    book.worksheets[0].merge_cells("B1:D1")
    book.save(path)
    sheet = read_sheet(path)
    assert (sheet.header, sheet.header_line) == (("", "Code", "Nom", "Signé le"), 2)
    assert sheet.rows[0] == (3, ["", "2691", "Saint-Quentin", "2019-06-29"])


@pytest.mark.parametrize("value", [None, " "])
def test_a_sheet_that_declares_all_its_rows_and_columns_is_read(tmp_path: Path, value: str | None) -> None:
    path = workbook(tmp_path / "a.xlsx", Feuil1=[HEAD, ROW])
    book = openpyxl.load_workbook(path)
    corner = book.worksheets[0].cell(1_048_576, 16_384)
    corner.value, corner.number_format = value, "0.00"
    book.save(path)
    assert read_sheet(path).rows == [(2, ["2691", "Saint-Quentin", "2019-06-29"])]


def test_an_ods_is_read_with_its_repeated_rows_and_its_errors(tmp_path: Path) -> None:
    error = (
        '<table:table-row><table:table-cell office:value-type="string" office:string-value="" '
        'calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell></table:table-row>'
    )
    air = (
        '<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    rows = ods_row("Code", "Nom") + ods_row("62041", "Arras", repeated=2) + ods_row("", "") + error + air
    sheet = read_sheet(spreadsheet(tmp_path / "a.ods", rows))
    assert sheet.rows == [(2, ["62041", "Arras"]), (3, ["62041", "Arras"]), (5, ["#DIV/0!", ""])]
    assert (sheet.origin.kind, sheet.origin.sheet) == ("ods", "Feuille1")


def test_an_ods_with_a_cell_at_the_end_of_the_world_is_refused_with_the_remedy(tmp_path: Path) -> None:
    air = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    corner = ods_row(*[""] * 120, "x")
    path = spreadsheet(tmp_path / "a.ods", ods_row("Code", "Nom") + air + corner)
    with pytest.raises(RegisterError, match="a cell is filled very far from the others"):
        read_sheet(path)


def test_an_old_workbook_is_read() -> None:
    sheet = read_sheet(AWKWARD / "contrats.xls")
    assert (sheet.header, sheet.header_line) == (("Code", "Nom", "Signé le", "Montant", "Actif"), 4)
    assert sheet.rows == [
        (5, ["2691", "Saint-Quentin", "2019-06-29", "1234.5", "true"]),
        (6, ["62041", "Arras", "2020-01-01", "200072460", "false"]),
    ]
    assert sheet.origin.kind == "xls"


def test_a_workbook_that_calls_itself_csv_is_read(tmp_path: Path) -> None:
    sheet = read_sheet(workbook(tmp_path / "liste.csv", Feuil1=[HEAD, ROW]))
    assert (sheet.origin.kind, len(sheet.rows)) == ("xlsx", 1)


def test_a_password_is_named_as_the_cause() -> None:
    with pytest.raises(RegisterError, match="protected by a password") as caught:
        read_sheet(AWKWARD / "password.xlsx")
    assert "retirez le mot de passe" in caught.value.text("fr")


def test_broken_workbooks_are_said(tmp_path: Path) -> None:
    whole = workbook(tmp_path / "a.xlsx", Feuil1=[HEAD, ROW]).read_bytes()
    old = (AWKWARD / "contrats.xls").read_bytes()
    for name, content in {"cut.xlsx": whole[:2000], "cut.xls": old[:700], "head.xls": old[:8]}.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(RegisterError, match=rf"{name}: this workbook is damaged or incomplete"):
            read_sheet(tmp_path / name)


def test_an_archive_of_something_else_is_said(tmp_path: Path) -> None:
    path = tmp_path / "liste.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("liste.csv", "a;b")
    with pytest.raises(RegisterError, match=r"this is an archive \(liste.csv\)"):
        read_sheet(path)


def test_a_workbook_without_a_filled_cell_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="no cell is filled"):
        read_sheet(workbook(tmp_path / "a.xlsx", Feuil1=[]))


@pytest.mark.parametrize("at", [589, 1775, 3139, 4356])
@pytest.mark.thorough
def test_an_xls_with_bytes_too_many_is_told_to_be_broken_and_ends_nothing(tmp_path: Path, at: int) -> None:
    whole = (AWKWARD / "contrats.xls").read_bytes()
    path = tmp_path / "contrats.xls"
    path.write_bytes(whole[:at] + bytes(range(200, 212)) + whole[at:])
    with pytest.raises(RegisterError) as caught:
        read_sheet(path)
    assert caught.value.message.key in {"workbook-broken", "table-empty"}
    assert "contrats.xls" in caught.value.text("fr")


def repacked(path: Path, part: str, old: str, new: str) -> Path:
    """Change the XML of one part of a workbook."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    changed = parts[part].replace(old.encode(), new.encode())
    assert changed != parts[part]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (parts | {part: changed}).items():
            archive.writestr(name, content)
    return path


def test_a_workbook_of_charts_alone_has_no_table(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.create_chartsheet("Graphique")
    book.remove(book.worksheets[0])
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(RegisterError, match="this workbook has no sheet with a table"):
        read_sheet(tmp_path / "a.xlsx")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<row r="2"', '<row r="99999999999"'),
        ('<row r="2"', '<row r="1048577"'),
        ('r="B2"', 'r="XFE2"'),
        ('r="B2"', 'r="AAAA2"'),
    ],
)
def test_a_cell_where_no_sheet_has_one_breaks_the_workbook(tmp_path: Path, old: str, new: str) -> None:
    path = workbook(tmp_path / "a.xlsx", Feuil1=[HEAD, ROW, ROW])
    with pytest.raises(RegisterError, match="this workbook is damaged or incomplete"):
        read_sheet(repacked(path, "xl/worksheets/sheet1.xml", old, new))


@pytest.mark.parametrize(
    ("largest", "suspect", "said"), [(1_000, 1, "11 MB once"), (1 << 30, 1, "once"), (1 << 30, 1 << 28, "")]
)
def test_a_workbook_that_would_fill_the_memory_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, largest: int, suspect: int, said: str
) -> None:
    path = workbook(tmp_path / "a.xlsx", Feuil1=[HEAD, ROW, *([" " * 30_000 + "x"] for _ in range(400))])
    monkeypatch.setattr(packed, "LARGEST", largest)
    monkeypatch.setattr(packed, "SUSPECT", suspect)
    if said:
        with pytest.raises(RegisterError, match=said):
            read_sheet(path)
    else:
        assert read_sheet(path).rows[0] == (2, ["2691", "Saint-Quentin", "2019-06-29"])


def test_days_that_are_counted_from_1904_are_said(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", Feuil1=[HEAD, ROW])
    assert not notes(read_sheet(path))
    repacked(path, "xl/workbook.xml", "<workbookPr", '<workbookPr date1904="1"')
    assert notes(read_sheet(path))[0].startswith("ce classeur compte les jours à partir de 1904")


def test_a_number_with_three_decimals_is_certain(tmp_path: Path) -> None:
    rows = [["lieu", "montant", "autre", "texte"], ["Arras", 123.456, 5.125, "5.125"]]
    path = workbook(tmp_path / "a.xlsx", Feuil1=rows)
    assert read_sheet(path).rows == [(2, ["Arras", "123.4560", "5.1250", "5.125"])]
    contract = next(iter(read_register(path).contracts.values()))
    assert contract.amount_total_eur == 123.456


def test_a_header_merged_over_two_lines_is_read_as_one(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    table = book.worksheets[0]
    for row in (["Suivi"], ["Intitulé", "Lieu", "Montants", None], [None, None, "Total", "Dont État"]):
        table.append(row)
    for row in (["Quais", "Denain", 1000, 400], ["Halle", "Guise", 500, 100]):
        table.append(row)
    for area in ("A2:A3", "B2:B3", "C2:D2"):
        table.merge_cells(area)
    book.save(tmp_path / "suivi.xlsx")
    sheet = read_sheet(tmp_path / "suivi.xlsx", known={"intitule", "lieu"})
    assert sheet.header == ("Intitulé", "Lieu", "Montants Total", "Montants Dont État")
    assert [line for line, _ in sheet.rows] == [4, 5]
