"""Put two editions of a register side by side."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, get_args

from geocontracts.errors import UnknownOptionError
from geocontracts.outputs.comparison.changes import Change, FieldDiffer
from geocontracts.outputs.comparison.comparison import Comparison, Count, Entry
from geocontracts.outputs.comparison.moves import moves
from geocontracts.outputs.comparison.pairs import pair_records
from geocontracts.outputs.comparison.timing import Editions, timing
from geocontracts.outputs.comparison.unread import UnreadCells
from geocontracts.perimeters.extent import look_at_all
from geocontracts.places.area import HAUTS_DE_FRANCE
from geocontracts.places.fresh.sets import set_in_use
from geocontracts.records.amounts import Period, add_up, period_of, stated_funding
from geocontracts.records.read import read_register
from geocontracts.records.register import Register
from geocontracts.records.schema import load_schema
from geocontracts.records.values import PartialDate
from geocontracts.webmap.payload import edition_of
from geocontracts.words import Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from geocontracts.outputs.comparison.changes import ChangeKind
    from geocontracts.outputs.comparison.pairs import Doubt, How, Pair, Pairing
    from geocontracts.perimeters.perimeter import Perimeter
    from geocontracts.records.amounts import Funding
    from geocontracts.records.register import Contract, Mission, Operation

_RECORDS = ("contracts", "missions", "operations")
_PERIODS: tuple[Period, ...] = get_args(Period)
_COUNTED: tuple[ChangeKind, ...] = ("added", "gone", "began", "ended")
_TOLD_APART = frozenset({"id", "territories"})


def compare(  # noqa: PLR0913 - each is a choice of its own
    old: Register | Path | str,
    new: Register | Path | str | None = None,
    *,
    area: str = HAUTS_DE_FRANCE,
    within: str | None = None,
    old_date: str | None = None,
    new_date: str | None = None,
) -> Comparison:
    """Return what began, ended, moved or changed from `old` to `new`.

    Either is a register, or what `read_register` reads; without `new`, the bundled one. Names of
    places are looked for first in `within`, the région around `area` by default. `old_date` and
    `new_date` (ISO, may be partial) are those of the editions; without them, those of their
    latest sources, where all have one. A start or an end between both dates is told as such;
    without dates, only what the status says.

    Raises:
        RegisterError: an edition cannot be read.
        UnknownPlaceError: `area` or `within` is no place, or more than one.
        UnknownOptionError: the date of an edition is no date, or that of the old one is the later.
    """
    before = old if isinstance(old, Register) else read_register(old)
    after = new if isinstance(new, Register) else read_register(new)
    editions = _editions(before, after, old_date, new_date)
    before = _with_programme_of(before, after)
    shown, looked = look_at_all((before, after), area, within)
    perimeters = [tuple(each) for each in looked]
    found = [_by_table(each) for each in perimeters]
    maker = _Maker(before, after, editions)
    entries: list[Entry] = []
    counts: dict[str, Count] = {}
    doubts: list[Doubt] = []
    paired: Counter[How] = Counter()
    for table in load_schema():
        if table in _RECORDS:
            pairing = pair_records(found[0][table], found[1][table])
            doubts += pairing.doubts
            paired.update(pair.how for pair in pairing.pairs)
            differing = list(maker.record_entries(table, pairing))
        else:
            differing = list(maker.plain_entries(table))
        rank = {name: place for place, name in enumerate(getattr(after, table))}
        differing.sort(key=lambda entry: len(rank) if entry.new is None else rank[entry.id])
        entries += differing
        counts[table] = _count(getattr(before, table), getattr(after, table), differing)
    return Comparison(
        before,
        after,
        editions,
        shown,
        set_in_use().vintage_at(shown.place),
        tuple(entries),
        counts,
        {period: _both_sums(before, after, period) for period in _PERIODS},
        tuple(doubts),
        dict(paired),
        (perimeters[0], perimeters[1]),
    )


def _editions(old: Register, new: Register, old_date: str | None, new_date: str | None) -> Editions:
    dates = []
    for option, told, register in (("old-date", old_date, old), ("new-date", new_date, new)):
        text = told or edition_of(register)
        try:
            dates.append(PartialDate(text) if text else None)
        except ValueError as error:
            raise UnknownOptionError("cmp-date", option=option, value=text) from error
    if (old_date or new_date) and dates[0] and dates[1] and dates[0].first() > dates[1].first():
        raise UnknownOptionError("cmp-dates-order", old=dates[0], new=dates[1])
    return Editions(dates[0], dates[1])


def _with_programme_of(old: Register, new: Register) -> Register:
    """Give the rows of a list that name no programme the one they have in the new list.

    Both are called as their file: `2024` and `2025` would be two programmes.
    """
    if old.reading is None or new.reading is None or new.name not in new.programmes:
        return old
    if old.name == new.name or old.name not in old.programmes:
        return old
    contracts = {
        name: replace(each, programme=new.name) if each.programme == old.name else each
        for name, each in old.contracts.items()
    }
    programmes = {
        new.name if name == old.name else name: new.programmes[new.name] if name == old.name else each
        for name, each in old.programmes.items()
    }
    return replace(old, contracts=contracts, programmes=programmes)


def _by_table(perimeters: Iterable[Perimeter]) -> dict[str, list[Perimeter]]:
    tables: dict[str, list[Perimeter]] = {table: [] for table in _RECORDS}
    for each in perimeters:
        tables[f"{each.record.kind}s"].append(each)
    return tables


class _Maker:
    """Finds the changes of rows that stand in both editions."""

    def __init__(self, old: Register, new: Register, editions: Editions) -> None:
        self._old, self._new, self._editions = old, new, editions
        names = {
            table: {
                name: getattr(each, "short_name", None) or getattr(each, "title", None) or each.name
                for register in (old, new)
                for name, each in getattr(register, table).items()
            }
            for table in load_schema()
        }
        self._unread = UnreadCells(old), UnreadCells(new)
        self._differs = {table: FieldDiffer(table, names) for table in load_schema()}

    def record_entries(self, table: str, pairing: Pairing) -> Iterator[Entry]:
        """Yield the records of a table that differ, or that stand in one edition alone."""
        for pair in pairing.pairs:
            changes = self._changes(table, pair)
            if changes:
                yield Entry(table, pair.old.record, pair.new.record, pair.old, pair.new, pair.how, changes)
        for each in pairing.added:
            unread = self._unread[1].of(table, each.record)
            yield Entry(table, None, each.record, None, each, None, (_stands_alone(is_new=True),), unread)
        for each in pairing.gone:
            unread = self._unread[0].of(table, each.record)
            yield Entry(table, each.record, None, each, None, None, (_stands_alone(is_new=False),), unread)

    def _changes(self, table: str, pair: Pair) -> tuple[Change, ...]:
        old, new = pair.old.record, pair.new.record
        found = [*timing(old, new, self._editions), *moves(pair.old, pair.new)]
        told = frozenset(change.field for change in found if change.field == "status")
        differing = self._differs[table].changes(old, new, _TOLD_APART | told, self._unread)
        found += [
            self._inside(change, old, new) if change.kind == "amount" else change for change in differing
        ]
        if pair.is_reidentified:
            message = Message("cmp-id", {"old": old.id, "new": new.id})
            found.append(Change("renamed", message, "id", old.id, new.id))
        return tuple(found)

    def _inside(self, change: Change, old: Any, new: Any) -> Change:
        """Say of an amount that it lies in that of another record, in both editions, and moves no total."""
        around = _around(self._new, new)
        if around is None or (_around(self._old, old) is None and change.old):
            return change
        inside = Message("cmp-amount-inside", {"title": around.title})
        return replace(change, message=Message("cmp-and", {"first": change.message, "second": inside}))

    def plain_entries(self, table: str) -> Iterator[Entry]:
        """Yield what differs in a table of rows without a place, which are the same by id alone."""
        old, new = getattr(self._old, table), getattr(self._new, table)
        for name in [*new, *(name for name in old if name not in new)]:
            before, after = old.get(name), new.get(name)
            if before and after:
                changes = tuple(self._differs[table].changes(before, after, _TOLD_APART, self._unread))
            else:
                changes = (_stands_alone(is_new=before is None),)
            if changes:
                yield Entry(table, before, after, None, None, "id" if before and after else None, changes)


def _stands_alone(*, is_new: bool) -> Change:
    kind: ChangeKind = "added" if is_new else "gone"
    return Change(kind, Message(f"cmp-{kind}"))


def _count(old: dict[str, Any], new: dict[str, Any], entries: list[Entry]) -> Count:
    kinds = Counter(entry.kinds[0] for entry in entries)
    added, gone, began, ended = (kinds[kind] for kind in _COUNTED)
    changed = len(entries) - added - gone - began - ended
    return Count(len(old), len(new), added, gone, began, ended, changed)


def _around(register: Register, record: Contract | Mission | Operation) -> Contract | Operation | None:
    """Return the record whose known total contains the amounts of another, if there is one."""
    if record.id in register.counting_circles:
        return None
    name = register.counted_in(record.id)
    while name and name not in register.counting_circles:
        found = register.contracts.get(name) or register.operations[name]
        if stated_funding(found).total is not None and period_of(found) == period_of(record):
            return found
        name = register.counted_in(name)
    return None


def _both_sums(old: Register, new: Register, period: Period) -> tuple[Funding, Funding]:
    return add_up(old, old.records(), period), add_up(new, new.records(), period)
