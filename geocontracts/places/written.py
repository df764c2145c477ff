"""A written place taken apart: a code with its levels, or a name with its kind and département."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geocontracts.places.gazetteer import LEVELS
from geocontracts.places.names import epci_key, normalise_name

if TYPE_CHECKING:
    from geocontracts.places.gazetteer import Gazetteer, Level, Place

_QUALIFIED = re.compile(
    r"(commune|epci|arrondissement|d[ée]partement|r[ée]gion)\s*:\s*(\w[\w ]*)", re.IGNORECASE
)
_SPACED_DIGITS = re.compile(r"[0-9]{1,3}( [0-9]{3})+")
_CODES: tuple[tuple[re.Pattern[str], tuple[Level, ...]], ...] = (
    (re.compile(r"\d{9}"), ("epci",)),
    (re.compile(r"(\d{2}|2[AB])\d{3}", re.IGNORECASE), ("commune",)),
    (re.compile(r"(\d{2}|2[AB])\d", re.IGNORECASE), ("arrondissement", "departement")),
    (re.compile(r"\d{2}|2[AB]", re.IGNORECASE), ("departement", "region")),
)
_BRACKETS = re.compile(r"(?P<name>.+?)\s*[(\[](?P<context>[^()\[\]]+)[)\]]\s*")
_OF = r"(?:de\s+la\s+|de\s+l['’]\s*|du\s+|des\s+|de\s+|d['’]\s*)?"
_THE = r"(?:l['’]\s*|le\s+|la\s+)?"
_KIND_WORDS: tuple[tuple[re.Pattern[str], Level], ...] = (
    (re.compile(rf"{_THE}arrondissement\s+{_OF}(?P<name>.+)", re.IGNORECASE), "arrondissement"),
    (re.compile(rf"{_THE}d[ée]partement\s+{_OF}(?P<name>.+)", re.IGNORECASE), "departement"),
    (re.compile(rf"{_THE}r[ée]gion\s+{_OF}(?P<name>.+)", re.IGNORECASE), "region"),
    (re.compile(rf"{_THE}(?:commune|ville)\s+(?=d[eu'’]){_OF}(?P<name>.+)", re.IGNORECASE), "commune"),
    (re.compile(rf"{_THE}(?P<name>(?:C\.\s?[CAU]\.|CC|CA|CU)\s.+)"), "epci"),
    (
        re.compile(
            rf"{_THE}(?P<name>(?:communaut[ée]\s+(?:de\s+communes|d['’]agglo\w*|urbaine)|m[ée]tropole)\s.+)",
            re.IGNORECASE,
        ),
        "epci",
    ),
)
# The kinds of EPCI, as their names begin; a métropole's name may hold the word anywhere.
_EPCI_KINDS = (
    ("CC", re.compile(r"C\.?\s?C\.?\s|communaut[ée]\s+de\s+communes\s", re.IGNORECASE)),
    ("CA", re.compile(r"C\.?\s?A\.?\s|communaut[ée]\s+d['’]agglo", re.IGNORECASE)),
    ("CU", re.compile(r"C\.?\s?U\.?\s|communaut[ée]\s+urbaine\s", re.IGNORECASE)),
)


@dataclass(frozen=True)
class Query:
    """A written name, and what it says of itself; `within` is where it is looked for first."""

    written: str
    name: str
    levels: tuple[Level, ...]
    departement: Place | None
    within: Place | None

    @property
    def kind(self) -> str | None:
        """Return the kind of EPCI that the name says: CC, CA or CU."""
        return kind_of_epci(self.name)

    def searches(self) -> list[tuple[str, tuple[Level, ...]]]:
        """Return the normalised names to look for, each with the levels it can mean."""
        others = tuple(level for level in self.levels if level != "epci")
        found: list[tuple[str, tuple[Level, ...]]] = [(normalise_name(self.name), others)]
        if "epci" in self.levels:
            found.append((epci_key(self.name), ("epci",)))
        return found


def read_code(text: str) -> tuple[tuple[Level, ...], str] | None:
    """Return the code that a text is, with the levels that it can belong to, or None."""
    qualified = _QUALIFIED.fullmatch(text)
    if qualified:
        return (_level(qualified[1]),), qualified[2].replace(" ", "").upper()
    code = text.replace(" ", "") if _SPACED_DIGITS.fullmatch(text) else text
    for pattern, levels in _CODES:
        if pattern.fullmatch(code):
            return levels, code.upper()
    return None


def _level(word: str) -> Level:
    plain = normalise_name(word)
    return next(level for level in LEVELS if level == plain)


def read_name(text: str, within: Place | None, places: Gazetteer) -> Query:
    """Return the name, the levels that its first words allow, and the département in brackets."""
    name, departement = text, None
    brackets = _BRACKETS.fullmatch(text)
    if brackets:
        departement = _departement(brackets["context"], places)
        name = brackets["name"] if departement else text
    for pattern, level in _KIND_WORDS:
        told = pattern.fullmatch(name)
        if told:
            return Query(text, told["name"], (level,), departement, within)
    return Query(text, name, LEVELS, departement, within)


def _departement(context: str, places: Gazetteer) -> Place | None:
    by_code = places.get("departement", context.strip().upper())
    if by_code:
        return by_code
    return next(
        (place for place in places.named(normalise_name(context)) if place.level == "departement"), None
    )


def kind_of_epci(name: str) -> str | None:
    """Return the kind of EPCI that a name says: CC, CA or CU."""
    return next((kind for kind, pattern in _EPCI_KINDS if pattern.match(name)), None)
