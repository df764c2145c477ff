"""A written code taken apart: its readings, each with the levels that it can belong to.

A spreadsheet that takes codes for numbers drops the zeros in front (`2691`),
adds a decimal (`59350.0`) or keeps three digits of nine (`2.16E+08`). Such a
code has readings that say how it was mended; whether one is certain is decided
where the places are known (`coded.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geocontracts.places.gazetteer import LEVELS
from geocontracts.places.names import normalise_name, without_invisible

if TYPE_CHECKING:
    from geocontracts.places.gazetteer import Level

_QUALIFIED = re.compile(r"(commune|epci|arrondissement|d[ée]partement|r[ée]gion)\s*:\s*(\S.*)", re.IGNORECASE)
_CODE_LIKE = re.compile(r"(?=.*\d)(?!.*[^\W\d_]{3})\w[\w .,+]*")  # a digit, and no word
# Words that announce a code, and change nothing in it.
_ANNOUNCED = re.compile(
    r"(?:(?:code|num[ée]ro)\s+)?(?:(?P<cog>insee|cog)|siren|siret|code|n[°º]|no\.)\s*:?\s*(?=\d|2[ab])",
    re.IGNORECASE,
)
# INSEE's identifiers (DEP-59) and ISO 3166-2 (FR-59). `F-59400` is a postcode abroad: not read here.
_ISO = re.compile(r"(FR|DEP|REG|ARR|COM)\s?[-_ ]\s?(\d[\dAB]\d{0,3})", re.IGNORECASE)
_ISO_LEVELS: dict[str, Level] = {
    "FR": "departement",
    "DEP": "departement",
    "REG": "region",
    "ARR": "arrondissement",
    "COM": "commune",
}
_SPACED = re.compile(r"\d{1,3}(?: \d{3})+|\d{3} \d{3} \d{3} \d{5}|\d{9} \d{5}")
_DECIMAL = re.compile(r"(\d+)[.,]0+")
_SCIENTIFIC = re.compile(r"(\d)[.,](\d+)E\+?0?(\d{1,2})", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_CORSICAN = re.compile(r"2[AB]\d{0,3}", re.IGNORECASE)
_FOREIGN = re.compile(r"F\s?-?\s?(\d{5})", re.IGNORECASE)

_SIREN, _SIRET, _COMMUNE = 9, 14, 5
POSTCODE = 5
"""Digits of a postcode."""
_SHORT = 3  # digits of a code that may be of another level than a commune


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a code; `mended` is what was done to it, as a key of the catalogue, or empty."""

    levels: tuple[Level, ...]
    code: str
    mended: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """A written code: `digits` as it is shown, `readings` by level, `kept` digits of one that lost some.

    `size` is how many digits a code in scientific notation had. `level` is the
    one that it says itself (`commune:02691`), and `postal` marks `F-59400`.
    """

    digits: str
    readings: tuple[Reading, ...]
    kept: str = ""
    size: int = 0
    level: Level | None = None
    postal: bool = False

    def may_show(self, code: str) -> bool:
        """Say whether the digits kept are those of `code`, cut off or rounded as a spreadsheet shows them."""
        digits = code.lstrip("0")
        if not digits.isdigit() or len(digits) != self.size:
            return False
        unit = 10 ** max(self.size - len(self.kept), 0)
        return digits.startswith(self.kept) or str((int(digits) + unit // 2) // unit) == self.kept


def read_code(text: str) -> Code | None:
    """Return the code that a text is, or None for a name. Spaces are single ones."""
    text = without_invisible(text)
    if not text or (text.isdigit() and text.isascii()):
        return Code(text, _readings(text)) if text else None
    qualified = split_level(text)
    if qualified:
        level, rest = qualified
        return _said(level, rest) if _CODE_LIKE.fullmatch(rest) else None
    iso = _ISO.fullmatch(text)
    if iso:
        return _said(_ISO_LEVELS[iso[1].upper()], iso[2])
    foreign = _FOREIGN.fullmatch(text)
    if foreign:
        return Code(foreign[1], (Reading(("commune",), foreign[1]),), postal=True)
    announced = None if text[0].isdigit() else _ANNOUNCED.match(text)
    if announced is None:
        return _bare(text)
    code = _bare(text[announced.end() :])
    return replace(code, level="commune") if code and announced["cog"] and len(code.digits) > _SHORT else code


def split_level(text: str) -> tuple[Level, str] | None:
    """Return the level that is written in front of a code or a name, and the rest: `departement:Nord`."""
    found = _QUALIFIED.fullmatch(text) if ":" in text else None
    return (_level(found[1]), found[2]) if found else None


def _said(level: Level, rest: str) -> Code:
    """Return a code whose level is written in front of it."""
    code = _bare(rest)
    if code is None:
        plain = rest.replace(" ", "").upper()
        return Code(plain, (Reading((level,), plain),), level=level)
    readings = tuple(
        Reading((level,), each.code, each.mended) for each in code.readings if level in each.levels
    )
    kept = readings or (Reading((level,), code.digits),)
    return Code(code.digits, kept, code.kept, code.size, level)


def _level(word: str) -> Level:
    plain = normalise_name(word)
    return next(level for level in LEVELS if level == plain)


def _bare(text: str) -> Code | None:
    if _CORSICAN.fullmatch(text):
        return Code(text.upper(), _corsican(text.upper()))
    lost = _SCIENTIFIC.fullmatch(text)
    if lost:
        kept = lost[1] + lost[2]
        size = int(lost[3]) + 1
        if len(kept) != size:
            return Code(text, (), kept, size)
        return Code(kept, _as_numbers(_readings(kept)))
    decimal = _DECIMAL.fullmatch(text)
    digits = decimal[1] if decimal else text.replace(" ", "") if _SPACED.fullmatch(text) else text
    if not _DIGITS.fullmatch(digits) or not digits.isascii():
        return None
    readings = _readings(digits)
    if decimal:
        readings = _as_numbers(readings)
    return Code(digits, readings)


def _as_numbers(readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """Return the readings of a code that was written as a number, which must be told."""
    return tuple(Reading(each.levels, each.code, each.mended or "code-decimal") for each in readings)


def _corsican(code: str) -> tuple[Reading, ...]:
    levels: dict[int, tuple[Level, ...]] = {2: ("departement",), 3: ("arrondissement",), 5: ("commune",)}
    return (Reading(levels[len(code)], code),) if len(code) in levels else ()


def _readings(digits: str) -> tuple[Reading, ...]:
    """Return what digits can mean, as they stand first and with their zeros put back last."""
    size = len(digits)
    if size == _COMMUNE:
        return (Reading(("commune",), digits),)
    if size == _SIREN:
        return (Reading(("epci", "commune"), digits),)
    if size == _SIRET:
        return (Reading(("epci", "commune"), digits[:_SIREN], "code-siret"),)
    return _short_readings(digits) if size < _COMMUNE else ()


def _short_readings(digits: str) -> tuple[Reading, ...]:
    readings: dict[int, tuple[Reading, ...]] = {
        1: (Reading(("departement", "region"), digits.zfill(2), "code-zero"),),
        2: (
            Reading(("departement", "region"), digits),
            Reading(("arrondissement",), digits.zfill(3), "code-zero"),
        ),
        3: (
            Reading(("arrondissement", "departement"), digits),
            Reading(("departement",), digits[1:] if digits[0] == "0" else "", "code-padded"),
        ),
        4: (
            Reading(("arrondissement",), digits),
            Reading(("commune",), digits.zfill(_COMMUNE), "code-zero"),
        ),
    }
    return readings[len(digits)]
