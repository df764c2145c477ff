"""The perimeter of a record: its communes, how each was found, what does not agree."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias

from geocontracts.memory import collector_paused
from geocontracts.perimeters.items import ItemPlacer
from geocontracts.perimeters.united import Union
from geocontracts.places.area import HAUTS_DE_FRANCE, place_of
from geocontracts.places.gazetteer import load_gazetteer
from geocontracts.places.match import describe
from geocontracts.records.problems import Problem
from geocontracts.records.register import Contract
from geocontracts.words import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geocontracts.perimeters.items import Brought
    from geocontracts.perimeters.placement import Placement
    from geocontracts.places.area import Area
    from geocontracts.places.gazetteer import Former, Gazetteer, Place
    from geocontracts.records.problems import Severity
    from geocontracts.records.register import Basis, Mission, Operation, Register

Outcome: TypeAlias = Literal["placed", "remark", "unplaced"]


@dataclass(frozen=True)
class Perimeter:
    """Where one record is.

    `outcome` is {"placed", "remark", "unplaced"}; `communes` are numbers of the
    gazetteer, in order; `remarks` say what was assumed and what does not agree; `brought`
    says what became of the places of each contract that it refers to.
    """

    record: Contract | Mission | Operation
    outcome: Outcome
    placements: tuple[Placement, ...]
    communes: tuple[int, ...]
    remarks: tuple[Message, ...]
    brought: tuple[Brought, ...] = ()

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
        self._gazetteer = load_gazetteer() if gazetteer is None else gazetteer
        self._placer = ItemPlacer(register, within, self._gazetteer)
        self._union = Union()

    @cached_property
    def perimeters(self) -> list[Perimeter]:
        """Return one perimeter a record, in the order of the register."""
        return [self.perimeter(record) for record in self._register.records()]

    def perimeter(self, record: Contract | Mission | Operation) -> Perimeter:
        """Return the perimeter of one record."""
        placements, brought = self._placer.placed(record)
        communes = self._union.of(placements, record)
        remarks = tuple(self._differences(record, communes))
        outcome = _outcome(placements, remarks)
        return Perimeter(record, outcome, placements, communes, remarks, brought)

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


def resolve_perimeters(
    register: Register, *, within: Area | Place | str | None = HAUTS_DE_FRANCE
) -> list[Perimeter]:
    """Return the perimeter of every contract, mission and operation, in order.

    Nothing is left out: a record that cannot be placed has the outcome
    "unplaced" and the reasons in its placements. Names are looked for first in
    `within`, Hauts-de-France unless told, nowhere in particular when it is None.

    Raises:
        UnknownPlaceError: `within` is no place, or more than one.
        RegisterError: references between contracts, or places of several levels, bring more than can be held.
    """
    with collector_paused():
        return Resolver(register, place_of(within)).perimeters


def _outcome(placements: tuple[Placement, ...], remarks: tuple[Message, ...]) -> Outcome:
    if not any(item.is_placed for item in placements):
        return "unplaced"
    exact = all(item.status == "placed" for item in placements)
    return "placed" if exact and not remarks else "remark"
