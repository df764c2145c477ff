"""What is said of the euros of a list: counted, unknown, negative, without a place, and its own total."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from geocontracts.cli import main
from geocontracts.outputs.grants.euros import column_euros
from geocontracts.outputs.grants.totals import grant_totals

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geocontracts.outputs.grants.euros import ColumnEuros

HEAD = "Code INSEE;Commune;Exercice;Montant"
LINES = (
    "62041;Arras;2021;1000",
    "62041;Arras;2021;n.d.",
    "62041;Arras;2021;",
    "62041;Arras;2022;-100",
    "62041;Arras;2022;-200,50",
    "62498;Lens;2021;abc",
    "62498;Lens;2021;def",
    ";Rubaix;2021;50",
    ";Lens et Lille;2021;70,5",
)


@pytest.fixture
def told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., list[str]]:
    """Return what the command says of a list, whose totals are written by commune to `out`."""

    def run(*lines: str) -> list[str]:
        path = tmp_path / "aides.csv"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        main(["grants", str(path), "-o", str(tmp_path / "out"), "--by", "commune"])
        said: list[str] = capsys.readouterr().err.replace("\u00a0", " ").replace("\u202f", " ").splitlines()
        return said

    return run


def table(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=";"))[1:]


def test_the_screen_says_what_became_of_the_euros(told: Callable[..., list[str]]) -> None:
    euros = [line for line in told(HEAD, *LINES) if line.startswith("« Montant »")]
    assert euros == [
        (
            "« Montant » : 1 120,50 € au total. Subventions sans montant (vide, n.d.) : 2 ; "
            "dont le montant n’est pas compris : 2."
        ),
        (
            "« Montant » : 2 montants négatifs, −300,50 €, ne sont pas comptés (d’abord ligne 5). "
            "Leur valeur est prise pour inconnue."
        ),
        "« Montant » : 50 € sans lieu : ils sont dans « Sans lieu » de totaux.csv, pas dans carte.csv.",
        (
            "« Montant » : 70,50 € en « Plusieurs lieux » : ils sont dans carte.csv, "
            "jamais partagés entre ces lieux."
        ),
    ]


def euros_of(tmp_path: Path, *lines: str) -> ColumnEuros:
    path = tmp_path / "aides.csv"
    path.write_text("\n".join((HEAD, *LINES, *lines)) + "\n", encoding="utf-8")
    with grant_totals(path) as totals:
        (found,) = column_euros(totals)
    return found


def test_every_grant_has_an_amount_or_a_reason_why_not(tmp_path: Path) -> None:
    found = euros_of(tmp_path)
    assert found.total == Decimal("1120.50")
    known = 3
    assert found.nothing + found.unread + found.negative + known == len(LINES)
    assert (found.negative, found.below, found.first) == (2, Decimal("-300.50"), 5)
    assert found.stated is None


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["TOTAL;;;1 120,50 €"], "Ligne 11 (« TOTAL »), « Montant » : 1 120,50 €, comme la somme"),
        (["TOTAL;;;820"], "l’écart, 300,50 €, est celui des montants négatifs"),
        (["TOTAL;;;1000"], "La somme des lignes est de 1 120,50 €, soit 120,50 € de plus"),
        (["TOTAL;;;2000"], "La somme des lignes est de 1 120,50 €, soit 879,50 € de moins"),
        (["Total Nord;;;70,5", "Total général;;;1120,5"], "Ligne 12 (« Total général »)"),
    ],
)
def test_the_total_of_the_list_is_compared_with_its_rows(
    told: Callable[..., list[str]], lines: list[str], expected: str
) -> None:
    said = [line for line in told(HEAD, *LINES, *lines) if line.startswith("Ligne 1") and "€" in line]
    assert len(said) == 1
    assert expected in said[0]


def test_totals_of_parts_alone_are_not_taken_for_that_of_all(tmp_path: Path) -> None:
    assert euros_of(tmp_path, "Total Nord;;;70,5", "Total Pas-de-Calais;;;1000").stated is None


def test_unknown_amounts_follow_the_totals_onto_the_map(
    told: Callable[..., list[str]], tmp_path: Path
) -> None:
    told(HEAD, *LINES)
    arras, lens, both = table(tmp_path / "out" / "carte.csv")
    assert arras[0].replace("\u00a0", " ") == "aides — Arras (subventions : 5, dont sans montant compté : 4)"
    assert arras[3] == "1000"
    assert "4 sur 5" in arras[4]
    assert lens[3] == "", "unknown is not 0"
    assert "2 sur 2" in lens[4]
    assert both[4] == ""


def test_what_the_payers_give_stands_for_a_cost_that_is_unknown(
    told: Callable[..., list[str]], tmp_path: Path
) -> None:
    told("Code INSEE;Dispositif;Coût total;DETR", "62041;DETR;;40", "62041;DETR;100;")
    (line,) = table(tmp_path / "out" / "carte.csv")
    assert line[3:5] == ["140", "40"]
    assert "1 sur 2\u00a0; ce que donnent les financeurs" in line[5]


def test_problems_of_one_kind_are_one_line_and_all_are_in_the_file(
    told: Callable[..., list[str]], tmp_path: Path
) -> None:
    said = told(HEAD, *LINES, *(f"62041;Arras;2021;mot{'x' * n}" for n in range(4)))
    (line,) = [line for line in said if line.startswith("Colonne « Montant »")]
    assert "« abc »" in line
    assert "Autres écritures de même nature : 5, dans a-revoir.csv. Lignes dans ce cas : 6." in line
    problems = table(tmp_path / "out" / "a-revoir.csv")
    assert [row[2] for row in problems] == [
        *("'-100", "'-200,50", "abc", "def", "mot", "motx", "motxx", "motxxx")
    ]
    assert "Écritures d’un montant ou d’une date qui n’ont pas été comprises : 6." in said[-1]


def test_what_is_cut_on_the_screen_is_counted(told: Callable[..., list[str]]) -> None:
    said = told(HEAD, *(f";Lieu inventé {'b' * n};2021;1" for n in range(13)))
    assert len([line for line in said if "Lieu inventé" in line]) == 10
    assert "… et 3 autres, dans lignes-sans-lieu.csv." in said


def test_columns_that_are_lacking_are_said(told: Callable[..., list[str]]) -> None:
    said = "\n".join(told("Code INSEE;Commune", "62041;Arras"))
    assert "Aucune colonne de montant : les totaux comptent les subventions, sans euros." in said
    assert "--programme" in said
    said = "\n".join(told("Code INSEE;Dispositif;Montant", "62041;DETR;5"))
    assert "Aucune colonne de montant" not in said
    assert "--programme" not in said


def test_a_row_without_programme_is_never_of_the_name_of_the_file(
    told: Callable[..., list[str]], tmp_path: Path
) -> None:
    rows = ("62041;DETR;5", "62041;;7", "62041;n.d.;9")
    said = "\n".join(told("Code INSEE;Dispositif;Montant", *rows)).replace("\u00a0", " ")
    assert "Lignes sans dispositif : 2 (la première : ligne 3)." in said
    assert "le nom du fichier en tient lieu" not in said
    totals = (tmp_path / "out" / "totaux.csv").read_text(encoding="utf-8-sig")
    programmes = [row["Dispositif"] for row in csv.DictReader(io.StringIO(totals), delimiter=";")]
    assert sorted(set(programmes)) == [
        "DETR",
        "Dispositif non renseigné",
    ]


def test_the_column_of_the_years_is_never_that_of_the_places(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "aides.csv"
    for head, *year in (["Exercice"], ["Versé", "--year", "Versé"]):
        path.write_text(f"{head};Dispositif;Montant\n2691;DETR;100\n2408;DETR;200\n", encoding="utf-8")
        assert main(["grants", str(path), "-o", str(tmp_path / "out"), *year]) == 2
        assert "aucune colonne ne dit où sont les contrats" in capsys.readouterr().err
