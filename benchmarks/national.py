"""Make a register of the size of the country, to measure with: nothing in it is real but the places.

25 programmes with extents like those of the State's schemes (towns, EPCI, groups of EPCI, rural communes,
départements, régions), 5,000 contracts and 20,000 operations on the 34,875 communes of the places in
use. The same seed gives the same bytes. Every title says that it was made up.

Usage: python benchmarks/national.py FOLDER [--contracts N] [--operations N] [--seed N]
"""

from __future__ import annotations

import argparse
import csv
import random
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from geocontracts.places.gazetteer import load_gazetteer
from geocontracts.records.schema import load_schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geocontracts.places.gazetteer import Gazetteer

Extent: TypeAlias = Literal[
    "town", "small town", "epci", "epcis", "communes", "rural", "departement", "region"
]

FAMILIES = (
    "developpement-territorial",
    "nouvelle-generation",
    "cles-en-main",
    "priorites-nationales",
    "ingenierie",
)
# The kind of extent of each of the 25 programmes, and its share of the contracts.
PROGRAMMES: tuple[tuple[Extent, float], ...] = (
    ("region", 0.004),
    ("departement", 0.02),
    ("town", 0.05),
    ("small town", 0.2),
    ("epcis", 0.12),
    ("epci", 0.1),
    ("rural", 0.02),
    ("communes", 0.06),
    *((("epci", "town", "small town", "communes")[rank % 4], 0.426 / 17) for rank in range(17)),
)  # fmt: skip
SEED = 2026
SOURCE = "made-up"


