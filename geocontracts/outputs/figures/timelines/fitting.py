"""How a timeline fits its room: all contracts named, or those with a date; two panels; a row a programme."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geocontracts.outputs.figures.timelines.rows import (
    AIR,
    FEW_BARS,
    LEADING,
    MOST_BARS,
    NO_AIR,
    YEARS,
    contract_rows,
    date_text,
    measure,
    programme_rows,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geocontracts.outputs.figures.timelines.rows import Measure, Row, Wording
    from geocontracts.outputs.figures.timelines.spans import Group

LEAST = 6.0
"""Points: smaller letters are not read on paper."""
_EASY = 7.0  # points: what has no date is named as long as letters need not be smaller than that
_STEP = 0.25
_NARROWEST = 330.0  # points: of one of two panels
_BETWEEN = 18.0


@dataclass(frozen=True)
class Plan:
    """Rows that fit, in panels beside each other (`between` points apart); `left_out` do not fit."""

    panels: tuple[tuple[Row, ...], ...]
    sizes: Measure
    is_by_programme: bool = False
    left_out: tuple[Row, ...] = ()
    between: float = _BETWEEN


def fit(groups: Sequence[Group], wording: Wording, width: float, height: float, largest: float) -> Plan:
    """Return the best plan for a room of so many points; `largest` are the letters to begin with."""
    for size, is_named in [
        *((size, True) for size in _sizes(largest) if size >= _EASY and _may_fit(groups, size, height)),
        *((size, False) for size in _sizes(largest) if _may_fit(groups, size, height)),
    ]:
        sizes = _contracts_measured(groups, wording, size, width)
        rows = contract_rows(groups, replace(wording, is_named=is_named), sizes)
        if _height(rows, size) <= height:
            return Plan((tuple(rows),), sizes)
    half = (width - _BETWEEN) / 2
    for size in _sizes(largest) if half >= _NARROWEST else ():
        if not _may_fit(groups, size, height * 2):
            continue
        sizes = _contracts_measured(groups, wording, size, half)
        rows = contract_rows(groups, wording, sizes)
        panels = _in_two(rows)
        if max(_height(panel, size) for panel in panels) <= height:
            return Plan(panels, sizes)
    return _by_programme(groups, wording, width, height, largest)


def _by_programme(
    groups: Sequence[Group], wording: Wording, width: float, height: float, largest: float
) -> Plan:
    payload = wording.payload
    used = {payload["records"][bar.record]["programme"] for group in groups for bar in group.bars}
    labels = [payload["programmes"][rank]["short"] for rank in sorted(used)]
    tries = [measure(labels, (), size, width) for size in _sizes(largest)]
    tight = replace(tries[-1], air=NO_AIR)
    for sizes, most in [*((sizes, MOST_BARS) for sizes in (*tries, tight)), (tight, FEW_BARS)]:
        rows = programme_rows(groups, wording, sizes, most)
        if _height(rows, sizes.size) <= height:
            return Plan((tuple(rows),), sizes, is_by_programme=True)
    kept: list[Row] = []
    left_out: list[Row] = []
    room = height - YEARS * LEAST
    # What has no date comes first: it is one row for many contracts.
    for row in sorted(rows, key=lambda row: row.kind != "undated"):
        fits = row.height <= room
        (kept if fits else left_out).append(row)
        room -= row.height if fits else 0
    kept.sort(key=rows.index)
    return Plan((tuple(kept),), sizes, is_by_programme=True, left_out=tuple(left_out))


def _may_fit(groups: Sequence[Group], size: float, height: float) -> bool:
    """Say whether a line a contract with a date is not too much already: labels take long to measure."""
    return sum(len(group.bars) for group in groups) * size * (LEADING + AIR) <= height


def _sizes(largest: float) -> Iterator[float]:
    size = max(largest, LEAST)
    while size > LEAST:
        yield size
        size -= _STEP
    yield LEAST


def _contracts_measured(groups: Sequence[Group], wording: Wording, size: float, width: float) -> Measure:
    bars = [bar for group in groups for bar in group.bars]
    labels = [wording.payload["records"][bar.record]["title"] for bar in bars]
    return measure(labels, [date_text(bar, wording) for bar in bars], size, width)


def _height(rows: Sequence[Row], size: float) -> float:
    return sum(row.height for row in rows) + YEARS * size


def _in_two(rows: list[Row]) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """Return the rows in two parts of about the same height; a family stays together."""
    heads = [rank for rank, row in enumerate(rows) if row.kind == "head"]
    total = sum(row.height for row in rows)
    best = min(heads, key=lambda rank: abs(total / 2 - sum(row.height for row in rows[:rank])), default=0)
    return tuple(rows[:best]), tuple(rows[best:])
