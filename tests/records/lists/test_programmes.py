"""One programme that a list writes in several ways is one, which is said; others are never joined."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geocontracts.cli import main
from geocontracts.records.read import read_register
from tests.records.lists.sheets import read_lines

if TYPE_CHECKING:
    from pathlib import Path

    from geocontracts.records.register import Register


def of(folder: Path, *programmes: str) -> Register:
    rows = [f"Contrat {rank};{name};Lens" for rank, name in enumerate(programmes)]
    return read_lines(folder, "Intitulé;Dispositif;Territoires", *rows)


def met(register: Register) -> str:
    assert register.reading
    found = [note for note in register.reading.notes if note.key == "list-programmes-met"]
    return found[0].text("fr").replace("\u00a0", " ") if found else ""


@pytest.mark.parametrize(
    ("written", "one", "family"),
    [
        (["Action coeur de ville", "Action cœur de ville"], "Action cœur de ville", "nouvelle-generation"),
        (["ACV", "ACV", "ACTION COEUR DE VILLE"], "ACTION COEUR DE VILLE", "nouvelle-generation"),
        (["PVD", "Petites villes de demain", "PVD"], "Petites villes de demain", "nouvelle-generation"),
        (["PAT", "Projet alimentaire territorial"], "Projet alimentaire territorial", "nouvelle-generation"),
        (["ERBM", "Engagement bassin minier"], "Engagement bassin minier", "developpement-territorial"),
        (["Plan Vélo", "plan velo", "Plan Vélo"], "Plan Vélo", None),
    ],
)
def test_spellings_of_one_programme_are_one(
    tmp_path: Path, written: list[str], one: str, family: str | None
) -> None:
    register = of(tmp_path, *written)
    assert {each.programme for each in register.contracts.values()} == {one}
    assert [(name, each.family) for name, each in register.programmes.items()] == [(one, family)]
    other = next(text for text in written if text != one)
    assert f"« {other} » lu comme « {one} »" in met(register)


@pytest.mark.parametrize(
    "written",
    [
        ["ACV", "ACV 2"],
        ["Action cœur de ville", "Action cœur de ville 2"],
        ["Contrat de ville", "Contrat de ruralité"],
        ["CRTE", "Contrat de relance"],
        ["PVD", "PAT"],
    ],
)
def test_programmes_that_differ_stay_apart(tmp_path: Path, written: list[str]) -> None:
    register = of(tmp_path, *written)
    assert list(register.programmes) == written
    assert not met(register)


def test_what_is_written_in_one_way_stays_so(tmp_path: Path) -> None:
    register = of(tmp_path, "PVD", "PVD")
    assert list(register.programmes) == ["PVD"]
    assert not met(register)


def test_lines_of_one_contract_meet_under_both_spellings(tmp_path: Path) -> None:
    lines = ("Contrat;Dispositif;Commune", "CRTE A;Plan Vélo;Douai", "CRTE A;PLAN VELO;Cuincy")
    (contract,) = read_lines(tmp_path, *lines).contracts.values()
    assert contract.territories == ("Douai", "Cuincy")


def test_the_full_name_in_the_singular_is_known(tmp_path: Path) -> None:
    register = of(tmp_path, "Projet alimentaire territorial")
    assert [each.family for each in register.programmes.values()] == ["nouvelle-generation"]
    assert not register.problems


@pytest.mark.parametrize(
    "written",
    [
        "Petites villes de demain / ACV",
        "PVD/Action coeur de ville",
        "PVD et ACV",
        "PVD ; ACV",
        "PVD / Action cœur de ville (ACV)",
    ],
)
def test_two_known_programmes_in_one_cell_are_an_error_that_names_both(tmp_path: Path, written: str) -> None:
    path = tmp_path / "liste.csv"
    path.write_text(
        f'Intitulé;Dispositif;Commune\nA;"{written}";Lens\nB;"{written}";Arras\n', encoding="utf-8"
    )
    problems = read_register(path).problems
    assert [(each.severity, each.row, each.column) for each in problems] == [
        ("error", 2, "Dispositif"),
        ("error", 3, "Dispositif"),
    ]
    said = problems[0].text("fr").replace("\u00a0", " ")
    assert "nomme 2 dispositifs connus : « Petites villes de demain », « Action cœur de ville »" in said
    assert "Écrivez une ligne pour chacun" in said
    assert main(["check", str(path)]) == 1


def test_a_cell_of_several_programmes_is_quoted_as_its_row_writes_it(tmp_path: Path) -> None:
    written = ("PVD / ACV", "PVD / ACV", "PVD, ACV")
    lines = (f"T{rank};{cell};Lens" for rank, cell in enumerate(written))
    register = read_lines(tmp_path, "Intitulé;Dispositif;Commune", *lines)
    assert [each.message.facts["value"] for each in register.problems] == list(written)


@pytest.mark.parametrize(
    "written",
    [
        *("PVD, volet habitat", "ACV / Action cœur de ville", "Plan A / Plan B", "PVD + ORT"),
        *("Action cœur de ville (ACV) / ACV", "Plan A (ACV) / PVD"),
    ],
)
def test_one_known_programme_with_something_else_is_an_own_one(tmp_path: Path, written: str) -> None:
    assert {each.severity for each in of(tmp_path, written).problems} == {"remark"}
