"""What a workbook's own XML says that the fast reader does not.

The reader drops the text of error cells (`#REF!`), does not know the merged cells of
ODS, gives an empty cell for a formula that was never calculated, and takes memory for
every cell between the first and the last, which a stray blank on the last row of a sheet
makes tens of gigabytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

from geocontracts.errors import RegisterError
from geocontracts.records.formats.areas import areas_of_ods, parts_of_xlsx
from geocontracts.records.formats.extent import MOST_TEXT, column_number, extent_of, ods_size
from geocontracts.records.formats.limits import MOST_CELLS, refuse_cells
from geocontracts.records.formats.packed import look_through, read_part

if TYPE_CHECKING:
    from pathlib import Path

    from geocontracts.records.formats.areas import Area
    from geocontracts.records.formats.extent import Extent

_FILLED = re.compile(rb'<c r="([A-Z]{1,3})(\d+)"[^<>/]*>(?!</c>)')
_FROM_1904 = re.compile(rb'<workbookPr\b[^<>]*\bdate1904="(?:1|true)"')
_ERROR = re.compile(rb'(<c\b[^<>]*?) t="e"')
_UNCALCULATED = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,7})"[^<>]*>\s*<f\b[^<>]*(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>'
)
_ODS_ERROR = re.compile(
    rb'(?>(<table:table-cell\b[^<>]*?) office:string-value="")([^<>]*?calcext:value-type="error")'
)
# Any other part may be a worksheet, whatever its name: what the workbook says of it is not believed.
_NO_SHEETS = {"xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml", "[Content_Types].xml"}
_SPARSE_CELLS = 5_000_000  # of the rectangle around the cells; below it, nobody minds
_SPARSE_SHARE = 20  # cells of the rectangle for each one that is there


@dataclass(frozen=True)
class Inspected:
    """What was found in a workbook: a mended copy if it needs one, and what to say."""

    mended: io.BytesIO | None = None
    sparse: bool = False
    uncalculated: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    """Of an XLSX, the line and the column (from 1) of formulas without value, by sheet."""
    merged: dict[str, list[Area]] = field(default_factory=dict)  # of ODS alone, by sheet
    is_from_1904: bool = False  # how days are counted in it


def inspect_xlsx(path: Path) -> Inspected:
    """Look for error cells, formulas without value and sheets that are nearly all void.

    Raises:
        RegisterError: its sheets have too many cells.
        zipfile.BadZipFile, OSError: the archive is broken.
    """
    mended: dict[str, bytes] = {}
    uncalculated: dict[str, list[tuple[int, int]]] = {}
    sparse, cells = False, 0
    with zipfile.ZipFile(path) as archive:
        from_1904 = bool(_FROM_1904.search(read_part(archive, "xl/workbook.xml")))
        for name in archive.namelist():
            if not name.endswith(".xml") or name in _NO_SHEETS:
                look_through(archive, name)
                continue
            xml = read_part(archive, name)
            reach = extent_of(xml)
            cells += reach.cells
            refuse_cells(cells, path)
            sparse = sparse or _is_sparse(xml, reach)
            if b' t="e"' in xml:
                mended[name] = _ERROR.sub(rb'\1 t="str"', xml)
            if b"<f" in xml:
                cells_of = [(int(row), column_number(letters)) for letters, row in _UNCALCULATED.findall(xml)]
                uncalculated |= {name: cells_of} if cells_of else {}
        named = {}
        if uncalculated:
            sheets = parts_of_xlsx(archive).items()
            named = {sheet: uncalculated[part] for sheet, part in sheets if part in uncalculated}
    return Inspected(_copy(path, mended), sparse, named, is_from_1904=from_1904)


def inspect_ods(path: Path) -> Inspected:
    """Look for error cells and merged cells.

    Raises:
        RegisterError: its sheets have too many cells, as often as they are repeated.
        zipfile.BadZipFile, OSError, KeyError: the archive is broken.
    """
    with zipfile.ZipFile(path) as archive:
        xml = read_part(archive, "content.xml")
    _refuse_malformed(xml)
    cells, characters = ods_size(xml)
    refuse_cells(cells, path)
    if characters > MOST_TEXT:
        raise RegisterError("workbook-repeats", file=str(path), count=characters, limit=MOST_TEXT)
    merged = areas_of_ods(xml.decode("utf-8", "replace"))
    if b'calcext:value-type="error"' not in xml:
        return Inspected(merged=merged)
    return Inspected(_copy(path, {"content.xml": _ODS_ERROR.sub(rb"\1\2", xml)}), merged=merged)


def _refuse_malformed(xml: bytes) -> None:
    """Refuse XML that breaks off: the fast reader waits for the end of an ODS table for ever.

    Raises:
        zipfile.BadZipFile: it is not well-formed.
    """
    try:
        expat.ParserCreate(namespace_separator=None).Parse(xml, True)  # noqa: FBT003 - it takes no keywords
    except expat.ExpatError as error:
        raise zipfile.BadZipFile(str(error)) from error


def _copy(path: Path, changed: dict[str, bytes]) -> io.BytesIO | None:
    """Return the archive in memory with some of its parts changed; None when none is."""
    if not changed:
        return None
    copy = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as target:
        for name in source.namelist():
            # a name alone would take the date of the clock, which may be none that an archive knows
            target.writestr(zipfile.ZipInfo(name), changed.get(name) or read_part(source, name))
    copy.seek(0)
    return copy


def _is_sparse(xml: bytes, reach: Extent) -> bool:
    """Tell whether the cells of a sheet are few in the rectangle that they span."""
    is_void = _is_void(reach.high, reach.wide, reach.cells)
    if not is_void or not reach.is_plain:
        return is_void
    high, wide, filled = 0, 0, 0  # again, without the cells that have a format alone
    for found in _FILLED.finditer(xml):
        high, wide = max(high, int(found[2])), max(wide, column_number(found[1]))
        filled += 1
    return _is_void(high, wide, filled)


def _is_void(high: int, wide: int, filled: int) -> bool:
    return high * wide > min(max(_SPARSE_CELLS, _SPARSE_SHARE * filled), MOST_CELLS)
