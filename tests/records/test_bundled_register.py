"""The bundled register says what the documents say: their totals, dates, amounts, and nothing else.

The figures below were taken from the documents by hand, not from the tables.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from geocontracts.bundled import data_dir
from geocontracts.perimeters.perimeter import resolve_perimeters
from geocontracts.places.gazetteer import load_gazetteer
from geocontracts.records.amounts import add_up
from geocontracts.records.read import read_register
from geocontracts.records.register import Contract

if TYPE_CHECKING:
    from geocontracts.perimeters.perimeter import Perimeter
    from geocontracts.records.register import Register

TABLES = ("programmes", "contracts", "missions", "operations", "sources")


@cache
def register() -> Register:
    return read_register()


@cache
def perimeters() -> dict[str, Perimeter]:
    return {perimeter.record.id: perimeter for perimeter in resolve_perimeters(register())}


def codes(record: str) -> set[str]:
    """Return the communes of a record, as codes."""
    return set(load_gazetteer().column("code", list(perimeters()[record].communes)))


def of(programme: str, table: str = "contracts") -> set[str]:
    """Return the ids of the rows of a programme."""
    return {record.id for record in getattr(register(), table).values() if record.programme == programme}


def cells() -> list[tuple[str, str, str, str]]:
    """Return every cell that is not empty: table, id, column, text."""
    found = []
    for table in TABLES:
        with (data_dir() / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                found += [(table, row["id"], column, text) for column, text in row.items() if text]
    return found


# ---- amounts: every euro of the documents, and no other ------------------------------------

AMOUNTS: dict[str, list[tuple[str, str, float]]] = {
    "contracts": [
        ("cdt-calaisis", "amount_total_eur", 155_000_000),
        ("cdt-calaisis", "amount_state_eur", 50_000_000),
        ("cte-arras", "amount_total_eur", 48_000_000),
        ("crsd-creil", "amount_total_eur", 10_000_000),
        ("cper-nord-pas-de-calais", "amount_total_eur", 2_165_000_000),
        ("cper-picardie", "amount_total_eur", 798_000_000),
        ("pacte-metropolitain-mel", "amount_state_eur", 11_600_000),
        ("cottri-sambre-avesnois", "amount_total_eur", 642_857),
        ("fratri-avenant-2019", "amount_total_eur", 24_000_000),
    ],
    "operations": [
        ("siilab-lille", "other_eur", 250_000),
        ("ecocite-peage-urbain", "unattributed_eur", 42_000),
        ("ecocite-audit-energetique", "unattributed_eur", 20_000),
        ("ecocite-coproprietes", "unattributed_eur", 4_000_000),
        ("nausicaa-extension", "cost_total_eur", 50_000_000),
        ("nausicaa-extension", "eu_eur", 17_000_000),
        ("nausicaa-extension", "region_eur", 24_000_000),
        ("nausicaa-extension", "department_eur", 8_000_000),
        ("initiative-lille-metropole-nord", "state_eur", 18_700),
        ("initiative-lille-metropole-sud", "state_eur", 17_500),
        ("cafe-sante-saint-pol-sur-mer", "cost_total_eur", 12_000),
        ("cafe-sante-saint-pol-sur-mer", "state_eur", 5_000),
        ("faitout-connecte", "cost_total_eur", 750_000),
        ("faitout-connecte", "state_eur", 300_000),
        ("centre-sante-noyonnais", "cost_total_eur", 130_000),
        ("centre-sante-noyonnais", "state_eur", 104_000),
        ("friche-ramery-hazebrouck", "cost_total_eur", 3_755_000),
        ("friche-ramery-hazebrouck", "unattributed_eur", 160_000),
        ("centre-azincourt", "cost_total_eur", 3_186_368.61),
        ("centre-azincourt", "state_eur", 722_189),
        ("bohain-logements", "other_eur", 35_000),
        ("bohain-chef-de-projet", "other_eur", 17_000),
        ("bohain-suivi-animation", "unattributed_eur", 37_000),
        ("crsd-creil-etudes", "unattributed_eur", 410_000),
        ("cottri-sa-batiments", "cost_total_eur", 360_000),
        ("cottri-sa-etude-enr", "cost_total_eur", 60_000),
        ("cottri-sa-mobilite-rurale", "cost_total_eur", 30_000),
        ("calais-front-de-mer", "state_eur", 22_900_000),
        ("amiens-nemo-bhns", "cost_total_eur", 122_000_000),
        ("amiens-nemo-bhns", "state_eur", 13_100_000),
        ("amiens-nemo-bhns", "eu_eur", 3_300_000),
        ("amiens-sport-haut-niveau", "state_eur", 4_100_000),
        ("amiens-aquapole", "cost_total_eur", 26_000_000),
        ("amiens-aquapole", "state_eur", 1_000_000),
        ("amiens-humanites-numeriques", "state_eur", 150_000),
        ("amiens-maison-etudiant", "state_eur", 250_000),
        ("amiens-chu-sud", "cost_total_eur", 95_000_000),
        ("amiens-chu-sud", "state_eur", 40_000_000),
        ("amiens-simusante-equipements", "state_eur", 400_000),
        ("amiens-simusante-icones", "state_eur", 50_000),
        ("amiens-pole-services-publics", "cost_total_eur", 80_000_000),
        ("amiens-pole-services-publics", "state_eur", 80_000_000),
        ("amiens-hotel-police-etudes", "state_eur", 150_000),
        ("amiens-hotel-police", "cost_total_eur", 30_000_000),
        ("amiens-hotel-police", "state_eur", 30_000_000),
        ("erbm-cites-minieres", "cost_total_eur", 1_500_000_000),
        ("erbm-cites-minieres", "state_eur", 100_000_000),
        ("erbm-cites-minieres", "region_eur", 30_000_000),
        ("erbm-cites-minieres", "other_eur", 70_000_000),
        ("erbm-equipements-sportifs", "unattributed_eur", 6_000_000),
        ("erbm-iae-supplement", "state_eur", 4_500_000),
        ("erbm-iae-socle", "unattributed_eur", 32_000_000),
        ("erbm-pec-2018", "unattributed_eur", 1_000_000),
        ("sat-infrastructures-routieres", "unattributed_eur", 60_000_000),
    ],
}

# What is told of a whole scheme, mostly for France, stands in its stated figures.
OF_PROGRAMMES = {
    "cper": [2_962_000_000],
    "pia": [57_000_000_000],
    "gpi": [57_000_000_000],
    "fratri": [24_000_000],
    "territoires-industrie": [1_300_000_000],
    "conventions-pauvrete": [135_000_000, 210_000_000],
    "banque-des-territoires": [20_000_000_000, 100_000_000],
    "engagement-bassin-minier": [10_000_000],
}


@pytest.mark.parametrize("table", AMOUNTS)
def test_each_amount_of_the_documents_stands_in_its_row_and_no_other_does(table: str) -> None:
    found = [
        (record, column, float(text))
        for name, record, column, text in cells()
        if name == table and column.endswith("_eur")
    ]
    assert sorted(found) == sorted(AMOUNTS[table])


def test_amounts_told_of_a_whole_scheme_stand_in_its_stated_figures() -> None:
    scale = {"million": 1e6, "milliard": 1e9}
    found = {}
    for table, programme, column, text in cells():
        if (table, column) != ("programmes", "stated_figures"):
            continue
        sums = re.findall(r"([\d,]+)[\s\u00a0](million|milliard)s?(?!\s*d’habitants)", text)
        if sums:
            found[programme] = [round(float(value.replace(",", ".")) * scale[unit]) for value, unit in sums]
    assert found == OF_PROGRAMMES


def test_the_two_plans_make_their_total_but_for_a_rounding() -> None:
    plans = [register().contracts[name] for name in ("cper-nord-pas-de-calais", "cper-picardie")]
    total = add_up(register(), plans).total
    assert total == 2_963_000_000
    assert "2,962" in (register().programmes["cper"].stated_figures or "")
    assert "arrondis" in (register().programmes["cper"].remark or "")


def test_no_euro_is_counted_twice() -> None:
    """The parts that the documents tell of, or that are likely, lie inside their whole."""
    inside = {
        record.id: record.counted_in
        for record in [*register().contracts.values(), *register().operations.values()]
        if record.counted_in
    }
    assert {name: inside[name] for name in WITH_AMOUNTS} == WITH_AMOUNTS
    assert {name for name in inside if name not in WITH_AMOUNTS} == WITHOUT_AMOUNTS
    everything = add_up(register(), register().records())
    assert everything.total == 4_983_463_425.61, "by hand: the roots of the lists above, each once"
    whole = sum(value for _, column, value in AMOUNTS["contracts"] if column == "amount_total_eur")
    assert whole == 2_165e6 + 798e6 + 155e6 + 48e6 + 10e6 + 642_857 + 24e6
    contracts = add_up(register(), register().contracts.values())
    assert contracts.total == whole - 155e6 + 11.6e6, "Calais is in its plan; the metropolitan pact adds 11.6"


WITH_AMOUNTS = {
    "cdt-calaisis": "cper-nord-pas-de-calais",
    "calais-front-de-mer": "cdt-calaisis",
    "crsd-creil-etudes": "crsd-creil",
    "cottri-sa-batiments": "cottri-sambre-avesnois",
    "cottri-sa-etude-enr": "cottri-sambre-avesnois",
    "cottri-sa-mobilite-rurale": "cottri-sambre-avesnois",
    "amiens-aquapole": "amiens-sport-haut-niveau",
    "amiens-hotel-police-etudes": "amiens-hotel-police",
    "sat-infrastructures-routieres": "cper-nord-pas-de-calais",
}


WITHOUT_AMOUNTS = {
    "mel-bassins-roubaix-tourcoing",
    "mel-pistes-cyclables-lys-weppes",
    "mel-espace-agricole-lompret",
    "arras-technocentre-methanisation",
    "arras-bus-gnv",
    "arras-renovation-500",
    "arras-pdia",
    "cottri-sa-rev3-entreprises",
    "erbm-centre-aquatique-valenciennes",
    "erbm-centre-aquatique-carvin",
    "sat-rn2-deviation-avesnes",
    "sat-rn2-avesnes-maubeuge",
}


def test_amounts_of_each_year_are_kept_apart() -> None:
    yearly = {
        record.id
        for record in [*register().contracts.values(), *register().operations.values()]
        if record.amount_period == "yearly"
    }
    assert yearly == {"erbm-iae-supplement", "erbm-iae-socle"}


def test_the_same_project_told_twice_is_one_row() -> None:
    buses = [record for record in register().operations.values() if "haut niveau de service" in record.title]
    assert [(bus.state_eur, bus.eu_eur, bus.cost_total_eur) for bus in buses] == [(13.1e6, 3.3e6, 122e6)]
    loans = [record for record in register().operations.values() if "édiation bancaire" in record.title]
    assert [loan.state_eur for loan in loans] == [18_700, 17_500], "one project, two sums that are both paid"


# ---- dates -------------------------------------------------------------------------------

SIGNED = {
    "cper-nord-pas-de-calais": "2015",
    "cper-picardie": "2015",
    "cdt-calaisis": "2015-11-13",
    "ecocite-mel": "2016-09",
    "ruralite-ternois-7-vallees": "2017",
    "pacte-metropolitain-mel": "2017-02-13",
    "erbm": "2017-03-07",
    "cdt-amienois": "2017-03-16",
    "cahors-hauts-de-france": "2018-06-29",
    "acv-abbeville": "2018-09-28",
    "cte-arras": "2018-10-11",
    "pacte-sat": "2018-11-07",
    "ctes-sambre-avesnois": "2018-11-07",
    "pauvrete-bassin-minier-protocole": "2018-11-09",
    "pauvrete-nord": "2018-12-18",
    "pauvrete-pas-de-calais": "2018-12-18",
    "fratri-avenant-2019": "2019-05-23",
    "cottri-sambre-avesnois": "2019-05-29",
}


def test_a_signature_is_dated_only_where_the_text_says_so() -> None:
    found = {
        contract.id: str(contract.signed_on)
        for contract in register().contracts.values()
        if contract.signed_on
    }
    assert found == SIGNED


def test_launches_visits_and_seminars_are_no_signatures() -> None:
    pact = register().contracts["pacte-sat"]
    assert str(pact.signed_on) == "2018-11-07", "not the seminars of 25 January and 28 June 2019"
    assert register().contracts["charte-agriculture-urbanisme-nord"].signed_on is None
    assert all(register().contracts[name].signed_on is None for name in of("territoires-industrie"))
    assert all(register().contracts[name].signed_on is None for name in of("crsd"))


def test_what_the_document_of_2019_announces_is_planned() -> None:
    planned = {record.id for record in register().records() if record.status == "planned"}
    assert planned == {
        "charte-agriculture-urbanisme-nord",
        "pauvrete-bassin-minier-contrat",
        "ecocite-coproprietes",
        "mel-pistes-cyclables-lys-weppes",
        "mel-espace-agricole-lompret",
        "arleux-halle",
        "guise-logements",
        "saint-quentin-terrasses-basilique",
        "cottri-sa-batiments",
        "cottri-sa-rev3-entreprises",
        "amiens-roissy-picardie",
        "amiens-campus-energie",
        "amiens-pole-services-publics",
        "amiens-hotel-police",
        "erbm-micro-lycee-lievin",
        "sat-rn2-deviation-avesnes",
        "sat-rn2-avesnes-maubeuge",
        "sat-rn2-laon-maubeuge",
        "sat-musiques-aulnoye",
        "sat-code-de-la-route",
        "sat-maison-etat-avesnes",
    }
    ended = [record for record in register().records() if record.status == "ended" and record.ends_on]
    for record in ended:
        late = record.source == "etat-d-avenir-3" and record.ends_on and record.ends_on.last().year > 2019
        assert not late, record.id


def test_every_date_is_in_order() -> None:
    for record in register().records():
        start, end, signed = record.starts_on, record.ends_on, getattr(record, "signed_on", None)
        assert not (start and end) or start.first() <= end.last(), record.id
        assert not (signed and end) or signed.first() <= end.last(), record.id


# ---- who and where -------------------------------------------------------------------------


def test_rows() -> None:
    found = {name: len(getattr(register(), name)) for name in TABLES}
    assert found == {"programmes": 60, "contracts": 70, "missions": 4, "operations": 101, "sources": 5}


def test_it_is_clean_and_every_reference_and_code_holds() -> None:
    assert register().problems == ()
    for perimeter in perimeters().values():
        for item in perimeter.placements:
            assert item.status in ("placed", "custom"), (perimeter.record.id, item.written)
            assert item.status == "custom" or item.place, perimeter.record.id


def test_counts_add_up() -> None:
    outcomes = Counter(perimeter.outcome for perimeter in perimeters().values())
    assert outcomes == {"placed": 156, "remark": 2, "unplaced": 17}


def test_members_that_are_counted_and_not_named_are_not_drawn() -> None:
    for name in (
        "cahors-hauts-de-france",
        "cottri-hauts-de-france",
        "pvd-aisne",
        "mission-caue-pvd-aisne",
        "participation-citoyenne-hdf",
        "bud-bassin-minier",
        "pat-hauts-de-france",
    ):
        assert codes(name) == set(), name
        assert perimeters()[name].basis == "unknown"
    stated = {
        name: register().contracts[name].stated_communes for name in of("bud") | of("participation-citoyenne")
    }
    assert stated == {"bud-bassin-minier": 150 + 9, "participation-citoyenne-hdf": 1500}
    assert register().contracts["pvd-aisne"].stated_communes == 25
    assert "23 collectivités" in register().contracts["cahors-hauts-de-france"].title
    assert "13 collectivités" in register().contracts["cottri-hauts-de-france"].title


def test_the_thirteen_territories_of_industry() -> None:
    found = of("territoires-industrie")
    assert len(found) == 13
    assert all(perimeters()[name].basis == "inferred" for name in found)
    assert {"80021", "80016", "80523"} <= codes("ti-amiens-albert-meaulte"), "Amiens, Albert, Méaulte"
    assert {"60684"} <= codes("ti-villers-saint-paul")
    assert {"76076", "80063"} & codes("ti-vallee-bresle-somme"), "it reaches into Normandie"


def test_five_defence_sites() -> None:
    assert {name: codes(name) for name in of("crsd")} == {
        "crsd-arras": {"62041"},
        "crsd-cambrai": {"59122"},
        "crsd-laon-couvron": {"02408", "02231"},
        "crsd-noyon": {"60471"},
        "crsd-creil": {"60175"},
    }


def test_towns_of_both_programmes_for_town_centres() -> None:
    towns = {
        "80001": "Abbeville",
        "59178": "Douai",
        "02691": "Saint-Quentin",
        "62160": "Boulogne",
        "62193": "Calais",
    }
    assert {code for name in of("acv") for code in codes(name)} == set(towns)
    assert {code for name in of("acv2") for code in codes(name)} == {
        "62041",
        "60175",
        "59172",
        "02691",
        "02722",
    }


def test_two_contracts_of_ecological_transition() -> None:
    assert of("cte") == {"cte-arras", "ctes-sambre-avesnois"}
    assert len(codes("cte-arras")) == 46


def test_four_development_contracts() -> None:
    four = [register().contracts[name] for name in ("cdt-calaisis", "cdt-amienois", "erbm", "pacte-sat")]
    assert all(contract.status == "signed" for contract in four)
    assert [len(contract.axes) for contract in four] == [3, 9, 4, 3]
    assert four[0].amount_total_eur == 155e6
    assert (four[2].stated_epci, four[2].stated_communes, four[2].stated_population) == (8, 250, 1_200_000)
    assert (four[3].stated_epci, four[3].stated_communes, four[3].stated_population) == (8, 311, 305_000)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("erbm", "La source annonce 250 communes\u00a0; le périmètre d’aujourd’hui en compte 336."),
        ("pacte-sat", "Amfroipret, Bermeries → L'Orée de Mormal (2025)"),
    ],
)
def test_what_differs_from_today_is_said(name: str, said: str) -> None:
    assert said in " ".join(remark.text("fr") for remark in perimeters()[name].remarks)


def test_merged_renamed_and_associated_places() -> None:
    assert codes("cafe-sante-saint-pol-sur-mer") == {"59183"}, "an associated commune of Dunkerque"
    assert "Saint-Pol-sur-Mer" in register().operations["cafe-sante-saint-pol-sur-mer"].title
    assert len(codes("cdt-calaisis")) == 14
    assert "10 communes en 2019" in (register().contracts["cdt-calaisis"].remark or "")
    assert "59295" in codes("ruralite-flandre-interieure"), "Hazebrouck, now in the CA Cœur de Flandre"
    assert {"62069", "62767"} <= codes("ruralite-ternois-7-vallees"), "Azincourt, Saint-Pol-sur-Ternoise"


def test_a_place_outside_the_region_is_placed_and_said_to_be_outside() -> None:
    assert len(codes("mission-atelier-bassee-montois")) == 42
    assert {code[:2] for code in codes("mission-atelier-bassee-montois")} == {"77"}
    assert "Hors des Hauts-de-France" in (register().missions["mission-atelier-bassee-montois"].remark or "")


def test_labels_that_no_code_describes_have_a_seat_or_none() -> None:
    seats = {name: perimeter.seats[0].name for name, perimeter in perimeters().items() if perimeter.seats}
    assert seats == {
        "pat-pnr-scarpe-escaut": "Saint-Amand-les-Eaux",
        "pat-pnr-avesnois": "Maroilles",
        "europe-val-joly": "Eppe-Sauvage",
        "food-troc": "Saint-Amand-les-Eaux",
        "pat-jeu-avesnois": "Maroilles",
        "erbm-miscanthus-metaleurop": "Noyelles-Godault",
    }


def test_missions() -> None:
    missions = register().missions
    cohort = missions["mission-nature-en-ville-hdf"]
    assert codes(cohort.id) == {"62041", "60175", "59172", "02691", "02722"}
    assert (cohort.days, str(cohort.starts_on), str(cohort.ends_on)) == (38, "2024-10", "2025-05")
    soissons = missions["mission-resilience-soissons"]
    assert (soissons.days, str(soissons.starts_on), str(soissons.ends_on)) == (20, "2024-06", "2025-10")
    assert "Boussole de la résilience" in soissons.tools
    caue = missions["mission-caue-pvd-aisne"]
    assert (caue.days, caue.partners, str(caue.starts_on), str(caue.ends_on)) == (
        None,
        ("DDT de l’Aisne",),
        "2021-06",
        "2023-06",
    )


def test_what_stands_under_know_more_is_a_link_and_no_tool() -> None:
    for mission in register().missions.values():
        assert not set(mission.links) & set(mission.tools), mission.id
    links = register().missions["mission-nature-en-ville-hdf"].links
    assert {"Cerema Doc", "Expertises territoires", "UrbanSIMUL"} <= set(links)


# ---- every row -------------------------------------------------------------------------------


def test_every_row_names_its_source_and_its_passage_and_has_our_summary() -> None:
    for programme in register().programmes.values():
        assert programme.source in register().sources, programme.id
        assert programme.section, programme.id
        assert programme.summary, programme.id
        assert programme.family, programme.id
        assert programme.level, programme.id
        assert programme.mention, programme.id
    for record in register().records():
        assert record.source in register().sources, record.id
        assert record.section, record.id
        assert record.summary, record.id
        assert record.status, record.id
        assert record.perimeter, record.id


def test_an_inferred_or_unknown_perimeter_gives_its_reason() -> None:
    for record in register().records():
        if record.perimeter == "inferred":
            assert record.remark, record.id
        has_label = all(item.startswith(("custom:", "contract:")) for item in record.territories)
        assert (record.perimeter == "unknown") <= has_label, record.id


def test_a_scheme_mentioned_in_passing_has_no_contract() -> None:
    passing = {name for name, programme in register().programmes.items() if programme.mention == "passing"}
    assert len(passing) == 17
    assert not passing & {contract.programme for contract in register().contracts.values()}


def test_every_operation_of_a_contract_is_in_the_programme_of_its_contract_or_one_of_its_means() -> None:
    """FISAC, CNDS, IAE... pay for operations of a development contract."""
    others = {
        operation.programme
        for operation in register().operations.values()
        if operation.contract and register().contracts[operation.contract].programme != operation.programme
    }
    assert others == {
        "fisac",
        "cnds",
        "iae",
        "pec",
        "m3t",
        "campus-metiers-qualifications",
        "emplois-francs",
        "contrats-emploi-confiance",
        "maison-de-l-etat",
    }


def test_each_fact_is_the_one_that_was_read() -> None:
    """Places, bases, states, dates, signatories and passages, as two readers checked them.

    A row that changes for a reason changes here too: the list is what keeps a slip of the hand from passing.
    """
    read = (Path(__file__).parent / "facts.txt").read_text(encoding="utf-8").splitlines()
    rows: dict[str, dict[str, str]] = {}
    for table, record, column, text in cells():
        rows.setdefault(f"{table}/{record}", {})[column] = text
    facts = {
        line.split(" | ")[0]: dict(fact.split("=", 1) for fact in line.split(" | ")[1:]) for line in read
    }
    assert facts.keys() == {name for name in rows if not name.startswith("sources/")}
    for name, fact in facts.items():
        columns = FACTS[name.split("/")[0]].split()
        assert {column: text for column, text in rows[name].items() if column in columns} == fact, name


FACTS = {
    "contracts": "programme territories perimeter status starts_on ends_on counted_in source"
    " section stated_epci signatories axes",
    "missions": "programme territories perimeter status starts_on ends_on source section operator"
    " partners tools",
    "operations": "contract programme territories perimeter status starts_on ends_on counted_in source"
    " section",
    "programmes": "name family level mention starts_on ends_on operator stated_figures source section",
}


# ---- what must not be there ------------------------------------------------------------------

# The people whom the documents name, as hashes, so that they are not named here either.
PEOPLE = {
    "017e7cfd18ac",
    "02ff889b2757",
    "038f709c848e",
    "10fe436f60f5",
    "1abd75feadb1",
    "287782ef4235",
    "3c88ad053143",
    "406338d33245",
    "41235536750d",
    "5057cf18ab03",
    "50aa43990756",
    "5e25956e8777",
    "633e82d90939",
    "660845269ade",
    "7a7470aca1b8",
    "7da998710af4",
    "86e2491c5c98",
    "86ec88a8d6e7",
    "937f98ef1140",
    "94c1ca578655",
    "a72d9d61e5b6",
    "b513fd92ef53",
    "bcc7c0c85c6d",
    "bff7a4bf43f6",
    "c3f043501ac2",
    "d9940e6f6f84",
    "e3bc4ae55d9c",
    "e3bfeda10a02",
    "f2b44b912071",
    "f314a8c3a930",
}


def test_no_address_no_number_no_person() -> None:
    for table, record, column, text in cells():
        where = (table, record, column)
        allowed = re.sub(r"^custom:[^@]+ @ commune:\d{5}$|\bE-cathédr@le\b", "", text)
        assert "@" not in allowed, where
        assert not re.search(r"\b0[1-9](?:[ .\u00a0\u202f-]?\d\d){4}\b|\+33|\b0033", text), where
        for word in re.findall(r"\w+", text.lower()):
            assert hashlib.sha256(word.encode()).hexdigest()[:12] not in PEOPLE, where


def test_typography() -> None:
    for table, record, column, text in cells():
        if column in ("territories", "links", "section", "url", "id"):
            continue
        where = (table, record, column, text)
        assert "'" not in text, where
        assert not re.search(r" [:?!»%€]|« |\d \d{3}\b|  |\s$", text), where
        assert column in ("summary", "remark") or ";" not in text or re.search(r";[ ]\S", text), where


@pytest.mark.parametrize("column", ["summary", "remark"])
def test_sentences_end(column: str) -> None:
    for table, record, name, text in cells():
        if name == column:
            assert text.endswith((".", "»", "!")), (table, record, text)


def test_a_contract_with_stated_members_is_a_contract() -> None:
    counted: list[Any] = [
        record for record in register().records() if getattr(record, "stated_communes", None)
    ]
    assert all(isinstance(record, Contract) for record in counted)
    assert {record.id for record in counted} == {
        "erbm",
        "pacte-sat",
        "bud-bassin-minier",
        "participation-citoyenne-hdf",
        "pvd-aisne",
    }
