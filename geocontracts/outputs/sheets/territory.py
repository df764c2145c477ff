"""What a register says of one territory: facts only, put into words by `territory_text`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geocontracts.outputs.sheets.ledger import GROUPS
from geocontracts.outputs.sheets.neighbours import compare_neighbours
from geocontracts.outputs.sheets.place import parents_of
from geocontracts.outputs.sheets.presence import add_sums, find_presences, present

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geocontracts.outputs.sheets.ledger import Group, Ledger
    from geocontracts.outputs.sheets.neighbours import Adjacency, Neighbourhood
    from geocontracts.outputs.sheets.place import Territory
    from geocontracts.outputs.sheets.presence import Presence, Sums
    from geocontracts.perimeters.perimeter import Perimeter
    from geocontracts.places.gazetteer import Level, Place


@dataclass(frozen=True)
class TerritorySheet:
    """What a register says of one territory.

    `subject` is the contract whose perimeter the territory is, if it is one. `contracts` are by
    group, `seated` those whose perimeter is not known and whose seat is here; `own` are the
    operations of `subject`, `operations` all others. `within` adds up what lies in the territory
    as a whole (of a contract: its own amounts and those of its operations), `beyond` what reaches
    beyond it: the two are never added together, since an operation here may be counted in a
    contract that is wider. `nowhere` are the records whose
    perimeter nobody knows, and which may concern this territory or not.
    """

    territory: Territory
    parents: Mapping[Level, list[Place]]
    subject: Presence | None
    contracts: Mapping[Group, tuple[Presence, ...]]
    seated: tuple[Presence, ...]
    missions: tuple[Presence, ...]
    own: tuple[Presence, ...]
    operations: tuple[Presence, ...]
    within: Sums
    beyond: Sums | None
    neighbourhood: Neighbourhood | None
    nowhere: tuple[Perimeter, ...]

    def presences(self) -> list[Presence]:
        """Return every record of the sheet."""
        groups = [each for group in GROUPS for each in self.contracts[group]]
        subject = [self.subject] if self.subject else []
        return [*subject, *groups, *self.seated, *self.missions, *self.own, *self.operations]


def build_territory(territory: Territory, ledger: Ledger, adjacency: Adjacency) -> TerritorySheet:
    """Gather what a register says of a territory."""
    found = find_presences(territory, ledger)
    name = territory.code if territory.kind == "contract" else None
    subject = present(territory.perimeter, territory, ledger) if territory.perimeter else None
    mine = [each for each in ledger.register.operations.values() if name and each.contract == name]
    own = [present(ledger.perimeters[each.id], territory, ledger) for each in mine]
    left_out = {name, *(each.id for each in mine)}
    others = [each for each in found if each.record.id not in left_out]
    placed = [each for each in others if each.extent != "seat"]
    kinds = {kind: [each for each in placed if each.record.kind == kind] for kind in ("contract", "mission")}
    operations = [each for each in others if each.record.kind == "operation"]
    known = left_out | {each.record.id for each in found}
    within = [each.record for each in others if each.extent in ("exact", "inside")]
    beyond = [each.record for each in others if each.extent == "wider"]
    return TerritorySheet(
        territory,
        parents_of(territory, ledger.gazetteer),
        subject,
        {group: tuple(e for e in kinds["contract"] if e.standing.group == group) for group in GROUPS},
        tuple(e for e in others if e.extent == "seat" and e.record.kind != "operation"),
        tuple(kinds["mission"]),
        tuple(own),
        tuple(operations),
        add_sums(ledger, [subject.record, *mine] if subject else within),
        None if subject else add_sums(ledger, beyond),
        compare_neighbours(territory, ledger, adjacency),
        tuple(each for each in ledger.unplaced if each.record.id not in known),
    )
