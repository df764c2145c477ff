"""All places of France by code and by name, with the names and codes that they had.

The tables are made by `scripts/build_boundaries.py` and read whole, once: 36,000
lines split in some 50 ms, without pandas, so that a command starts at once.
"""

from __future__ import annotations

import gc
import gzip
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias, cast

from geocontracts.bundled import boundaries_dir
from geocontracts.errors import MissingDataError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

VINTAGE = 2026  # of the COG and of the boundaries that come with the package

Level: TypeAlias = Literal["commune", "epci", "arrondissement", "departement", "region"]
_ABSORBED = {"merged", "delegated", "associated"}
LEVELS: tuple[Level, ...] = ("commune", "epci", "arrondissement", "departement", "region")


@dataclass(frozen=True, slots=True)
class Place:
    """A commune, an EPCI, an arrondissement, a département or a region of 2026.

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


@dataclass(frozen=True, slots=True)
class Former:
    """A name or a code of 2019-2025 that leads to a place of today.

    `kind` says how: renamed, merged, delegated, associated, district, recoded,
    split... `since` is the first vintage in which the successor holds.
    """

    level: Level
    code: str
    name: str
    first: str
    last: str
    kind: str
    successors: tuple[str, ...]
    since: str


class Gazetteer:
    """The places of one vintage, looked up by code and by name."""

    def __init__(self, places: list[list[str]], former: list[list[str]]) -> None:
        """Index the rows of `places.tsv.gz` and `history.tsv.gz`, header first."""
        self._places, self._former = places[1:], former[1:]
        self._column = {name: position for position, name in enumerate(places[0])}
        self._former_column = {name: position for position, name in enumerate(former[0])}
        code, level = self._column["code"], self._column["level"]
        self._by_code: dict[str, dict[str, int]] = {name: {} for name in LEVELS}
        for number, row in enumerate(self._places):
            self._by_code[row[level]][row[code]] = number

    def __len__(self) -> int:
        """Return the number of places of all levels."""
        return len(self._places)

    def get(self, level: str, code: str) -> Place | None:
        """Return the place of that level and code, or None."""
        number = self._by_code.get(level, {}).get(code)
        return None if number is None else self.place(number)

    def place(self, number: int) -> Place:
        """Return the place on line `number`; communes come first, in the order of the topology."""
        return _place(number, self._places[number], self._column)

    def named(self, key: str) -> list[Place]:
        """Return the places whose normalised name is `key` (see `places/names.py`)."""
        return [self.place(number) for number in self._numbers_by_key.get(key, ())]

    def formerly_named(self, key: str) -> list[Former]:
        """Return the earlier names and codes whose normalised name is `key`."""
        return [self._history(number) for number in self._former_by_key.get(key, ())]

    def formerly_coded(self, level: str, code: str) -> list[Former]:
        """Return what stood under that code in earlier vintages."""
        return [self._history(number) for number in self._former_by_code.get((level, code), ())]

    def former(self) -> Iterator[Former]:
        """Yield every earlier name and code."""
        for number in range(len(self._former)):
            yield self._history(number)

    def communes_of(self, place: Place) -> list[int]:
        """Return the numbers of the communes of a place, in order."""
        if place.level == "commune":
            return [place.number]
        return self._members[place.level].get(place.code, [])

    def merged_since(self, communes: set[int], year: int) -> list[tuple[Former, Place]]:
        """Return the communes of vintage `year` that these communes have absorbed since."""
        found = []
        for number, row in enumerate(self._former):
            if (
                row[self._former_column["level"]] != "commune"
                or row[self._former_column["kind"]] not in _ABSORBED
            ):
                continue
            old = self._history(number)
            new = self.get("commune", old.successors[0]) if len(old.successors) == 1 else None
            if new and new.number in communes and old.since and int(old.since) > year:
                found.append((old, new))
        return found

    def column(self, name: str, numbers: list[int]) -> list[str]:
        """Return one column of the table for the places on these lines, as text."""
        position = self._column[name]
        rows = self._places
        return [rows[number][position] for number in numbers]

    @cached_property
    def commune_count(self) -> int:
        """Return the number of communes; they have the numbers from 0 to it."""
        level = self._column["level"]
        return sum(row[level] == "commune" for row in self._places)

    @cached_property
    def keys(self) -> list[str]:
        """Return every normalised name, those of today and the earlier ones."""
        return list(dict.fromkeys([*self._numbers_by_key, *self._former_by_key]))

    @cached_property
    def _numbers_by_key(self) -> dict[str, list[int]]:
        return _index(self._places, self._column["key"])

    @cached_property
    def _former_by_key(self) -> dict[str, list[int]]:
        return _index(self._former, self._former_column["key"])

    @cached_property
    def _former_by_code(self) -> dict[tuple[str, str], list[int]]:
        found: dict[tuple[str, str], list[int]] = defaultdict(list)
        level, code = self._former_column["level"], self._former_column["code"]
        for number, row in enumerate(self._former):
            found[row[level], row[code]].append(number)
        return dict(found)

    @cached_property
    def _members(self) -> dict[str, dict[str, list[int]]]:
        found: dict[str, dict[str, list[int]]] = {level: defaultdict(list) for level in LEVELS}
        level = self._column["level"]
        parents = [(name, self._column[name]) for name in LEVELS[1:]]
        for number, row in enumerate(self._places):
            if row[level] != "commune":
                break
            for name, position in parents:
                found[name][row[position]].append(number)
        return {name: dict(members) for name, members in found.items()}

    def _history(self, number: int) -> Former:
        row, column = self._former[number], self._former_column
        return Former(
            level=cast("Level", row[column["level"]]),
            code=row[column["code"]],
            name=row[column["name"]],
            first=row[column["first"]],
            last=row[column["last"]],
            kind=row[column["kind"]],
            successors=tuple(code for code in row[column["successors"]].split(";") if code),
            since=row[column["since"]],
        )


@cache
def load_gazetteer() -> Gazetteer:
    """Return the places in use: those that come with the package, or a fresher set.

    Raises:
        MissingDataError: a table is not where it should be.
    """
    return read_gazetteer(boundaries_dir())


def read_gazetteer(folder: Path) -> Gazetteer:
    """Read the places of a set from its folder.

    Raises:
        MissingDataError: a table is not there.
    """
    with _collector_paused():
        return Gazetteer(_rows(folder / "places.tsv.gz"), _rows(folder / "history.tsv.gz"))


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Spare the garbage collector 40,000 new lists that are all kept: a third of the loading time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _rows(path: Path) -> list[list[str]]:
    try:
        text = gzip.decompress(path.read_bytes()).decode("utf-8")
    except FileNotFoundError as error:
        raise MissingDataError("data-missing", file=str(path)) from error
    return [line.split("\t") for line in text.rstrip("\n").split("\n")]


def _index(rows: list[list[str]], position: int) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        found.setdefault(row[position], []).append(number)
    return found


def _place(number: int, row: list[str], column: dict[str, int]) -> Place:
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
