"""Cells in which something is written that was not understood: they are unknown, and not empty."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geocontracts.records.formats.headings import folded
from geocontracts.records.schema import load_schema

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geocontracts.records.register import Register
    from geocontracts.records.schema import Field

_VALUE = "value-"  # the problems of a cell, as `records/values.py` names them


@dataclass(frozen=True)
class Unread:
    """What is written in a cell that was not understood."""

    text: str


class UnreadCells:
    """The cells of an edition that were not understood, by the record and the field they belong to."""

    def __init__(self, register: Register) -> None:
        """Take them from the problems of the register, which hold what is written."""
        self._cells: dict[tuple[str, int], dict[str, str]] = defaultdict(dict)
        for problem in register.problems:
            told = problem.message.facts.get("value")
            if problem.row is None or problem.column is None or told is None:
                continue
            if problem.message.key.startswith(_VALUE):
                self._cells[problem.file, problem.row][folded(problem.column)] = str(told)
        columns = register.reading.mapping.columns if register.reading else {}
        self._headings: dict[str, list[str]] = defaultdict(list)
        for heading, role in columns.items():
            self._headings[role or ""].append(folded(heading))

    def value(self, record: Any, field: Field) -> Any:
        """Return the value of a field, or what is written in its cell where that was not understood."""
        value = getattr(record, field.name)
        if value not in (None, ()) or not self._cells or not getattr(record, "line", 0):
            return value
        lines = dict.fromkeys((record.line, *(item.line for item in record.listed)))
        names = (field.name, *field.labels.values())
        headings = [*self._headings[field.name], *map(folded, names)]
        found = (self._text(record.file, line, headings) for line in lines)
        return next((Unread(text) for text in found if text is not None), value)

    def of(self, table: str, record: Any) -> dict[str, str]:
        """Return what is written in the cells of a record that were not understood, by field."""
        values = {field.name: self.value(record, field) for field in load_schema()[table].fields}
        return {name: value.text for name, value in values.items() if isinstance(value, Unread)}

    def _text(self, file: str, line: int, headings: Iterable[str]) -> str | None:
        cells = self._cells.get((file, line), {})
        return next((cells[heading] for heading in headings if heading in cells), None)
