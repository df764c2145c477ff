"""Euros as millions: one figure in a sentence, or those of a column with as many decimals each."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from geocontracts.words import number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geocontracts.words import Lang

_MANY, _SEVERAL = 1e8, 1e6
_FINE = 3  # decimals of less than a million: 15 000 and 15 000 are 30 000, also when rounded
_LEAST = 1_000  # euros: the last digit that is shown of a million


def millions(euros: float, lang: Lang) -> str:
    """Return euros in millions, as exactly as a single figure deserves: `2 963`, `11,6`, `0,643`.

    Halves go up, whatever stands before them. A sum that is too small to be seen is
    not 0: `< 0,001`.
    """
    digits = 0 if euros >= _MANY else 1 if euros >= _SEVERAL else _FINE
    return _least(euros, lang) or number(float(_rounded(euros, digits)), lang, _FINE)


def in_millions(column: Iterable[float | None], lang: Lang) -> list[str]:
    """Return the euros of a column in millions, each with the decimals that the finest of them needs.

    Thousands of euros are the finest; unknown is a dash, and what is too small to be seen `< 0,001`.
    """
    told = list(column)
    places = max((_places(euros) for euros in told if euros is not None), default=0)
    return ["–" if euros is None else _least(euros, lang) or _fixed(euros, places, lang) for euros in told]


def is_rounded(column: Iterable[float | None]) -> bool:
    """Say whether `in_millions` leaves out euros of any of them."""
    return any(euros is not None and Decimal(str(euros)) % _LEAST for euros in column)


def _rounded(euros: float, digits: int) -> Decimal:
    return Decimal(str(euros)).scaleb(-6).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def _places(euros: float) -> int:
    """Return how many decimals of a million are not 0, thousands of euros being the last."""
    tail = f"{_rounded(euros, _FINE):f}".partition(".")[2]
    return len(tail.rstrip("0"))


def _fixed(euros: float, places: int, lang: Lang) -> str:
    whole, _, tail = f"{_rounded(euros, places):f}".partition(".")
    point = "," if lang == "fr" else "."
    return number(int(whole), lang) + (point + tail if tail else "")


def _least(euros: float, lang: Lang) -> str:
    return f"<\u00a0{number(_LEAST / 1e6, lang, _FINE)}" if 0 < euros < _LEAST else ""
