"""A comparison as one flat table: a row a change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geocontracts.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geocontracts.outputs.comparison.comparison import Comparison, Entry
    from geocontracts.words import Lang

COLUMNS = (
    "table", "id", "old_id", "title", "programme", "kind", "field", "said",
    "old", "new", "difference", "gained", "lost", "how",
)  # fmt: skip


def rows(comparison: Comparison, lang: Lang) -> Iterator[dict[str, Any]]:
    """Yield each change by column; None is unknown or does not apply.

    `gained` and `lost` are tuples of INSEE codes; `programme` is the name that people read.
    """
    for entry in comparison.entries:
        for change in entry.changes:
            yield {
                "table": entry.table,
                "id": entry.id,
                "old_id": entry.old.id if entry.old else None,
                "title": entry.title,
                "programme": programme_name(comparison, entry) or None,
                "kind": change.kind,
                "field": change.field or None,
                "said": change.message.text(lang),
                "old": change.old or None,
                "new": change.new or None,
                "difference": change.difference,
                "gained": tuple(place.code for place in change.gained),
                "lost": tuple(place.code for place in change.lost),
                "how": entry.how,
            }


def programme_name(comparison: Comparison, entry: Entry) -> str:
    """Return what people call the programme of an entry; nothing for a programme or a source."""
    name = getattr(entry.record, "programme", "")
    found = comparison.new.programmes.get(name) or comparison.old.programmes.get(name)
    return (found.short_name or found.name) if found else name


def entry_line(comparison: Comparison, entry: Entry, lang: Lang) -> str:
    """Return what an entry is, beside its title: `contrat, Action cœur de ville, acv-arras`."""
    parts = [say(f"cmp-one-{entry.table}", lang), programme_name(comparison, entry), entry.id]
    return ", ".join(part for part in parts if part)
