"""A table on its way out: its columns, its rows, the shape of each row."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from geocontracts.words import say

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from shapely.geometry.base import BaseGeometry

    from geocontracts.records.schema import Field
    from geocontracts.words import Lang

# `date` is a partial date as it is written, `day` a day of the calendar.
ColumnKind: TypeAlias = Literal["text", "integer", "amount", "real", "date", "day", "list", "url"]
Value: TypeAlias = "str | int | float | dt.date | tuple[str, ...] | None"
Shape: TypeAlias = Literal["area", "point"]


@dataclass(frozen=True, eq=False)
class Column:
    """A column: its stable name, its headings, and the table that it points into."""

    name: str
    kind: ColumnKind
    labels: Mapping[str, str]
    about: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    reference: tuple[str, str] | None = None  # table, column

    def label(self, lang: Lang) -> str:
        """Return the heading that people see."""
        return self.labels[lang]

    def shown(self, value: Value, lang: Lang) -> Value:
        """Return a value as people read it: the label of a choice, a list in one cell."""
        if isinstance(value, tuple):
            return "; ".join(value)
        return self.choices[value][lang] if isinstance(value, str) and value in self.choices else value


@dataclass(frozen=True, eq=False)
class ExportTable:
    """A table: unknown is None in every row; `shapes` are in degrees (EPSG:4326), or None."""

    name: str
    columns: tuple[Column, ...]
    rows: list[tuple[Value, ...]]
    shape: Shape | None = None
    shapes: list[BaseGeometry | None] = field(default_factory=list)

    def title(self, lang: Lang) -> str:
        """Return what people call the table."""
        return say(f"export-table-{self.name}", lang)

    @property
    def without_shape(self) -> int:
        """Return how many rows of a table with shapes have none."""
        return sum(shape is None for shape in self.shapes)

    def values(self, name: str) -> list[Value]:
        """Return one column."""
        rank = [column.name for column in self.columns].index(name)
        return [row[rank] for row in self.rows]


def declared(field: Field, reference: tuple[str, str] | None = None) -> Column:
    """Return a column of the register as it is declared."""
    return Column(field.name, field.kind, field.labels, {}, field.choices, reference)


def derived(
    name: str, kind: ColumnKind, *, choices: tuple[str, ...] = (), reference: tuple[str, str] | None = None
) -> Column:
    """Return a column that we add; its words stand in the catalogue."""
    return Column(
        name,
        kind,
        {"fr": say(f"export-col-{name}", "fr"), "en": say(f"export-col-{name}", "en")},
        {"fr": say(f"export-about-{name}", "fr"), "en": say(f"export-about-{name}", "en")},
        {
            choice: {
                "fr": say(f"export-{name}-{choice}", "fr"),
                "en": say(f"export-{name}-{choice}", "en"),
            }
            for choice in choices
        },
        reference,
    )
