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
    from collections.abc import Mapping, Sequence

    from geocontracts.outputs.sheets.ledger import Ledger
    from geocontracts.perimeters.perimeter import Perimeter
    from geocontracts.places.gazetteer import Gazetteer, Level, Place
    from geocontracts.words import Message

TerritoryKind: TypeAlias = Literal["commune", "epci", "arrondissement", "departement", "region", "contract"]

_NATURES = {"ca", "cc", "cu"}
_ARTICLES = {"le", "la", "les", "l", "de", "du", "des", "d"}
_LONG = 6  # letters
_NEAR = 80  # of 100: names less alike are not proposed
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
    """Return the territory that `written` means: a code, a name, or `contract:` and an id or a title.

    A name is looked for first in the territory of the register; the id of a contract may stand
    alone where no place is called so.

    Raises:
        UnknownPlaceError: it is no place and no contract, or more than one; or the whole of France.
    """
    contract = referenced_contract(written)
    if contract is not None:
        return of_contract(find_contract(contract, ledger), ledger)
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


def find_contract(written: str, ledger: Ledger) -> str:
    """Return the id of the contract of that id, or else of that title.

    Raises:
        UnknownPlaceError: there is none, or there are several.
    """
    contracts = ledger.register.contracts
    if written in contracts:
        return written
    folded = plain_name(written)
    found = [name for name, each in contracts.items() if folded and plain_name(each.title) == folded]
    if len(found) == 1:
        return found[0]
    if found:
        near = ", ".join(f"{contracts[name].title} [{name}]" for name in found)
        raise UnknownPlaceError("fiche-contract-ambiguous", value=written, near=near)
    near = nearest(written, {name: (each.title,) for name, each in contracts.items()})
    key = "fiche-contract-unknown" if near else "fiche-contract-unlike"
    raise UnknownPlaceError(key, value=written, near=near)


def nearest(written: str, known: Mapping[str, Sequence[str]], most: int = 5) -> str:
    """Name what looks most like `written`, `name [id]` each, the most alike first; nothing far from it.

    `known` gives the names of each id.
    """
    from rapidfuzz import fuzz

    asked = plain_name(written).replace("-", " ")
    scores: list[tuple[float, str]] = []
    for name, names in known.items():
        texts = [plain_name(text).replace("-", " ") for text in (name, *names)]
        found = [max(fuzz.ratio(asked, text), fuzz.token_set_ratio(asked, text)) for text in texts]
        if len(asked) >= _LONG:  # `actioncoeur` is written without spaces; a few letters are in many names
            found += [
                fuzz.partial_ratio(_closed_up(asked), _closed_up(text))
                for text in texts
                if len(text) > len(asked)
            ]
        scores.append((max(found), name))
    best = sorted((-score, name) for score, name in scores if score >= _NEAR)[:most]
    return ", ".join(f"{known[name][0]} [{name}]" for _, name in best)


def _closed_up(text: str) -> str:
    return text.replace(" ", "")


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


def collated(name: str) -> tuple[str, str]:
    """Return what a name is sorted by in French: without accents, and without the article it begins with.

    The article after the nature of an EPCI counts as little: `CA de la Porte du Hainaut` stands at P
    among the CA.
    """
    words = plain_name(name).split("-")
    first = 1 if words[0] in _NATURES and len(words) > 1 else 0
    rest = words[first:]
    while len(rest) > 1 and rest[0] in _ARTICLES:
        rest = rest[1:]
    return " ".join([*words[:first], *rest]), name
