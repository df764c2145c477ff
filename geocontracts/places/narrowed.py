"""A name narrowed by what stands beside it: département, region, postcode, EPCI, territory looked at."""

from __future__ import annotations

import operator
from functools import partial
from typing import TYPE_CHECKING

from geocontracts.places.abbreviated import SHOWN, begun
from geocontracts.places.bearers import Bearers
from geocontracts.places.context import epci_difference, shown
from geocontracts.places.found import ambiguous, placed
from geocontracts.places.gazetteer import LEVELS
from geocontracts.places.settled import EXACT_NAME, lies_inside, settled
from geocontracts.places.whereabouts import describe, is_within
from geocontracts.words import Message

if TYPE_CHECKING:
    from geocontracts.places.context import Context
    from geocontracts.places.found import Match
    from geocontracts.places.gazetteer import Gazetteer, Place
    from geocontracts.places.written import Query


def narrowed(
    query: Query, found: Bearers, context: Context, within: Place | None, places: Gazetteer
) -> Match:
    """Keep what lies where the name and the row say, then settle on one."""
    areas = context.areas if query.area is None else (query.area, *context.areas)
    everywhere, reason = found, None
    for area in areas:
        inside = found.where(partial(_lies_in, area), places)
        # `Paris (75)` is the commune: a place is not written beside its own name.
        inside = inside.where(partial(operator.is_not, area), places) or inside
        if not inside:
            return _elsewhere(query, found, area, places)
        if len(inside.current) < len(found.current) or len(inside.former) < len(found.former):
            reason = Message(f"name-in-{area.level}", {"area": area.name})
        found = inside
    doubts: list[Message] = []
    for narrow in (_by_number, _by_epci):
        narrower, why, doubt = narrow(query, found, context, places)
        if doubt:
            doubts.append(doubt)
        reason = why or reason
        found = narrower
    inside = found.where(lambda place: lies_inside(place, within), places) if within else found
    if inside and within and len(inside.everything(places)) < len(found.everything(places)):
        others = len(everywhere.everything(places)) - 1
        reason = Message("name-in-area", {"area": within.name, "others": others})
    match = settled(query, inside or found, within, places, reason)
    if match.place and doubts:
        if not areas and not (inside and within) and not _agrees_roughly(match.place, query, context):
            return ambiguous(query.written, [match.place], doubts[0])
        return placed(query.written, match.place, EXACT_NAME, [*remarks_of(match), *doubts])
    return match


def _lies_in(area: Place, place: Place) -> bool:
    return is_within(place, area)


def needs_no_narrowing(query: Query, found: Bearers, context: Context, within: Place | None) -> bool:
    """Say whether the name is borne once, and all that the row says agrees: most rows are so."""
    if found.former or len(found.current) != 1:
        return False
    place = found.current[0]
    number = query.number or context.postcode
    areas = context.areas if query.area is None else (query.area, *context.areas)
    return (
        (context.level is None or place.level == context.level)
        and all(is_within(place, area) for area in areas)
        and (within is None or lies_inside(place, within))
        and (not number or number in place.postcodes)
        and (
            not context.epci
            or place.level != "commune"
            or any(place.epci == one.code for one in context.epci)
        )
    )


def _by_number(
    query: Query, found: Bearers, context: Context, places: Gazetteer
) -> tuple[Bearers, Message | None, Message | None]:
    """Narrow by a postcode, or by a code of commune that is written beside the name."""
    number = query.number or context.postcode
    if not number or not any(place.level == "commune" for place in found.everything(places)):
        return found, None, None
    communes = places.with_postcode(number)
    by_postcode = found.where(communes.__contains__, places)
    by_code = found.where(lambda place: place.code == number, places) if query.number else Bearers([], [])
    inside = by_code or by_postcode
    if not inside and not communes:  # a Cedex, or nothing: only its département counts
        inside = found.where(lambda place: _has_prefix(place, number), places)
    if inside:
        fewer = len(inside.everything(places)) < len(found.everything(places))
        return inside, Message("name-in-postcode", {"area": number}) if fewer else None, None
    every = found.everything(places)
    facts = {"place": every[0].name, "stated": number, "of": shown(communes)}
    return found, None, Message("beside-postcode" if communes else "beside-number", facts)


def _by_epci(
    query: Query,  # noqa: ARG001 - one signature for both ways to narrow
    found: Bearers,
    context: Context,
    places: Gazetteer,
) -> tuple[Bearers, Message | None, Message | None]:
    """Narrow by the intercommunalité of the row, which may have changed since."""
    every = found.everything(places)
    if not context.epci or not any(place.level == "commune" for place in every):
        return found, None, None
    codes = {one.code for one in context.epci}
    inside = found.where(lambda place: place.level == "commune" and place.epci in codes, places)
    if inside:
        fewer = len(inside.everything(places)) < len(every)
        return inside, Message("name-in-epci", {"area": context.epci[0].name}) if fewer else None, None
    return found, None, epci_difference(every[0], context, places)


def _has_prefix(place: Place, number: str) -> bool:
    """Say whether a postcode is of the place's département; Corsica's begin with 20."""
    return any(number.startswith("20" if code in ("2A", "2B") else code) for code in place.departement)


def _agrees_roughly(place: Place, query: Query, context: Context) -> bool:
    """Say whether what contradicts is at least of the same département."""
    number = query.number or context.postcode
    near_epci = any(not set(one.departement).isdisjoint(place.departement) for one in context.epci)
    return near_epci or bool(number and _has_prefix(place, number))


def _elsewhere(query: Query, found: Bearers, area: Place, places: Gazetteer) -> Match:
    """Leave open a name that places bear, but none where the row says: there, it may be a short form."""
    every = found.everything(places)
    facts = {"area": area.name, "found": ", ".join(describe(place, places) for place in every[:3])}
    inside = [place for place in begun(query.key, query.levels, places) if _lies_in(area, place)]
    inside.sort(key=lambda place: (LEVELS.index(place.level), -(place.population or 0)))
    return ambiguous(query.written, [*inside[:SHOWN], *every], Message("name-elsewhere", facts))


def remarks_of(match: Match) -> list[Message]:
    """Return what is said already of a place that was accepted."""
    return [match.reason] if match.status == "remark" else []
