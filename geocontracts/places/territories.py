"""The pieces of France that no one map shows together: the métropole, and each DROM."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geocontracts.places.gazetteer import load_gazetteer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geocontracts.places.gazetteer import Gazetteer


@dataclass(frozen=True)
class Territory:
    """A piece of France with its legal projection.

    `code` is the département of a DROM, `FR` for the métropole (Corse included);
    `crs` is an EPSG code: Lambert-93, or the one that the decree of 26 December
    2000 and its successors set overseas. Coordinates in it are metres.
    `prefecture` is the INSEE code of the commune with the préfecture of a DROM (that of
    Mayotte is Mamoudzou, though the COG's chef-lieu is Dzaoudzi), empty for the métropole.
    """

    code: str
    name: str
    crs: int
    prefecture: str = ""


METROPOLE = Territory("FR", "France métropolitaine", 2154)
OVERSEAS = (
    Territory("971", "Guadeloupe", 5490, "97105"),
    Territory("972", "Martinique", 5490, "97209"),
    Territory("973", "Guyane", 2972, "97302"),
    Territory("974", "La Réunion", 2975, "97411"),
    Territory("976", "Mayotte", 4471, "97611"),
)
_BY_DEPARTEMENT = {territory.code: territory for territory in OVERSEAS}


def territory_of(departement: str | None) -> Territory:
    """Return the territory in which a département lies, by its code."""
    return _BY_DEPARTEMENT.get(departement or "", METROPOLE)


def territories_of(communes: Iterable[int], gazetteer: Gazetteer | None = None) -> dict[Territory, list[int]]:
    """Return the numbers of communes by territory, the main one first, then as the DROM are numbered.

    The main one is the métropole where it is among them, else the one with the
    most communes.
    """
    places = load_gazetteer() if gazetteer is None else gazetteer
    numbers = list(communes)
    found: dict[Territory, list[int]] = defaultdict(list)
    for number, departement in zip(numbers, places.column("departement", numbers), strict=True):
        found[territory_of(departement)].append(number)
    order = sorted(found, key=lambda each: (each is not METROPOLE, -len(found[each]), each.code))
    return {each: found[each] for each in [*order[:1], *sorted(order[1:], key=lambda each: each.code)]}
