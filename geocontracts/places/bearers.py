"""The places that bear a name, and the earlier names that it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geocontracts.places.gazetteer import LEVELS

if TYPE_CHECKING:
    from collections.abc import Callable

    from geocontracts.places.gazetteer import Former, Gazetteer, Level, Place
    from geocontracts.places.written import Query


@dataclass(frozen=True, slots=True)
class Bearers:
    """The places that bear a name, and the earlier names that it is."""

    current: list[Place]
    former: list[Former]

    def __bool__(self) -> bool:
        """Say whether there is any."""
        return bool(self.current or self.former)

    def where(self, test: Callable[[Place], bool], places: Gazetteer) -> Bearers:
        """Return those that pass, an earlier name by one of its successors."""
        former = [old for old in self.former if any(map(test, places.successors(old)))]
        return Bearers([place for place in self.current if test(place)], former)

    def everything(self, places: Gazetteer) -> list[Place]:
        """Return all places of today that may be meant, without repetition."""
        later = [place for old in self.former for place in places.successors(old)]
        return list(dict.fromkeys([*self.current, *later]))


def borne(query: Query, places: Gazetteer) -> Bearers:
    """Return the places that bear the name or bore it, at the levels that it allows."""
    found = Bearers(*places.borne(query.key))
    return found if query.levels is LEVELS else at_levels(found, query.levels)


def at_levels(found: Bearers, levels: tuple[Level, ...]) -> Bearers:
    """Return those of some levels."""
    return Bearers(
        [place for place in found.current if place.level in levels],
        [old for old in found.former if old.level in levels],
    )
