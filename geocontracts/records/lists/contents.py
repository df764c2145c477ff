"""What the cells of a column look like, where its heading does not say what they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geocontracts.places.codes import read_code
from geocontracts.places.outside import is_outside_cog
from geocontracts.places.written import read_name
from geocontracts.records.schema import load_schema
from geocontracts.records.values import CellError, parse_cell

if TYPE_CHECKING:
    from geocontracts.places.gazetteer import Gazetteer
    from geocontracts.records.formats.sheet import Sheet

_SAMPLE = 400  # rows looked at: enough to tell codes from names
_YEAR = re.compile(r"(?:19[5-9]\d|20[0-4]\d|2050)(?:[.,]0+)?")


def sampled(sheet: Sheet) -> list[list[str]]:
    """Return rows from all over a list, by which its columns are told."""
    step = max(1, len(sheet.rows) // _SAMPLE)
    return [cells for _, cells in sheet.rows[::step]]


def is_code(cell: str, places: Gazetteer, *, is_valid: bool) -> bool:
    """Say whether a cell begins with the code of a place, or with what looks like one (`is_valid` false)."""
    first = cell.replace("|", ";").replace(",", ";").split(";")[0].strip()
    if not is_valid:
        return any(letter.isdigit() for letter in first) and len(first) <= len("200 072 460.0")
    code = read_code(first) if first else None
    return code is not None and any(
        places.get(level, each.code)
        or places.formerly_coded(level, each.code)
        or places.with_siren(each.code)
        for each in code.readings
        for level in each.levels
    )


def is_name(cell: str, places: Gazetteer) -> bool:
    """Say whether a cell is the name of a place."""
    key = read_name(cell, places).key
    return is_outside_cog(cell) or bool(key and places.knows(key))


def is_status(cell: str) -> bool:
    """Say whether a cell is the status of a contract."""
    try:
        return parse_cell(load_schema()["contracts"].field("status"), cell) is not None
    except CellError:
        return False


def is_year(cell: str) -> bool:
    """Say whether a cell may be a year: a whole number from 1950 to 2050."""
    return _YEAR.fullmatch(cell) is not None
