"""The join tells what was found beside what the source states; unknown stays unknown."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from geocontracts.perimeters.join import join
from geocontracts.places.gazetteer import Gazetteer
from geocontracts.records.read import read_register
from tests.conftest import CONTRACTS_HEAD, ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

BOUNDARIES = ROOT / "data" / "boundaries"
STATED = f"{CONTRACTS_HEAD},stated_communes,stated_epci"


def row(territories: str, stated: str = ",", name: str = "a") -> str:
    return f"{name},acv,Titre,{territories},signed,doc,P,{stated}"


def lines(name: str) -> list[list[str]]:
    text = gzip.decompress((BOUNDARIES / name).read_bytes()).decode()
    return [line.split("\t") for line in text.splitlines()]


def people(code: str) -> int:
    header, *places = lines("places.tsv.gz")
    level, number, count = (header.index(name) for name in ("level", "code", "population"))
    return next(int(place[count]) for place in places if (place[level], place[number]) == ("commune", code))


@pytest.mark.parametrize(
    ("territories", "stated", "told"),
    [
        ("commune:62041", "1", None),
        ("epci:200033579; commune:60175", "1", "annonce 1 intercommunalités"),
        ("epci:200033579; commune:60175", "2", None),
        ("commune:62041", "3", "annonce 3 intercommunalités"),
        ("commune:62041", "", None),
        ("custom:PNR", "3", None),
    ],
)
def test_a_number_of_epci_that_differs_is_told(
    with_contracts: Callable[..., Path], territories: str, stated: str, told: str | None
) -> None:
    table = join(read_register(with_contracts(row(territories, f",{stated}"), head=STATED)))
    remarks = table.loc["a", "remarks"]
    assert [told in remark for remark in remarks] == ([True] if told else [])
    assert all("relèvent aujourd’hui de" in remark for remark in remarks)


@pytest.mark.parametrize(
    ("territories", "stated", "difference"),
    [
        ("commune:62041", "", None),
        ("commune:62041", "1", 0),
        ("commune:62041; Creil", "1", 1),
        ("commune:62041; Creil", "5", -3),
        ("commune:62041", "0", 1),
        ("Sossons", "5", None),
    ],
)
def test_the_difference_is_found_less_stated_or_unknown(
    with_contracts: Callable[..., Path], territories: str, stated: str, difference: int | None
) -> None:
    told = join(read_register(with_contracts(row(territories, f"{stated},"), head=STATED))).loc["a"]
    assert (None if pd.isna(told["difference"]) else told["difference"]) == difference
    assert (None if pd.isna(told["stated_communes"]) else told["stated_communes"]) == (
        int(stated) if stated else None
    )


@pytest.mark.parametrize(
    ("territories", "members"),
    [
        ("Denain; Creil", ["59172", "60175"]),
        ("Denain; commune:59172", ["59172"]),
        ("Denain; commune:55050", ["59172", "55050"]),
        ("commune:55050", ["55050"]),
    ],
)
def test_people_are_the_sum_of_the_communes(
    with_contracts: Callable[..., Path], territories: str, members: list[str]
) -> None:
    table = join(read_register(with_contracts(row(territories), head=STATED)))
    assert table.loc["a", "population"] == sum(people(code) for code in members)
    assert sorted(table.loc["a", "codes"]) == sorted(members)


def test_a_village_without_people_is_counted_and_is_not_unknown() -> None:
    assert people("55050") == 0, "Bezonvaux, destroyed in 1916"


def test_one_commune_that_is_not_counted_makes_the_sum_unknown(
    with_contracts: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    places = lines("places.tsv.gz")
    level, code, count = (places[0].index(name) for name in ("level", "code", "population"))
    denain = next(place for place in places if (place[level], place[code]) == ("commune", "59172"))
    denain[count] = ""
    altered = Gazetteer(places, lines("history.tsv.gz"))
    monkeypatch.setattr("geocontracts.perimeters.join.load_gazetteer", lambda: altered)
    folder = with_contracts(row("Denain; Creil"), row("Creil", name="b"), head=STATED)
    population = join(read_register(folder))["population"]
    assert pd.isna(population["a"])
    assert population["b"] == people("60175")


def test_a_record_that_is_not_placed_has_no_people_and_no_area(with_contracts: Callable[..., Path]) -> None:
    told = join(read_register(with_contracts(row("Sossons"), head=STATED))).loc["a"]
    assert (told["outcome"], told["codes"]) == ("unplaced", [])
    assert pd.isna(told["communes"])  # unknown, not none
    assert pd.isna(told["population"])
    assert pd.isna(told["area_km2"])
    assert told["geometry"] is None


def test_an_empty_register_joins_to_a_table_with_its_columns(with_contracts: Callable[..., Path]) -> None:
    filled = join(read_register())
    empty = join(read_register(with_contracts()))
    assert len(empty) == 0
    assert list(empty.columns) == list(filled.columns)
    assert empty.index.name == "id"
    assert empty.crs == "EPSG:4326"
    assert (empty["population"].dtype, empty.geometry.name) == ("Int64", "geometry")
