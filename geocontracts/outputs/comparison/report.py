"""What a comparison says, in order: counts that add up, euros, changes, doubts, how it was done.

Terminal and Markdown show the same blocks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geocontracts.outputs.comparison.cautions import cautions
from geocontracts.outputs.comparison.changes import KINDS
from geocontracts.outputs.comparison.described import entry_sentences
from geocontracts.outputs.comparison.rows import entry_line, programme_name
from geocontracts.outputs.said import dated, sum_text
from geocontracts.records.amounts import period_of, stated_funding
from geocontracts.words import Message, number, plain, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geocontracts.outputs.comparison.changes import ChangeKind
    from geocontracts.outputs.comparison.comparison import Comparison, Entry
    from geocontracts.outputs.comparison.pairs import Doubt
    from geocontracts.records.amounts import Funding, Period
    from geocontracts.records.register import Register
    from geocontracts.words import Lang

_COUNTS = ("old", "added", "gone", "new", "began", "ended", "changed", "same")
_PERIODS: tuple[Period, ...] = ("whole", "yearly")
_NAMES = 12


@dataclass(frozen=True)
class Section:
    """A part of the report: a heading, then a table (its first row is the header), entries or notes.

    An entry is its title, what it is, and a line for each thing that changed.
    """

    heading: str
    table: tuple[tuple[str, ...], ...] = ()
    entries: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    notes: tuple[str, ...] = ()


def title(comparison: Comparison, lang: Lang) -> str:
    """Return the title: both registers, with the dates of their editions."""
    both = (comparison.old, comparison.editions.old), (comparison.new, comparison.editions.new)
    names = [
        Message(
            "cmp-edition" if date else "cmp-undated",
            {"name": register.name, "date": dated(date) if date else ""},
        )
        for register, date in both
    ]
    return say("cmp-title", lang, old=names[0], new=names[1])


def sections(comparison: Comparison, lang: Lang, *, is_short: bool = False) -> Iterator[Section]:
    """Yield the parts of the report; a short one names the rows of which a text alone was rewritten.

    Changes stand under the names that the families of the map have too.
    """
    held = tuple(caution.text(lang) for caution in cautions(comparison))
    if held:
        yield Section(say("cmp-cautions", lang), notes=held)
    yield _counts(comparison, lang)
    yield from _money(comparison, lang)
    for kind in KINDS:
        entries = [entry for entry in comparison.entries if entry.kinds[0] == kind]
        if entries and kind == "text" and is_short:
            yield _rewritten(entries, lang)
        elif entries:
            told = tuple(_entry(comparison, entry, lang) for entry in entries)
            yield Section(heading(kind, len(entries), lang), entries=told)
    if comparison.doubts:
        doubts = tuple(doubt_message(comparison, doubt, lang).text(lang) for doubt in comparison.doubts)
        yield Section(say("cmp-doubts", lang, n=len(doubts)), notes=doubts)
    yield Section(say("cmp-notes", lang), notes=tuple(note.text(lang) for note in notes(comparison)))


def heading(kind: ChangeKind, count: int, lang: Lang) -> str:
    """Return the heading of a kind of change, with how many there are."""
    return say("cmp-heading", lang, name=say(f"cmp-map-{kind}", lang), n=count)


def _rewritten(entries: list[Entry], lang: Lang) -> Section:
    names = ", ".join(plain(entry.id) for entry in entries)
    told = say("cmp-rewritten", lang, names=names)
    return Section(heading("text", len(entries), lang), notes=(told,))


def _counts(comparison: Comparison, lang: Lang) -> Section:
    head = ("", *(say(f"cmp-count-{name}", lang) for name in _COUNTS))
    lines = [
        (
            say(f"cmp-table-{table}", lang),
            *(number(getattr(count, name), lang) for name in _COUNTS),
        )
        for table, count in comparison.counts.items()
        if count.old or count.new
    ]
    return Section(say("cmp-counts", lang), table=(head, *lines), notes=(say("cmp-sum", lang),))


def _money(comparison: Comparison, lang: Lang) -> Iterator[Section]:
    """Yield the euros of both editions, of the whole duration and of each year."""
    lines = []
    for period in _PERIODS:
        old, new = comparison.funding[period]
        if old or new:
            told = (_euros(old.total, lang), _euros(new.total, lang), _difference(old, new, lang))
            known = [number(_known(register, period), lang) for register in (comparison.old, comparison.new)]
            lines.append((say(f"cmp-{period}", lang), *told, *known))
    if lines:
        columns = ("before", "after", "difference", "known-before", "known-after")
        head = ("", *(say(f"cmp-money-{name}", lang) for name in columns))
        yield Section(say("cmp-money", lang), table=(head, *lines), notes=(say("cmp-money-note", lang),))


def _known(register: Register, period: Period) -> int:
    return sum(bool(stated_funding(each)) and period_of(each) == period for each in register.records())


def _euros(value: float | None, lang: Lang) -> str:
    return "–" if value is None else f"{sum_text(value, lang)}\u00a0€"


def _difference(old: Funding, new: Funding, lang: Lang) -> str:
    if old.total is None or new.total is None:
        return "–"
    change = round(new.total - old.total, 2)
    sign = "+" if change > 0 else "−" if change < 0 else ""
    return f"{sign}{sum_text(abs(change), lang)}\u00a0€"


def _entry(comparison: Comparison, entry: Entry, lang: Lang) -> tuple[str, str, tuple[str, ...]]:
    return entry.title, entry_line(comparison, entry, lang), tuple(entry_sentences(entry, lang))


def doubt_message(comparison: Comparison, doubt: Doubt, lang: Lang) -> Message:
    """Say which records of both editions may be the same, and what they share."""
    facts = {
        "old": _few(comparison, comparison.old, doubt.old, lang),
        "new": _few(comparison, comparison.new, doubt.new, lang),
    }
    return Message(f"cmp-doubt-{doubt.how}", facts)


def _few(comparison: Comparison, register: Register, ids: tuple[str, ...], lang: Lang) -> str:
    """Name the first records by title, programme and id; an id that we made says little alone."""
    by_id = {record.id: record for record in register.records()}
    told = [
        say(
            "cmp-doubt-record",
            lang,
            title=by_id[name].title,
            programme=programme_name(comparison, by_id[name]),
            id=name,
        )
        for name in ids[:_NAMES]
    ]
    return ", ".join(told) + ("…" if len(ids) > _NAMES else "")


def notes(comparison: Comparison) -> Iterator[Message]:
    """Yield how the comparison was done, and what it cannot see."""
    yield Message("cmp-note-today", {"vintage": comparison.vintage})
    editions = comparison.editions
    if editions.old and editions.new and editions.old.last() < editions.new.last():
        yield Message("cmp-note-dates", {"old": dated(editions.old), "new": dated(editions.new)})
    else:
        yield Message("cmp-note-no-dates")
    paired = comparison.paired.get("words", 0) + comparison.paired.get("title", 0)
    if paired:
        yield Message("cmp-note-words", {"n": paired})
    if comparison.of_kind("gone"):
        yield Message("cmp-note-gone")
