"""Frames: who covers what, counted as the page counts it; unknown is <NA>, and zero is told."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

import geocontracts as gc
from geocontracts.errors import UnknownOptionError, UnknownPlaceError
from geocontracts.outputs.frames.looked_at import people
from geocontracts.outputs.frames.stack import years
from geocontracts.outputs.statistics import build_statistics
from geocontracts.perimeters.perimeter import resolve_perimeters
from geocontracts.records.dates import PartialDate
from geocontracts.records.read import read_register
from geocontracts.records.register import Contract
from geocontracts.webmap.payload import MapOptions, build_content

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geocontracts.records.register import Register


@cache
def bundled() -> Register:
    return read_register()


@cache
def payload() -> Any:
    return build_content(bundled(), MapOptions()).payload


def communes(entry: dict[str, Any]) -> set[int]:
    runs = entry["communes"]
    return {n for first, many in zip(runs[::2], runs[1::2], strict=True) for n in range(first, first + many)}


def test_what_covers_denain() -> None:
    frame = gc.stack("Denain", bundled())
    contracts = frame[frame["kind"] == "contract"]
    assert list(contracts.index) == [
        "erbm",
        "ti-cambresis-douaisis-valenciennois",
        "acv2-denain",
        "pauvrete-nord",
        "pauvrete-bassin-minier-protocole",
        "pauvrete-bassin-minier-contrat",
        "fratri-avenant-2019",
        "clea-porte-du-hainaut",
        "charte-agriculture-urbanisme-nord",
        "cper-nord-pas-de-calais",
    ]
    assert Counter(frame["kind"]) == {"contract": 10, "mission": 1, "operation": 11}
    erbm = frame.loc["erbm"]
    assert (erbm["signed"], erbm["starts"], erbm["ends"]) == ("2017-03-07", "2017", "2027")
    assert (erbm["from_year"], erbm["to_year"], erbm["communes_of_record"]) == (2017, 2027, 336)
    assert (erbm["programme_name"], erbm["basis"], erbm["section"]) == (
        "Bassin minier (ERBM)",
        "stated",
        "Partie 2, ERBM",
    )
    assert frame.attrs["place"] == "commune:59172"


def test_an_amount_that_is_not_stated_is_not_zero() -> None:
    frame = gc.stack("Denain", bundled())
    assert frame.loc["erbm", "total_eur"] is pd.NA
    assert frame.loc["erbm", "amounts_are"] is pd.NA
    assert frame.loc["cper-nord-pas-de-calais", "total_eur"] == 2_165_000_000
    assert frame.loc["fratri-avenant-2019", "to_year"] is pd.NA
    assert frame["total_eur"].dtype == "Float64"
    calais = gc.stack("Calais", bundled()).loc["cdt-calaisis"]
    assert (calais["total_eur"], calais["state_eur"]) == (155_000_000, 50_000_000)
    assert calais["region_eur"] is pd.NA
    assert calais["counted_in"] == "cper-nord-pas-de-calais", "or its euros would be added twice"


def test_whole_part_and_seat() -> None:
    hainaut = gc.stack("epci:200042190", bundled())
    assert hainaut.loc["clea-porte-du-hainaut", "extent"] == "whole"
    assert tuple(hainaut.loc["acv2-denain", ["extent", "communes_covered", "communes_of_place"]]) == (
        "part",
        1,
        47,
    )
    seated = [entry["id"] for entry in payload()["records"] if entry["towns"] and not entry["communes"]]
    assert "pat-pnr-avesnois" in seated
    region = gc.stack("region:32", bundled())
    assert sorted(region.index[region["extent"] == "seat"]) == sorted(seated)
    assert region.loc["pat-pnr-avesnois", "communes_covered"] is pd.NA
    assert list(region["extent"]) == sorted(region["extent"], key=["whole", "part", "seat"].index)


def test_nothing_of_a_register_is_lost_in_its_region() -> None:
    region = gc.stack("region:32", bundled())
    elsewhere = {"mission-atelier-bassee-montois"}
    missing = {record.id for record in bundled().records()} - set(region.index) - elsewhere
    told = set(region.attrs["unplaced"])
    assert {name for name in missing if name not in bundled().operations} == told
    assert "pvd-aisne" in told


@pytest.mark.parametrize(
    ("by", "column"), [("commune", None), ("epci", "epci"), ("departement", "departement")]
)
def test_contracts_pile_up_as_on_the_page(by: Any, column: str | None) -> None:
    places = payload()["places"]
    names = (
        places["communes"]["code"]
        if column is None
        else [group["code"] for group in places[{"epci": "epci", "departement": "departements"}[column]]]
    )
    expected: Counter[str] = Counter()
    for entry in payload()["records"]:
        if entry["kind"] == "contract":
            units = (
                communes(entry)
                if column is None
                else {places["communes"][column][n] for n in communes(entry)}
            )
            expected.update(names[unit] for unit in units if unit >= 0)
    frame = gc.coverage(bundled(), by=by)
    assert list(frame.index) == sorted(names)
    assert {code: count for code, count in frame["contracts"].items() if count} == expected


def test_a_line_of_coverage_is_the_stack_of_its_place() -> None:
    frame = gc.coverage(bundled(), by="epci")
    for code in ("200042190", "200033579"):
        stack = gc.stack(f"epci:{code}", bundled())
        stack = stack[stack["extent"] != "seat"]
        kinds = Counter(stack["kind"])
        row = frame.loc[code]
        assert (row["contracts"], row["missions"], row["operations"]) == (
            kinds["contract"],
            kinds["mission"],
            kinds["operation"],
        )
        whole = (stack["kind"] == "contract") & (stack["extent"] == "whole")
        assert row["contracts_whole"] == whole.sum()
        assert set(row["programme_ids"]) == set(stack[stack["kind"] != "operation"]["programme"])
        assert row["programmes"] == len(row["programme_names"])


def test_a_territory_without_a_contract_is_listed_with_zero(with_contracts: Callable[..., Path]) -> None:
    path = with_contracts("a,acv,Arras,Arras,signed,doc,P", "b,acv,Parc,custom:Parc,signed,doc,P")
    frame = gc.coverage(path)
    assert len(frame) == 3782
    assert frame["contracts"].sum() == frame.loc["62041", "contracts"] == 1
    assert frame.loc["59172", "programme_ids"] == []
    assert frame.attrs["unplaced"] == ["b"], "nobody can say where it is, and that is told"
    levels = gc.coverage(path, by="arrondissement")
    assert tuple(levels.loc["621", ["name", "contracts", "contracts_whole"]]) == ("Arras", 1, 0)
    assert (levels["contracts"] == 0).sum() == len(levels) - 1


def test_coverage_of_one_programme() -> None:
    frame = gc.coverage(bundled(), programme="acv2", within="departement:59")
    assert len(frame) == 647
    assert list(frame[frame["contracts"] > 0]["name"]) == ["Denain"]
    assert frame.loc["59172", "programme_names"] == ["Action cœur de ville 2"]


def test_programmes_cover_as_many_communes_as_the_statistics_say() -> None:
    statistics = build_statistics(bundled(), resolve_perimeters(bundled()))
    expected = {line.group: line.communes for line in statistics.lines if line.communes}
    frame = gc.overlaps(bundled(), within=None)
    found = dict(zip(frame["programme_a"], frame["communes_a"], strict=True))
    found |= dict(zip(frame["programme_b"], frame["communes_b"], strict=True))
    assert found == expected
    once = gc.overlaps(bundled(), within=None, exclusive=True)
    assert once[once["programmes"] > 0]["communes"].sum() == statistics.total.communes


def test_pairs_and_exact_combinations_tell_the_same() -> None:
    pairs = gc.overlaps(bundled()).set_index(["programme_a", "programme_b"])
    sets = gc.overlaps(bundled(), exclusive=True)
    assert sets["communes"].sum() == 3782
    mining = pairs.loc[("engagement-bassin-minier", "conventions-pauvrete")]
    assert (mining["communes_a"], mining["communes_both"], mining["share_of_a"]) == (336, 336, 1)
    assert mining["share_of_b"] == pytest.approx(336 / 1534)  # of the communes of the conventions
    assert mining["population_both"] == 1_255_036
    for (one, other), row in pairs.iterrows():
        both = sets[[{one, other} <= set(names) for names in sets["programme_ids"]]]
        assert both["communes"].sum() == row["communes_both"]
        assert both["population"].sum() == row["population_both"]
    assert (pairs["communes_both"] == 0).any(), "a pair that shares nothing is known to"
    assert "bud" in sets.attrs["without_perimeter"]


def test_communes_that_no_programme_covers_are_a_combination_too() -> None:
    frame = gc.overlaps(bundled(), programme=["acv", "acv2"], exclusive=True)
    assert [
        (list(names), count) for names, count in zip(frame["programme_ids"], frame["communes"], strict=True)
    ] == [
        (["acv"], 4),
        (["acv2"], 4),
        (["acv", "acv2"], 1),
        ([], 3773),
    ]


def test_choices_that_do_not_exist() -> None:
    with pytest.raises(UnknownOptionError, match="“canton” is not allowed for by: commune, epci"):
        gc.coverage(bundled(), by="canton")  # type: ignore[arg-type]
    with pytest.raises(UnknownOptionError, match="“acv3” is not allowed for programme: contrat-de"):
        gc.overlaps(bundled(), programme=["acv3"])
    with pytest.raises(UnknownPlaceError, match=r"“Denin” was not found.*Near: .*Denain"):
        gc.stack("Denin", bundled())


def test_a_place_is_looked_for_in_the_territory_first() -> None:
    assert gc.stack("Saint-Quentin", bundled()).attrs["place"] == "commune:02691"
    assert gc.stack("Lyon", bundled()).empty


@pytest.mark.parametrize(
    ("dates", "status", "expected"),
    [
        ((None, None, None), "signed", (None, None)),
        (("2018-11-07", None, None), "signed", (2018, None)),
        (("2018", "2019-06", "2022"), "signed", (2019, 2022)),
        ((None, None, "2022"), "signed", (2022, 2022)),
        ((None, "2020", "2018"), "signed", (2020, None)),
        ((None, "2018", None), "ended", (2018, 2018)),
        ((None, "2018", "2020"), "planned", (None, None)),
    ],
)
def test_years_in_force_are_those_of_the_time_bar(dates: Any, status: Any, expected: Any) -> None:
    signed, starts, ends = (date and PartialDate(date) for date in dates)
    record = Contract(
        id="a", programme="p", title="A", status=status, signed_on=signed, starts_on=starts, ends_on=ends
    )
    assert years(record) == expected


def test_people_of_no_commune_are_none() -> None:
    assert people([]) == 0
