"""Earlier names and codes, followed to the place of today that they lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.places.found import Candidate, Match, ambiguous
from geocontracts.words import Message

if TYPE_CHECKING:
    from geocontracts.places.gazetteer import Former, Gazetteer, Place


def followed(text: str, former: list[Former], places: Gazetteer) -> Match:
    """Follow earlier names or codes to today, if all lead to one place."""
    found = {place.id: place for old in former for place in places.successors(old)}
    old = former[0]
    if len(found) == 1:
        place = next(iter(found.values()))
        return Match(text, "remark", became(old, place), place)
    if not found:
        return Match(text, "unknown", Message("former-gone", {"old": old.name, "last": old.last}))
    if len({(each.level, each.code) for each in former}) == 1:
        return divided(text, old, places)
    return ambiguous(text, found.values(), "ambiguous-homonyms")


def became(old: Former, place: Place) -> Message:
    """Say what an earlier name or code has become."""
    return Message(f"former-{old.kind}", {"old": old.name, "new": place.name, "last": old.last})


def divided(text: str, old: Former, places: Gazetteer) -> Match:
    """Leave open which part of a divided place is meant; the candidates carry their share of its communes."""
    found = places.successors(old)
    shares = dict(old.shares)
    total = sum(shares.values())
    if not total:
        return ambiguous(text, found, "ambiguous-split")
    found.sort(key=lambda place: -shares[place.code])
    candidates = tuple(Candidate(place, round(shares[place.code] / total, 2)) for place in found)
    parts = ", ".join(f"{place.name} ({shares[place.code]})" for place in found)
    facts = {"old": old.name, "last": old.last, "parts": parts}
    return Match(text, "ambiguous", Message("ambiguous-split-epci", facts), None, candidates)
