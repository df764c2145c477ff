"""From the rows of a list to the rows of the table of contracts: one for each contract."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geocontracts.records.lists.asides import Asides
from geocontracts.records.lists.places import PlaceReader
from geocontracts.records.lists.programmes import programme_of, tells_programmes, untold_programme
from geocontracts.records.lists.published import Published
from geocontracts.records.lists.recognise import NO_TICKS, TICKS
from geocontracts.records.lists.roles import TERRITORIES, contract_roles
from geocontracts.records.problems import Problem
from geocontracts.records.register import Idle
from geocontracts.records.tables import Row, parse_value, report_width
from geocontracts.records.values import says_nothing
from geocontracts.words import Message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from geocontracts.records.formats.sheet import Sheet
    from geocontracts.records.lists.places import RowPlaces
    from geocontracts.records.lists.recognise import Column, Plan
    from geocontracts.records.register import Item
    from geocontracts.records.schema import Field, TableSchema
    from geocontracts.records.tables import Table
    from geocontracts.records.values import Value

# A value that differs between the lines of one contract: these are not chosen among.
_NOT_CHOSEN = frozenset({"amount", "date", "integer"})
_SURE = re.compile(r"[;|\n]")


def fill_table(
    sheet: Sheet, plan: Plan, schema: TableSchema, table: Table, programmes: Mapping[str, str]
) -> None:
    """Fill `table` with a row for each contract of a list, and with what is wrong in its lines.

    A line that names a place and nothing of a contract, in a list whose contracts have an
    identifier, belongs to none; nor do totals and notes. They are kept in `table.idle`.
    """
    places = PlaceReader(plan)
    lines = _Lines(plan, programmes, table)
    gathered: dict[tuple[str, ...], _Contract] = {}
    asides = Asides(sheet, plan)
    twins = _Twins(plan)
    published = Published(plan, schema, table)
    for line, cells in sheet.rows:
        report_width(line, cells, len(sheet.header), table)
        found = places.read(line, cells)
        why = asides.why(line, cells)
        if why:
            table.idle.append(Idle(found.items[0], why))
            continue
        twins.compare(line, cells, table)
        for severity, message in found.messages:
            table.report(severity, message, line)
        contracts = list(lines.contracts(line, cells))
        if not contracts:
            table.idle.extend(Idle(item, Message("row-idle")) for item in found.items[:1])
            continue
        published.look(line, cells)
        for key, told in contracts:
            contract = gathered.setdefault(key, _Contract(line))
            contract.add(line, told, found)
    fields = {column.name: column for column in schema.fields}
    empty: dict[str, Value] = {name: () if column.kind == "list" else None for name, column in fields.items()}
    table.rows.extend(_row(contract, plan, fields, table, empty) for contract in gathered.values())


class _Twins:
    """Finds the lines with an amount that stand twice in a list whose lines have no identifier."""

    def __init__(self, plan: Plan) -> None:
        self._amounts = [
            column for column in plan.columns if column.role and column.role.startswith("amount_")
        ]
        self._is_blind = bool(plan.identifiers) or not self._amounts
        self._seen: dict[tuple[str, ...], int] = {}

    def compare(self, line: int, cells: list[str], table: Table) -> None:
        """Say that a line is the same as an earlier one."""
        if self._is_blind or not any(_cell(cells, column) for column in self._amounts):
            return
        first = self._seen.setdefault(tuple(cells), line)
        if first != line:
            table.report("remark", Message("list-twin", {"row": first}), line)


@dataclass
class _Contract:
    """The lines of one contract, while they are gathered."""

    line: int
    cells: dict[str, dict[str, int]] = field(default_factory=dict)  # column -> text -> first line
    items: dict[Item, None] = field(default_factory=dict)

    def add(self, line: int, told: Mapping[str, str], places: RowPlaces) -> None:
        for role, text in told.items():
            if text:
                self.cells.setdefault(role, {}).setdefault(text, line)
        self.items.update(dict.fromkeys(places.items))


class _Lines:
    """Says which contracts a line of a list belongs to."""

    def __init__(self, plan: Plan, programmes: Mapping[str, str], table: Table) -> None:
        self._plan, self._programmes, self._table = plan, programmes, table
        self._fields = [
            column
            for column in plan.columns
            if column.role in contract_roles() and column.role not in (TERRITORIES, "id")
        ]
        self._common = [column for column in self._fields if not self._is_of_one(column)]
        self._has_schemes = len({column.scheme for column in plan.identifiers}) > 1

    def contracts(self, line: int, cells: list[str]) -> Iterator[tuple[tuple[str, ...], dict[str, str]]]:
        """Yield the contracts of a line: a key by which their lines meet, and what the line says of each.

        A line may belong to several: ids in one cell, or a column of ids for each programme.
        """
        told = self._said(cells, self._common)
        identifiers = self._plan.identifiers
        if self._plan.shape == "contracts":
            first = {"id": _cell(cells, identifiers[0])} if identifiers else {}
            yield (str(line),), told | first
            return
        named = [(column, ids_of(_cell(cells, column))) for column in identifiers]
        ticked = [column for column in self._plan.members if self._is_ticked(line, cells, column)]
        count = len(ticked) + sum(len(names) for _, names in named)
        if count > 1:
            told = self._unshared(line, told, count)
        for column in ticked:
            said = told | {"programme": programme_of(column.scheme, self._programmes)}
            yield (column.heading, *self._agreement(line, said)), said
        if self._plan.members and not named:
            return
        if not ticked and not any(names for _, names in named):
            said = self._said(cells, self._fields)
            if not identifiers:
                yield self._agreement(line, said), said
            elif any(said.values()):
                yield (str(line),), said
        for column, names in named:
            for rank, name in enumerate(names):
                own = self._own(column, cells, rank, len(names))
                yield (column.heading, name), told | own | {"id": name}

    def _said(self, cells: list[str], columns: list[Column]) -> dict[str, str]:
        """Return what some columns of a line say, a programme by the one name that it has in the list."""
        said = {str(column.role): _cell(cells, column) for column in columns}
        programme = said.get("programme", "")
        return (
            said | {"programme": self._plan.spellings[programme]}
            if programme in self._plan.spellings
            else said
        )

    def _is_ticked(self, line: int, cells: list[str], column: Column) -> bool:
        """Say whether a line is ticked; a cell that is no tick, nor the want of one, is told."""
        text = _cell(cells, column)
        if text and text.casefold() not in TICKS | NO_TICKS:
            message = Message("tick-unclear", {"value": text, "programme": column.scheme})
            self._table.problems.append(Problem("error", message, self._table.file, line, column.heading))
        return text.casefold() in TICKS

    def _unshared(self, line: int, told: dict[str, str], count: int) -> dict[str, str]:
        """Take from a line of several contracts the amounts that it does not share out, and say so."""
        amounts = {role: text for role, text in told.items() if text and role.startswith("amount_")}
        for role, text in amounts.items():
            message = Message("list-amount-shared", {"value": text, "count": count})
            self._table.report("error", message, line, role)
        return {role: "" if role in amounts else text for role, text in told.items()}

    @staticmethod
    def _agreement(line: int, said: dict[str, str]) -> tuple[str, ...]:
        """Return the key of a line without id: lines that agree in all but their place are one contract.

        That is so of lines that tell a title, or a programme and nothing else. Two lines with the same
        amount are two amounts, and towns that signed on one day signed each their own.
        """
        has_amount = any(text for role, text in said.items() if role.startswith("amount_"))
        is_bare = not any(text for role, text in said.items() if role != "programme")
        if has_amount or not (said.get("title") or is_bare):
            return (str(line),)
        return ("", *said.values())

    def _is_of_one(self, column: Column) -> bool:
        """Say whether a column speaks of the contracts of one identifier alone: `lib_crte` of `id_crte`."""
        return bool(column.scheme) and any(each.scheme == column.scheme for each in self._plan.identifiers)

    def _own(self, identifier: Column, cells: list[str], rank: int, count: int) -> dict[str, str]:
        """Return what the line says of one of its ids; of several, the one of the same rank."""
        own = {}
        for column in self._fields:
            if self._is_of_one(column) and column.scheme == identifier.scheme:
                parts = ids_of(_cell(cells, column)) if count > 1 else [_cell(cells, column)]
                own[str(column.role)] = parts[rank] if len(parts) == count else ""
        if self._has_schemes and identifier.scheme:
            own["programme"] = programme_of(identifier.scheme, self._programmes)
        return own


def ids_of(cell: str) -> list[str]:
    """Return the ids of a cell: `;`, `|` and line ends part them, commas where no id holds a space."""
    parts = [part.strip() for part in _SURE.split(cell)]
    pieces = [piece.strip() for part in parts for piece in part.split(",")]
    if not any(" " in piece for piece in pieces):
        parts = pieces
    return list(dict.fromkeys(part for part in parts if part))


def _row(
    contract: _Contract, plan: Plan, fields: Mapping[str, Field], table: Table, empty: Mapping[str, Value]
) -> Row:
    """Make the row of a contract of its lines, from an empty one; what they do not agree on is said."""
    items = tuple(contract.items)
    values = {**empty}
    for role, texts in contract.cells.items():
        values[role] = _value(fields[role], texts, table)
    values[TERRITORIES] = tuple(item.written for item in items)
    if plan.programme:
        values["programme"] = plan.programme
    elif values["programme"] is None and tells_programmes(plan):
        values["programme"] = untold_programme()
        column = "programme" if "programme" in table.headings else None
        table.report("remark", Message("row-programme-untold"), contract.line, column)
    if values["title"] is None:
        values["title"] = _title(values, items, table.name)
    return Row(contract.line, values, items)


def _value(column: Field, texts: Mapping[str, int], table: Table) -> Value:
    """Return what the lines of a contract say together.

    Lists are joined. Of texts that differ the first is taken, of dates and amounts none: both are told.
    """
    if len(texts) == 1:
        ((text, line),) = texts.items()
        return parse_value(line, column, text, table)
    read = [(parse_value(line, column, text, table), line, text) for text, line in texts.items()]
    values = list(dict.fromkeys(value for value, _, _ in read))
    if len(values) == 1:
        return values[0]
    if column.kind == "list":
        return tuple(dict.fromkeys(each for value in values if isinstance(value, tuple) for each in value))
    _, first, text = read[0]
    key = "list-disagree-unknown" if column.kind in _NOT_CHOSEN else "list-disagree"
    for value, line, other in read:
        if value != values[0]:
            facts = {"value": text, "row": first, "other": other}
            table.report("error", Message(key, facts), line, column.name)
    return None if column.kind in _NOT_CHOSEN else values[0]


def _title(values: Mapping[str, Value], items: tuple[Item, ...], name: str) -> str:
    """Name a contract that has no title by its programme and its only place, or its identifier."""
    place = (items[0].beside.label or items[0].written) if len(items) == 1 else ""
    told = place or values["id"]
    programme = values["programme"] or name
    return f"{programme} — {told}" if told else str(programme)


def _cell(cells: list[str], column: Column) -> str:
    """Return a cell of a line; a word for nothing (`NULL`, `n.d.`) is no identifier, nor a value."""
    text = cells[column.rank].strip() if column.rank < len(cells) else ""
    return "" if says_nothing(text) else text
