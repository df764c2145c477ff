"""Make a register of the tables that were read, and note what does not hold together."""

from __future__ import annotations

import difflib
import re
from dataclasses import replace
from functools import cache
from math import fsum
from typing import TYPE_CHECKING, Any, cast

from geocontracts.bundled import data_dir
from geocontracts.records.amounts import TOTALS, excesses, period_of
from geocontracts.records.formats.beside import files_of
from geocontracts.records.formats.headings import folded
from geocontracts.records.lists.headings import short_names
from geocontracts.records.lists.programmes import own_programmes
from geocontracts.records.register import CLASSES, Contract, Operation, Programme, Record, Register, Source
from geocontracts.records.schema import load_schema
from geocontracts.records.tables import read_table
from geocontracts.records.values import PartialDate
from geocontracts.words import Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geocontracts.records.problems import Problem, Severity
    from geocontracts.records.tables import Row, Table

_NO_PROGRAMME = "—"
_SUGGESTIONS = 50
_FEWEST_INITIALS = 3  # two letters stand for too many things
_ACRONYM = re.compile(r"\(([A-Z][A-Z0-9]+)\)")
_BRACKETS = re.compile(r"\([^()]*\)")
_LINKS = frozenset(["d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "pour", "à"])


class Checker:
    """Turns tables into a register; every row becomes a record, whatever is wrong with it."""

    def __init__(self, name: str, tables: dict[str, Table], *, is_lone: bool) -> None:
        """Keep the tables; `name` is that of the register, `is_lone` says that they are one list."""
        self._name, self._tables, self._is_lone = name, tables, is_lone
        self._problems: list[Problem] = [problem for table in tables.values() for problem in table.problems]
        self._unknown = 0  # references to no row
        self._homes: dict[str, str] = {}  # id -> the file and line that hold it first
        self._written = {row.values.get("id") for table in tables.values() for row in table.rows}

    def register(self, strangers: list[Problem]) -> Register:
        """Return the register with all its problems, in the order of files and lines."""
        records = {name: self._records(name) for name in load_schema()}
        for name in records:
            if self._is_lone:
                break
            self._check_references(name, records)
        if self._is_lone:
            self._declare_sources(records)
        self._declare_programmes(records)
        register = Register(
            name=self._name,
            inputs=tuple(mark for table in self._tables.values() for mark in table.inputs),
            unsourced=() if self._is_lone else tuple(self._unsourced(records)),
            files=tuple(
                file for table in self._tables.values() if table.path for file in files_of(table.path)
            ),
            idle=tuple(line for table in self._tables.values() for line in table.idle),
            **cast("Any", records),
        )
        self._check_counting(register)
        order = [table.file for table in self._tables.values()]
        self._problems.sort(key=lambda problem: (order.index(problem.file), problem.row or 0))
        return replace(register, problems=(*self._problems, *strangers))

    def _records(self, name: str) -> dict[str, Any]:
        table = self._tables.get(name)
        if table is None:
            return {}
        made = [self._record(name, table, row) for row in table.rows]
        return {record.id: record for record in made}

    def _record(self, name: str, table: Table, row: Row) -> Any:
        kind = CLASSES[name]
        values: dict[str, Any] = dict(row.values)
        values["id"] = self._unique_id(name, table, row)
        for column in ("title", "name"):
            if column in values and values[column] is None:
                values[column] = values["id"]
        if "publisher" in values and values["publisher"] is None:
            values["publisher"] = ""
        if "programme" in values:
            values["programme"] = self._programme(values["programme"])
        if issubclass(kind, Record):
            heading = table.headings.get("territories", "territories")
            values |= {"file": table.file, "line": row.line, "column": heading, "listed": row.items}
            self._check_dates(table, row)
        record = kind(**values)
        if isinstance(record, (Contract, Operation)):
            self._check_shares(table, row, record)
        return record

    def _programme(self, written: Any) -> str:
        """Return the programme of a row; a row that names none is kept all the same."""
        if isinstance(written, str):
            return written
        return self._name if self._is_lone else _NO_PROGRAMME

    def _unique_id(self, name: str, table: Table, row: Row) -> str:
        """Return the id of the row, or one made for it where it is missing or taken."""
        wanted = row.values.get("id")
        if isinstance(wanted, str) and wanted not in self._homes:
            self._homes[wanted] = f"{table.file}:{row.line}"
            return wanted
        made = f"{wanted or name}-{row.line}"
        while made in self._written or made in self._homes:
            made += "-bis"
        if isinstance(wanted, str):
            facts = {"value": wanted, "other": self._homes[wanted]}
            self._note("error", Message("id-twice", facts), table, row, "id")
        self._homes[made] = f"{table.file}:{row.line}"
        return made

    def _check_dates(self, table: Table, row: Row) -> None:
        start, end = row.values.get("starts_on"), row.values.get("ends_on")
        if isinstance(start, PartialDate) and isinstance(end, PartialDate) and end.last() < start.first():
            self._note("error", Message("dates-order", {"start": start, "end": end}), table, row, "ends_on")
        signed = row.values.get("signed_on")
        if isinstance(signed, PartialDate) and isinstance(end, PartialDate) and end.last() < signed.first():
            message = Message("signed-late", {"signed": signed, "end": end})
            self._note("error", message, table, row, "signed_on")

    def _check_shares(self, table: Table, row: Row, record: Contract | Operation) -> None:
        """Note payers that give more together than the total; a euro of rounding is none."""
        funding = record.funding
        if funding.total is None:
            return
        given = fsum(funding.payers.values())
        if given > funding.total + 1:
            facts = {"given": given, "total": funding.total}
            self._note("error", Message("shares-exceed", facts), table, row, TOTALS[record.kind])

    def _check_counting(self, register: Register) -> None:
        """Note each `counted_in` that names no contract or operation, or that comes back to its row."""
        known = [*register.contracts, *register.operations]
        files = ", ".join(
            self._tables[name].file for name in ("contracts", "operations") if name in self._tables
        )
        too_much = {name: (parts, whole) for name, parts, whole in excesses(register)}
        for name in ("contracts", "operations"):
            table = self._tables.get(name)
            if table is None:
                continue
            for row, record in zip(table.rows, getattr(register, name).values(), strict=True):
                around = record.counted_in
                if around and register.counted_in(record.id) is None:
                    self._note(
                        "error", self._unknown_reference(around, files, known), table, row, "counted_in"
                    )
                elif record.id in register.counting_circles:
                    message = Message("counted-circle", {"value": around})
                    self._note("error", message, table, row, "counted_in")
                if record.id in too_much:
                    parts, whole = too_much[record.id]
                    message = Message("parts-exceed", {"parts": parts, "whole": whole})
                    self._note("error", message, table, row, "id")
                if isinstance(record, Operation) and self._is_beside(register, record):
                    message = Message("amount-beside", {"value": record.contract})
                    self._note("remark", message, table, row, "counted_in")

    @staticmethod
    def _is_beside(register: Register, operation: Operation) -> bool:
        """Say whether an operation and its contract state amounts, neither said to hold the other."""
        contract = register.contracts.get(operation.contract or "")
        if contract is None or operation.counted_in or period_of(contract) != period_of(operation):
            return False
        return bool(operation.funding) and bool(contract.funding)

    def _unsourced(self, records: dict[str, dict[str, Any]]) -> Iterator[Message]:
        """Yield each row of a layer that names no source, or one that no table holds."""
        for name, schema in load_schema().items():
            table = self._tables.get(name)
            if table is None or "source" not in schema.references:
                continue
            for row in table.rows:
                source = row.values.get("source")
                if source not in records["sources"]:
                    column = table.headings.get("source", "source")
                    facts = {"file": table.file, "row": row.line, "column": column}
                    why = Message("source-unknown", {"value": source}) if source else Message("source-none")
                    yield Message("source-row", {**facts, "why": why})

    def _check_references(self, name: str, records: dict[str, dict[str, Any]]) -> None:
        """Note each value that names no row of the table that its column points to."""
        table = self._tables.get(name)
        if table is None:
            return
        for column, target in load_schema()[name].references.items():
            known = records[target]
            for row in table.rows:
                value = row.values.get(column)
                if isinstance(value, str) and value not in known:
                    message = self._unknown_reference(value, load_schema()[target].path, known)
                    self._note("error", message, table, row, column)

    def _declare_sources(self, records: dict[str, dict[str, Any]]) -> None:
        """Give a lone table the sources that its rows name, so that each is shown."""
        for record in records["contracts"].values():
            if record.source:
                records["sources"].setdefault(record.source, Source(record.source, record.source, ""))

    def _declare_programmes(self, records: dict[str, dict[str, Any]]) -> None:
        """Declare the programmes that rows name and no table does, so that no row is left out.

        A lone table takes the family, which gives the colour, of a programme of
        the same name in the bundled register, and nothing else of it.
        """
        bundled = bundled_programmes() if self._is_lone else {}
        for name in ("contracts", "missions", "operations"):
            for record in records[name].values():
                programme = record.programme
                if programme in records["programmes"]:
                    continue
                same = bundled.get(folded(programme))
                family = same.family if same else None
                records["programmes"][programme] = Programme(programme, programme, family=family)
        if self._is_lone:
            column = self._tables["contracts"].headings.get("programme")
            own = [each for each in records["contracts"].values() if each.programme != self._name]
            self._problems.extend(own_programmes(own, bundled, column))

    def _unknown_reference(self, value: str, file: str, known: Iterable[str]) -> Message:
        """Say that a value names no row, with the nearest name: looking for one is slow, so not for ever."""
        self._unknown += 1
        near = (
            difflib.get_close_matches(value, known, n=1, cutoff=0.5) if self._unknown <= _SUGGESTIONS else []
        )
        if near:
            return Message("reference-unknown-near", {"value": value, "other": file, "near": near[0]})
        return Message("reference-unknown", {"value": value, "other": file})

    def _note(self, severity: Severity, message: Message, table: Table, row: Row, column: str) -> None:
        self._problems.append(table.problem(severity, message, row.line, column))


@cache
def bundled_programmes() -> dict[str, Programme]:
    """Return the programmes of the bundled register by what people call them, folded.

    That is the id, the short name or the name, also in the singular; what stands in brackets in one
    (`ERBM`); and the initials of a name (`PVD`), where they are those of one programme alone.
    """
    schema = load_schema()["programmes"]
    programmes = [
        Programme(**cast("Any", row.values)) for row in read_table(data_dir() / schema.path, schema).rows
    ]
    found: dict[str, Programme] = {}
    initials: dict[str, list[Programme]] = {}
    for programme in programmes:
        for name in filter(None, (programme.id, programme.short_name, programme.name)):
            for said in (name, *_singulars(name), *_ACRONYM.findall(name)):
                if folded(said):
                    found.setdefault(folded(said), programme)
        initials.setdefault(_initials(programme.name), []).append(programme)
    for letters, named in initials.items():
        if len(named) == 1 and len(letters) >= _FEWEST_INITIALS:
            found.setdefault(letters, named[0])
    return found | {name: found[folded(programme)] for name, programme in short_names().items()}


def _singulars(name: str) -> tuple[str, str]:
    """Return a name in the singular, as a list calls one of its contracts; `-aux` may be of `-al`."""
    of_al = re.sub(r"aux\b", "al", name)
    return re.sub(r"(?<=\w\w)[sx]\b", "", name), re.sub(r"(?<=\w\w)[sx]\b", "", of_al)


def _initials(name: str) -> str:
    """Return the initials of a name, folded: `Petites villes de demain` gives `pvd`."""
    words = re.findall(r"\w+", _BRACKETS.sub("", name).replace("’", " ").replace("'", " "))
    return folded("".join(word[0] for word in words if word.lower() not in _LINKS))
