"""Merged cells: text holds for all the rows it covers, a number is never doubled; both are said."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import openpyxl
import pytest

from geocontracts.records.formats.merged import is_figure
from geocontracts.records.formats.read import read_sheet
from geocontracts.records.read import read_register
from tests.records.formats.test_workbook import AWKWARD, spreadsheet

if TYPE_CHECKING:
    from pathlib import Path

    from geocontracts.records.formats.sheet import Sheet

HEAD = ("Programme", "Commune", "Montant total", "Signé le", "Observations")
ACV, PVD = "Action cœur de ville", "Petites villes de demain"
DATA = (
    (ACV, "Arras", 150000, "2019", None),
    (None, "Lens", None, None, "relancer"),
    (None, "Douai", None, None, None),
    (PVD, "Hesdin", 2000, "2021", "revu"),
)


def notes(sheet: Sheet) -> dict[str, dict[str, object]]:
    return {note.key: dict(note.facts) for note in sheet.notes if note.key.startswith("merged-")}


def workbook(path: Path, *merged: str, rows: tuple[tuple[object, ...], ...] = (HEAD, *DATA)) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for area in merged:
        book.active.merge_cells(area)
    book.save(path)
    return path


def test_a_text_merged_downwards_is_that_of_each_row_and_an_amount_stays_one(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", "A2:A4", "C2:C4", "D2:D4")
    sheet = read_sheet(path)
    assert [cells[:3] for _, cells in sheet.rows] == [
        [ACV, "Arras", "150000"],
        [ACV, "Lens", ""],
        [ACV, "Douai", ""],
        [PVD, "Hesdin", "2000"],
    ]
    assert notes(sheet) == {
        "merged-filled": {"count": 2, "areas": "A2:A4"},
        "merged-numbers": {"areas": "C2:C4, D2:D4"},
    }
    contracts = read_register(path).contracts.values()
    acv = next(iter(contracts)).programme
    assert {name for each in contracts if each.programme == acv for name in each.territories} == {
        *("Arras", "Lens", "Douai"),
    }
    assert sum(each.amount_total_eur or 0 for each in contracts) == 152000


def test_no_cell_is_filled_that_is_not_merged(tmp_path: Path) -> None:
    sheet = read_sheet(workbook(tmp_path / "a.xlsx"))
    assert [cells[0] for _, cells in sheet.rows] == [ACV, "", "", PVD]
    assert notes(sheet) == {}


def test_titles_headings_and_separators_are_left_as_they_are(tmp_path: Path) -> None:
    rows = (("Contrats du Pas-de-Calais",), HEAD, ("Arrondissement d’Arras",), *DATA)
    path = workbook(tmp_path / "a.xlsx", "A1:E1", "A3:E3", "D5:E5", rows=rows)
    sheet = read_sheet(path)
    assert (sheet.header, sheet.header_line) == (HEAD, 2)
    assert sheet.rows[0] == (3, ["Arrondissement d’Arras", "", "", "", ""])
    assert notes(sheet) == {}, "an empty merged cell says nothing"


def test_a_text_merged_sideways_over_a_few_columns_holds_for_each(tmp_path: Path) -> None:
    rows = (HEAD, *DATA, ("ACV", "Lens", 1, "sans objet", None), ("ACV", "Laon", "1 200 €", None, "x"))
    sheet = read_sheet(workbook(tmp_path / "a.xlsx", "D6:E6", "C7:D7", rows=rows))
    assert sheet.rows[-2:] == [
        (6, ["ACV", "Lens", "1", "sans objet", "sans objet"]),
        (7, ["ACV", "Laon", "1 200 €", "", "x"]),
    ]
    assert notes(sheet)["merged-filled"] == {"count": 1, "areas": "D6:E6"}
    assert notes(sheet)["merged-numbers"] == {"areas": "C7:D7"}


def test_the_first_of_many_merged_cells_are_named(tmp_path: Path) -> None:
    rows = (HEAD, *(row for _ in range(7) for row in DATA[:2]))
    areas = [f"A{line}:A{line + 1}" for line in range(2, 16, 2)]
    sheet = read_sheet(workbook(tmp_path / "a.xlsx", *areas, rows=rows))
    (said,) = [note.text("fr") for note in sheet.notes if note.key == "merged-filled"]
    assert said == (
        "Cellules fusionnées dont le texte est repris à chaque ligne ou colonne qu’elles couvrent\u00a0: "
        "A2:A3, A4:A5, A6:A7, A8:A9, A10:A11, …. Cellules ainsi remplies\u00a0: 7."
    )


def test_a_sheet_with_a_cell_far_from_all_others_keeps_its_merged_cells(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", "A2:A4")
    book = openpyxl.load_workbook(path)
    book.active.title = "Été & hiver"
    book.active.cell(1_048_576, 16_384).value = " "
    book.save(path)
    sheet = read_sheet(path)
    assert [cells[0] for _, cells in sheet.rows[:3]] == [ACV] * 3
    assert notes(sheet)["merged-filled"] == {"count": 2, "areas": "A2:A4"}


def test_merged_cells_of_an_ods_are_filled(tmp_path: Path) -> None:
    def cell(text: str, told: str = "") -> str:
        return (
            f'<table:table-cell office:value-type="string"{told}><text:p>{text}</text:p></table:table-cell>'
        )

    def row(*cells: str, told: str = "") -> str:
        return f"<table:table-row{told}>{''.join(cells)}</table:table-row>"

    over_three = ' table:number-columns-spanned="1" table:number-rows-spanned="3"'
    covered = '<table:covered-table-cell table:number-columns-repeated="2"/>'
    rows = (
        row("<table:table-cell/>", told=' table:number-rows-repeated="2"')
        + row(cell("Commune"), cell("Programme"), cell("Montant"))
        + row(cell("Arras"), cell("ACV", over_three), cell("12 000 €", over_three))
        + row(cell("Lens"), covered)
        + row(cell("Douai"), covered)
        + row(cell("Hesdin"), cell("PVD"), cell("3"))
    )
    sheet = read_sheet(spreadsheet(tmp_path / "a.ods", rows))
    assert sheet.rows == [
        (4, ["Arras", "ACV", "12 000 €"]),
        (5, ["Lens", "ACV", ""]),
        (6, ["Douai", "ACV", ""]),
        (7, ["Hesdin", "PVD", "3"]),
    ]
    assert notes(sheet) == {
        "merged-filled": {"count": 2, "areas": "B4:B6"},
        "merged-numbers": {"areas": "C4:C6"},
    }


def test_merged_cells_of_an_old_workbook_are_filled(tmp_path: Path) -> None:
    """In a workbook of two rows, a record of settings becomes one of merged cells, and a cell none."""
    whole = bytearray((AWKWARD / "contrats.xls").read_bytes())
    settings, second_name = 1828, 2136
    assert struct.unpack_from("<HH", whole, settings) == (0xA1, 34)
    struct.pack_into("<HHH4H", whole, settings, 0xE5, 34, 1, 4, 5, 1, 1)
    struct.pack_into("<H", whole, second_name, 0xEEE)
    path = tmp_path / "contrats.xls"
    path.write_bytes(whole)
    sheet = read_sheet(path)
    assert [cells[1] for _, cells in sheet.rows] == ["Saint-Quentin", "Saint-Quentin"]
    assert notes(sheet) == {"merged-filled": {"count": 1, "areas": "B5:B6"}}


@pytest.mark.parametrize("text", ["12", "1 234,50 €", "12 k€", "1,5 M€", "3 millions", "-5", "(1 200)"])
def test_what_may_be_an_amount_is_a_figure(text: str) -> None:
    assert is_figure(text)


@pytest.mark.parametrize(
    "text", ["02691", "2A", "59 - Nord", "2019-06-29", "31/12/2019", "62041;62042", "", "ACV 2"]
)
def test_codes_names_and_dates_are_none(text: str) -> None:
    assert not is_figure(text)
