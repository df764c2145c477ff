"""Cells that a spreadsheet may take for a formula when it opens a text (CWE-1236)."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from geocontracts.records.expressions import computes
from geocontracts.records.values import says_nothing

if TYPE_CHECKING:
    from collections.abc import Iterable

# Full width too, where the keyboard is Chinese or Japanese.
FORMULA_SIGNS = frozenset("=+-@\uff1d\uff0b\uff0d\uff20")
_SIGN = r"[+\-\uff0b\uff0d]"
_REST = r"[^=+*^&\uff1d\uff0b]*"  # computes nothing
_HARMLESS = re.compile(
    rf"{_SIGN}[\s\d.,'’/]*\d[\s%€kMd]*"  # a number
    rf"|{_SIGN}\s?\d[\s\d.,'’]*(?:[%‰€°(]|[^\W\d_]){_REST}"  # so much of something
    rf"|{_SIGN}+\s.*"  # an item of a list
    r"|\+\s?/\s?-.*"  # more or less
    rf"|[@\uff20](?![A-Za-z]{{1,3}}\d+\b)[^\W\d_][\w.\-]+(?:[\s,;:)]{_REST})?",  # a name, and no cell
    re.DOTALL,
)
# A cell of another sheet, or a program: `cmd|'/C calc'!A0`.
_ELSEWHERE = re.compile(r"(?:\w|'\s?)![\w$#]")


def first_seen(text: str) -> str:
    """Return the first sign of a text that is seen; none hides behind blanks and unseen signs."""
    return next((letter for letter in text if not _is_unseen(letter)), "")


def begins_formula(text: str) -> bool:
    """Say whether a spreadsheet may take a cell for a formula: it computes, or no people write so.

    `-5 km`, `+33 3 21 00 00 00`, `-`, `- un point`, `@mairie` are none; `=1+1`, `@SUM(A1)`, `- A1*2` are.
    """
    if text[:1].isalnum() or first_seen(text) not in FORMULA_SIGNS:
        return False
    plain = "".join(letter for letter in text if letter.isspace() or not _is_unseen(letter)).strip()
    if says_nothing(plain):
        return False
    return bool(_ELSEWHERE.search(plain)) or computes(plain) or not _HARMLESS.fullmatch(plain)


def formula_cells(rows: Iterable[tuple[int, Iterable[str]]]) -> list[tuple[int, int]]:
    """Return the line and the column, from 0, of each cell that begins as a formula does."""
    return [
        (line, rank)
        for line, cells in rows
        for rank, text in enumerate(cells)
        if text and not text[0].isalnum() and begins_formula(text)
    ]


def _is_unseen(letter: str) -> bool:
    return letter.isspace() or unicodedata.category(letter).startswith("C")
