"""The bundled register and an edition of it in which precise things are altered."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from geocontracts.bundled import data_dir

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TABLES = ("programmes", "contracts", "missions", "operations", "sources")


@pytest.fixture
def altered(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes the bundled register with what another one changed in its tables."""

    def make(alter: Callable[[dict[str, list[dict[str, str]]]], None], name: str = "nouveau") -> Path:
        folder = tmp_path / name
        folder.mkdir()
        tables = {}
        for table in TABLES:
            with (data_dir() / f"{table}.csv").open(encoding="utf-8", newline="") as file:
                tables[table] = list(csv.DictReader(file))
        heads = {table: list(rows[0]) for table, rows in tables.items()}
        alter(tables)
        for table, rows in tables.items():
            with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, heads[table])
                writer.writeheader()
                writer.writerows(rows)
        return folder

    return make
