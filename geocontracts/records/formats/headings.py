"""How the headings of tables are compared."""

from __future__ import annotations

import unicodedata


def folded(text: str) -> str:
    """Return a header without accents, case and punctuation, so that spellings meet."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe"))
    return "".join(letter for letter in plain if letter.isalnum())
