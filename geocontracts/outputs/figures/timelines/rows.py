"""The rows of a timeline and the room that each takes, before anything is drawn; lengths in points."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from geocontracts.outputs.figures.letters import BOLD, ITALIC, width_of, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geocontracts.outputs.figures.timelines.spans import Bar, Group, Undated
    from geocontracts.webmap.contract import Payload
    from geocontracts.words import Lang

RowKind: TypeAlias = Literal["head", "bars", "counts", "undated"]

LEADING = 1.14
"""From one line of a label to the next, in sizes of its letters."""
SWATCH = 1.9
"""The width of the sample before a count, in sizes of the letters."""
CHIPS = 1.2
"""From one line to the next of what has no date, in sizes of its letters."""
DATES = 0.92
"""The letters of the dates, in sizes of those of the labels."""
YEARS = 1.5
"""The height of the years above a panel, in sizes of the letters."""
THIN = 2.6
"""From one bar to the next where a row has several, at least."""
MOST_BARS, FEW_BARS = 12, 3
"""In a row, before contracts are counted by year: where there is enough room, and where there is not."""
AIR, NO_AIR = 0.42, 0.1
"""The room between rows, in sizes of the letters: where there is enough, and where there is not."""
_HEAD = 1.75  # the height of a family's heading, in sizes of the letters
_LABEL_SHARE = 0.4  # of the width, at most
_NAME = 23.0  # a column of titles, in sizes of the letters


@dataclass(frozen=True)
class Chip:
    """A count of contracts without a date: its sample, and its text in lines at `x`, on line `row`."""

    undated: Undated
    lines: tuple[str, ...]
    x: float
    row: int


@dataclass(frozen=True)
class Row:
    """A heading, the bars of a contract or of a programme, how many begin each year, or what has no date."""

    kind: RowKind
    family: int
    height: float
    lines: tuple[str, ...] = ()
    bars: tuple[Bar, ...] = ()
    dates: str = ""
    chips: tuple[Chip, ...] = ()


@dataclass(frozen=True)
class Measure:
    """The sizes that rows are measured with: of the letters, and of the columns of a panel."""

    size: float
    width: float
    label: float
    dates: float = 0
    air: float = AIR

    @property
    def gap(self) -> float:
        """Return the room between two columns."""
        return self.size

    @property
    def time(self) -> float:
        """Return the width that is left for the bars."""
        return self.width - self.label - self.dates - self.gap * (2 if self.dates else 1)


@dataclass(frozen=True)
class Wording:
    """What a timeline says beside the register's own words."""

    payload: Payload
    undated: str
    is_named: bool = False  # whether each contract without a date is named, or only counted
    counts: dict[int, str] = field(default_factory=dict)  # family -> "5 contrats"


def measure(labels: Sequence[str], dates: Sequence[str], size: float, width: float) -> Measure:
    """Return the columns of a panel: labels as wide as they are, up to a share; dates where there is room."""
    widest = max((width_of(text, size) for text in labels), default=0)
    told = max((width_of(text, size * DATES) for text in dates), default=0) + 1
    room = told if told < width * 0.13 else 0
    return Measure(size, width, min(widest + 1, width * _LABEL_SHARE), room)


def contract_rows(groups: Sequence[Group], wording: Wording, sizes: Measure) -> list[Row]:
    """Return a row a contract under the heading of its family, and one for those without a date."""
    return [row for group in groups for row in _of_group(group, wording, sizes)]


def _of_group(group: Group, wording: Wording, sizes: Measure) -> Iterator[Row]:
    yield heading(group, wording, sizes)
    for bar in group.bars:
        entry = wording.payload["records"][bar.record]
        lines = tuple(wrap(entry["title"], sizes.size, sizes.label))
        height = (len(lines) * LEADING + sizes.air) * sizes.size
        dates = date_text(bar, wording)
        yield Row("bars", group.family, height, lines, (bar,), dates)
    if group.undated:
        make = _named_row if wording.is_named else undated_row
        yield make(group.family, group.undated, wording, sizes)


