"""From a name to the one place that bears it, where the row and the territory leave only one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geocontracts.places.context import EMPTY, epci_difference, shown
from geocontracts.places.former import followed
from geocontracts.places.found import Match, ambiguous, placed
from geocontracts.places.gazetteer import LEVELS
from geocontracts.places.names import KIND_NOISE, epci_key, loose_epci_key, without_brackets
from geocontracts.places.near import nearest
from geocontracts.places.outside import is_outside_cog, may_be_wider
from geocontracts.places.whereabouts import describe, is_within
from geocontracts.words import Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from geocontracts.places.context import Context
    from geocontracts.places.gazetteer import Former, Gazetteer, Level, Place
    from geocontracts.places.written import Query

EXACT_NAME = Message("exact-name")


@dataclass(frozen=True, slots=True)
class _Found:
    """The places that bear a name, and the earlier names that it is."""

    current: list[Place]
    former: list[Former]

    def __bool__(self) -> bool:
        return bool(self.current or self.former)

    def where(self, test: Callable[[Place], bool], places: Gazetteer) -> _Found:
        """Return those that pass, an earlier name by one of its successors."""
        former = [old for old in self.former if any(map(test, places.successors(old)))]
        return _Found([place for place in self.current if test(place)], former)

    def everything(self, places: Gazetteer) -> list[Place]:
        """Return all places of today that may be meant, without repetition."""
        later = [place for old in self.former for place in places.successors(old)]
        return list(dict.fromkeys([*self.current, *later]))


def by_name(query: Query, context: Context, within: Place | None, places: Gazetteer) -> Match:
    """Find the place that a name means in its row and in the territory looked at."""
    found = borne(query, places)
    if found and context is EMPTY and within is None and query.area is None and not query.number:
        return _settled(query, found, None, places)
    levels = _levels(query, context)
    at_level = _at(found, levels)
    if not at_level and _speaks_of_epci(query, levels):
        return _by_loose_name(query, context, within, places, other=found)
    if not at_level:
        return _missed(query, context, within, places) if not found else _other_level(query, found, places)
    query.levels = levels
    if _is_plain(query, at_level, context, within):
        return _settled(query, at_level, within, places)
    match = _narrowed(query, at_level, context, within, places)
    if match.place and context.level and context.level != match.place.level:
        return placed(query.written, match.place, EXACT_NAME, [*_said(match), level_difference(match.place)])
    return match


def _is_plain(query: Query, found: _Found, context: Context, within: Place | None) -> bool:
    """Say whether the name is borne once, and all that the row says agrees: most rows are so."""
    if found.former or len(found.current) != 1:
        return False
    place = found.current[0]
    number = query.number or context.postcode
    areas = context.areas if query.area is None else (query.area, *context.areas)
    return (
        (context.level is None or place.level == context.level)
        and all(is_within(place, area) for area in areas)
        and (within is None or _inside(place, within))
        and (not number or number in place.postcodes)
        and (not context.epci or place.level != "commune" or any(place.epci == one.code for one in context.epci))
    )


def borne(query: Query, places: Gazetteer) -> _Found:
    """Return the places that bear the name or bore it, at the levels that it allows."""
    found = _Found(*places.borne(query.key))
    return found if query.levels is LEVELS else _at(found, query.levels)


def level_difference(place: Place) -> Message:
    """Say that the column announces another level than that of the place."""
    return Message("level-differs", {"place": place.name, "level": Message(f"a-{place.level}")})


def _said(match: Match) -> list[Message]:
    return [match.reason] if match.status == "remark" else []


def _levels(query: Query, context: Context) -> tuple[Level, ...]:
    """Return the level of the column, unless the name says another one itself."""
    if context.level and context.level in query.levels:
        return (context.level,)
    return query.levels


def _at(found: _Found, levels: tuple[Level, ...]) -> _Found:
    return _Found(
        [place for place in found.current if place.level in levels],
        [old for old in found.former if old.level in levels],
    )


def _other_level(query: Query, found: _Found, places: Gazetteer) -> Match:
    """Refuse a bare name that no place of the column's level bears, but others do."""
    every = found.everything(places)
    facts = {"found": ", ".join(place.id for place in every[:3])}
    return ambiguous(query.written, every, Message("ambiguous-other-level", facts))


def _speaks_of_epci(query: Query, levels: tuple[Level, ...]) -> bool:
    return levels == ("epci",) or ("epci" in levels and not KIND_NOISE.isdisjoint(query.key.split()))


def _by_loose_name(
    query: Query, context: Context, within: Place | None, places: Gazetteer, other: _Found
) -> Match:
    """Find an EPCI by the words that tell it, its kind aside; that is worth a remark."""
    area = query.area
    found = _Found(*places.epci_of_words(loose_epci_key(query.written))).where(lambda place: area is None or is_within(place, area), places)
    if not found:
        return _other_level(query, other, places) if other else _missed(query, context, within, places)
    query.levels = ("epci",)
    match = _narrowed(query, found, context, within, places)
    if match.place is None:
        return match
    names = [one.name for one in (*found.current, *found.former)]
    if any(epci_key(without_brackets(name)) == query.key for name in names):
        return match
    remark = Message("epci-words", {"name": names[0]})
    return placed(query.written, match.place, EXACT_NAME, [remark, *_said(match)])


