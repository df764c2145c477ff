"""Records as the page is told of them: 0 is a value, unknown is none, signs stand where they should."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from geocontracts.errors import UnknownOptionError
from geocontracts.places.area import find_area
from geocontracts.places.gazetteer import load_gazetteer
from geocontracts.records.read import read_register
from geocontracts.webmap.folium_map import ContractMap
from geocontracts.webmap.page import render_page
from geocontracts.webmap.payload import MapOptions, build_content
from tests.conftest import CONTRACTS_HEAD

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geocontracts.webmap.contract import Entry, Payload

GOOD = "a,acv,Arras,commune:62041,signed,doc,P"
OPERATION = "id,programme,title,territories,source,section"
AMOUNTS = ("total", "state", "eu", "region", "department", "unattributed")
NORD, PAS_DE_CALAIS = "departement:59", "departement:62"


def told(folder: Path, area: str = PAS_DE_CALAIS) -> Payload:
    return build_content(read_register(folder), MapOptions(area=area)).payload


def entry(folder: Path, area: str = PAS_DE_CALAIS) -> Entry:
    (record,) = told(folder, area)["records"]
    return record


def towns(payload: Payload, name: str) -> list[str]:
    record = next(each for each in payload["records"] if each["id"] == name)
    return [payload["places"]["communes"]["code"][rank] for rank in record["towns"]]


def test_what_a_register_does_not_say_is_null(with_contracts: Callable[..., Path]) -> None:
    record = entry(with_contracts("a,acv,Arras,commune:62041,,doc,P"))
    unsaid = ("status", "basis", "signed", "starts", "ends", "total")
    assert {name: record[name] for name in unsaid} == dict.fromkeys(unsaid)  # type: ignore[literal-required]
    assert (record["amounts"], record["facts"], record["remarks"]) == ([], [], [])


def test_what_a_register_says_is_told(with_contracts: Callable[..., Path]) -> None:
    head = f"{CONTRACTS_HEAD},perimeter,signed_on"
    record = entry(with_contracts("a,acv,Arras,Arras,Prévu,doc,P,stated,06/2019", head=head))
    assert (record["status"], record["basis"], record["signed"]) == ("planned", "stated", "2019-06")


def test_a_perimeter_that_is_not_placed_is_not_said_to_be_stated(with_contracts: Callable[..., Path]) -> None:
    folder = with_contracts("a,acv,T,Sossons,signed,doc,P,stated", head=f"{CONTRACTS_HEAD},perimeter")
    assert entry(folder)["basis"] == "unknown"


def test_every_payer_of_a_contract_is_told(with_contracts: Callable[..., Path]) -> None:
    head = ",".join([CONTRACTS_HEAD, *(f"amount_{payer}_eur" for payer in AMOUNTS)])
    record = entry(with_contracts(f"{GOOD},21,1,2,3,4,11", head=head))
    assert record["total"] == 21
    assert {each["payer"]: each["eur"] for each in record["amounts"]} == {
        "state": 1,
        "eu": 2,
        "region": 3,
        "department": 4,
        "unattributed": 11,
    }


def test_every_payer_of_an_operation_is_told(make_register: Callable[..., Path]) -> None:
    payers = ("state", "eu", "region", "department", "other", "unattributed")
    head = ",".join([OPERATION, "cost_total_eur", *(f"{payer}_eur" for payer in payers)])
    record = entry(make_register(operations=f"{head}\no,acv,Halle,Arras,doc,P,21,1,2,3,4,5,6\n"))
    assert record["total"] == 21
    assert {each["payer"]: each["eur"] for each in record["amounts"]} == dict(
        zip(payers, range(1, 7), strict=True)
    )


def test_nothing_is_a_value_and_is_told(with_contracts: Callable[..., Path]) -> None:
    head = f"{CONTRACTS_HEAD},amount_total_eur,amount_state_eur,stated_communes,stated_population"
    mission = "id,programme,title,operator,territories,days,source,section\nm,acv,M,Cerema,Arras,0,doc,P\n"
    contract, accompaniment = told(with_contracts(f"{GOOD},0,0,0,0", head=head, missions=mission))["records"]
    assert contract["total"] == 0
    assert contract["amounts"] == [{"payer": "state", "eur": 0}]
    assert {fact["label"]: fact["text"] for fact in contract["facts"]} == {
        "Communes annoncées": "0",
        "Population annoncée": "0",
    }
    assert {"label": "Jours", "text": "0"} in accompaniment["facts"]


@pytest.mark.parametrize(
    ("territories", "named"),
    [
        ("Denain; Valenciennes; Douai", "59172"),
        ("Valenciennes; Denain", "59606"),
        ("arrondissement:591; Maubeuge; Fourmies", "59392"),
        ("Arras; Denain", "59172"),
    ],
)
def test_an_operation_has_its_sign_in_the_first_town_that_it_names(
    make_register: Callable[..., Path], territories: str, named: str
) -> None:
    payload = told(make_register(operations=f"{OPERATION}\no,acv,Halle,{territories},doc,P\n"), NORD)
    assert towns(payload, "o") == [named]


@pytest.mark.parametrize("area", ["departement:60", "departement:80", "arrondissement:591"])
def test_an_operation_over_an_area_has_its_sign_in_the_middle(
    make_register: Callable[..., Path], area: str
) -> None:
    places = load_gazetteer()
    communes = [places.place(number) for number in find_area(area).communes]
    lon = sum(place.lon for place in communes) / len(communes)
    lat = sum(place.lat for place in communes) / len(communes)
    away = {
        place.code: math.hypot((place.lon - lon) * math.cos(math.radians(lat)), place.lat - lat)
        for place in communes
    }
    payload = told(make_register(operations=f"{OPERATION}\no,acv,Voie,{area},doc,P\n"), "region:32")
    assert towns(payload, "o") == [min(away, key=lambda code: away[code])]


def test_the_sign_of_a_custom_perimeter_stands_at_its_seat(with_contracts: Callable[..., Path]) -> None:
    payload = told(
        with_contracts(
            "a,acv,PNR,custom:PNR @ commune:59526,signed,doc,P",
            "b,acv,PNR,custom:PNR,signed,doc,P",
            "c,acv,PNR,custom:PNR @ commune:62041,signed,doc,P",
        ),
        NORD,
    )
    assert [record["draw"] for record in payload["records"]] == ["towns", "none", "none"]
    assert [towns(payload, name) for name in "abc"] == [["59526"], [], []]
    assert [record["communes"] for record in payload["records"]] == [[], [], []]


@pytest.mark.parametrize(("area", "inside"), [("region:32", 13), ("region:28", 15)])
def test_a_perimeter_partly_outside_says_how_much_of_it_is_shown(
    with_contracts: Callable[..., Path], area: str, inside: int
) -> None:
    record = entry(with_contracts("a,acv,Villes Sœurs,epci:247600588,signed,doc,P"), area)
    (remark,) = record["remarks"]
    assert remark.startswith(f"{inside} communes sur 28 sont en {find_area(area).name}")
    assert sum(record["communes"][1::2]) == inside


@pytest.mark.parametrize("area", ["france", "epci:247600588", "departement:62"])
def test_a_perimeter_inside_or_outside_altogether_says_nothing_of_the_kind(
    with_contracts: Callable[..., Path], area: str
) -> None:
    record = entry(with_contracts("a,acv,Villes Sœurs,epci:247600588,signed,doc,P"), area)
    assert [remark for remark in record["remarks"] if "communes sur" in remark] == []


def test_the_edition_is_the_date_of_the_latest_source(with_contracts: Callable[..., Path]) -> None:
    dates = ("2018", "2019-06-29", "2019")
    rows = [f"s{rank},Document,Préfecture,{date}" for rank, date in enumerate(dates)]
    sources = "\n".join(["id,title,publisher,published_on", *rows, ""])
    contracts = [f"c{rank},acv,T,Arras,signed,s{rank},P" for rank in range(len(dates))]
    programmes = "id,name,source,section\nacv,Action cœur de ville,s0,P\n"
    payload = told(with_contracts(*contracts, sources=sources, programmes=programmes))
    assert payload["edition"] == "2019-06-29"


def test_the_policy_lets_no_form_and_no_other_base_in(with_contracts: Callable[..., Path]) -> None:
    page = render_page(build_content(read_register(with_contracts(GOOD)), MapOptions(area=PAS_DE_CALAIS)))
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page.decode())
    assert policy is not None
    rules = dict(rule.split(" ", 1) for rule in policy[1].split("; "))
    assert (rules["base-uri"], rules["form-action"]) == ("'none'", "'none'")


@pytest.mark.parametrize("written", ["inf", "1e400", "-inf", "9" * 400])
def test_an_amount_that_is_no_number_is_said_and_stays_unknown(
    with_contracts: Callable[..., Path], written: str
) -> None:
    folder = with_contracts(f"{GOOD},{written}", head=f"{CONTRACTS_HEAD},amount_total_eur")
    (problem,) = read_register(folder).problems
    assert "n’est pas un montant" in problem.text("fr")
    assert entry(folder)["total"] is None


@pytest.mark.parametrize("amount", [math.inf, math.nan])
def test_an_amount_that_is_no_number_cannot_reach_the_page(
    with_contracts: Callable[..., Path], amount: float
) -> None:
    register = read_register(with_contracts(GOOD))
    contracts = {"a": replace(register.contracts["a"], amount_total_eur=amount)}
    content = build_content(replace(register, contracts=contracts), MapOptions(area=PAS_DE_CALAIS))
    with pytest.raises(ValueError, match="not JSON compliant"):
        render_page(content)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"lang": "de"}, "«\u00a0de\u00a0» n’est pas admis pour lang\u00a0: fr, en"),
        ({"lang": ""}, "n’est pas admis pour lang"),
        ({"basemap": "google"}, "«\u00a0google\u00a0» n’est pas admis pour basemap\u00a0: none, plan, osm"),
        ({"basemap": None}, "n’est pas admis pour basemap"),
    ],
)
def test_a_choice_that_does_not_exist_is_refused(options: dict[str, Any], said: str) -> None:
    with pytest.raises(UnknownOptionError) as caught:
        MapOptions(**options)
    assert said in caught.value.text("fr")


def test_the_map_of_an_empty_register_is_empty(with_contracts: Callable[..., Path]) -> None:
    register = read_register(with_contracts())
    assert len(register) == 0
    made = ContractMap(register, MapOptions(area=PAS_DE_CALAIS))
    assert made.perimeters == []
    payload = build_content(register, MapOptions(area=PAS_DE_CALAIS)).payload
    assert (payload["records"], payload["programmes"], payload["families"]) == ([], [], [])


def test_saving_takes_no_option_of_folium_s_template(
    with_contracts: Callable[..., Path], tmp_path: Path
) -> None:
    made = ContractMap(read_register(with_contracts(GOOD)), MapOptions(area=PAS_DE_CALAIS))
    with pytest.raises(TypeError, match="save\\(\\) takes no option 'title'"):
        made.save(tmp_path / "carte.html", title="Carte")
    assert not (tmp_path / "carte.html").exists()


def test_an_entry_says_where_its_amount_counts_and_who_carries_it() -> None:
    payload = build_content(read_register(), MapOptions()).payload
    entries = {entry["id"]: entry for entry in payload["records"]}
    ranks = {entry["id"]: rank for rank, entry in enumerate(payload["records"])}
    assert entries["crsd-creil-etudes"]["counted"] == ranks["crsd-creil"]
    assert entries["amiens-aquapole"]["counted"] == ranks["amiens-sport-haut-niveau"]
    assert entries["crsd-creil"]["counted"] == -1
    assert entries["mission-caue-pvd-aisne"]["operators"] == ["CAUE de l’Aisne"]
    assert entries["cper-picardie"]["operators"] == ["État", "Région Hauts-de-France"]
    assert {name for name, entry in entries.items() if entry["yearly"]} == {
        "erbm-iae-supplement",
        "erbm-iae-socle",
    }


def test_an_operation_knows_its_contract_by_rank() -> None:
    register = read_register()
    records = build_content(register, MapOptions()).payload["records"]
    named = {record["id"]: records[record["contract"]]["id"] for record in records if record["contract"] >= 0}
    assert named == {
        name: operation.contract for name, operation in register.operations.items() if operation.contract
    }
    assert named["crsd-creil-etudes"] == "crsd-creil"


def test_what_a_link_says_is_no_fact() -> None:
    records = build_content(read_register(), MapOptions()).payload["records"]
    operation = next(record for record in records if record["id"] == "crsd-creil-etudes")
    assert operation["facts"] == []


def test_a_contract_that_is_not_in_the_register_has_no_rank(make_register: Callable[..., Path]) -> None:
    head = f"{OPERATION},contract"
    assert entry(make_register(operations=f"{head}\no,acv,Halle,Arras,doc,P,nothing\n"))["contract"] == -1
