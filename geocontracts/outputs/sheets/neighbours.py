"""Territories of one level that touch, and the programmes that they have and have not."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geocontracts.outputs.sheets.place import of_place
from geocontracts.places.topology import load_arcs

if TYPE_CHECKING:
    from geocontracts.outputs.sheets.ledger import Ledger
    from geocontracts.outputs.sheets.place import Territory
    from geocontracts.places.gazetteer import Gazetteer, Level, Place
    from geocontracts.places.topology import Arcs


@dataclass(frozen=True)
class Shared:
    """A programme, and which of the neighbours have a contract of it."""

    programme: str
    having: tuple[Place, ...]
    lacking: tuple[Place, ...]


@dataclass(frozen=True)
class Neighbourhood:
    """What the neighbours of a territory have.

    `places` are the neighbours in the area that the register is about, `beyond` those outside
    it, of which the register may tell nothing and which are not compared. `theirs`: programmes
    with a contract at a neighbour and none here; `ours`: with one here that a neighbour lacks;
    `common`: with one here and at every neighbour. A contract that has ended is none; one
    that covers a part of a place is one.
    """

    places: tuple[Place, ...]
    beyond: tuple[Place, ...]
    theirs: tuple[Shared, ...]
    ours: tuple[Shared, ...]
    common: tuple[str, ...]


class Adjacency:
    """Which places of a level touch; looked up once for all sheets."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        """Begin with nothing looked up."""
        self._gazetteer = gazetteer
        self._known: dict[tuple[Level, tuple[str, ...]], dict[str, set[str]]] = {}
        self._arcs: dict[tuple[str, ...], Arcs] = {}

    def neighbours(self, place: Place) -> list[Place]:
        """Return the places of the same level that share a border with a place, by name."""
        key = (place.level, place.region)
        if key not in self._known:
            self._known[key] = self._pairs(*key)
        codes = self._known[key].get(place.code, set())
        found = [each for code in codes if (each := self._gazetteer.get(place.level, code))]
        return sorted(found, key=lambda each: (each.name, each.code))

    def _pairs(self, level: Level, regions: tuple[str, ...]) -> dict[str, set[str]]:
        import numpy as np

        everyone = list(range(self._gazetteer.commune_count))
        codes = self._gazetteer.column("code" if level == "commune" else level, everyone)
        ranks = {code: rank for rank, code in enumerate(dict.fromkeys(codes)) if code}
        unit = np.array([ranks.get(code, -1) for code in codes] + [-1])  # the last answers for outside
        if regions not in self._arcs:
            self._arcs[regions] = load_arcs(regions)
        arcs = self._arcs[regions]
        left, right = unit[arcs.left], unit[arcs.right]
        chosen = (left != right) & (left >= 0) & (right >= 0)
        names = {rank: code for code, rank in ranks.items()}
        found: dict[str, set[str]] = defaultdict(set)
        for one, two in zip(left[chosen].tolist(), right[chosen].tolist(), strict=True):
            found[names[one]].add(names[two])
            found[names[two]].add(names[one])
        return found


def compare_neighbours(territory: Territory, ledger: Ledger, adjacency: Adjacency) -> Neighbourhood | None:
    """Return what the neighbours of a place have; None for the perimeter of a contract."""
    if territory.place is None:
        return None
    around = adjacency.neighbours(territory.place)
    inside = [each for each in around if _is_told(each, ledger)]
    having: dict[str, list[Place]] = defaultdict(list)
    for place in inside:
        for programme in _programmes(of_place(place, ledger.gazetteer), ledger):
            having[programme].append(place)
    own = _programmes(territory, ledger)
    shared = [
        Shared(name, tuple(having[name]), tuple(each for each in inside if each not in having[name]))
        for name in ledger.register.programmes
        if name in own or name in having
    ]
    return Neighbourhood(
        tuple(inside),
        tuple(each for each in around if each not in inside),
        tuple(each for each in shared if each.programme not in own),
        tuple(each for each in shared if each.programme in own and each.lacking),
        tuple(each.programme for each in shared if each.programme in own and not each.lacking and inside),
    )


def _is_told(place: Place, ledger: Ledger) -> bool:
    area = ledger.content.area
    return any(number in area.numbers for number in ledger.gazetteer.communes_of(place))


def _programmes(territory: Territory, ledger: Ledger) -> set[str]:
    """Return the programmes with a contract that covers a part of a territory and has not ended."""
    return {
        perimeter.record.programme
        for perimeter in ledger.touching(territory.communes)
        if perimeter.record.kind == "contract" and ledger.standing(perimeter.record).group != "past"
    }
