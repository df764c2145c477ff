"""The header is found below titles and notes; nothing below it is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geocontracts.errors import RegisterError
from geocontracts.records.formats.read import read_sheet
from geocontracts.records.lists.headings import known_headings

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


@pytest.mark.parametrize(
    "lines",
    [
        ("Commune;", "Arras;oui", "Lille;non", "Lens;oui"),
        ("Commune;;Montant", "Arras;oui;", "Lille;non;3", "Lens;oui;4"),
        ("Niveau;;Montant", "Commune;Arras;", "EPCI;CU d'Arras;3", "EPCI;CC Osartis;4"),
        ("Commune;Aide;", ";DSIL;oui", "Lille;DETR;non", "Lens;DSIL;oui"),
        ("Commune;Aides;", ";nd;?", "Lille;3;4", "Lens;5;6"),
        ("Commune;Aides;", "Arras;inconnue;à voir", "Lille;3;4", "Lens;5;6"),
        ("Commune;Aides;", ";Arras;montant", ";Lille;4", ";Lens;6"),
    ],
)
def test_a_first_row_of_data_is_no_second_header(read: Callable[..., Sheet], lines: tuple[str, ...]) -> None:
    sheet = read(*lines, known=known_headings())
    assert sheet.header == tuple(lines[0].split(";"))
    assert sheet.rows == [(line, text.split(";")) for line, text in enumerate(lines[1:], 2)]


def test_known_headings_below_a_group_are_a_second_line(read: Callable[..., Sheet]) -> None:
    lines = ("Territoire;;Montant", "Code commune;Commune;", "62041;Arras;12", "62498;Lens;14")
    sheet = read(*lines, known=known_headings(), header=1)
    assert sheet.header == ("Territoire Code commune", "Territoire Commune", "Montant")
    assert [line for line, _ in sheet.rows] == [3, 4]


@pytest.mark.parametrize(
    ("lines", "line", "value"),
    [
        (("62041;Arras;100000", "59350;Lille;200000", "62498;Lens;300000"), 1, "62041"),
        (("Arras", "Lille", "Lens"), 1, "Arras"),
        (("crte-1;Arras;oui", "crte-2;Lille;non", "crte-3;Lens;oui"), 1, "Arras"),
        (("Arras;2019-06-29", "Lille;2020-01-01"), 1, "Arras"),
        (("a;b;12 k€", "c;d;13 k€"), 1, "12 k€"),
        (("a;b;1.234", "c;d;2.345"), 1, "1.234"),
        (("a;b;déc. 2019", "c;d;juin 2020"), 1, "déc. 2019"),
        (
            ("Liste;;", "62041;Arras;100000", "59350;Lille;200000", "à voir;plus;suite", "2;a;1", "3;b;2"),
            2,
            "62041",
        ),
        (("Commune;Arras;62041", "Commune;Lille;59350", "EPCI;CC Osartis;1"), 1, "Arras"),
        (("62041;Arras",), 1, "62041"),
    ],
)
def test_a_list_without_headings_is_refused(
    read: Callable[..., Sheet], lines: tuple[str, ...], line: int, value: str
) -> None:
    with pytest.raises(RegisterError, match=f"row {line}: this row seems to be data") as caught:
        read(*lines, known=known_headings())
    assert caught.value.message.facts["value"] == value
    assert "Ajoutez au-dessus du tableau une ligne de titres" in caught.value.text("fr")


@pytest.mark.parametrize(
    "lines",
    [
        ("Nord", "Code commune;Commune", "59350;Lille"),  # the title is a place
        ("Commune;31/12/2019", "Lille;12/01/2019", "Lens;03/04/2020"),
        ("Machin;2019", "Lille;2018", "Lens;2017"),
        ("Machin;Truc", "Lille;12", "Lens;13"),
    ],
)
def test_headings_are_no_data(read: Callable[..., Sheet], lines: tuple[str, ...]) -> None:
    sheet = read(*lines, known=known_headings())
    assert len(sheet.rows) == (1 if lines[0] == "Nord" else 2)


def test_the_header_that_is_told_may_look_like_data(read: Callable[..., Sheet]) -> None:
    assert read("62041;Arras", "59350;Lille", header=1).rows == [(2, ["59350", "Lille"])]


def test_a_row_with_one_known_word_is_no_header(read: Callable[..., Sheet]) -> None:
    sheet = read("Repère;Où;Sorte;Somme", "a;Arras;Commune;3", "b;Lille;ville;4", known=known_headings())
    assert sheet.header_line == 1
