"""Read a register, a folder of tables or one table, and check it as a whole."""

from __future__ import annotations

import difflib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from geocontracts.bundled import data_dir
from geocontracts.errors import RegisterError
from geocontracts.records.problems import Problem
from geocontracts.records.register import CLASSES, Programme, Record, Register
from geocontracts.records.schema import load_schema
from geocontracts.records.tables import folded, read_table
from geocontracts.records.values import PartialDate
from geocontracts.words import Message

if TYPE_CHECKING:
    from geocontracts.records.schema import TableSchema
    from geocontracts.records.tables import Row, Table

# A lone table of contracts says neither its programmes' families nor its sources.
_LONE_OPTIONAL = ("id", "programme", "source", "section", "title")


def read_register(path: Path | str | None = None) -> Register:
    """Read and check a register; without `path`, the one that comes with the package.

    `path` is a folder that holds the tables of `datapackage.json` (contracts.csv
    and programmes.csv at least), or one CSV file of contracts. Every problem is
    kept in `Register.problems`; no row is left out because of one.

    Raises:
        RegisterError: there is nothing to read, or a file is no table.
    """
    place = data_dir() if path is None else Path(path)
    if not place.exists():
        raise RegisterError("file-missing", file=str(place))
    tables = _read_folder(place) if place.is_dir() else _read_file(place)
    return _Checker(place, tables).register()


def _read_folder(folder: Path) -> dict[str, Table]:
    schema = load_schema()
    tables = {}
    for name, table in schema.items():
        path = folder / table.path
        if path.exists():
            tables[name] = read_table(path, table)
    if not {"contracts", "missions", "operations"} & tables.keys():
        raise RegisterError(
            "folder-empty", file=str(folder), expected=", ".join(t.path for t in schema.values())
        )
    return tables


def _read_file(path: Path) -> dict[str, Table]:
    if path.suffix.lower() not in {".csv", ".tsv", ".txt"}:
        raise RegisterError("file-kind", file=str(path), suffix=path.suffix or "—")
    return {"contracts": read_table(path, _lone(load_schema()["contracts"]))}


def _lone(schema: TableSchema) -> TableSchema:
    """Return the table of contracts with only the territories required."""
    fields = tuple(
        replace(column, required=False, pattern=None) if column.name in _LONE_OPTIONAL else column
        for column in schema.fields
    )
    return replace(schema, fields=fields)


class _Checker:
    """Turns tables into a register and notes what does not hold together."""

    def __init__(self, place: Path, tables: dict[str, Table]) -> None:
        self.place = place
        self.tables = tables
        self.lone = not place.is_dir()
        self.problems: list[Problem] = [problem for table in tables.values() for problem in table.problems]
        self.ids: dict[str, str] = {}  # id -> the file and line that hold it first

    def register(self) -> Register:
        """Return the register with all its problems, in the order of files and lines."""
        records = {name: self._records(name) for name in load_schema()}
        if self.lone:
            self._declare_programmes(records)
        for name in records:
            self._check_references(name, records)
        order = [table.file for table in self.tables.values()]
        self.problems.sort(key=lambda problem: (order.index(problem.file), problem.row or 0))
        return Register(name=self.place.stem, problems=tuple(self.problems), **cast("Any", records))

    def _records(self, name: str) -> dict[str, Any]:
        table = self.tables.get(name)
        if table is None:
            return {}
        made: dict[str, Any] = {}
        for row in table.rows:
            record = self._record(name, table, row)
            made[record.id] = record
        return made

    def _record(self, name: str, table: Table, row: Row) -> Any:
        kind = CLASSES[name]
        values = dict(row.values)
        values["id"] = self._unique_id(name, table, row)
        for column in ("title", "name"):
            if column in values and values[column] is None:
                values[column] = values["id"]
        if "programme" in values and values["programme"] is None:
            values["programme"] = self.place.stem if self.lone else "—"
        if issubclass(kind, Record):
            values |= {"file": table.file, "line": row.line}
            self._check_dates(table, row)
        return kind(**values)

    def _unique_id(self, name: str, table: Table, row: Row) -> str:
        """Return the id of the row, or one made for it where it is missing or taken."""
        here = f"{table.file}:{row.line}"
        wanted = row.values.get("id")
        if not isinstance(wanted, str):
            wanted = f"{name}-{row.line}"
        elif wanted in self.ids:
            facts = {"value": wanted, "other": self.ids[wanted]}
            self._note("error", Message("id-twice", facts), table, row, "id")
            wanted = f"{wanted}-{row.line}"
        self.ids[wanted] = here
        return wanted

    def _check_dates(self, table: Table, row: Row) -> None:
        start, end = row.values.get("starts_on"), row.values.get("ends_on")
        if isinstance(start, PartialDate) and isinstance(end, PartialDate) and end.last() < start.first():
            self._note("error", Message("dates-order", {"start": start, "end": end}), table, row, "ends_on")

    def _declare_programmes(self, records: dict[str, dict[str, Any]]) -> None:
        """Give a lone table the programmes that its rows name, as the bundled register knows them."""
        known = _bundled_programmes()
        for record in records["contracts"].values():
            name = record.programme
            found = known.get(folded(name))
            made = replace(found, id=name, source=None, section=None) if found else Programme(name, name)
            records["programmes"].setdefault(name, made)

    def _check_references(self, name: str, records: dict[str, dict[str, Any]]) -> None:
        table = self.tables.get(name)
        if table is None or self.lone:
            return
        for column, target in load_schema()[name].references.items():
            known = dict(records[target])
            for row in table.rows:
                value = row.values.get(column)
                if isinstance(value, str) and value not in known:
                    message = _unknown_reference(value, load_schema()[target].path, known)
                    self._note("error", message, table, row, column)
                    if target == "programmes":  # the row is kept, under a programme of that name
                        records[target][value] = Programme(value, value)

    def _note(self, severity: Any, message: Message, table: Table, row: Row, column: str) -> None:
        self.problems.append(Problem(severity, message, table.file, row.line, column))


def _bundled_programmes() -> dict[str, Programme]:
    """Return the programmes of the bundled register by id, name and short name."""
    schema = load_schema()["programmes"]
    found: dict[str, Programme] = {}
    for row in read_table(data_dir() / schema.path, schema).rows:
        programme = Programme(**cast("Any", row.values))
        for name in (programme.id, programme.name, programme.short_name):
            found.setdefault(folded(name or ""), programme)
    return found


def _unknown_reference(value: str, file: str, known: dict[str, Any]) -> Message:
    near = difflib.get_close_matches(value, known, n=1, cutoff=0.5)
    if near:
        return Message("reference-unknown-near", {"value": value, "other": file, "near": near[0]})
    return Message("reference-unknown", {"value": value, "other": file})
