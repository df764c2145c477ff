"""What cannot be written as the kind that was read: XLS and web pages as XLSX, a database as CSV."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from geocontracts.outputs.answers import formula_safe
from geocontracts.outputs.corrected.formulas import both, texts_kept
from geocontracts.outputs.corrected.xlsx import WIDTHS, fill_row, undated
from geocontracts.outputs.still_zip import saved
from geocontracts.words import Message

if TYPE_CHECKING:
    from geocontracts.outputs.corrected.columns import Added
    from geocontracts.outputs.corrected.write import Written
    from geocontracts.records.formats.sheet import Sheet


def to_csv(sheet: Sheet, added: Added) -> Written:
    """Return the rows of a database as CSV in UTF-8 with a mark, for a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    width = len(sheet.header)
    writer.writerow([*map(formula_safe, sheet.header), *added.headings])
    for line, cells in sheet.rows:
        writer.writerow([*map(formula_safe, cells), *[""] * (width - len(cells)), *added.row(line)])
    return ("\ufeff" + out.getvalue()).encode(), Message("corrected-as-csv", {"source": sheet.origin.name})


def to_xlsx(sheet: Sheet, added: Added) -> Written:
    """Return a workbook with the values of the older one, without its formats."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in _tables(sheet):
        table = book.create_sheet(name)
        is_it = name == sheet.origin.sheet or not sheet.origin.sheet
        last = max((len(cells) for cells in rows.values()), default=0)
        for line, cells in rows.items():
            for column, value in enumerate(cells, start=1):
                _put(table, line, column, value)
            if is_it and (line == added.header_line or line in added.cells):
                fill_row(table, line, last, added.at(line))
        for rank in range(len(added.headings) if is_it else 0):
            letter = table.cell(1, last + 1 + rank).column_letter
            table.column_dimensions[letter].width = WIDTHS[rank]
    note = Message("corrected-as-xlsx", {"source": sheet.origin.name})
    return undated(saved(book), None), both(note, texts_kept(sheet))


def _tables(sheet: Sheet) -> list[tuple[str, dict[int, list[Any]]]]:
    """Return every sheet of the older workbook: its name, and its cells by line."""
    kind: str = sheet.origin.kind
    if kind not in ("xls", "xlsb"):
        rows = {sheet.header_line: list(sheet.header), **dict(sheet.rows)}
        return [(sheet.origin.sheet or "1", rows)]
    import python_calamine

    if sheet.origin.path is None:
        raise FileNotFoundError(sheet.origin.name)
    tables = []
    content = io.BytesIO(sheet.origin.path.read_bytes())  # its name may lie about its kind
    with python_calamine.CalamineWorkbook.from_filelike(content) as book:
        for name in book.sheet_names:
            cells = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            tables.append((name, dict(enumerate(cells, start=1))))
    return tables


def _put(table: Any, line: int, column: int, value: Any) -> None:
    if value == "":
        return
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    cell = table.cell(line, column)
    if isinstance(value, str):  # signs that no XLSX can hold, and what looks like a formula
        cell.value = ILLEGAL_CHARACTERS_RE.sub("\ufffd", value)
        cell.data_type = "s"
    else:
        cell.value = value
