"""What a register says of one programme: facts only, put into words by `programme_text`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geocontracts.errors import UnknownOptionError
from geocontracts.outputs.sheets.ledger import GROUPS
from geocontracts.outputs.sheets.place import nearest, plain_name
from geocontracts.outputs.sheets.presence import add_sums
from geocontracts.perimeters.join import population

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geocontracts.outputs.sheets.ledger import Group, Ledger
    from geocontracts.outputs.sheets.presence import Sums
    from geocontracts.perimeters.perimeter import Perimeter
    from geocontracts.places.gazetteer import Place
    from geocontracts.records.register import Programme


@dataclass(frozen=True)
class Share:
    """How many communes of a département the contracts and missions of a programme cover."""

    place: Place
    covered: int
    communes: int
    people: int | None


@dataclass(frozen=True)
class ProgrammeSheet:
    """What a register says of one programme.

    `covered` are the communes that its contracts and missions cover, once each (an operation
    may stand outside the perimeter of its contract); `within` those of the register's territory.
    `unplaced` contracts and missions have no known perimeter. Populations are None where one
    commune's is unknown.
    """

    programme: Programme
    contracts: Mapping[Group, tuple[Perimeter, ...]]
    missions: tuple[Perimeter, ...]
    operations: tuple[Perimeter, ...]
    sums: Sums
    covered: tuple[int, ...]
    within: tuple[int, ...]
    people: int | None
    everyone: int | None
    shares: tuple[Share, ...]
    unplaced: int

    def perimeters(self) -> list[Perimeter]:
        """Return every record of the programme."""
        return [
            *(each for group in GROUPS for each in self.contracts[group]),
            *self.missions,
            *self.operations,
        ]


def find_programme(written: str, ledger: Ledger) -> Programme:
    """Return the programme of that id, or else of that name, short or long.

    Raises:
        UnknownOptionError: there is none, or there are several.
    """
    programmes = ledger.register.programmes
    wanted = written.strip()
    if wanted in programmes:
        return programmes[wanted]
    folded = plain_name(wanted)
    found = [
        each for each in programmes.values() if folded in map(plain_name, (each.name, each.short_name or ""))
    ]
    found = found if folded else []
    if len(found) == 1:
        return found[0]
    if found:
        raise UnknownOptionError(
            "fiche-programme-ambiguous", value=written, near=", ".join(each.id for each in found)
        )
    names = {name: tuple(filter(None, (each.name, each.short_name))) for name, each in programmes.items()}
    near = nearest(written, names)
    key = "fiche-programme-unknown" if near else "fiche-programme-unlike"
    raise UnknownOptionError(key, value=written, near=near)


def build_programme(programme: Programme, ledger: Ledger) -> ProgrammeSheet:
    """Gather what a register says of a programme."""
    found = [each for each in ledger.perimeters.values() if each.record.programme == programme.id]
    contracts = [each for each in found if each.record.kind == "contract"]
    missions = [each for each in found if each.record.kind == "mission"]
    wide = [*contracts, *missions]
    covered = tuple(sorted({commune for each in wide for commune in each.communes}))
    area = ledger.content.area
    within = tuple(commune for commune in covered if commune in area.numbers)
    return ProgrammeSheet(
        programme,
        {group: tuple(e for e in contracts if ledger.standing(e.record).group == group) for group in GROUPS},
        tuple(missions),
        tuple(each for each in found if each.record.kind == "operation"),
        add_sums(ledger, [each.record for each in found]),
        covered,
        within,
        population(list(within), ledger.gazetteer) if within else None,
        population(list(area.communes), ledger.gazetteer),
        tuple(_shares(covered, ledger)),
        sum(not each.communes for each in wide),
    )


def _shares(covered: tuple[int, ...], ledger: Ledger) -> list[Share]:
    counts: dict[str, list[int]] = {}
    for commune, code in zip(covered, ledger.gazetteer.column("departement", list(covered)), strict=True):
        counts.setdefault(code, []).append(commune)
    shares = []
    for code in sorted(counts):
        place = ledger.gazetteer.get("departement", code)
        if place:
            whole = len(ledger.gazetteer.communes_of(place))
            shares.append(Share(place, len(counts[code]), whole, population(counts[code], ledger.gazetteer)))
    return shares
