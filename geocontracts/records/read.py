"""Read a register: a folder of tables, or one list of contracts."""

from __future__ import annotations

import difflib
import os
import stat
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from geocontracts.bundled import data_dir
from geocontracts.errors import RegisterError, why
from geocontracts.memory import collector_paused
from geocontracts.records.beside import told_beside
from geocontracts.records.checks import Checker, bundled_programmes
from geocontracts.records.formats.address import is_address
from geocontracts.records.formats.stamp import stamp_of
from geocontracts.records.given import Giver
from geocontracts.records.lists.mapping import ListMapping
from geocontracts.records.lists.read import read_list
from geocontracts.records.problems import Problem
from geocontracts.records.schema import load_schema
from geocontracts.records.tables import read_table
from geocontracts.words import Lines, Message

if TYPE_CHECKING:
    from geocontracts.records.register import Register
    from geocontracts.records.tables import Table

_WITH_PLACES = {"contracts", "missions", "operations"}


def read_register(
    path: Path | str | None = None, mapping: ListMapping | None = None, giver: Giver | None = None
) -> Register:
    """Read and check a register; without `path`, the one that comes with the package.

    `path` is a folder that holds tables of `datapackage.json`, one with places
    at least (contracts, missions or operations), or one list: a file of any kind that
    `formats/read.py` reads, or the address of a PostgreSQL table, with a row for each contract or
    for each place. `mapping` says how to read a list; what it leaves open is guessed, and told in
    `Register.reading`. `giver` says who gives a list, of which date, under which licence: what is not
    told stays unknown; of a list that `grants` wrote, the `provenance.json` beside it tells the same, if
    nothing is told here and the list is still as it was written. Every problem is kept in
    `Register.problems`; no row is left out because of one.

    Raises:
        RegisterError: there is nothing to read, or a file is no table.
    """
    if path is not None and is_address(path):
        return _read_list(path, mapping, giver)
    place = data_dir() if path is None else Path(path)
    if not _is_folder(place):
        return _read_list(place, mapping, giver)
    if mapping is not None and mapping != ListMapping():
        raise RegisterError("mapping-folder", file=str(place))
    if giver:
        raise RegisterError("source-folder", file=str(place))
    with collector_paused():
        tables, strangers = _read_folder(place)
        return Checker(place.stem, tables, is_lone=False).register(strangers)


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
    before = {path: stamp_of(path) for path in found.values()}
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
    for path, stamp in before.items():  # tables of two states would lead to what is not there
        if stamp_of(path) != stamp:
            raise RegisterError("file-changed", file=str(path))
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


def _read_list(source: Path | str, mapping: ListMapping | None, giver: Giver | None) -> Register:
    with collector_paused():
        table, reading = read_list(source, mapping or ListMapping(), programme_names())
        register = Checker(table.name, {"contracts": table}, is_lone=True).register([])
    told = giver or Giver()
    notes = (*reading.notes, *told.notes(register))
    given = told.source(table.file)
    beside = None if told else told_beside(reading.sheet.origin.path, register.inputs)
    if beside:
        notes = (*notes, beside.note)
    if beside and beside.source:
        given = beside.source
        register = replace(register, inputs=(*register.inputs, beside.mark))
    return replace(register, reading=replace(reading, notes=notes), given=given)


def programme_names() -> dict[str, str]:
    """Return what programmes are called, by what people may call them, folded."""
    return {key: programme.short_name or programme.name for key, programme in bundled_programmes().items()}
