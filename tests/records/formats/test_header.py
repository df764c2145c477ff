"""The header is found below titles and notes; nothing below it is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geocontracts.errors import RegisterError
from geocontracts.records.formats.read import read_sheet

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geocontracts.records.formats.sheet import Sheet


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Sheet]:
    """Return a function that writes lines as a file and reads it as a sheet."""

    def read(*lines: str, **options: object) -> Sheet:
        path = tmp_path / "liste.csv"
        path.write_text("\n".join(lines), encoding="utf-8")
        return read_sheet(path, **options)  # type: ignore[arg-type]

    return read


BODY = ("62041;Arras;12,5", "02691;Saint-Quentin;13,5", "02408;Laon;")
CELLS = [line.split(";") for line in BODY]


@pytest.mark.parametrize(
    "above",
    [
        (),
        ("Liste des contrats;;",),
        ("Liste des contrats", "", "Source : préfecture, au 31/12/2023", ""),
        (";;", "Liste;;", "Mise à jour;01/02/2024;"),
    ],
)
@pytest.mark.parametrize("known", [set(), {"code", "nom"}])
def test_the_header_is_found_below_what_stands_above(
    read: Callable[..., Sheet], above: tuple[str, ...], known: set[str]
) -> None:
    sheet = read(*above, "Code;Nom;Montant", *BODY, known=known)
    line = len(above) + 1
    assert (sheet.header, sheet.header_line) == (("Code", "Nom", "Montant"), line)
    assert sheet.rows == [(line + rank, cells) for rank, cells in enumerate(CELLS, 1)]
    filled = sum(1 for text in above if text.strip(";"))
    assert [note.facts for note in sheet.notes] == ([{"row": line, "above": filled}] if filled else [])


def test_what_was_guessed_names_the_option_that_overrules_it(read: Callable[..., Sheet]) -> None:
    (note,) = read("Liste;;", "Code;Nom;Montant", *BODY).notes
    assert note.text("fr") == (
        "Titres des colonnes trouvés ligne 2. Lignes remplies au-dessus, non lues\u00a0: 1. "
        "Si ce n’est pas la bonne ligne, donnez son numéro\u00a0: «\u00a0--header N\u00a0»."
    )


def test_known_headings_find_a_header_that_its_shape_hides(read: Callable[..., Sheet]) -> None:
    lines = ("Suivi;des;contrats", "Code;Nom;2019", *BODY)
    assert read(*lines).header_line == 1
    assert read(*lines, known={"code", "nom"}).header_line == 2


def test_the_line_of_the_header_can_be_told(read: Callable[..., Sheet]) -> None:
    lines = ("a;b;c", "", "Code;Nom;Montant", *BODY)
    assert read(*lines, header=3).header == ("Code", "Nom", "Montant")
    for line in (2, 99):
        with pytest.raises(RegisterError, match=f"row {line}: this row is empty or does not exist"):
            read(*lines, header=line)


def test_totals_and_notes_under_the_table_stay_rows(read: Callable[..., Sheet]) -> None:
    sheet = read("Code;Nom;Montant", *BODY, "TOTAL GÉNÉRAL;;26", "", "Source : ANCT")
    assert sheet.rows[-2:] == [(5, ["TOTAL GÉNÉRAL", "", "26"]), (7, ["Source : ANCT"])]


def test_accented_duplicate_and_empty_headings_are_kept(read: Callable[..., Sheet]) -> None:
    sheet = read("Code;Libellé;;Libellé; Année\u00a0", "1;a;b;c;2019", "2;a;b;c;2019")
    assert sheet.header == ("Code", "Libellé", "", "Libellé", "Année")


def test_empty_columns_at_the_end_are_dropped(read: Callable[..., Sheet]) -> None:
    sheet = read("Code;Nom;;", "1;Arras;;", "2;Lens; ;")
    assert (sheet.header, sheet.rows) == (("Code", "Nom"), [(2, ["1", "Arras"]), (3, ["2", "Lens"])])


def test_a_filled_column_without_heading_at_the_end_is_kept(read: Callable[..., Sheet]) -> None:
    sheet = read("Code;Nom;;", "1;Arras;;", "2;Lens;à voir;")
    assert (sheet.header, sheet.rows[1]) == (("Code", "Nom", ""), (3, ["2", "Lens", "à voir"]))


def test_a_header_of_two_lines_is_joined_and_said(read: Callable[..., Sheet]) -> None:
    sheet = read("Code;Nom;Montants;", ";;État;Région", "62041;Arras;12;13", "02691;Ham;14;15")
    assert sheet.header == ("Code", "Nom", "Montants État", "Montants Région")
    assert (sheet.header_line, sheet.rows[0]) == (1, (3, ["62041", "Arras", "12", "13"]))
    assert sheet.notes[0].text("fr").startswith("Les titres des colonnes prennent deux lignes, 1 et 2")


def test_a_first_row_with_holes_is_no_second_header(read: Callable[..., Sheet]) -> None:
    sheet = read("Code;Nom;Montant", "62041;Arras;", ";Lens;12", "1;Ham;3")
    assert (sheet.header, len(sheet.rows)) == (("Code", "Nom", "Montant"), 3)


def test_a_group_above_full_headings_is_left_above(read: Callable[..., Sheet]) -> None:
    sheet = read("Territoire;;Montants;", "Code;Nom;État;Région", "62041;Arras;12;13", "02691;Ham;14;15")
    assert (sheet.header, sheet.header_line) == (("Code", "Nom", "État", "Région"), 2)


def test_years_are_headings(read: Callable[..., Sheet]) -> None:
    sheet = read("Nom;2019;2020", "Arras;12;13", "Lens;14;15")
    assert (sheet.header, len(sheet.rows)) == (("Nom", "2019", "2020"), 2)


def test_one_column_is_a_table(read: Callable[..., Sheet]) -> None:
    sheet = read("commune", "Arras", "Lens")
    assert (sheet.header, sheet.rows) == (("commune",), [(2, ["Arras"]), (3, ["Lens"])])


def test_a_table_with_a_header_alone_has_no_rows(read: Callable[..., Sheet]) -> None:
    sheet = read("Code;Nom")
    assert (sheet.header, sheet.rows) == (("Code", "Nom"), [])
