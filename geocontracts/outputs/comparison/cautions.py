"""What in the editions themselves casts a doubt on a comparison: kinds mixed, sheets left unread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.outputs.comparison.unread import UnreadCells
from geocontracts.records.formats.headings import folded
from geocontracts.words import Message, catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geocontracts.outputs.comparison.comparison import Comparison
    from geocontracts.records.register import Register

_NATURES = frozenset({"nature", "kind", "type"})
_TABLES = ("contracts", "missions", "operations")
_NAMES = 12


def cautions(comparison: Comparison) -> Iterator[Message]:
    """Yield what is to be known of either edition before its changes are believed."""
    for which, register in (("old", comparison.old), ("new", comparison.new)):
        edition = Message(f"cmp-the-{which}")
        yield from _sheets(register, edition)
        yield from _mixed(register, edition)
        yield from _unread(register, edition)


def _sheets(register: Register, edition: Message) -> Iterator[Message]:
    """Say which sheets of a workbook were left unread."""
    notes = [*(register.reading.notes if register.reading else ())]
    notes += [problem.message for problem in register.problems]
    for note in notes:
        if note.key == "sheet-taken":
            yield Message("cmp-caution-sheets", {"edition": edition, **note.facts})
            return


def _mixed(register: Register, edition: Message) -> Iterator[Message]:
    """Say that one table holds records of several kinds, which were all read as contracts."""
    sheet = register.reading.sheet if register.reading else None
    if sheet is None:
        return
    names = _kind_names()
    for place, heading in enumerate(sheet.header):
        if folded(heading) not in _NATURES:
            continue
        written = [cells[place].strip() for _, cells in sheet.rows if place < len(cells)]
        kinds = dict.fromkeys(text for text in written if folded(text) in names)
        if len({names[folded(text)] for text in kinds}) > 1:
            facts = {"column": heading.strip(), "kinds": ", ".join(kinds)}
            yield Message("cmp-caution-kinds", {"edition": edition, **facts})


def _kind_names() -> dict[str, str]:
    """Return the tables by what their records are called, folded: `opération`, `Missions`..."""
    return {
        folded(name): table
        for table in _TABLES
        for name in (
            table,
            *catalogue()[f"cmp-one-{table}"].values(),
            *catalogue()[f"cmp-table-{table}"].values(),
        )
    }


def _unread(register: Register, edition: Message) -> Iterator[Message]:
    """Say how many cells of an edition were not understood, and what stands in them."""
    cells = UnreadCells(register)
    found = [
        text
        for table in _TABLES
        for record in getattr(register, table).values()
        for text in cells.of(table, record).values()
    ]
    if found:
        texts = list(dict.fromkeys(found))
        told = "; ".join(texts[:_NAMES]) + ("…" if len(texts) > _NAMES else "")
        key = "cmp-caution-unread-one" if len(found) == 1 else "cmp-caution-unread"
        yield Message(key, {"edition": edition, "n": len(found), "values": told})
