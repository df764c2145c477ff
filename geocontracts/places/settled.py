"""The one place that a name means among those that bear it, or the question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.places.abbreviated import SHOWN, begun
from geocontracts.places.context import shown
from geocontracts.places.former import followed
from geocontracts.places.found import Match, ambiguous, placed
from geocontracts.places.gazetteer import LEVELS
from geocontracts.places.outside import may_be_wider
from geocontracts.places.whereabouts import is_within
from geocontracts.words import Message

if TYPE_CHECKING:
    from geocontracts.places.bearers import Bearers
    from geocontracts.places.gazetteer import Former, Gazetteer, Place
    from geocontracts.places.written import Query

EXACT_NAME = Message("exact-name")
ONE_LAND = "exact-name-one-land"
"""Why a name that a département and its region share is read as the département."""


def settled(
    query: Query, found: Bearers, within: Place | None, places: Gazetteer, reason: Message | None = None
) -> Match:
    """Accept the only place that bears the name, or the only one that the earlier names lead to."""
    if len(found.current) == 1 and not found.former and within is None:
        place = found.current[0]
        if place.level == "commune":  # most names by far
            return Match(query.written, "placed", reason or EXACT_NAME, place)
    match = _settled(query, found, within, places, reason)
    return match if within is None else _held_inside(query, match, within, places)


def _settled(
    query: Query, found: Bearers, within: Place | None, places: Gazetteer, reason: Message | None
) -> Match:
    """Settle among all that bear the name, wherever they lie."""
    if not found.current:
        return followed(query.written, found.former, places)
    chosen = _of_kind(query, _most_specific(found.current))
    one = _one_land(chosen, places)
    if len(chosen) > 1 and not one:
        return _homonyms(query, chosen, found, places)
    place = one or chosen[0]
    others = _also_meant(query, place, found.former, places) if found.former else []
    if others:
        told = _former_told(others[0], found.former, places)
        return ambiguous(query.written, [*others, *found.current], told)
    exact = Message(ONE_LAND, {"place": place.id}) if one else EXACT_NAME
    return placed(query.written, place, reason or exact, _remarks(query, place, found.former, within))


def _homonyms(query: Query, chosen: list[Place], found: Bearers, places: Gazetteer) -> Match:
    """Leave it open between all that bear the name, at any level, or have borne it."""
    every = list(dict.fromkeys([*chosen, *found.everything(places)]))
    if len({place.level for place in chosen}) > 1:
        return ambiguous(query.written, every, "ambiguous-levels")
    if len(every) == len(chosen):
        return ambiguous(query.written, every, "ambiguous-homonyms")
    facts = {"count": len(chosen), "more": len(every) - len(chosen)}
    return ambiguous(query.written, every, Message("ambiguous-bearers", facts))


def _one_land(found: list[Place], places: Gazetteer) -> Place | None:
    """Return the département where it and its region are one land, as overseas: there is nothing to ask."""
    levels = {place.level: place for place in found}
    if len(found) != len(levels) or levels.keys() != {"departement", "region"}:
        return None
    lands = [places.communes_of(place) for place in found]
    return levels["departement"] if lands[0] == lands[1] else None


def _former_told(place: Place, former: list[Former], places: Gazetteer) -> str | Message:
    """Say of a place that was meant before whether it was renamed, or is gone."""
    old = next(each for each in former if place in places.successors(each))
    if old.kind != "renamed":
        return "ambiguous-former"
    return Message("ambiguous-renamed", {"old": old.name, "new": place.name, "last": old.last})


def lies_inside(place: Place, within: Place | None) -> bool:
    """Say whether a place lies in the territory looked at; everything does in none."""
    return within is None or place == within or is_within(place, within)


def _held_inside(query: Query, match: Match, within: Place, places: Gazetteer) -> Match:
    """Say of what was found that it is out of the territory looked at, or ask where the name may be short.

    A bare name that only something elsewhere bears is taken where it is a whole
    name of today that begins no name inside (`Niort`), a district (`Paris 12e`),
    or an EPCI with its kind (`CA d'Agen`).
    """
    place = match.place
    found = [place] if place else [one.place for one in match.candidates]
    if not found or any(lies_inside(one, within) for one in found):
        return match
    alike = _alike_inside(query, within, places)
    if alike:
        facts = {"area": within.name, "names": shown(alike)}
        return ambiguous(query.written, [*alike, *found], Message("ambiguous-outside", facts))
    if place is None or not match.reason.key.startswith("former-"):
        return match
    if query.bare and not query.kind and match.reason.key != "former-district":
        return ambiguous(
            query.written, found, Message("former-outside", {"area": within.name, "told": match.reason})
        )
    remarks = [match.reason, Message("outside-area", {"area": within.name})]
    return placed(match.written, place, EXACT_NAME, remarks)


def _alike_inside(query: Query, within: Place, places: Gazetteer) -> list[Place]:
    """Return the places inside whose name begins with these words: what a short form may mean."""
    if not query.bare:
        return []
    inside = [place for place in begun(query.key, query.levels, places) if lies_inside(place, within)]
    return sorted(inside, key=lambda place: (LEVELS.index(place.level), -(place.population or 0)))[:SHOWN]


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
