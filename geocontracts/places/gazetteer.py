"""All places of France by code and by name, with the names and codes that they had.

The tables are made by `scripts/build_boundaries.py` and read whole, once: 36,000
lines split in some 50 ms, without pandas, so that a command starts at once.
"""

from __future__ import annotations

import gzip
from collections import defaultdict
from functools import cache, cached_property
from typing import TYPE_CHECKING

from geocontracts.bundled import boundaries_dir, faults_told, place_file
from geocontracts.memory import collector_paused
from geocontracts.places.names import loose_epci_key
from geocontracts.places.place import LEVELS, Former, Level, Place, read_former, read_place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

__all__ = ["LEVELS", "VINTAGE", "Former", "Gazetteer", "Level", "Place", "load_gazetteer"]

VINTAGE = 2026  # of the COG and of the boundaries that come with the package
_PLACES, _HISTORY = "places.tsv.gz", "history.tsv.gz"

_ABSORBED = {"merged", "delegated", "associated"}


class Gazetteer:
    """The places of one vintage, looked up by code and by name."""

    def __init__(self, places: list[list[str]], former: list[list[str]]) -> None:
        """Index the rows of `places.tsv.gz` and `history.tsv.gz`, header first."""
        self._places, self._former = places[1:], former[1:]
        self._column = {name: position for position, name in enumerate(places[0])}
        self._former_column = {name: position for position, name in enumerate(former[0])}
        code, level = self._column["code"], self._column["level"]
        self._by_code: dict[str, dict[str, int]] = {name: {} for name in LEVELS}
        self._made: dict[int, Place] = {}
        self._told: dict[int, Former] = {}
        self._borne: dict[str, tuple[list[Place], list[Former]]] = {}
        for number, row in enumerate(self._places):
            self._by_code[row[level]][row[code]] = number

    def __len__(self) -> int:
        """Return the number of places of all levels."""
        return len(self._places)

    def get(self, level: str, code: str) -> Place | None:
        """Return the place of that level and code, or None."""
        number = self._by_code.get(level, {}).get(code)
        return None if number is None else self.place(number)

    def by_id(self, written: str) -> Place | None:
        """Return the place of a qualified code, `commune:59172`, that has never had another meaning."""
        level, _, code = written.partition(":")
        return None if (level, code) in self._former_by_code else self.get(level, code)

    def place(self, number: int) -> Place:
        """Return the place on line `number`; communes come first, in the order of the topology."""
        found = self._made.get(number)
        if found is None:
            found = self._made[number] = read_place(number, self._places[number], self._column)
        return found

    def of_level(self, level: Level) -> list[Place]:
        """Return all places of a level, in the order of the table."""
        return [self.place(number) for number in self._by_code[level].values()]

    def named(self, key: str) -> list[Place]:
        """Return the places whose normalised name is `key` (see `places/names.py`)."""
        return [self.place(number) for number in self._numbers_by_key.get(key, ())]

    def formerly_named(self, key: str) -> list[Former]:
        """Return the earlier names and codes whose normalised name is `key`."""
        if key not in self._former_by_key:
            return []
        return [self._history(number) for number in self._former_by_key.get(key, ())]

    def formerly_coded(self, level: str, code: str) -> list[Former]:
        """Return what stood under that code in earlier vintages."""
        return [self._history(number) for number in self._former_by_code.get((level, code), ())]

    def borne(self, key: str) -> tuple[list[Place], list[Former]]:
        """Return the places of this name and the earlier names that it is; kept, so not to be changed."""
        found = self._borne.get(key)
        if found is None:
            found = self.named(key), self.formerly_named(key)
            if found[0] or found[1]:  # what is known is bounded; what people write is not
                self._borne[key] = found
        return found

    def knows(self, key: str, levels: Iterable[Level] = LEVELS) -> bool:
        """Say whether a place of one of these levels bears or bore the name of this key."""
        current, former = self.borne(key)
        return any(place.level in levels for place in current) or any(old.level in levels for old in former)

    def epci_of_words(self, key: str) -> tuple[list[Place], list[Former]]:
        """Return the EPCI of today and of before that these words tell (see `loose_epci_key`)."""
        current, former = self._epci_by_words.get(key, ((), ()))
        return [self.place(number) for number in current], [self._history(number) for number in former]

    def with_siren(self, siren: str) -> Place | None:
        """Return the commune that has this SIREN as a legal person, or None."""
        number = self._by_siren.get(siren)
        return None if number is None else self.place(number)

    def with_postcode(self, postcode: str) -> list[Place]:
        """Return the communes that have this postcode, the most populous first."""
        return [self.place(number) for number in self._by_postcode.get(postcode, ())]

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
    def _epci_by_words(self) -> dict[str, tuple[list[int], list[int]]]:
        found: dict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for position, rows in enumerate((self._places, self._former)):
            column = self._former_column if position else self._column
            for number, row in enumerate(rows):
                if row[column["level"]] == "epci" and (key := loose_epci_key(row[column["name"]])):
                    found[key][position].append(number)
        return dict(found)

    @cached_property
    def _by_siren(self) -> dict[str, int]:
        position = self._column["siren"]
        return {row[position]: number for number, row in enumerate(self._places) if row[position]}

    @cached_property
    def _by_postcode(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        position = self._column["postcodes"]
        for number, row in enumerate(self._places):
            for postcode in row[position].split(";"):
                found[postcode].append(number)
        del found[""]
        people = self._column["population"]
        for numbers in found.values():
            numbers.sort(key=lambda number: -int(self._places[number][people] or 0))
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

    def successors(self, old: Former) -> list[Place]:
        """Return the places of today that an earlier name or code leads to."""
        return [place for code in old.successors if (place := self.get(old.level, code))]

    def _history(self, number: int) -> Former:
        found = self._told.get(number)
        if found is None:
            found = self._told[number] = read_former(self._former[number], self._former_column)
        return found


@cache
def load_gazetteer() -> Gazetteer:
    """Return the places in use: those that come with the package, or a fresher set.

    Raises:
        MissingDataError: a table is not where it should be.
    """
    for name in (_PLACES, _HISTORY):
        place_file(name)
    return read_gazetteer(boundaries_dir())


def read_gazetteer(folder: Path) -> Gazetteer:
    """Read the places of a set from its folder.

    Raises:
        MissingDataError: a table is not there.
    """
    with collector_paused():
        return Gazetteer(_rows(folder / _PLACES), _rows(folder / _HISTORY))


def _rows(path: Path) -> list[list[str]]:
    with faults_told(path):
        text = gzip.decompress(path.read_bytes()).decode("utf-8")
    return [line.split("\t") for line in text.rstrip("\n").split("\n")]


def _index(rows: list[list[str]], position: int) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        found.setdefault(row[position], []).append(number)
    return found
