"""A page holds all that Python decided, though it says little of it twice."""

from __future__ import annotations

import base64
import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from geocontracts.places.gazetteer import load_gazetteer
from geocontracts.places.match import describe
from geocontracts.records.read import read_register
from geocontracts.webmap.payload import MapOptions, build_content
from geocontracts.webmap.wire import labels_of, wired
from tests.webmap.unwired import read_column, unwired

if TYPE_CHECKING:
    from geocontracts.webmap.contract import Payload

EXAMPLE = Path(__file__).parents[2] / "client" / "test" / "wired.json"


@cache
def payload(area: str) -> Payload:
    return build_content(read_register(), MapOptions(area=area)).payload


def as_read(value: object) -> Any:
    return json.loads(json.dumps(value))


@pytest.mark.parametrize("area", ["region:32", "departement:02", "Amiens", "region:04"])
def test_a_payload_comes_back_whole(area: str) -> None:
    told, block = wired(payload(area))
    assert unwired(as_read(told), block) == as_read(payload(area))


def test_the_client_s_tests_read_what_python_writes() -> None:
    """`python scripts/build_wire_example.py` renews the file."""
    example = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    told, block = wired(example["payload"])
    assert as_read(told) == example["wired"]
    assert block == base64.b64decode(example["block"])
    assert unwired(as_read(told), block) == example["payload"]


def test_labels_are_those_of_places() -> None:
    gazetteer = load_gazetteer()
    places = payload("region:32")["places"]
    labels = list(labels_of(places))
    ids = [
        *(f"commune:{code}" for code in places["communes"]["code"]),
        *(f"epci:{place['code']}" for place in places["epci"]),
        *(f"departement:{place['code']}" for place in places["departements"]),
    ]
    found = [gazetteer.get(*one.split(":")) for one in ids]
    described = [describe(place) for place in found if place]
    other = [pair for pair in zip(labels, described, strict=True) if pair[0] != pair[1]]
    assert len(other) <= 3, "an EPCI that reaches beyond the region"
    assert ("Denain (Nord)", "Denain (Nord)") in zip(labels, described, strict=True)


def test_a_record_says_its_communes_only_where_its_places_do_not() -> None:
    told, block = wired(payload("region:32"))
    records = as_read(told["records"])
    assert records["labels"], "parks and rivers have no code"
    assert sum(bool(record["communes"]) for record in payload("region:32")["records"]) > 100
    communes = read_column(records["columns"]["communes"], records["rows"], block)
    assert sum(one is not None for one in communes) < 10
