"""Legends: samples with their names, in columns that fit; nothing is cut, nothing is dropped."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from geocontracts.outputs.figures.box import Box
from geocontracts.outputs.figures.colours import INK, MUTED
from geocontracts.outputs.figures.crowded import CrowdedError
from geocontracts.outputs.figures.letters import BOLD, LINE, REGULAR, is_breaking, width_of, wrap
from geocontracts.outputs.figures.runin import Run, draw_run, run_height, run_in

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geocontracts.outputs.figures.letters import Face
    from geocontracts.outputs.figures.paper import Paper

    Sample: TypeAlias = Callable[[Paper, Box], None]

SAMPLE = 2.6
"""Width of a sample, in sizes of the letters; its height is one size."""
_GAP = 0.6  # between a sample and its name
_ABOVE_HEAD, _ABOVE_ITEM = 0.75, 0.18  # sizes
_BETWEEN = 1.8  # columns, in sizes
_NARROWEST = 15  # sizes of the letters in a column
_SIZES = (1.0, 0.94, 0.88, 0.82, 0.76)
_SMALLEST = 5.4  # points
_INDENT = SAMPLE + _GAP


@dataclass(frozen=True)
class Head:
    """The head of a group, in the hue of its family."""

    text: str
    colour: str = INK
    again: str = ""
    """What is written when the group goes on in the next column."""


@dataclass(frozen=True)
class Item:
    """A sample, its name, and a figure at the end of the line."""

    text: str
    sample: Sample | None = None
    count: str = ""
    colour: str = INK
    height: float = 1
    """Of the sample, in sizes of the letters."""
    points: float = 0
    """The least height of the sample, in points: circles that are true to a map do not shrink."""

    def tall(self, size: float) -> float:
        """Return the height of the sample in points."""
        return max(self.height * size, self.points)


@dataclass(frozen=True)
class Note:
    """A sentence over the whole width of the column."""

    text: str
    run: str = ""
    """What is written instead where items follow each other in a line."""


Row: TypeAlias = Head | Item | Note | Run


@dataclass(frozen=True)
class Setting:
    """How a legend was made to fit: letters in points, columns, the rows of each."""

    size: float
    width: float
    columns: list[list[Row]]


def fit(rows: Sequence[Row], room: Box, size: float, *, smallest: bool = False) -> Setting | None:
    """Return how rows fit in a room, with the largest letters that do; None when they do not.

    `smallest` allows for letters down to three quarters of `size`, and items one after the
    other in a line.
    """
    if not smallest:
        return _fit(rows, room, size, _SIZES[:1])
    joined = [
        replace(row, text=row.run) if isinstance(row, Note) and row.run else row for row in run_in(rows, Item)
    ]
    return _fit(rows, room, size, _SIZES) or _fit(joined, room, size, _SIZES)


def _fit(rows: Sequence[Row], room: Box, size: float, shares: Sequence[float]) -> Setting | None:
    for share in shares:
        letters = max(size * share, min(size, _SMALLEST))
        for count in range(1, 7):
            width = (room.width - (count - 1) * _BETWEEN * letters) / count
            if width < _NARROWEST * letters and count > 1:
                break
            if any(_is_breaking(row, letters, width) for row in rows):
                break  # more columns are narrower still
            columns = _flow(rows, letters, width, room.height)
            if len(columns) <= count:
                return Setting(letters, width, _evened(rows, letters, width, room.height, len(columns)))
    return None


def _flow(rows: Sequence[Row], size: float, width: float, height: float) -> list[list[Row]]:
    """Return rows in columns of a height; a head stays with what follows it."""
    columns: list[list[Row]] = [[]]
    used = 0.0
    head: Head | None = None
    for number, row in enumerate(rows):
        head = row if isinstance(row, Head) else head
        tall = row_height(row, size, width, is_first=not columns[-1])
        after = rows[number + 1] if isinstance(row, Head) and number + 1 < len(rows) else None
        more = row_height(after, size, width, is_first=False) if after else 0.0
        if columns[-1] and used + tall + more > height + 0.01:
            again = [replace(head, text=head.again)] if head and head is not row and head.again else []
            columns.append([*again])
            used = sum(row_height(each, size, width, is_first=True) for each in again)
            tall = row_height(row, size, width, is_first=not again)
        columns[-1].append(row)
        used += tall
        if used > height + 0.01:  # one row alone is too tall
            return [[]] * 99
    return columns


def _evened(rows: Sequence[Row], size: float, width: float, height: float, count: int) -> list[list[Row]]:
    """Return the columns as even as they can be without one more of them."""
    low, high = 0.0, height
    for _ in range(12):
        middle = (low + high) / 2
        if len(_flow(rows, size, width, middle)) <= count:
            high = middle
        else:
            low = middle
    return _flow(rows, size, width, high)


def row_height(row: Row, size: float, width: float, *, is_first: bool) -> float:
    """Return the height of a row in points, the air above it included."""
    if isinstance(row, Run):
        return run_height(row, size, width) + (0 if is_first else _ABOVE_ITEM * size)
    lines = len(_wrapped(row, size, width))
    if isinstance(row, Head):
        return lines * size * LINE + (0 if is_first else _ABOVE_HEAD * size)
    tall = lines * size * LINE * (0.92 if isinstance(row, Note) else 1)
    if isinstance(row, Item):
        tall = max(tall, row.tall(size) + 0.1 * size)
    return tall + (0 if is_first else _ABOVE_ITEM * size)


def _wrapped(row: Head | Item | Note, size: float, width: float) -> list[str]:
    if isinstance(row, Head):
        return wrap(row.text, size, width, BOLD)
    if isinstance(row, Note):
        return wrap(row.text, size * 0.92, width)
    return wrap(row.text, size, _name_width(row, size, width))


def _is_breaking(row: Row, size: float, width: float) -> bool:
    """Say whether a word of a row would be broken inside."""
    if isinstance(row, Run):
        return any(
            is_breaking(item.text, size, width - (_INDENT * size if item.sample else 0)) for item in row.items
        )
    if isinstance(row, Item):
        return is_breaking(row.text, size, _name_width(row, size, width))
    if isinstance(row, Head):
        return is_breaking(row.text, size, width, BOLD)
    return is_breaking(row.text, size * 0.92, width)


def _name_width(row: Item, size: float, width: float) -> float:
    count = width_of(row.count, size) + size * 0.8 if row.count else 0
    return width - (_INDENT * size if row.sample else 0) - count


def draw_legend(paper: Paper, setting: Setting, room: Box) -> float:
    """Draw a legend from the top of its room, and return where its longest column ends."""
    size, width = setting.size, setting.width
    lowest = room.top
    for number, column in enumerate(setting.columns):
        left = room.left + number * (width + _BETWEEN * size)
        top = room.top
        for rank, row in enumerate(column):
            tall = row_height(row, size, width, is_first=rank == 0)
            _draw_row(paper, row, Box(left, top - tall, left + width, top), size)
            top -= tall
        lowest = min(lowest, top)
    return lowest


def _draw_row(paper: Paper, row: Row, room: Box, size: float) -> None:
    if isinstance(row, Run):
        draw_run(paper, row, room, size)
        return
    face: Face = BOLD if isinstance(row, Head) else REGULAR
    letters = size * 0.92 if isinstance(row, Note) else size
    colour = MUTED if isinstance(row, Note) else row.colour
    lines = _wrapped(row, size, room.width)
    indent = _INDENT * size if isinstance(row, Item) and row.sample else 0
    block = len(lines) * letters * LINE
    tall = row.tall(size) if isinstance(row, Item) else 0
    base = room.bottom + max(0, (tall - block) / 2) + block
    middle = base - letters * LINE / 2 if tall <= block else room.bottom + tall / 2
    for number, line in enumerate(lines):
        y = base - (number + 1) * letters * LINE + letters * (LINE - 0.97)
        paper.text(room.left + indent, y, line, letters, face=face, colour=colour)
    if isinstance(row, Item) and row.count:  # after the whole name, for those who copy the text
        y = base - letters * LINE + letters * (LINE - 0.97)
        paper.text(room.right, y, row.count, size, colour=MUTED, align="right")
    if isinstance(row, Item) and row.sample:
        half = row.tall(size) / 2
        row.sample(paper, Box(room.left, middle - half, room.left + SAMPLE * size, middle + half))


def too_small(size: str) -> CrowdedError:
    """Return the error of a legend that fits no way."""
    return CrowdedError("figure-crowded", size=size)
