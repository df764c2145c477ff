"""Read one CSV table: its rows as values, and everything that is wrong with it."""

from __future__ import annotations

import csv
import difflib
import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geocontracts.errors import RegisterError, why
from geocontracts.records.formats.headings import folded
from geocontracts.records.problems import Problem
from geocontracts.records.values import CellError, parse_cell
from geocontracts.words import Message

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from geocontracts.records.problems import Severity
    from geocontracts.records.schema import Field, TableSchema
    from geocontracts.records.values import Value

_DELIMITERS = ",;\t|"
_TOLD_DELIMITER = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)  # a first line that Excel writes and reads
_LARGEST_CELL = 1 << 20
_TEXT_FILES = {".csv", ".tsv", ".txt", ""}


@dataclass(frozen=True)
class Row:
    """A row of a table: the line it stands on and its values by column."""

    line: int
    values: dict[str, Value]


@dataclass
class Table:
    """A table as read: its rows, and what was found on the way."""

    path: Path
    headings: dict[str, str] = field(default_factory=dict)  # column -> its header in the file
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def file(self) -> str:
        """Return the name of the file, as problems name it."""
        return self.path.name

    def report(
        self,
        severity: Severity,
        message: Message,
        row: int | None = None,
        column: str | None = None,
    ) -> None:
        """Note a problem of this file."""
        self.problems.append(self.problem(severity, message, row, column))

    def problem(
        self, severity: Severity, message: Message, row: int | None = None, column: str | None = None
    ) -> Problem:
        """Return a problem of this file, in a column as the file names it."""
        heading = self.headings.get(column, column) if column else None
        return Problem(severity, message, self.file, row, heading)


def read_table(path: Path, schema: TableSchema) -> Table:
    """Read a CSV file as the table `schema`.

    A cell that cannot be read becomes unknown and is reported; no row is left
    out. Headers may be the names or the labels of the columns, in any order.

    Raises:
        RegisterError: the file cannot be read as a table at all: it is missing,
            empty, not UTF-8, or lacks a column without which no row makes sense.
    """
    table = Table(path)
    known = {
        folded(text): column for column in schema.fields for text in (column.name, *column.labels.values())
    }
    required = {text for text, column in known.items() if column.required}
    lines = _lines(path, known, required)
    head = next(lines, None)
    if head is None:
        raise RegisterError("file-empty", file=str(path), expected=_required(schema))
    line, header = head
    columns = _columns(line, header, known, table)
    missing = [column for column in schema.fields if column.required and column not in columns]
    if missing:
        raise _missing(path, line, missing, header)
    for number, cells in lines:
        _report_width(number, cells, len(header), table)
        table.rows.append(_row(number, cells, columns, schema, table))
    return table


def read_column(path: Path, column: str) -> list[tuple[int, str]]:
    """Return the cells of one column of a CSV file, each with the line it stands on.

    Empty cells are kept. The header is compared without accents and case.

    Raises:
        RegisterError: the file cannot be read, or has no such column.
    """
    wanted = folded(column)
    lines = _lines(path, {wanted}, {wanted})
    head = next(lines, None)
    if head is None:
        raise RegisterError("file-empty", file=str(path), expected=column)
    place = next((rank for rank, text in enumerate(head[1]) if folded(text) == wanted), None)
    if place is None:
        facts = {"missing": column, "found": _found(head[1])}
        raise RegisterError("columns-missing", file=str(path), row=head[0], **facts)
    return [(line, cells[place] if place < len(cells) else "") for line, cells in lines]


def _lines(path: Path, known: Collection[str], required: Collection[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield each record of the file that is not blank, with the line it starts on."""
    text = _text(path)
    told = _TOLD_DELIMITER.match(text)
    delimiter = told[1] if told else _delimiter(text, known, required)
    csv.field_size_limit(_LARGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells) and not (told and line == 1):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        key = "cell-too-large" if "field limit" in str(error) else "file-not-csv"
        raise RegisterError(key, file=str(path), row=line, said=str(error), most=_LARGEST_CELL) from error


def _text(path: Path) -> str:
    """Return the text of a file.

    Raises:
        RegisterError: it is missing, a workbook, or not UTF-8.
    """
    if path.suffix.lower() not in _TEXT_FILES:
        raise RegisterError("file-kind", file=str(path), suffix=path.suffix)
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise RegisterError("file-missing", file=str(path)) from error
    except OSError as error:
        raise RegisterError("file-unreadable", file=str(path), why=why(error)) from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        near = content[max(0, error.start - 20) : error.start + 12].decode("cp1252", "replace")
        raise RegisterError("file-encoding", file=str(path), row=row, near=near) from error
    if "\0" in text:
        row = text.count("\n", 0, text.index("\0")) + 1
        raise RegisterError("file-encoding", file=str(path), row=row, near=text[:32])
    return text


def _delimiter(text: str, known: Collection[str], required: Collection[str]) -> str:
    """Return the separator that makes most of the header known, required columns first."""
    head = next((line for line in text.splitlines() if line.strip()), "")

    def columns(delimiter: str) -> tuple[int, int, int]:
        cells = [folded(cell) for cell in next(csv.reader([head], delimiter=delimiter), [])]
        return sum(cell in required for cell in cells), sum(cell in known for cell in cells), len(cells)

    return max(_DELIMITERS, key=columns)


def _columns(line: int, header: list[str], known: dict[str, Field], table: Table) -> dict[Field, int]:
    """Find the columns of the table in the header; the others are reported."""
    columns: dict[Field, int] = {}
    for place, text in enumerate(header):
        column = known.get(folded(text))
        if column is None:
            if text.strip():
                table.report("warning", _unknown_column(text, known), line, text.strip())
        elif column in columns:
            table.report("error", Message("column-twice", {"column": column.name}), line, text.strip())
        else:
            columns[column] = place
            table.headings[column.name] = text.strip()
    return columns


def _unknown_column(text: str, known: dict[str, Field]) -> Message:
    near = difflib.get_close_matches(folded(text), known, n=1)
    return (
        Message("column-unknown-near", {"near": known[near[0]].name}) if near else Message("column-unknown")
    )


def _missing(path: Path, line: int, missing: list[Field], header: list[str]) -> RegisterError:
    """Return the error of a table that lacks columns, with the header that may be one of them."""
    facts = {"missing": ", ".join(column.name for column in missing), "found": _found(header)}
    headers = {folded(text): text.strip() for text in header}
    for column in missing:
        for name in (column.name, *column.labels.values()):
            near = difflib.get_close_matches(folded(name), headers, n=1, cutoff=0.7)
            if near:
                facts |= {"near": headers[near[0]], "column": column.name}
                return RegisterError("columns-missing-near", file=str(path), row=line, **facts)
    return RegisterError("columns-missing", file=str(path), row=line, **facts)


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
        return error.kept if error.kept is not None else () if column.kind == "list" else None


def _required(schema: TableSchema) -> str:
    return ", ".join(column.name for column in schema.fields if column.required)


def _found(header: list[str]) -> str:
    return ", ".join(text.strip() for text in header if text.strip()) or "—"
