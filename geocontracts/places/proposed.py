"""What is proposed for a name that no place bears: what it may abbreviate, then what is spelled alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.places.abbreviated import abbreviated, begun, epci_about, with_initials
from geocontracts.places.found import Candidate
from geocontracts.places.names import epci_key, normalise_name
from geocontracts.places.near import likeness, nearest
from geocontracts.places.outside import bare_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from geocontracts.places.gazetteer import Gazetteer, Place
    from geocontracts.places.written import Query

_LEAST = 5  # places proposed, where near names can make them up


def proposed(
    query: Query, places: Gazetteer, admits: Callable[[Place], bool], first: Callable[[Place], bool]
) -> tuple[Candidate, ...]:
    """Return the places that a person may have meant, the likeliest first.

    `admits` says which places can be meant at all, `first` which of them come first.
    """
    key, levels = query.key, query.levels
    if not key:
        return ()
    short = abbreviated(query, places, admits, first)
    found = [_candidate(key, place) for place in short]
    if short and not begun(key, levels, places) and set(short) <= set(with_initials(query.written, places)):
        return tuple(found)  # `MEL` is an acronym: the names of its letters are noise
    near = [one for one in nearest([(key, levels)], places, admits, first) if one.place not in short]
    return (*found, *near[: max(_LEAST - len(found), 0)])


def proposed_for_perimeter(
    query: Query, places: Gazetteer, admits: Callable[[Place], bool], first: Callable[[Place], bool]
) -> tuple[Candidate, ...]:
    """Return the EPCI whose name holds the telling words of a perimeter without a code, or nothing."""
    key = bare_name(query.key)
    found = sorted(
        filter(admits, epci_about(key, places)),
        key=lambda place: (not first(place), -likeness(key, _key(place)), place.code),
    )
    return tuple(_candidate(key, place) for place in found[:_LEAST])


def _candidate(key: str, place: Place) -> Candidate:
    return Candidate(place, round(likeness(key, _key(place)) / 100, 2))


def _key(place: Place) -> str:
    return epci_key(place.name) if place.level == "epci" else normalise_name(place.name)
