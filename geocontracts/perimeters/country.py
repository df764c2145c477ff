"""Words that mean the whole country in a list of places: `France entière`, `France métropolitaine`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geocontracts.places.names import normalise_name
from geocontracts.places.territories import METROPOLE, territory_of
from geocontracts.words import Message

if TYPE_CHECKING:
    from geocontracts.places.gazetteer import Gazetteer

_ALL = frozenset(
    {"france", "france entiere", "toute la france", "metropole et drom", "metropole et outre mer"}
)
_ASSUMED = frozenset({"national", "nationale", "territoire national", "ensemble du territoire national"})
_METROPOLE = frozenset({"france metropolitaine", "france hexagonale", "metropole et corse"})


@dataclass(frozen=True)
class Country:
    """All communes of the country, or of its métropole; `reason` says how the words were understood."""

    label: str
    communes: tuple[int, ...]
    reason: Message
    is_assumed: bool = False


def country_of(written: str, gazetteer: Gazetteer) -> Country | None:
    """Return the country where words mean it; None for all others."""
    words = normalise_name(written)
    everyone = range(gazetteer.commune_count)
    if words in _METROPOLE:
        departements = gazetteer.column("departement", list(everyone))
        communes = tuple(number for number in everyone if territory_of(departements[number]) is METROPOLE)
        return Country(METROPOLE.name, communes, Message("place-metropole", {"count": len(communes)}))
    if words not in _ALL | _ASSUMED:
        return None
    is_assumed = words in _ASSUMED
    facts: dict[str, object] = {"count": len(everyone), "value": written}
    reason = Message("place-country-assumed" if is_assumed else "place-country", facts)
    return Country("France", tuple(everyone), reason, is_assumed)
