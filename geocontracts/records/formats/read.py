"""Read a file of any kind, or a table of a database, as one table of text cells.

The kind is told by what the file holds, not by its name: ministries publish web
pages as `.xls`, and people rename workbooks to `.csv`.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from geocontracts.errors import OutputError, RegisterError, why
from geocontracts.files import name_of
from geocontracts.records.formats.address import is_address
from geocontracts.records.formats.header import with_header
from geocontracts.records.formats.kinds import tell_kind
from geocontracts.records.formats.limits import (
    LARGEST_PAGE,
    LARGEST_TEXT,
    refuse_cells,
    refuse_columns,
    refuse_large_file,
    refuse_long_cells,
    refuse_rows,
)
from geocontracts.records.formats.marks import mark_of_cells, marks_of
from geocontracts.records.formats.signs import without_unfit
from geocontracts.records.formats.stamp import unchanged

if TYPE_CHECKING:
    from collections.abc import Collection

    from geocontracts.records.formats.grid import Grid
    from geocontracts.records.formats.kinds import FileKind
    from geocontracts.records.formats.sheet import Sheet

_WITH_SHEETS = {"xlsx", "xlsb", "xls", "ods", "layers"}


def read_sheet(
    source: Path | str,
    *,
    sheet: str | None = None,
    header: int | None = None,
    known: Collection[str] = frozenset(),
) -> Sheet:
    """Read the table that `source` holds: its header, and its rows with their lines.

    Args:
        source: a file, or the address of a table of PostgreSQL
            (`postgresql://user@host/base?table=schema.table` or `?query=select ...`).
        sheet: the sheet of a workbook, or the layer of a GeoPackage; without it, the
            one that seems to hold the data is taken, and a note says so.
        header: the line of the header; without it, it is looked for. Only text, web
            pages and workbooks can have it elsewhere than on line 1.
        known: folded headings (see `headings.folded`) that will be understood; they
            help to find separator, sheet and header.

    Raises:
        RegisterError: the file is missing, broken, protected, no table or more than one may
            hold (`limits.py`), has no such sheet or line, or changes while it is read; the
            database cannot be reached or refuses; an address is of no known kind.
        OutputError: another program has a GeoPackage open, and there is no room for a copy of it.
    """
    if is_address(source):
        from geocontracts.records.formats.database import read_database

        table = read_database(str(source))
        return replace(without_unfit(table), inputs=(mark_of_cells(table),))
    path = Path(source)
    with unchanged(path) as stamp:
        found = _read_file(path, sheet, header, known)
    return replace(found, origin=replace(found.origin, name=name_of(path), stamp=stamp))


def _read_file(path: Path, sheet: str | None, header: int | None, known: Collection[str]) -> Sheet:
    kind = tell_kind(path)
    if sheet is not None and kind not in _WITH_SHEETS:
        raise RegisterError("sheets-none", file=str(path), sheet=sheet)
    try:
        found = _typed(path, kind, sheet)
        is_typed = found is not None
        if found is None:
            grid = _grid(path, kind, sheet, known)
            _refuse_large(path, grid.rows, headings=1)
            found = with_header(grid, header=header, known=known)
            found = replace(found, uncalculated=tuple(grid.uncalculated))
        else:
            _refuse_large(path, found.rows)
            refuse_columns(len(found.header), path)
        inputs = marks_of(path)  # of what was read: it is `unchanged`, and no larger than may be
    except OutputError:  # an OSError that is told in words already: there is no room for a copy
        raise
    except OSError as error:
        raise RegisterError("file-unreadable", file=str(path), why=why(error)) from error
    if is_typed and header not in (None, found.header_line):
        raise RegisterError("header-line-missing", file=str(path), row=header)
    return replace(without_unfit(found), inputs=inputs)


def _refuse_large(path: Path, rows: list[tuple[int, list[str]]], headings: int = 0) -> None:
    """Refuse a table that is beyond what one may hold."""
    refuse_rows(len(rows) - headings, path)
    refuse_columns(max((len(cells) for _, cells in rows), default=0), path)
    refuse_cells(sum(len(cells) for _, cells in rows), path)
    for line, cells in rows:
        refuse_long_cells(line, cells, path)


def _typed(path: Path, kind: FileKind, sheet: str | None) -> Sheet | None:
    """Read what names its columns by itself; None if this is not of that kind."""
    if kind == "parquet":
        from geocontracts.records.formats.columns import read_parquet

        return read_parquet(path)
    if kind == "geojson":
        from geocontracts.records.formats.geojson import read_geojson

        return read_geojson(path)
    if kind == "layers":
        from geocontracts.records.formats.geo import read_layer

        return read_layer(path, sheet)
    return None


def _grid(path: Path, kind: FileKind, sheet: str | None, known: Collection[str]) -> Grid:
    """Read what may have lines above its header."""
    if kind == "csv":
        from geocontracts.records.formats.text import read_text

        refuse_large_file(path, LARGEST_TEXT)
        return read_text(path, path.read_bytes(), known)
    if kind == "html":
        from geocontracts.records.formats.webpage import read_webpage

        refuse_large_file(path, LARGEST_PAGE)
        return read_webpage(path, path.read_bytes(), known)
    from geocontracts.records.formats.workbook import read_workbook

    return read_workbook(path, kind, sheet, known)
