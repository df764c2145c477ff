"""Read a sheet of a workbook (XLSX, XLSM, XLSB, XLS, ODS) as rows with the lines it shows."""

from __future__ import annotations

import io
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from geocontracts.errors import RegisterError
from geocontracts.records.formats.apart import read_apart
from geocontracts.records.formats.archive import Inspected, inspect_ods, inspect_xlsx
from geocontracts.records.formats.areas import Area, areas_of_xlsx, areas_told, column_letters
from geocontracts.records.formats.cells import plain_text, shown_number
from geocontracts.records.formats.grid import Grid
from geocontracts.records.formats.headings import folded, recognised
from geocontracts.records.formats.kinds import tell_kind
from geocontracts.records.formats.limits import MOST_CELLS, refuse_cells
from geocontracts.records.formats.sheet import Origin
from geocontracts.words import Message

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from geocontracts.records.formats.kinds import FileKind
    from geocontracts.records.formats.sheet import Kind

_SEARCHED_ROWS = 40
_APART = {"xls", "xlsb"}  # a fault in these may cost all memory
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # what Office calls the part that holds such a workbook
_KINDS: Mapping[FileKind, Kind] = {"xlsx": "xlsx", "xlsb": "xlsb", "xls": "xls", "ods": "ods"}

_NAMES: Mapping[FileKind, tuple[str, ...]] = {
    "xlsx": (".xlsx", ".xlsm", ".xlam"),
    "xlsb": (".xlsb",),
    "xls": (".xls", ".xla"),
    "ods": (".ods",),
}


@dataclass(frozen=True)
class _Found:
    """A sheet of the workbook with its filled rows."""

    name: str
    visible: bool
    rows: list[tuple[int, list[str]]]
    merged: list[Area]


def read_workbook(path: Path, kind: FileKind, sheet: str | None, known: Collection[str]) -> Grid:
    """Read the sheet of that name, or the one that seems to hold the data.

    That is the one with most known headings, then a visible one, then the one with
    most filled cells. Formulas give their last value; a cell in error keeps its text
    (`#REF!`), except in XLS and XLSB, where it is empty.

    Raises:
        RegisterError: the workbook is broken or protected, or has no such sheet.
    """
    inspected = Inspected()
    if kind in _APART:
        sheets = [_found(told) for told in read_apart(path, sheet)]
    else:
        with _faults_told(path):
            inspected = _inspected(path, kind)
            sheets = (
                _sparse_sheets(path, sheet) if inspected.sparse else _sheets(path, inspected, sheet, kind)
            )
    if not sheets:
        raise RegisterError("workbook-no-sheet", file=str(path))
    taken = max(sheets, key=lambda found: _merit(found, known))
    uncalculated = inspected.uncalculated.get(taken.name, [])
    notes = [*_sheet_notes(taken, sheets), *_formula_notes(uncalculated)]
    if inspected.is_from_1904:
        notes.append(Message("workbook-1904"))
    return Grid(
        Origin(_KINDS[kind], path.name, path, sheet=taken.name), taken.rows, notes, taken.merged, uncalculated
    )


def read_sheets(path: Path, sheet: str | None) -> list[dict[str, Any]]:
    """Return the sheets of an XLS or XLSB workbook, or the one of that name, as plain data.

    Raises:
        RegisterError: the workbook is broken or protected, or has no such sheet.
    """
    with _faults_told(path):
        return [asdict(found) for found in _sheets(path, Inspected(), sheet, tell_kind(path))]


def _found(told: dict[str, Any]) -> _Found:
    rows = [(line, cells) for line, cells in told["rows"]]
    return _Found(told["name"], told["visible"], rows, [Area(*each) for each in told["merged"]])


@contextmanager
def _faults_told(path: Path) -> Iterator[None]:
    """Say in our words what stops the reading of a workbook."""
    import python_calamine as calamine

    try:
        yield
    except calamine.PasswordError as error:
        raise RegisterError("workbook-protected", file=str(path)) from error
    except (calamine.CalamineError, zipfile.BadZipFile, zlib.error, KeyError, NotImplementedError) as error:
        raise RegisterError(_fault(path, str(error)), file=str(path), said=str(error)) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # what a fault inside the reader is, and nothing else
            raise
        raise RegisterError("workbook-broken", file=str(path), said=str(error)) from error


