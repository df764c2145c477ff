"""Objects of JSON that name a key twice: JSON allows it, and most readers keep the last one in silence."""

from __future__ import annotations

import json
from typing import Any


class Repeated(dict[str, Any]):
    """An object that names a key twice: it is known by the first, and written with all of them."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        """Keep all pairs, in their order."""
        super().__init__(reversed(pairs))
        self.pairs = pairs

    def items(self) -> Any:
        """Return all pairs, which is what writes them."""
        return self.pairs

    def repeated(self) -> str:
        """Return the first key that is there twice."""
        seen: set[str] = set()
        return next(key for key, _ in self.pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]


def load_pairs(text: str) -> Any:
    """Read JSON as `json.loads` does, with objects that name a key twice as `Repeated`.

    Raises:
        json.JSONDecodeError, ValueError, RecursionError: as `json.loads`.
    """
    return json.loads(text, object_pairs_hook=_object)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    return found if len(found) == len(pairs) else Repeated(pairs)


def extended(known: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    """Return an object with more pairs; none of those that it names twice is lost."""
    return Repeated([*known.pairs, *more.items()]) if isinstance(known, Repeated) else known | more
