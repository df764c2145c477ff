"""What one item of a record's territories means: a place, a contract, or a label."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from geocontracts.perimeters.country import country_of
from geocontracts.places.found import joined
from geocontracts.places.match import describe, resolve
from geocontracts.records.values import is_broken, says_nothing
from geocontracts.words import Message

if TYPE_CHECKING:
    from geocontracts.perimeters.country import Country
    from geocontracts.places.gazetteer import Gazetteer, Place
    from geocontracts.places.match import Candidate
    from geocontracts.records.register import Item

PlacementStatus: TypeAlias = Literal["placed", "remark", "ambiguous", "unknown", "custom"]

_CUSTOM = re.compile(r"custom\s*:\s*(?P<label>.+?)(?:\s*@\s*(?P<seat>.+))?", re.IGNORECASE)
_MAY_REFER = frozenset("cC \t\n\u00a0")
_CONTRACT = re.compile(r"contract\s*:\s*(?P<id>.+)", re.IGNORECASE)


@dataclass(frozen=True)
class Placement:
    """One item of `territories`, understood.

    `status` is {"placed", "remark", "ambiguous", "unknown", "custom"}. A custom
    item has a label, and the place of its seat where that is known; it covers no
    commune. `communes` are numbers of the gazetteer. `via` is the contract whose
    item it is, when the record only refers to that contract. `line` is the line of
    the file on which it stands.
    """

    written: str
    status: PlacementStatus
    reason: Message
    place: Place | None = None
    seat: Place | None = None
    label: str = ""
    communes: tuple[int, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    via: str = ""
    line: int = 0
    column: str = "territories"

    def again(self, item: Item, via: str) -> Placement:
        """Return what the same words mean where they stand once more."""
        if (via, item.line, item.column) == (self.via, self.line, self.column):
            return self
        return Placement(
            self.written,
            self.status,
            self.reason,
            self.place,
            self.seat,
            self.label,
            self.communes,
            self.candidates,
            via,
            item.line,
            item.column,
        )

    @property
    def is_placed(self) -> bool:
        """Say whether the item leads to communes."""
        return self.status in ("placed", "remark")


def referenced_contract(item: str) -> str | None:
    """Return the id of the contract that an item refers to, or None."""
    if item[:1] not in _MAY_REFER:  # nearly every item of a long list
        return None
    found = _CONTRACT.fullmatch(item.strip())
    return found["id"].strip() if found else None


def place_item(item: Item, via: str, within: Place | None, gazetteer: Gazetteer) -> Placement:
    """Understand one item that is no reference to a contract."""
    custom = _CUSTOM.fullmatch(item.written.strip())
    if custom:
        return _custom(item, via, custom, within, gazetteer)
    nothing = _nothing(item.written.strip())
    if nothing:
        return Placement(item.written, "unknown", nothing, via=via, line=item.line, column=item.column)
    match = resolve(item.written, within=within, beside=item.beside, gazetteer=gazetteer)
    place = match.place
    if place is None:
        country = country_of(item.written, gazetteer)
        if country:
            return _country(item, via, country)
        return Placement(
            item.written,
            match.status,
            match.reason,
            candidates=match.candidates,
            via=via,
            line=item.line,
            column=item.column,
        )
    status, reason = match.status, match.reason
    if item.missing or item.unread:
        key = "place-coarser" if item.missing else "place-unread"
        coarser = Message(key, {"column": item.missing or item.unread, "other": item.column})
        reason = coarser if status == "placed" else joined([reason, coarser])
        status = "remark"
    return Placement(
        item.written,
        status,
        reason,
        place=place,
        label=describe(place, gazetteer),
        communes=tuple(gazetteer.communes_of(place)),
        via=via,
        line=item.line,
        column=item.column,
    )


def _country(item: Item, via: str, country: Country) -> Placement:
    return Placement(
        item.written,
        "remark" if country.is_assumed else "placed",
        country.reason,
        label=country.label,
        communes=country.communes,
        via=via,
        line=item.line,
        column=item.column,
    )


def _nothing(written: str) -> Message | None:
    """Return why a word for nothing, or a broken formula, is no place; None for what may be one."""
    if says_nothing(written):
        return Message("place-told-unknown", {"value": written}) if written else None
    return Message("value-broken", {"value": written}) if is_broken(written) else None


def _custom(
    item: Item, via: str, told: re.Match[str], within: Place | None, gazetteer: Gazetteer
) -> Placement:
    """Understand a label that no code describes, with its seat if one is told."""
    label, seat = told["label"], told["seat"]
    plain = Placement(
        item.written,
        "custom",
        Message("custom-perimeter", {"label": label}),
        label=label,
        via=via,
        line=item.line,
        column=item.column,
    )
    if not seat:
        return plain
    found = resolve(seat, within=within, gazetteer=gazetteer)
    if found.place is None or found.place.level != "commune":
        facts = {"value": seat, "reason": Message("seat-not-commune") if found.place else found.reason}
        wrong = Message("custom-seat-unknown", facts)
        return replace(plain, status="unknown", reason=wrong, candidates=found.candidates)
    return replace(plain, seat=found.place)
