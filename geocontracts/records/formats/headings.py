"""How the headings of tables are compared."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

_LONGEST_HEADING = 200


def folded(text: str) -> str:
    """Return a header without accents, case and punctuation, so that spellings meet."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe"))
    return "".join(letter for letter in plain if letter.isalnum())


def recognised(cells: list[str], known: Collection[str]) -> int:
    """Return how many different known headings stand in a row."""
    return len({folded(cell) for cell in cells if cell and len(cell) <= _LONGEST_HEADING}.intersection(known))
