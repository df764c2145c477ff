"""Text files as people export them: encodings, separators, quotes, line ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geocontracts.errors import RegisterError
from geocontracts.records.formats.read import read_sheet

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geocontracts.records.formats.sheet import Sheet

TEXT = "code;nom\n62041;Évry œuvre\n02691;Saint-Quentin\n"
ROWS = [(2, ["62041", "Évry œuvre"]), (3, ["02691", "Saint-Quentin"])]


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Sheet]:
    """Return a function that writes a file and reads it as a sheet."""

    def read(content: bytes | str, name: str = "liste.csv", **options: object) -> Sheet:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_sheet(path, **options)  # type: ignore[arg-type]

    return read


def notes(sheet: Sheet) -> list[str]:
    return [note.text("fr") for note in sheet.notes]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_the_encoding_is_found(read: Callable[..., Sheet], encoding: str) -> None:
    sheet = read(TEXT.encode(encoding))
    assert (sheet.header, sheet.rows, sheet.origin.encoding) == (("code", "nom"), ROWS, encoding)
    assert bool(sheet.notes) == (not encoding.startswith("utf-8")), "all but UTF-8 is said"


def test_utf_16_with_the_other_order_of_bytes_is_read(read: Callable[..., Sheet]) -> None:
    assert read(b"\xfe\xff" + TEXT.encode("utf-16-be")).rows == ROWS


def test_latin_1_is_said_with_its_twin(read: Callable[..., Sheet]) -> None:
    sheet = read("nom;n\nÉvry;1\n".encode("latin-1"))
    assert sheet.rows == [(2, ["Évry", "1"])]
    assert notes(sheet)[0].startswith("Texte lu en Windows-1252 / Latin-1, pas en UTF-8.")


def test_the_oe_of_latin_9_is_no_half(read: Callable[..., Sheet]) -> None:
    sheet = read("programme;n\nAction cœur de ville;1\n".encode("iso8859-15"))
    assert sheet.rows == [(2, ["Action cœur de ville", "1"])]
    assert "Latin-9" in notes(sheet)[0]


@pytest.mark.parametrize(
    ("content", "near"),
    [
        ("a;b\nRégion;1\n".encode("cp850"), "R‚gion"),
        ("a;b\nRégion;1\n".encode("mac-roman"), "RŽgion"),
        (b"a;b\nx\x81y;1\n", "x"),
    ],
)
def test_an_encoding_that_is_neither_is_refused_with_what_was_seen(
    read: Callable[..., Sheet], content: bytes, near: str
) -> None:
    with pytest.raises(RegisterError, match="neither UTF-8 nor Windows-1252") as caught:
        read(content)
    assert "liste.csv, ligne 2\u00a0:" in caught.value.text("fr")
    assert near in caught.value.text("fr")


def test_two_encodings_in_one_file_are_read_letter_by_letter_and_said(read: Callable[..., Sheet]) -> None:
    sheet = read("nom;n\nÉvry;1\n".encode() + "Équihen;2\nArras\u00a0;3\n".encode("cp1252"))
    assert sheet.rows == [(2, ["Évry", "1"]), (3, ["Équihen", "2"]), (4, ["Arras\u00a0", "3"])]
    assert "Lignes en Windows-1252\u00a0: 2, d’abord ligne 3" in notes(sheet)[0]


def test_zero_bytes_are_taken_out_and_said(read: Callable[..., Sheet]) -> None:
    sheet = read("nom;n\n" + "Arras;1\n" * 20 + "Le\0ns;2\n")
    assert sheet.rows[-1] == (22, ["Lens", "2"])
    assert notes(sheet) == ["Octets nuls retirés du texte\u00a0: 1, d’abord ligne 22. Vérifiez cette ligne."]


def test_a_file_of_zeros_is_no_text(read: Callable[..., Sheet]) -> None:
    with pytest.raises(RegisterError, match=r"row 1: this file is not text"):
        read(b"\x01\x00\x00\x00\x02\x00\x00\x00" * 40)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_separator_is_found_over_several_lines(read: Callable[..., Sheet], delimiter: str) -> None:
    lines = [["Liste"], ["code", "nom", "montant"], ["62041", "Arras", "1"], ["02691", '"Ham,Eu"', '"2;3"']]
    sheet = read("\n".join(delimiter.join(cells) for cells in lines))
    assert (sheet.header, sheet.header_line, sheet.origin.delimiter) == (tuple(lines[1]), 2, delimiter)


@pytest.mark.parametrize(
    ("content", "delimiter", "row"),
    [
        ("code;montant\n1;12,5\n2;13,5\n", ";", ["1", "12,5"]),
        ("code,lieux\n1,Arras;Lens\n2,Ham;Guise\n", ",", ["1", "Arras;Lens"]),
        ("sep=|\ncode|nom,s;x\n1|b,c;d\n", "|", ["1", "b,c;d"]),
    ],
)
def test_other_signs_in_the_cells_are_no_separators(
    read: Callable[..., Sheet], content: str, delimiter: str, row: list[str]
) -> None:
    sheet = read(content)
    assert (sheet.origin.delimiter, sheet.rows[0][1]) == (delimiter, row)


def test_a_single_column_is_split_only_where_a_row_is(read: Callable[..., Sheet]) -> None:
    """Rows with more cells than headings are kept whole: whoever reads them says so."""
    assert read("commune\nArras\nLe Portel\n").rows == [(2, ["Arras"]), (3, ["Le Portel"])]


def test_known_headings_decide_between_separators(read: Callable[..., Sheet]) -> None:
    content = "code,nom;x\n1,a;b\n2,c;d\n"
    assert read(content, known={"code", "nomx"}).header == ("code", "nom;x")
    assert read(content, known={"codenom", "x"}).header == ("code,nom", "x")


def test_rows_are_counted_as_a_spreadsheet_shows_them(read: Callable[..., Sheet]) -> None:
    """A cell with a line end is on one row, a blank line is a row, and Excel hides `sep=;`."""
    text = 'code;nom\n1;"Saint-\nQuentin"\n\n;\n2;"a ""b"""\n'
    expected = [(2, ["1", "Saint-\nQuentin"]), (5, ["2", 'a "b"'])]
    assert (read(text).rows, read(text).notes) == (expected, ())
    assert read(f"sep=;\r\n{text}").rows == expected
    assert (read(text, header=5).header, read(text, header=5).header_line) == (("2", 'a "b"'), 5)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_rows_with_stray_quotes_are_counted_in_the_same_way(read: Callable[..., Sheet], end: str) -> None:
    lines = ["code;nom", '1;"Saint-', 'Quentin"', "", '2;"Le Portel" et', "3;c"]
    sheet = read(end.join(lines))
    rows = [["1", "Saint-\nQuentin"], ["2", '"Le Portel" et'], ["3", "c"]]
    assert sheet.rows == list(zip((2, 4, 5), rows, strict=True))
    assert [note.facts["row"] for note in sheet.notes] == [4]


