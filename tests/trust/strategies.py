"""What the properties are tried on: values, tables and payloads that are drawn at random."""

from __future__ import annotations

import types
import typing
from typing import TYPE_CHECKING, Any, Literal, is_typeddict

import numpy as np
from hypothesis import strategies as st

import tests.budget  # noqa: F401 - every property keeps to it
from geocontracts.places.topology import Arcs
from geocontracts.records.schema import load_schema
from geocontracts.webmap import contract
from geocontracts.webmap.runs import runs_of
from geocontracts.webmap.wire import labels_of

if TYPE_CHECKING:
    from collections.abc import Sequence

# Texts of a page: any sign but halves of pairs, which readers replace.
texts = st.one_of(
    st.sampled_from(["", "Arras", "c-001", "c-2", "</script>", "a\nb", "é’œ", "\u2028", "😀", "=1+1", "0"]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
)
# Numbers that Python and a browser both hold.
whole = st.one_of(
    st.integers(-3, 300), st.integers(-(2**53), 2**53), st.sampled_from([2**33, -(2**33), 2**31])
)
euros = st.one_of(
    st.integers(0, 10**13).map(lambda cents: cents / 100),
    st.floats(0, 1e13, allow_nan=False, allow_infinity=False).map(abs),
)
_PLAIN: dict[Any, st.SearchStrategy[Any]] = {str: texts, int: whole, float: euros, bool: st.booleans()}


def of_type(hint: Any) -> st.SearchStrategy[Any]:  # noqa: PLR0911 - a case for each form
    """Return values of a type of the contract with the page, whatever is declared there."""
    if hint in _PLAIN:
        return _PLAIN[hint]
    if is_typeddict(hint):
        keys = typing.get_type_hints(hint)
        return st.fixed_dictionaries({key: of_type(value) for key, value in keys.items()})
    origin, inside = typing.get_origin(hint), typing.get_args(hint)
    if origin is Literal:
        return st.sampled_from(inside)
    if origin is list:
        return st.lists(of_type(inside[0]), max_size=4)
    if origin is tuple:
        return st.tuples(*map(of_type, inside)).map(list)
    if origin is dict:
        return st.dictionaries(of_type(inside[0]), of_type(inside[1]), max_size=3)
    if origin in (types.UnionType, typing.Union):
        return st.one_of(*(st.none() if each is type(None) else of_type(each) for each in inside))
    raise AssertionError(hint)


values: st.SearchStrategy[list[Any]] = st.one_of(
    *(
        st.lists(one, max_size=12)
        for one in (
            whole,
            euros,
            texts,
            st.booleans(),
            st.one_of(st.none(), texts),
            st.one_of(st.none(), whole, euros),
            st.lists(whole, max_size=4),
            of_type(list[contract.Fact]),
            of_type(contract.Amount),
            st.builds("{}{}".format, st.sampled_from(["c-", "", "2A"]), st.integers(0, 10**10)),
            st.one_of(whole, texts, st.booleans(), st.lists(texts, max_size=2)),
        )
    ),
    st.lists(whole, max_size=40).map(sorted),
)


@st.composite
def arcs(draw: st.DrawFn) -> Arcs:
    """Draw arcs on a small grid, so that ends meet."""
    point = st.tuples(st.integers(-3, 3), st.integers(-3, 3))
    lines = draw(st.lists(st.lists(point, min_size=2, max_size=5), min_size=1, max_size=8))
    far = draw(st.sampled_from([1, 7919, 180 * 2**15 // 3]))
    sides = st.lists(st.integers(-1, 9), min_size=len(lines), max_size=len(lines))
    x, y = (np.array([one[axis] * far for line in lines for one in line], np.int64) for axis in (0, 1))
    sizes = np.array([len(line) for line in lines], np.int64)
    return Arcs(13, sizes, np.array(draw(sides), np.int64), np.array(draw(sides), np.int64), x, y)


def _subset(draw: st.DrawFn, count: int) -> list[int]:
    return sorted(draw(st.sets(st.integers(0, count - 1), max_size=count))) if count else []


def _placed(draw: st.DrawFn, record: dict[str, Any], labels: Sequence[str], count: int) -> None:
    """Give a record places, communes and towns that there are; most often those that its places tell."""
    usual = st.sampled_from(labels) if labels else texts
    record["places"] = draw(st.lists(st.one_of(usual, usual, texts), max_size=3))
    record["communes"] = runs_of(_subset(draw, count))
    record["towns"] = _subset(draw, count)


@st.composite
def payloads(draw: st.DrawFn, drawn: Arcs) -> contract.Payload:
    """Draw a payload of the declared shape whose ranks point at something."""
    payload: dict[str, Any] = draw(of_type(contract.Payload))
    places, count = payload["places"], draw(st.integers(1, 9))
    for key, hint in typing.get_type_hints(contract.Communes).items():
        places["communes"][key] = draw(st.lists(of_type(hint.__args__[0]), min_size=count, max_size=count))
    for key, table in (
        ("epci", "epci"),
        ("arrondissement", "arrondissements"),
        ("departement", "departements"),
    ):
        rank = st.integers(-1, len(places[table]) - 1)
        places["communes"][key] = draw(st.lists(rank, min_size=count, max_size=count))
    payload["grid"] |= {"communes": count, "bits": 13, "arcs": len(drawn.sizes), "points": len(drawn.x)}
    labels = list(labels_of(typing.cast("contract.Places", places)))
    for record in payload["records"]:
        _placed(draw, record, labels, count)
    return typing.cast("contract.Payload", payload)


# Cells of a register, as people write them and as they do harm: each has a meaning that must come back.
_names = st.sampled_from(["ACV d’Arras", "Contrat « ville » ; avenant 2", "Œuvre n° 1", "a\tb", "x, y", "0"])
_harmful = st.sampled_from(
    [
        "=1+1",
        "'=1+1",
        "@SUM(A1)",
        "-1+1",
        "+33",
        "'",
        "_x0041_",
        "</td>",
        "001",
        "1e5",
        "2019",
        "vrai",
        "😀",
        "#REF!",
    ]
)
_words = st.one_of(
    _names,
    _harmful,
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"]), max_size=12),
    st.text("ab '\"=;,\n|éœ0-", max_size=8),
)
_items = st.sampled_from(
    ["Arras", "commune:62041", "02691", "Creil (60)", "epci:200033579", "Nullepart", "=Lens"]
)
_dates = st.one_of(
    st.sampled_from(["", "2019", "2019-06", "2020-02-29", "0001", "1582-10-10", "9999-12-31"]),
    st.dates().map(str),
)
_cents = st.one_of(
    st.sampled_from(["", "0", "0.00", "0.01", "0.10", "12", "1234567.89", "99999999999.99", "1e0"]),
    st.integers(0, 10**13).map(lambda cents: f"{cents // 100}.{cents % 100:02}"),
)
_counts = st.one_of(st.just(""), st.integers(0, 10**9).map(str))
_several = st.lists(st.one_of(_items, _words), max_size=3).map("; ".join)


def _cells(draw: st.DrawFn, table: str, ids: list[str]) -> dict[str, str]:
    """Draw a row of a table; the declaration says what its columns hold."""
    kinds = {"date": _dates, "amount": _cents, "integer": _counts, "list": _several, "text": _words}
    row = {
        field.name: draw(
            st.sampled_from(["", *field.choices])
            if field.choices
            else st.one_of(st.just(""), kinds[field.kind])
        )
        for field in load_schema()[table].fields
        if field.kind in kinds
    }
    if "territories" in row:
        row["territories"] = "; ".join(draw(st.lists(_items, max_size=3, unique=True)))
    if "counted_in" in row:
        row["counted_in"] = draw(st.sampled_from(["", "", *ids]))
    return row | {
        "source": "doc",
        "title": draw(_words),
        "programme": draw(st.sampled_from(["acv", "pvd", "acv", "Un autre"])),
    }


@st.composite
def registers(draw: st.DrawFn) -> dict[str, list[dict[str, str]]]:
    """Draw the tables of a register as text: contracts, and a few missions and operations."""
    ids: list[str] = []
    tables: dict[str, list[dict[str, str]]] = {}
    for table, least, most in (("contracts", 1, 6), ("missions", 0, 1), ("operations", 0, 2)):
        rows = []
        for _ in range(draw(st.integers(least, most))):
            row = _cells(draw, table, ids)
            row["id"] = f"{draw(st.sampled_from(['c', 'x-', '2019-']))}{len(ids)}"
            ids.append(row["id"])
            rows.append(row)
        tables[table] = rows
    tables["sources"] = [{"id": "doc", "title": "Une liste", "publisher": "DDT"}]
    return tables
