"""Values become columns and come back the same."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest

from geocontracts.webmap.columns import Packer
from tests.webmap.unwired import read_column


@pytest.mark.parametrize(
    ("values", "form"),
    [
        ([], {"same"}),
        (["a"], {"same"}),
        ([[], []], {"same"}),
        ([None, None], {"same"}),
        ([3, 1, 2**33 - 1, -(2**33) + 1], {"ints"}),
        ([2.0, 4, 6.0], {"ints"}),
        ([1001, 1002, 1004, 1005], {"steps"}),
        ([2**33, 1], {"list"}),
        ([0.1, 0.25], {"list"}),
        ([True, False, True], {"of", "kinds", "at"}),
        (["b", "a", "b", "b"], {"of", "kinds", "at"}),
        ([["x"], ["x"], [], []], {"of", "kinds", "at"}),
        (["a", None, "b"], {"has", "of"}),
        ([None, 1.5], {"has", "of"}),
        (["Aire", "Brède « sur » mer", ""], {"texts"}),
        (["two\nlines", "one"], {"list"}),
        (["01001", "01002", "2A004", "2A010", "10000", "00", "0", "2A0"], {"heads", "widths", "numbers"}),
        (["1234567890", "123456789", "023456789", "12"], {"heads", "widths", "numbers"}),
        (["a1", "b2", "c3"], {"texts"}),
        (["a1", "a2", "a"], {"texts"}),
        ([["a", "b"], [], ["c"]], {"sizes", "items"}),
        ([[1], ["1"], [1], ["1"]], {"of", "kinds", "at"}),
        ([{"a": 1, "b": ["x"]}, {"a": 2, "b": []}], {"keys"}),
        ([{"a": 1}, {"b": 1}], {"list"}),
        ([1, "a"], {"list"}),
        ([1, True], {"list"}),
        ([[{"payer": "state", "eur": 1.0}], [], [{"payer": "eu", "eur": 0.5}]], {"sizes", "items"}),
    ],
)  # fmt: skip
def test_a_column_holds_its_values(values: list[Any], form: set[str]) -> None:
    packer = Packer()
    packer.column(["something", "before", "it", "it"])
    column = json.loads(json.dumps(packer.column(values)))
    assert set(column) == form
    read = read_column(column, len(values), packer.block)
    assert read == values
    assert json.dumps(read).replace(".0", "") == json.dumps(values).replace(".0", "")


def test_what_repeats_is_written_once() -> None:
    packer = Packer()
    column = packer.column(["Contrat de ville", "Action cœur de ville"] * 1000)
    assert len(json.dumps(column, ensure_ascii=False)) < 100
    assert len(packer.block) == 2000


def is_below(value: float) -> bool:
    """Whether a number has a minus, also a zero."""
    return value < 0 or (value == 0 and math.copysign(1, value) < 0)


@pytest.mark.parametrize(
    ("values", "form"),
    [
        ([2**53, 2**53 + 1], "list"),
        ([2**53 + 1, 2**53 + 1], "same"),
        ([2**53, float(2**53), 2**53 + 1], "list"),
        ([0.0, -0.0], "list"),
        ([-0.0, 1.0], "list"),
        ([-0.0, -0.0], "same"),
        ([10**400, 1], "list"),
        ([-(10**400), -(10**400)], "same"),
    ],
)
def test_a_number_is_not_taken_for_one_near_it(values: list[float], form: str) -> None:
    packer = Packer()
    column = packer.column(values)
    assert set(column) == {form}
    assert packer.block == b""
    read = read_column(column, len(values), packer.block)
    assert read == values
    assert [is_below(value) for value in read] == [is_below(value) for value in values]
