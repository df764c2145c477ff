"""A column of numbers is the identifier where each contract has its own, and said where it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geocontracts.records.lists.mapping import ListMapping
from tests.records.lists.sheets import plan_of, read_lines

if TYPE_CHECKING:
    from pathlib import Path

    from geocontracts.records.register import Register


def notes(register: Register) -> list[str]:
    assert register.reading
    return [note.text("fr").replace("\u00a0", " ") for note in register.reading.notes]


@pytest.mark.parametrize(
    "heading", ["N°", "n°", "Nº", "No", "Numéro", "Num.", "N° de contrat", "Réf", "Référence", "Code contrat"]
)
def test_numbers_of_contracts_are_their_ids(tmp_path: Path, heading: str) -> None:
    lines = (f"{heading};Intitulé;Territoires", "C01;ACV Lens;Lens", "C07;ACV Arras;Arras", "TOTAL;;")
    register = read_lines(tmp_path, *lines)
    assert list(register.contracts) == ["C01", "C07"]
    assert f"« {heading} » = Identifiant" in notes(register)[0]


def test_ids_stay_when_a_row_is_taken_out_or_the_rows_are_sorted(tmp_path: Path) -> None:
    rows = ["12;ACV Lens;Lens", "3;ACV Arras;Arras", "40;ACV Denain;Denain"]
    before = read_lines(tmp_path, "N°;Intitulé;Territoires", *rows)
    after = read_lines(tmp_path, "N°;Intitulé;Territoires", *sorted(rows)[:2])
    titles = [{name: each.title for name, each in register.contracts.items()} for register in (before, after)]
    assert titles == [
        {"12": "ACV Lens", "3": "ACV Arras", "40": "ACV Denain"},
        {"12": "ACV Lens", "3": "ACV Arras"},
    ]


@pytest.mark.parametrize("heading", ["N°", "Numéro"])
@pytest.mark.parametrize("cells", [("1", "2"), ("01", "02"), ("1.0", "2.0")])
def test_numbers_of_rows_are_left_aside_and_said(
    tmp_path: Path, heading: str, cells: tuple[str, str]
) -> None:
    lines = (f"{heading};Intitulé;Territoires", f"{cells[0]};ACV Lens;Lens", f"{cells[1]};ACV Arras;Arras")
    register = read_lines(tmp_path, *lines)
    assert not set(cells) & set(register.contracts)
    said = next(note for note in notes(register) if "compte les lignes" in note)
    assert f'--map "{heading}=id"' in said
    told = read_lines(tmp_path, *lines, told=ListMapping({heading: "id"}))
    assert set(told.contracts) == set(cells)


@pytest.mark.parametrize("cells", [("C01", ""), ("C01", "C01"), ("C01", "-")])
def test_numbers_that_are_missing_or_come_back_are_no_ids(tmp_path: Path, cells: tuple[str, str]) -> None:
    lines = ("N°;Intitulé;Territoires", f"{cells[0]};ACV Lens;Lens", f"{cells[1]};ACV Arras;Arras")
    register = read_lines(tmp_path, *lines)
    assert "C01" not in register.contracts
    assert any("n’est pas prise pour l’identifiant" in note for note in notes(register))


def test_numbers_do_not_part_the_lines_of_one_contract(tmp_path: Path) -> None:
    lines = ("N°;Contrat;Commune", "L3;CRTE du Douaisis;Douai", "L5;CRTE du Douaisis;Cuincy")
    (contract,) = read_lines(tmp_path, *lines).contracts.values()
    assert contract.territories == ("Douai", "Cuincy")


def test_a_column_of_ids_comes_before_one_of_numbers() -> None:
    plan = plan_of("N°;Identifiant;Territoires", "C01;crte-1;Lens", "C02;crte-2;Arras")
    assert [column.heading for column in plan.identifiers] == ["Identifiant"]


def test_a_number_of_a_commune_stays_its_code() -> None:
    plan = plan_of("Numéro;Dispositif", "62498;ACV", "62041;ACV")
    assert plan.rank("place_code") == 0
    assert not plan.identifiers
