"""The shape of a register, read from the one declaration: `datapackage.json`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, cast

from geocontracts.bundled import data_dir
from geocontracts.errors import MissingDataError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from geocontracts.words import Lang

FieldKind: TypeAlias = Literal["text", "integer", "amount", "date", "list", "url"]


@dataclass(frozen=True, eq=False)
class Field:
    """A column of a table."""

    name: str
    kind: FieldKind
    labels: Mapping[str, str]  # language -> what people see
    required: bool
    choices: Mapping[str, Mapping[str, str]]  # allowed value -> language -> label; empty: free
    pattern: str | None

    def label(self, lang: Lang) -> str:
        """Return the heading that people see."""
        return self.labels[lang]


@dataclass(frozen=True)
class TableSchema:
    """A table: its columns, and the columns that point into other tables."""

    name: str
    path: str
    fields: tuple[Field, ...]
    references: Mapping[str, str]  # column -> table

    def field(self, name: str) -> Field:
        """Return the column of that name.

        Raises:
            KeyError: the table has no such column.
        """
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)


@cache
def load_schema() -> dict[str, TableSchema]:
    """Return the tables of a register by name, in the order of the declaration.

    Raises:
        MissingDataError: the declaration is not where the package keeps it.
    """
    path = data_dir() / "datapackage.json"
    return {resource["name"]: _table(resource) for resource in _declaration(path)["resources"]}


def _declaration(path: Path) -> dict[str, Any]:
    try:
        return cast("dict[str, Any]", json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        raise MissingDataError("data-missing", file=str(path)) from error


def _table(resource: dict[str, Any]) -> TableSchema:
    schema = resource["schema"]
    return TableSchema(
        name=resource["name"],
        path=resource["path"],
        fields=tuple(_field(declared) for declared in schema["fields"]),
        references={key["fields"][0]: key["reference"]["resource"] for key in schema["foreignKeys"]},
    )


def _field(declared: dict[str, Any]) -> Field:
    constraints = declared.get("constraints", {})
    labels = declared.get("labels", {})
    return Field(
        name=declared["name"],
        kind=_kind(declared),
        labels={"fr": declared["title"], "en": declared["title:en"]},
        required=constraints.get("required", False),
        choices={value: labels[value] for value in constraints.get("enum", ())},
        pattern=constraints.get("pattern"),
    )


def _kind(declared: dict[str, Any]) -> FieldKind:
    if declared["type"] == "number":
        return "amount"
    if declared["type"] in ("integer", "list"):
        return cast("FieldKind", declared["type"])
    formats: dict[str | None, FieldKind] = {"partial-date": "date", "uri": "url"}
    return formats.get(declared.get("format"), "text")
