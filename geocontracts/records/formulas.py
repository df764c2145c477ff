"""Cells that a spreadsheet may take for a formula when it opens a text (CWE-1236)."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from geocontracts.records.values import says_nothing

if TYPE_CHECKING:
    from collections.abc import Iterable

# Full width too, where the keyboard is Chinese or Japanese.
FORMULA_SIGNS = frozenset("=+-@\uff1d\uff0b\uff0d\uff20")
_NUMBER = re.compile(r"[+\-\uff0b\uff0d][\s\d.,'’/]*\d[\s%€kMd]*")
# A dash and a blank begin an item of a list, unless something is called after it.
_ITEM = re.compile(r"[+\-]\s")
_CALL = re.compile(r"[|!]|\w\(")


def first_seen(text: str) -> str:
    """Return the first sign of a text that is seen; none hides behind blanks and unseen signs."""
    return next((letter for letter in text if not _is_unseen(letter)), "")


def begins_formula(text: str) -> bool:
    """Say whether a cell that somebody wrote begins as a formula does: no number, no dash for nothing.

    `-5`, `+33 3 21 00 00 00`, `-` and `- un point` do not; `=1+1`, `@SUM(A1)` and `-cmd|...` do.
    """
    if text[:1].isalnum() or first_seen(text) not in FORMULA_SIGNS:
        return False
    plain = "".join(letter for letter in text if letter.isspace() or not _is_unseen(letter)).strip()
    if says_nothing(plain) or _NUMBER.fullmatch(plain):
        return False
    return bool(_CALL.search(plain)) or not _ITEM.match(plain)


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
