"""Columns added to an ODS workbook; formats and the other sheets stay."""

from __future__ import annotations

import io
from html import escape
from typing import TYPE_CHECKING, Any

from geocontracts.errors import OutputError
from geocontracts.outputs.corrected.formulas import texts_kept
from geocontracts.outputs.still_zip import still_archives

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geocontracts.outputs.corrected.columns import Added
    from geocontracts.outputs.corrected.write import Written
    from geocontracts.records.formats.sheet import Sheet

_ROWS_REPEATED = "table:number-rows-repeated"
_COLUMNS_REPEATED = "table:number-columns-repeated"
_COLUMNS_SPANNED = "table:number-columns-spanned"
_CELLS = "table:table-cell | table:covered-table-cell"


def with_columns(sheet: Sheet, added: Added) -> Written:
    """Return the workbook with columns of text after the last one that is used."""
    from odfdo import Document, container
    from odfdo.security import SecurityError

    try:
        document = Document(sheet.origin.path)
        tables = document.body.get_elements("descendant::table:table")
    except SecurityError as error:  # odfdo takes what is packed 200 times for an attack
        raise OutputError("corrected-refused", file=sheet.origin.name, said=str(error)) from error
    named = [table for table in tables if table.get_attribute("table:name") == sheet.origin.sheet]
    table = (named or tables)[0]
    lines = {added.header_line, *(line for line, _ in sheet.rows)}
    rows = list(_single_rows(table, lines))
    last = max(_extent(row) for _, row in rows)
    for line, row in rows:
        _fill(row, last, added.at(line), is_header=line == added.header_line)
    out = io.BytesIO()
    with still_archives(container):
        document.save(out)
    return out.getvalue(), texts_kept(sheet)


def _single_rows(table: Any, lines: set[int]) -> Iterator[tuple[int, Any]]:
    """Yield the rows of these lines; a row that stands for several is split for it, others stay repeated."""
    line = 0
    for row in table.get_elements("descendant::table:table-row"):
        count = _repeated(row, _ROWS_REPEATED)
        wanted = sorted(lines.intersection(range(line + 1, line + count + 1))) if count > 1 else ()
        if count == 1 and line + 1 in lines:
            yield line + 1, row
        elif wanted:
            yield from _split(row, line, count, wanted)
        line += count


def _split(row: Any, before: int, count: int, wanted: list[int]) -> Iterator[tuple[int, Any]]:
    """Put rows of their own in the place of a repeated one, and yield those that are wanted."""
    parent = row.parent
    place = parent.index(row)
    ends = [before, *wanted]
    pieces = []
    for previous, line in zip(ends, wanted, strict=False):
        if line - previous > 1:
            pieces.append((0, _copied(row, line - previous - 1)))
        pieces.append((line, _copied(row, 1)))
    if before + count > wanted[-1]:
        pieces.append((0, _copied(row, before + count - wanted[-1])))
    for offset, (_, piece) in enumerate(pieces):
        parent.insert(piece, position=place + offset)
    parent.delete(row)
    yield from ((line, piece) for line, piece in pieces if line)


def _copied(row: Any, count: int) -> Any:
    piece = row.clone
    if count > 1:
        piece.set_attribute(_ROWS_REPEATED, str(count))
    else:
        piece.del_attribute(_ROWS_REPEATED)
    return piece


def _fill(row: Any, last: int, cells: tuple[str, ...], *, is_header: bool) -> None:
    """Append text cells so that the first stands in column `last` + 1."""
    from odfdo import Cell, Element

    there = row.get_elements(_CELLS)
    style = there[-1].get_attribute("table:style-name") if is_header and there else None
    width = sum(_repeated(cell, _COLUMNS_REPEATED) for cell in there)
    _end_merged_at(there, last)
    while there and width > last:  # what a spreadsheet pads its rows with, to the end of the sheet
        cell = there.pop()
        count = _repeated(cell, _COLUMNS_REPEATED)
        width -= count
        if width < last:
            cell.set_attribute(_COLUMNS_REPEATED, str(last - width))
            width = last
        else:
            row.delete(cell)
    if width < last:
        padding = Cell()
        padding.set_attribute(_COLUMNS_REPEATED, str(last - width))
        row.append(padding)
    # One piece of XML for all cells of a row: ten times as fast as one for each.
    new = Element.from_tag(
        f"<table:table-row>{''.join(_cell(text, style) for text in cells)}</table:table-row>"
    )
    row.extend(new.children)


def _end_merged_at(there: list[Any], last: int) -> None:
    """End at column `last` the merged cells that go on to the right of it."""
    column = 0
    for cell in there:
        count = int(cell.get_attribute(_COLUMNS_SPANNED) or 1)
        if column < last < column + count:
            cell.set_attribute(_COLUMNS_SPANNED, str(last - column))
        column += _repeated(cell, _COLUMNS_REPEATED)


def _cell(text: str, style: str | None) -> str:
    looks = f' table:style-name="{escape(style)}"' if style else ""
    if not text:
        return f"<table:table-cell{looks}/>"
    said = f"<text:p>{escape(text)}</text:p>"
    return f'<table:table-cell office:value-type="string"{looks}>{said}</table:table-cell>'


def _extent(row: Any) -> int:
    """Return the last column of a row that holds anything."""
    width = extent = 0
    for cell in row.get_elements(_CELLS):
        width += _repeated(cell, _COLUMNS_REPEATED)
        if cell.get_attribute("office:value-type") or cell.children:
            extent = width
    return extent


def _repeated(element: Any, attribute: str) -> int:
    return int(element.get_attribute(attribute) or 1)
