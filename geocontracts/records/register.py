"""The register in memory: five tables of typed records, and the problems found in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from geocontracts.places.beside import NOTHING
from geocontracts.records.amounts import stated_funding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from geocontracts.files import FileMark
    from geocontracts.places.beside import Beside
    from geocontracts.records.amounts import Funding, Period
    from geocontracts.records.formats.sheet import Sheet
    from geocontracts.records.lists.mapping import ListMapping
    from geocontracts.records.problems import Problem
    from geocontracts.records.values import PartialDate
    from geocontracts.words import Message

Kind: TypeAlias = Literal["contract", "mission", "operation"]
Basis: TypeAlias = Literal["stated", "inferred", "unknown"]
Status: TypeAlias = Literal["signed", "in_force", "planned", "ended", "announced"]


@dataclass(frozen=True)
class Source:
    """A document that facts come from."""

    id: str
    title: str
    publisher: str
    published_on: PartialDate | None = None
    url: str | None = None
    licence: str | None = None


@dataclass(frozen=True)
class Programme:
    """A scheme (dispositif)."""

    id: str
    name: str
    short_name: str | None = None
    family: str | None = None
    level: str | None = None
    mention: str | None = None
    starts_on: PartialDate | None = None
    ends_on: PartialDate | None = None
    operator: str | None = None
    stated_figures: str | None = None
    summary: str | None = None
    remark: str | None = None
    source: str | None = None
    section: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One territory of a record: as it is written, on which line of the file, and what stands beside it.

    `missing` is the heading of a column that would say the place more finely, and is empty in its row;
    `unread` that of one which seems to, and is not read.
    """

    written: str
    line: int
    beside: Beside = NOTHING
    column: str = "territories"
    missing: str = ""
    unread: str = ""


@dataclass(frozen=True, slots=True)
class Idle:
    """A line of a list that belongs to no contract, its place as it is written, and why."""

    item: Item
    why: Message


@dataclass(frozen=True, kw_only=True)
class Record:
    """What contracts, missions and operations have in common.

    `territories` holds the places as they are written; `perimeter` says whether
    the source names them. Amounts are euros; None is unknown, never 0.
    `file`, `line` and `column` say where its territories were read; `listed`
    says it of each, where a list gives a record several lines or more than one column
    to say its places.
    """

    id: str
    programme: str
    title: str
    territories: tuple[str, ...] = ()
    perimeter: Basis | None = None
    status: Status | None = None
    starts_on: PartialDate | None = None
    ends_on: PartialDate | None = None
    summary: str | None = None
    remark: str | None = None
    source: str | None = None
    section: str | None = None
    file: str = ""
    line: int = 0
    column: str = "territories"
    listed: tuple[Item, ...] = ()

    kind: Kind = field(init=False)

    @cached_property
    def funding(self) -> Funding:
        """Return its amounts as its source states them."""
        return stated_funding(self)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Return its territories, each with the line it stands on and what narrows it."""
        return self.listed or tuple(
            Item(written, self.line, column=self.column) for written in self.territories
        )


@dataclass(frozen=True, kw_only=True)
class Contract(Record):
    """One agreement in one territory."""

    signed_on: PartialDate | None = None
    amount_total_eur: float | None = None
    amount_state_eur: float | None = None
    amount_eu_eur: float | None = None
    amount_region_eur: float | None = None
    amount_department_eur: float | None = None
    amount_unattributed_eur: float | None = None
    amount_period: Period | None = None
    counted_in: str | None = None
    signatories: tuple[str, ...] = ()
    axes: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    stated_communes: int | None = None
    stated_epci: int | None = None
    stated_population: int | None = None
    kind: Kind = field(default="contract", init=False)


@dataclass(frozen=True, kw_only=True)
class Mission(Record):
    """One accompaniment of a territory by an operator; `days` are working days."""

    operator: str | None = None
    days: int | None = None
    partners: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()
    deliverables: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    kind: Kind = field(default="mission", init=False)


@dataclass(frozen=True, kw_only=True)
class Operation(Record):
    """One funded project in a place."""

    contract: str | None = None
    theme: tuple[str, ...] = ()
    cost_total_eur: float | None = None
    state_eur: float | None = None
    eu_eur: float | None = None
    region_eur: float | None = None
    department_eur: float | None = None
    other_eur: float | None = None
    unattributed_eur: float | None = None
    amount_period: Period | None = None
    counted_in: str | None = None
    kind: Kind = field(default="operation", init=False)


CLASSES: dict[str, type[Any]] = {
    "programmes": Programme,
    "contracts": Contract,
    "missions": Mission,
    "operations": Operation,
    "sources": Source,
}


@dataclass(frozen=True)
class Reading:
    """How a list was read.

    `sheet` is its table as it stands in the file, `mapping` what reads it in the same way
    again, `notes` what was guessed.
    """

    sheet: Sheet
    mapping: ListMapping
    notes: tuple[Message, ...]


@dataclass(frozen=True)
class Register:
    """A register: its tables by id, in the order of the files, and its problems.

    `files` are those that it was read from, `inputs` how each is known again. Of a list, `reading` says
    how it was read, `idle` holds its lines that belong to no contract, and `given` is the list itself as
    the source of the rows that name none. `unsourced` says which rows of tables name no source.
    """

    name: str
    files: tuple[Path, ...]
    programmes: dict[str, Programme]
    contracts: dict[str, Contract]
    missions: dict[str, Mission]
    operations: dict[str, Operation]
    sources: dict[str, Source]
    problems: tuple[Problem, ...] = ()
    idle: tuple[Idle, ...] = ()
    reading: Reading | None = None
    inputs: tuple[FileMark, ...] = ()
    given: Source | None = None
    unsourced: tuple[Message, ...] = ()

    def source_of(self, name: str | None) -> Source | None:
        """Return the source of that id; for none, the list itself, if this is one."""
        return self.sources.get(name or "", self.given)

    @cached_property
    def cited(self) -> dict[str, Source]:
        """Return the sources by id, with the list itself where one of its rows names none."""
        is_bare = self.given and any(record.source not in self.sources for record in self.records())
        return {**self.sources, self.given.id: self.given} if self.given and is_bare else self.sources

    def records(self) -> Iterator[Contract | Mission | Operation]:
        """Yield everything that has a place: contracts, missions, operations."""
        yield from self.contracts.values()
        yield from self.missions.values()
        yield from self.operations.values()

    def counted_in(self, name: str) -> str | None:
        """Return the id of the record whose amounts contain those of `name`, if there is one."""
        record = self.contracts.get(name) or self.operations.get(name)
        around = record.counted_in if record else None
        return around if around in self.contracts or around in self.operations else None

    @cached_property
    def counting_circles(self) -> frozenset[str]:
        """Return the ids that are counted, step by step, in themselves."""
        walks: dict[str, str] = {}  # id -> the id from which it was first reached
        found: set[str] = set()
        records: list[Contract | Operation] = [*self.contracts.values(), *self.operations.values()]
        for start in [record.id for record in records if record.counted_in]:
            step: str | None = start
            path = []
            while step is not None and step not in walks:
                walks[step] = start
                path.append(step)
                step = self.counted_in(step)
            if step is not None and walks[step] == start:
                found.update(path[path.index(step) :])
        return frozenset(found)

    def __len__(self) -> int:
        """Return the number of records that have a place."""
        return len(self.contracts) + len(self.missions) + len(self.operations)
