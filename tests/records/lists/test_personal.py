"""Telephone numbers and e-mail addresses that a list is about to publish are told, and never quoted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from geocontracts.cli import main
from geocontracts.records.formats.read import read_sheet
from geocontracts.records.lists.mapping import ListMapping
from geocontracts.records.lists.personal import personal_data
from geocontracts.webmap.payload import MapOptions, build_content
from tests.records.lists.sheets import read_lines

FILES = Path(__file__).parents[2] / "intake" / "files"
HEAD = "Intitulé;Dispositif;Commune;Signataires;Remarque;Suivi interne"
ROWS = (
    "A;ACV;Lens;M. Exemple 06 12 34 56 78;;03 21 00 00 00",
    "B;ACV;Arras;Mairie;écrire à qui.suit@mairie.example;",
    "C 0321000000;PVD;Denain;;;",
)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("03 21 00 00 00", "personal-phone"),
        ("03.21.00.00.00", "personal-phone"),
        ("03-21-00-00-00", "personal-phone"),
        ("03/21/00/00/00", "personal-phone"),
        ("0321000000", "personal-phone"),
        ("0321 00 00 00", "personal-phone"),
        ("Tél.:03\u00a021\u00a000\u00a000\u00a000", "personal-phone"),
        ("06 12 34 56 78 / 07 12 34 56 78", "personal-phone"),
        ("62300 Lens 01 23 45 67 89.", "personal-phone"),
        ("62300 01 23 45 67 89", "personal-phone"),
        ("+33 3 21 00 00 00", "personal-phone"),
        ("+33 (0)3 21 00 00 00", "personal-phone"),
        ("0033321000000", "personal-phone"),
        ("+32 2 123 45 67", "personal-phone"),
        ("+262 262 12 34 56", "personal-phone"),
        ("0612 345 678", "personal-phone"),
        ("06 123 456 78", "personal-phone"),
        ("0800 123 456", "personal-phone"),
        ("(0)6 12 34 56 78", "personal-phone"),
        ("06  12  34  56  78", "personal-phone"),
        ("06\t12\t34\t56\t78", "personal-phone"),
        ("06–12–34–56–78", "personal-phone"),
        ("02 02 59 59 60", "personal-phone"),
        ("08 02 77 55 51", "personal-phone"),
        ("06 13 31 34 83", "personal-phone"),
        ("tél. 02 59 60 62 80", "personal-phone"),
        ("te\u0301le\u0301phone : 02 59 60 62 80", "personal-phone"),
        ("Dossier 12, portable n° : 0612345678", "personal-phone"),
        ("Dossier : Luc 0612345678", "personal-phone"),
        ("0612345678;0712345678", "personal-phone"),
        ("01 23 45 67 89/06 12 34 56 78", "personal-phone"),
        ("06 12 34 56 78,07 12 34 56 78", "personal-phone"),
        ("06.12.34.56.78-07.12.34.56.78", "personal-phone"),
        ("0612345678/0712345678", "personal-phone"),
        ("0612345678/+33712345678", "personal-phone"),
        ("06 12 34 56 78/79", "personal-phone"),
        ("Tél.06 12 34 56 78", "personal-phone"),
        ("Tél.0612345678", "personal-phone"),
        ("tél.03.21.00.00.00", "personal-phone"),
        ("M. Exemple,06 12 34 56 78", "personal-phone"),
        ("-06 12 34 56 78", "personal-phone"),
        ("(+33) 6 12 34 56 78", "personal-phone"),
        ("(0033)612345678", "personal-phone"),
        ("+33 06 12 34 56 78", "personal-phone"),
        ("+33 612 345 678", "personal-phone"),
        ("+33612 345 678", "personal-phone"),
        ("06 - 12 - 34 - 56 - 78", "personal-phone"),
        ("06. 12. 34. 56. 78", "personal-phone"),
        ("06 1234 5678", "personal-phone"),
        ("06\u200712\u200734\u200756\u200778", "personal-phone"),
        ("06\u201412\u201434\u201456\u201478", "personal-phone"),
        ("06\u221212\u221234\u221256\u221278", "personal-phone"),
        ("06\u200b12\u200b34\u200b56\u200b78", "personal-phone"),
        ("06\r\n12\r\n34\r\n56\r\n78", "personal-phone"),
        ("Bureau 12\n03 21 00 00 00", "personal-phone"),
        ("Contact du dossier : 06 12 34 56 78", "personal-phone"),
        ("Luc, n° 06 12 34 56 78", "personal-phone"),
        ("Lot 3, tél. 07 08 09 10 11", "personal-phone"),
        ("+49 30 1234567", "personal-phone"),
        ("+41 21 234 56 78", "personal-phone"),
        ("+44 20 7946 0018", "personal-phone"),
        ("+352 2478 1234", "personal-phone"),
        ("chef de file 06 12 34 56 78", "personal-phone"),
        ("chef de file +33 6 12 34 56 78", "personal-phone"),
        ("Contact marché 06 12 34 56 78", "personal-phone"),
        ("Référent contrat 06 12 34 56 78", "personal-phone"),
        ("Pilote de la convention 06.12.34.56.78", "personal-phone"),
        ("Mme X, chargée du dossier 03 22 97 80 80", "personal-phone"),
        ("resp. section 06 12 34 56 78", "personal-phone"),
        ("Mme Dupont (code 03 22 97 80 80)", "personal-phone"),
        ("mob.0612345678", "personal-phone"),
        ("port/0612345678", "personal-phone"),
        ("00 33 6 12 34 56 78", "personal-phone"),
        ("qui.suit@mairie.example", "personal-mail"),
        ("<Qui.Suit+crte@hauts-de-france.gouv.fr>", "personal-mail"),
        ("élu@côte.fr 0612345678", "personal-both"),
    ],
)
def test_the_shapes_of_numbers_and_addresses_are_found(text: str, key: str) -> None:
    found = personal_data(text)
    assert found is not None
    assert found.key == key


@pytest.mark.parametrize(
    "text",
    [
        "200072460", "200 072 460", "21620041000018", "216 200 410 00018", "SIRET 200 033 579 00019", "02691",
        "02691;02408;02722", "02 59 60 62 80", "02-59-60-62-80", "02, 59, 60, 62, 80", "01/02/2019",
        "01/02/2019-03/04/2020", "2019-06-29 07:08:09", "1 000 000 000,00 €", "0,0612345678", "0.0612345678",
        "12 06 12 34 56 78 90 12", "FR76 3000 4000 0312 3456 7890 143", "W622000123", "custom:Parc @ Arras",
        "CRTE 2020-2026", "@anct", "a@b", "rendu@v2.1", "01-02-03-04-05-06", "59 350", "59350 62041 80021",
        "59 60 62 80 02 08 10 51 52", "03 18 36 41 58", "Bassin : 02 08 51 55 77", "01 38 39 71 74",
        "01/03/07/15/26", "06-13-83-84-04-05", "Dossier 0123456789", "Facture n° 0912345678",
        "ISBN-10 : 0123456789", "parcelle AB 0101010101", "02691;0123456789", "0123456789, 2A004",
        "code 0101-0203-0405", "lots 06 07 08 09 10", "années 07 08 09 10 11", "axe 07-08-09-10-11",
        "07 - 08 - 09 - 10 - 11", "06 07 09 12 18", "lot 06 12 34 56 78", "Dossier n° 06 12 34 56 78",
        "Marché n°\u00a006-12-34-56-78", "Facture 0612 34 56 78", "CRTE-0612345678", "06-1234-5678",
        "Dossier 0612345678/0712345678", "https://lieu.example/doc/0612345678", "1.06.12.34.56.78",
        "03 2021 2024", "62 - 06 - 31 - 44 - 75 - 13", "62\n06\n31\n44\n75\n13", "06-31-44-75-13-59",
        "12/0612345678", "0612345678,79", "06 12 34 56 78,50 €", "0612345678/12/2020",
        "+33 612 345", "+39 06 1234567", "fiches 06 12 34 56 78", "Réf. n° 06 12 34 56 78",
        "parcelles AB 06 12 34 56 78", "https://lieu.example/port/0612345678", "00 33 44 55 66 77 88",
    ],
)  # fmt: skip
def test_codes_amounts_and_dates_are_none(text: str) -> None:
    assert personal_data(text) is None


def test_no_cell_of_the_corpus_raises_an_alarm() -> None:
    lists = [path for path in sorted(FILES.iterdir()) if path.suffix in {".csv", ".tsv"}]
    assert len(lists) > 25
    for path in lists:
        for line, cells in read_sheet(path).rows:
            assert [cell for cell in cells if personal_data(cell)] == [], f"{path.name}:{line}"


def test_a_long_cell_is_looked_through_once() -> None:
    assert personal_data("0123456789;" * 20_000 + "02691") is None
    found = ("06 ", "0612345678/")
    for part in (*found, "0", "06 - ", "06\n", "+33", "+33 6 ", "06   12   34   5 ", "06/"):
        assert (personal_data(part * (32_000 // len(part)) + " 1") is None) is (part not in found)
    assert personal_data("a" * 1_000_000 + " @ " + "0" * 1_000_000 + "a." * 500_000) is None


def test_cells_that_will_be_published_are_told_by_row_and_column(tmp_path: Path) -> None:
    register = read_lines(tmp_path, HEAD, *ROWS)
    assert register.reading is not None
    (note,) = [note.text("fr") for note in register.reading.notes if note.key.startswith("list-personal")]
    assert note.replace("\u00a0", " ") == (
        "3 cellules semblent contenir un numéro de téléphone ou une adresse électronique, et seront "
        "publiées : ligne 2 « Signataires », ligne 3 « Remarque », ligne 4 « Intitulé ». "
        'Retirez-les de la liste, ou laissez une colonne de côté par --map "Signataires=-".'
    )
    remarks = [problem for problem in register.problems if problem.message.key == "cell-personal"]
    assert [(each.severity, each.row, each.column) for each in remarks] == [
        ("remark", 2, "Signataires"), ("remark", 3, "Remarque"), ("remark", 4, "Intitulé"),
    ]  # fmt: skip
    said = note + "".join(each.text("fr") for each in remarks)
    assert not any(each in said for each in ("06 12", "qui.suit", "0321")), "what is found is not quoted"


def test_a_column_that_is_left_aside_publishes_nothing(tmp_path: Path) -> None:
    aside = ListMapping(columns={"Signataires": None, "Remarque": None, "Intitulé": None})
    register = read_lines(tmp_path, HEAD, *ROWS, told=aside)
    assert not [problem for problem in register.problems if problem.message.key == "cell-personal"]


def test_a_number_beside_the_name_of_a_place_is_told(tmp_path: Path) -> None:
    register = read_lines(tmp_path, "Intitulé;Dispositif;Commune", "A;ACV;Lens 06 12 34 56 78")
    remarks = [problem for problem in register.problems if problem.message.key == "cell-personal"]
    assert [(each.row, each.column) for each in remarks] == [(2, "Commune")]


def test_numbers_of_files_and_values_that_are_not_published_raise_no_alarm(tmp_path: Path) -> None:
    register = read_lines(
        tmp_path, "id;Intitulé;Dispositif;Code INSEE;Montant total", "0612345678;A;ACV;62041;0321000000"
    )
    assert not [problem for problem in register.problems if problem.message.key == "cell-personal"]


def test_the_page_holds_what_is_read_and_nothing_of_what_is_left_aside(tmp_path: Path) -> None:
    register = read_lines(tmp_path, HEAD, *ROWS)
    payload = build_content(register, MapOptions(area="departement:62")).payload
    page = json.dumps(payload, ensure_ascii=False, default=str)
    assert "06 12 34 56 78" in page
    assert "qui.suit@mairie.example" in page
    assert "03 21 00 00 00" not in page, "of the column that nobody recognises"


def test_check_and_map_say_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, page = tmp_path / "liste.csv", tmp_path / "carte.html"
    path.write_text("\n".join((HEAD, *ROWS)) + "\n", encoding="utf-8")
    for command in (["check", str(path)], ["map", str(path), "-o", str(page), "--area", "departement:62"]):
        assert main(command) == 0
        assert "3 cellules semblent contenir" in capsys.readouterr().err
