"""Where everything of a crossing stands, before anything is drawn; lengths in points."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from geocontracts.outputs.figures.letters import BOLD, width_of, wrap
from geocontracts.words import number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geocontracts.outputs.figures.crossings.combinations import Combination, Crossing
    from geocontracts.webmap.contract import Payload
    from geocontracts.words import Lang

LEAST = 6.0
"""Points: smaller letters are not read on paper."""
LEADING = 1.18
_LARGER, _ROOMY = (1.35, 1.2), 3.5  # letters, and from column to column in sizes of them
_EASY = 7.0  # points
_STEP = 0.25
_TIGHT, _LOOSE = 1.28, 2.6  # from row to row, in sizes of the letters
_NAMES = 0.34  # of the width, at most
_BARS_LEAST, _BARS_LIKED = 0.27, 0.42  # of the height, for the bars over the matrix
_WIDEST = 6.0  # from column to column, in sizes of the letters
_TALLEST = 0.62  # the bars, of the width of the matrix, where it has few columns
_TOTALS = 0.1  # of the width, for the bars of the totals


@dataclass(frozen=True)
class Layout:
    """Sizes and columns: names, their totals as number and bar, then the matrix under its bars."""

    size: float
    names: float
    numbers: float
    totals: float
    row: float
    column: float
    columns: int

    @property
    def left(self) -> float:
        """Return how far from the left the matrix begins."""
        return self.names + self.numbers + self.totals + 2.4 * self.size


def height_of(layout: Layout, crossing: Crossing, height: float) -> float:
    """Return how much of the height is used: few columns do not get endless bars."""
    matrix = layout.row * (len(crossing.covers) + 1)
    bars = max(_TALLEST * layout.column * layout.columns, 14 * layout.size)
    return min(height, matrix + bars)


def most_rows(height: float) -> int:
    """Return for how many programmes at most there is room under the bars."""
    return max(1, int(height * (1 - _BARS_LEAST) / (LEAST * _TIGHT)) - 1)


def fits(layout: Layout, crossing: Crossing, height: float) -> bool:
    """Say whether the rows leave enough room for the bars; one row is not given up."""
    rows = len(crossing.covers)
    return rows == 1 or (rows + 1) * layout.row <= height * (1 - _BARS_LEAST) + 0.01


class Room(NamedTuple):
    """The room for a crossing, and the size of letters to begin with, in points."""

    width: float
    height: float
    largest: float


def lay_out(crossing: Crossing, payload: Payload, room: Room) -> Layout:
    """Return the layout for a room that shows the most columns.

    Letters are as large as the rows allow; they are made smaller, within what reads easily, for more
    columns, and larger where there is little to show.
    """
    for size in (room.largest * more for more in _LARGER):
        large = _at(size, crossing, payload, room)
        used = large.row * (len(crossing.covers) + 1) + _TALLEST * large.column * large.columns
        if (
            large.columns == len(crossing.combinations)
            and large.column >= _ROOMY * size
            and used <= room.height
        ):
            return large
    tries = [_at(size, crossing, payload, room) for size in _sizes(room.largest)]
    fitting = [each for each in tries if fits(each, crossing, room.height)] or tries[-1:]
    easy = [each for each in fitting if each.size >= _EASY] or fitting[:1]
    return max(easy, key=lambda each: (each.columns, each.size))


def _sizes(largest: float) -> Iterator[float]:
    size = max(largest, LEAST)
    while size > LEAST:
        yield size
        size -= _STEP
    yield LEAST


def _at(size: float, crossing: Crossing, payload: Payload, room: Room) -> Layout:
    """Return the layout with letters of this size."""
    lang, width = payload["lang"], room.width
    names = [payload["programmes"][cover.programme]["short"] for cover in crossing.covers]
    share = min(max(width_of(name, size) for name in names) + 1.5, width * _NAMES)
    lines = max(len(wrap(name, size, share)) for name in names)
    numbers = max(width_of(number(len(cover.communes), lang), size) for cover in crossing.covers)
    totals = width * _TOTALS
    matrix = width - share - numbers - totals - 2.4 * size
    wanted = _pitch(crossing, size, lang)
    columns = max(1, min(len(crossing.combinations), int(matrix / wanted)))
    column = min(matrix / columns, _WIDEST * size)
    tight = max(_TIGHT, lines * LEADING + 0.1)
    liked = room.height * (1 - _BARS_LIKED) / (len(crossing.covers) + 1)
    row = max(size * tight, min(size * _LOOSE, liked))
    return Layout(size, share, numbers, totals, row, column, columns)


def _pitch(crossing: Crossing, size: float, lang: Lang) -> float:
    """Return from column to column, so that the numbers of neighbours do not touch."""
    widths = [_label(each, size, lang) for each in crossing.combinations]
    pairs = [(one + other) / 2 for one, other in pairwise(widths)]
    return max([*pairs, 1.35 * size]) + 0.5 * size


def _label(combination: Combination, size: float, lang: Lang) -> float:
    """Return how wide the numbers of a column are."""
    return max(
        width_of(number(combination.communes, lang), size, BOLD),
        width_of(people_text(combination.people, lang), size * 0.86),
    )


def people_text(people: int | None, lang: Lang) -> str:
    """Return inhabitants in thousands, as exactly as they deserve; unknown is a question mark."""
    if people is None:
        return "?"
    thousands = people / 1000
    if 0 < thousands < 0.1:  # noqa: PLR2004  (it would be written as 0)
        return f"<\u00a0{number(0.1, lang)}"
    return number(round(thousands) if thousands >= 10 else round(thousands, 1), lang)  # noqa: PLR2004


def name_lines(name: str, layout: Layout) -> list[str]:
    """Return the name of a row, in lines that fit its column."""
    return wrap(name, layout.size, layout.names)
