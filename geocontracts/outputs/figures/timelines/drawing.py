"""One panel of a timeline on the paper: its years, its rows."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from geocontracts.outputs.figures.box import Box
from geocontracts.outputs.figures.colours import INK, MUTED, RULE
from geocontracts.outputs.figures.hatchedboxes import sample, tinted
from geocontracts.outputs.figures.letters import BOLD, ITALIC, width_of
from geocontracts.outputs.figures.paper import WHITE
from geocontracts.outputs.figures.timelines.marks import Look, draw_bar
from geocontracts.outputs.figures.timelines.rows import CHIPS, DATES, LEADING, SWATCH, THIN, YEARS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geocontracts.outputs.figures.paper import Align, Paper
    from geocontracts.outputs.figures.timelines.rows import Measure, Row
    from geocontracts.outputs.figures.timelines.spans import Reach
    from geocontracts.webmap.contract import Payload

_BAND, _HAIR = "#f4f2ee", "#e6e1d8"
_THICKEST = 8.5  # points
_MOST_AIR = 0.75  # between rows that are pulled apart, in sizes of the letters
_STEPS = (1, 2, 5, 10, 20, 50, 100, 1000)  # years


class Axis(NamedTuple):
    """The years that are shown, from the beginning of `first` to the beginning of `last`."""

    first: int
    last: int
    left: float
    right: float

    def at(self, year: float) -> float:
        """Return where an instant stands on the paper."""
        share = (year - self.first) / (self.last - self.first)
        return self.left + min(1.0, max(0.0, share)) * (self.right - self.left)


class Panel:
    """Draws the rows of one panel along its years."""

    def __init__(self, paper: Paper, payload: Payload, sizes: Measure, axis: Axis) -> None:
        """Keep what is drawn on, and with which sizes."""
        self._paper, self._payload, self._sizes, self._axis = paper, payload, sizes, axis
        self._size = sizes.size

    def draw(self, box: Box, rows: Sequence[Row], published: Reach | None) -> float:
        """Draw the years on top of a box and the rows under them; return where they end.

        Rows are pulled apart to fill the box, but not endlessly. `published` is the time of a thin line.
        """
        top = box.top - self._size * YEARS
        free = top - box.bottom - sum(row.height for row in rows)
        air = max(0.0, min(_MOST_AIR * self._size, free / max(1, len(rows))))
        end = top - sum(row.height + air for row in rows)
        if any(row.bars for row in rows):
            self._years(Box(box.left, end, box.right, top))
            if published:
                x = self._axis.at(published.last)
                self._paper.line([(x, end), (x, top + self._size * 0.3)], INK, 0.6, dash=(3, 2))
        for row in rows:
            place = Box(box.left, top - row.height - air, box.left + self._sizes.width, top)
            {"head": self._head, "undated": self._undated, "bars": self._bars, "counts": self._counts}[
                row.kind
            ](place, row)
            top = place.bottom
        return end

    def _years(self, box: Box) -> None:
        """Shade every other year, and write as many years as there is room for."""
        axis, paper, size = self._axis, self._paper, self._size
        width = axis.at(axis.first + 1) - axis.at(axis.first)
        wanted = width_of("2000", size) + size * 0.6
        step = next((step for step in _STEPS if step * width >= wanted), _STEPS[-1])
        for year in range(axis.first // step * step, axis.last, step):
            first, last = axis.at(year), axis.at(year + step)
            if year // step % 2 == 0:
                paper.rectangle(Box(first, box.bottom, last, box.top), fill=_BAND)
            if axis.first <= year and (step == 1 or year + step <= axis.last + step / 2):
                x = (first + last) / 2 if step == 1 else first
                align: Align = "center" if step == 1 else "left"
                paper.text(x, box.top + size * 0.4, str(year), size, colour=MUTED, align=align)
        paper.line([(axis.left, box.top), (axis.right, box.top)], RULE, 0.5)

    def _colour(self, family: int) -> str:
        return self._payload["families"][family]["light"]

    def _head(self, box: Box, row: Row) -> None:
        colour, size = self._colour(row.family), self._size
        base = box.bottom + size * 0.42
        for number, line in enumerate(reversed(row.lines)):
            self._paper.text(box.left, base + number * LEADING * size, line, size, face=BOLD, colour=colour)
        rule = box.bottom + size * 0.08
        self._paper.line([(box.left, rule), (box.right, rule)], colour, 0.7)

    def _labelled(self, box: Box, row: Row) -> None:
        paper, sizes, size, middle = self._paper, self._sizes, self._size, (box.bottom + box.top) / 2
        base = middle + (len(row.lines) - 1) * LEADING * size / 2 - size * 0.24
        for number, line in enumerate(row.lines):
            paper.text(box.left, base - number * LEADING * size, line, size, colour=INK)
        if row.dates and sizes.dates:
            x = box.left + sizes.label + sizes.gap
            paper.text(x, middle - size * 0.24, row.dates, size * DATES, colour=MUTED)
        paper.line([(box.left, box.bottom), (box.right, box.bottom)], _HAIR, 0.3)

    def _bars(self, box: Box, row: Row) -> None:
        self._labelled(box, row)
        axis, middle, many = self._axis, (box.bottom + box.top) / 2, len(row.bars)
        pitch = max(THIN, (box.height - self._size * 0.3) / many)
        height = min(_THICKEST, box.height - self._size * 0.35 if many == 1 else pitch * 0.78)
        for number, each in enumerate(row.bars):
            centre = middle + ((many - 1) / 2 - number) * pitch
            programme = self._payload["records"][each.record]["programme"]
            look = Look(self._colour(row.family), self._payload["programmes"][programme]["hatch"])
            band = Box(axis.left, centre - height / 2, axis.right, centre + height / 2)
            draw_bar(self._paper, each, band, axis.at, look)

    def _counts(self, box: Box, row: Row) -> None:
        """Write in each year, or as many years as the numbers need, how many contracts begin."""
        self._labelled(box, row)
        axis, size, middle = self._axis, self._size, (box.bottom + box.top) / 2
        years = [int(each.begins.first) for each in row.bars if each.begins]
        for step in _STEPS:
            begun = Counter(year // step * step for year in years)
            width = min((axis.at(year + step) - axis.at(year) for year in begun), default=0)
            if all(width_of(str(count), size) <= width for count in begun.values()):
                break
        for year, count in sorted(begun.items()):
            cell = Box(axis.at(year) + 0.3, box.bottom + 0.6, axis.at(year + step) - 0.3, box.top - 0.6)
            tinted(self._paper, cell, self._colour(row.family), 0.08 + 0.3 * count / max(begun.values()))
            x = (cell.left + cell.right) / 2
            self._paper.text(x, middle - size * 0.24, str(count), size, colour=INK, align="center")

    def _undated(self, box: Box, row: Row) -> None:
        paper, size = self._paper, self._size
        pitch = CHIPS * size
        lines = max(chip.row + len(chip.lines) for chip in row.chips)
        base = (box.bottom + box.top) / 2 + (lines - 1) * pitch / 2 - size * 0.24
        # The shading of the years ends where nothing has a year.
        paper.rectangle(Box(box.left, box.bottom - 0.4, box.right, box.top - 0.2), fill=WHITE)
        paper.text(box.left, base, row.lines[0], size, face=ITALIC, colour=MUTED)
        for chip in row.chips:
            programme = self._payload["programmes"][chip.undated.programme]
            left, y = box.left + chip.x, base - chip.row * pitch
            place = Box(left, y - size * 0.08, left + SWATCH * size, y + size * 0.66)
            colour = self._colour(programme["family"])
            sample(paper, place, colour, programme["hatch"], is_planned=chip.undated.is_planned)
            for number, line in enumerate(chip.lines):
                paper.text(left + (SWATCH + 0.4) * size, y - number * pitch, line, size, colour=INK)
