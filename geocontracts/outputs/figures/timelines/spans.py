"""What is known of the time of each contract, from the payload: nothing is drawn here, nothing guessed.

Times are years with a fraction: 2018.0 is the first instant of 2018.
"""

from __future__ import annotations

import calendar
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from geocontracts.outputs.figures.presence import is_here, is_unplaced
from geocontracts.records.dates import PartialDate

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from geocontracts.webmap.contract import Entry, Payload


class Reach(NamedTuple):
    """A date as precise as the source: it lies somewhere from `first` to `last` (years)."""

    first: float
    last: float


@dataclass(frozen=True)
class Bar:
    """One contract with a date at least.

    `begins` is the start or, failing that, the signature; None is unknown. `is_planned` says that
    it was only planned or announced. `is_slip` says that its end lies before its beginning, and is
    therefore not used.
    """

    record: int
    begins: Reach | None
    ends: Reach | None
    signed: Reach | None
    is_planned: bool
    is_slip: bool = False

    @property
    def certain(self) -> Reach | None:
        """Return the time for which it surely ran, as far as a beginning and an end are known."""
        if self.begins is None or self.ends is None or self.begins.last >= self.ends.first:
            return None
        return Reach(self.begins.last, self.ends.first)

    @property
    def known(self) -> Reach:
        """Return the time from the first to the last date that may be meant."""
        dates = [each for each in (self.begins, self.ends, self.signed) if each]
        return Reach(min(each.first for each in dates), max(each.last for each in dates))


class Undated(NamedTuple):
    """The contracts of a programme that have no date at all; `is_planned` as for a bar."""

    programme: int
    is_planned: bool
    records: tuple[int, ...]


@dataclass(frozen=True)
class Group:
    """The contracts of one family, by programme and then by time."""

    family: int
    bars: tuple[Bar, ...]
    undated: tuple[Undated, ...]

    @property
    def contracts(self) -> int:
        """Return how many contracts the family has here."""
        return len(self.bars) + sum(len(each.records) for each in self.undated)


def reach(text: str | None) -> Reach | None:
    """Return the time that an ISO date may mean: a year, a month or a day."""
    if text is None:
        return None
    when = PartialDate(text)
    return Reach(_years(when.first()), _years(when.last(), whole=1))


def _years(day: date, whole: int = 0) -> float:
    """Return the instant at which a day begins, or ends when `whole` is 1."""
    length = 366 if calendar.isleap(day.year) else 365
    return day.year + (day.timetuple().tm_yday - 1 + whole) / length


def bar_of(record: int, entry: Entry) -> Bar | None:
    """Return the bar of a contract, or None when no date of it is known."""
    signed, starts, ends = reach(entry["signed"]), reach(entry["starts"]), reach(entry["ends"])
    if not (signed or starts or ends):
        return None
    begins = starts or signed
    is_slip = begins is not None and ends is not None and ends.last <= begins.first
    planned = entry["status"] in ("planned", "announced")
    return Bar(record, begins, None if is_slip else ends, signed, planned, is_slip)


def groups_of(payload: Payload, records: Iterable[int]) -> list[Group]:
    """Return these contracts by family, in the order of the page."""
    bars: dict[int, list[Bar]] = {}
    undated: dict[int, dict[tuple[int, bool], list[int]]] = {}
    for record in records:
        entry = payload["records"][record]
        family = payload["programmes"][entry["programme"]]["family"]
        bar = bar_of(record, entry)
        if bar:
            bars.setdefault(family, []).append(bar)
        else:
            planned = entry["status"] in ("planned", "announced")
            own = undated.setdefault(family, {})
            own.setdefault((entry["programme"], planned), []).append(record)
    return [
        Group(
            family,
            tuple(sorted(bars.get(family, ()), key=lambda bar: _order(payload, bar))),
            tuple(Undated(*key, tuple(own)) for key, own in sorted(undated.get(family, {}).items())),
        )
        for family in sorted(bars.keys() | undated.keys())
    ]


def _order(payload: Payload, bar: Bar) -> tuple[int, float, float, int]:
    return (payload["records"][bar.record]["programme"], *bar.known, bar.record)


def contracts_in(payload: Payload, programmes: Iterable[int]) -> tuple[list[int], int]:
    """Return the contracts of these programmes that concern the area, and how many are left aside.

    One that lies elsewhere is none of the area's, and not counted. One whose place is not known is
    left aside, and counted, unless the area is a region or the country, which the register is about.
    """
    wanted = set(programmes)
    shown, aside = [], 0
    for record, entry in enumerate(payload["records"]):
        if entry["kind"] != "contract" or entry["programme"] not in wanted:
            continue
        if is_here(entry, payload):
            shown.append(record)
        else:
            aside += is_unplaced(entry)
    return shown, aside


class Dated(NamedTuple):
    """A publication date to show on the axis, and how many of the records come from that source.

    `of` is 0 for the date of the whole edition.
    """

    text: str
    when: Reach
    records: int
    of: int


def published(payload: Payload, records: list[int]) -> Dated | None:
    """Return the date of the edition or, where one source has none, of the one most records come from."""
    edition = reach(payload["edition"] or None)
    if edition:
        return Dated(payload["edition"], edition, len(records), 0)
    used = Counter(payload["records"][record]["source"] for record in records)
    dated = {
        rank: count for rank, count in used.items() if rank >= 0 and payload["sources"][rank]["published"]
    }
    if not dated:
        return None
    rank = max(dated, key=lambda each: (dated[each], -each))
    text = payload["sources"][rank]["published"]
    when = reach(text)
    return Dated(text, when, dated[rank], len(records)) if when else None
