"""A written name taken apart: the key to look for, its kind, and where it says that it lies."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geocontracts.places.codes import split_level
from geocontracts.places.gazetteer import LEVELS
from geocontracts.places.names import KIND_WORDS, LONGEST, epci_key_of, key_of, words_of

if TYPE_CHECKING:
    from geocontracts.places.gazetteer import Gazetteer, Level, Place

# Signs that may part a name from its département, postcode, acronym or district.
_TELLING = re.compile(r"[(\[,/0-9]| [-–—:] ")
_BRACKETS = re.compile(r"(?P<name>.+?)\s*[(\[](?P<context>[^()\[\]]+)[)\]]")
_COMMA = re.compile(r"(?P<name>.+),\s*(?P<context>[^,]+)")
_DASH = re.compile(r"(?P<name>.+\S)\s+[-–—:/]\s+(?P<context>\S[^-–—:/]*)")
_DASH_FIRST = re.compile(r"(?P<context>[^-–—:/]*\S)\s+[-–—:/]\s+(?P<name>.+)")
_NUMBER_FIRST = re.compile(r"(?P<context>\d{5}|\d{2,3}|2[ABab]|2[ABab]\d{3})\s*[-–—:/ ]\s*(?P<name>\D.*)")
_NUMBER_LAST = re.compile(
    r"(?P<name>.*[^\W\d].*?)\s*[-–—:/ ]\s*(?P<context>\d{5}|\d{2,3}|2[ABab]|2[ABab]\d{3})"
)
_DISTRICT = re.compile(
    r"(paris|lyon|marseille) 0?(\d{1,2})(?: ?(?:er|e|eme|ieme|re|ere))?(?: arr(?:ondissement)?| ardt)?"
)
_FIVE = re.compile(r"\d{5}|2[ABab]\d{3}")
_ACRONYM = re.compile(r"[A-Z0-9&. ]{2,9}|[A-Z][A-Za-z0-9]{1,7}|(?:[A-Z][a-z]+){2,4}")  # `MEL`, `TernoisCom`

_LEVEL_WORDS: dict[str, Level] = {
    "arrondissement": "arrondissement",
    "departement": "departement",
    "region": "region",
    "commune": "commune",
    "ville": "commune",
    "mairie": "commune",
    "municipalite": "commune",
}
_OF = frozenset({"du", "de", "des", "d"})
_NEEDS_OF = frozenset({"commune", "ville", "mairie", "municipalite"})
_ARTICLES = frozenset({"le", "la", "l"})
_TOLD = frozenset(_LEVEL_WORDS) | KIND_WORDS
_DEEPEST = 4  # things that are written beside one name; each is looked for in several ways


@dataclass(slots=True)
class Query:
    """A written name, and what it says of itself.

    `key` is looked for at the `levels`. `kind` is that of an EPCI: CC, CA, CU
    or METRO, or empty. `area` is the département or region written beside the
    name, `number` a postcode or a code of commune; `bare` says that neither they nor
    the row tell where it lies.
    """

    written: str
    key: str
    levels: tuple[Level, ...] = LEVELS
    kind: str = ""
    area: Place | None = None
    number: str = ""
    bare: bool = True


def read_name(text: str, places: Gazetteer) -> Query:
    """Return what a name means. A text that is a name as a whole is not taken apart.

    One of more than `LONGEST` signs is no name, and has no key.
    """
    if len(text) > LONGEST:
        return Query(text, "")
    said = split_level(text)
    return _read(text, places) if said is None else _at_level(text, *said, places)


def _at_level(text: str, level: Level, name: str, places: Gazetteer) -> Query:
    """Return the name behind a level and a colon: `departement:Nord`, `epci:CC du Ternois`."""
    inner = _read(name, places)
    if level not in inner.levels:
        inner = Query(name, key_of(words_of(name)))
    return replace(inner, written=text, levels=(level,))


def _read(text: str, places: Gazetteer, depth: int = 0) -> Query:
    query = _plain(text, places)
    if depth == _DEEPEST or _TELLING.search(text) is None or places.knows(query.key, query.levels):
        return query
    return _parted(text, places, depth + 1) or query


def _plain(text: str, places: Gazetteer) -> Query:
    words = words_of(text)
    start = 1 if len(words) > 1 and words[0] in _ARTICLES else 0
    if len(words) < start + 2 or words[start] not in _TOLD:
        return Query(text, key_of(words))
    return _told(text, words[start:], places) or Query(text, key_of(words))


def _told(text: str, words: list[str], places: Gazetteer) -> Query | None:
    """Return the name behind a word that says its kind: `ville de`, `CC du`, `département de l'`."""
    level = _LEVEL_WORDS.get(words[0])
    if level is None:
        key, kind = epci_key_of(words)
        return Query(text, key, ("epci",), kind) if kind else None
    named = words[2:] if words[1] in _OF else words[1:]
    whole = key_of(words)
    if not named or (words[0] in _NEEDS_OF and (words[1] not in _OF or places.knows(whole, ("commune",)))):
        return None
    return Query(text, key_of(named), (level,))


def _parted(text: str, places: Gazetteer, depth: int) -> Query | None:
    """Return the name without what is written beside it, or None if that tells nothing."""
    district = None if "(" in text else _DISTRICT.fullmatch(" ".join(words_of(text)))
    if district:
        number = int(district[2])
        key = f"{district[1]} {number}{'er' if number == 1 else 'e'} arrondissement"
        if places.knows(key, ("commune",)):
            return Query(text, key, ("commune",))
    for pattern in (_BRACKETS, _NUMBER_FIRST, _NUMBER_LAST, _COMMA, _DASH, _DASH_FIRST):
        parts = pattern.fullmatch(text)
        query = _with_context(parts["name"], parts["context"].strip(), places, depth) if parts else None
        if query:
            return replace(query, written=text)
    return None


def _with_context(name: str, context: str, places: Gazetteer, depth: int) -> Query | None:
    number = context.upper() if _FIVE.fullmatch(context) else ""
    area = None if number else area_named(context, places)
    if not number and area is None and not _ACRONYM.fullmatch(context):
        return None
    inner = _read(name, places, depth)
    if not inner.key:
        return None
    if number:
        return replace(inner, number=number)
    if area:
        return replace(inner, area=area)
    return inner if inner.levels == ("epci",) else None


def area_named(written: str, places: Gazetteer) -> Place | None:
    """Return the département or the region that a cell names, by code or by name, or None.

    A number is a département, with or without its zeros: `59`, `059`, `2`.
    """
    plain = written.strip().upper().removesuffix(".0")
    if plain[:1].isdigit():
        return next(
            (
                place
                for code in (plain, plain.zfill(2), plain.removeprefix("0"))
                if (place := places.get("departement", code))
            ),
            None,
        )
    words = words_of(written)
    if len(words) > 1 and words[0] in ("departement", "region"):
        words = words[2:] if words[1] in _OF and len(words) > 2 else words[1:]  # noqa: PLR2004
    found = {place.level: place for place in places.named(key_of(words))}
    return found.get("departement") or found.get("region")
