"""A sheet with two tables is read as one, and that is said; a table with holes is no two."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geocontracts.records.formats.read import read_sheet

if TYPE_CHECKING:
    from pathlib import Path

    from geocontracts.records.formats.sheet import Sheet

TABLE = ("Code;Nom;Montant", "62041;Arras;12", "02691;Ham;13")


def sheet_of(path: Path, *lines: str, known: frozenset[str] = frozenset()) -> Sheet:
    (path / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    return read_sheet(path / "a.csv", known=known)


def said(sheet: Sheet) -> list[tuple[str, object]]:
    return [(note.key, *note.facts.values()) for note in sheet.notes]  # type: ignore[misc]


def test_two_tables_side_by_side_are_said_and_every_cell_is_kept(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, *(f"{line};;{line}" for line in TABLE))
    assert said(sheet) == [("tables-beside", "D")]
    assert sheet.rows[0] == (2, ["62041", "Arras", "12", "", "62041", "Arras", "12"])


@pytest.mark.parametrize(
    ("below", "known"),
    [
        (("", *TABLE), frozenset()),
        (TABLE, frozenset()),
        (("", "Dossier;Service;Suivi", "1;a;b"), frozenset()),
        (("", "Nom;Code", "Lens;62498"), frozenset({"code", "nom"})),
    ],
)
def test_two_tables_one_under_the_other_are_said_and_every_row_is_kept(
    tmp_path: Path, below: tuple[str, ...], known: frozenset[str]
) -> None:
    sheet = sheet_of(tmp_path, *TABLE, *below, known=known)
    assert said(sheet) == [("tables-below", 4 + (not below[0]))]
    assert len(sheet.rows) == 2 + len([line for line in below if line])


@pytest.mark.parametrize(
    "lines",
    [
        (*TABLE, "", "TOTAL;;25"),
        (*TABLE, "", "Source : ANCT"),
        (*TABLE, "", "62498;Lens;14"),
        ("Code;Nom;Montant", "62041;Arras;12", "59350;Lille;13", "", "2A004;Ajaccio;"),
        ("Code;;Nom;Montant", "62041;;Arras;12"),
        ("Code;Nom;;Montant;État", "62041;Arras;à voir;12;signé"),
    ],
)
def test_totals_notes_gaps_and_columns_without_heading_are_no_other_table(
    tmp_path: Path, lines: tuple[str, ...]
) -> None:
    keys = [key for key, *_ in said(sheet_of(tmp_path, *lines))]
    assert [key for key in keys if key.startswith("tables-")] == []
