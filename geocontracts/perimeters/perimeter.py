"""The perimeter of a record: its communes, how each was found, what does not agree."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias

from geocontracts.memory import collector_paused
from geocontracts.perimeters.placement import Placement, place_item, referenced_contract
from geocontracts.places.area import HAUTS_DE_FRANCE, place_of
from geocontracts.places.beside import NOTHING
from geocontracts.places.gazetteer import load_gazetteer
from geocontracts.places.match import describe
from geocontracts.records.problems import Problem
from geocontracts.records.register import Contract
from geocontracts.words import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geocontracts.places.area import Area
    from geocontracts.places.beside import Beside
    from geocontracts.places.gazetteer import Former, Gazetteer, Place
    from geocontracts.records.problems import Severity
    from geocontracts.records.register import Basis, Item, Mission, Operation, Register

Outcome: TypeAlias = Literal["placed", "remark", "unplaced"]

_MOST_FOLLOWED = 1_000_000  # references of one register, beside twenty for each of its records
_LONGEST_CHAIN = 4  # contracts named when they refer to each other without end


@dataclass(frozen=True)
class Perimeter:
    """Where one record is.

    `outcome` is {"placed", "remark", "unplaced"}; `communes` are numbers of the
    gazetteer, in order; `remarks` say what was assumed and what does not agree.
    """

    record: Contract | Mission | Operation
    outcome: Outcome
    placements: tuple[Placement, ...]
    communes: tuple[int, ...]
    remarks: tuple[Message, ...]

    @property
    def basis(self) -> Basis | None:
        """Return whether the source states the perimeter; one that covers no commune is unknown."""
        return self.record.perimeter if self.communes else "unknown"

    @property
    def seats(self) -> tuple[Place, ...]:
        """Return the seats of perimeters that no source describes."""
        return tuple(item.seat for item in self.placements if item.seat)

    def problems(self) -> Iterator[Problem]:
        """Yield what the owner of the register should look at.

        What is wrong with a contract that the record refers to is said on that
        contract's own row; here it is only recalled.
        """
        for item in self.placements:
            if item.via:
                continue
            if item.status in ("ambiguous", "unknown"):
                yield self._problem("error", item.reason, item)
            elif item.status != "placed":
                yield self._problem("remark", item.reason, item)
        incomplete = {item.via: None for item in self.placements if item.via and not item.is_placed}
        for contract in incomplete:
            yield self._said("remark", Message("reference-incomplete", {"value": contract}))
        for remark in self.remarks:
            yield self._said("remark", remark)

    def _problem(self, severity: Severity, reason: Message, item: Placement) -> Problem:
        if not item.written:
            return Problem(severity, item.reason, self.record.file, item.line, item.column)
        nearest = ", ".join(f"{describe(each.place)} [{each.place.id}]" for each in item.candidates)
        key = "place-with-candidates" if nearest else "place-without-candidates"
        message = Message(key, {"written": item.written, "reason": reason, "candidates": nearest})
        return Problem(severity, message, self.record.file, item.line, item.column)

    def _said(self, severity: Severity, message: Message) -> Problem:
        return Problem(severity, message, self.record.file, self.record.line, self.record.column)


class Resolver:
    """Finds the perimeters of the records of one register."""

    def __init__(self, register: Register, within: Place | None, gazetteer: Gazetteer | None = None) -> None:
        """Look names up in the territory `within` first."""
        self._register = register
        self._within = within
        self._gazetteer = load_gazetteer() if gazetteer is None else gazetteer
        self._most = _MOST_FOLLOWED + 20 * len(register.contracts)
        self._left = self._most  # references to follow before it is enough
        self._placed: dict[str | tuple[str, Beside, str], Placement] = {}

    @cached_property
    def perimeters(self) -> list[Perimeter]:
        """Return one perimeter a record, in the order of the register."""
        return [self.perimeter(record) for record in self._register.records()]

    def perimeter(self, record: Contract | Mission | Operation) -> Perimeter:
        """Return the perimeter of one record."""
        placements = tuple(self._items(record))
        communes = _together(placements)
        remarks = tuple(self._differences(record, communes))
        return Perimeter(record, _outcome(placements, remarks), placements, communes, remarks)

    def _items(self, record: Contract | Mission | Operation) -> Iterator[Placement]:
        """Yield the placement of each item; a contract stands for its own items.

        Contracts are visited once each, so that neither long chains nor many
        references to the same ones cost more than the register is long.
        """
        waiting: deque[tuple[Item, str, tuple[str, ...]]] = deque(
            (item, "", (record.id,)) for item in _each_once(record.items)
        )
        seen: set[str] = set()
        while waiting:
            item, via, path = waiting.popleft()
            wanted = referenced_contract(item.written)
            if wanted is None:
                yield self._place(item, via)
            elif self._left <= 0:
                yield _lost(item, Message("reference-far", {"limit": self._most}))
                return
            elif wanted == record.id:
                chain = " → ".join((*path, wanted))
                yield _lost(item, Message("reference-cycle", {"chain": chain}))
            elif wanted not in self._register.contracts:
                yield _lost(item, Message("reference-no-contract", {"value": wanted}), via)
            elif not via and not self._brings(wanted, record.id):
                yield _lost(item, Message("reference-empty"), wanted)
            elif wanted not in seen:
                seen.add(wanted)
                self._left -= len(self._register.contracts[wanted].items)
                items = _each_once(self._register.contracts[wanted].items)
                waiting.extendleft((each, wanted, (*_shortened(path), wanted)) for each in reversed(items))

    def _brings(self, contract: str, asking: str) -> bool:
        """Say whether a contract, with those it refers to, has an item, or refers back to who asks."""
        waiting, seen = [contract], {contract}
        while waiting:
            for item in self._register.contracts[waiting.pop()].territories:
                self._left -= 1
                wanted = referenced_contract(item)
                if wanted is None or wanted == asking or wanted not in self._register.contracts:
                    return True
                if wanted not in seen:
                    seen.add(wanted)
                    waiting.append(wanted)
        return False

    def _place(self, item: Item, via: str) -> Placement:
        """Place an item; the same words with the same neighbours are understood once."""
        is_alone = item.beside is NOTHING and not item.missing
        key = item.written if is_alone else (item.written, item.beside, item.missing)
        known = self._placed.get(key)
        if known is not None:
            return known.again(item, via)
        self._placed[key] = place_item(item, via, self._within, self._gazetteer)
        return self._placed[key]

    def _differences(
        self, record: Contract | Mission | Operation, communes: tuple[int, ...]
    ) -> Iterator[Message]:
        """Compare what the source counts with what was found."""
        if not isinstance(record, Contract) or not communes:
            return
        if record.stated_communes is not None and record.stated_communes != len(communes):
            yield self._commune_difference(record, record.stated_communes, communes)
        if record.stated_epci is None:
            return
        found = {code for code in self._gazetteer.column("epci", list(communes)) if code}
        if record.stated_epci != len(found):
            yield Message("stated-epci", {"stated": record.stated_epci, "found": len(found)})

    def _mergers(self, merged: list[tuple[Former, Place]]) -> str:
        """Say which communes became which: `Amfroipret, Bermeries → L'Orée de Mormal (2025)`."""
        into: dict[Place, list[Former]] = {}
        for old, new in merged:
            into.setdefault(new, []).append(old)
        said = []
        for new, olds in into.items():
            since = olds[0].since
            renamed = [
                old
                for old in self._gazetteer.formerly_coded("commune", new.code)
                if old.kind == "renamed" and old.since == since
            ]
            said.append(f"{', '.join(old.name for old in [*renamed, *olds])} → {new.name} ({since})")
        return "; ".join(said)

    def _commune_difference(self, record: Contract, stated: int, communes: tuple[int, ...]) -> Message:
        facts: dict[str, object] = {"stated": stated, "found": len(communes)}
        signed = record.signed_on or record.starts_on
        if signed and stated > len(communes):
            merged = self._gazetteer.merged_since(set(communes), signed.first().year)
            if len(merged) == stated - len(communes):
                return Message("stated-communes-merged", facts | {"names": self._mergers(merged)})
        return Message("stated-communes", facts)


def _each_once(items: tuple[Item, ...]) -> tuple[Item, ...]:
    return items if len(items) == 1 else tuple(dict.fromkeys(items))


def _together(placements: tuple[Placement, ...]) -> tuple[int, ...]:
    """Return the communes of all these, in order; those of one place stand in it already."""
    if len(placements) == 1:
        return placements[0].communes
    return tuple(sorted({number for item in placements for number in item.communes}))


def _lost(item: Item, reason: Message, via: str = "") -> Placement:
    return Placement(item.written, "unknown", reason, via=via, line=item.line, column=item.column)


def _shortened(path: tuple[str, ...]) -> tuple[str, ...]:
    return path if len(path) <= _LONGEST_CHAIN else (path[0], "…", *path[-2:])


def resolve_perimeters(
    register: Register, *, within: Area | Place | str | None = HAUTS_DE_FRANCE
) -> list[Perimeter]:
    """Return the perimeter of every contract, mission and operation, in order.

    Nothing is left out: a record that cannot be placed has the outcome
    "unplaced" and the reasons in its placements. Names are looked for first in
    `within`, Hauts-de-France unless told, nowhere in particular when it is None.

    Raises:
        UnknownPlaceError: `within` is no place, or more than one.
    """
    with collector_paused():
        return Resolver(register, place_of(within)).perimeters


def _outcome(placements: tuple[Placement, ...], remarks: tuple[Message, ...]) -> Outcome:
    if not any(item.is_placed for item in placements):
        return "unplaced"
    exact = all(item.status == "placed" for item in placements)
    return "placed" if exact and not remarks else "remark"
