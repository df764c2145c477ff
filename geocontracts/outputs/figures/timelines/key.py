"""What the signs of a timeline mean: those that it uses, in lines under it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from geocontracts.outputs.figures.box import Box
from geocontracts.outputs.figures.colours import INK, MUTED
from geocontracts.outputs.figures.hatchedboxes import sample
from geocontracts.outputs.figures.letters import width_of, wrap
from geocontracts.outputs.figures.timelines.marks import Look, draw_bar
from geocontracts.outputs.figures.timelines.spans import Bar, Reach

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geocontracts.outputs.figures.paper import Paper
    from geocontracts.outputs.figures.plate import Plate
    from geocontracts.outputs.figures.timelines.spans import Group

_SIGN = 2.6  # the width of a sign, in sizes of the letters
_LEADING = 1.45
_GREY = MUTED


class Item(NamedTuple):
    """A sign, by name, with what it means in lines; `x` and `row` say where it stands."""

    sign: str
    lines: tuple[str, ...]
    x: float
    row: int


def signs_of(groups: Sequence[Group], *, is_published: bool) -> list[str]:
    """Return the signs that these contracts use, in the order of the key."""
    bars = [each for group in groups for each in group.bars]
    planned = any(each.is_planned for each in bars)
    planned = planned or any(each.is_planned for group in groups for each in group.undated)
    dates = [date for each in bars for date in (each.begins, each.ends) if date]
    used = {
        "certain": any(each.certain for each in bars),
        "pale": any(date.last - date.first > 0.02 for date in dates),  # noqa: PLR2004  (years: a day or so)
        "open": any(each.ends is None for each in bars),
        "late": any(each.begins is None for each in bars),
        "signed": any(each.signed for each in bars),
        "planned": planned,
        "published": is_published and bool(bars),
    }
    return [sign for sign, is_used in used.items() if is_used]


def arrange(plate: Plate, signs: Iterable[str], size: float, width: float, date: str) -> list[Item]:
    """Return the items of the key, in as many lines as they need."""
    items: list[Item] = []
    x, row = 0.0, 0
    for sign in signs:
        text = plate.say(f"timeline-key-{sign}", date=date)
        taken = (_SIGN + 0.5) * size
        if x and x + taken + width_of(text, size) > width:
            x, row = 0.0, row + 1
        lines = wrap(text, size, width - taken)
        items.append(Item(sign, tuple(lines), x, row))
        x += taken + max(width_of(line, size) for line in lines) + 1.6 * size
        row += len(lines) - 1
    return items


def key_height(items: Sequence[Item], size: float) -> float:
    """Return the room that the key takes, in points."""
    return max((item.row + len(item.lines) for item in items), default=0) * size * _LEADING


def draw_key(paper: Paper, box: Box, items: Sequence[Item], size: float) -> None:
    """Draw the key from the top of a box down."""
    for item in items:
        base = box.top - (item.row + 1) * size * _LEADING + size * 0.45
        left = box.left + item.x
        sign = Box(left, base - size * 0.05, left + _SIGN * size, base + size * 0.68)
        _sign(paper, sign, item.sign)
        for number, line in enumerate(item.lines):
            y = base - number * size * _LEADING
            paper.text(left + (_SIGN + 0.5) * size, y, line, size, colour=INK)


def _sign(paper: Paper, box: Box, sign: str) -> None:
    """Draw a sign as the panel does, in grey: on an axis of one year as wide as the box."""
    middle = (box.left + box.right) / 2
    if sign == "published":
        paper.line([(middle, box.bottom - 1.5), (middle, box.top + 1.5)], INK, 0.6, dash=(3, 2))
        return
    if sign in ("certain", "planned"):
        sample(paper, box, _GREY, "none", is_planned=sign == "planned")
        return
    start, end, whole = Reach(0.0, 0.0), Reach(1.0, 1.0), Reach(0.0, 1.0)
    shown = {
        "pale": Bar(0, whole, whole, None, is_planned=False),
        "open": Bar(0, start, None, None, is_planned=False),
        "late": Bar(0, None, end, None, is_planned=False),
        "signed": Bar(0, start, None, Reach(0.1, 0.1), is_planned=False),
    }[sign]
    draw_bar(paper, shown, box, lambda year: box.left + year * box.width, Look(_GREY, "none"))