def programme_rows(
    groups: Sequence[Group], wording: Wording, sizes: Measure, most: int = MOST_BARS
) -> list[Row]:
    """Return a row a programme with a thin bar for each of its contracts, then all without a date at once.

    The contracts of a programme that has more than `most` with a date are counted by year.
    """
    rows = []
    for group in groups:
        programmes: dict[int, list[Bar]] = {}
        for bar in group.bars:
            programmes.setdefault(wording.payload["records"][bar.record]["programme"], []).append(bar)
        for programme, bars in programmes.items():
            name = wording.payload["programmes"][programme]["short"]
            lines = tuple(wrap(name, sizes.size, sizes.label))
            is_counted = len(bars) > most
            least = LEADING * sizes.size if is_counted else len(bars) * THIN
            height = max(len(lines) * LEADING * sizes.size, least) + sizes.air * sizes.size
            rows.append(Row("counts" if is_counted else "bars", group.family, height, lines, tuple(bars)))
    undated = [each for group in groups for each in group.undated]
    if undated:
        rows.append(undated_row(-1, undated, wording, sizes))
    return rows


def heading(group: Group, wording: Wording, sizes: Measure) -> Row:
    """Return the heading of a family, with how many contracts it has."""
    label = wording.payload["families"][group.family]["label"]
    lines = wrap(f"{label} · {wording.counts[group.family]}", sizes.size, sizes.width, BOLD)
    return Row("head", group.family, (_HEAD + (len(lines) - 1) * LEADING) * sizes.size, tuple(lines))


def undated_row(family: int, undated: Sequence[Undated], wording: Wording, sizes: Measure) -> Row:
    """Return the row of what has no date: samples and counts that flow over as many lines as they need."""
    size = sizes.size
    lead = f"{wording.undated}\u00a0"
    x, line = width_of(lead, size, ITALIC) + size * 0.4, 0
    chips = []
    for each in undated:
        name = wording.payload["programmes"][each.programme]["short"]
        text = f"{len(each.records)}\u00a0{name}"
        taken = size * (SWATCH + 0.4)
        if x and x + taken + width_of(text, size) > sizes.width:
            x, line = 0.0, line + 1
        pieces = wrap(text, size, sizes.width - taken)
        chips.append(Chip(each, tuple(pieces), x, line))
        x += taken + max(width_of(piece, size) for piece in pieces) + size * 1.3
        line += len(pieces) - 1
    height = ((line + 1) * CHIPS + sizes.air) * size
    return Row("undated", family, height, (lead,), chips=tuple(chips))


def _named_row(family: int, undated: Sequence[Undated], wording: Wording, sizes: Measure) -> Row:
    """Return the row of what has no date, each contract by its title, in columns."""
    size = sizes.size
    columns = max(1, int(sizes.width / (_NAME * size)))
    pitch, taken = sizes.width / columns, size * (SWATCH + 0.4)
    named = [(each, record) for each in undated for record in each.records]
    chips: list[Chip] = []
    line = 1  # the first one is for the words that say what this is
    for start in range(0, len(named), columns):
        pieces = [
            wrap(wording.payload["records"][record]["title"], size, pitch - taken - size)
            for _, record in named[start : start + columns]
        ]
        for column, ((each, record), lines) in enumerate(zip(named[start:], pieces, strict=False)):
            one = each._replace(records=(record,))
            chips.append(Chip(one, tuple(lines), column * pitch, line))
        line += max(map(len, pieces))
    height = (line * CHIPS + sizes.air) * size
    return Row("undated", family, height, (wording.undated,), chips=tuple(chips))


def date_text(bar: Bar, wording: Wording) -> str:
    """Return the dates of a contract in few words: `2015 – 2020`, `2018 –`, `s. 16/03/2017`."""
    entry = wording.payload["records"][bar.record]
    starts, ends, signed = (
        _short(entry[name], wording.payload["lang"]) for name in ("starts", "ends", "signed")
    )
    end = "" if bar.is_slip else ends
    if starts or (end and not signed):
        return f"{starts or '?'} – {end}".strip()
    return f"s. {signed} – {end}" if end else f"s. {signed}"


def _short(iso: str | None, lang: Lang) -> str:
    """Return a date as the language writes it in figures."""
    parts = (iso or "").split("-")
    return "/".join(reversed(parts)) if lang == "fr" else "-".join(parts)
