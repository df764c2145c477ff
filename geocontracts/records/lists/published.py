"""What a list is about to publish that its owner may not mean: data of persons, formulas as sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.records.formulas import begins_formula
from geocontracts.records.lists.personal import personal_data
from geocontracts.records.lists.roles import PLACE_ROLES
from geocontracts.records.problems import Problem
from geocontracts.words import Message

if TYPE_CHECKING:
    from geocontracts.records.lists.recognise import Column, Plan
    from geocontracts.records.schema import TableSchema
    from geocontracts.records.tables import Table

_FREE = ("text", "list")  # what a column of another kind holds is read, or is not published
_NUMBERS = {"id", "counted_in"}  # ten figures are the number of a file there


class Published:
    """Looks at the cells of contracts whose text goes into the page and the exports."""

    def __init__(self, plan: Plan, schema: TableSchema, table: Table) -> None:
        """Note which columns those are; columns that are left aside are not published."""
        free = {field.name for field in schema.fields if field.kind in _FREE and not field.choices}
        named = {role.name for role in PLACE_ROLES.values() if role.kind == "name"}
        self._columns = [column for column in plan.columns if column.role in (free | named) - _NUMBERS]
        self._table = table

    def look(self, line: int, cells: list[str]) -> None:
        """Note the cells of a line that hold what its owner may not mean to publish."""
        for column in self._columns:
            text = cells[column.rank] if column.rank < len(cells) else ""
            what = personal_data(text) if text else None
            if what:
                self._note(Message("cell-personal", {"what": what}), line, column)
            if column.role == "source" and begins_formula(text):
                self._note(Message("source-formula", {"value": text}), line, column)

    def _note(self, message: Message, line: int, column: Column) -> None:
        table = self._table
        table.problems.append(Problem("remark", message, table.file, line, column.heading.strip()))
