"""The tables of the register, as declared, with what was found out about each record."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from geocontracts.outputs.exports.model import ExportTable, declared, derived
from geocontracts.outputs.exports.sums import Sums
from geocontracts.records.amounts import stated_funding
from geocontracts.records.schema import load_schema
from geocontracts.records.values import PartialDate
from geocontracts.words import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from geocontracts.outputs.exports.content import ExportContent, Told
    from geocontracts.outputs.exports.model import Column, Value
    from geocontracts.perimeters.perimeter import Perimeter
    from geocontracts.records.register import Register
    from geocontracts.records.schema import Field
    from geocontracts.words import Lang

KINDS = {"contracts": "contract", "missions": "mission", "operations": "operation"}


def plain_table(content: ExportContent, name: str) -> ExportTable:
    """Return the programmes or the sources, with the colours and signs that the page gives programmes."""
    columns = declared_columns(name)
    rows = [
        tuple(plain_value(getattr(row, column.name)) for column in columns)
        for row in _rows(content.register, name).values()
    ]
    if name != "programmes":
        return ExportTable(name, columns, rows)
    payload = content.payload
    drawn = {each["id"]: each for each in payload["programmes"]}
    looks = [
        (payload["families"][layer["family"]]["light"], layer["hatch"], layer["line"], layer["glyph"])
        if (layer := drawn.get(str(row[0])))
        else (None,) * 4
        for row in rows
    ]
    added = tuple(derived(column, "text") for column in ("colour", "hatch", "line", "glyph"))
    return ExportTable(
        name, (*columns, *added), [(*row, *look) for row, look in zip(rows, looks, strict=True)]
    )


def _rows(register: Register, name: str) -> Mapping[str, Any]:
    """Return the rows of a table; a list that names no source is one itself, to which its records lead."""
    return register.cited if name == "sources" else getattr(register, name)


def record_table(content: ExportContent, name: str) -> ExportTable:
    """Return contracts, missions or operations, each with its perimeter and what became of it."""
    told = [each for each in content.told if each.record.kind == KINDS[name]]
    pairs: list[tuple[Column, Callable[[Told], Value]]] = []
    for column in declared_columns(name):
        read = partial(source_id, register=content.register) if column.name == "source" else None
        pairs.append((column, read or partial(_own, name=column.name)))
        if column.kind == "date":
            pairs += _days(column)
    pairs += found_columns(content)
    return table_of(name, pairs, told)


def table_of(
    name: str, pairs: Iterable[tuple[Column, Callable[[Told], Value]]], told: list[Told]
) -> ExportTable:
    """Return records with these columns and their perimeters."""
    columns, readers = zip(*pairs, strict=True)
    rows = [tuple(read(each) for read in readers) for each in told]
    return ExportTable(name, columns, rows, "area", [each.shape for each in told])


def declared_columns(name: str) -> tuple[Column, ...]:
    """Return the columns of a table of the register."""
    schema = load_schema()[name]
    columns = [declared(field, _reference(field, schema.references)) for field in schema.fields]
    # Read again as a list, a column that is headed `Contrat` would be taken for the titles.
    return tuple(
        replace(column, labels=derived("contract", "text").labels) if column.name == "contract" else column
        for column in columns
    )


def _reference(field: Field, references: Any) -> tuple[str, str] | None:
    return (references[field.name], "id") if field.name in references else None


def plain_value(value: Any) -> Value:
    """Return a value of a record as a table holds it: a partial date is its text, nothing is None."""
    if isinstance(value, PartialDate):
        return value.text
    return None if value in ((), "") else value


def _own(told: Told, name: str) -> Value:
    return plain_value(getattr(told.record, name, None))


def source_id(told: Told, register: Register) -> Value:
    """Return the id of the source of a record: for none, that of the list itself, if this is one."""
    source = register.source_of(told.record.source)
    return source.id if source else _own(told, "source")


def _days(column: Column) -> list[tuple[Column, Callable[[Told], Value]]]:
    """Return the first and the last day that a partial date can mean, which programs can compare."""
    stem = column.name.removesuffix("_on")
    return [
        (derived(f"{stem}_{which}", "day"), partial(_day, name=column.name, which=which))
        for which in ("first", "last")
    ]


def _day(told: Told, name: str, which: str) -> Value:
    date = getattr(told.record, name, None)
    return getattr(date, which)() if isinstance(date, PartialDate) else None


def found_columns(content: ExportContent) -> list[tuple[Column, Callable[[Told], Value]]]:
    """Return what the register does not say itself: names, outcome, counts, what to add up."""
    payload = content.payload
    programmes, families = payload["programmes"], payload["families"]
    sums = Sums(content.register)
    return [
        (derived("programme_name", "text"), lambda told: programmes[told.entry["programme"]]["short"]),
        (
            derived("family_name", "text"),
            lambda told: families[programmes[told.entry["programme"]]["family"]]["label"],
        ),
        (derived("total_to_add_eur", "amount"), lambda told: sums.to_add(told.record, "whole")),
        (derived("yearly_to_add_eur", "amount"), lambda told: sums.to_add(told.record, "yearly")),
        (derived("to_add_empty", "text"), lambda told: _why_empty(told, sums, content.lang)),
        (derived("drawn", "text", choices=("area", "towns", "none")), lambda told: told.entry["draw"]),
        (
            derived("outcome", "text", choices=("placed", "remark", "placed_partly", "unplaced")),
            lambda told: _outcome(told.perimeter),
        ),
        (derived("lacking", "list"), lambda told: tuple(_lacking(told.perimeter)) or None),
        (derived("understood", "list"), lambda told: tuple(dict.fromkeys(told.entry["places"])) or None),
        (derived("reasons", "list"), lambda told: _reasons(told, content)),
        (derived("remarks", "list"), lambda told: _remarks(told, content)),
        (derived("found_communes", "integer"), lambda told: len(told.perimeter.communes) or None),
        (derived("found_area_km2", "real"), lambda told: told.area_km2),
        (derived("found_population", "integer"), lambda told: told.population),
    ]


def _outcome(perimeter: Perimeter) -> str:
    """Return what became of a perimeter; one that lacks a written place is no whole one."""
    is_part = perimeter.outcome == "remark" and any(_lacking(perimeter))
    return "placed_partly" if is_part else perimeter.outcome


def _lacking(perimeter: Perimeter) -> Iterator[str]:
    """Yield the written places that brought no commune."""
    yield from dict.fromkeys(
        item.label or item.written
        for item in perimeter.placements
        if not item.is_placed and (item.label or item.written)
    )


def _why_empty(told: Told, sums: Sums, lang: Lang) -> str | None:
    """Return why a record brings nothing to the sum of amounts for the whole duration, if so."""
    record = told.record
    around = sums.counted_in(record)
    if sums.to_add(record, "whole") is not None:
        return None
    if around and stated_funding(record):
        return say("export-empty-inside", lang, around=around)
    key = "yearly" if sums.to_add(record, "yearly") is not None else "unknown"
    return say(f"export-empty-{key}", lang)


def _reasons(told: Told, content: ExportContent) -> Value:
    """Return why a record has no perimeter, or why some of its places brought nothing."""
    if told.entry["reasons"]:
        return tuple(told.entry["reasons"])
    return (
        tuple(
            f"{item.label or item.written}\u00a0: {item.reason.text(content.lang)}"
            for item in told.perimeter.placements
            if not item.is_placed
        )
        or None
    )


def _remarks(told: Told, content: ExportContent) -> Value:
    return tuple(remark.text(content.lang) for remark in told.perimeter.remarks) or None
