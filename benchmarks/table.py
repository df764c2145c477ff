"""The outcome as a page of Markdown: what it was measured on, budgets, ratios, growth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.budgets import budget, faults, verdict
from benchmarks.growth import MEASURES as GROWING
from benchmarks.growth import exponents
from benchmarks.measures import BY_KEY, MEASURES, median
from benchmarks.scenes import OURS, PEER

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from benchmarks.growth import Series
    from benchmarks.measures import Measure, Samples
    from benchmarks.results import Outcome

_BUSY = 1.0  # of load before the run, from which its times say little


def as_markdown(outcome: Outcome, *, picture: str | None = None) -> str:
    """Return the page; `picture` is the file name of the plot that lies beside it."""
    machine = "; ".join(f"{name}: {value}" for name, value in outcome.machine.items())
    parts = [f"# What it costs, {outcome.date}", f"{machine}. How to read this: [README](../README.md)."]
    if float(outcome.machine.get("load before", 0)) > _BUSY:
        parts.append("**The machine was busy: bytes, memory and heap stand; times are too long, and swing.**")
    if picture:
        parts.append(f"![The same figures as a plot]({picture})")
    for scene in outcome.scenes:
        mine, theirs = outcome.ours.get(scene.key), outcome.peer.get(scene.key)
        if mine:
            parts += [f"## {scene.title}", compared(scene.key, mine, theirs)]
    for series in outcome.growth:
        parts += [f"## Growth with the {series.title}", grown(series)]
    return "\n\n".join([*parts, *outcome.notes, *_closing(outcome)]) + "\n"


def compared(scene: str, mine: Samples, theirs: Samples | None) -> str:
    """Return the costs of one map beside their budgets and the peer's."""
    head = ("", OURS, "budget", "", *((PEER, "ratio") if theirs else ()))
    rows = []
    for measure in MEASURES:
        value, other = median(mine, measure.key), median(theirs, measure.key)
        if value is None:
            continue
        limit = budget(scene, measure.key)
        row = [_titled(measure), spread(measure, mine[measure.key])]
        row += ["" if limit is None else measure.shown(limit), verdict(scene, measure.key, value)]
        if theirs:
            row += [spread(measure, theirs.get(measure.key, [])), _ratio(measure, value, other)]
        rows.append(row)
    return _table(head, rows)


def grown(series: Series) -> str:
    """Return the costs at each size, and the power with which each grows from one size to the next."""
    rows = [
        [f"{size:,}", *(_shown(key, median(found, key)) for key in GROWING)] for size, found in series.points
    ]
    powers = [exponents(series.values(key)) for key in GROWING]
    shown = (", ".join(f"{each:.2f}" for each in of) for of in powers)
    rows.append(["**grows as size to the power of**", *shown])
    return _table((series.key, *(_titled(BY_KEY[key]) for key in GROWING)), rows)


def spread(measure: Measure, values: Sequence[float]) -> str:
    """Return the median, and the lowest and the highest where they are told apart."""
    middle = median({measure.key: list(values)}, measure.key)
    if middle is None:
        return ""
    low, high = measure.shown(min(values)), measure.shown(max(values))
    return measure.shown(middle) + (f" ({low}-{high})" if low != high else "")


def _closing(outcome: Outcome) -> list[str]:
    found = faults(outcome.ours)
    return ["## Budgets of bytes", *(found or ["Every page keeps to its budget."])]


def _ratio(measure: Measure, value: float, other: float | None) -> str:
    return f"1 : {other / value:.1f}" if measure.unit and other and value else ""


def _shown(key: str, value: float | None) -> str:
    return "" if value is None else BY_KEY[key].shown(value)


def _titled(measure: Measure) -> str:
    return f"{measure.title}, {measure.unit}" if measure.unit else measure.title


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
