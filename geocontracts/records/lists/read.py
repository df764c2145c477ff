"""Read a list: one table, of any kind of file, whose columns have to be recognised."""

from __future__ import annotations

import difflib
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from geocontracts.errors import RegisterError
from geocontracts.records.formats.headings import folded
from geocontracts.records.formats.read import read_sheet
from geocontracts.records.lists.asides import ASIDES
from geocontracts.records.lists.headings import known_headings
from geocontracts.records.lists.mapping import SHEET, ListMapping
from geocontracts.records.lists.notes import (
    file_notes,
    formula_notes,
    gone_notes,
    nameless_notes,
    personal_notes,
    plan_notes,
    vintage_notes,
)
from geocontracts.records.lists.recognise import recognise
from geocontracts.records.lists.roles import TERRITORIES
from geocontracts.records.lists.rows import fill_table
from geocontracts.records.register import Reading
from geocontracts.records.schema import load_schema
from geocontracts.records.tables import Table, report_uncalculated
from geocontracts.words import Message

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from geocontracts.records.formats.sheet import Sheet
    from geocontracts.records.lists.recognise import Plan
    from geocontracts.records.schema import TableSchema

_NEAR = 0.8  # how near a heading must be to the name of a column to be taken for a slip of the hand
_SHOWN = 5


def read_list(source: Path | str, told: ListMapping, programmes: Mapping[str, str]) -> tuple[Table, Reading]:
    """Read a list as a table of contracts, and say how it was read.

    `told` is what a person says of its columns; `programmes` leads from folded names of known
    programmes to the name of each.

    Raises:
        RegisterError: the file cannot be read as a table, a column that was told is not there, or
            no column says where the rows are.
    """
    known = {*known_headings(), *(folded(heading) for heading in told.columns)}
    sheet = _sheet(source, told, known)
    plan = recognise(sheet, told, programmes)
    table = Table(sheet.origin.name, sheet.origin.path, inputs=sheet.inputs)
    table.headings = {column.role: column.heading for column in plan.columns if column.role}
    if TERRITORIES not in table.headings:
        table.headings[TERRITORIES] = next(column.heading for column in plan.columns if column.says_where)
    _report_columns(sheet, plan, table)
    if not sheet.rows:
        table.report("warning", Message("list-empty"), sheet.header_line)
    fill_table(sheet, plan, _schema(), table, programmes)
    if table.idle:
        _report_idle(table)
    asides = {idle.item.line for idle in table.idle if idle.why.key in ASIDES}
    report_uncalculated(sheet, table, asides)
    for note in formula_notes(sheet):
        table.report("remark", note)
    notes = (
        *sheet.notes,
        *gone_notes(sheet, told),
        *plan_notes(plan, told, programmes),
        *nameless_notes(sheet),
        *file_notes(plan, table),
        *personal_notes(table),
        *vintage_notes(table),
    )
    return table, Reading(sheet, mapping_of(sheet, plan, told), notes)


def _sheet(source: Path | str, told: ListMapping, known: set[str]) -> Sheet:
    """Read the table; where the sheet of a saved mapping is there no more, the one that holds the data."""
    try:
        return read_sheet(source, sheet=told.sheet, header=told.header, known=known)
    except RegisterError as error:
        if error.message.key not in ("sheet-unknown", "sheets-none") or SHEET not in told.saved:
            raise
    return read_sheet(source, header=told.header, known=known)


def _schema() -> TableSchema:
    """Return the table of contracts; nothing is required of a list but its places, which are read apart."""
    schema = load_schema()["contracts"]
    fields = tuple(replace(column, required=False, pattern=None) for column in schema.fields)
    return replace(schema, fields=fields)


def _report_columns(sheet: Sheet, plan: Plan, table: Table) -> None:
    """Warn of a heading that is there twice, or that is nearly the name of a column that is missing."""
    found = set(table.headings)
    names = {
        folded(text): field.name
        for field in load_schema()["contracts"].fields
        for text in (field.name, *field.labels.values())
        if field.name not in found
    }
    for column in plan.columns:
        if column.why == "twice":
            message = Message("list-column-twice", {"column": table.headings[column.was]})
            table.report("warning", message, sheet.header_line, column.heading)
        elif column.why == "aside" and column.heading.strip():
            near = difflib.get_close_matches(folded(column.heading), names, n=1, cutoff=_NEAR)
            if near:
                message = Message("column-unknown-near", {"near": names[near[0]]})
                table.report("warning", message, sheet.header_line, column.heading)


def _report_idle(table: Table) -> None:
    lines = ", ".join(str(idle.item.line) for idle in table.idle[:_SHOWN])
    more = len(table.idle) > _SHOWN
    facts = {"count": len(table.idle), "rows": f"{lines}…" if more else lines}
    table.report("remark", Message("list-idle" if table.idle[1:] else "list-idle-one", facts))


def mapping_of(sheet: Sheet, plan: Plan, told: ListMapping) -> ListMapping:
    """Return the mapping that reads this list in the same way, with nothing left to guess but its places.

    A heading that stands twice cannot say which of its columns is which: it is left to the same guess. So is
    a column that seems to name places and is not read, which is said again.
    """
    counts = Counter(folded(heading) for heading in sheet.header)
    columns = {
        column.heading: column.role
        for column in plan.columns
        if column.heading.strip() not in ("", plan.unread) and counts[folded(column.heading)] == 1
    }
    return ListMapping(
        columns={**columns, **told.columns},
        programme=told.programme or plan.programme,
        shape=plan.shape,
        sheet=sheet.origin.sheet or None,
        header=told.header,
    )
