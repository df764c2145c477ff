"""Earlier names and codes, followed to the place of today that they lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.places.found import Candidate, Match, ambiguous, listed
from geocontracts.places.names import epci_key
from geocontracts.words import Message

if TYPE_CHECKING:
    from geocontracts.places.gazetteer import Former, Gazetteer, Place


def followed(text: str, former: list[Former], places: Gazetteer) -> Match:
    """Follow earlier names or codes to today, if all lead to one place."""
    found = {place.id: place for old in former for place in places.successors(old)}
    old = latest(former)
    if len(found) == 1:
        place = next(iter(found.values()))
        return Match(text, "remark", became(old, place), place)
    if not found:
        return Match(text, "unknown", Message("former-gone", {"old": old.name, "last": old.last}))
    if len({(each.level, each.code) for each in former}) == 1:
        return divided(text, old, places)
    return ambiguous(text, found.values(), "ambiguous-homonyms")


def latest(former: list[Former]) -> Former:
    """Return the last of several earlier names or codes, the first of those of one year."""
    return max(former, key=lambda old: old.last)


def became(old: Former, place: Place) -> Message:
    """Say what an earlier name or code has become."""
    if old.kind == "merged" and old.level == "epci" and epci_key(old.name) == epci_key(place.name):
        facts = {"old": old.name, "code": old.code, "new_code": place.code, "last": old.last}
        return Message("former-siren", facts)
    return Message(f"former-{old.kind}", {"old": old.name, "new": place.name, "last": old.last})


def code_divided(text: str, old: Former, places: Gazetteer) -> Match:
    """Leave open what is meant by the code of a divided commune that one of its parts bears today."""
    found = places.successors(old)
    people = {place: place.population or 0 for place in found}
    total = sum(people.values())
    found.sort(key=lambda place: -people[place])
    candidates = tuple(Candidate(place, round(people[place] / total, 2) if total else 1.0) for place in found)
    parts = [Message("place-people", {"name": place.name, "people": people[place]}) for place in found]
    facts = {"old": old.name, "last": old.last, "code": old.code, "parts": listed(parts)}
    return Match(text, "ambiguous", Message("code-divided", facts), None, candidates)


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
