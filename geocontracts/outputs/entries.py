"""What several rows say in the same words, told once with all their lines."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geocontracts.outputs.phrases import Phrases
    from geocontracts.outputs.report import Report
    from geocontracts.outputs.rows import RowOutcome
    from geocontracts.perimeters.placement import Placement
    from geocontracts.places.gazetteer import Place
    from geocontracts.records.problems import Problem

_COMMON = 4  # entries of one reason from which it becomes the title of a table of its own


@dataclass
class Entry:
    """One thing to say of one or several lines: what they wrote, and why it is told.

    `places` are the place found, or those that may be meant.
    """

    file: str
    written: str
    reason: str
    places: tuple[Place, ...] = ()
    lines: list[int] = field(default_factory=list)
    titles: dict[str, None] = field(default_factory=dict)


def to_correct(rows: Iterable[RowOutcome], phrases: Phrases) -> list[Entry]:
    """Return the places that were not found, and the rows that name none."""
    entries = _Entries(phrases)
    for row in rows:
        for item in row.lost:
            entries.add(row, item, tuple(each.place for each in item.candidates))
        if row.state == "unplaced" and not row.lost:
            for remark in row.remarks:
                entries.note(row, "", phrases.sentence(remark))
    return entries.gathered()


def remarked(rows: Iterable[RowOutcome], phrases: Phrases) -> list[Entry]:
    """Return what is worth knowing about places that were found."""
    entries = _Entries(phrases)
    for row in rows:
        if row.outcome == "remark":
            _other(row, entries, phrases)
    return entries.gathered()


def undrawn(rows: Iterable[RowOutcome], phrases: Phrases) -> list[Entry]:
    """Return the rows without a place in which nothing can be corrected."""
    entries = _Entries(phrases)
    for row in rows:
        if row.state == "undrawn":
            _other(row, entries, phrases)
    return entries.gathered()


def of_cells(report: Report, phrases: Phrases, *, remarks: bool) -> list[Entry]:
    """Return the problems of other cells: the remarks, or those to mend; `written` is the column."""
    entries = _Entries(phrases)
    for problem in report.of_cells:
        if (problem.severity == "remark") is remarks:
            entries.cell(problem)
    return entries.gathered()


def by_reason(entries: Iterable[Entry]) -> Iterator[tuple[str, list[Entry]]]:
    """Yield tables of entries: one for each reason that many share, and one without a name for the rest."""
    reasons: dict[str, list[Entry]] = {}
    for entry in entries:
        reasons.setdefault(entry.reason, []).append(entry)
    rest = [entry for alike in reasons.values() if len(alike) < _COMMON for entry in alike]
    yield from ((reason, alike) for reason, alike in reasons.items() if len(alike) >= _COMMON)
    if rest:
        rest.sort(key=lambda entry: (entry.file, entry.lines[:1]))
        yield "", rest


def _other(row: RowOutcome, entries: _Entries, phrases: Phrases) -> None:
    for item in row.placements:
        if item.status in ("remark", "custom"):
            entries.add(row, item, (item.place,) if item.place else ())
    for remark in row.remarks:
        entries.note(row, "; ".join(row.written), phrases.sentence(remark))


class _Entries:
    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases
        self._found: dict[tuple[str, str, str], Entry] = {}

    def add(self, row: RowOutcome, item: Placement, places: tuple[Place, ...]) -> None:
        self.note(row, item.written, self._phrases.sentence(item.reason), places)

    def note(self, row: RowOutcome, written: str, reason: str, places: tuple[Place, ...] = ()) -> None:
        entry = self._entry(row.file, written, reason)
        entry.places = entry.places or places
        entry.lines.append(row.line)
        entry.titles[row.title] = None

    def cell(self, problem: Problem) -> None:
        said = self._phrases.sentence(problem.message)
        entry = self._entry(problem.file, problem.column or "", said)
        if problem.row is not None:
            entry.lines.append(problem.row)

    def gathered(self) -> list[Entry]:
        return list(self._found.values())

    def _entry(self, file: str, written: str, reason: str) -> Entry:
        key = (file, written, reason)
        if key not in self._found:
            self._found[key] = Entry(file, written, reason)
        return self._found[key]
