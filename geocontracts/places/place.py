"""A place of today and an earlier name or code, as the tables hold them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, cast

Level: TypeAlias = Literal["commune", "epci", "arrondissement", "departement", "region"]
LEVELS: tuple[Level, ...] = ("commune", "epci", "arrondissement", "departement", "region")


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """A commune, an EPCI, an arrondissement, a département or a region of 2026.

    A gazetteer makes one object a place, so that two are equal when they are the same.

    Parents are codes. An EPCI that reaches into several départements or regions
    names them all, the one with most communes first. `population` is people,
    None where it is unknown; `lon` and `lat` are degrees (EPSG:4326) of a point
    inside; `number` is the rank of a commune in the tables and the topology.
    """

    level: Level
    code: str
    name: str
    number: int
    type: str = ""
    epci: str = ""
    arrondissement: str = ""
    departement: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    population: int | None = None
    lon: float = 0.0
    lat: float = 0.0
    area_km2: float = 0.0
    siren: str = ""
    postcodes: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Return the qualified code, as a register writes it: `commune:59172`."""
        return f"{self.level}:{self.code}"


@dataclass(frozen=True, slots=True, eq=False)
class Former:
    """A name or a code of 2019-2025 that leads to a place of today; one object each, as places.

    `kind` says how: renamed, merged, delegated, associated, district, recoded,
    split... `since` is the first vintage in which the successor holds. `shares`
    of a divided EPCI are the codes of its successors, with how many of its
    communes each got.
    """

    level: Level
    code: str
    name: str
    first: str
    last: str
    kind: str
    successors: tuple[str, ...]
    since: str
    shares: tuple[tuple[str, int], ...] = ()


def read_place(number: int, row: list[str], column: dict[str, int]) -> Place:
    """Return the place on line `number` of `places.tsv.gz`; `column` says where each value stands."""
    population = row[column["population"]]
    return Place(
        level=cast("Level", row[column["level"]]),
        code=row[column["code"]],
        name=row[column["name"]],
        number=number,
        type=row[column["type"]],
        epci=row[column["epci"]],
        arrondissement=row[column["arrondissement"]],
        departement=tuple(code for code in row[column["departement"]].split(";") if code),
        region=tuple(code for code in row[column["region"]].split(";") if code),
        population=int(population) if population else None,
        lon=float(row[column["lon"]]),
        lat=float(row[column["lat"]]),
        area_km2=float(row[column["area_km2"]]),
        siren=row[column["siren"]],
        postcodes=tuple(code for code in row[column["postcodes"]].split(";") if code),
    )


def read_former(row: list[str], column: dict[str, int]) -> Former:
    """Return the earlier name or code of a row of `history.tsv.gz`; `column` says where each value stands."""
    return Former(
        level=cast("Level", row[column["level"]]),
        code=row[column["code"]],
        name=row[column["name"]],
        first=row[column["first"]],
        last=row[column["last"]],
        kind=row[column["kind"]],
        successors=tuple(code for code in row[column["successors"]].split(";") if code),
        since=row[column["since"]],
        shares=tuple(
            (code, int(count))
            for code, _, count in (part.partition("=") for part in row[column["share"]].split(";"))
            if count
        ),
    )
