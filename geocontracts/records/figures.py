"""Numbers and sums as people and programs write them."""

from __future__ import annotations

import re
from decimal import Decimal

_BLANKS = re.compile(r"[\s\u00a0\u202f\u2009\u2007]+")
_IN_THREES = re.compile(r"[+-]?[0-9]{1,3}(?: [0-9]{3})+(?:[.,][0-9]+)?")
_PLAIN = re.compile(r"[+-]?[0-9]{1,15}(?:[.,][0-9]{1,20})?")
# Thousands marked twice, or marked and followed by the other mark: 1.234.567 and 1.234,50.
_MARKED = re.compile(
    r"[+-]?[0-9]{1,3}(?P<mark>[.,'’])[0-9]{3}"
    r"(?:(?:(?P=mark)[0-9]{3})+(?:(?!(?P=mark))[.,][0-9]+)?|(?!(?P=mark))[.,][0-9]+)"
)
_EITHER = re.compile(r"[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}")
# A spreadsheet shows `1,2E+06`, in multiples of thousand `12,5E+03`; people write `12e5`.
_SCIENTIFIC = re.compile(r"[+-]?[0-9]{1,15}(?:[.,][0-9]{1,15})?e\+?[0-9]{1,2}")
_TOO_LARGE = 1e15
_SURE_DIGITS = 15  # that a float holds exactly
_UNIT = re.compile(
    r"(?P<number>.*[0-9]) ?(?P<scale>k|m|md|mds|milliers?|millions?|milliards?)? ?(?:d['’]|de )?"
    r"(?P<euro>€|eur|euros?)?"
)
_SCALES = {"k": 1e3, "millier": 1e3, "m": 1e6, "million": 1e6, "md": 1e9, "milliard": 1e9}


def read_number(text: str) -> float | None:
    """Return a number that can be read in one way; None for any other.

    Blanks of any width stand between thousands; `1.234.567,89`, `1,234,567.89` and
    `1.234,50` are certain, `1.234` is not (see `is_ambiguous`).
    """
    plain = _joined(text)
    if plain is None or is_ambiguous(text):
        return None
    if _PLAIN.fullmatch(plain):
        return float(plain.replace(",", "."))
    marked = _MARKED.fullmatch(plain)
    if not marked:
        return None
    return float(plain.replace(marked["mark"], "").replace(",", "."))


def read_sum(text: str) -> float | None:
    """Return a sum in euros: a number with or without its unit (`1 234,50 €`, `12 k€`, `1,5 M€`)."""
    if text.isascii() and text.isdigit() and len(text) <= _SURE_DIGITS:
        return float(text)
    number, scale = split_unit(text)
    value = read_number(number)
    if value is None or scale == 1:
        return value
    return float(Decimal(str(value)) * Decimal(scale))  # to the cent: 68610,664 Md€ would gain one


def split_unit(text: str) -> tuple[str, float]:
    """Return the number of a sum, as written, and what its unit multiplies it by."""
    plain = _BLANKS.sub(" ", text).strip().casefold()
    plain = plain.removeprefix("€").strip()
    found = _UNIT.fullmatch(plain)
    if not found:
        return plain, 1
    scale = found["scale"] or ""
    # A lone `m` may be metres or a slip; `12 k€` and `3 millions` are clear.
    if scale in ("k", "m", "md", "mds") and not found["euro"]:
        return plain, 1
    return found["number"], _SCALES[scale.removesuffix("s")] if scale else 1


def read_scientific(text: str) -> float | None:
    """Return a number that a spreadsheet wrote with an exponent (`1.5E+06`), maybe rounded."""
    found = _SCIENTIFIC.fullmatch(text.strip().casefold())
    number = float(found[0].replace(",", ".")) if found else _TOO_LARGE
    return number if abs(number) < _TOO_LARGE else None


def is_ambiguous(text: str) -> bool:
    """Tell whether the mark of a number may stand for thousands or for decimals, as in `1.234`.

    What is ambiguous alone may be clear beside the other numbers of its column.
    """
    return bool(_EITHER.fullmatch(text.strip()))


def _joined(text: str) -> str | None:
    """Return a number without the blanks between its thousands, None if they stand elsewhere."""
    plain = _BLANKS.sub(" ", text).strip()
    if " " in plain and not _IN_THREES.fullmatch(plain):
        return None
    return plain.replace(" ", "")
