"""The tables of a GeoPackage: a view, a trigger or a virtual table is a program, and is not run.

A view may have rows without end, or take hours for one. It is told without reading it, from the file's own
list of what it holds; the values are looked at for their size alone, with an end to the work.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from geocontracts.errors import RegisterError
from geocontracts.records.formats.limits import LARGEST_CELL, LARGEST_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_HEAD = b"SQLite format 3\0"
_VIRTUAL = re.compile(r"\s*CREATE\s+VIRTUAL\b", re.IGNORECASE)
_STEPS = 100_000  # of SQLite's machine, between two looks
_MOST_LOOKS = 20_000  # so some 2,000,000,000 steps, a minute or so: a full table takes a tenth


def is_program(path: Path, layer: str) -> bool:
    """Say whether a layer of a GeoPackage is a view or a virtual table, without reading it.

    Raises:
        RegisterError: the file is broken.
    """
    with _opened(path) as base:
        return base is not None and not _is_table(base, layer)


def refuse_programs(path: Path, layer: str) -> None:
    """Refuse a layer of a GeoPackage that is no table, or that holds more than a list may.

    Raises:
        RegisterError: it is a view, a virtual table or has a computed column, or its text is too large; the
            file is broken.
    """
    with _opened(path) as base:
        if base is not None:
            _refuse(base, path, layer)


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection | None]:
    """Open a file of SQLite, only to be read; None for a file of another format."""
    with path.open("rb") as file:
        is_other = file.read(len(_HEAD)) != _HEAD
    if is_other:
        yield None
        return
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as base:
            _bound(base)
            yield base
    except sqlite3.Error as error:
        raise RegisterError("file-broken", file=str(path), said=str(error)) from error


def _bound(base: sqlite3.Connection) -> None:
    """End what takes too long, and believe nothing that the file says of itself."""
    looks = 0

    def is_enough() -> bool:
        nonlocal looks
        looks += 1
        return looks > _MOST_LOOKS

    base.set_progress_handler(is_enough, _STEPS)
    base.execute("PRAGMA trusted_schema = OFF")
    base.execute("PRAGMA query_only = ON")


def _refuse(base: sqlite3.Connection, path: Path, layer: str) -> None:
    if not _is_table(base, layer):
        raise RegisterError("layer-program", file=str(path), sheet=layer)
    quoted = '"' + layer.replace('"', '""') + '"'
    columns = base.execute(f"PRAGMA table_xinfo({quoted})").fetchall()
    computed = [row[1] for row in columns if row[6]]  # from other columns: a program as well
    if computed:
        raise RegisterError("layer-program", file=str(path), sheet=f"{layer}.{computed[0]}")
    for told in (str(row[1]) for row in columns):
        name = '"' + told.replace('"', '""') + '"'
        size, largest = base.execute(
            f"SELECT coalesce(sum(length({name})), 0), coalesce(max(length({name})), 0) FROM {quoted}"  # noqa: S608
            f" WHERE typeof({name}) = 'text'"
        ).fetchone()
        if largest > LARGEST_CELL:
            raise RegisterError("layer-cell", file=str(path), sheet=layer, column=told, most=LARGEST_CELL)
        if size > LARGEST_TEXT:
            facts = {"size": size / 1e6, "limit": LARGEST_TEXT // 1_000_000}
            raise RegisterError("file-huge", file=str(path), **facts)


def _is_table(base: sqlite3.Connection, layer: str) -> bool:
    found = base.execute(
        "SELECT type, sql FROM sqlite_master WHERE name = ? COLLATE NOCASE AND type IN ('table', 'view')",
        (layer,),
    ).fetchall()
    return len(found) == 1 and found[0][0] == "table" and not _VIRTUAL.match(found[0][1] or "")
