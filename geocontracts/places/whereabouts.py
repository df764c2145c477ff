"""Where a place lies: in which territories, and how homonyms are told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.places.gazetteer import load_gazetteer

if TYPE_CHECKING:
    from geocontracts.places.gazetteer import Gazetteer, Place


def departements_of(place: Place, gazetteer: Gazetteer | None = None) -> list[str]:
    """Return the names of the départements that a place lies in."""
    places = load_gazetteer() if gazetteer is None else gazetteer
    return [found.name for code in place.departement if (found := places.get("departement", code))]


def describe(place: Place, gazetteer: Gazetteer | None = None) -> str:
    """Return a name that tells homonyms apart: `Creil (Oise)`, `Cambrai (arrondissement, Nord)`."""
    if place.level in ("departement", "region"):
        return place.name
    names = departements_of(place, gazetteer)
    if place.level == "arrondissement":
        names = ["arrondissement", *names]
    return f"{place.name} ({', '.join(names)})" if names else place.name


def is_within(place: Place, area: Place) -> bool:
    """Say whether a place lies in `area`, in whole or, for an EPCI, in part."""
    level, code = area.level, area.code
    if place.level == level:
        return place.code == code
    if level == "region":
        return code in place.region
    if level == "departement":
        return code in place.departement
    if level == "epci":
        return place.epci == code
    return level == "arrondissement" and place.arrondissement == code
