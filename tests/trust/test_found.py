"""What fuzzing found, one test each, by what it was."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from geocontracts.errors import RegisterError
from geocontracts.records.figures import read_scientific, read_sum
from geocontracts.records.formats.address import parse_address
from geocontracts.records.formats.read import read_sheet
from geocontracts.records.formats.text import read_text
from tests.trust import explosive

AWKWARD = Path(__file__).parents[1] / "records" / "awkward"


def test_a_page_of_office_with_a_section_that_python_does_not_know(tmp_path: Path) -> None:
    """Python's parser of web pages stops at `<![` and an unknown word, with an error that is none of ours."""
    page = b"<table><tr><td>Nom<td>Commune</tr><![CDQTA[x]]><![if !vml]><tr><td>ACV<td>Arras</tr></table>"
    (tmp_path / "liste.xls").write_bytes(page)
    sheet = read_sheet(tmp_path / "liste.xls")
    assert (sheet.header, [cells for _, cells in sheet.rows]) == (("Nom", "Commune"), [["ACV", "Arras"]])


@pytest.mark.parametrize("sign", ["1", "a", '"'])
def test_a_first_line_that_seems_to_tell_a_letter_as_separator(sign: str) -> None:
    """`sep=1` made 1 a separator: every 1 of the table was lost."""
    grid = read_text(Path("l.csv"), f"sep={sign}\nNom;Montant\nACV;1 211\n".encode(), ())
    assert grid.rows[-1] == (3, ["ACV", "1 211"])


def test_a_first_line_that_tells_no_separator_before_the_line_end_of_windows() -> None:
    """The carriage return of `sep=` was taken for the separator."""
    grid = read_text(Path("l.csv"), b"sep=\r\nNom;Montant\r\nACV;12\r\n", ())
    assert grid.rows[1:] == [(2, ["Nom", "Montant"]), (3, ["ACV", "12"])]


def test_an_address_of_a_database_with_a_byte_that_is_no_text() -> None:
    """A command line may hold such a byte: Python's quoting stopped at it, and it was no error of ours."""
    with pytest.raises(RegisterError, match="cannot be read for certain") as error:
        parse_address("postgresql://me:pass\udc9dword@host/base?table=a.b")
    assert error.value.text("fr").startswith("postgresql://…")


def test_a_number_with_an_exponent_between_signs_that_are_blanks_to_some() -> None:
    """A separator of groups (U+001D) is a blank to `strip`, and none to `float`."""
    assert read_scientific("\x1d5E3\x1d") == 5000


def test_an_amount_in_milliards_gains_no_cent() -> None:
    """68610.664 times 10^9 is no round number to a computer."""
    assert read_sum("68610,664 Md€") == 68_610_664_000_000


def test_an_ods_that_breaks_off_inside_a_table(tmp_path: Path) -> None:
    """The fast reader waited for the end of the table for ever; now the workbook is called damaged."""
    head = b'<office:document-content xmlns:office="o" xmlns:table="t"><table:table table:name="A">'
    with zipfile.ZipFile(tmp_path / "liste.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", '<manifest:manifest xmlns:manifest="m"/>')
        archive.writestr("content.xml", head)
    with pytest.raises(RegisterError, match="damaged or incomplete"):
        read_sheet(tmp_path / "liste.ods")


def test_an_old_workbook_with_the_name_of_a_new_one(tmp_path: Path) -> None:
    """The fast reader believed the name, and called a sound workbook damaged."""
    path = tmp_path / "contrats.xlsx"
    path.write_bytes((AWKWARD / "contrats.xls").read_bytes())
    assert read_sheet(path).rows == read_sheet(AWKWARD / "contrats.xls").rows


def test_a_workbook_whose_far_cells_stand_in_rows_without_a_number(tmp_path: Path) -> None:
    """The fast reader asked for 549 GB, and the process ended without a word."""
    far = '<row><c r="B1048576"><v>1</v></c><c r="XFD9"><v>2</v></c></row><row r="2"></row>'
    path = explosive.packed(tmp_path / "loin.xlsx", explosive.xlsx_parts(far))
    found = [[cell for cell in cells if cell] for _, cells in read_sheet(path).rows]
    assert found == [["a", "59350", "Un titre"], ["1", "2"]]