def test_faults_of_the_encoding_are_in_the_row_that_a_spreadsheet_shows(read: Callable[..., Sheet]) -> None:
    above = 'sep=;\nnom;n\n"Évry\n""sur""\nSeine";12" de long\n'.encode()
    assert "d’abord ligne 3" in notes(read(above + "Arras\u00a0;3\n".encode("cp1252")))[0]
    assert "d’abord ligne 3" in notes(read(above + b"Le\0ns;2\n" + b"Lens;2\n" * 40))[0]
    with pytest.raises(RegisterError, match=r"liste.csv, row 3: the encoding"):
        read(above.decode().replace("É", "E").encode() + "Région;1\n".encode("cp850"))


@pytest.mark.parametrize("newline", ["\r", "\r\n", "\n"])
def test_line_ends_of_all_systems(read: Callable[..., Sheet], newline: str) -> None:
    sheet = read(f"code;nom{newline}1;a{newline}{newline}2;b")
    assert (sheet.rows, sheet.origin.newline) == ([(2, ["1", "a"]), (4, ["2", "b"])], newline)


def test_more_and_fewer_cells_stay_as_they_are(read: Callable[..., Sheet]) -> None:
    sheet = read("a;b;c\n1;2;3\n1\n1;2;3;4\n1;2;3;;\n")
    assert [cells for _, cells in sheet.rows] == [
        ["1", "2", "3"],
        ["1"],
        ["1", "2", "3", "4"],
        ["1", "2", "3"],
    ]


