"""Read a register: a folder of tables, or one table of contracts."""

from __future__ import annotations

import difflib
import os
import stat
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from geocontracts.bundled import data_dir
from geocontracts.errors import RegisterError, why
from geocontracts.records.checks import Checker
from geocontracts.records.problems import Problem
from geocontracts.records.schema import load_schema
from geocontracts.records.tables import read_table
from geocontracts.words import Lines, Message

if TYPE_CHECKING:
    from geocontracts.records.register import Register
    from geocontracts.records.schema import TableSchema
    from geocontracts.records.tables import Table

_WITH_PLACES = {"contracts", "missions", "operations"}
# A lone table of contracts says neither its programmes' families nor its sources.
_LONE_OPTIONAL = ("id", "programme", "source", "section", "title")


def read_register(path: Path | str | None = None) -> Register:
    """Read and check a register; without `path`, the one that comes with the package.

    `path` is a folder that holds tables of `datapackage.json`, one with places
    at least (contracts, missions or operations), or one CSV file of contracts. Every
    problem is kept in `Register.problems`; no row is left out because of one.

    Raises:
        RegisterError: there is nothing to read, or a file is no table.
    """
    place = data_dir() if path is None else Path(path)
    is_folder = _is_folder(place)
    tables, strangers = _read_folder(place) if is_folder else (_read_file(place), [])
    return Checker(place, tables, is_lone=not is_folder).register(strangers)


def _is_folder(place: Path) -> bool:
    try:
        return stat.S_ISDIR(place.stat().st_mode)
    except FileNotFoundError as error:
        raise RegisterError("file-missing", file=str(place)) from error
    except OSError as error:
        raise RegisterError("file-unreadable", file=str(place), why=why(error)) from error


def _read_folder(folder: Path) -> tuple[dict[str, Table], list[Problem]]:
    """Read every table of a folder; what is wrong with several is said at once."""
    schema = load_schema()
    found = {
        name: folder / table.path for name, table in schema.items() if os.path.lexists(folder / table.path)
    }
    if not _WITH_PLACES & found.keys():
        expected = ", ".join(table.path for table in schema.values())
        raise RegisterError("folder-empty", file=str(folder), expected=expected)
    tables, refused = {}, []
    for name, path in found.items():
        try:
            tables[name] = read_table(path, schema[name])
        except RegisterError as error:
            refused.append(error)
    if len(refused) == 1:
        raise refused[0]
    if refused:
        raise RegisterError("several", lines=Lines(tuple(error.message for error in refused)))
    return tables, _strangers(folder, [table.path for table in schema.values()])


def _strangers(folder: Path, known: list[str]) -> list[Problem]:
    """Say which CSV files of the folder are no table of a register."""
    problems = []
    for path in sorted(folder.glob("*.csv")):
        if path.name not in known:
            near = difflib.get_close_matches(path.name.lower(), known, n=1, cutoff=0.7)
            message = Message(
                "table-unknown-near" if near else "table-unknown", {"near": near[0] if near else ""}
            )
            problems.append(Problem("warning", message, path.name))
    return problems


def _read_file(path: Path) -> dict[str, Table]:
    return {"contracts": read_table(path, _lone(load_schema()["contracts"]))}


def _lone(schema: TableSchema) -> TableSchema:
    """Return the table of contracts with only the territories required."""
    fields = tuple(
        replace(column, required=False, pattern=None) if column.name in _LONE_OPTIONAL else column
        for column in schema.fields
    )
    return replace(schema, fields=fields)
