"""A colleague's workbook: what stands around the table, and what the spreadsheet did to its cells."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from geocontracts.records.lists.mapping import ListMapping
from tests.intake.told import checked, differences, told

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

EXPECTED = Path(__file__).with_name("suivi.expected.txt")


def fill(sheet: Worksheet) -> None:
    """Write title lines, merged headings, codes as numbers, dates of all kinds, a total and a note."""
    for row in (
        ["Conventions de l’année 2023"],
        ["Direction de la cohésion — mise à jour du 3 mars"],
        [],
        ["N° dossier", "Bénéficiaire", None, "Montants", None, "Date de signature"],
        [None, "Code INSEE", "Nom de la commune", "Coût total HT", "Subvention", None],
        ["D-1", 2691, "Saint-Quentin", 120000, 48000.5, dt.date(2023, 5, 4)],
        ["D-2", 62041, "Arras", "90 000,00 €", 30000, "12/06/2023"],
        ["D-3", 59070, "Bermeries", 30000, None, "juin 2023"],
        ["D-4", "62193", "Calais", 5000, 1000, 45000],
        ["Total", None, None, 245000, 79000.5, None],
        [],
        ["Source : services de l’État"],
    ):
        sheet.append(row)
    sheet.merge_cells("B4:C4")
    sheet.merge_cells("D4:E4")


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    readme = book.active
    assert readme is not None
    readme.title = "Lisez-moi"
    readme["A1"] = "Ce classeur est mis à jour chaque trimestre."
    fill(book.create_sheet("Conventions"))
    path = tmp_path / "suivi.xlsx"
    book.save(path)
    return path


def test_a_colleague_s_workbook_is_read_as_its_author_means_it(workbook: Path) -> None:
    expected, found = EXPECTED.read_text(encoding="utf-8"), told(workbook)
    if found != expected:
        pytest.fail(differences(expected, found, workbook.name), pytrace=False)


def test_codes_that_became_numbers_are_mended_where_that_is_certain(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["SIREN EPCI", "Nom EPCI"],
        [200072460, "CA de Béthune-Bruay, Artois-Lys Romane"],
        [200033579.0, "CU d'Arras"],
        ["2.00E+08", "CC du Ternois"],
        ["2.00E+08", "Inconnue"],
    ):
        sheet.append(row)
    path = tmp_path / "epci.xlsx"
    book.save(path)
    _, report = checked(path, ListMapping(programme="CRTE"))
    assert [[place.code for place in row.places] for row in report.rows] == [
        ["200072460"],
        ["200033579"],
        ["200069672"],
        [],
    ]
    assert [row.state for row in report.rows] == ["placed", "placed", "remark", "unplaced"]


def test_a_sheet_that_declares_a_million_rows_gives_those_it_has(workbook: Path, tmp_path: Path) -> None:
    path = tmp_path / "vide.xlsx"
    with zipfile.ZipFile(workbook) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith("sheet2.xml"):
                content = content.replace(b'ref="A1:F12"', b'ref="A1:XFD1048576"')
                content = content.replace(b"</sheetData>", b'<row r="1048576"/></sheetData>')
                assert b"XFD1048576" in content
            new.writestr(name, content)
    _, report = checked(path)
    assert report.row_count == 6
