"""The territory that is looked at: a place, or the whole of France."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from geocontracts.errors import UnknownPlaceError
from geocontracts.places.gazetteer import load_gazetteer
from geocontracts.places.match import describe, resolve
from geocontracts.places.settled import ONE_LAND

if TYPE_CHECKING:
    from geocontracts.places.gazetteer import Gazetteer, Place
    from geocontracts.places.match import Match

HAUTS_DE_FRANCE = "region:32"
_WIDEST = ("region", "departement", "epci", "arrondissement", "commune")


@dataclass(frozen=True)
class Area:
    """A territory and the numbers of its communes; `place` is None for France."""

    level: str
    code: str
    name: str
    communes: tuple[int, ...]
    place: Place | None = None

    @cached_property
    def numbers(self) -> frozenset[int]:
        """Return the numbers of its communes as a set."""
        return frozenset(self.communes)


def place_of(within: Area | Place | str | None) -> Place | None:
    """Return the place that an area, a place or a name stands for; None for all of France.

    Raises:
        UnknownPlaceError: a name is no place, or more than one.
    """
    if isinstance(within, str):
        within = find_area(within)
    return within.place if isinstance(within, Area) else within


def find_area(written: str = HAUTS_DE_FRANCE, gazetteer: Gazetteer | None = None) -> Area:
    """Return the territory that `written` means: `france`, a code or a name.

    Raises:
        UnknownPlaceError: no place, or more than one, answers to it.
    """
    places = load_gazetteer() if gazetteer is None else gazetteer
    if written.strip().lower() == "france":
        return Area("country", "FR", "France", tuple(range(places.commune_count)))
    found = resolve(written, gazetteer=places)
    place = found.place or _same_ground(found, places)
    if place and found.reason.key == ONE_LAND:
        place = places.get("region", place.region[0])  # the widest here too
    if place is None:
        nearest = ", ".join(f"{describe(each.place, places)} [{each.place.id}]" for each in found.candidates)
        key = "area-unknown-near" if nearest else "area-unknown"
        raise UnknownPlaceError(key, value=written, reason=found.reason, candidates=nearest)
    return Area(place.level, place.code, place.name, tuple(places.communes_of(place)), place)


def _same_ground(found: Match, places: Gazetteer) -> Place | None:
    """Return the widest of the places that a name means, if all are the same ground: Paris, Mayotte.

    A commune of that name elsewhere is not asked about: who means the commune of La Réunion
    (Lot-et-Garonne) rather than the région can give its code.
    """
    meant = [each.place for each in found.candidates if each.score == 1]
    wide = [place for place in meant if place.level in ("region", "departement")]
    if len(wide) > 1:
        meant = wide
    grounds = {tuple(places.communes_of(place)) for place in meant}
    return min(meant, key=lambda place: _WIDEST.index(place.level)) if len(grounds) == 1 else None


def reading_area(area: Area, within: str | None = None) -> Area:
    """Return the territory in which the names of a register are looked for first.

    That is `within`, or the région around the area: so the same list is read in the same way, whichever
    part of the région a map or a figure shows. An area in several régions is its own.

    Raises:
        UnknownPlaceError: `within` is no place, or more than one.
    """
    if within is not None:
        return find_area(within)
    regions = area.place.region if area.place else ()
    return find_area(f"region:{regions[0]}") if len(regions) == 1 else area
