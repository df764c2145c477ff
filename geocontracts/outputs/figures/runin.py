"""Items of a legend one after the other in a line, for papers that have no room for a line each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geocontracts.outputs.figures.box import Box
from geocontracts.outputs.figures.colours import MUTED
from geocontracts.outputs.figures.letters import LINE, width_of, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geocontracts.outputs.figures.legend import Item, Row
    from geocontracts.outputs.figures.paper import Paper

_SAMPLE, _GAP, _BETWEEN = 2.2, 0.35, 0.9  # in sizes of the letters
_LEADING = LINE * 1.04


@dataclass(frozen=True)
class Run:
    """Items that follow each other in lines."""

    items: tuple[Item, ...]


@dataclass(frozen=True)
class _Piece:
    item: Item
    left: float
    line: int
    texts: list[str]


def _pieces(run: Run, size: float, width: float) -> tuple[list[_Piece], int]:
    """Return where each item begins, its lines of text, and how many lines there are."""
    pieces: list[_Piece] = []
    left, line = 0.0, 0
    for item in run.items:
        indent = (_SAMPLE + _GAP) * size if item.sample else 0
        text = _said(item)
        own = indent + width_of(text, size)
        if left > 0 and left + own > width:
            left, line = 0.0, line + 1
        texts = wrap(text, size, width - indent)
        pieces.append(_Piece(item, left, line, texts))
        left += own + _BETWEEN * size
        if len(texts) > 1:
            left, line = 0.0, line + len(texts)
    return pieces, line + (1 if left > 0 else 0)


def _said(item: Item) -> str:
    return f"{item.text}\u00a0: {item.count}" if item.count else item.text


def run_height(run: Run, size: float, width: float) -> float:
    """Return the height of a run in points."""
    return _pieces(run, size, width)[1] * size * _LEADING


def draw_run(paper: Paper, run: Run, room: Box, size: float) -> None:
    """Draw the items in their room, from its top."""
    for piece in _pieces(run, size, room.width)[0]:
        left = room.left + piece.left
        top = room.top - piece.line * size * _LEADING
        indent = (_SAMPLE + _GAP) * size if piece.item.sample else 0
        if piece.item.sample:
            middle = top - size * _LEADING / 2
            sample = Box(left, middle - size / 2, left + _SAMPLE * size, middle + size / 2)
            piece.item.sample(paper, sample)
        for number, text in enumerate(piece.texts):
            y = top - (number + 1) * size * _LEADING + size * (_LEADING - 0.95)
            paper.text(left + indent, y, text, size, colour=piece.item.colour or MUTED)


def run_in(rows: Sequence[Row], item: type[Item]) -> list[Row]:
    """Return rows with items that follow each other made one run; tall samples stay as they are."""
    joined: list[Row] = []
    for row in rows:
        if not isinstance(row, item) or row.height > 1.5:  # noqa: PLR2004
            joined.append(row)
        elif joined and isinstance(last := joined[-1], Run):
            joined[-1] = Run((*last.items, row))
        else:
            joined.append(Run((row,)))
    return joined
