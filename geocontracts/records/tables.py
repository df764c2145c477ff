"""Read one CSV table: its rows as values, and everything that is wrong with it."""

from __future__ import annotations

import csv
import difflib
import io
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geocontracts.errors import RegisterError
from geocontracts.records.problems import Problem
from geocontracts.records.values import CellError, parse_cell
from geocontracts.words import Message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from geocontracts.records.problems import Severity
    from geocontracts.records.schema import Field, TableSchema
    from geocontracts.records.values import Value

_DELIMITERS = ",;\t|"
_LARGEST_CELL = 1 << 20


@dataclass(frozen=True)
class Row:
    """A row of a table: the line it stands on and its values by column."""

    line: int
    values: dict[str, Value]


@dataclass
class Table:
    """A table as read: its rows, and what was found on the way."""

    file: str
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def report(
        self,
        severity: Severity,
        message: Message,
        row: int | None = None,
        column: str | None = None,
    ) -> None:
        """Note a problem of this file."""
        self.problems.append(Problem(severity, message, self.file, row, column))


def read_table(path: Path, schema: TableSchema) -> Table:
    """Read a CSV file as the table `schema`.

    A cell that cannot be read becomes unknown and is reported; no row is left
    out. Headers may be the names or the labels of the columns, in any order.

    Raises:
        RegisterError: the file cannot be read as a table at all: it is missing,
            empty, not UTF-8, or lacks a column without which no row makes sense.
    """
    table = Table(path.name)
    lines = _lines(path)
    header = next(lines, None)
    if header is None:
        raise RegisterError("file-empty", file=str(path), expected=_names(schema))
    columns = _columns(header[1], schema, table)
    missing = [column.name for column in schema.fields if column.required and column not in columns]
    if missing:
        raise RegisterError(
            "columns-missing", file=str(path), missing=", ".join(missing), found=_found(header[1])
        )
    for line, cells in lines:
        if any(cell.strip() for cell in cells):
            _report_width(line, cells, len(header[1]), table)
            table.rows.append(_row(line, cells, columns, schema, table))
    return table


def read_column(path: Path, column: str) -> list[tuple[int, str]]:
    """Return the cells of one column of a CSV file, each with the line it stands on.

    Empty cells are kept. The header is compared without accents and case.

    Raises:
        RegisterError: the file cannot be read, or has no such column.
    """
    lines = _lines(path)
    header = next(lines, None)
    if header is None:
        raise RegisterError("file-empty", file=str(path), expected=column)
    wanted = folded(column)
    place = next((rank for rank, text in enumerate(header[1]) if folded(text) == wanted), None)
    if place is None:
        raise RegisterError("columns-missing", file=str(path), missing=column, found=_found(header[1]))
    return [(line, cells[place] if place < len(cells) else "") for line, cells in lines if any(cells)]


def _lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield each record of the file with the line it starts on."""
    text = _text(path)
    csv.field_size_limit(_LARGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise RegisterError("file-not-csv", file=str(path), row=line, why=str(error)) from error


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise RegisterError("file-missing", file=str(path)) from error
    except OSError as error:
        raise RegisterError("file-unreadable", file=str(path), why=error.strerror) from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        near = content[max(0, error.start - 20) : error.start + 12].decode("cp1252", "replace")
        raise RegisterError("file-encoding", file=str(path), row=row, near=near) from error


def _delimiter(text: str) -> str:
    head = text.split("\n", 1)[0]
    return max(_DELIMITERS, key=head.count)


def _columns(header: list[str], schema: TableSchema, table: Table) -> dict[Field, int]:
    """Find the columns of the table in the header; the others are reported."""
    known = {
        folded(text): column for column in schema.fields for text in (column.name, *column.labels.values())
    }
    columns: dict[Field, int] = {}
    for place, text in enumerate(header):
        column = known.get(folded(text))
        if column is None:
            if text.strip():
                table.report("warning", _unknown_column(text, known), 1, text.strip())
        elif column in columns:
            table.report("error", Message("column-twice", {"column": column.name}), 1, text.strip())
        else:
            columns[column] = place
    return columns


def _unknown_column(text: str, known: dict[str, Field]) -> Message:
    near = difflib.get_close_matches(folded(text), known, n=1)
    if near:
        return Message("column-unknown-near", {"column": text.strip(), "near": known[near[0]].name})
    return Message("column-unknown", {"column": text.strip()})


def _report_width(line: int, cells: list[str], width: int, table: Table) -> None:
    if len(cells) < width:
        table.report("warning", Message("row-short", {"found": len(cells), "expected": width}), line)
    extra = [cell for cell in cells[width:] if cell.strip()]
    if extra:
        table.report("error", Message("row-long", {"extra": extra[0], "expected": width}), line)


def _row(line: int, cells: list[str], columns: dict[Field, int], schema: TableSchema, table: Table) -> Row:
    values: dict[str, Value] = {}
    for column in schema.fields:
        place = columns.get(column)
        cell = cells[place] if place is not None and place < len(cells) else ""
        values[column.name] = _value(line, column, cell, table)
    return Row(line, values)


def _value(line: int, column: Field, cell: str, table: Table) -> Value:
    try:
        return parse_cell(column, cell)
    except CellError as error:
        table.report("error", error.message, line, column.name)
        return () if column.kind == "list" else None


def folded(text: str) -> str:
    """Return a header without accents, case and punctuation, so that spellings meet."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe"))
    return "".join(letter for letter in plain if letter.isalnum())


def _names(schema: TableSchema) -> str:
    return ", ".join(column.name for column in schema.fields)


def _found(header: list[str]) -> str:
    return ", ".join(text.strip() for text in header if text.strip()) or "—"
