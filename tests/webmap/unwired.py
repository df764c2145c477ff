"""Read what a page holds, as its client does: columns, records and places."""

from __future__ import annotations

from itertools import accumulate, islice
from typing import Any

from geocontracts.webmap.runs import members_of, runs_of
from geocontracts.webmap.wire import labels_of
from tests.webmap.test_encode import read_varints


def read_column(column: dict[str, Any], rows: int, block: bytes) -> list[Any]:  # noqa: C901 - a case for each form
    """Return the values of a column (see `webmap/columns.py`)."""

    def read(name: str, count: int = rows) -> list[Any]:
        return read_column(column[name], count, block)

    def cut(items: list[Any], sizes: list[int]) -> list[list[Any]]:
        rest = iter(items)
        return [list(islice(rest, size)) for size in sizes]

    match sorted(column):
        case ["same"]:
            return [column["same"]] * rows
        case ["ints" | "steps" as form]:
            values = islice((value >> 1 ^ -(value & 1) for value in varints(block, column[form])), rows)
            return list(accumulate(values) if form == "steps" else values)
        case ["at", "kinds", "of"]:
            kinds = read("of", column["kinds"])
            return [kinds[kind] for kind in read("at")]
        case ["has", "of"]:
            held = read("has")
            present = iter(read("of", sum(held)))
            return [next(present) if one else None for one in held]
        case ["texts"]:
            values = column["texts"].split("\n")
        case ["heads", "numbers", "widths"]:
            parts = zip(read("heads"), read("widths"), read("numbers"), strict=True)
            values = [head + str(number).zfill(width) for head, width, number in parts]
        case ["items", "sizes"]:
            sizes = read("sizes")
            values = cut(read("items", sum(sizes)), sizes)
        case ["keys"]:
            columns = {key: read_column(one, rows, block) for key, one in column["keys"].items()}
            values = [{key: one[row] for key, one in columns.items()} for row in range(rows)]
        case ["list"]:
            values = column["list"]
        case other:
            raise AssertionError(other)
    assert len(values) == rows
    return values


def varints(block: bytes, at: int) -> Any:
    """Yield the numbers of a block from one byte on."""
    while at < len(block):
        end = next(place for place in range(at, len(block)) if block[place] < 0x80) + 1
        yield from read_varints(block[at:end])
        at = end


def unwired(told: dict[str, Any], block: bytes) -> dict[str, Any]:
    """Return the payload that a page holds."""

    def table(packed: dict[str, Any]) -> list[Any]:
        return read_column(packed["table"], packed["rows"], block)

    count = told["grid"]["communes"]
    columns = {key: read_column(one, count, block) for key, one in told["places"]["communes"].items()}
    names = ("epci", "arrondissements", "departements", "aliases")
    places = {**told["places"], **{name: table(told["places"][name]) for name in names}, "communes": columns}
    labels = [*labels_of(places), *told["records"]["labels"]]  # type: ignore[arg-type]
    groups = [
        (key, place)
        for key, name in (("epci", "epci"), ("departement", "departements"))
        for place in range(len(places[name]))
    ]
    packed = told["records"]
    records = table({"rows": packed["rows"], "table": {"keys": packed["columns"]}})
    for record in records:
        references = record["places"]
        record["places"] = [labels[reference] for reference in references]
        if record["communes"] is None:
            record["communes"] = runs_of(
                sorted({one for each in references for one in held(each, columns, groups)})
            )
        if record["towns"] is None:
            record["towns"] = usual_towns(record, references, count)
    return {**told, "places": places, "records": records}


def held(reference: int, columns: dict[str, list[Any]], groups: list[tuple[str, int]]) -> list[int]:
    """Return the communes of a place."""
    count = len(columns["code"])
    if reference < count:
        return [reference]
    if reference - count >= len(groups):
        return []
    key, place = groups[reference - count]
    return [commune for commune, group in enumerate(columns[key]) if group == place]


def usual_towns(record: dict[str, Any], references: list[int], count: int) -> list[int]:
    """Return the towns of a record that says no others."""
    if record["draw"] != "towns":
        return []
    if record["kind"] == "operation":
        return [reference for reference in references if reference < count][:1]
    return members_of(record["communes"])
