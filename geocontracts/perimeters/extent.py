"""The territory that a map shows of a register: a place, all of France, or the extent of the records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.errors import UnknownPlaceError
from geocontracts.perimeters.perimeter import resolve_perimeters
from geocontracts.places.area import Area, find_area, reading_area
from geocontracts.places.gazetteer import load_gazetteer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geocontracts.perimeters.perimeter import Perimeter
    from geocontracts.records.register import Register

_RECORDS = "records"
_LONGEST = 54  # letters of a name that lists the places of an extent; more places are counted


def is_extent(area: str) -> bool:
    """Say whether an area is to be found from the records."""
    return area.strip().lower() == _RECORDS


def look_at(register: Register, area: Area | str, within: str | None = None) -> tuple[Area, list[Perimeter]]:
    """Return the territory that is shown, and the perimeter of every record.

    `area` is `france`, a code or a name, or `records`: the départements in which
    there is a record. Names of places are looked for first in `within`, by default
    in the région around `area`; nowhere in particular when that is `records`.

    Raises:
        UnknownPlaceError: `area` or `within` is no place, or more than one; or
            `area` is `records` and none of them could be placed.
    """
    shown, (perimeters,) = look_at_all([register], area, within)
    return shown, perimeters


def look_at_all(
    registers: Iterable[Register], area: Area | str, within: str | None = None
) -> tuple[Area, list[list[Perimeter]]]:
    """Return the territory that shows several registers, and the perimeters of each (see `look_at`).

    Raises:
        UnknownPlaceError: as `look_at`.
    """
    known = area if isinstance(area, Area) else None if is_extent(area) else find_area(area)
    names = names_of(known or area, within)
    found = [resolve_perimeters(register, within=names) for register in registers]
    return known or extent_of(perimeter for each in found for perimeter in each), found


def names_of(area: Area | str, within: str | None = None) -> Area | None:
    """Return the territory in which names are looked for first; None for nowhere in particular.

    Raises:
        UnknownPlaceError: `area` or `within` is no place, or more than one.
    """
    if isinstance(area, str) and is_extent(area):
        return find_area(within) if within else None
    return reading_area(area if isinstance(area, Area) else find_area(area), within)


def extent_of(perimeters: Iterable[Perimeter]) -> Area:
    """Return the départements in which a perimeter or a seat lies, whole, as one territory.

    When they are exactly a département, a région or the country, the territory is that.

    Raises:
        UnknownPlaceError: nothing has a place.
    """
    places = load_gazetteer()
    numbers: set[int] = set()
    for perimeter in perimeters:
        numbers.update(perimeter.communes)
        numbers.update(seat.number for seat in perimeter.seats)
    codes = sorted({code for code in places.column("departement", sorted(numbers)) if code})
    if not codes:
        raise UnknownPlaceError("extent-empty")
    whole = [place for code in codes if (place := places.get("departement", code))]
    communes = tuple(sorted(number for place in whole for number in places.communes_of(place)))
    if len(communes) == places.commune_count:
        return find_area("france", places)
    regions = sorted({region for place in whole for region in place.region})
    around = [place for code in regions if (place := places.get("region", code))]
    is_of_regions = sum(len(places.communes_of(place)) for place in around) == len(communes)
    named = around if is_of_regions else whole
    if len(named) == 1:
        return Area(named[0].level, named[0].code, named[0].name, communes, named[0])
    name = ", ".join(place.name for place in named)
    if len(name) > _LONGEST:
        name = f"{len(named)}\u00a0{'régions' if is_of_regions else 'départements'}"
    return Area("extent", "+".join(place.code for place in named), name, communes)
