"""The bundled register and an edition of it in which precise things are altered."""

from __future__ import annotations

import csv
import shutil
from typing import TYPE_CHECKING

import pytest

from geocontracts.bundled import data_dir

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TABLES = ("programmes", "contracts", "missions", "operations", "sources")


@pytest.fixture
def altered(tmp_path: Path) -> Callable[[Callable[[dict[str, list[dict[str, str]]]], None]], Path]:
    """Return a function that writes the bundled register with what another one changed in its tables."""

    def make(alter: Callable[[dict[str, list[dict[str, str]]]], None]) -> Path:
        folder = tmp_path / "nouveau"
        folder.mkdir()
        tables = {}
        for name in TABLES:
            with (data_dir() / f"{name}.csv").open(encoding="utf-8", newline="") as file:
                tables[name] = list(csv.DictReader(file))
        heads = {name: list(rows[0]) for name, rows in tables.items()}
        alter(tables)
        for name, rows in tables.items():
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, heads[name])
                writer.writeheader()
                writer.writerows(rows)
        return folder

    return make


@pytest.fixture
def bundled(tmp_path: Path) -> Path:
    """Return a folder with the tables of the bundled register."""
    folder = tmp_path / "ancien"
    folder.mkdir()
    for name in TABLES:
        shutil.copy(data_dir() / f"{name}.csv", folder)
    return folder
