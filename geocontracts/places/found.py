"""What was found for a written place: the place, or the candidates, and the reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from geocontracts.words import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from geocontracts.places.gazetteer import Place

EXACT_CODE = Message("exact-code")

Status: TypeAlias = Literal["placed", "remark", "ambiguous", "unknown"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that might be meant; `score` runs from 0 to 1.

    The score is how near the name is; for a place that was divided, the share
    that the candidate took: of the communes of an EPCI, of today's inhabitants of a commune.
    """

    place: Place
    score: float


class Match:
    """What was found for a written place.

    `status` is {"placed", "remark", "ambiguous", "unknown"}; `place` is set for
    the first two, `candidates` may be for the last two. Near names are looked
    for when the candidates or the reason are first read, since most callers of
    a long list read them for few rows.
    """

    __slots__ = ("_candidates", "_propose", "_reason", "place", "status", "written")

    def __init__(  # noqa: PLR0913, PLR0917 - the five fields, and how to find the last one later
        self,
        written: str,
        status: Status,
        reason: Message,
        place: Place | None = None,
        candidates: tuple[Candidate, ...] = (),
        propose: Callable[[], tuple[Candidate, ...]] | None = None,
    ) -> None:
        """Keep what was found; `propose` finds the candidates when they are asked for."""
        self.written = written
        self.status: Status = status
        self.place = place
        self._reason = reason
        self._candidates = candidates
        self._propose = propose

    def __repr__(self) -> str:
        """Return the match in one line, for a developer."""
        return f"Match({self.written!r}, {self.status}, {self.place and self.place.id}, {self.reason.key})"

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """Return the places that might be meant, the likeliest first."""
        if self._propose is not None:
            self._candidates, self._propose = self._propose(), None
        return self._candidates

    @property
    def reason(self) -> Message:
        """Return why it was accepted or not, to be said in either language."""
        if self._reason.key == "unknown-name" and self.candidates:
            return Message("unknown-name-near")
        return self._reason


def placed(written: str, place: Place, reason: Message, remarks: Iterable[Message] = ()) -> Match:
    """Accept a place: without more ado, or with what must be said of it."""
    said = list(remarks)
    if not said:
        return Match(written, "placed", reason, place)
    return Match(written, "remark", joined(said), place)


def joined(messages: list[Message]) -> Message:
    """Return one message that says several, one after the other."""
    first, *others = messages
    return Message("reasons", {"first": first, "then": joined(others)}) if others else first


def listed(messages: list[Message]) -> Message:
    """Return one message that lists several, with commas."""
    first, *others = messages
    return Message("listed", {"first": first, "then": listed(others)}) if others else first


def ambiguous(written: str, found: Iterable[Place], reason: str | Message) -> Match:
    """Leave it open between places that are all possible; a bare key is told how many they are."""
    candidates = tuple(Candidate(place, 1.0) for place in dict.fromkeys(found))
    if isinstance(reason, str):
        reason = Message(reason, {"count": len(candidates)})
    return Match(written, "ambiguous", reason, None, candidates)