@dataclass(frozen=True)
class Ground:
    """What places there are to choose from."""

    towns: list[str]
    small_towns: list[str]
    epcis: dict[str, list[str]]
    departements: dict[str, list[str]]
    regions: list[str]
    communes: list[str]


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the register and say what it holds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--contracts", type=int, default=5_000)
    parser.add_argument("--operations", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args(arguments)
    write_national(options.folder, options.contracts, options.operations, options.seed)
    print(f"{options.folder}: {options.contracts} contracts, {options.operations} operations")
    return 0


def write_national(folder: Path, contracts: int = 5_000, operations: int = 20_000, seed: int = SEED) -> None:
    """Write the five tables of a made-up national register into a folder."""
    chance = random.Random(seed)  # noqa: S311 - a seed is wanted, not a secret
    ground = _ground(load_gazetteer())
    folder.mkdir(parents=True, exist_ok=True)
    agreed = list(_contracts(contracts, ground, chance))
    _write(folder, "sources", [{"id": SOURCE, "title": "Made up to measure with", "publisher": "nobody"}])
    _write(folder, "programmes", list(_programmes()))
    _write(folder, "contracts", agreed)
    _write(folder, "missions", [])
    _write(folder, "operations", list(_operations(operations, agreed, ground, chance)))


def _ground(places: Gazetteer) -> Ground:
    everyone = list(range(places.commune_count))
    codes = places.column("code", everyone)
    people = [int(text or 0) for text in places.column("population", everyone)]
    epcis: dict[str, list[str]] = {}
    departements: dict[str, list[str]] = {}
    for code, epci, departement in zip(
        codes, places.column("epci", everyone), places.column("departement", everyone), strict=True
    ):
        departements.setdefault(departement, []).append(code)
        if epci:
            epcis.setdefault(epci, []).append(code)
    counted = list(zip(codes, people, strict=True))
    return Ground(
        [code for code, count in counted if count > 20_000],  # noqa: PLR2004 - as Action cœur de ville
        [code for code, count in counted if 2_500 < count <= 20_000],  # noqa: PLR2004 - as Petites villes de demain
        epcis,
        departements,
        sorted(set(places.column("region", everyone))),
        codes,
    )


def _programmes() -> Iterator[dict[str, Any]]:
    for rank, (extent, _) in enumerate(PROGRAMMES):
        yield {
            "id": f"programme-{rank:02}",
            "name": f"Made-up scheme {rank + 1} ({extent})",
            "short_name": f"Scheme {rank + 1}",
            "family": FAMILIES[rank % len(FAMILIES)],
            "source": SOURCE,
            "section": "everywhere",
        }


def _contracts(count: int, ground: Ground, chance: random.Random) -> Iterator[dict[str, Any]]:
    shares = [share for _, share in PROGRAMMES]
    for number in range(count):
        rank = chance.choices(range(len(PROGRAMMES)), shares)[0]
        year = chance.randint(2015, 2026)
        stated = chance.random() < 0.4  # noqa: PLR2004 - most contracts tell no amount
        total = chance.randrange(50_000, 80_000_000, 1_000)
        yield {
            "id": f"contract-{number:06}",
            "programme": f"programme-{rank:02}",
            "title": f"Made-up contract {number}",
            "territories": "; ".join(_extent(PROGRAMMES[rank][0], ground, chance)),
            "perimeter": chance.choice(("stated", "stated", "stated", "inferred")),
            "status": chance.choice(("signed", "in_force", "in_force", "ended", "planned")),
            "signed_on": f"{year}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
            "starts_on": str(year),
            "ends_on": str(year + chance.randint(3, 7)),
            "amount_total_eur": total if stated else None,
            "amount_state_eur": total // 2 if stated else None,
            "signatories": "État; Région",
            "themes": chance.choice(("mobilité", "santé", "emploi", "logement", "transition écologique")),
            "source": SOURCE,
            "section": "everywhere",
        }


def _extent(extent: Extent, ground: Ground, chance: random.Random) -> Iterator[str]:
    if extent == "town":
        yield f"commune:{chance.choice(ground.towns)}"
    elif extent == "small town":
        yield f"commune:{chance.choice(ground.small_towns)}"
    elif extent == "epci":
        yield f"epci:{chance.choice(list(ground.epcis))}"
    elif extent == "epcis":  # EPCI have SIREN by département: those that follow one another are near
        codes = list(ground.epcis)
        first = chance.randrange(len(codes) - 4)
        yield from (f"epci:{code}" for code in codes[first : first + chance.randint(1, 4)])
    elif extent == "communes":
        members = ground.epcis[chance.choice(list(ground.epcis))]
        yield from (f"commune:{code}" for code in chance.sample(members, min(len(members), 12)))
    elif extent == "rural":  # as France ruralités revitalisation: half of a département
        members = ground.departements[chance.choice(list(ground.departements))]
        yield from (f"commune:{code}" for code in chance.sample(members, (len(members) + 1) // 2))
    elif extent == "departement":
        yield f"departement:{chance.choice(list(ground.departements))}"
    else:
        yield f"region:{chance.choice(ground.regions)}"


def _operations(
    count: int, contracts: list[dict[str, Any]], ground: Ground, chance: random.Random
) -> Iterator[dict[str, Any]]:
    left = {each["id"]: each["amount_total_eur"] or 0 for each in contracts}
    for number in range(count):
        contract = chance.choice(contracts) if contracts else None
        stated = chance.random() < 0.8  # noqa: PLR2004 - most operations tell their cost
        cost = chance.randrange(5_000, 5_000_000, 500)
        inside = contract["id"] if contract and stated and cost <= left[contract["id"]] else None
        if inside:
            left[inside] -= cost
        yield {
            "id": f"operation-{number:06}",
            "contract": contract["id"] if contract else None,
            "programme": contract["programme"] if contract else "programme-00",
            "title": f"Made-up operation {number}",
            "territories": f"commune:{chance.choice(ground.communes)}",
            "perimeter": "stated",
            "theme": chance.choice(("mobilité", "santé", "emploi", "logement")),
            "status": chance.choice(("in_force", "ended", "planned")),
            "starts_on": str(chance.randint(2015, 2026)),
            "cost_total_eur": cost if stated else None,
            "state_eur": cost // 4 if stated else None,
            "counted_in": inside,
            "source": SOURCE,
            "section": "everywhere",
        }


def _write(folder: Path, table: str, rows: list[dict[str, Any]]) -> None:
    columns = [field.name for field in load_schema()[table].fields]
    with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    raise SystemExit(main())
