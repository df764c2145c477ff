"""Towns whose name begins with a whole name: what the name of a village may be short for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.places.abbreviated import begun
from geocontracts.places.found import listed
from geocontracts.places.settled import lies_inside
from geocontracts.places.whereabouts import describe
from geocontracts.words import Message

if TYPE_CHECKING:
    from geocontracts.places.gazetteer import Gazetteer, Place
    from geocontracts.places.written import Query

_TIMES = 5  # as many people: 19 of the 3,782 communes of the Hauts-de-France have such a neighbour
_SHOWN = 4


def doubt_of_short_name(query: Query, place: Place, within: Place, places: Gazetteer) -> Message | None:
    """Say which far larger communes of the territory have a longer name that begins as this one.

    `Avesnes` is a village of 46 people; a list that says no more may mean Avesnes-sur-Helpe. Where the row
    or the name tells a département, a postcode or an EPCI, there is no doubt.
    """
    if place.level != "commune" or not query.bare or place.population is None:
        return None
    least = _TIMES * place.population
    larger = [
        one
        for one in begun(query.key, ("commune",), places)
        if one != place and (one.population or 0) >= least and lies_inside(one, within)
    ]
    if not larger:
        return None
    larger.sort(key=lambda one: (-(one.population or 0), one.code))
    names = listed([_named(one, places) for one in larger[:_SHOWN]])
    return Message("name-begins-others", {"place": _named(place, places), "names": names})


def _named(place: Place, places: Gazetteer) -> Message:
    return Message("place-with-code", {"place": describe(place, places), "code": place.id})
