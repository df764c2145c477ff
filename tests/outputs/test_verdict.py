"""What fails a check: by default, when it is strict, and with rows that may stay without a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geocontracts.errors import UnknownOptionError
from geocontracts.outputs.report import build_report
from geocontracts.outputs.verdict import Limit, is_failing
from geocontracts.perimeters.perimeter import resolve_perimeters
from geocontracts.records.problems import Problem
from geocontracts.records.register import Contract, Register
from geocontracts.words import Message

if TYPE_CHECKING:
    from geocontracts.outputs.report import Report


def made(*places: str, cells: tuple[str, ...] = ()) -> Report:
    """Return the report of a list with one contract for each of these places."""
    contracts = {
        f"c{rank}": Contract(
            id=f"c{rank}",
            programme="acv",
            title="T",
            territories=tuple(place.split("; ")),
            file="l.csv",
            line=rank,
        )
        for rank, place in enumerate(places, start=2)
    }
    found = tuple(Problem(kind, Message("value-required"), "l.csv", 2) for kind in cells)  # type: ignore[arg-type]
    register = Register("l", (), {}, contracts, {}, {}, {}, found)
    return build_report(register, resolve_perimeters(register))


@pytest.mark.parametrize(
    ("places", "cells", "fails"),
    [
        (("Arras", "Laon"), (), (False, False, False, False)),
        (("Arras", "Saint-Pol-sur-Mer"), (), (False, True, False, True)),
        (("Arras", "custom:PNR"), (), (False, True, False, True)),
        (("Arras", "Sossons"), (), (True, True, False, False)),
        (("Arras", "Sossons", "Valencienne"), (), (True, True, True, True)),
        (("Arras", "Laon; Sossons"), (), (True, True, False, True)),
        (("Arras", "Sossons"), ("error",), (True, True, False, True)),
        (("Arras",), ("warning",), (True, True, False, True)),
        (("Arras",), ("remark",), (False, True, False, True)),
        ((), (), (False, False, False, False)),
    ],
)
def test_what_fails(places: tuple[str, ...], cells: tuple[str, ...], fails: tuple[bool, ...]) -> None:
    report, one = made(*places, cells=cells), Limit.parse("1")
    assert fails == (
        is_failing(report),
        is_failing(report, strict=True),
        is_failing(report, max_unplaced=one),
        is_failing(report, strict=True, max_unplaced=one),
    )


@pytest.mark.parametrize(
    ("written", "allowed", "refused"),
    [
        ("0", (0, 10), (1, 10)),
        ("12", (12, 20), (13, 10_000)),
        ("2%", (2, 100), (3, 100)),
        ("2,5 %", (25, 1000), (26, 1000)),
        (" 2.5% ", (1, 40), (2, 40)),
        ("33.3%", (333, 1000), (334, 1000)),
        ("0%", (0, 0), (1, 1000)),
    ],
)
def test_a_limit_is_a_number_or_a_share_and_as_many_rows_are_allowed(
    written: str, allowed: tuple[int, int], refused: tuple[int, int]
) -> None:
    limit = Limit.parse(written)
    assert limit.allows(*allowed)
    assert not limit.allows(*refused)


@pytest.mark.parametrize("written", ["", "-1", "2.5", "101%", "douze", "1e3", "5 %%", "%", "１２"])
def test_what_is_no_limit_is_refused_in_words(written: str) -> None:
    with pytest.raises(UnknownOptionError) as caught:
        Limit.parse(written)
    assert "ni un nombre de lignes" in caught.value.text("fr")
    assert "neither a number of rows" in caught.value.text("en")
