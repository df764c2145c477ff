"""From a name to the one place that bears it, where the row and the territory leave only one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.places.bearers import Bearers, at_levels, borne
from geocontracts.places.context import EMPTY
from geocontracts.places.found import Match, ambiguous, placed
from geocontracts.places.longer import doubt_of_short_name
from geocontracts.places.names import KIND_NOISE, LONGEST, epci_key, loose_epci_key, without_brackets
from geocontracts.places.narrowed import narrowed, needs_no_narrowing, remarks_of
from geocontracts.places.outside import is_outside_cog
from geocontracts.places.proposed import proposed, proposed_for_perimeter
from geocontracts.places.settled import EXACT_NAME, lies_inside, settled
from geocontracts.places.whereabouts import is_within
from geocontracts.words import Message

if TYPE_CHECKING:
    from geocontracts.places.context import Context
    from geocontracts.places.gazetteer import Gazetteer, Level, Place
    from geocontracts.places.written import Query


def by_name(query: Query, context: Context, within: Place | None, places: Gazetteer) -> Match:
    """Find the place that a name means in its row and in the territory looked at."""
    if not query.key and len(query.written) > LONGEST:
        return too_long(query.written)
    match = _by_name(query, context, within, places)
    if match.place is None:
        return match
    doubt = doubt_of_short_name(query, match.place, within, places) if within else None
    remarks = [*([doubt] if doubt else []), *context.unknown]
    return (
        placed(query.written, match.place, EXACT_NAME, [*remarks_of(match), *remarks]) if remarks else match
    )


def _by_name(query: Query, context: Context, within: Place | None, places: Gazetteer) -> Match:
    found = borne(query, places)
    if found and context is EMPTY and within is None and query.area is None and not query.number:
        return settled(query, found, None, places)
    query.bare = not (query.area or query.number or context.areas or context.epci or context.postcode)
    levels = _levels(query, context)
    at_level = at_levels(found, levels)
    if not at_level and _speaks_of_epci(query, levels):
        return _by_loose_name(query, context, within, places, other=found)
    if not at_level:
        return _missed(query, context, within, places) if not found else _other_level(query, found, places)
    query.levels = levels
    if needs_no_narrowing(query, at_level, context, within):
        return settled(query, at_level, within, places)
    match = narrowed(query, at_level, context, within, places)
    if match.place and context.level and context.level != match.place.level:
        return placed(
            query.written, match.place, EXACT_NAME, [*remarks_of(match), level_difference(match.place)]
        )
    return match


def too_long(written: str) -> Match:
    """Refuse a text that is no name of a place: looking for one in it would take minutes."""
    return Match(written, "unknown", Message("place-long", {"size": len(written), "most": LONGEST}))


def level_difference(place: Place) -> Message:
    """Say that the column announces another level than that of the place."""
    return Message("level-differs", {"place": place.name, "level": Message(f"a-{place.level}")})


def _levels(query: Query, context: Context) -> tuple[Level, ...]:
    """Return the level of the column, unless the name says another one itself."""
    if context.level and context.level in query.levels:
        return (context.level,)
    return query.levels


def _other_level(query: Query, found: Bearers, places: Gazetteer) -> Match:
    """Refuse a bare name that no place of the column's level bears, but others do."""
    every = found.everything(places)
    facts = {"found": ", ".join(place.id for place in every[:3])}
    return ambiguous(query.written, every, Message("ambiguous-other-level", facts))


def _speaks_of_epci(query: Query, levels: tuple[Level, ...]) -> bool:
    return levels == ("epci",) or ("epci" in levels and not KIND_NOISE.isdisjoint(query.key.split()))


def _by_loose_name(
    query: Query, context: Context, within: Place | None, places: Gazetteer, other: Bearers
) -> Match:
    """Find an EPCI by the words that tell it, its kind aside; that is worth a remark."""
    area = query.area
    found = Bearers(*places.epci_of_words(loose_epci_key(query.written))).where(
        lambda place: area is None or is_within(place, area), places
    )
    if not found:
        return _other_level(query, other, places) if other else _missed(query, context, within, places)
    query.levels = ("epci",)
    match = narrowed(query, found, context, within, places)
    if match.place is None:
        return match
    names = [place.name for place in found.current] + [old.name for old in found.former]
    if any(epci_key(without_brackets(name)) == query.key for name in names):
        return match
    remark = Message("epci-words", {"name": names[0]})
    return placed(query.written, match.place, EXACT_NAME, [remark, *remarks_of(match)])


def _missed(query: Query, context: Context, within: Place | None, places: Gazetteer) -> Match:
    """Propose what may be meant; the places of the territory looked at come first."""
    outside = not query.kind and is_outside_cog(query.written)
    areas = context.areas if query.area is None else (query.area, *context.areas)
    query.levels = _levels(query, context)
    propose = proposed_for_perimeter if outside else proposed
    return Match(
        query.written,
        "unknown",
        Message("outside-cog", {"written": query.written}) if outside else Message("unknown-name"),
        propose=lambda: propose(
            query,
            places,
            lambda place: all(is_within(place, area) for area in areas),
            lambda place: lies_inside(place, within),
        ),
    )
