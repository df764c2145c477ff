"""The territory that a sheet is about: a place, or the perimeter of a contract."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias

from geocontracts.errors import UnknownPlaceError
from geocontracts.perimeters.join import population
from geocontracts.perimeters.placement import referenced_contract
from geocontracts.places.area import find_area
from geocontracts.places.match import departements_of, resolve

if TYPE_CHECKING:
    from geocontracts.outputs.sheets.ledger import Ledger
    from geocontracts.perimeters.perimeter import Perimeter
    from geocontracts.places.gazetteer import Gazetteer, Level, Place
    from geocontracts.words import Message

TerritoryKind: TypeAlias = Literal["commune", "epci", "arrondissement", "departement", "region", "contract"]

_PARENTS: tuple[Level, ...] = ("epci", "arrondissement", "departement", "region")


@dataclass(frozen=True)
class Territory:
    """A place, or the perimeter of a contract; `communes` are numbers of the gazetteer, in order.

    `population` is people, None where one commune's is unknown. A contract whose perimeter
    is not known has no commune. `remark` says how what was written leads to this place, when it
    is not its name of today.
    """

    kind: TerritoryKind
    code: str
    name: str
    communes: tuple[int, ...]
    population: int | None
    area_km2: float
    place: Place | None = None
    perimeter: Perimeter | None = None
    remark: Message | None = None

    @cached_property
    def numbers(self) -> frozenset[int]:
        """Return its communes as a set."""
        return frozenset(self.communes)


def find_territory(written: str, ledger: Ledger) -> Territory:
    """Return the territory that `written` means: a code, a name, or `contract:ID`.

    A name is looked for first in the territory of the register; the id of a contract may stand
    alone where no place is called so.

    Raises:
        UnknownPlaceError: it is no place and no contract, or more than one; or the whole of France.
    """
    contract = referenced_contract(written)
    if contract is not None:
        if contract not in ledger.register.contracts:
            raise UnknownPlaceError("fiche-contract-unknown", value=contract, near=near_ids(contract, ledger))
        return of_contract(contract, ledger)
    if written.strip().casefold() == "france":
        raise UnknownPlaceError("fiche-france")
    match = resolve(written, within=ledger.content.area.place, gazetteer=ledger.gazetteer)
    if match.place is None and written.strip() in ledger.register.contracts:
        return of_contract(written.strip(), ledger)
    place = match.place or find_area(written).place  # which says what is near
    if place is None:
        raise UnknownPlaceError("fiche-france")
    return replace(
        of_place(place, ledger.gazetteer), remark=match.reason if match.status == "remark" else None
    )


def near_ids(written: str, ledger: Ledger) -> str:
    """Return the ids of contracts that look like what was written."""
    return nearest(written, list(ledger.register.contracts))


def nearest(written: str, known: list[str], most: int = 5) -> str:
    """Return the ids that look most like `written`, or the first ones."""
    import difflib

    found = difflib.get_close_matches(written, known, n=most, cutoff=0.5)
    return ", ".join(found or known[:most])


def of_place(place: Place, gazetteer: Gazetteer) -> Territory:
    """Return a place as a territory."""
    communes = tuple(gazetteer.communes_of(place))
    people, area = _measures(communes, gazetteer)
    return Territory(place.level, place.code, place.name, communes, people, area, place)


def of_contract(name: str, ledger: Ledger) -> Territory:
    """Return the perimeter of a contract as a territory."""
    perimeter = ledger.perimeters[name]
    people, area = _measures(perimeter.communes, ledger.gazetteer)
    return Territory(
        "contract", name, perimeter.record.title, perimeter.communes, people, area, perimeter=perimeter
    )


def _measures(communes: tuple[int, ...], gazetteer: Gazetteer) -> tuple[int | None, float]:
    numbers = list(communes)
    area = round(sum(map(float, gazetteer.column("area_km2", numbers))), 1)
    return population(numbers, gazetteer), area


def parents_of(territory: Territory, gazetteer: Gazetteer) -> dict[Level, list[Place]]:
    """Return the places of each level above that its communes belong to, those with most communes first."""
    found: dict[Level, list[Place]] = {}
    for level in _PARENTS:
        if territory.kind == level:
            continue
        counts: dict[str, int] = {}
        for code in gazetteer.column(level, list(territory.communes)):
            if code:
                counts[code] = counts.get(code, 0) + 1
        codes = sorted(counts, key=lambda code: (-counts[code], code))
        found[level] = [place for code in codes if (place := gazetteer.get(level, code))]
    return found


def told_apart(place: Place, others: list[Place]) -> str:
    """Return the name of a place, with its département where another one has the same name."""
    if sum(each.name == place.name for each in others) == 1:
        return place.name
    return f"{place.name} ({', '.join(departements_of(place))})"


def plain_name(name: str) -> str:
    """Return a name in plain small letters, for a file or a comparison: `saint-leu-d-esserent`."""
    bare = name.casefold().replace("œ", "oe").replace("æ", "ae")
    letters = unicodedata.normalize("NFKD", bare).encode("ascii", "ignore").decode("ascii")
    return "-".join("".join(letter if letter.isalnum() else " " for letter in letters).split())
