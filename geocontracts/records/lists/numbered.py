"""A column `N°`: numbers of the contracts, or of mere rows, which change when the table is sorted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geocontracts.records.lists.asides import is_total
from geocontracts.records.lists.headings import numbers_contracts
from geocontracts.records.lists.roles import TERRITORIES
from geocontracts.records.values import says_nothing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geocontracts.records.formats.sheet import Sheet
    from geocontracts.records.lists.recognise import Column

_FEWEST = 2  # cells of a line that may be a contract: a note has one


def with_numbers(columns: list[Column], sheet: Sheet) -> list[Column]:
    """Take the first column of numbers for the identifier, where no other is, and say why one is not.

    It is taken when each contract has its own number. Where a place has a line, titles that come back tell
    lines of one contract, which their numbers would part.
    """
    numbers = [column for column in columns if column.why != "told" and numbers_contracts(column.heading)]
    if not numbers or any(column.role == "id" for column in columns):
        return columns
    first, lines = numbers[0], list(_lines(sheet))
    cells = _filled(lines, first)
    if _counts(cells):
        found = replace(first, role=None, why="rows")
    elif first.role:  # `Numéro` above codes of places
        return columns
    elif len(set(cells)) < len(lines) or _parts_contracts(columns, lines):
        found = replace(first, role=None, why="doubtful")
    else:
        found = replace(first, role="id", why="heading", scheme="")
    return [found if column.rank == first.rank else column for column in columns]


def _lines(sheet: Sheet) -> Iterator[list[str]]:
    """Yield the lines that may be contracts: no totals, no notes."""
    for _, cells in sheet.rows:
        filled = [text for cell in cells if (text := cell.strip())]
        if len(filled) >= _FEWEST and not any(map(is_total, filled)):
            yield cells


def _filled(lines: list[list[str]], column: Column) -> list[str]:
    cells = (cells[column.rank].strip() for cells in lines if column.rank < len(cells))
    return [cell for cell in cells if cell and not says_nothing(cell)]


def _counts(cells: list[str]) -> bool:
    """Say whether cells count 1, 2, 3."""
    numbers = [cell.removesuffix(".0") for cell in cells]
    return bool(cells) and all(
        len(number) <= len(str(len(cells))) + 2 and number.isdecimal() and int(number) == rank
        for rank, number in enumerate(numbers, 1)
    )


def _parts_contracts(columns: list[Column], lines: list[list[str]]) -> bool:
    """Say whether lines of one title would be parted, in a list with a line for each place."""
    title = next((column for column in columns if column.role == "title"), None)
    if title is None or any(column.role == TERRITORIES for column in columns):
        return False
    titles = _filled(lines, title)
    return len(set(titles)) < len(titles)
