"""Find the merged cells of workbooks in their XML, where the fast reader does not tell them."""

from __future__ import annotations

import posixpath
import re
import zipfile
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from geocontracts.records.formats.packed import read_part

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_SHEET = re.compile(r"<(?:\w+:)?sheet\b[^<>]*>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\b[^<>]*>")
_ATTRIBUTE = re.compile(r"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_MERGED = re.compile(r"<(?:\w+:)?mergeCell\b[^<>]*\bref=[\"']([A-Z]+)(\d+):([A-Z]+)(\d+)")
_ODS_PART = re.compile(r"<table:(table|table-row|table-cell|covered-table-cell)(?=[\s/>])([^<>]*)>")
_REPEATED = re.compile(r'table:number-(?:rows|columns)-repeated="(\d+)"')
_SPANNED = re.compile(r'table:number-(rows|columns)-spanned="(\d+)"')
_WIDE = re.compile(r'-spanned="(?!1")')
_NAME = re.compile(r'table:name="([^"]*)"')


class Area(NamedTuple):
    """The cells that are merged: rows and columns from 1, the last ones included."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        """Write it as a spreadsheet does: `B3:B5`."""
        return f"{column_letters(self.left)}{self.top}:{column_letters(self.right)}{self.bottom}"


def areas_told(ranges: Sequence[tuple[tuple[int, int], tuple[int, int]]] | None) -> list[Area]:
    """Return the areas that the fast reader tells: it counts from 0, and knows none in XLSB and ODS."""
    return [Area(top + 1, left + 1, low + 1, right + 1) for (top, left), (low, right) in ranges or ()]


def areas_of_xlsx(path: Path) -> dict[str, list[Area]]:
    """Return the merged cells of each sheet of an XLSX workbook, by its name.

    Raises:
        zipfile.BadZipFile, OSError, KeyError: the archive is broken.
    """
    with zipfile.ZipFile(path) as archive:
        return {
            name: [_area(found) for found in _MERGED.finditer(_text(archive, part))]
            for name, part in parts_of_xlsx(archive).items()
        }


def parts_of_xlsx(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the part of an XLSX that holds each sheet, by the name of the sheet.

    Raises:
        zipfile.BadZipFile, OSError, KeyError: the archive is broken.
    """
    book, relations = _text(archive, "xl/workbook.xml"), _text(archive, "xl/_rels/workbook.xml.rels")
    targets = {each["Id"]: each["Target"] for each in _attributes(_RELATION, relations)}
    parts = {key: posixpath.join("/xl", target)[1:] for key, target in targets.items()}
    named = {each["name"]: parts.get(each["id"], "") for each in _attributes(_SHEET, book)}
    there = set(archive.namelist())
    return {name: part for name, part in named.items() if part in there}


def areas_of_ods(xml: str) -> dict[str, list[Area]]:
    """Return the merged cells of each table of an ODS workbook, by its name, from its `content.xml`."""
    areas: dict[str, list[Area]] = {}
    if not _WIDE.search(xml):
        return areas
    name, line, column, following = "", 0, 0, 1
    for part, told in _ODS_PART.findall(xml):
        times = _times(told)
        if part == "table":
            found = _NAME.search(told)
            name, following = unescape(found[1]) if found else "", 1
        elif part == "table-row":
            line, column, following = following, 1, following + times
        else:
            spans = {axis: int(count) for axis, count in _SPANNED.findall(told)}
            low, right = line + spans.get("rows", 1) - 1, column + spans.get("columns", 1) - 1
            if (low, right) > (line, column):
                areas.setdefault(name, []).append(Area(line, column, low, right))
            column += times
    return areas


def _text(archive: zipfile.ZipFile, part: str) -> str:
    return read_part(archive, part).decode("utf-8", "replace")


def _times(told: str) -> int:
    found = _REPEATED.search(told)
    return int(found[1]) if found else 1


def _attributes(element: re.Pattern[str], xml: str) -> Iterator[dict[str, str]]:
    """Yield the attributes of some elements, by their names without prefix."""
    for found in element.findall(xml):
        told = _ATTRIBUTE.findall(found)
        yield {name.rpartition(":")[2]: unescape(double or single) for name, double, single in told}


def _area(found: re.Match[str]) -> Area:
    left, top, right, low = found.groups()
    return Area(int(top), _number(left), int(low), _number(right))


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def column_letters(column: int) -> str:
    """Return the letters of a column from 1, as a spreadsheet shows them."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
