"""Shares that come to more than their total are told wherever the sums that they break are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

from geocontracts.cli import main
from geocontracts.outputs.over import over_note

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HEAD = "id,programme,title,territories,amount_total_eur,amount_state_eur,source,section"
TOLD = "1 ligne a des parts qui dépassent son total, de 5 000 € : a."


@pytest.fixture
def folder(with_contracts: Callable[..., Path]) -> str:
    return str(with_contracts("a,acv,A,Arras,15000,20000,doc,P", "b,acv,B,Arras,9000,4000,doc,P", head=HEAD))


@pytest.mark.parametrize(
    "command", [("territory", "Arras"), ("territory", "contract:a"), ("programme", "acv")]
)
def test_sheets_tell_them(folder: str, tmp_path: Path, command: tuple[str, str]) -> None:
    sheet = tmp_path / "fiche.md"
    main([*command, folder, "-o", str(sheet)])
    assert TOLD in " ".join(sheet.read_text(encoding="utf-8").split())


def test_a_sheet_of_what_is_whole_does_not(folder: str, tmp_path: Path) -> None:
    sheet = tmp_path / "fiche.md"
    main(["territory", "contract:b", folder, "-o", str(sheet)])
    assert "dépassent" not in sheet.read_text(encoding="utf-8")


def test_a_workbook_tells_them_on_its_first_sheet(folder: str, tmp_path: Path) -> None:
    path = tmp_path / "donnees.xlsx"
    main(["export", folder, "-o", str(path)])
    book = openpyxl.load_workbook(path, read_only=True)
    front = [str(cell) for row in book.worksheets[0].iter_rows(values_only=True) for cell in row if cell]
    assert any(TOLD in " ".join(text.split()) for text in front)


def test_many_are_counted_and_the_largest_named() -> None:
    told = over_note({f"c{n}": float(n) for n in range(1, 8)}, "en")
    assert told is not None
    assert told.startswith(
        "7 rows have shares above their total, by 28 € in all: c7, c6, c5, c4, c3 and 2 others."
    )
    assert over_note({}, "fr") is None
