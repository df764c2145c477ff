"""What the exports promise of each column: sums by period, what is drawn, which way rings turn."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

import pyarrow.parquet as pq
import shapely

from geocontracts.outputs.exports.sums import Sums
from geocontracts.records.read import read_register
from geocontracts.webmap.payload import MapOptions, build_content

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geocontracts.outputs.exports.write import Export
    from geocontracts.records.register import Register

OPERATIONS = (
    "id,contract,programme,title,territories,cost_total_eur,amount_period,counted_in,source,section\n"
    "chaque-annee,c,acv,Chaque année,Arras,50,yearly,c,doc,1\n"
    "une-fois,c,acv,Une fois,Arras,70,,c,doc,1\n"
)


def test_what_is_paid_each_year_is_no_part_of_what_is_paid_once(
    with_contracts: Callable[..., Path],
) -> None:
    head = "id,programme,title,territories,status,amount_total_eur,source,section"
    register = read_register(
        with_contracts("c,acv,C,Arras,signed,1000,doc,1", head=head, operations=OPERATIONS)
    )
    sums, (once, yearly) = Sums(register), ("whole", "yearly")
    told = {
        record.id: (sums.to_add(record, once), sums.to_add(record, yearly)) for record in register.records()
    }
    assert told == {"c": (1000, None), "chaque-annee": (None, 50), "une-fois": (None, None)}


def test_the_rings_turn_as_the_parquet_says(exported: Callable[[str], Export]) -> None:
    table = pq.read_table(exported(".parquet").path)
    column = json.loads(table.schema.metadata[b"geo"])["columns"]["geometry"]
    shapes = [shape for shape in shapely.from_wkb(table["geometry"].to_pylist()) if shape is not None]
    rings = [part.exterior for shape in shapes for part in shapely.get_parts(shape)]
    assert column["orientation"] == "counterclockwise"
    assert rings
    assert all(shapely.is_ccw(ring) for ring in rings)


def test_each_record_says_how_the_page_draws_it(
    exported: Callable[[str], Export], register: Register
) -> None:
    entries = build_content(register, MapOptions()).payload["records"]
    written = pq.read_table(exported(".parquet").path, columns=["id", "drawn"]).to_pylist()
    assert {row["id"]: row["drawn"] for row in written} == {entry["id"]: entry["draw"] for entry in entries}
    assert Counter(row["drawn"] for row in written)["area"] > 0
