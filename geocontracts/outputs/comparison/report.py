"""What a comparison says, in order: counts that add up, euros, changes, doubts, how it was done.

Terminal and Markdown show the same blocks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geocontracts.outputs.comparison.changes import KINDS
from geocontracts.outputs.comparison.rows import entry_line
from geocontracts.records.amounts import period_of, stated_funding
from geocontracts.records.register import Mission
from geocontracts.records.schema import load_schema
from geocontracts.words import Labels, Message, number, plain, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geocontracts.outputs.comparison.comparison import Comparison, Entry
    from geocontracts.outputs.comparison.pairs import Doubt
    from geocontracts.perimeters.perimeter import Perimeter
    from geocontracts.records.amounts import Funding, Period
    from geocontracts.records.register import Register
    from geocontracts.words import Lang

_COUNTS = ("old", "added", "gone", "new", "changed", "same")
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
        Message("cmp-edition" if date else "cmp-undated", {"name": register.name, "date": date})
        for register, date in both
    ]
    return say("cmp-title", lang, old=names[0], new=names[1])


def sections(comparison: Comparison, lang: Lang, *, is_short: bool = False) -> Iterator[Section]:
    """Yield the parts of the report; a short one names the rows of which a text alone was rewritten."""
    yield _counts(comparison, lang)
    yield from _money(comparison, lang)
    for kind in KINDS:
        entries = [entry for entry in comparison.entries if entry.kinds[0] == kind]
        if entries and kind == "text" and is_short:
            yield _rewritten(entries, lang)
        elif entries:
            told = tuple(_entry(comparison, entry, lang) for entry in entries)
            yield Section(say(f"cmp-kind-{kind}", lang, n=len(entries)), entries=told)
    if comparison.doubts:
        doubts = tuple(doubt_message(doubt).text(lang) for doubt in comparison.doubts)
        yield Section(say("cmp-doubts", lang, n=len(doubts)), notes=doubts)
    yield Section(say("cmp-notes", lang), notes=tuple(note.text(lang) for note in notes(comparison)))


def _rewritten(entries: list[Entry], lang: Lang) -> Section:
    names = ", ".join(plain(entry.id) for entry in entries)
    told = say("cmp-rewritten", lang, names=names)
    return Section(say("cmp-kind-text", lang, n=len(entries)), notes=(told,))


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
    return "–" if value is None else f"{number(value, lang)}\u00a0€"


def _difference(old: Funding, new: Funding, lang: Lang) -> str:
    if old.total is None or new.total is None:
        return "–"
    change = round(new.total - old.total, 2)
    sign = "+" if change > 0 else "−" if change < 0 else ""
    return f"{sign}{number(abs(change), lang)}\u00a0€"


def _entry(comparison: Comparison, entry: Entry, lang: Lang) -> tuple[str, str, tuple[str, ...]]:
    return entry.title, entry_line(comparison, entry, lang), tuple(entry_sentences(entry, lang))


def entry_sentences(entry: Entry, lang: Lang) -> Iterator[str]:
    """Yield the sentences of an entry: what it is where it stands in one edition, else what changed."""
    if entry.old is None or entry.new is None:
        perimeter = entry.after or entry.before
        told = [message.text(lang) for message in described(perimeter)] if perimeter else []
        if told:
            text = ("\u00a0; " if lang == "fr" else "; ").join(told)
            yield text[:1].upper() + text[1:]
        return
    for change in sorted(entry.changes, key=lambda each: KINDS.index(each.kind)):
        yield change.message.text(lang)
    if entry.how == "title":
        yield say("cmp-how-title", lang)


def described(perimeter: Perimeter) -> Iterator[Message]:
    """Yield what a record is, in a few words: status, dates, place, amount."""
    record = perimeter.record
    if record.status:
        choices = load_schema()[f"{record.kind}s"].field("status").choices
        yield Message("cmp-is-status", {"status": Labels((choices[record.status],))})
    for name in ("signed_on", "starts_on", "ends_on"):
        date = getattr(record, name, None)
        if date:
            yield Message(f"cmp-is-{name.replace('_', '-')}", {"date": date})
    if perimeter.communes:
        places = [item.place for item in perimeter.placements if item.place]
        few = ", ".join(place.name for place in places[:_NAMES])
        facts = {"n": len(perimeter.communes), "names": few + ("…" if len(places) > _NAMES else "")}
        yield Message("cmp-is-placed", facts)
    else:
        yield Message("cmp-is-unplaced")
    if isinstance(record, Mission):
        return
    total = stated_funding(record).total
    if total is None:
        yield Message("cmp-is-unknown" if not stated_funding(record) else "cmp-is-partly")
    else:
        yield Message("cmp-is-yearly" if period_of(record) == "yearly" else "cmp-is-amount", {"total": total})


def doubt_message(doubt: Doubt) -> Message:
    """Say which records of both editions may be the same, and what they share."""
    facts = {"old": _few(doubt.old), "new": _few(doubt.new)}
    return Message(f"cmp-doubt-{doubt.how}", facts)


def _few(ids: tuple[str, ...]) -> str:
    return ", ".join(ids[:_NAMES]) + ("…" if len(ids) > _NAMES else "")


def notes(comparison: Comparison) -> Iterator[Message]:
    """Yield how the comparison was done, and what it cannot see."""
    yield Message("cmp-note-today", {"vintage": comparison.vintage})
    editions = comparison.editions
    if editions.old and editions.new and editions.old.last() < editions.new.last():
        yield Message("cmp-note-dates", {"old": editions.old, "new": editions.new})
    else:
        yield Message("cmp-note-no-dates")
    paired = comparison.paired.get("words", 0) + comparison.paired.get("title", 0)
    if paired:
        yield Message("cmp-note-words", {"n": paired})
    if comparison.of_kind("gone"):
        yield Message("cmp-note-gone")
