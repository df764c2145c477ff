"""Signs that files of text, XML or SQLite cannot hold, replaced and counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.outputs.exports.model import ExportTable
from geocontracts.records.formats.signs import spared
from geocontracts.words import Message

if TYPE_CHECKING:
    from geocontracts.outputs.exports.model import Value

_NAMED_AT_MOST = 5


def cleaned(tables: list[ExportTable]) -> tuple[list[ExportTable], list[Message]]:
    """Return the tables without such signs, and what was replaced where."""
    found: list[str] = []
    clean = []
    for table in tables:
        rows = [
            tuple(
                _value(value, table, column.name, row[0], found)
                for value, column in zip(row, table.columns, strict=True)
            )
            for row in table.rows
        ]
        clean.append(ExportTable(table.name, table.columns, rows, table.shape, table.shapes))
    if not found:
        return clean, []
    cells = ", ".join(found[:_NAMED_AT_MOST]) + ("…" if len(found) > _NAMED_AT_MOST else "")
    return clean, [Message("export-signs", {"count": len(found), "cells": cells})]


def _value(value: Value, table: ExportTable, column: str, name: Value, found: list[str]) -> Value:
    if isinstance(value, tuple):
        return tuple(str(_value(item, table, column, name, found)) for item in value)
    if not isinstance(value, str):
        return value
    clean = spared(value)
    if clean != value:
        found.append(f"{table.name}.{column} ({spared(str(name))})")
    return clean
