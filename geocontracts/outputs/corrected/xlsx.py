"""Columns added to an XLSX workbook; formats, widths and the other sheets stay."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from copy import copy
from functools import cache
from typing import TYPE_CHECKING, Any

from geocontracts.errors import OutputError
from geocontracts.outputs.corrected.formulas import both, texts_kept
from geocontracts.outputs.still_zip import saved
from geocontracts.words import Message

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from geocontracts.outputs.corrected.columns import Added
    from geocontracts.outputs.corrected.write import Written
    from geocontracts.records.formats.sheet import Sheet

_PACKED = zipfile.ZIP_DEFLATED
_CORE = "docProps/core.xml"
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_DATES = re.compile(rb"<dcterms:(modified|created)[^>]*>[^<]*</dcterms:\1>")
WIDTHS = (22, 16, 30, 16, 60, 60)  # of the added columns, in letters
_LAST_COLUMN = 16_384
_DRAWN = ("xl/charts/", "xl/media/", "xl/drawings/drawing")  # what openpyxl does not write back


def with_columns(sheet: Sheet, added: Added) -> Written:
    """Return the workbook with columns after the last one that is used, and what could not be kept."""
    import openpyxl

    path = sheet.origin.path
    if path is None:
        raise FileNotFoundError(sheet.origin.name)
    with warnings.catch_warnings(record=True) as unread:  # what openpyxl says it cannot keep
        warnings.simplefilter("always")
        content = io.BytesIO(path.read_bytes())  # its name may lie about its kind
        book = openpyxl.load_workbook(content, rich_text=True, keep_vba=path.suffix.lower() == ".xlsm")
    moment = book.properties.modified  # which saving sets to the present
    table = book[sheet.origin.sheet] if sheet.origin.sheet else book.active
    last, has_formulas = _used(table)
    if last + len(added.headings) > _LAST_COLUMN:
        raise OutputError("corrected-no-room", file=sheet.origin.name, sheet=table.title)
    beside = table.cell(added.header_line, max(len(sheet.header), 1))
    lines = [added.header_line, *(line for line, _ in sheet.rows)]
    _end_merged_at(table, last, lines)
    for line in lines:
        fill_row(table, line, last, added.at(line))
    for rank in range(len(added.headings)):
        _dress(table.cell(added.header_line, last + 1 + rank), beside)
        letter = openpyxl.utils.get_column_letter(last + 1 + rank)
        table.column_dimensions[letter].width = WIDTHS[rank]
    with zipfile.ZipFile(path) as parts:
        core = parts.read(_CORE) if _CORE in parts.namelist() else b""
        told = b"<dcterms:created" in core and b"<dcterms:modified" in core
    lost = _lost(path, has_formulas=has_formulas, is_cut=bool(unread))
    return undated(saved(book), moment if told else None), both(lost, texts_kept(sheet))


def undated(content: bytes, modified: datetime | None) -> bytes:
    """Return a workbook that does not tell when it was written, so that the same cells are the same bytes.

    `modified` is what it tells in place of that; None leaves both dates out of it.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w", _PACKED) as target:
        for part in source.infolist():
            xml = source.read(part)
            if part.filename == _CORE:
                said = f"{modified:%Y-%m-%dT%H:%M:%SZ}".encode() if modified else b""
                xml = _MODIFIED.sub(rb"\g<1>" + said + rb"\2", xml) if said else _DATES.sub(b"", xml)
            target.writestr(zipfile.ZipInfo(part.filename), xml, _PACKED)
    return out.getvalue()


def fill_row(table: Any, line: int, last: int, cells: tuple[str, ...]) -> None:
    """Write text cells after column `last` (from 1) of a line, wrapped and never as formulas."""
    wrapped = _wrapped()
    for rank, text in enumerate(cells, start=1):
        if text:
            cell = table.cell(line, last + rank)
            cell.value = text
            cell.data_type = "s"
            cell.number_format = "@"
            cell.alignment = wrapped


@cache
def _wrapped() -> Any:
    from openpyxl.styles import Alignment

    return Alignment(wrap_text=True, vertical="top")


def _used(table: Any) -> tuple[int, bool]:
    """Return the last column that holds anything, and whether there are formulas."""
    # `iter_rows` would make a cell of every hole, up to the last row and column of the sheet.
    filled = [cell for cell in table._cells.values() if cell.value is not None]  # noqa: SLF001
    formulas = any(cell.data_type == "f" for cell in filled)
    return max((cell.column for cell in filled), default=0), formulas


def _end_merged_at(table: Any, last: int, lines: list[int]) -> None:
    """End at column `last` the merged cells that go on to the right of it, where something is written."""
    first, final = min(lines), max(lines)
    for area in list(table.merged_cells.ranges):
        if area.max_col > last and area.min_row <= final and area.max_row >= first:
            table.unmerge_cells(area.coord)
            area.max_col = max(last, area.min_col)
            if area.min_col <= last and area.size != {"rows": 1, "columns": 1}:
                table.merge_cells(area.coord)


def _dress(cell: Any, beside: Any) -> None:
    """Give a heading the looks of its neighbours."""
    if beside.has_style:
        for name in ("font", "fill", "border", "alignment", "protection"):
            setattr(cell, name, copy(getattr(beside, name)))


def _lost(path: Path, *, has_formulas: bool, is_cut: bool) -> Message | None:
    """Say what a reader of the new workbook will miss."""
    with zipfile.ZipFile(path) as parts:
        cut = is_cut or any(name.startswith(_DRAWN) for name in parts.namelist())
    formulas = Message("corrected-formulas") if has_formulas else None
    return Message("corrected-drawings", {"formulas": formulas or ""}) if cut else formulas
