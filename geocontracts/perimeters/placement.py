"""What one item of a record's territories means: a place, a contract, or a label."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from geocontracts.places.match import describe, resolve
from geocontracts.words import Message

if TYPE_CHECKING:
    from geocontracts.places.beside import Beside
    from geocontracts.places.gazetteer import Gazetteer, Place
    from geocontracts.places.match import Candidate

PlacementStatus: TypeAlias = Literal["placed", "remark", "ambiguous", "unknown", "custom"]

_CUSTOM = re.compile(r"custom\s*:\s*(?P<label>.+?)(?:\s*@\s*(?P<seat>.+))?", re.IGNORECASE)
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

    @property
    def is_placed(self) -> bool:
        """Say whether the item leads to communes."""
        return self.status in ("placed", "remark")


def referenced_contract(item: str) -> str | None:
    """Return the id of the contract that an item refers to, or None."""
    found = _CONTRACT.fullmatch(item.strip())
    return found["id"].strip() if found else None


def place_item(item: str, beside: Beside, within: Place | None, gazetteer: Gazetteer) -> Placement:
    """Understand one item that is no reference to a contract."""
    custom = _CUSTOM.fullmatch(item.strip())
    if custom:
        return _custom(item, custom["label"], custom["seat"], within, gazetteer)
    match = resolve(item, within=within, beside=beside, gazetteer=gazetteer)
    if match.place is None:
        return Placement(item, match.status, match.reason, candidates=match.candidates)
    return Placement(
        item,
        match.status,
        match.reason,
        place=match.place,
        label=describe(match.place, gazetteer),
        communes=tuple(gazetteer.communes_of(match.place)),
    )


def _custom(item: str, label: str, seat: str | None, within: Place | None, gazetteer: Gazetteer) -> Placement:
    reason = Message("custom-perimeter", {"label": label})
    if not seat:
        return Placement(item, "custom", reason, label=label)
    found = resolve(seat, within=within, gazetteer=gazetteer)
    if found.place is None or found.place.level != "commune":
        facts = {"value": seat, "reason": Message("seat-not-commune") if found.place else found.reason}
        wrong = Message("custom-seat-unknown", facts)
        return Placement(item, "unknown", wrong, label=label, candidates=found.candidates)
    return Placement(item, "custom", reason, seat=found.place, label=label)
