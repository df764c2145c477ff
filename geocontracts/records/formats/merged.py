"""Give the rows of a table the value of the merged cells that they lie in.

A reader gives the value of a merged cell at its first row and column alone. Text is
repeated in the others. A number is not: an amount that stands over three rows belongs to
the three together, and would count three times. Titles, headings and the lines that
separate parts of a table are left as they are.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from geocontracts.records.figures import read_sum
from geocontracts.words import Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geocontracts.records.formats.areas import Area

_LEAST_TITLE = 0.5  # of the table's columns; a cell over more of them is a title, not a value
_SHOWN_CELLS = 5
_CODE = re.compile(r"0\d+")
_FIGURE = re.compile(r"[-+(]?[€\s]*\d[\d\s.,'’]*%?\)?")
_SUM = re.compile(r"\D*+\d.*(?:€|\beuros?\b|\beur\b)", re.IGNORECASE)


def fill_merged(rows: list[tuple[int, list[str]]], areas: Iterable[Area], width: int) -> Iterator[Message]:
    """Fill the cells of `rows` that lie in a merged one, in place, and yield what is to be said.

    `rows` are those below the header of a table with `width` columns.
    """
    lines = [line for line, _ in rows]
    filled: list[Area] = []
    numbers: list[Area] = []
    count = 0
    for area in sorted(areas):
        place = bisect_left(lines, area.top)
        inside = [cells for _, cells in rows[place : bisect_right(lines, area.bottom)]]
        if not inside or lines[place] != area.top or area.left > len(inside[0]):
            continue  # above the table, or empty
        text = inside[0][area.left - 1].strip()
        if is_figure(text):
            numbers.append(area)
        elif text and not _is_title(area, width):
            added = sum(_fill(cells, area, inside[0][area.left - 1]) for cells in inside)
            count += added
            filled += [area] if added else []
    if filled:
        yield Message("merged-filled", {"count": count, "areas": _listed(filled)})
    if numbers:
        yield Message("merged-numbers", {"areas": _listed(numbers)})


def is_figure(text: str) -> bool:
    """Tell whether a cell may be an amount: any number but a code that begins with 0."""
    plain = text.strip()
    if _CODE.fullmatch(plain):
        return False
    return (
        bool(_FIGURE.fullmatch(plain) or any(map(_SUM.match, plain.splitlines())))
        or read_sum(plain) is not None
    )


def _fill(cells: list[str], area: Area, text: str) -> int:
    """Write a text into the empty cells of a row that lie in an area; return how many."""
    cells.extend([""] * (area.right - len(cells)))
    empty = [column for column in range(area.left - 1, area.right) if not cells[column].strip()]
    for column in empty:
        cells[column] = text
    return len(empty)


def _is_title(area: Area, width: int) -> bool:
    columns = area.right - area.left + 1
    return columns > 1 and columns > _LEAST_TITLE * width


def _listed(areas: list[Area]) -> str:
    more = ["…"] if len(areas) > _SHOWN_CELLS else []
    return ", ".join([*map(str, areas[:_SHOWN_CELLS]), *more])
