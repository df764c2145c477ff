"""Noisy lists of grants, and what the path of short lists makes of them, row by row."""

from __future__ import annotations

import random
from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from geocontracts.outputs.rows import build_rows
from geocontracts.perimeters.perimeter import resolve_perimeters
from geocontracts.places.gazetteer import load_gazetteer
from geocontracts.records.lists.mapping import ListMapping
from geocontracts.records.read import read_register

if TYPE_CHECKING:
    from pathlib import Path

    from geocontracts.outputs.grants.totals import GrantTotals

HEADER = [
    "Code INSEE",
    "Commune",
    "Département",
    "Dispositif",
    "Date de signature",
    "Coût total",
    "DETR",
    "Objet",
]
AMOUNTS = [
    *(
        "500",
        "1234,5",
        "1234.56",
        "1 234,50 €",
        "1\u202f234,50",
        "12 k€",
        "1,5 M€",
        "0",
        "0,00",
        "007",
        "+12",
        "2 millions",
    ),
    *(
        "1.234",
        "1,234",
        "1.234,50",
        "1,234,567.89",
        "n.d.",
        "NULL",
        "",
        " ",
        "-",
        "-12",
        "12 m",
        "abc",
        "1,5E+06",
        "12 %",
    ),
    *(
        "#REF!",
        "1'234.50",
        "12.3456",
        "123456789012",
        "1234567890123456",
        "3 000 000",
        "30 00",
        "1 milliard d'euros",
    ),
    *("12,345678", "€ 12", "12 €", "1.5", "0,005", "0.015", "99999999999999,99"),
]
DATES = [
    "2019",
    "31/12/2020",
    "déc. 2021",
    "2022-06",
    "",
    "n.d.",
    "43830",
    "12/31/2020",
    "13/13/2013",
    "2018-2020",
    "02/21",
]
PROGRAMMES = [
    "DETR",
    "DSIL",
    "PVD",
    "Petites villes de demain",
    "petites villes de  demain",
    "",
    "NULL",
    "=A1",
    "Fonds inventé",
]
OBJECTS = [
    "École",
    "Total",
    "Réfection totale",
    "de la salle\nsuite",
    'Salle "polyvalente"',
    "",
    "a; b",
    "Total Énergies",
    "Source : moi",
]


def noisy(rows: int, seed: int) -> list[list[str]]:
    """Return rows of communes as people write them, with all that can be amiss."""
    chance = random.Random(seed)  # noqa: S311 - a list to try
    places = load_gazetteer()
    towns = [places.place(chance.randrange(places.commune_count)) for _ in range(120)]
    found = []
    for _ in range(rows):
        town = chance.choice(towns)
        departement = places.get("departement", town.departement[0])
        label = departement.name if departement else ""
        place = chance.choice(
            [
                [town.code, town.name, town.departement[0]],
                [town.code.lstrip("0"), town.name, label],
                ["", f"COMMUNE DE {town.name.upper()}", label],
                ["", town.name.replace("-", " "), ""],
                ["", f"{town.name} ({town.departement[0]})", ""],
                [town.code, "Un autre nom", label],
                ["", "Lens; Liévin", "62"],
                ["", "Lens et Lille", ""],
                ["", "Lens; Lieu inventé", "62"],
                ["", "CA de Lens - Liévin", "62"],
                ["", "", label],
                ["99999", "", ""],
                ["NULL", "n.d.", ""],
                ["", "", ""],
                ["", "Rubaix", "Nord"],
                ["", "Total Nord", ""],
                ["", "custom:Parc inventé", ""],
                ["", "contract:erbm", ""],
                [town.code, town.name + "\u00a0", " 59 "],
                ["62041", "Arras", "Pas-de-Calais"],
            ]
        )
        found.append(
            [
                *place,
                chance.choice(PROGRAMMES),
                chance.choice(DATES),
                chance.choice(AMOUNTS),
                chance.choice([*AMOUNTS, str(chance.randrange(10**6))]),
                chance.choice(OBJECTS),
            ]
        )
    tail = [["Total", "", "", "", "", "999", "", ""], ["Source : services inventés", *[""] * 7]]
    return [*found, ["62041", "Arras", "62", "DSIL", "2021", "10", "", "École"], *tail]


def by_short_path(path: Path, by: str) -> tuple[dict[Any, Any], dict[int, Any], dict[int, str], set[Any]]:
    """Return totals, rows without place, rows that are no grants, and problems of amounts and dates."""
    register = read_register(path, ListMapping(shape="contracts"))
    perimeters = resolve_perimeters(register, within=None)
    places = load_gazetteer()
    totals: dict[Any, list[Any]] = defaultdict(lambda: [0, 0, Decimal(0), 0, Decimal(0), 0])
    for perimeter in perimeters:
        record = perimeter.record
        numbers = list(perimeter.communes)
        units = set(places.column("code" if by == "commune" else by, numbers))
        found = sorted({item.place.id for item in perimeter.placements if item.place})
        if not found:
            where = None
        elif len(units) == 1 and "" not in units:
            where = f"{by}:{units.pop()}"
        else:
            where = ";".join(found)
        year = record.signed_on.first().year if record.signed_on else None
        line = totals[where, record.programme, year]
        amounts = record.amount_total_eur, record.amount_state_eur
        line[0] += 1
        line[1] += all(euros is None for euros in amounts)
        for rank, euros in enumerate(amounts):
            line[2 + 2 * rank] += Decimal(0) if euros is None else Decimal(repr(euros))
            line[3 + 2 * rank] += euros is None
    lost, idle = {}, {}
    for row in build_rows(register, perimeters):
        told = "; ".join(reason.text("fr") for reason in row.reasons)
        if row.line in {each.item.line for each in register.idle}:
            idle[row.line] = row.remarks[0].text("fr")
        elif row.state in ("partly", "unplaced", "undrawn"):
            lost[row.line] = (row.state, told)
    headings = {"Date de signature", "Coût total", "DETR"}
    problems = {
        (each.severity, each.column, each.message.text("fr"))
        for each in register.problems
        if each.column in headings and each.message.key.startswith("value-")
    }
    rounded = {
        key: [n, none, _cents(a), au, _cents(b), bu] for key, (n, none, a, au, b, bu) in totals.items()
    }
    return rounded, lost, idle, problems


def by_long_path(totals: GrantTotals) -> tuple[dict[Any, Any], dict[int, Any], dict[int, str], set[Any]]:
    """Return the same of the long path."""
    found = {}
    for level, code, _, programme, year, n, none, a, au, b, bu in totals.rows():
        where = None if level is None else code if level == "several" else f"{level}:{code}"
        found[where, programme, year] = [n, none, a or Decimal(0), au, b or Decimal(0), bu]
    lost = {line: (state, reason) for line, state, _, reason, *_ in totals.unplaced()}
    idle = {line: why for line, _, why in totals.idle()}
    return (
        found,
        lost,
        idle,
        {(severity, column, told) for severity, column, _, told, *_ in totals.problems()},
    )


def _cents(euros: Decimal) -> Decimal:
    return euros.quantize(Decimal("0.000001")).quantize(Decimal("0.01"))