def _narrowed(
    query: Query, found: _Found, context: Context, within: Place | None, places: Gazetteer
) -> Match:
    """Keep what lies where the name and the row say, then settle on one."""
    areas = context.areas if query.area is None else (query.area, *context.areas)
    everywhere, reason = found, None
    for area in areas:
        inside = found.where(lambda place, area=area: is_within(place, area), places)  # type: ignore[misc]
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
    inside = found.where(lambda place: _inside(place, within), places) if within else found
    if inside and within and len(inside.everything(places)) < len(found.everything(places)):
        others = len(everywhere.everything(places)) - 1
        reason = Message("name-in-area", {"area": within.name, "others": others})
    match = _settled(query, inside or found, within, places, reason)
    if match.place and doubts:
        if not areas and not (inside and within) and not _agrees_roughly(match.place, query, context):
            return ambiguous(query.written, [match.place], doubts[0])
        return placed(query.written, match.place, EXACT_NAME, [*_said(match), *doubts])
    return match


def _by_number(
    query: Query, found: _Found, context: Context, places: Gazetteer
) -> tuple[_Found, Message | None, Message | None]:
    """Narrow by a postcode, or by a code of commune that is written beside the name."""
    number = query.number or context.postcode
    if not number or not any(place.level == "commune" for place in found.everything(places)):
        return found, None, None
    communes = places.with_postcode(number)
    by_postcode = found.where(communes.__contains__, places)
    by_code = found.where(lambda place: place.code == number, places) if query.number else _Found([], [])
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
    found: _Found,
    context: Context,
    places: Gazetteer,
) -> tuple[_Found, Message | None, Message | None]:
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


def _inside(place: Place, within: Place | None) -> bool:
    return within is None or place == within or is_within(place, within)


def _elsewhere(query: Query, found: _Found, area: Place, places: Gazetteer) -> Match:
    every = found.everything(places)
    facts = {"area": area.name, "found": ", ".join(describe(place, places) for place in every[:3])}
    return ambiguous(query.written, every, Message("name-elsewhere", facts))


def _settled(
    query: Query, found: _Found, within: Place | None, places: Gazetteer, reason: Message | None = None
) -> Match:
    """Accept the only place that bears the name, or the only one that the earlier names lead to."""
    if not found.current:
        return _outside_or(followed(query.written, found.former, places), within)
    chosen = _of_kind(query, _most_specific(found.current))
    if len(chosen) > 1:
        levels = {place.level for place in chosen}
        return ambiguous(query.written, chosen, "ambiguous-levels" if len(levels) > 1 else "ambiguous-homonyms")
    place = chosen[0]
    others = _also_meant(query, place, found.former, places) if found.former else []
    if others:
        return ambiguous(query.written, [*others, *found.current], "ambiguous-former")
    remarks = list(_remarks(query, place, found.former, within))
    return placed(query.written, place, reason or EXACT_NAME, remarks)


def _outside_or(match: Match, within: Place | None) -> Match:
    """Add to what was followed that it leads out of the territory looked at."""
    if match.place is None or _inside(match.place, within) or within is None:
        return match
    remarks = [match.reason, Message("outside-area", {"area": within.name})]
    return placed(match.written, match.place, EXACT_NAME, remarks)


def _remarks(query: Query, place: Place, former: list[Former], within: Place | None) -> list[Message]:
    found = []
    if within and not _inside(place, within):
        found.append(Message("outside-area", {"area": within.name}))
    if place.level == "epci":
        if query.kind and query.kind != place.type and query.kind != "METRO":
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
    levels = {"commune", place.level} if len(query.levels) > 1 and place.level != "commune" else {place.level}
    if place.level in ("departement", "region"):
        levels = {place.level}
    meant = []
    for old in former:
        if old.level in levels and not (place.level == "arrondissement" and old.kind not in ("renamed", "merged")):
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


def _missed(query: Query, context: Context, within: Place | None, places: Gazetteer) -> Match:
    """Propose the nearest names; those of the territory looked at come first."""
    levels = _levels(query, context)
    outside = not query.kind and is_outside_cog(query.written)
    areas = context.areas if query.area is None else (query.area, *context.areas)
    key = loose_key = query.key
    if outside:
        loose_key = _bare_name(key)
        levels = ("epci",)

    return Match(
        query.written,
        "unknown",
        Message("outside-cog", {"written": query.written}) if outside else Message("unknown-name"),
        propose=lambda: nearest(
            [(loose_key, levels)],
            places,
            lambda place: all(is_within(place, area) for area in areas),
            lambda place: _inside(place, within),
        )
        if loose_key
        else (),
    )


def _bare_name(key: str) -> str:
    """Return a perimeter's name without the words that say its kind: `petr du cambresis`, `cambresis`."""
    words = key.split()
    while len(words) > 1 and (words[0] in _PERIMETER_WORDS or words[0] in _PERIMETER_LINKS):
        words = words[1:]
    return " ".join(words)


_PERIMETER_WORDS = frozenset(
    "petr pnr scot parc naturel regional national pole equilibre territorial rural metropolitain syndicat "
    "mixte sivom sivu smix schema coherence territoire projet".split()
)
_PERIMETER_LINKS = frozenset("de du des d la le les l et".split())