@pytest.mark.parametrize(
    ("lines", "rows"),
    [
        (['1;"Le Portel" et autres', "2;b"], [["1", '"Le Portel" et autres'], ["2", "b"]]),
        (['1;"Arras', "2;Lens", "3;c"], [["1", '"Arras'], ["2", "Lens"], ["3", "c"]]),
        (['1;"Arras', "2;Lens", '3;"c"', '4;""'], [["1", '"Arras'], ["2", "Lens"], ["3", "c"], ["4", ""]]),
        (['1;"Arras', "2;Lens", '3;c"', "4;d"], [["1", '"Arras'], ["2", "Lens"], ["3", 'c"'], ["4", "d"]]),
    ],
)
def test_a_stray_quote_swallows_no_row_and_is_said(
    read: Callable[..., Sheet], lines: list[str], rows: list[list[str]]
) -> None:
    sheet = read("\n".join(["code;nom", *lines]))
    assert [cells for _, cells in sheet.rows] == rows
    assert [line for line, _ in sheet.rows] == list(range(2, len(rows) + 2))
    assert len(sheet.notes) == 1
    assert notes(sheet)[0].startswith(
        "Ligne 2\u00a0: un guillemet ouvre ou ferme une cellule au mauvais endroit"
    )


def test_a_quote_inside_a_cell_is_a_letter(read: Callable[..., Sheet]) -> None:
    sheet = read('code;nom\n1;tuyau 12" ; 2\n')
    assert (sheet.rows, sheet.notes) == ([(2, ["1", 'tuyau 12" ', " 2"])], ())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            b" " * (1 << 21) + TEXT.encode(),
            "row 1: a cell is longer than 1,048,576 characters, most of which",
        ),
        (TEXT.encode() + b"\t " * (1 << 20), "row 4: a cell is longer than 1,048,576 characters, most of"),
        (TEXT.encode() + b" " * (17 << 20), "row 4: this line is longer than 16,777,216 characters, most of"),
        (b"\0" * (1 << 21) + TEXT.encode(), "row 1: 2,097,152 null characters follow one another"),
        (TEXT.encode() + b"\0" * (1 << 21), "row 4: 2,097,152 null characters follow one another"),
    ],
    ids=["blanks before", "blanks after", "a line of blanks", "zeros before", "zeros after"],
)
def test_what_fills_a_file_up_is_named(read: Callable[..., Sheet], content: bytes, said: str) -> None:
    with pytest.raises(RegisterError, match=said) as refused:
        read(content)
    assert "guillemets" not in refused.value.text("fr")


def test_a_cell_without_end_is_refused_with_its_row(read: Callable[..., Sheet]) -> None:
    with pytest.raises(RegisterError, match=r"row 3: a cell is longer than 1,048,576 characters"):
        read("code;nom\n1;a\n2;" + "x" * (1 << 21) + "\n")


@pytest.mark.parametrize("content", ["", "\n\n", " ; ;\n", "\ufeff"])
def test_a_file_without_a_filled_cell_is_refused(read: Callable[..., Sheet], content: str) -> None:
    with pytest.raises(RegisterError, match="no cell is filled"):
        read(content)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x1f\x8b\x08\x00", "GZIP"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "XML"),
    ],
)
def test_what_is_no_table_is_named(read: Callable[..., Sheet], content: bytes, found: str) -> None:
    with pytest.raises(RegisterError, match=f"this is a {found} file, which is not read"):
        read(content)


def test_a_missing_file_and_a_folder_are_said(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="there is no such file"):
        read_sheet(tmp_path / "rien.csv")
    with pytest.raises(RegisterError, match="it is a folder"):
        read_sheet(tmp_path)


def test_a_text_has_no_sheets(read: Callable[..., Sheet]) -> None:
    with pytest.raises(RegisterError, match="this file has no sheets"):
        read(TEXT, sheet="Feuil1")


def test_a_web_page_that_calls_itself_a_workbook_is_read(read: Callable[..., Sheet]) -> None:
    page = """<html><head><meta charset="windows-1252"></head><body><table><tr><td>menu</td></tr></table>
    <table border=1><tr><th colspan=2>Contrats signés<tr><th>Code<th>Nom</tr>
    <tr><td>62041</td><td>Arras &amp;
      alentours</td></tr><tr><td></td></tr><tr><td>02691</td><td>Saint-<br>Quentin</td></table></body></html>"""
    sheet = read(page.encode("cp1252"), "liste.xls")
    assert (sheet.header, sheet.header_line, sheet.origin.kind) == (("Code", "Nom"), 2, "html")
    assert sheet.rows == [(3, ["62041", "Arras & alentours"]), (5, ["02691", "Saint-\nQuentin"])]
    assert "page web, pas un classeur\u00a0; son tableau n° 2 sur 2" in " ".join(notes(sheet))


def test_text_that_calls_itself_a_workbook_is_read(read: Callable[..., Sheet]) -> None:
    assert read(TEXT, "liste.xlsx").rows == ROWS
