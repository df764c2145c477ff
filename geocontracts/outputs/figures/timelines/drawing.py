"""One panel of a timeline on the paper: its years, its rows."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from geocontracts.outputs.figures.box import Box
from geocontracts.outputs.figures.colours import INK, MUTED, RULE
from geocontracts.outputs.figures.letters import BOLD, ITALIC, width_of
from geocontracts.outputs.figures.timelines.marks import bar, sample, tinted
from geocontracts.outputs.figures.timelines.rows import LEADING, SWATCH, THIN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geocontracts.outputs.figures.paper import Paper
    from geocontracts.outputs.figures.timelines.rows import Measure, Row
    from geocontracts.outputs.figures.timelines.spans import Reach
    from geocontracts.webmap.contract import Payload

_BAND, _EDITION = "#f4f2ee", "#26221c"
_THICKEST = 8.5  # points


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


def draw_panel(
    paper: Paper,
    box: Box,
    rows: Sequence[Row],
    payload: Payload,
    sizes: Measure,
    axis: Axis,
    published: tuple[Reach, str] | None,
) -> float:
    """Draw the years on top of a panel, and its rows under them, pulled apart to fill it; return their end."""
    size = sizes.size
    top = box.top - size * 1.5
    air = max(0.0, min(0.75 * size, (top - box.bottom - sum(row.height for row in rows)) / max(1, len(rows))))
    end = top - sum(row.height + air for row in rows)
    if any(row.bars for row in rows):
        _years(paper, axis, Box(box.left, end, box.right, top), size)
        if published:
            _published(paper, axis, published, Box(box.left, end, box.right, top), size)
    for row in rows:
        place = Box(box.left, top - row.height - air, box.left + sizes.width, top)
        if row.kind == "head":
            _head(paper, place, row, payload, size)
        elif row.kind == "undated":
            _undated(paper, place, row, payload, size)
        else:
            _labelled(paper, place, row, sizes)
            draw = _bars if row.kind == "bars" else _counts
            draw(paper, place, row, payload, sizes, axis)
        top = place.bottom
    return end


def _years(paper: Paper, axis: Axis, box: Box, size: float) -> None:
    """Shade every other year, and write as many years as there is room for."""
    years = range(axis.first, axis.last)
    width = axis.at(axis.first + 1) - axis.at(axis.first)
    wanted = width_of("2000", size) + size * 0.6
    step = next(step for step in (1, 2, 5, 10, 20, 50, 1000) if step * width >= wanted)
    for year in years:
        if year % (2 * step) < step:
            paper.rectangle(Box(axis.at(year), box.bottom, axis.at(year + 1), box.top), fill=_BAND)
    for year in years:
        if year % step == 0:
            middle = axis.at(year + 0.5) if step == 1 else axis.at(year)
            align = "center" if step == 1 else "left"
            paper.text(middle, box.top + size * 0.4, str(year), size, colour=MUTED, align=align)  # type: ignore[arg-type]
    paper.line([(axis.left, box.top), (axis.right, box.top)], RULE, 0.5)


def _published(paper: Paper, axis: Axis, published: tuple[Reach, str], box: Box, size: float) -> None:
    """Draw when the register was published: a thin line at its last possible day."""
    x = axis.at(published[0].last)
    paper.line([(x, box.bottom), (x, box.top + size * 0.3)], _EDITION, 0.6, dash=(3, 2))


def _head(paper: Paper, box: Box, row: Row, payload: Payload, size: float) -> None:
    colour = payload["families"][row.family]["light"]
    base = box.bottom + size * 0.42
    for number, line in enumerate(reversed(row.lines)):
        paper.text(box.left, base + number * LEADING * size, line, size, face=BOLD, colour=colour)
    paper.line([(box.left, box.bottom + size * 0.08), (box.right, box.bottom + size * 0.08)], colour, 0.7)


def _labelled(paper: Paper, box: Box, row: Row, sizes: Measure) -> None:
    size, middle = sizes.size, (box.bottom + box.top) / 2
    base = middle + (len(row.lines) - 1) * LEADING * size / 2 - size * 0.24
    for number, line in enumerate(row.lines):
        paper.text(box.left, base - number * LEADING * size, line, size, colour=INK)
    if row.dates and sizes.dates:
        x = box.left + sizes.label + sizes.gap
        paper.text(x, middle - size * 0.24, row.dates, size * 0.92, colour=MUTED)
    paper.line([(box.left, box.bottom), (box.right, box.bottom)], "#e6e1d8", 0.3)


def _counts(paper: Paper, box: Box, row: Row, payload: Payload, sizes: Measure, axis: Axis) -> None:
    """Write in each year how many contracts begin, on a tint that grows with it."""
    size, middle = sizes.size, (box.bottom + box.top) / 2
    colour = payload["families"][row.family]["light"]
    begun = Counter(int(each.begins.first) for each in row.bars if each.begins)
    for year, count in sorted(begun.items()):
        cell = Box(axis.at(year) + 0.3, box.bottom + 0.6, axis.at(year + 1) - 0.3, box.top - 0.6)
        share = count / max(begun.values())
        tinted(paper, cell, colour, 0.08 + 0.3 * share)
        text, x = str(count), (cell.left + cell.right) / 2
        if width_of(text, size) <= cell.width + 2:
            paper.text(x, middle - size * 0.24, text, size, colour=INK, align="center")


def _bars(paper: Paper, box: Box, row: Row, payload: Payload, sizes: Measure, axis: Axis) -> None:
    size, middle = sizes.size, (box.bottom + box.top) / 2
    colour = payload["families"][row.family]["light"]
    height = min(_THICKEST, box.height - size * 0.35)
    pitch = max(THIN, (box.height - size * 0.3) / len(row.bars)) if len(row.bars) > 1 else 0
    if pitch:
        height = min(pitch * 0.78, _THICKEST)
    for number, each in enumerate(row.bars):
        centre = middle + ((len(row.bars) - 1) / 2 - number) * pitch
        hatch = payload["programmes"][payload["records"][each.record]["programme"]]["hatch"]
        band = Box(axis.left, centre - height / 2, axis.right, centre + height / 2)
        bar(paper, each, band, axis.at, colour, hatch)


def _undated(paper: Paper, box: Box, row: Row, payload: Payload, size: float) -> None:
    pitch = LEADING * 1.06 * size
    lines = max(chip.row + len(chip.lines) for chip in row.chips)
    base = (box.bottom + box.top) / 2 + (lines - 1) * pitch / 2 - size * 0.24
    # The shading of the years ends where nothing has a year.
    paper.rectangle(Box(box.left, box.bottom - 0.4, box.right, box.top - 0.2), fill="#ffffff")
    paper.text(box.left, base, row.lines[0], size, face=ITALIC, colour=MUTED)
    for chip in row.chips:
        programme = payload["programmes"][chip.undated.programme]
        colour = payload["families"][programme["family"]]["light"]
        left, y = box.left + chip.x, base - chip.row * pitch
        box_of = Box(left, y - size * 0.08, left + SWATCH * size, y + size * 0.66)
        sample(paper, box_of, colour, programme["hatch"], is_planned=chip.undated.is_planned)
        for number, line in enumerate(chip.lines):
            paper.text(left + (SWATCH + 0.4) * size, y - number * pitch, line, size, colour=INK)
