"""How the headings of tables are compared."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

_LONGEST_HEADING = 200


def folded(text: str) -> str:
    """Return a header without accents, case and punctuation, so that spellings meet."""
    return _folded(text) if len(text) <= _LONGEST_HEADING else _fold(text)


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe"))
    return "".join(filter(str.isalnum, plain))


_folded = lru_cache(maxsize=2048)(_fold)  # headings and allowed values come again on every row


def recognised(cells: list[str], known: Collection[str]) -> int:
    """Return how many different known headings stand in a row."""
    return len({folded(cell) for cell in cells if cell and len(cell) <= _LONGEST_HEADING}.intersection(known))
