"""Find the header of a table: it is not always the first line.

Titles, notes, blank lines and merged cells stand above it; it may take two lines.
What stands below it, totals and notes included, stays a row: it is not judged here.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from geocontracts.errors import RegisterError
from geocontracts.records.formats.headings import recognised
from geocontracts.records.formats.headless import cells_below, refuse_data, speaks
from geocontracts.records.formats.merged import fill_merged
from geocontracts.records.formats.several import several_tables
from geocontracts.records.formats.sheet import Sheet
from geocontracts.records.values import says_nothing
from geocontracts.words import Message

if TYPE_CHECKING:
    from collections.abc import Collection

    from geocontracts.records.formats.grid import Grid

_SEARCHED_ROWS = 40
_SAMPLE_ROWS = 200
_LEAST_FILLED = 0.6  # of the table's columns, in a header that no known heading speaks for
_FIGURE = re.compile(r"[-+]?[\d\s.,/:%€]*\d[\d\s.,/:%€]*")  # numbers, amounts, dates
_LEAST_ABOVE = 2  # cells of a line above that complete a header


def with_header(grid: Grid, *, header: int | None, known: Collection[str]) -> Sheet:
    """Return the rows below the header, with the header; `header` is its line, where that is told.

    Raises:
        RegisterError: there is no row at all, none on the line that was told, or none of headings.
    """
    name = str(grid.origin.path or grid.origin.name)
    if not grid.rows:
        raise RegisterError("table-empty", file=name)
    place = _told(grid, header, name) if header is not None else find_header(grid.rows, known)
    if header is None:
        refuse_data(grid.rows, place, known, name)
    line, headings = grid.rows[place]
    notes = list(grid.notes)
    second = _second_line(grid.rows, place, known, is_told=_is_merged_over_two(grid, place))
    if second:
        headings = second
        notes.append(Message("header-two-lines", {"row": line, "second": grid.rows[place + 1][0]}))
    elif completed := _from_above(grid.rows, place):
        headings = completed
        notes.append(Message("header-two-lines", {"row": grid.rows[place - 1][0], "second": line}))
    elif header is None and place:
        notes.append(Message("header-found", {"row": line, "above": place}))
    rows = grid.rows[place + (2 if second else 1) :]
    width = _width(headings, rows)
    notes.extend(fill_merged(rows, grid.merged, width))
    notes.extend(several_tables([text.strip() for text in headings[:width]], rows, known))
    trimmed = [
        (row[0], row[1][:width]) if len(row[1]) > width and _extent(row[1]) <= width else row for row in rows
    ]
    padded = [*(" ".join(text.split()) for text in headings[:width]), *[""] * (width - len(headings))]
    return Sheet(grid.origin, tuple(padded), line, trimmed, tuple(notes))


def find_header(rows: list[tuple[int, list[str]]], known: Collection[str]) -> int:
    """Return the place of the header among `rows`, the first if nothing speaks for another."""
    searched = rows[:_SEARCHED_ROWS]
    if known:
        counts = [recognised(cells, known) for _, cells in searched]
        most = max(counts)
        place = counts.index(most)
        if most > 1 or 2 * most >= _filled(searched[place][1]):
            return place
    usual = _usual_width(rows)
    for place, (_, cells) in enumerate(searched[:-1]):
        if _is_header(cells, usual):
            return place
    return 0


def _told(grid: Grid, header: int, name: str) -> int:
    for place, (line, _) in enumerate(grid.rows):
        if line == header:
            return place
    raise RegisterError("header-line-missing", file=name, row=header)


def _is_header(cells: list[str], usual: int) -> bool:
    filled = [cell for cell in cells if cell.strip()]
    if len(filled) < max(_LEAST_FILLED * usual, min(usual, 2)):
        return False
    return len(set(filled)) > len(filled) / 2 and not any(
        _FIGURE.fullmatch(cell) for cell in _not_years(filled)
    )


def _not_years(cells: list[str]) -> list[str]:
    """Leave out years: `2019` is a usual heading of amounts."""
    return [cell for cell in cells if not re.fullmatch(r"\s*(19|20)\d\d\s*", cell)]


def _usual_width(rows: list[tuple[int, list[str]]]) -> int:
    """Return how many cells the rows of the table have filled, most often or nearly so."""
    widths = Counter(_filled(cells) for _, cells in rows[:_SAMPLE_ROWS])
    often = max(widths.values()) / 2
    return max(width for width, count in widths.items() if count >= often)


def _filled(cells: list[str]) -> int:
    return sum(1 for cell in cells if cell.strip())


def _is_merged_over_two(grid: Grid, place: int) -> bool:
    """Say whether cells that are merged downwards tell that the header has two lines."""
    line = grid.rows[place][0]
    return any(area.top == line and area.bottom == line + 1 for area in grid.merged)


def _second_line(
    rows: list[tuple[int, list[str]]], place: int, known: Collection[str], *, is_told: bool
) -> list[str] | None:
    """Return the headings of a header of two lines, or None when it has but one.

    The lines complete each other: the second has text only under a group of the first
    (`Montants` over `État` and `Région`), or where the first is empty. A row of data may be
    so too: the second line is taken for headings only where most of its cells are known ones,
    or where its words stand over figures and the rows begin in a column that it leaves empty, or
    where merged cells tell so.
    """
    if place + 2 >= len(rows) or rows[place + 1][0] != rows[place][0] + 1:
        return None
    upper, lower = rows[place][1], rows[place + 1][1]
    gaps = [column for column, text in enumerate(upper) if not text.strip() and _at(lower, column)]
    if not gaps or any(_FIGURE.fullmatch(cell) for cell in _not_years([cell for cell in lower if cell])):
        return None
    allowed = {*gaps, *(gap - 1 for gap in gaps if gap)}
    filled = [column for column, text in enumerate(lower) if text.strip()]
    if any(column not in allowed for column in filled):
        return None
    below = [cells for _, cells in rows[place + 2 : place + 2 + _SAMPLE_ROWS]]
    spoken = len([column for column in filled if speaks(lower, column, below, known)])
    if is_told or 2 * spoken > len(filled) or _stands_over_figures(lower, filled, below):
        return _combined(upper, lower)
    return None


def _stands_over_figures(lower: list[str], filled: list[int], below: list[list[str]]) -> bool:
    """Tell whether all words of a line stand over columns of figures, beside one that names the rows."""
    if filled[0] == 0 or 2 * len([cells for cells in below if _at(cells, 0)]) <= len(below):
        return False
    return all(
        not says_nothing(_at(lower, column))
        and (cells := cells_below(below, column))
        and 2 * len([cell for cell in cells if _FIGURE.fullmatch(cell)]) > len(cells)
        for column in filled
    )


def _from_above(rows: list[tuple[int, list[str]]], place: int) -> list[str] | None:
    """Return the headings with those of the line above where they are empty, or None if it has none.

    A cell merged over both lines of a header stands in the first; a lone title above is no heading.
    """
    if not place or rows[place - 1][0] != rows[place][0] - 1 or _filled(rows[place - 1][1]) < _LEAST_ABOVE:
        return None
    upper, lower = rows[place - 1][1], rows[place][1]
    merged = [_at(lower, column) or _at(upper, column) for column in range(max(len(upper), len(lower)))]
    return merged if _filled(merged) > _filled(lower) else None


def _combined(upper: list[str], lower: list[str]) -> list[str]:
    group = ""
    combined = []
    for column in range(max(len(upper), len(lower))):
        group = _at(upper, column) or (group if _at(lower, column) else "")
        below = _at(lower, column)
        combined.append(f"{group} {below}".strip() if below else _at(upper, column))
    return combined


def _at(cells: list[str], column: int) -> str:
    return cells[column].strip() if column < len(cells) else ""


def _width(headings: list[str], rows: list[tuple[int, list[str]]]) -> int:
    """Return the number of columns without the last ones that are empty from top to bottom."""
    width = _extent(headings)
    if width == len(headings):
        return width
    return max([width, *(min(_extent(cells), len(headings)) for _, cells in rows)])


def _extent(cells: list[str]) -> int:
    """Return how many cells there are up to the last that is filled."""
    extent = len(cells)
    while extent and not cells[extent - 1].strip():
        extent -= 1
    return extent
