"""The outcome of one run, and the table that a program reads."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from benchmarks.budgets import EXACT, budget, verdict
from benchmarks.growth import MEASURES as GROWING
from benchmarks.measures import MEASURES, median
from benchmarks.scenes import OURS, PEER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.growth import Series
    from benchmarks.measures import Samples
    from benchmarks.scenes import Scene

COLUMNS = ("map", "program", "measure", "unit", "median", "lowest", "highest", "runs", "budget", "verdict")


@dataclass
class Outcome:
    """All that was measured: by scene, ours and the peer; how it grows; on what, and when."""

    date: str
    machine: dict[str, str]
    scenes: list[Scene]
    ours: dict[str, Samples] = field(default_factory=dict)
    peer: dict[str, Samples] = field(default_factory=dict)
    growth: list[Series] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """What could not be measured, and why."""


def as_csv(outcome: Outcome) -> str:
    """Return every figure: one row for a map, a program and a measure, in its unit; bytes as bytes."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for scene in outcome.scenes:
        for program, found in ((OURS, outcome.ours.get(scene.key)), (PEER, outcome.peer.get(scene.key))):
            writer.writerows(_rows(scene.key, program, found or {}))
    for series in outcome.growth:
        for size, found in series.points:
            kept = {key: values for key, values in found.items() if key in GROWING}
            writer.writerows(_rows(f"{size} {series.key}", OURS, kept))
    return text.getvalue()


def _rows(scene: str, program: str, found: Samples) -> Iterator[tuple[object, ...]]:
    for measure in MEASURES:
        middle = median(found, measure.key)
        if middle is None:
            continue
        values = found[measure.key]
        unit, digits = ("bytes", 0) if measure.key == EXACT else (measure.unit, measure.digits)
        shown = [f"{value:.{digits}f}" for value in (middle, min(values), max(values))]
        limits = ("", "")
        if program == OURS:
            limits = (str(budget(scene, measure.key) or ""), verdict(scene, measure.key, middle))
        yield scene, program, measure.title, unit, *shown, len(values), *limits
