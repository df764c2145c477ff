"""What an entry is, in sentences: its changes, or the record itself where it stands in one edition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.outputs.comparison.changes import KINDS
from geocontracts.outputs.said import summed, when
from geocontracts.records.amounts import period_of, stated_funding
from geocontracts.records.register import Mission
from geocontracts.records.schema import load_schema
from geocontracts.words import Labels, Message, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from geocontracts.outputs.comparison.comparison import Entry
    from geocontracts.perimeters.perimeter import Perimeter
    from geocontracts.words import Lang

_NAMES = 12


def entry_sentences(entry: Entry, lang: Lang) -> Iterator[str]:
    """Yield the sentences of an entry: what it is where it stands in one edition, else what changed."""
    if entry.old is None or entry.new is None:
        perimeter = entry.after or entry.before
        told = [message.text(lang) for message in described(perimeter, entry.unread)] if perimeter else []
        if told:
            text = ("\u00a0; " if lang == "fr" else "; ").join(told)
            yield text[:1].upper() + text[1:]
        return
    for change in sorted(entry.changes, key=lambda each: KINDS.index(each.kind)):
        yield change.message.text(lang)
    if entry.how == "title":
        yield say("cmp-how-title", lang)


def described(perimeter: Perimeter, unread: Mapping[str, str]) -> Iterator[Message]:
    """Yield what a record is, in a few words: status, dates, place, amount, and what was not understood."""
    record = perimeter.record
    fields = load_schema()[f"{record.kind}s"]
    if record.status:
        yield Message("cmp-is-status", {"status": Labels((fields.field("status").choices[record.status],))})
    for name in ("signed_on", "starts_on", "ends_on"):
        date = getattr(record, name, None)
        if date:
            yield Message(f"cmp-is-{name.replace('_', '-')}", {"date": when(date)})
    yield _place(perimeter)
    if not isinstance(record, Mission):
        total = stated_funding(record).total
        if total is not None:
            key = "cmp-is-yearly" if period_of(record) == "yearly" else "cmp-is-amount"
            yield Message(key, {"total": summed(total)})
        elif stated_funding(record):
            yield Message("cmp-is-partly")
        elif not any(fields.field(name).kind == "amount" for name in unread):
            yield Message("cmp-is-unknown")
    for name, text in unread.items():
        yield Message("cmp-is-unread", {"field": Labels((fields.field(name).labels,)), "value": text})


def _place(perimeter: Perimeter) -> Message:
    if not perimeter.communes:
        return Message("cmp-is-unplaced")
    places = [item.place for item in perimeter.placements if item.place]
    few = ", ".join(place.name for place in places[:_NAMES])
    facts = {"n": len(perimeter.communes), "names": few + ("…" if len(places) > _NAMES else "")}
    return Message("cmp-is-placed-one" if len(perimeter.communes) == 1 else "cmp-is-placed", facts)
