"""What is known of the time of contracts: partial dates stay partial, unknown ends stay open."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from geocontracts.outputs.figures.timelines.spans import (
    Reach,
    bar_of,
    contracts_in,
    groups_of,
    published,
    reach,
)
from geocontracts.records.read import read_register
from geocontracts.webmap.payload import MapOptions, build_content

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geocontracts.webmap.contract import Payload


@cache
def payload(area: str = "region:32") -> Payload:
    return build_content(read_register(), MapOptions(area=area)).payload


def rank(name: str) -> int:
    return next(n for n, entry in enumerate(payload()["records"]) if entry["id"] == name)


def test_a_date_is_as_long_as_its_precision() -> None:
    assert reach(None) is None
    assert reach("2019") == (2019, 2020)
    assert reach("2020-02") == (2020 + 31 / 366, 2020 + 60 / 366)
    assert reach("2019-12-31") == (2019 + 364 / 365, 2020)


def entry(signed: str | None, starts: str | None, ends: str | None, status: str = "signed") -> Any:
    return {"signed": signed, "starts": starts, "ends": ends, "status": status}


def test_nothing_is_made_up_of_what_is_missing() -> None:
    assert bar_of(0, entry(None, None, None)) is None
    signed = bar_of(0, entry("2018-11-07", None, None))
    assert signed is not None
    assert signed.begins == signed.signed == reach("2018-11-07")
    assert (signed.ends, signed.certain) == (None, None)
    ended = bar_of(0, entry(None, None, "2022"))
    assert ended is not None
    assert (ended.begins, ended.ends, ended.certain) == (None, (2022, 2023), None)


def test_only_what_lies_between_the_dates_is_certain() -> None:
    bar = bar_of(0, entry("2017-03-07", "2017", "2027"))
    assert bar is not None
    assert bar.certain == Reach(2018, 2027)
    assert bar.known == Reach(2017, 2028)
    short = bar_of(0, entry(None, "2018", "2018"))
    assert short is not None
    assert short.certain is None, "both may be the same day"


def test_an_end_before_the_beginning_is_not_used_and_is_told() -> None:
    bar = bar_of(0, entry(None, "2020", "2018"))
    assert bar is not None
    assert bar.is_slip
    assert bar.ends is None
    same = bar_of(0, entry(None, "2020-05", "2020"))
    assert same is not None
    assert not same.is_slip, "later in that year"


def test_the_bundled_register_has_every_contract_once() -> None:
    everything = range(len(payload()["programmes"]))
    records, aside = contracts_in(payload(), everything)
    assert (len(records), aside) == (70, 0)
    groups = groups_of(payload(), records)
    assert [group.contracts for group in groups] == [5, 39, 21, 5]
    assert sum(len(group.bars) for group in groups) == 21
    told = [bar.record for group in groups for bar in group.bars]
    told += [record for group in groups for each in group.undated for record in each.records]
    assert sorted(told) == records
    programmes = payload()["programmes"]
    planned = {
        programmes[each.programme]["id"]: len(each.records)
        for group in groups
        for each in group.undated
        if each.is_planned
    }
    assert planned == {
        "territoires-industrie": 13,
        "conventions-pauvrete": 1,
        "charte-agriculture-urbanisme": 1,
    }
    bars = {payload()["records"][bar.record]["id"]: bar for group in groups for bar in group.bars}
    assert bars["erbm"].certain == (2018, 2027)
    assert bars["cdt-amienois"].ends is None
    assert bars["acv2-soissons"].known == (2023, 2027)


def test_an_area_has_its_own_contracts_and_says_how_many_may_be_its() -> None:
    avesnes = payload("arrondissement:591")
    records, aside = contracts_in(avesnes, range(len(avesnes["programmes"])))
    names = {avesnes["records"][record]["id"] for record in records}
    assert {"pacte-sat", "cottri-sambre-avesnois", "pat-pnr-avesnois", "pauvrete-nord"} <= names
    assert "cdt-calaisis" not in names
    assert "cahors-hauts-de-france" not in names, "nobody knows whether it is there"
    assert (len(records), aside) == (8, 7)


def test_the_line_is_the_edition_or_says_of_which_source_it_is(with_contracts: Callable[..., Path]) -> None:
    records, _ = contracts_in(payload(), range(len(payload()["programmes"])))
    line = published(payload(), records)
    assert line is not None
    assert (line.text, line.when, line.records, line.of) == ("2019", (2019, 2020), 64, 70)
    small = build_content(
        read_register(with_contracts("a,acv,Arras,Arras,signed,doc,P")), MapOptions()
    ).payload
    edition = published(small, [0])
    assert edition is not None
    assert (edition.text, edition.of) == ("2019", 0)
    undated = {**small, "edition": "", "sources": [{**small["sources"][0], "published": ""}]}
    assert published(undated, [0]) is None  # type: ignore[arg-type]


@pytest.mark.parametrize("status", ["planned", "announced"])
def test_what_is_only_planned_is_told_apart(status: str) -> None:
    bar = bar_of(0, entry(None, "2024", None, status))
    assert bar is not None
    assert bar.is_planned
