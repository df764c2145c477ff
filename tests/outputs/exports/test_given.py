"""A list of which a person tells the source: exports name it, and each record leads to it."""

from __future__ import annotations

import csv
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import openpyxl
import pytest

from geocontracts.outputs.exports.write import write_export
from geocontracts.records.given import Giver
from geocontracts.records.read import read_register

if TYPE_CHECKING:
    from pathlib import Path

LIST = "intitulé;dispositif;territoires;source\nLens;ACV;Lens;Arrêté\nArras;ACV;Arras;\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "liste.csv").write_text(LIST, encoding="utf-8")
    return tmp_path / "liste.csv"


def test_the_list_is_a_row_of_the_sources_to_which_its_records_lead(path: Path) -> None:
    register = read_register(path, giver=Giver("DDT 62", "2026-03", "ODbL 1.0"))
    book = openpyxl.load_workbook(write_export(register, path.with_name("l.xlsx")).path)
    heads, *rows = book["Sources"].values
    told = [dict(zip(heads, row, strict=True)) for row in rows]
    assert [row["Titre"] for row in told] == ["Arrêté", "liste.csv"]
    assert [value for value in rows[1] if value] == [
        "liste.csv",
        "liste.csv",
        "DDT 62",
        "2026-03",
        "ODbL 1.0",
    ]
    heads, *rows = book["Contrats"].values
    (rank,) = [rank for rank, head in enumerate(heads) if str(head).startswith("Source")]
    assert [row[rank] for row in rows] == ["Arrêté", "liste.csv"]
    package = write_export(register, path.with_name("l.gpkg")).path
    with closing(sqlite3.connect(package)) as base:
        joined = base.execute(
            "SELECT c.title, s.publisher, s.licence FROM contracts c JOIN sources s ON s.id = c.source"
        ).fetchall()
    assert ("Arras", "DDT 62", "ODbL 1.0") in joined
    text = write_export(register, path.with_name("l.csv")).path.read_text(encoding="utf-8-sig")
    (_, arras) = csv.DictReader(text.splitlines(), delimiter=";")
    assert "liste.csv" in arras.values()
    assert "DDT 62" in arras.values()


def test_what_was_exported_is_read_again_with_the_list_as_its_source(path: Path) -> None:
    register = read_register(path, giver=Giver("DDT 62"))
    again = read_register(write_export(register, path.with_name("l.csv")).path)
    assert [each.source for each in again.contracts.values()] == ["Arrêté", "liste.csv"]
    assert again.problems == ()
