"""Answers about places: the line of the file, the question left open, nothing that runs."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest

from geocontracts.cli import main
from geocontracts.outputs.answers import format_matches, formula_safe
from geocontracts.places.match import resolve

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "liste.csv"
    path.write_text('n;Commune\n1;Denain\n\n2;"Saint-\nQuentin"\n3;Sossons\n4;\n', encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("lang", "rows"),
    [("fr", [f"ligne {n}" for n in (2, 4, 6, 7)]), ("en", [f"row {n}" for n in (2, 4, 6, 7)])],
)
def test_a_table_of_answers_shows_the_lines_of_the_file(
    table: Path, lang: str, rows: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["resolve", "--from", str(table), "--column", "commune", "--lang", lang]) == 1
    heads = [line for line in capsys.readouterr().out.splitlines() if not line.startswith(" ")]
    assert [head.split(" · ")[0] for head in heads] == rows
    assert heads[0].endswith("Denain (Nord) [commune:59172]")


def test_the_lines_are_in_every_style(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["resolve", "--from", str(table), "--column", "commune", "--format"]
    main([*command, "json"])
    assert [answer["row"] for answer in json.loads(capsys.readouterr().out)] == [2, 4, 6, 7]
    main([*command, "csv"])
    answers = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [answer["row"] for answer in answers] == ["2", "4", "6", "7"]
    assert [answer["code"] for answer in answers] == ["59172", "02691", "", ""]


def test_names_given_in_the_command_have_no_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["resolve", "Denain"]) == 0
    assert capsys.readouterr().out.startswith("Denain → trouvé")
    main(["resolve", "Denain", "--format", "json"])
    assert "row" not in json.loads(capsys.readouterr().out)[0]


@pytest.mark.parametrize("suffix", [".xlsx", ".ods"])
def test_a_workbook_is_no_list_of_names(
    tmp_path: Path, suffix: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / f"liste{suffix}"
    path.write_bytes(b"PK\x03\x04")
    assert main(["resolve", "--from", str(path), "--column", "commune"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert f"les fichiers {suffix} ne sont pas encore lus" in said.err


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
        csv.reader(io.StringIO(format_matches([resolve(f"{sign}A1")], style="csv", lang="fr"), newline=""))
    )
    assert rows[1][0].startswith("'")
