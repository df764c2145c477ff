"""The command line: one call, clear lines, an exit status."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import geocontracts
from geocontracts.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable

GOOD = "acv-arras,acv,Arras,commune:62041,signed,doc,Partie 1"


def test_map_of_the_bundled_register(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["map"]) == 0
    page = tmp_path / "maps" / "hauts-de-france.html"
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    said = capsys.readouterr()
    assert "Carte écrite" in said.out
    assert "Lignes lues\u00a0: 175." in said.err


def test_map_with_problems_is_done_and_says_them(
    with_contracts: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = with_contracts(GOOD, "b,acv,B,Sossons,signed,doc,P", "c,acv,C,Saint-Denis,signed,doc,P")
    assert main(["map", str(folder), "-o", str(tmp_path / "m.html")]) == 1
    said = capsys.readouterr().err
    assert "contracts.csv, ligne 3, colonne territories" in said
    assert "Soissons (Aisne)" in said
    assert "ligne 4" in said
    assert (
        "Lignes lues\u00a0: 3. Placées\u00a0: 1\u00a0; placées avec une remarque sur le lieu\u00a0: 0\u00a0; "
        "non placées\u00a0: 2. "
        "Problèmes à corriger\u00a0: 2." in said
    )
    assert (tmp_path / "m.html").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["map", "absent.csv"], "absent.csv\u00a0: ce fichier ou ce dossier n’existe pas"),
        (["map", "--area", "Lilliput-sur-Rien"], "n’a pas été trouvé"),
        (["map", "--area", "Saint-Denis"], "Saint-Denis (Seine-Saint-Denis) [commune:93066]"),
        (["map", "-o", "/proc/nowhere/m.html"], "/proc/nowhere/m.html\u00a0: écriture impossible"),
        (["check", "absent"], "absent\u00a0: ce fichier ou ce dossier n’existe pas"),
        (["resolve", "--from", "absent.csv", "--column", "nom"], "absent.csv"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_status_2(
    arguments: list[str],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
    assert list(tmp_path.rglob("*.html")) == []


def test_errors_speak_english_on_request(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "absent", "--lang", "en"]) == 2
    assert "there is no such file or folder. Check the path." in capsys.readouterr().err


def test_check_of_the_bundled_register_is_clean_and_adds_up(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--format", "json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["placed"] + report["remark"] + report["unplaced"] == report["records"] == 175
    assert {problem["severity"] for problem in report["problems"]} == {"remark"}


def test_check_lists_every_problem(
    with_contracts: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(with_contracts("a,acw,A,Sossons,suspendu,doc,P"))]) == 1
    said = capsys.readouterr().out
    assert [column in said for column in ("colonne status", "colonne programme", "colonne territories")] == [
        True
    ] * 3


def test_resolve_answers_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["resolve", "CC de Flandre Intérieure", "Creil (60)"]) == 0
    said = capsys.readouterr().out
    assert "CA Coeur de Flandre (Nord) [epci:200040947]" in said
    assert "Ancien nom" in said
    assert "Creil (Oise) [commune:60175]" in said


def test_resolve_answers_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["resolve", "Sossons", "Arras", "--within", "Hauts-de-France", "--format", "json"]) == 1
    missed, found = json.loads(capsys.readouterr().out)
    assert (missed["status"], missed["code"]) == ("unknown", None)
    assert missed["candidates"][0] == {
        "code": "02722",
        "name": "Soissons",
        "level": "commune",
        "departements": ["Aisne"],
        "score": missed["candidates"][0]["score"],
    }
    assert (found["status"], found["code"], found["level"]) == ("placed", "62041", "commune")


def test_resolve_reads_a_column_and_writes_safe_csv(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "liste.csv"
    path.write_text("Nom de la commune;autre\nDenain;1\n=SOMME(A1);2\n;3\n", encoding="utf-8")
    arguments = ["resolve", "--from", str(path), "--column", "nom de la commune", "--format", "csv"]
    assert main(arguments) == 1
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out.removeprefix("\ufeff")), delimiter=";"))
    assert [row["Ligne"] for row in rows] == ["2", "3", "4"]
    assert [row["Code"] for row in rows] == ["59172", "", ""]
    assert rows[1]["Ce qui est écrit"] == "'=SOMME(A1)"


def test_resolve_wants_names_or_a_column(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (
        ["resolve"],
        ["resolve", "Arras", "--from", "x.csv", "--column", "a"],
        ["resolve", "--from", "x"],
    ):
        with pytest.raises(SystemExit) as caught:
            main(arguments)
        assert caught.value.code == 2
    assert "--column COLUMN" in capsys.readouterr().err


def test_version_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    for option in ("--version", "--help"):
        with pytest.raises(SystemExit) as caught:
            main([option])
        assert caught.value.code == 0
    said = capsys.readouterr().out
    assert f"geocontracts {geocontracts.__version__}" in said
    assert "Exit status: 0 done, 1 done with problems that were reported, 2 not done." in said


def test_a_check_says_why_it_fails_and_a_map_what_it_does_not_draw(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "liste.csv"
    path.write_text("Commune;Dispositif\nDenain;A\nNiort;B\nNulle-Part-lès-Bains;C\n", encoding="utf-8")
    assert main(["check", str(path), "--max-unplaced", "0"]) == 1
    assert (
        "Contrôle non passé\u00a0: 1 lignes sans lieu, et --max-unplaced en admet 0."
        in capsys.readouterr().err
    )
    assert main(["check", str(path), "--max-unplaced", "1"]) == 0
    assert "Contrôle non passé" not in capsys.readouterr().err
    page = tmp_path / "carte.html"
    assert main(["map", str(path), "-o", str(page), "--max-unplaced", "0"]) == 2
    assert not page.exists()
    assert main(["map", str(path), "-o", str(page)]) == 1
    said = capsys.readouterr().err
    assert (
        "Placées hors du territoire de la carte (Hauts-de-France), listées et non dessinées\u00a0: 1." in said
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--report", "q.csv", "--corrected", "q.csv"], "deux résultats doivent y être écrits"),
        (["--report", "s.json", "--save-mapping", "s.json"], "deux résultats doivent y être écrits"),
        (["--mapping", "m.json", "--report", "m.json"], "il n’a pas été touché"),
        (["--report", "r.txt"], "un rapport s’écrit en .csv, .json, .html"),
        (["--report", "r.csv", "--corrected", "c.xlsx"], "c.xlsx"),
    ],
)
def test_nothing_is_written_where_outputs_or_inputs_clash(
    arguments: list[str],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("liste.csv").write_text("Commune;Dispositif\nDenain;A\n", encoding="utf-8")
    Path("m.json").write_text('{"columns": {}}', encoding="utf-8")
    assert main(["check", "liste.csv", *arguments]) == 2
    assert said in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["liste.csv", "m.json"]
    assert Path("m.json").read_text(encoding="utf-8") == '{"columns": {}}'


def test_the_counts_of_a_map_are_found_again_in_what_is_said_of_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The rows without a place, what is on the page, and the contracts that it does not count."""
    page = tmp_path / "carte.html"
    assert main(["map", "-o", str(page)]) == 0
    said = capsys.readouterr().err.replace("\u00a0", " ")
    assert "non placées : 17" in said
    assert (
        "Contrats, missions et opérations : 175. "
        "Sur la carte : 163, dont au siège d’un périmètre inconnu : 6. "
        "Hors carte : 12, dont de périmètre inconnu : 11, et hors du territoire (Hauts-de-France) : 1. "
        "Périmètre inconnu en tout : 17 (contrats : 8 ; missions : 1 ; opérations : 8)."
    ) in said
    assert "163 sur la carte, 12 hors carte" in page.read_text(encoding="utf-8")
