"""The spatial index of a layer, as the standard's extension `gpkg_rtree_index` says (OGC 12-128, F.3)."""

from __future__ import annotations

import sqlite3
from typing import Any

_DEFINITION = "http://www.geopackage.org/spec120/#extension_rtree"
_EDGES = "ST_MinX(NEW.{c}), ST_MaxX(NEW.{c}), ST_MinY(NEW.{c}), ST_MaxY(NEW.{c})"
_FILLED = "NEW.{c} NOTNULL AND NOT ST_IsEmpty(NEW.{c})"
_BARE = "(NEW.{c} ISNULL OR ST_IsEmpty(NEW.{c}))"
_PUT = f'INSERT OR REPLACE INTO "{{index}}" VALUES (NEW.{{i}}, {_EDGES})'  # noqa: S608 - our own names
_DROP = 'DELETE FROM "{index}" WHERE id = OLD.{i}'
# Name, event, condition, what is done. Programs that edit the layer bring the functions.
_TRIGGERS = (
    ("insert", "INSERT", _FILLED, _PUT),
    ("update1", "UPDATE OF {c}", f"OLD.{{i}} = NEW.{{i}} AND {_FILLED}", _PUT),
    ("update2", "UPDATE OF {c}", f"OLD.{{i}} = NEW.{{i}} AND {_BARE}", _DROP),
    ("update3", "UPDATE", f"OLD.{{i}} != NEW.{{i}} AND {_FILLED}", f"{_DROP}; {_PUT}"),
    ("update4", "UPDATE", f"OLD.{{i}} != NEW.{{i}} AND {_BARE}",
     'DELETE FROM "{index}" WHERE id IN (OLD.{i}, NEW.{i})'),
    ("delete", "DELETE", "OLD.{c} NOT NULL", _DROP),
)  # fmt: skip


def add_index(base: sqlite3.Connection, table: str, geometry: str, shapes: list[Any]) -> None:
    """Index the rows of a table that is filled: row 1 has the first of `shapes`, in its coordinates.

    A Python whose SQLite has no R*Tree writes the table without an index, which the standard allows.
    """
    index = f"rtree_{table}_{geometry}"
    if not _made(base, index):
        return
    rows = [
        (number, left, right, bottom, top)
        for number, shape in enumerate(shapes, start=1)
        if shape is not None
        for left, bottom, right, top in [shape.bounds]
    ]
    base.executemany(f'INSERT INTO "{index}" VALUES (?, ?, ?, ?, ?)', rows)  # noqa: S608 - our own names
    base.execute(
        "INSERT INTO gpkg_extensions VALUES (?, ?, 'gpkg_rtree_index', ?, 'write-only')",
        (table, geometry, _DEFINITION),
    )
    names = {"index": index, "c": f'"{geometry}"', "i": '"fid"'}
    for name, event, condition, action in _TRIGGERS:
        when, done = (text.format(**names) for text in (condition, action))
        base.execute(
            f'CREATE TRIGGER "{index}_{name}" AFTER {event.format(**names)} ON "{table}" '
            f"WHEN {when} BEGIN {done}; END"
        )


def _made(base: sqlite3.Connection, index: str) -> bool:
    try:
        base.execute(f'CREATE VIRTUAL TABLE "{index}" USING rtree(id, minx, maxx, miny, maxy)')
    except sqlite3.OperationalError as error:
        if "no such module" not in str(error):
            raise
        return False
    return True
