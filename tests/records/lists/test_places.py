"""Which place a row names: the finest that it fills, and never one in silence for another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geocontracts.outputs.report import build_report
from geocontracts.perimeters.perimeter import resolve_perimeters
from tests.records.lists.sheets import read_lines

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("cell", [",", ";", "|", " , "])
def test_a_cell_of_signs_alone_does_not_lose_its_row(tmp_path: Path, cell: str) -> None:
    register = read_lines(tmp_path, "id\tCommune\tCode INSEE", f"a\t{cell}\t", f"a\t\t{cell}", "a\tLens\t")
    lines = [row.line for row in build_report(register, resolve_perimeters(register)).rows]
    assert lines == [2, 3, 4]


def test_a_word_for_nothing_is_no_place_and_a_coarser_one_is_taken(tmp_path: Path) -> None:
    register = read_lines(tmp_path, "Commune;EPCI", "NULL;CC du Ternois", "NULL;-")
    rows = build_report(register, resolve_perimeters(register)).rows
    assert [row.written for row in rows] == [("CC du Ternois",), ("NULL",)]
    assert [row.state for row in rows] == ["remark", "unplaced"]
    assert "n’est pas connu" in rows[1].reasons[0].text("fr")


def test_who_receives_a_grant_says_the_place_better_than_its_departement(tmp_path: Path) -> None:
    register = read_lines(
        tmp_path,
        "Bénéficiaire;Département;Montant",
        "COMMUNE DE LENS;Pas-de-Calais;5",
        "Ville de Denain;Nord;6",
        "Association X;Nord;7",
    )
    rows = build_report(register, resolve_perimeters(register)).rows
    assert [[place.id for place in row.places] for row in rows] == [["commune:62498"], ["commune:59172"], []]


def test_a_place_by_its_departement_alone_is_said(tmp_path: Path) -> None:
    register = read_lines(tmp_path, "Projet;Département", "Halle;Nord")
    assert register.reading is not None
    assert "list-coarse" in {note.key for note in register.reading.notes}
