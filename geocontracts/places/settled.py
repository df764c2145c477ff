"""The one place that a name means among those that bear it, or the question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.places.former import followed
from geocontracts.places.found import Match, ambiguous, placed
from geocontracts.places.outside import may_be_wider
from geocontracts.places.whereabouts import is_within
from geocontracts.words import Message

if TYPE_CHECKING:
    from geocontracts.places.bearers import Bearers
    from geocontracts.places.gazetteer import Former, Gazetteer, Place
    from geocontracts.places.written import Query

EXACT_NAME = Message("exact-name")


def settled(
    query: Query, found: Bearers, within: Place | None, places: Gazetteer, reason: Message | None = None
) -> Match:
    """Accept the only place that bears the name, or the only one that the earlier names lead to."""
    if len(found.current) == 1 and not found.former and within is None:
        place = found.current[0]
        if place.level == "commune":  # most names by far
            return Match(query.written, "placed", reason or EXACT_NAME, place)
    if not found.current:
        return _outside_or(followed(query.written, found.former, places), within)
    chosen = _of_kind(query, _most_specific(found.current))
    if len(chosen) > 1:
        levels = {place.level for place in chosen}
        return ambiguous(
            query.written, chosen, "ambiguous-levels" if len(levels) > 1 else "ambiguous-homonyms"
        )
    place = chosen[0]
    others = _also_meant(query, place, found.former, places) if found.former else []
    if others:
        return ambiguous(query.written, [*others, *found.current], "ambiguous-former")
    remarks = list(_remarks(query, place, found.former, within))
    return placed(query.written, place, reason or EXACT_NAME, remarks)


def lies_inside(place: Place, within: Place | None) -> bool:
    """Say whether a place lies in the territory looked at; everything does in none."""
    return within is None or place == within or is_within(place, within)


def _outside_or(match: Match, within: Place | None) -> Match:
    """Add to what was followed that it leads out of the territory looked at."""
    if match.place is None or lies_inside(match.place, within) or within is None:
        return match
    remarks = [match.reason, Message("outside-area", {"area": within.name})]
    return placed(match.written, match.place, EXACT_NAME, remarks)


def _remarks(query: Query, place: Place, former: list[Former], within: Place | None) -> list[Message]:
    found = []
    if within and not lies_inside(place, within):
        found.append(Message("outside-area", {"area": within.name}))
    if place.level == "epci":
        if query.kind and query.kind not in (place.type, "METRO"):
            found.append(Message("kind-differs", {"kind": place.name}))
        if not query.kind and len(query.levels) > 1 and may_be_wider(query.key):
            found.append(Message("epci-or-pays", {"name": place.name}))
    found += [
        Message("name-reused", {"old": old.name, "last": old.last})
        for old in former
        if old.level == place.level and len(old.successors) > 1 and place.code in old.successors
    ]
    return found[:2]


def _also_meant(query: Query, place: Place, former: list[Former], places: Gazetteer) -> list[Place]:
    """Return the places that the name led to in an earlier vintage, if that is another one.

    `Montreuil` is an arrondissement, and was the commune of Montreuil-sur-Mer. A
    bare name that a commune bears today is still not the name of an EPCI that was.
    """
    levels = {place.level}
    if len(query.levels) > 1 and place.level in ("epci", "arrondissement"):
        levels.add("commune")
    meant = []
    for old in former:
        if old.level in levels:
            later = places.successors(old)
            if place not in later:
                meant += later
    return list(dict.fromkeys(meant))


def _most_specific(found: list[Place]) -> list[Place]:
    """Return the places of the level that a bare name means first.

    `Arras` is the commune, not its arrondissement nor its communauté urbaine;
    but a name borne by a commune and by a département is left open.
    """
    if len(found) == 1:
        return found
    named = [place for place in found if place.level in ("commune", "departement", "region")]
    if named:
        return named
    epci = [place for place in found if place.level == "epci"]
    return epci or found


def _of_kind(query: Query, found: list[Place]) -> list[Place]:
    """Among EPCI of one name, return those of the kind that was written, if any."""
    if not query.kind:
        return found
    return [place for place in found if place.type.startswith(query.kind[:3])] or found
