"""What a heading says by its words: `insee_com`, `Code INSEE de la commune`, `LIBDEP`, `siren_epci`.

A heading of a place is a level and a kind (`code`, `name`), in any order, so the few words of
`vocabulary.json` cover the headings that ministries and analysts write. Where it says a level
alone (`EPCI`, `dep`), the cells tell whether they are codes or names. Names seen: lists of the
ANCT and of the DGCL on data.gouv.fr, INSEE's tables, exports of the State's grants.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geocontracts.records.formats.headings import folded
from geocontracts.records.lists.roles import POSTCODE
from geocontracts.records.schema import load_schema

if TYPE_CHECKING:
    from geocontracts.places.gazetteer import Level
    from geocontracts.records.lists.roles import PlaceKind

_WORD: Final = re.compile(r"[a-z]+|[0-9]+")
# `Commune / EPCI`, `commune ou intercommunalité`; not `EPCI de la commune`.
_EITHER: Final = re.compile(r"[/,;|+&(]|\s[-–]\s|\b(?:ou|et|or|and)\b", re.IGNORECASE)
_PLURAL: Final = re.compile(r"(\w)(?:\((?:s|x|es)\)|[·.]s\b)", re.IGNORECASE)  # `Commune(s)`
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True)
class Meaning:
    """What a heading says: a role at once, or a level whose kind the cells tell.

    With neither, it is of any level all the same, and the cells tell the kind.
    `scheme` is the programme that a heading may name: `crte` in `id_crte`. Where `is_sure` is
    false, it is one only if it is known: `code_crte` is an identifier, `code_ape` is not. A role
    alone that is not sure is that of the column if its cells say so: `État d'avancement`.
    """

    role: str | None = None
    level: Level | None = None
    any_level: bool = False
    kind: PlaceKind | None = None
    scheme: str = ""
    is_sure: bool = True


def meaning_of(heading: str) -> Meaning | None:
    """Return what a heading says, or None."""
    key = folded(heading)
    role = _vocabulary().roles.get(key)
    if role:
        return Meaning(role, is_sure=key not in _vocabulary().unsure)
    if key in _vocabulary().postcodes:
        return Meaning(POSTCODE)
    one = _PLURAL.sub(r"\1", heading)
    words = _words(one)
    return _place(words, is_either=_EITHER.search(one) is not None) or _date(words) or _scheme(words)


def known_headings() -> frozenset[str]:
    """Return the folded headings that are known whole, by which a header line is found."""
    words = _vocabulary()
    levels = {word for word in words.levels if len(word) > len("dept")}
    return frozenset({*words.roles, *words.joined, *words.postcodes, *levels})


def short_names() -> dict[str, str]:
    """Return the ids of programmes by a short name that neither their name nor its initials tell."""
    return _vocabulary().programmes


def numbers_contracts(heading: str) -> bool:
    """Say whether a heading is that of numbers, of contracts or of mere rows: `N°`, `Numéro`."""
    return folded(heading.replace("º", "°")) in _vocabulary().numbers


def tells_time(heading: str) -> bool:
    """Say whether a heading is that of years, dates or parts of a year: `Exercice`, `Date d'octroi`."""
    return not _vocabulary().time.isdisjoint(_words(heading))


def status_words() -> dict[str, tuple[str, ...]]:
    """Return what people write for each status of a contract, beside its name and its label."""
    return _vocabulary().statuses


@dataclass(frozen=True)
class _Vocabulary:
    """The words of `vocabulary.json`, each with what it says; `roles` are folded headings, some `unsure`."""

    levels: dict[str, Level]
    kinds: dict[str, PlaceKind]
    joined: dict[str, str]
    roles: dict[str, str]
    unsure: frozenset[str]
    any_level: frozenset[str]
    idle: frozenset[str]
    postcodes: frozenset[str]
    dates: dict[str, str]
    programmes: dict[str, str]
    numbers: frozenset[str]
    time: frozenset[str]
    statuses: dict[str, tuple[str, ...]]
    beside_dates: frozenset[str]
    id_words: frozenset[str]
    title_words: frozenset[str]


@cache
def _vocabulary() -> _Vocabulary:
    told = json.loads(Path(__file__).with_name("vocabulary.json").read_text(encoding="utf-8"))
    unsure = _inverted(told["unsure_roles"])
    roles = {
        folded(text): field.name
        for field in load_schema()["contracts"].fields
        for text in (field.name, *field.labels.values())
    }
    return _Vocabulary(
        levels=_inverted(told["levels"]),
        kinds=_inverted(told["kinds"]),
        joined=_inverted(told["joined"]),
        roles=unsure | _inverted(told["roles"]) | roles,
        unsure=frozenset(unsure),
        any_level=frozenset(told["any_level"]),
        idle=frozenset(told["idle"]),
        postcodes=frozenset(told["postcodes"]),
        dates=_inverted(told["dates"]),
        programmes=_inverted(told["programmes"]),
        numbers=frozenset(told["numbers"]),
        time=frozenset(told["time"]),
        statuses={status: tuple(words) for status, words in told["statuses"].items()},
        beside_dates=frozenset(told["beside_dates"]),
        id_words=frozenset(told["scheme_words"]["id"]),
        title_words=frozenset(told["scheme_words"]["title"]),
    )


def _inverted(words: dict[str, list[str]]) -> dict[str, Any]:
    return {word: meaning for meaning, each in words.items() for word in each}


def _words(heading: str) -> list[str]:
    text = unicodedata.normalize("NFKD", _CAMEL.sub(" ", heading)).lower()
    plain = "".join(letter for letter in text if not unicodedata.combining(letter))
    joined = (_vocabulary().joined.get(word, word) for word in _WORD.findall(plain))
    return [
        word
        for text in joined
        for word in text.split()
        if word not in _vocabulary().idle and not word.isdigit()
    ]


def _place(words: list[str], *, is_either: bool) -> Meaning | None:
    """Read a level and a kind; every word must belong to one of them.

    A commune or an EPCI is a place of any level, where the heading says that it is either.
    """
    known = _vocabulary()
    if not words or any(
        word not in known.levels and word not in known.kinds and word not in known.any_level for word in words
    ):
        return None
    levels = list(dict.fromkeys(known.levels[word] for word in words if word in known.levels))
    kinds = list(dict.fromkeys(known.kinds[word] for word in words if word in known.kinds))
    kind = "siren" if "siren" in kinds else kinds[0] if kinds else None
    if not levels and "insee" in words:
        return Meaning(level="commune", kind="code")
    if not levels and kind == "siren":
        return Meaning(any_level=True, kind="code")
    if is_either and set(levels) == {"commune", "epci"}:
        return Meaning(kind=kind)
    if len(levels) > 1:
        return None
    return Meaning(level=levels[0] if levels else None, any_level=not levels, kind=kind)


def _scheme(words: list[str]) -> Meaning | None:
    """Read `id_crte`, `lib_pvd`: what, then the programme that it is of."""
    if not words:
        return None
    known = _vocabulary()
    first, rest = words[0], [word for word in words[1:] if word not in known.id_words]
    if first in known.id_words and (rest or first == "id"):
        return Meaning("id", scheme=" ".join(rest), is_sure=first in ("id", "identifiant"))
    if first in known.title_words and rest:
        return Meaning("title", scheme=" ".join(rest), is_sure=False)
    return None


def _date(words: list[str]) -> Meaning | None:
    """Read `Date de signature de la convention`, `debut_contrat`, `date_signature_acv`."""
    known = _vocabulary()
    rest = [word for word in words if word not in known.beside_dates]
    roles = {known.dates[word] for word in rest if word in known.dates}
    scheme = [word for word in rest if word not in known.dates]
    if len(roles) != 1 or (scheme and len(rest) == len(words)):
        return None
    return Meaning(roles.pop(), scheme=" ".join(scheme), is_sure=not scheme)
