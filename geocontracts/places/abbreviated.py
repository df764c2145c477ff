"""The places that a short form may stand for: names that begin with it or hold its words, initials, towns.

They are for a person to choose from; none is ever accepted.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

from geocontracts.places.gazetteer import LEVELS
from geocontracts.places.names import LINKS, loose_epci_key, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from geocontracts.places.gazetteer import Gazetteer, Level, Place
    from geocontracts.places.written import Query

SHOWN = 8  # places that begin alike: there may be many, and one of them is meant
_LEAST_HELD = 4  # letters of the words that a name must hold
_LEAST_STEM, _ENDING = 5, 4  # letters: `soissonnais` and `GrandSoissons` have the stem `soisson`
_INITIALS = re.compile(r"[a-z0-9]{2,9}")
_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]+)[)\]]")
_LETTERS_OF_KIND = frozenset({"cc", "ca", "cu"})
_SMALL = frozenset({"et", "en", "sur", "sous", "au", "aux", "a"})
_COMMON = frozenset(
    {"pays", "bassin", "vallee", "vallees", "val", "grand", "grande", "grands", "coeur", "territoire"}
    | {"haut", "haute", "hauts", "hautes", "saint", "sainte", "terre", "terres", "entre", "sur", "petr"}
)


def begun(key: str, levels: Sequence[Level], places: Gazetteer) -> list[Place]:
    """Return the places of today whose name begins with these words and goes on."""
    return [
        place for each in _beginning(key, places) for place in places.named(each) if place.level in levels
    ]


def abbreviated(
    query: Query, places: Gazetteer, admits: Callable[[Place], bool], first: Callable[[Place], bool]
) -> list[Place]:
    """Return at most eight places that a short form may stand for, the likeliest first.

    `admits` says which places can be meant at all, `first` which of them come
    first; then a commune comes before an EPCI, and the more populous first.
    """
    ways: dict[Place, int] = {}
    for way, group in enumerate(_groups(query, places)):
        for place in filter(admits, group):
            ways.setdefault(place, way)

    def rank(place: Place) -> tuple[object, ...]:
        return not first(place), ways[place], LEVELS.index(place.level), -(place.population or 0), place.code

    return sorted(ways, key=rank)[:SHOWN]


def with_initials(written: str, places: Gazetteer) -> list[Place]:
    """Return the EPCI whose initials, or whose acronym in brackets, these letters are, as `C.A.P.S.O.`."""
    letters = "".join(words_of(written))
    return _by_initials(places).get(letters, []) if _INITIALS.fullmatch(letters) else []


def epci_about(key: str, places: Gazetteer) -> list[Place]:
    """Return the EPCI whose name holds the telling words of a key, endings aside, and those of its town."""
    telling = [
        word for word in loose_epci_key(key).split() if word not in _COMMON and len(word) >= _LEAST_HELD
    ]
    if not telling:
        return []
    towns = [
        *places.named(key),
        *(place for old in places.formerly_named(key) for place in places.successors(old)),
    ]
    of_town = [epci for town in towns if town.level == "commune" and (epci := places.get("epci", town.epci))]
    stems = [word[: max(_LEAST_STEM, len(word) - _ENDING)] for word in telling]
    named = [
        epci
        for text, epci in _epci_texts(places)
        if all(stem in text for stem in stems) or _is_part(text, telling)
    ]
    return list(dict.fromkeys([*named, *of_town]))


def _is_part(text: str, telling: list[str]) -> bool:
    """Say whether an EPCI's own words are all among those written: Dunkerque of Dunkerque Grand Littoral."""
    words = set(text.split())
    return words.issubset(telling) and not words <= _COMMON


def _groups(query: Query, places: Gazetteer) -> Iterator[Iterable[Place]]:
    """Yield the places by how they are meant, the likeliest way first."""
    key, levels = query.key, query.levels
    yield begun(key, levels, places)
    yield _once(_beginning(key, places), levels, places)
    if "epci" in levels:
        yield with_initials(query.written, places)
    yield [place for each in _holding(key, places) for place in places.named(each) if place.level in levels]
    if tuple(levels) == ("epci",):
        yield epci_about(key, places)


def _once(keys: Iterable[str], levels: Sequence[Level], places: Gazetteer) -> Iterator[Place]:
    """Yield the places of today that these earlier names lead to."""
    for key in keys:
        for old in places.formerly_named(key):
            if old.level in levels:
                yield from places.successors(old)


def _beginning(key: str, places: Gazetteer) -> Iterator[str]:
    """Yield the names that begin with the words of a key and go on."""
    if not key:
        return
    keys, start = _sorted_keys(places), f"{key} "
    for position in range(bisect_left(keys, start), len(keys)):
        if not keys[position].startswith(start):
            return
        yield keys[position]


def _holding(key: str, places: Gazetteer) -> list[str]:
    """Return the names that hold all words of a key, in any order."""
    words = [word for word in dict.fromkeys(key.split()) if word not in LINKS]
    if sum(map(len, words)) < _LEAST_HELD:
        return []
    by_word = _by_word(places)
    found = [by_word.get(word, frozenset()) for word in words]
    return sorted(frozenset.intersection(*found) - {key})


@cache
def _sorted_keys(places: Gazetteer) -> list[str]:
    return sorted(places.keys)


@cache
def _by_word(places: Gazetteer) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for key in places.keys:
        for word in key.split():
            found[word].add(key)
    return {word: frozenset(keys) for word, keys in found.items()}


@cache
def _epci_texts(places: Gazetteer) -> list[tuple[str, Place]]:
    return [(loose_epci_key(place.name), place) for place in places.of_level("epci")]


@cache
def _by_initials(places: Gazetteer) -> dict[str, list[Place]]:
    found: dict[str, list[Place]] = defaultdict(list)
    for place in places.of_level("epci"):
        for letters in _initials_of(place.name):
            found[letters].append(place)
    for old in places.former():
        if old.level == "epci":
            for letters in _initials_of(old.name):
                found[letters] += [place for place in places.successors(old) if place not in found[letters]]
    return dict(found)


def _initials_of(name: str) -> set[str]:
    """Return the acronyms of a name: that in brackets, and its initials with and without small words.

    >>> sorted(_initials_of("CA du Pays de Saint-Omer"))
    ['capso']
    """
    found = {"".join(words_of(inner)) for inner in _IN_BRACKETS.findall(name)}
    words = [word for word in words_of(_IN_BRACKETS.sub(" ", name)) if word not in LINKS]
    for left_out in (frozenset[str](), _SMALL):
        kept = [word for word in words if word not in left_out]
        found.add("".join(word if word in _LETTERS_OF_KIND else word[0] for word in kept))
    return found
