"""XLSX: a sheet for each table, and one that says what the columns mean and who made the data."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

from geocontracts.errors import OutputError
from geocontracts.outputs.answers import formula_safe
from geocontracts.outputs.corrected.xlsx import undated
from geocontracts.outputs.exports.model import ExportTable, derived
from geocontracts.outputs.exports.readme import write_readme
from geocontracts.outputs.still_zip import saved
from geocontracts.words import Message, say

if TYPE_CHECKING:
    from geocontracts.outputs.exports.content import ExportContent
    from geocontracts.outputs.exports.model import ColumnKind, Value
    from geocontracts.words import Lang

LONGEST_CELL = 32_767
_MOST_ROWS = 1_048_576
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # which a spreadsheet would read as a sign
_FIRST_DAY = dt.date(1900, 3, 1)  # before it, Excel counts a 29 February 1900 that there never was
_FORMATS = {"real": "#,##0.0", "integer": "#,##0", "day": "dd/mm/yyyy", "date": "dd/mm/yyyy"}
# One format for both would leave a comma with nothing after it.
_EUROS, _EUROS_AND_CENTS = '#,##0 "€"', '#,##0.00 "€"'
_WIDTHS = {"text": 24, "list": 40, "amount": 18, "integer": 14, "real": 14, "day": 14, "date": 14, "url": 30}
_WIDE = {"title": 50, "summary": 60, "remark": 50, "reason": 60, "reasons": 50, "remarks": 50, "name": 40}
_HEADING = "26221C"


def to_workbook(content: ExportContent, tables: list[ExportTable], file: str) -> tuple[bytes, list[Message]]:
    """Return the workbook, and what did not fit; no cell is a formula.

    The rest of a text that is too long for a cell stands on a sheet of its own.

    Raises:
        OutputError: a table has more rows than a sheet.
    """
    import openpyxl

    for table in tables:
        if len(table.rows) >= _MOST_ROWS:
            facts = {"table": table.title(content.lang), "count": len(table.rows)}
            raise OutputError("export-too-many", file=file, **facts)
    rest: list[tuple[Value, ...]] = []
    book = openpyxl.Workbook()
    front = book.active
    front.title = say("export-readme", content.lang)
    for table in tables:
        _write(book.create_sheet(table.title(content.lang)), table, content.lang, rest)
    notes = []
    if rest:
        tables = [*tables, _overflow(rest)]
        _write(book.create_sheet(tables[-1].title(content.lang)), tables[-1], content.lang, [])
        count = sum(row[3] == 1 for row in rest)
        notes.append(Message("export-cut", {"count": count, "sheet": tables[-1].title(content.lang)}))
    write_readme(front, content, tables)
    book.properties.title, book.properties.creator = content.payload["title"], content.payload["generator"]
    book.properties.description = "\n".join(": ".join(pair) for pair in content.credits)
    return undated(saved(book), None), notes


def _write(sheet: Any, table: ExportTable, lang: Lang, rest: list[tuple[Value, ...]]) -> None:
    from openpyxl.utils import get_column_letter

    for rank, column in enumerate(table.columns, start=1):
        _head(sheet.cell(1, rank), column.label(lang))
        sheet.column_dimensions[get_column_letter(rank)].width = _WIDE.get(column.name, _WIDTHS[column.kind])
    for line, row in enumerate(table.rows, start=2):
        for rank, (column, value) in enumerate(zip(table.columns, row, strict=True), start=1):
            shown = _exact(column.shown(value, lang), column.kind)
            if isinstance(shown, str) and len(shown) > LONGEST_CELL // 2:
                shown, *more = _pieces(shown)
                where = (table.title(lang), str(row[0])[:LONGEST_CELL], column.label(lang))
                rest += [(*where, part, piece) for part, piece in enumerate(more, start=1)]
            if shown is not None:
                put(sheet.cell(line, rank), shown, _format(shown, column.kind))
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{len(table.rows) + 1}"


def _exact(shown: Value, kind: ColumnKind) -> Value:
    """Return a date that is known to the day as one; what Excel has no date for stays the text that it is.

    That is a partial date, and one of before March 1900: Excel shows earlier ones as signs, or a day off.
    """
    if kind == "date" and isinstance(shown, str) and len(shown) == len("2019-06-29"):
        shown = dt.date.fromisoformat(shown)
    return shown.isoformat() if isinstance(shown, dt.date) and shown < _FIRST_DAY else shown


def _format(shown: Value, kind: ColumnKind) -> str | None:
    if kind == "amount" and isinstance(shown, (int, float)):
        return _EUROS if round(shown, 2) == int(shown) else _EUROS_AND_CENTS
    return _FORMATS.get(kind)


def put(cell: Any, value: Value, number_format: str | None = None) -> None:
    """Write a value; a text stays a text, also when someone edits the cell."""
    if isinstance(value, (int, float, dt.date)):
        cell.value = value
        cell.number_format = number_format or "General"
        return
    text = str(value)
    cell.value = _ESCAPE.sub("_x005F_", text)
    cell.data_type = "s"
    if formula_safe(text) != text:
        cell.quotePrefix = True


def _head(cell: Any, text: str) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    put(cell, text)
    cell.font = Font(bold=True, color="FFFFFF")
    cell.fill = PatternFill("solid", fgColor=_HEADING)
    cell.alignment = Alignment(wrap_text=True, vertical="center")


def _pieces(text: str) -> list[str]:
    """Return a text in pieces that a cell can hold."""
    # What is escaped grows; half a cell a piece leaves room for it.
    size = LONGEST_CELL // 2 if _ESCAPE.search(text) else LONGEST_CELL
    return [text[at : at + size] for at in range(0, len(text), size)] or [""]


def _overflow(rest: list[tuple[Value, ...]]) -> ExportTable:
    kinds = {"part": "integer"}
    columns = tuple(
        derived(name, "integer" if name in kinds else "text")
        for name in ("sheet_name", "record", "column", "part", "text")
    )
    return ExportTable("overflow", columns, rest)
