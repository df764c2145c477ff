"""All records in one table, for the formats that hold one: contracts, missions and operations."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from geocontracts.outputs.exports.model import Column, derived
from geocontracts.outputs.exports.records import (
    declared_columns,
    found_columns,
    plain_value,
    record_table,
    source_id,
    table_of,
)
from geocontracts.records.amounts import PAYERS, TOTALS

if TYPE_CHECKING:
    from collections.abc import Callable

    from geocontracts.outputs.exports.content import ExportContent, Told
    from geocontracts.outputs.exports.model import ExportTable, Value

_FIRST = ("kind", "id", "programme", "programme_name", "family_name", "contract", "title")
# One name for what two tables call differently: the column of each kind, by the common name.
_EUROS = {
    "total_eur": dict(TOTALS),
    **{
        f"{payer}_eur": {kind: column for kind, own in PAYERS.items() for column, of in own if of == payer}
        for payer in ("state", "eu", "region", "department", "other", "unattributed")
    },
}
_SAME = {column: name for name, kinds in _EUROS.items() for column in kinds.values()} | {"theme": "themes"}


def flat_table(content: ExportContent) -> ExportTable:
    """Return every record as one row; a column that its kind does not have is empty.

    The columns of euros have one name for all kinds, and each row names its source, the publisher and the
    licence, since the file holds no other table.
    """
    pairs: dict[str, tuple[Column, Callable[[Told], Value]]] = {
        "kind": (
            derived("kind", "text", choices=("contract", "mission", "operation")),
            lambda told: told.record.kind,
        )
    }
    for table in ("contracts", "missions", "operations"):
        for column in record_table(content, table).columns:
            name = _SAME.get(column.name, column.name)
            if name not in pairs:
                pairs[name] = (_common(column, name), partial(_read, name=name))
    for column, read in found_columns(content):
        pairs[column.name] = (column, read)
    pairs["source"] = (pairs["source"][0], partial(source_id, register=content.register))
    pairs |= _of_sources(content)
    order = [*_FIRST, *(name for name in pairs if name not in _FIRST)]
    return table_of("records", [pairs[name] for name in order], content.told)


def _common(column: Column, name: str) -> Column:
    named = derived(name, "amount") if name in _EUROS else column
    return Column(name, column.kind, named.labels, named.about, column.choices)


def _read(told: Told, name: str) -> Value:
    """Return a value of a record by its common name."""
    record = told.record
    own = _EUROS.get(name, {}).get(record.kind, name)
    if name == "themes" and record.kind == "operation":
        own = "theme"
    for ending in ("first", "last"):
        date = getattr(record, f"{name.removesuffix(f'_{ending}')}_on", None)
        if name.endswith(f"_{ending}") and date is not None:
            day: Value = getattr(date, ending)()
            return day
    return plain_value(getattr(record, own, None))


def _of_sources(content: ExportContent) -> dict[str, tuple[Column, Callable[[Told], Value]]]:
    columns = {column.name: column for column in declared_columns("sources")}

    def read(told: Told, name: str) -> Value:
        source = content.register.source_of(told.record.source)
        return plain_value(getattr(source, name, None))

    return {
        f"source_{name}": (
            derived(f"source_{name}", columns[name].kind),
            partial(read, name=name),
        )
        for name in ("title", "publisher", "published_on", "licence")
    }
