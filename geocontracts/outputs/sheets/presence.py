"""How the records of a register stand on one territory, and what their euros come to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from geocontracts.records.amounts import add_up, overshoots, stated_funding

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from geocontracts.outputs.sheets.ledger import Ledger, Standing
    from geocontracts.outputs.sheets.place import Territory
    from geocontracts.perimeters.perimeter import Perimeter
    from geocontracts.perimeters.placement import Placement
    from geocontracts.records.amounts import Funding
    from geocontracts.records.register import Contract, Mission, Operation
    from geocontracts.webmap.contract import Entry

Extent: TypeAlias = Literal["exact", "inside", "wider", "seat"]


@dataclass(frozen=True)
class Presence:
    """One record on a territory.

    `extent`: its perimeter is the territory itself (exact), lies in it (inside), reaches
    beyond it or is not known as a whole (wider), or is not known at all, with its seat here
    (seat). `covered` communes of the territory lie in it; `elsewhere` of its communes do not
    lie in the territory; `through` are the places of the record that touch it.
    """

    perimeter: Perimeter
    entry: Entry
    standing: Standing
    extent: Extent
    covered: tuple[int, ...]
    elsewhere: int
    through: tuple[str, ...]

    @property
    def record(self) -> Contract | Mission | Operation:
        """Return the record itself."""
        return self.perimeter.record

    @property
    def is_incomplete(self) -> bool:
        """Say whether a part of its perimeter could not be placed."""
        return not all(item.is_placed for item in self.perimeter.placements)


@dataclass(frozen=True)
class Sums:
    """Euros of records, each once: of the whole duration and, apart, of each year.

    `records` contracts and operations, of which `silent` state no amount.
    """

    records: int
    silent: int
    whole: Funding
    yearly: Funding
    over: Mapping[str, float]


def find_presences(territory: Territory, ledger: Ledger) -> list[Presence]:
    """Return the records that cover a commune of the territory, and those with only their seat in it."""
    found = [present(each, territory, ledger) for each in ledger.touching(territory.communes)]
    seated = [
        each for each in ledger.unplaced if territory.numbers.intersection(s.number for s in each.seats)
    ]
    return [*found, *(present(each, territory, ledger) for each in seated)]


def present(perimeter: Perimeter, territory: Territory, ledger: Ledger) -> Presence:
    """Return how one record stands on a territory, be it there or not."""
    covered = tuple(number for number in perimeter.communes if number in territory.numbers)
    record = perimeter.record
    through = [
        short_label(item)
        for item in perimeter.placements
        if item.is_placed and any(number in territory.numbers for number in item.communes)
    ]
    return Presence(
        perimeter,
        ledger.entries[record.id],
        ledger.standing(record),
        _extent(perimeter, covered, territory),
        covered,
        len(perimeter.communes) - len(covered),
        tuple(dict.fromkeys(through)),
    )


def short_label(item: Placement) -> str:
    """Return how an item is called in a cell: an EPCI needs no département beside its name."""
    if item.place and item.place.level == "epci":
        return item.place.name
    return item.label or item.written


def _extent(perimeter: Perimeter, covered: Sequence[int], territory: Territory) -> Extent:
    if not covered:
        return "seat"
    is_whole = all(item.is_placed for item in perimeter.placements)
    if not is_whole or len(covered) < len(perimeter.communes):
        return "wider"
    return "exact" if len(covered) == len(territory.communes) else "inside"


def add_sums(ledger: Ledger, records: Iterable[Contract | Mission | Operation]) -> Sums:
    """Add up the euros of contracts and operations; missions have none."""
    paid = [record for record in records if record.kind != "mission"]
    return Sums(
        len(paid),
        sum(not stated_funding(record) for record in paid),
        add_up(ledger.register, paid),
        add_up(ledger.register, paid, "yearly"),
        overshoots(ledger.register, paid) | overshoots(ledger.register, paid, "yearly"),
    )
