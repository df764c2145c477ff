"""A crossing on the paper: totals, matrix, bars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.outputs.figures.box import Box
from geocontracts.outputs.figures.colours import INK, MUTED, RULE
from geocontracts.outputs.figures.crossings.layout import LEADING, name_lines, people_text
from geocontracts.outputs.figures.hatchedboxes import sample
from geocontracts.outputs.figures.letters import BOLD, ITALIC
from geocontracts.words import number

if TYPE_CHECKING:
    from geocontracts.outputs.figures.crossings.combinations import Cover, Crossing
    from geocontracts.outputs.figures.crossings.layout import Layout
    from geocontracts.outputs.figures.paper import Paper
    from geocontracts.webmap.contract import Payload

_BAND, _EMPTY, _BAR = "#f4f2ee", "#ddd8ce", "#6b645a"
_DOT = 0.34  # the radius, of the smaller of row and column


class Drawing:
    """Draws one crossing in a box."""

    def __init__(self, paper: Paper, box: Box, payload: Payload, crossing: Crossing, layout: Layout) -> None:
        """Keep what is drawn, and where."""
        self._paper, self.box, self._payload = paper, box, payload
        self._crossing, self._layout, self._lang = crossing, layout, payload["lang"]
        self._left = box.left + layout.left
        self._right = self._left + layout.column * layout.columns
        self._top = box.bottom + layout.row * len(crossing.covers)  # of the matrix
        self._shown = crossing.combinations[: layout.columns]

    def draw(self, communes: str, people: str) -> None:
        """Draw everything; `communes` and `people` say what the numbers over the matrix are."""
        self._rows()
        self._matrix()
        self._bars()
        size, base = self._layout.size, self._top + self._layout.row * 0.34
        x = self._left - size * 0.8
        self._paper.text(x, base, people, size * 0.86, face=ITALIC, colour=MUTED, align="right")
        self._paper.text(
            x, self._top + self._layout.row + size * 0.1, communes, size, face=BOLD, align="right"
        )

    @property
    def corner(self) -> Box:
        """Return the free room over the names, beside the bars."""
        bottom = self._top + self._layout.row + self._layout.size * 1.6
        return Box(self.box.left, bottom, self._left - self._layout.size * 2, self.box.top)

    def _rows(self) -> None:
        layout, paper = self._layout, self._paper
        largest = max(len(cover.communes) for cover in self._crossing.covers)
        for rank, cover in enumerate(self._crossing.covers):
            top = self._top - rank * layout.row
            if rank % 2 == 0:
                paper.rectangle(Box(self.box.left, top - layout.row, self._right, top), fill=_BAND)
            self._row(cover, top - layout.row / 2, largest)

    def _row(self, cover: Cover, middle: float, largest: int) -> None:
        """Draw the name of a programme and how many communes it covers in all."""
        layout, paper, size = self._layout, self._paper, self._layout.size
        programme = self._payload["programmes"][cover.programme]
        colour = self._payload["families"][programme["family"]]["light"]
        lines = name_lines(programme["short"], layout)
        base = middle + (len(lines) - 1) * LEADING * size / 2 - size * 0.24
        for number_of, line in enumerate(lines):
            paper.text(self.box.left + 1, base - number_of * LEADING * size, line, size, colour=colour)
        left = self.box.left + layout.names + 0.8 * size
        text = number(len(cover.communes), self._lang)
        paper.text(left + layout.numbers, middle - size * 0.24, text, size, colour=INK, align="right")
        left += layout.numbers + 0.5 * size
        width = max(0.8, layout.totals * len(cover.communes) / largest)
        height = min(size * 0.8, layout.row * 0.6)
        bar = Box(left, middle - height / 2, left + width, middle + height / 2)
        sample(paper, bar, colour, programme["hatch"])

    def _matrix(self) -> None:
        layout, paper = self._layout, self._paper
        radius = min(layout.row, layout.column, layout.size * 1.6) * _DOT
        order = [cover.programme for cover in self._crossing.covers]
        for column, combination in enumerate(self._shown):
            x = self._left + (column + 0.5) * layout.column
            heights = [self._top - (rank + 0.5) * layout.row for rank in range(len(order))]
            inside = [heights[order.index(programme)] for programme in combination.programmes]
            for y in heights:
                paper.circle(x, y, radius * 0.62, fill=_EMPTY)
            if len(inside) > 1:
                paper.line([(x, max(inside)), (x, min(inside))], _BAR, radius * 0.6)
            for programme, y in zip(combination.programmes, inside, strict=True):
                family = self._payload["programmes"][programme]["family"]
                paper.circle(x, y, radius, fill=self._payload["families"][family]["light"])

    def _bars(self) -> None:
        layout, paper, size = self._layout, self._paper, self._layout.size
        bottom = self._top + layout.row
        room = self.box.top - bottom - size * 1.3
        largest = max(combination.communes for combination in self._shown)
        for column, combination in enumerate(self._shown):
            x = self._left + (column + 0.5) * layout.column
            height = max(0.4, room * combination.communes / largest)
            half = min(layout.column * 0.34, size * 1.6)
            paper.rectangle(Box(x - half, bottom, x + half, bottom + height), fill=_BAR)
            text = number(combination.communes, self._lang)
            paper.text(x, bottom + height + size * 0.3, text, size, face=BOLD, align="center")
            told = people_text(combination.people, self._lang)
            base = self._top + layout.row * 0.34
            paper.text(x, base, told, size * 0.86, colour=MUTED, align="center")
        paper.line([(self._left, bottom), (self._right, bottom)], RULE, 0.5)
