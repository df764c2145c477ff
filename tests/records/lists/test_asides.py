"""A total is no contract, nor is a note under the table; what may be a contract stays one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geocontracts.outputs.report import build_report
from geocontracts.perimeters.perimeter import resolve_perimeters
from tests.records.lists.sheets import read_lines

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "total",
    ["Total", "TOTAL GÉNÉRAL", "Sous-total :", "Total 59", "59 Total", "Total des aides", "Montant total HT"],
)
def test_a_total_is_not_counted_a_second_time(tmp_path: Path, total: str) -> None:
    register = read_lines(
        tmp_path, "Projet;Commune;Montant", "Halle;Denain;500", f"{total};;700", "Quai;Lens;200"
    )
    assert [contract.amount_total_eur for contract in register.contracts.values()] == [500, 200]
    row = build_report(register, resolve_perimeters(register)).rows[1]
    assert (row.line, row.state, [reason.key for reason in row.reasons]) == (3, "undrawn", ["row-total"])
    assert total in row.reasons[0].text("fr")


def test_a_total_may_stand_in_the_column_of_places(tmp_path: Path) -> None:
    register = read_lines(tmp_path, "Commune;Montant", "Denain;500", "Total;500", "Source : préfecture;")
    assert [contract.territories for contract in register.contracts.values()] == [("Denain",)]
    assert [(idle.item.line, idle.why.key) for idle in register.idle] == [(3, "row-total"), (4, "row-note")]


@pytest.mark.parametrize(
    ("row", "title"),
    [
        ("Total;Denain;5", "Total"),
        ("Total Énergies;;5", "Total Énergies"),
        ("Totem;;5", "Totem"),
        ("Halle;;5", "Halle"),
    ],
)
def test_what_may_be_a_contract_stays_one(tmp_path: Path, row: str, title: str) -> None:
    register = read_lines(tmp_path, "Projet;Commune;Montant", "Quai;Lens;200", row)
    assert [contract.title for contract in register.contracts.values()] == ["Quai", title]


def test_the_somme_is_no_sum(tmp_path: Path) -> None:
    register = read_lines(tmp_path, "Département;Montant", "Nord;1", "Somme;2")
    assert [contract.territories for contract in register.contracts.values()] == [("Nord",), ("Somme",)]


def test_a_note_above_other_rows_is_a_row_without_place(tmp_path: Path) -> None:
    register = read_lines(tmp_path, "Projet;Commune", "Source : A;", "Quai;Lens")
    assert len(register.contracts) == 2


def test_rows_that_stand_twice_with_an_amount_are_told(tmp_path: Path) -> None:
    rows = ("Halle;Denain;500", "Halle;Lens;500", "Halle;Denain;500")
    register = read_lines(tmp_path, "Projet;Commune;Montant", *rows)
    (twin,) = [problem for problem in register.problems if problem.message.key == "list-twin"]
    assert (twin.row, twin.severity, twin.message.facts["row"]) == (4, "remark", 2)
    assert sum(contract.amount_total_eur or 0 for contract in register.contracts.values()) == 1500
