"""The tables of a GeoPackage: a view, a trigger or a virtual table is a program, and is not run.

A view may have rows without end, or take hours for one. It is told without reading it, from the file's own
list of what it holds. Of a table the rows are counted first, up to a bound, since pages that refer to each
other give a small file rows without end as well; then the values are looked at for their size alone.
Nothing that the file keeps beside the table is believed: neither its counts nor its indexes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geocontracts.errors import RegisterError
from geocontracts.records.formats.foreign import opened, quoted
from geocontracts.records.formats.limits import (
    LARGEST_CELL,
    LARGEST_TEXT,
    MOST_LISTED,
    refuse_cells,
    refuse_rows,
)

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

# Tables by which a GeoPackage or a SpatiaLite is opened: their reader asks them before any layer.
_OWN = re.compile(
    r"(gpkg|rtree)_|(sqlite_stat\d|geometry_columns|spatial_ref_sys|(views|virts)_geometry_columns|\w*layer_statistics)$",
    re.IGNORECASE,
)
_INDEX = re.compile(
    r"""CREATE\s+VIRTUAL\s+TABLE\s+("[^"]*"|\[[^]]*\]|`[^`]*`|'[^']*'|\w+)\s+USING\s+"?rtree\b""",
    re.IGNORECASE,
)
_VIRTUAL = re.compile(r"\s*CREATE\s+VIRTUAL\b", re.IGNORECASE)
# Where a GeoPackage and a SpatiaLite tell which column is a geometry.
_GEOMETRIES = (
    ("gpkg_geometry_columns", "table_name", "column_name"),
    ("geometry_columns", "f_table_name", "f_geometry_column"),
)
ROW_ID = "_rowid_"
"""By what a reader numbers the rows of a table without an integer key, if no column is called so."""
_MOST_COUNTED = 4 * MOST_LISTED  # rows; above it, nobody minds how many there are


def is_program(path: Path, layer: str) -> bool:
    """Say whether a layer of a GeoPackage is a view or a virtual table, without reading it.

    Raises:
        RegisterError: the file is broken.
    """
    with opened(path) as base:
        return base is not None and not _is_table(base, layer)


def counted_rows(path: Path, layer: str) -> int | None:
    """Return how many rows a table of a GeoPackage has, up to a bound; None for a file of another format.

    Raises:
        RegisterError: the file is broken.
    """
    with opened(path) as base:
        return None if base is None else _rows(base, layer)


def refuse_disguises(path: Path) -> None:
    """Refuse a GeoPackage whose own tables, which are read when it is opened, are programs or have no end.

    Raises:
        RegisterError: one is a view, a virtual table other than a spatial index, has a computed column, or
            more rows than a list may; the file is broken.
    """
    with opened(path) as base:
        if base is None:
            return
        listed = base.execute(
            "SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'view')"
        ).fetchall()
        for name, sql in listed:
            if not _OWN.match(str(name)) or _INDEX.match(sql or ""):
                continue
            if not _is_table(base, name) or _computed(base, name):
                raise RegisterError("layer-program", file=str(path), sheet=name)
            refuse_rows(_rows(base, name), path)


def refuse_programs(path: Path, layer: str) -> None:
    """Refuse a layer of a GeoPackage that is no table, or that holds more than a list may.

    Raises:
        RegisterError: it is a view, a virtual table or has a computed column, its rows are too many or its
            text is too large; the file is broken.
    """
    with opened(path) as base:
        if base is not None:
            _refuse(base, path, layer)


def refuse_unnumbered(path: Path, layer: str) -> None:
    """Refuse a table without an integer key whose reader finds no number of SQLite's for its rows.

    A column `_rowid_` is taken for the key, and a table WITHOUT ROWID has no such number.

    Raises:
        RegisterError: it is so; the file is broken.
    """
    with opened(path) as base:
        if base is not None and (ROW_ID in _named(base, layer) or not _is_numbered(base, layer)):
            raise RegisterError("layer-unnumbered", file=str(path), sheet=layer)


def _is_numbered(base: sqlite3.Connection, layer: str) -> bool:
    try:
        base.execute(f"SELECT {ROW_ID} FROM {quoted(layer)} LIMIT 0")  # noqa: S608
    except base.OperationalError as error:
        if "no such column" not in str(error):  # a file that is broken, or in use
            raise
        return False
    return True


def _named(base: sqlite3.Connection, layer: str) -> set[str]:
    """Return the columns of a table, in small letters."""
    return {str(row[1]).lower() for row in base.execute(f"PRAGMA table_xinfo({quoted(layer)})")}


def _refuse(base: sqlite3.Connection, path: Path, layer: str) -> None:
    if not _is_table(base, layer):
        raise RegisterError("layer-program", file=str(path), sheet=layer)
    columns = base.execute(f"PRAGMA table_xinfo({quoted(layer)})").fetchall()
    if computed := _computed(base, layer):
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


def _computed(base: sqlite3.Connection, layer: str) -> list[str]:
    """Return the columns that are made from others: programs as well."""
    columns = base.execute(f"PRAGMA table_xinfo({quoted(layer)})")
    return [str(row[1]) for row in columns if row[6]]


def _size_query(layer: str, column: str) -> str:
    """Ask how long the texts of a column are together, and the longest; a byte is written as two digits."""
    name = quoted(column)
    length = f"length({name}) * (1 + (typeof({name}) = 'blob'))"
    return (
        f"SELECT coalesce(sum({length}), 0), coalesce(max({length}), 0)"  # noqa: S608
        f" FROM {quoted(layer)} NOT INDEXED WHERE typeof({name}) IN ('text', 'blob')"
    )


def _drawn(base: sqlite3.Connection, layer: str) -> set[str]:
    """Return the columns of a layer that hold its geometry, which is not read, in small letters."""
    found: set[str] = set()
    for table, of, column in _GEOMETRIES:
        if _is_table(base, table) and {of, column} <= _named(base, table):  # else it is a table of the user's
            query = f"SELECT {column} FROM {table} WHERE {of} = ? COLLATE NOCASE"  # noqa: S608
            found.update(str(name).lower() for (name,) in base.execute(query, (layer,)))
    return found


def _rows(base: sqlite3.Connection, layer: str) -> int:
    every = f"SELECT 1 FROM {quoted(layer)} NOT INDEXED LIMIT {_MOST_COUNTED + 1}"  # noqa: S608
    return int(base.execute(f"SELECT count(*) FROM ({every})").fetchone()[0])  # noqa: S608
