"""Lists for the tests, written as they stand in a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.records.checks import bundled_programmes
from geocontracts.records.formats.sheet import Origin, Sheet
from geocontracts.records.lists.mapping import ListMapping
from geocontracts.records.lists.recognise import recognise
from geocontracts.records.read import read_register

if TYPE_CHECKING:
    from pathlib import Path

    from geocontracts.records.lists.recognise import Plan
    from geocontracts.records.register import Register


def sheet_of(*lines: str) -> Sheet:
    """Return a sheet of lines whose cells are parted by semicolons."""
    cells = [line.split(";") for line in lines]
    rows = [(number, row) for number, row in enumerate(cells[1:], 2)]
    return Sheet(Origin("csv", "liste.csv"), tuple(cells[0]), 1, rows)


def plan_of(*lines: str, told: ListMapping | None = None) -> Plan:
    """Return how such a list is read."""
    names = {key: programme.name for key, programme in bundled_programmes().items()}
    return recognise(sheet_of(*lines), told or ListMapping(), names)


def read_lines(folder: Path, *lines: str, told: ListMapping | None = None) -> Register:
    """Write a list and read it."""
    path = folder / "liste.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return read_register(path, told)
