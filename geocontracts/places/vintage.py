"""The vintage of a list of codes, and the codes that a place of today had in a vintage.

A code tells something of its list when it did not exist in all years: the code
of a commune that has merged, or of one that came back when a merger was undone.
Communes of the vintage 2020 are not in the sources: what changed between the
lists of 2019 and 2021 fits 2020 either way.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from geocontracts.places.codes import read_code
from geocontracts.places.gazetteer import VINTAGE, load_gazetteer
from geocontracts.places.names import LONGEST, visible
from geocontracts.words import Message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geocontracts.places.gazetteer import Former, Gazetteer, Level, Place

YEARS: tuple[int, ...] = tuple(range(2019, VINTAGE + 1))
_ALL = frozenset(YEARS)
_CAME = {"split", "recoded"}  # what gives a code to a commune that did not have it
_WENT = {"merged", "recoded", "split"}
_STOOD = _WENT | {"renamed"}  # communes and EPCI in their own right, not parts of them
_UNLISTED = 2020  # the year whose list of communes is not in the sources
# SIREN are given in order: the EPCI of 1 January 2019 end at 200085751, those of 2020 begin at 200089456.
_FIRST_SIREN_SINCE_2019 = "200086"
# They came back in 2020 with their old SIREN, when CC Monts et Vallées Ouest Creuse was undone.
_CAME_BACK = {"242300135", "242320000", "242320109"}
_LEVELS: tuple[Level, ...] = ("commune", "epci")
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class VintageGuess:
    """The years whose lists hold most of the codes.

    `years` is empty when no code was known; all of 2019-2026 when none of them
    tells. `telling` are the codes that existed in these years and not in all
    others, `against` those that existed in none of these years, each once.
    """

    years: tuple[int, ...]
    telling: tuple[str, ...]
    against: tuple[str, ...]
    known: int

    @property
    def is_open(self) -> bool:
        """Say whether nothing could be told."""
        return self.years in ((), YEARS)

    @property
    def first(self) -> int | None:
        """Return the first year that fits, None if no code was known."""
        return self.years[0] if self.years else None

    @property
    def last(self) -> int | None:
        """Return the last year that fits, None if no code was known."""
        return self.years[-1] if self.years else None

    def messages(self) -> list[Message]:
        """Return what to tell of it: the years, then the codes that do not fit."""
        if self.is_open:
            return [Message("vintage-open")]
        said = [_years_said(self.years)]
        if self.against:
            shown = ", ".join(self.against[:_SHOWN]) + ("…" if len(self.against) > _SHOWN else "")
            said.append(Message("vintage-against", {"count": len(self.against), "codes": shown}))
        return said


def _years_said(years: tuple[int, ...]) -> Message:
    first, last = years[0], years[-1]
    if len(years) == 1:
        return Message("vintage-one", {"first": first})
    if len(years) == last - first + 1:
        return Message("vintage-range", {"first": first, "last": last})
    return Message("vintage-mixed", {"years": ", ".join(map(str, years))})


@dataclass(frozen=True, slots=True)
class Past:
    """A commune or an EPCI as it was in a vintage; `whole` is False if today it is in several places."""

    code: str
    name: str
    whole: bool


def guess_vintage(codes: Iterable[str], gazetteer: Gazetteer | None = None) -> VintageGuess:
    """Return the years in which most of these codes of communes and EPCI existed together.

    Codes are as they are written; names, other levels and codes that never were
    say nothing. Codes of communes déléguées tell nothing either: they outlive a
    merger in some lists.
    """
    places = load_gazetteer() if gazetteer is None else gazetteer
    lives = _lives(places)
    wanted = {code: years for each in dict.fromkeys(codes) for code, years in _known(each, lives, places)}
    telling = {code: years for code, years in wanted.items() if years != _ALL}
    missing = Counter(year for years in telling.values() for year in _ALL - years)
    fewest = min((missing[year] for year in YEARS), default=0)
    best = tuple(year for year in YEARS if missing[year] == fewest) if wanted else ()
    return VintageGuess(
        best,
        tuple(code for code, years in telling.items() if years.intersection(best)),
        tuple(code for code, years in telling.items() if not years.intersection(best)),
        len(wanted),
    )


def codes_in(place: Place, year: int, gazetteer: Gazetteer | None = None) -> tuple[Past, ...]:
    """Return the communes, or the EPCI, on whose ground a place of today lay in a vintage.

    A commune of today may have been several; one that came back was a part of a
    larger one. Other levels than communes and EPCI are returned as they are.

    Raises:
        ValueError: `year` is not in 2019-2026.
    """
    if year not in YEARS:
        message = f"vintage {year}: expected {YEARS[0]} to {YEARS[-1]}"
        raise ValueError(message)
    places = load_gazetteer() if gazetteer is None else gazetteer
    earlier = [
        Past(old.code, old.name, len(old.successors) == 1)
        for old in _leading_to(places).get((place.level, place.code), ())
        if year in _held(old)
    ]
    renamed = any(old.code == place.code for old in earlier)
    stood = year in _lives(places).get((place.level, place.code), _ALL)
    own = [] if renamed or not stood else [Past(place.code, place.name, whole=True)]
    return tuple(dict.fromkeys([*own, *earlier]))


def _known(
    written: str, lives: dict[tuple[Level, str], frozenset[int]], places: Gazetteer
) -> list[tuple[str, frozenset[int]]]:
    """Return the code that is written, mended, with its years; nothing if no commune or EPCI had it."""
    for level in _LEVELS:  # most codes are written as they are in the lists
        years = lives.get((level, written)) or (_ALL if places.get(level, written) else None)
        if years is not None:
            return [(written, years)]
    text = visible(written)
    code = read_code(text) if len(text) <= LONGEST else None
    for reading in code.readings if code else ():
        for level in _LEVELS:
            if level in reading.levels:
                years = lives.get((level, reading.code))
                if years is not None:
                    return [(reading.code, years)]
                if places.get(level, reading.code):
                    return [(reading.code, _ALL)]
    return []


def _held(old: Former) -> range:
    """Return the years in which an earlier name or code held, up to its successor."""
    last = max(int(old.last), int(old.since) - 1) if old.since and old.kind in _STOOD else int(old.last)
    return range(int(old.first), last + 1)


@cache
def _leading_to(places: Gazetteer) -> dict[tuple[Level, str], list[Former]]:
    """Return the communes and EPCI of before, by the place of today that they lead to."""
    found: dict[tuple[Level, str], list[Former]] = {}
    for old in places.former():
        if old.kind in _STOOD:
            for code in old.successors:
                found.setdefault((old.level, code), []).append(old)
    return found


@cache
def _lives(places: Gazetteer) -> dict[tuple[Level, str], frozenset[int]]:
    """Return the years of every code of commune or EPCI that did not exist in all of them."""
    gone: dict[tuple[Level, str], set[int]] = {}
    absent: dict[tuple[Level, str], set[int]] = {}
    for old in places.former():
        if old.level not in _LEVELS or old.kind not in _WENT:
            continue
        if places.get(old.level, old.code) is None:
            gone.setdefault((old.level, old.code), set()).update(_possible(old))
        for code in old.successors:
            if code != old.code and _is_new(old, code):
                absent.setdefault((old.level, code), set()).update(_held(old))
    lives = {key: frozenset(years) for key, years in gone.items()}
    for key, years in absent.items():
        between = {_UNLISTED} if key[0] == "commune" and {_UNLISTED - 1, _UNLISTED + 1} <= years else set()
        lives[key] = _ALL - years - between
    return lives


def _possible(old: Former) -> set[int]:
    """Return the years in which a code that is gone may have existed."""
    years = set(_held(old))
    if old.level == "commune" and not {_UNLISTED - 1, _UNLISTED + 1}.isdisjoint(years):
        years.add(_UNLISTED)
    return years


def _is_new(old: Former, code: str) -> bool:
    """Say whether a code came into being with the end of the earlier one."""
    if old.level == "epci":
        return code in _CAME_BACK or (code.startswith("2000") and code >= _FIRST_SIREN_SINCE_2019)
    return old.kind in _CAME
