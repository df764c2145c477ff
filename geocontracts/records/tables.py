"""One table of a register: its rows as values, and everything that is wrong with it."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING

from geocontracts.errors import RegisterError
from geocontracts.records.formats.headings import folded
from geocontracts.records.formats.read import read_sheet
from geocontracts.records.problems import Problem
from geocontracts.records.values import CellError, parse_cell
from geocontracts.words import Message

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from geocontracts.files import FileMark
    from geocontracts.records.formats.sheet import Sheet
    from geocontracts.records.problems import Severity
    from geocontracts.records.register import Idle, Item
    from geocontracts.records.schema import Field, TableSchema
    from geocontracts.records.values import Value

_SHOWN = 5  # cells that are too many in a row
_SHORT_CELL = 40  # letters; longer ones rarely come again


@dataclass(frozen=True)
class Row:
    """A row of a table: the line it stands on and its values by column.

    `items` are its places with what stands beside each, where a list says more than their names.
    """

    line: int
    values: dict[str, Value]
    items: tuple[Item, ...] = ()


@dataclass
class Table:
    """A table as read: its rows, and what was found on the way.

    `idle` are the lines of a list that belong to no contract; `inputs` the files that were read.
    """

    file: str  # as problems name it
    path: Path | None
    headings: dict[str, str] = field(default_factory=dict)  # column -> its header in the file
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    idle: list[Idle] = field(default_factory=list)
    inputs: tuple[FileMark, ...] = ()

    @property
    def name(self) -> str:
        """Return the name of the file without its ending."""
        return PurePath(self.file).stem if self.path else self.file

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
    """Read a file as the table `schema`.

    A cell that cannot be read becomes unknown and is reported; no row is left
    out. Headers may be the names or the labels of the columns, in any order.

    Raises:
        RegisterError: the file cannot be read as a table at all: it is missing,
            empty, or lacks a column without which no row makes sense.
    """
    table = Table(path.name, path)
    known = {
        folded(text): column for column in schema.fields for text in (column.name, *column.labels.values())
    }
    sheet = read_sheet(path, known=known.keys())
    table.inputs = sheet.inputs
    for note in sheet.notes:
        table.report("remark", note)
    columns = _columns(sheet.header_line, list(sheet.header), known, table)
    missing = [column for column in schema.fields if column.required and column not in columns]
    if missing:
        raise _missing(path, sheet.header_line, missing, list(sheet.header))
    report_uncalculated(sheet, table)
    reader = _RowReader(columns, schema, table)
    for number, cells in sheet.rows:
        report_width(number, cells, len(sheet.header), table)
        table.rows.append(reader.row(number, cells))
    return table


def read_column(source: Path | str, column: str) -> list[tuple[int, str]]:
    """Return the cells of one column of a file or of a database, each with the line it stands on.

    Empty cells are kept. The header is compared without accents and case.

    Raises:
        RegisterError: the file cannot be read, or has no such column.
    """
    wanted = folded(column)
    sheet = read_sheet(source, known={wanted})
    place = next((rank for rank, text in enumerate(sheet.header) if folded(text) == wanted), None)
    if place is None:
        facts = {"missing": column, "found": _found(list(sheet.header))}
        raise RegisterError(
            "columns-missing",
            file=str(sheet.origin.path or sheet.origin.name),
            row=sheet.header_line,
            **facts,
        )
    return [(line, cells[place] if place < len(cells) else "") for line, cells in sheet.rows]


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


def report_uncalculated(sheet: Sheet, table: Table, but: Collection[int] = ()) -> None:
    """Report each cell whose formula was never calculated: it may hold anything, and is taken as empty.

    `but` are the lines that nothing is read of, such as totals.
    """
    for line, column in sheet.uncalculated:
        if line >= sheet.header_line and line not in but:
            heading = sheet.called(column - 1)
            table.problems.append(Problem("error", Message("cell-uncalculated"), table.file, line, heading))


def report_width(line: int, cells: list[str], width: int, table: Table) -> None:
    """Say that a row has fewer cells than there are columns, or more."""
    if len(cells) == width:
        return
    if len(cells) < width:
        table.report("warning", Message("row-short", {"found": len(cells), "expected": width}), line)
    extra = [cell for cell in cells[width:] if cell.strip()]
    if extra:
        facts = {"extra": tuple(extra[:_SHOWN]), "count": len(extra), "expected": width}
        table.report("error", Message("row-long", facts), line)


class _RowReader:
    """Reads the rows of one table; what a cell of a column meant is kept for the next row."""

    def __init__(self, columns: dict[Field, int], schema: TableSchema, table: Table) -> None:
        self.table, self.line = table, 0
        self._width = max(columns.values(), default=-1) + 1
        # A column that the table does not have is read from an empty cell behind all others.
        self._plan = [
            (column.name, columns.get(column, self._width), _Meanings(column, self))
            for column in schema.fields
        ]

    def row(self, line: int, cells: list[str]) -> Row:
        """Return the values of one line; a cell that cannot be read is reported."""
        self.line = line
        width = self._width
        padded = [*cells[:width], *[""] * (width - len(cells)), ""]
        return Row(line, {name: meanings[padded[place]] for name, place, meanings in self._plan})


class _Meanings(dict[str, "Value"]):
    """The values of the cells of a column, by what is written."""

    def __init__(self, column: Field, reader: _RowReader) -> None:
        super().__init__()
        self._column, self._reader = column, reader

    def __missing__(self, cell: str) -> Value:
        """Read a new cell; what is long rarely comes again, and faults are told each time."""
        table = self._reader.table
        faults = len(table.problems)
        value = parse_value(self._reader.line, self._column, cell, table)
        if len(cell) <= _SHORT_CELL and len(table.problems) == faults:
            self[cell] = value
        return value


def parse_value(line: int, column: Field, cell: str, table: Table) -> Value:
    """Return the value of a cell; one that cannot be read is reported, and unknown."""
    try:
        return parse_cell(column, cell)
    except CellError as error:
        table.report(error.severity, error.message, line, column.name)
        return error.kept if error.kept is not None else () if column.kind == "list" else None


def _found(header: list[str]) -> str:
    return ", ".join(text.strip() for text in header if text.strip()) or "—"
