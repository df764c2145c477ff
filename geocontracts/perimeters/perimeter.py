"""The perimeter of a record: its communes, how each was found, what does not agree."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias

from geocontracts.perimeters.placement import Placement, place_item, referenced_contract
from geocontracts.places.gazetteer import load_gazetteer
from geocontracts.places.match import describe
from geocontracts.records.problems import Problem
from geocontracts.records.register import Contract
from geocontracts.words import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geocontracts.places.gazetteer import Gazetteer, Place
    from geocontracts.records.register import Mission, Operation, Register

Outcome: TypeAlias = Literal["placed", "remark", "unplaced"]


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
    def seats(self) -> tuple[Place, ...]:
        """Return the seats of perimeters that no source describes."""
        return tuple(item.seat for item in self.placements if item.seat)

    def problems(self) -> Iterator[Problem]:
        """Yield what the owner of the register should look at."""
        for item in self.placements:
            if not item.is_placed and item.status != "custom":
                yield self._problem("error", item.reason, item)
            elif item.status == "remark":
                yield self._problem("remark", item.reason, item)
        for remark in self.remarks:
            yield Problem("remark", remark, self.record.file, self.record.line, "territories")

    def _problem(self, severity: Literal["error", "remark"], reason: Message, item: Placement) -> Problem:
        nearest = ", ".join(describe(candidate.place) for candidate in item.candidates)
        key = "place-with-candidates" if nearest else "place-without-candidates"
        message = Message(key, {"written": item.written, "reason": reason, "candidates": nearest})
        return Problem(severity, message, self.record.file, self.record.line, "territories")


class Resolver:
    """Finds the perimeters of the records of one register."""

    def __init__(self, register: Register, within: Place | None, gazetteer: Gazetteer | None = None) -> None:
        """Look names up in the territory `within` first."""
        self._register = register
        self._within = within
        self._gazetteer = gazetteer or load_gazetteer()
        self._placed: dict[str, Placement] = {}

    @cached_property
    def perimeters(self) -> list[Perimeter]:
        """Return one perimeter a record, in the order of the register."""
        return [self.perimeter(record) for record in self._register.records()]

    def perimeter(self, record: Contract | Mission | Operation) -> Perimeter:
        """Return the perimeter of one record."""
        placements = tuple(self._items(record.territories, (record.id,)))
        communes = tuple(sorted({number for item in placements for number in item.communes}))
        remarks = tuple(self._differences(record, communes))
        return Perimeter(record, _outcome(placements, remarks), placements, communes, remarks)

    def _items(self, items: tuple[str, ...], path: tuple[str, ...]) -> Iterator[Placement]:
        """Yield the placement of each item; a contract stands for its own items."""
        for item in items:
            wanted = referenced_contract(item)
            if wanted is None:
                yield self._place(item)
            elif wanted in path:
                chain = " → ".join((*path, wanted))
                yield Placement(item, "unknown", Message("reference-cycle", {"chain": chain}))
            elif wanted not in self._register.contracts:
                yield Placement(item, "unknown", Message("reference-no-contract", {"value": wanted}))
            else:
                yield from self._items(self._register.contracts[wanted].territories, (*path, wanted))

    def _place(self, item: str) -> Placement:
        if item not in self._placed:
            self._placed[item] = place_item(item, self._within, self._gazetteer)
        return self._placed[item]

    def _differences(
        self, record: Contract | Mission | Operation, communes: tuple[int, ...]
    ) -> Iterator[Message]:
        """Compare what the source counts with what was found."""
        if not isinstance(record, Contract) or not communes:
            return
        if record.stated_communes is not None and record.stated_communes != len(communes):
            yield self._commune_difference(record, record.stated_communes, communes)
        found = {code for code in self._gazetteer.column("epci", list(communes)) if code}
        if record.stated_epci is not None and record.stated_epci != len(found):
            yield Message("stated-epci", {"stated": record.stated_epci, "found": len(found)})

    def _commune_difference(self, record: Contract, stated: int, communes: tuple[int, ...]) -> Message:
        facts: dict[str, object] = {"stated": stated, "found": len(communes)}
        signed = record.signed_on or record.starts_on
        if signed and stated > len(communes):
            merged = self._gazetteer.merged_since(set(communes), signed.first().year)
            if len(merged) == stated - len(communes):
                names = ", ".join(f"{old.name} → {new.name} ({old.since or old.last})" for old, new in merged)
                return Message("stated-communes-merged", facts | {"names": names})
        return Message("stated-communes", facts)


def resolve_perimeters(
    register: Register, *, within: Place | None = None, gazetteer: Gazetteer | None = None
) -> list[Perimeter]:
    """Return the perimeter of every contract, mission and operation, in order.

    Nothing is left out: a record that cannot be placed has the outcome
    "unplaced" and the reasons in its placements.
    """
    return Resolver(register, within, gazetteer).perimeters


def _outcome(placements: tuple[Placement, ...], remarks: tuple[Message, ...]) -> Outcome:
    if not any(item.is_placed for item in placements):
        return "unplaced"
    exact = all(item.status == "placed" for item in placements)
    return "placed" if exact and not remarks else "remark"
