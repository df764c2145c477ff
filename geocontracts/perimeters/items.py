"""The placements of a record's items, with those of the contracts that it refers to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geocontracts.perimeters.placement import Placement, place_item, referenced_contract
from geocontracts.perimeters.references import MOST_BROUGHT, References, key_of
from geocontracts.places.beside import NOTHING
from geocontracts.words import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geocontracts.places.beside import Beside
    from geocontracts.places.gazetteer import Gazetteer, Place
    from geocontracts.records.register import Contract, Item, Mission, Operation, Register


@dataclass(frozen=True, slots=True)
class Brought:
    """What a contract that a record refers to brings it: a place at all, and all of its places."""

    contract: str
    some: bool
    whole: bool


@dataclass(frozen=True, slots=True)
class _Tally:
    """Of some contracts: how many there are, how many are placed at all, how many wholly."""

    count: int
    some: int
    whole: int


class ItemPlacer:
    """Places the items of the records of one register; the same words are understood once."""

    def __init__(self, register: Register, within: Place | None, gazetteer: Gazetteer) -> None:
        """Look names up in the territory `within` first."""
        self._register = register
        self._within = within
        self._gazetteer = gazetteer
        self._references = References(register)
        self._known: dict[str | tuple[str, Beside, str, str], Placement] = {}
        self._communes: dict[tuple[str, int], tuple[int, ...]] = {}
        self._given: dict[str, tuple[Placement, ...]] = {}
        self._shared: dict[int, tuple[Placement, ...]] = {}
        self._tallies: dict[int, _Tally] = {}
        self._count = 0  # placements that references brought

    def placed(
        self, record: Contract | Mission | Operation
    ) -> tuple[tuple[Placement, ...], tuple[Brought, ...]]:
        """Return the placement of each item, and what each contract referred to brings.

        What the references bring, step by step, stands at the first of them, each contract once.

        Raises:
            RegisterError: the references of the register bring too many places.
        """
        items = _each_once(record.items)
        wanted = [referenced_contract(item.written) for item in items]
        if not any(wanted):
            return tuple([self._place(item) for item in items]), ()
        brought = self._brought(record, gives=any(map(self._is_own, wanted)))
        self._count += len(brought)
        if self._count > MOST_BROUGHT:
            self._references.refuse(record)
        if len(items) == 1 and brought and not self._is_circle(record, wanted[0]):
            return brought, tuple(self._summed(record, wanted))  # one tuple for all who refer there
        return tuple(self._all(record, items, brought)), tuple(self._summed(record, wanted))

    def _all(
        self, record: Contract | Mission | Operation, items: tuple[Item, ...], brought: tuple[Placement, ...]
    ) -> Iterator[Placement]:
        is_circle_told = False
        for item in items:
            wanted = referenced_contract(item.written)
            if self._is_own(wanted):
                yield self._own(item, wanted)
                continue
            yield from brought
            brought = ()
            if self._is_circle(record, wanted):
                if not is_circle_told:
                    chain = " → ".join(self._references.circle(key_of(record)))
                    yield _lost(item, Message("reference-cycle", {"chain": chain}))
                is_circle_told = True
            elif self._references.is_empty(wanted or ""):
                yield _lost(item, Message("reference-empty"), wanted or "")

    def _is_own(self, wanted: str | None) -> bool:
        """Say whether an item is no reference to a contract of the register."""
        return wanted not in self._register.contracts

    def _is_circle(self, record: Contract | Mission | Operation, wanted: str | None) -> bool:
        return wanted is not None and self._references.are_in_a_circle(key_of(record), wanted)

    def _own(self, item: Item, wanted: str | None, via: str = "") -> Placement:
        """Place an item that is a place, or a reference that leads nowhere."""
        if wanted is None:
            return self._place(item, via)
        return _lost(item, Message("reference-no-contract", {"value": wanted}), via)

    def _place(self, item: Item, via: str = "") -> Placement:
        """Place an item; the same words with the same neighbours are understood once."""
        is_alone = item.beside is NOTHING and not item.missing and not item.unread
        key = item.written if is_alone else (item.written, item.beside, item.missing, item.unread)
        known = self._known.get(key)
        if known is not None:
            return known.again(item, via)
        found = place_item(item, via, self._within, self._gazetteer)
        if len(found.communes) > 1:  # held once for all the ways to write a place
            ground = (found.place.id if found.place else found.label, len(found.communes))
            found = replace(found, communes=self._communes.setdefault(ground, found.communes))
        self._known[key] = found
        return found

    def _brought(self, record: Contract | Mission | Operation, *, gives: bool) -> tuple[Placement, ...]:
        """Return the placements of all that a record refers to, step by step, but its own."""
        key = key_of(record)
        if not gives:
            rank = self._references.rank(key)
            if rank not in self._shared:
                self._shared[rank] = tuple(self._each(self._references.reached_from(key)))
            return self._shared[rank]
        return tuple(self._each(each for each in self._references.reached_from(key) if each != key))

    def _each(self, contracts: Iterator[str]) -> Iterator[Placement]:
        for contract in contracts:
            yield from self._given_by(contract)

    def _given_by(self, contract: str) -> tuple[Placement, ...]:
        """Return what a contract brings of its own to those who refer to it."""
        if contract not in self._given:
            items = _each_once(self._register.contracts[contract].items)
            wanted = [(item, referenced_contract(item.written)) for item in items]
            self._given[contract] = tuple(
                self._own(item, each, contract) for item, each in wanted if self._is_own(each)
            )
        return self._given[contract]

    def _summed(self, record: Contract | Mission | Operation, wanted: list[str | None]) -> Iterator[Brought]:
        """Yield, for each contract that a record refers to, what became of the places that it brings."""
        key = key_of(record)
        for contract in wanted:
            if contract is None or contract == key or self._is_own(contract):
                continue
            tally = self._tally(contract)
            if isinstance(key, str) and self._is_circle(record, contract) and self._given_by(key):
                own = self._state(key)
                tally = _Tally(tally.count - 1, tally.some - own.some, tally.whole - own.whole)
            if tally.count:
                yield Brought(contract, some=tally.some > 0, whole=tally.whole == tally.count)
            elif not self._is_circle(record, contract):
                yield Brought(contract, some=False, whole=False)

    def _tally(self, contract: str) -> _Tally:
        rank = self._references.rank(contract)
        if rank not in self._tallies:
            states = [self._state(each) for each in self._references.reached_from(contract)]
            self._tallies[rank] = _Tally(
                len(states), sum(each.some for each in states), sum(each.whole for each in states)
            )
        return self._tallies[rank]

    def _state(self, contract: str) -> _Tally:
        found = [each.is_placed for each in self._given_by(contract)]
        return _Tally(1, int(any(found)), int(all(found)))


def _each_once(items: tuple[Item, ...]) -> tuple[Item, ...]:
    return items if len(items) == 1 else tuple(dict.fromkeys(items))


def _lost(item: Item, reason: Message, via: str = "") -> Placement:
    return Placement(item.written, "unknown", reason, via=via, line=item.line, column=item.column)
