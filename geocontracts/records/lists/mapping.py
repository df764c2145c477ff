"""What a person says about a list: which column is what. It can be kept in a file and used again."""

from __future__ import annotations

import difflib
import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, cast

from geocontracts.errors import RegisterError, why
from geocontracts.files import read_small, write_whole
from geocontracts.records.formats.headings import folded
from geocontracts.records.formats.pairs import Repeated, load_pairs
from geocontracts.records.lists.roles import all_roles, role_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

Shape: TypeAlias = Literal["contracts", "places"]
_SHAPES = ("contracts", "places")
_VERSION = 1
_ASIDE = ("", "-")
SHEET = "sheet name"  # no folded heading has a space


@dataclass(frozen=True)
class ListMapping:
    """How to read a list.

    `columns` leads from a heading to a role (`lists/roles.py`), or to None for a column to
    leave aside; `programme` is that of every row. `shape` is {"contracts", "places"}: one row for a
    contract, or one for a place. `sheet` is the sheet, layer or table, `header` the line of the
    headings. What is None is guessed, and the guess is told. What a mapping that was `saved` says of
    a column or a sheet that is there no more is told, and does not stop the reading.
    """

    columns: Mapping[str, str | None] = field(default_factory=dict)
    programme: str | None = None
    shape: Shape | None = None
    sheet: str | None = None
    header: int | None = None
    saved: frozenset[str] = frozenset()  # folded headings, and "sheet", that come from a file

    def __post_init__(self) -> None:
        """Refuse what is no mapping.

        Raises:
            RegisterError: a role, or the shape, does not exist.
        """
        for heading, role in self.columns.items():
            if role is not None:
                _role(role, heading)
        if self.shape not in (None, *_SHAPES):
            raise RegisterError("mapping-shape", value=str(self.shape))

    def over(self, other: ListMapping) -> ListMapping:
        """Return the other mapping with what this one says instead."""
        mine = {folded(heading) for heading in self.columns}
        kept = {heading: role for heading, role in other.columns.items() if folded(heading) not in mine}
        return ListMapping(
            columns={**kept, **self.columns},
            programme=self.programme or other.programme,
            shape=self.shape or other.shape,
            sheet=self.sheet or other.sheet,
            header=self.header or other.header,
            saved=other.saved - mine - ({SHEET} if self.sheet else set()),
        )


def read_pairs(pairs: Sequence[str]) -> ListMapping:
    """Return the mapping that `column=field` pairs say, as the command line takes them.

    A field is a name of `lists/roles.py` or its label; nothing, or `-`, leaves the column aside.

    Raises:
        RegisterError: a pair has no `=`, or names no field.
    """
    columns: dict[str, str | None] = {}
    told: dict[str, str] = {}
    for pair in pairs:
        heading, sign, written = pair.rpartition("=")
        if not sign or not heading.strip():
            raise RegisterError("map-pair", value=pair)
        if told.setdefault(folded(heading), written.strip()) != written.strip():
            first = told[folded(heading)]
            raise RegisterError("map-twice", column=heading.strip(), value=written.strip(), other=first)
        columns[heading.strip()] = _role(written.strip(), heading.strip())
    return ListMapping(columns)


def read_mapping(path: Path) -> ListMapping:
    """Read a mapping that `write_mapping` wrote, or that a person edited.

    Raises:
        RegisterError: the file is missing, is no JSON, or says something that is none of a mapping.
    """
    try:
        told = load_pairs(read_small(path).decode("utf-8-sig"))
    except FileNotFoundError as error:
        raise RegisterError("file-missing", file=str(path)) from error
    except OSError as error:
        raise RegisterError("file-unreadable", file=str(path), why=why(error)) from error
    except (ValueError, RecursionError) as error:
        raise RegisterError("mapping-not-json", file=str(path), said=str(error)) from error
    return _mapping(told, path)


def write_mapping(mapping: ListMapping, path: Path) -> None:
    """Keep a mapping as JSON, for the next edition of the same list.

    Raises:
        OutputError: the file cannot be written.
    """
    told = {"version": _VERSION, "columns": dict(mapping.columns)}
    rest = {name: getattr(mapping, name) for name in ("programme", "shape", "sheet", "header")}
    told |= {name: value for name, value in rest.items() if value is not None}
    text = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    write_whole(path, text.encode("utf-8"))


def _role(written: str, heading: str) -> str | None:
    if written in _ASIDE:
        return None
    role = role_of(written)
    if role is None:
        near = _near(written)
        facts = {"value": written, "column": heading, "allowed": ", ".join(all_roles())}
        raise RegisterError("map-field-near" if near else "map-field", **facts, near=", ".join(near))
    return role


def _near(written: str) -> list[str]:
    """Return the fields that may have been meant: those whose name begins so, or is nearly that."""
    wanted = folded(written)
    names = {folded(role): role for role in all_roles()}
    begun = [role for name, role in names.items() if wanted and name.startswith(wanted)]
    return begun or [names[name] for name in difflib.get_close_matches(wanted, names, n=3, cutoff=0.7)]


def _refuse_twice(columns: Mapping[str, object], path: Path) -> None:
    """Refuse two headings that are one to the reader, and lead to different fields."""
    seen: dict[str, object] = {}
    for heading, written in columns.items():
        if seen.setdefault(folded(heading), written) != written:
            raise RegisterError("mapping-key-twice", file=str(path), name=heading)


def _mapping(told: Any, path: Path) -> ListMapping:
    """Return the mapping that a file holds, whose every value is checked."""
    kinds = {"columns": dict, "programme": str, "shape": str, "sheet": str, "header": int, "version": int}
    if not isinstance(told, dict):
        raise RegisterError("mapping-value", file=str(path), column="—", value=str(told))
    for part in (told, told.get("columns")):
        if isinstance(part, Repeated):
            raise RegisterError("mapping-key-twice", file=str(path), name=part.repeated())
    for name, value in told.items():
        if name not in kinds or not isinstance(value, kinds[name]) or isinstance(value, bool):
            raise RegisterError("mapping-value", file=str(path), column=name, value=str(value))
    if told.get("version", _VERSION) != _VERSION:
        raise RegisterError("mapping-value", file=str(path), column="version", value=str(told["version"]))
    if told.get("shape", "places") not in _SHAPES:
        raise RegisterError("mapping-value", file=str(path), column="shape", value=told["shape"])
    if told.get("header", 1) < 1:
        raise RegisterError("mapping-value", file=str(path), column="header", value=str(told["header"]))
    _refuse_twice(told.get("columns", {}), path)
    columns = {
        heading: _role("" if written is None else str(written), heading)
        for heading, written in told.get("columns", {}).items()
    }
    rest = {name: told[name] for name in ("programme", "shape", "sheet", "header") if name in told}
    saved = frozenset({SHEET, *(folded(heading) for heading in columns)})
    return replace(ListMapping(columns, saved=saved), **cast("Any", rest))
