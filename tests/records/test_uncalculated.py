"""A workbook whose formulas were never calculated: each cell that is lost is a problem with its row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl

from geocontracts.cli import main
from geocontracts.records.read import read_register

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def _workbook(path: Path) -> Path:
    book = openpyxl.Workbook()
    other = book.active
    other.title = "Notes"
    other.append(["x", "=1+1"])
    sheet = book.create_sheet("Liste")
    sheet.append(["Intitulé", "Territoires", "Montant total (€)"])
    sheet.append(["Un", "Lens", 1000])
    sheet.append(["=A2", "Arras", "=C2*2"])
    book.save(path)
    return path


def test_each_cell_is_a_problem_with_its_row(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = _workbook(tmp_path / "l.xlsx")
    register = read_register(path)
    found = [each for each in register.problems if each.message.key == "cell-uncalculated"]
    assert [(each.severity, each.row, each.column) for each in found] == [
        ("error", 3, "Intitulé"),
        ("error", 3, "Montant total (€)"),
    ]
    assert main(["check", str(path)]) == 1
    said = capsys.readouterr()
    assert "Formules du classeur jamais calculées\u00a0: 2, d’abord en A3" in said.err, "those of this sheet"
    assert "formule jamais calculée" in said.out


def test_the_map_tells_of_cells_that_begin_as_formulas(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "l.csv").write_text("Intitulé;Territoires\n=1+1;Lens\n", encoding="utf-8")
    output = tmp_path / "l.html"
    assert main(["map", str(tmp_path / "l.csv"), "--area", "Lens", "-o", str(output)]) == 0
    assert "1 cellule commence comme une formule (ligne 2" in capsys.readouterr().err


def test_a_formula_of_a_total_is_no_problem_to_mend(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["Intitulé", "Commune", "Montant"], ["A", "Lens", 5], ["TOTAL", None, "=SUM(C2:C2)"]):
        sheet.append(row)
    book.save(tmp_path / "l.xlsx")
    assert main(["check", str(tmp_path / "l.xlsx")]) == 0
    said = capsys.readouterr()
    assert "Formules du classeur jamais calculées\u00a0: 1, d’abord en C3" in said.err, (
        "it is said all the same"
    )
    assert "Une ligne n’est d’aucun contrat, et n’est pas sur la carte\u00a0: ligne 3." in said.out
    sheet["B3"] = "Arras"
    book.save(tmp_path / "l.xlsx")
    assert main(["check", str(tmp_path / "l.xlsx")]) == 1, "a town makes it a contract"
