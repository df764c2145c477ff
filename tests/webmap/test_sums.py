"""The cases that the package and its page must add up alike (client/src/views/sums.test.ts)."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from geocontracts.records.amounts import PAYERS, add_up
from geocontracts.records.read import read_register

if TYPE_CHECKING:
    from collections.abc import Callable

CASES: list[dict[str, Any]] = json.loads(Path(__file__).with_name("sums.json").read_text(encoding="utf-8"))
COLUMNS = {payer: column for column, payer in PAYERS["operation"]}


def operations(records: list[dict[str, Any]]) -> str:
    """Write the records of a case as a table of operations named o0, o1..."""
    head = ["id", "programme", "title", "territories", "source", "section", "cost_total_eur"]
    head += [*COLUMNS.values(), "amount_period", "counted_in"]
    written = io.StringIO()
    table = csv.DictWriter(written, head, lineterminator="\n")
    table.writeheader()
    for rank, record in enumerate(records):
        row = {"id": f"o{rank}", "programme": "acv", "title": "T", "territories": "Arras", "source": "doc"}
        row |= {"section": "P", "cost_total_eur": record["total"]}
        row |= {COLUMNS[payer]: euros for payer, euros in record["payers"].items()}
        row["amount_period"] = "yearly" if record.get("yearly") else ""
        row["counted_in"] = f"o{record['counted']}" if record["counted"] >= 0 else ""
        table.writerow(row)
    return written.getvalue()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_package_adds_up_the_shared_cases(
    make_register: Callable[..., Path], case: dict[str, Any]
) -> None:
    register = read_register(make_register(operations=operations(case["records"])))
    chosen = [register.operations[f"o{rank}"] for rank in case.get("some", range(len(case["records"])))]
    found = add_up(register, chosen)
    assert found.total == case["total"]
    assert found.payers == case["payers"]
