"""From a place as people write it to a place of today, with the reason.

A place is accepted on an exact code, an exact name (accents, case, hyphens and
articles aside) that is unique in its context, or an earlier name or code that
leads to one place. A near name is proposed with its score, never accepted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from geocontracts.places.beside import NOTHING
from geocontracts.places.gazetteer import LEVELS, load_gazetteer
from geocontracts.places.written import kind_of_epci, read_code, read_name
from geocontracts.words import Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geocontracts.places.beside import Beside
    from geocontracts.places.gazetteer import Former, Gazetteer, Level, Place
    from geocontracts.places.written import Query

Status: TypeAlias = Literal["placed", "remark", "ambiguous", "unknown"]

_CANDIDATES = 5
_LOWEST_SCORE = 70.0  # of 100, below which a near name is noise


@dataclass(frozen=True)
class Candidate:
    """A place that might be meant; `score` runs from 0 to 1."""

    place: Place
    score: float


@dataclass(frozen=True)
class Match:
    """What was found for a written place.

    `status` is {"placed", "remark", "ambiguous", "unknown"}; `place` is set for
    the first two, `candidates` may be for the last two.
    """

    written: str
    status: Status
    reason: Message
    place: Place | None = None
    candidates: tuple[Candidate, ...] = ()


def resolve(
    written: str,
    *,
    within: Place | None = None,
    beside: Beside = NOTHING,  # noqa: ARG001
    gazetteer: Gazetteer | None = None,
) -> Match:
    """Find the place that `written` means.

    `written` is a qualified code (`commune:62041`), a bare code, or a name, with
    its département in brackets if need be (`Creil (60)`). `within` is the
    territory in which a name is looked for first; `beside` is what else its row
    says of it, which narrows a name and must agree with a code.
    """
    places = load_gazetteer() if gazetteer is None else gazetteer
    text = " ".join(written.split())
    if not text:
        return Match(written, "unknown", Message("place-empty"))
    code = read_code(text)
    found = _coded(text, *code, places) if code else _by_name(read_name(text, within, places), places)
    return replace(found, written=written)


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
    if place.level == area.level:
        return place.code == area.code
    parents: dict[str, tuple[str, ...]] = {
        "epci": (place.epci,),
        "arrondissement": (place.arrondissement,),
        "departement": place.departement,
        "region": place.region,
    }
    return area.code in parents.get(area.level, ())


def _coded(text: str, levels: Sequence[Level], code: str, places: Gazetteer) -> Match:
    found = [place for level in levels if (place := places.get(level, code))]
    former = [old for level in levels for old in places.formerly_coded(level, code)]
    if len(found) == 1:
        reused = [old for old in former if old.successors != (code,)]
        if reused:
            facts = {"old": reused[0].name, "last": reused[0].last}
            return Match(text, "remark", Message("code-reused", facts), found[0])
        return Match(text, "placed", Message("exact-code"), found[0])
    if found:
        return _ambiguous(text, found, "ambiguous-levels")
    if former:
        return _followed(text, former, places)
    return Match(text, "unknown", Message("unknown-code", {"value": code}))


def _by_name(query: Query, places: Gazetteer) -> Match:
    current = [
        place
        for key, levels in query.searches()
        for place in places.named(key)
        if place.level in levels and _in_departement(place, query)
    ]
    inside = [place for place in current if _inside(place, query)]
    former = _former(query, places)
    if inside:
        return _unless_former_commune(query, inside, former, places) or _one_of(query, inside, current)
    near = [old for old in former if any(_inside(place, query) for place in _successors(old, places))]
    if near:
        return _followed(query.written, near, places)
    if current:
        return _one_of(query, current, current)
    if former:
        return _followed(query.written, former, places)
    return _proposed(query, places)


def _unless_former_commune(
    query: Query, found: list[Place], former: list[Former], places: Gazetteer
) -> Match | None:
    """Leave open a bare name that no commune bears today, but one did, beside other places of that name.

    `Montreuil` is an arrondissement, and was the commune of Montreuil-sur-Mer.
    """
    if len(query.levels) == 1 or any(place.level not in ("epci", "arrondissement") for place in found):
        return None
    communes = [
        place
        for old in former
        if old.level == "commune" and old.kind in ("renamed", "merged")
        for place in _successors(old, places)
        if _inside(place, query)
    ]
    return _ambiguous(query.written, [*communes, *found], "ambiguous-former") if communes else None


def _in_departement(place: Place, query: Query) -> bool:
    return query.departement is None or query.departement.code in place.departement


def _inside(place: Place, query: Query) -> bool:
    return query.within is None or is_within(place, query.within) or place == query.within


def _former(query: Query, places: Gazetteer) -> list[Former]:
    return [
        old
        for key, levels in query.searches()
        for old in places.formerly_named(key)
        if old.level in levels and any(_in_departement(place, query) for place in _successors(old, places))
    ]


def _one_of(query: Query, found: list[Place], everywhere: list[Place]) -> Match:
    """Accept the only place, or the only commune among places of one name."""
    chosen = _ofkind_of_epci(query, _most_specific(found))
    if len(chosen) > 1:
        levels = {place.level for place in chosen}
        return _ambiguous(
            query.written, chosen, "ambiguous-levels" if len(levels) > 1 else "ambiguous-homonyms"
        )
    place = chosen[0]
    if not _inside(place, query) and query.within:
        return Match(query.written, "remark", Message("outside-area", {"area": query.within.name}), place)
    if place.level == "epci" and (kind := query.kind) and kind != kind_of_epci(place.name):
        return Match(query.written, "remark", Message("kind-differs", {"kind": place.name}), place)
    homonyms = sum(other.level == place.level for other in everywhere) - 1
    if homonyms and query.within:
        facts = {"area": query.within.name, "others": homonyms}
        return Match(query.written, "placed", Message("name-in-area", facts), place)
    return Match(query.written, "placed", Message("exact-name"), place)


def _most_specific(found: list[Place]) -> list[Place]:
    """Return the places of the level that a bare name means first.

    `Arras` is the commune, not its arrondissement nor its communauté urbaine;
    but a name borne by a commune and by a département is left open.
    """
    named = [place for place in found if place.level in ("commune", "departement", "region")]
    if named:
        return named
    epci = [place for place in found if place.level == "epci"]
    return epci or found


def _ofkind_of_epci(query: Query, found: list[Place]) -> list[Place]:
    """Among EPCI of one name, return those of the kind that was written, if any."""
    kind = query.kind
    same = [place for place in found if place.level == "epci" and kind and kind_of_epci(place.name) == kind]
    return same or found


def _successors(old: Former, places: Gazetteer) -> list[Place]:
    return [place for code in old.successors if (place := places.get(old.level, code))]


def _followed(text: str, former: list[Former], places: Gazetteer) -> Match:
    """Follow earlier names or codes to today, if all lead to one place."""
    found = {place.id: place for old in former for place in _successors(old, places)}
    old = former[0]
    if len(found) == 1:
        place = next(iter(found.values()))
        facts = {"old": old.name, "new": place.name, "last": old.last}
        return Match(text, "remark", Message(f"former-{old.kind}", facts), place)
    if not found:
        return Match(text, "unknown", Message("former-gone", {"old": old.name, "last": old.last}))
    key = "ambiguous-split" if len(former) == 1 else "ambiguous-homonyms"
    return _ambiguous(text, list(found.values()), key)


def _ambiguous(text: str, found: Iterable[Place], key: str) -> Match:
    candidates = tuple(Candidate(place, 1.0) for place in found)
    return Match(text, "ambiguous", Message(key, {"count": len(candidates)}), None, candidates)


def _proposed(query: Query, places: Gazetteer) -> Match:
    """Propose the nearest names; those of the territory looked at come first."""
    from rapidfuzz import fuzz, process

    ranked: dict[str, Candidate] = {}
    for key, levels in query.searches():
        close = process.extract(key, places.keys, scorer=fuzz.ratio, score_cutoff=_LOWEST_SCORE, limit=60)
        for near, score, _ in close:
            for place in _known_as(near, levels, places):
                if _in_departement(place, query):
                    candidate = Candidate(place, round(score / 100, 2))
                    ranked[place.id] = max(ranked.get(place.id, candidate), candidate, key=lambda c: c.score)

    def rank(one: Candidate) -> tuple[object, ...]:
        return not _inside(one.place, query), -one.score, LEVELS.index(one.place.level), one.place.code

    order = sorted(ranked.values(), key=rank)
    key = "unknown-name-near" if order else "unknown-name"
    return Match(query.written, "unknown", Message(key), None, tuple(order[:_CANDIDATES]))


def _known_as(key: str, levels: Iterable[Level], places: Gazetteer) -> list[Place]:
    current = [place for place in places.named(key) if place.level in levels]
    earlier = [
        place
        for old in places.formerly_named(key)
        if old.level in levels
        for place in _successors(old, places)
    ]
    return current + earlier