def _inspected(path: Path, kind: FileKind) -> Inspected:
    if kind == "xlsx":
        return inspect_xlsx(path)
    return inspect_ods(path) if kind == "ods" else Inspected()


def _fault(path: Path, said: str) -> str:
    """Return the key of what is wrong with a workbook that cannot be opened."""
    if "limit exceeded" in said:
        return "workbook-sparse"
    with path.open("rb") as file:
        protected = _ENCRYPTED in file.read()
    return "workbook-protected" if protected else "workbook-broken"


def _sheets(path: Path, inspected: Inspected, wanted: str | None, kind: FileKind) -> list[_Found]:
    import python_calamine as calamine

    with calamine.load_workbook(inspected.mended or _source(path, kind)) as book:
        tables = [data for data in book.sheets_metadata if data.typ == calamine.SheetTypeEnum.WorkSheet]
        chosen = _named([data.name for data in tables], wanted, path)
        found = []
        for data in tables:
            if data.name in chosen:
                sheet = book.get_sheet_by_name(data.name)
                rows = _rows(sheet.to_python(skip_empty_area=False), path)
                merged = inspected.merged.get(data.name) or areas_told(sheet.merged_cell_ranges)
                is_visible = bool(data.visible == calamine.SheetVisibleEnum.Visible)
                found.append(_Found(data.name, is_visible, rows, merged))
        return found


def _sparse_sheets(path: Path, wanted: str | None) -> list[_Found]:
    """Read an XLSX that has cells far from all others, row by row."""
    import openpyxl

    merged = areas_of_xlsx(path)
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()), read_only=True, data_only=True)
    try:
        chosen = _named([sheet.title for sheet in book.worksheets], wanted, path)
        found = []
        for sheet in book.worksheets:
            if sheet.title in chosen:
                sheet.reset_dimensions()
                rows = _rows(sheet.iter_rows(values_only=True), path)
                is_visible = sheet.sheet_state == "visible"
                found.append(_Found(sheet.title, is_visible, rows, merged.get(sheet.title, [])))
        return found
    finally:
        book.close()


def _source(path: Path, kind: FileKind) -> str | io.BytesIO:
    """Return what the fast reader is given: it believes a name, which may be that of another kind."""
    is_misnamed = any(path.suffix.lower() in names for other, names in _NAMES.items() if other != kind)
    return io.BytesIO(path.read_bytes()) if is_misnamed else str(path)


def _named(names: list[str], wanted: str | None, path: Path) -> list[str]:
    """Return the names of the sheets to read: the one that is wanted, or all."""
    if wanted is None:
        return names
    chosen = [name for name in names if name == wanted] or [
        name for name in names if folded(name) == folded(wanted)
    ]
    if not chosen:
        raise RegisterError("sheet-unknown", file=str(path), sheet=wanted, found=", ".join(names))
    return chosen[:1]


def _rows(table: Iterable[Sequence[Any]], path: Path) -> list[tuple[int, list[str]]]:
    """Return the rows that have a filled cell, with the lines that the spreadsheet shows.

    Raises:
        RegisterError: there are too many cells.
    """
    rows, count = [], 0
    for line, values in enumerate(table, 1):
        cells = [value if type(value) is str else _text(value) for value in values]
        if any(map(str.strip, cells)):
            rows.append((line, cells))
            count += len(cells)
            if count > MOST_CELLS:
                refuse_cells(count, path)
    return rows


def _text(value: Any) -> str:
    return shown_number(value) if type(value) is float else plain_text(value)


def _merit(found: _Found, known: Collection[str]) -> tuple[int, bool, int]:
    headings = max((recognised(cells, known) for _, cells in found.rows[:_SEARCHED_ROWS]), default=0)
    return headings, found.visible, sum(len(cells) - cells.count("") for _, cells in found.rows)


def _sheet_notes(taken: _Found, sheets: list[_Found]) -> Iterator[Message]:
    others = [found.name for found in sheets if found is not taken and found.rows]
    if others:
        yield Message("sheet-taken", {"sheet": taken.name, "others": ", ".join(others)})
    if not taken.visible:
        yield Message("sheet-hidden", {"sheet": taken.name})


def _formula_notes(cells: list[tuple[int, int]]) -> Iterator[Message]:
    if cells:
        line, column = cells[0]
        facts = {"count": len(cells), "cell": f"{column_letters(column)}{line}"}
        yield Message("formulas-uncalculated", facts)
