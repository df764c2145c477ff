"""The tables of a GeoPackage: a view, a trigger or a virtual table is a program, and is not run.

A view may have rows without end, or take hours for one. It is told without reading it, from the file's own
list of what it holds. Of a table the rows are counted first, up to a bound, since pages that refer to each
other give a small file rows without end as well; then the values are looked at for their size alone.
Nothing that the file keeps beside the table is believed: neither its counts nor its indexes.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from geocontracts.errors import RegisterError
from geocontracts.records.formats.limits import (
    LARGEST_CELL,
    LARGEST_TEXT,
    MOST_LISTED,
    refuse_cells,
    refuse_rows,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_HEAD = b"SQLite format 3\0"
_VIRTUAL = re.compile(r"\s*CREATE\s+VIRTUAL\b", re.IGNORECASE)
# Where a GeoPackage and a SpatiaLite tell which column is a geometry.
_GEOMETRIES = (
    ("gpkg_geometry_columns", "table_name", "column_name"),
    ("geometry_columns", "f_table_name", "f_geometry_column"),
)
_MOST_COUNTED = 4 * MOST_LISTED  # rows; above it, nobody minds how many there are


def is_program(path: Path, layer: str) -> bool:
    """Say whether a layer of a GeoPackage is a view or a virtual table, without reading it.

    Raises:
        RegisterError: the file is broken.
    """
    with _opened(path) as base:
        return base is not None and not _is_table(base, layer)


def counted_rows(path: Path, layer: str) -> int | None:
    """Return how many rows a table of a GeoPackage has, up to a bound; None for a file of another format.

    Raises:
        RegisterError: the file is broken.
    """
    with _opened(path) as base:
        return None if base is None else _rows(base, layer)


def refuse_programs(path: Path, layer: str) -> None:
    """Refuse a layer of a GeoPackage that is no table, or that holds more than a list may.

    Raises:
        RegisterError: it is a view, a virtual table or has a computed column, its rows are too many or its
            text is too large; the file is broken.
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
            yield base
    except sqlite3.Error as error:
        raise RegisterError("file-broken", file=str(path), said=str(error)) from error


def _refuse(base: sqlite3.Connection, path: Path, layer: str) -> None:
    if not _is_table(base, layer):
        raise RegisterError("layer-program", file=str(path), sheet=layer)
    columns = base.execute(f"PRAGMA table_xinfo({_quoted(layer)})").fetchall()
    computed = [row[1] for row in columns if row[6]]  # from other columns: a program as well
    if computed:
        raise RegisterError("layer-program", file=str(path), sheet=f"{layer}.{computed[0]}")
    rows = _rows(base, layer)
    refuse_rows(rows, path)
    refuse_cells(rows * len(columns), path)
    drawn = _drawn(base, layer)
    for told in (str(row[1]) for row in columns if row[1].lower() not in drawn):
        size, largest = base.execute(_size_query(layer, told)).fetchone()
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


def _size_query(layer: str, column: str) -> str:
    """Ask how long the texts of a column are together, and the longest; a byte is written as two digits."""
    name = _quoted(column)
    length = f"length({name}) * (1 + (typeof({name}) = 'blob'))"
    return (
        f"SELECT coalesce(sum({length}), 0), coalesce(max({length}), 0)"  # noqa: S608
        f" FROM {_quoted(layer)} NOT INDEXED WHERE typeof({name}) IN ('text', 'blob')"
    )


def _drawn(base: sqlite3.Connection, layer: str) -> set[str]:
    """Return the columns of a layer that hold its geometry, which is not read, in small letters."""
    found: set[str] = set()
    for table, of, column in _GEOMETRIES:
        if _is_table(base, table):
            query = f"SELECT {column} FROM {table} WHERE {of} = ? COLLATE NOCASE"  # noqa: S608
            found.update(str(name).lower() for (name,) in base.execute(query, (layer,)))
    return found


def _rows(base: sqlite3.Connection, layer: str) -> int:
    every = f"SELECT 1 FROM {_quoted(layer)} NOT INDEXED LIMIT {_MOST_COUNTED + 1}"  # noqa: S608
    return int(base.execute(f"SELECT count(*) FROM ({every})").fetchone()[0])  # noqa: S608


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
