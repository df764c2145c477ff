"""A comparison as one flat table: a row a change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geocontracts.outputs.comparison.described import entry_sentences
from geocontracts.records.amounts import period_of, stated_funding
from geocontracts.records.register import Contract, Operation
from geocontracts.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geocontracts.outputs.comparison.changes import Change
    from geocontracts.outputs.comparison.comparison import Comparison, Entry
    from geocontracts.words import Lang

COLUMNS = (
    "table", "id", "old_id", "title", "programme", "kind", "field", "said",
    "old", "new", "difference", "gained", "lost", "how",
    "amount", "amount_period", "places",
)  # fmt: skip


def rows(comparison: Comparison, lang: Lang) -> Iterator[dict[str, Any]]:
    """Yield each change by column; None is unknown or does not apply.

    `gained` and `lost` are tuples of INSEE codes; `programme` is the name that people read. `places`
    are its territories as the newest edition that has it writes them; `amount`, in euros, is what a
    record states that is new or gone, and stands in no other row, so that no row repeats it.
    """
    for entry in comparison.entries:
        stated = _stated(entry)
        for change in entry.changes:
            yield {
                "table": entry.table,
                "id": entry.id,
                "old_id": entry.old.id if entry.old else None,
                "title": entry.title,
                "programme": programme_name(comparison, entry.record) or None,
                "kind": change.kind,
                "field": change.field or None,
                "said": _said(entry, change, lang),
                "old": change.old or None,
                "new": change.new or None,
                "difference": change.difference,
                "gained": tuple(place.code for place in change.gained),
                "lost": tuple(place.code for place in change.lost),
                "how": entry.how,
                **stated,
            }


def _said(entry: Entry, change: Change, lang: Lang) -> str:
    """Return the sentence of a change; of what is new or gone, with what it is."""
    told = change.message.text(lang)
    if entry.old is not None and entry.new is not None:
        return told
    return " ".join([told, *entry_sentences(entry, lang)])


def _stated(entry: Entry) -> dict[str, Any]:
    record = entry.record
    is_alone = entry.old is None or entry.new is None
    has_amounts = is_alone and isinstance(record, (Contract, Operation))
    total = stated_funding(record).total if has_amounts else None
    return {
        "amount": total,
        "amount_period": period_of(record) if total is not None else None,
        "places": tuple(getattr(record, "territories", ())),
    }


def programme_name(comparison: Comparison, record: Any) -> str:
    """Return what people call the programme of a record; nothing for a programme or a source."""
    name = getattr(record, "programme", "")
    found = comparison.new.programmes.get(name) or comparison.old.programmes.get(name)
    return (found.short_name or found.name) if found else name


def entry_line(comparison: Comparison, entry: Entry, lang: Lang) -> str:
    """Return what an entry is, beside its title: `contrat, Action cœur de ville, acv-arras`."""
    parts = [say(f"cmp-one-{entry.table}", lang), programme_name(comparison, entry.record), entry.id]
    return ", ".join(part for part in parts if part)
