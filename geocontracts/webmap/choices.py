"""What can be chosen on one map: its places and records, its layers, a span of years."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from geocontracts.errors import UnknownOptionError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geocontracts.webmap.contract import Payload

_LAST_YEAR = 9999
_YEARS = 2  # the first and the last


class Choices:
    """The values that a map admits; each method returns a value as the page says it."""

    def __init__(self, payload: Payload) -> None:
        """Read what the page has."""
        places = payload["places"]
        self.programmes = tuple(programme["id"] for programme in payload["programmes"])
        self._known: dict[str, tuple[str, ...]] = {
            "commune": tuple(places["communes"]["code"]),
            "epci": tuple(group["code"] for group in places["epci"]),
            "arrondissement": tuple(group["code"] for group in places["arrondissements"]),
            "departement": tuple(group["code"] for group in places["departements"]),
            "record": tuple(record["id"] for record in payload["records"]),
        }

    def selection(self, value: object) -> str | None:
        """Return `level:code` or `record:id`; a code alone will do where one thing has it.

        Raises:
            UnknownOptionError: the map has no such place or record, or several.
        """
        if value is None:
            return None
        if not isinstance(value, str):
            raise UnknownOptionError("choice-selection", value=repr(value), near=_NOTHING)
        kind, colon, name = value.partition(":")
        if colon and name in self._known.get(kind, ()):
            return value
        bearers = [f"{level}:{value}" for level, names in self._known.items() if value in names]
        if len(bearers) == 1:
            return bearers[0]
        if bearers:
            raise UnknownOptionError("choice-selection-several", value=value, near=", ".join(bearers))
        raise UnknownOptionError("choice-selection", value=value, near=self._near(value))

    def _near(self, value: str) -> str:
        kind, _, name = value.rpartition(":")
        levels = [kind] if kind in self._known else list(self._known)
        found = [f"{each}:{near}" for each in levels for near in get_close_matches(name, self._known[each])]
        return ", ".join(found[:5]) or _NOTHING

    def layers(self, value: object) -> tuple[str, ...]:
        """Return programmes in the order of the legend, each once.

        Raises:
            UnknownOptionError: it is no list of programmes of this map.
        """
        allowed = ", ".join(self.programmes)
        if isinstance(value, str) or not hasattr(value, "__iter__"):
            raise UnknownOptionError("choice-layers", value=repr(value), allowed=allowed)
        wanted: Iterable[object] = list(value)
        for each in wanted:
            if each not in self.programmes:
                raise UnknownOptionError("choice-layer", value=str(each), allowed=allowed)
        chosen = set(wanted)
        return tuple(programme for programme in self.programmes if programme in chosen)

    def date(self, value: object) -> tuple[int, int] | None:
        """Return the first and the last year; one year alone is both.

        Raises:
            UnknownOptionError: it is no year, nor two in their order.
        """
        if value is None:
            return None
        years = (value, value) if isinstance(value, int) else value
        if not isinstance(years, (tuple, list)) or len(years) != _YEARS:
            raise UnknownOptionError("choice-date", value=repr(value))
        first, last = years
        if not (_is_year(first) and _is_year(last) and first <= last):
            raise UnknownOptionError("choice-date", value=repr(value))
        return first, last


_NOTHING = "–"


def _is_year(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _LAST_YEAR
