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

from geocontracts.records.formats.areas import areas_of_ods

if TYPE_CHECKING:
    from pathlib import Path

    from geocontracts.records.formats.areas import Area

_ROW = re.compile(rb'<row [^>]*?\br="(\d+)"')
_CELL = re.compile(rb'<c r="([A-Z]{1,3})')
_FILLED = re.compile(rb'<c r="([A-Z]{1,3})(\d+)"[^>/]*>(?!</c>)')
# Beyond the last row, 1,048,576, or the last column, XFD, that a workbook can have.
_LARGE_ROW = re.compile(rb'<row [^>]*?\br="(\d{7,})"')
_LAST_ROW = 1_048_576
_BEYOND = re.compile(rb'<c r="((?:[A-Z]{4,}|XF[E-Z]|X[G-Z][A-Z]|[YZ][A-Z]{2})\d*)"')
_FROM_1904 = re.compile(rb'<workbookPr\b[^>]*\bdate1904="(?:1|true)"')
_ERROR = re.compile(rb'(<c\b[^>]*?) t="e"')
_UNCALCULATED = re.compile(
    rb'<c r="([A-Z]+\d+)"[^>]*>\s*<f\b[^>]*(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>'
)
_ODS_ERROR = re.compile(
    rb'(<table:table-cell\b[^>]*?) office:string-value=""([^>]*?calcext:value-type="error")'
)
_SPARSE_CELLS = 5_000_000  # of the rectangle around the cells; below it, nobody minds
_SPARSE_SHARE = 20  # cells of the rectangle for each one that is there


@dataclass(frozen=True)
class Inspected:
    """What was found in a workbook: a mended copy if it needs one, and what to say."""

    mended: io.BytesIO | None = None
    sparse: bool = False
    uncalculated: list[str] = field(default_factory=list)  # cells, as `D5`
    merged: dict[str, list[Area]] = field(default_factory=dict)  # of ODS alone, by sheet
    is_from_1904: bool = False  # how days are counted in it


def inspect_xlsx(path: Path) -> Inspected:
    """Look for error cells, formulas without value and sheets that are nearly all void.

    Raises:
        zipfile.BadZipFile, OSError: the archive is broken.
    """
    mended: dict[str, bytes] = {}
    uncalculated: list[str] = []
    sparse = False
    with zipfile.ZipFile(path) as archive:
        from_1904 = bool(_FROM_1904.search(archive.read("xl/workbook.xml")))
        for name in archive.namelist():
            if not name.startswith("xl/worksheets/") or not name.endswith(".xml"):
                continue
            xml = archive.read(name)
            _refuse_beyond(xml)
            sparse = sparse or _is_sparse(xml)
            if b' t="e"' in xml:
                mended[name] = _ERROR.sub(rb'\1 t="str"', xml)
            if b"<f" in xml:
                uncalculated.extend(found[1].decode() for found in _UNCALCULATED.finditer(xml))
    return Inspected(_copy(path, mended), sparse, uncalculated, is_from_1904=from_1904)


def inspect_ods(path: Path) -> Inspected:
    """Look for error cells and merged cells.

    Raises:
        zipfile.BadZipFile, OSError, KeyError: the archive is broken.
    """
    with zipfile.ZipFile(path) as archive:
        xml = archive.read("content.xml")
    merged = areas_of_ods(xml.decode("utf-8", "replace"))
    if b'calcext:value-type="error"' not in xml:
        return Inspected(merged=merged)
    return Inspected(_copy(path, {"content.xml": _ODS_ERROR.sub(rb"\1\2", xml)}), merged=merged)


def _copy(path: Path, changed: dict[str, bytes]) -> io.BytesIO | None:
    """Return the archive in memory with some of its parts changed; None when none is."""
    if not changed:
        return None
    copy = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as target:
        for name in source.namelist():
            # a name alone would take the date of the clock, which may be none that an archive knows
            target.writestr(zipfile.ZipInfo(name), changed.get(name) or source.read(name))
    copy.seek(0)
    return copy


def _refuse_beyond(xml: bytes) -> None:
    """Refuse a cell where no workbook has one: a reader fills all that lies before it.

    Raises:
        zipfile.BadZipFile: there is such a cell.
    """
    beyond = [found[1] for found in _LARGE_ROW.finditer(xml) if int(found[1][:20]) > _LAST_ROW]
    cell = _BEYOND.search(xml)
    if beyond or cell:
        raise zipfile.BadZipFile((beyond[0] if beyond else cell[1] if cell else b"").decode())


def _is_sparse(xml: bytes) -> bool:
    """Tell whether the cells of a sheet are few in the rectangle that they span."""
    filled = xml.count(b"<c ")
    if not _is_void(*_extent(xml), filled):
        return False
    high, wide, filled = 0, 0, 0  # again, without the cells that have a format alone
    for found in _FILLED.finditer(xml):
        high, wide = max(high, int(found[2])), max(wide, _column(found[1]))
        filled += 1
    return _is_void(high, wide, filled)


def _is_void(high: int, wide: int, filled: int) -> bool:
    return high * wide > max(_SPARSE_CELLS, _SPARSE_SHARE * filled)


def _extent(xml: bytes) -> tuple[int, int]:
    """Return the last row and the last column, by the last cell of each row."""
    last = _ROW.match(xml, max(xml.rfind(b"<row "), 0))
    wide = 0
    for row in xml.split(b"</row>"):
        cell = _CELL.match(row, max(row.rfind(b"<c "), 0))
        wide = max(wide, _column(cell[1]) if cell else 0)
    return int(last[1]) if last else 0, wide


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
