"""Answers about places: the line of the file, the question left open, nothing that runs."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import openpyxl
import pytest

from geocontracts.cli import main
from geocontracts.outputs.answers import format_matches, formula_safe
from geocontracts.places.match import resolve

if TYPE_CHECKING:
    from pathlib import Path

    from geocontracts.words import Lang


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "liste.csv"
    path.write_text('n;Commune\n1;Denain\n\n2;"Saint-\nQuentin"\n3;Sossons\n4;\n', encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("lang", "rows"),
    [("fr", [f"ligne {n}" for n in (2, 4, 5, 6)]), ("en", [f"row {n}" for n in (2, 4, 5, 6)])],
)
def test_a_table_of_answers_shows_the_rows_that_a_spreadsheet_shows(
    table: Path, lang: str, rows: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["resolve", "--from", str(table), "--column", "commune", "--lang", lang]) == 1
    heads = [line for line in capsys.readouterr().out.splitlines() if not line.startswith(" ")]
    assert [head.split(" · ")[0] for head in heads] == rows
    assert heads[0].endswith("Denain (Nord) [commune:59172]")


def test_the_lines_are_in_every_style(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["resolve", "--from", str(table), "--column", "commune", "--format"]
    main([*command, "json"])
    assert [answer["row"] for answer in json.loads(capsys.readouterr().out)] == [2, 4, 5, 6]
    main([*command, "csv"])
    answers = list(csv.DictReader(io.StringIO(capsys.readouterr().out.removeprefix("\ufeff")), delimiter=";"))
    assert [answer["Ligne"] for answer in answers] == ["2", "4", "5", "6"]
    assert [answer["Code"] for answer in answers] == ["59172", "02691", "", ""]


@pytest.mark.parametrize(
    ("lang", "mark", "head", "rows"),
    [
        (
            "fr",
            "\ufeff",
            "Ce qui est écrit;Réponse;Code;Nom;Niveau;Départements;Pourquoi;Lieux possibles;En 2021",
            [
                "CC de Flandre Intérieure;trouvé, avec une remarque;200040947;",
                "Creil;trouvé;60175;Creil;commune",
            ],
        ),
        (
            "en",
            "",
            "What is written,Answer,Code,Name,Level,Départements,Why,Possible places,In 2021",
            ['CC de Flandre Intérieure,"found, with a remark",200040947,', "Creil,found,60175,Creil,commune"],
        ),
    ],
)
def test_a_csv_of_answers_speaks_the_language_of_its_reader(
    lang: Lang, mark: str, head: str, rows: list[str]
) -> None:
    matches = [resolve("CC de Flandre Intérieure"), resolve("Creil")]
    said = format_matches(matches, style="csv", lang=lang, vintage=2021).splitlines()
    assert said[0] == mark + head
    assert [line.startswith(row) for line, row in zip(said[1:], rows, strict=True)] == [True, True]
    told = json.loads(format_matches(matches, style="json", lang=lang))
    assert [(answer["status"], answer["level"]) for answer in told] == [
        ("remark", "epci"),
        ("placed", "commune"),
    ]
    near = format_matches([resolve("Sossons")], style="csv", lang=lang)
    assert ("Soissons (Aisne) 0,93" in near) == (lang == "fr")


def test_names_given_in_the_command_have_no_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["resolve", "Denain"]) == 0
    assert capsys.readouterr().out.startswith("Denain → trouvé")
    main(["resolve", "Denain", "--format", "json"])
    assert "row" not in json.loads(capsys.readouterr().out)[0]


def test_the_names_of_a_workbook_are_looked_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = openpyxl.Workbook()
    for row in (("Liste du service",), ("Nom", "Commune"), ("a", "Denain"), ("b", "Nulle-Part-lès-Bains")):
        book.worksheets[0].append(row)
    path = tmp_path / "liste.xlsx"
    book.save(path)
    assert main(["resolve", "--from", str(path), "--column", "commune", "--format", "json"]) == 1
    answers = json.loads(capsys.readouterr().out)
    assert [(answer["row"], answer["code"]) for answer in answers] == [(3, "59172"), (4, None)]


def test_every_candidate_is_listed_with_its_departement_and_code() -> None:
    said = format_matches([resolve("Montreuil (62)")], style="table", lang="fr").splitlines()
    assert said[0] == "Montreuil (62) → ambigu"
    assert said[2:] == [
        "    ? Montreuil-sur-Mer (Pas-de-Calais) [commune:62588] 1.00",
        "    ? Montreuil (Pas-de-Calais) [arrondissement:624] 1.00",
    ]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_begins_a_formula(sign: str) -> None:
    assert formula_safe(f"{sign}SOMME(A1)") == f"'{sign}SOMME(A1)"
    assert formula_safe(f"A{sign}1") == f"A{sign}1"
    rows = list(
        csv.reader(io.StringIO(format_matches([resolve(f"{sign}A1")], style="csv", lang="en"), newline=""))
    )
    assert rows[1][0].startswith("'")


def test_the_codes_of_another_vintage_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        main(["resolve", "Hesdin-la-Forêt", "Nulle-Part-lès-Bains", "--vintage", "2021", "--format", "json"])
        == 1
    )
    found, missing = json.loads(capsys.readouterr().out)
    then = {(each["code"], each["name"]) for each in found["then"]}
    assert then == {
        ("62447", "Hesdin"),
        ("62549", "Marconne"),
        ("62461", "Huby-Saint-Leu"),
        ("62743", "Sainte-Austreberthe"),
    }
    assert missing["then"] == []
    assert main(["resolve", "Hesdin-la-Forêt", "--vintage", "2021"]) == 0
    assert "En 2021\u00a0: " in capsys.readouterr().out
