"""What the sheet of a territory says, on the bundled register."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geocontracts.errors import UnknownPlaceError
from geocontracts.outputs.sheets.place import find_territory
from geocontracts.outputs.sheets.write import SheetMaker
from geocontracts.records.read import read_register
from geocontracts.webmap.payload import MapOptions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from geocontracts.outputs.sheets.presence import Presence
    from geocontracts.outputs.sheets.territory import TerritorySheet


def gathered(maker: SheetMaker, place: str) -> TerritorySheet:
    return maker.gather(find_territory(place, maker.ledger))


def ids(presences: Iterable[Presence]) -> dict[str, str]:
    return {each.record.id: each.extent for each in presences}


def test_the_contracts_that_cover_denain(maker: SheetMaker) -> None:
    sheet = gathered(maker, "Denain")
    assert ids(sheet.contracts["in_force"]) == {
        "acv2-denain": "exact",
        "erbm": "wider",
        "clea-porte-du-hainaut": "wider",
        "cper-nord-pas-de-calais": "wider",
        "fratri-avenant-2019": "wider",
        "pauvrete-nord": "wider",
        "pauvrete-bassin-minier-protocole": "wider",
    }
    assert set(ids(sheet.contracts["to_come"])) == {
        "ti-cambresis-douaisis-valenciennois",
        "charte-agriculture-urbanisme-nord",
        "pauvrete-bassin-minier-contrat",
    }
    assert ids(sheet.missions) == {"mission-nature-en-ville-hdf": "wider"}


def test_euros_that_reach_beyond_are_never_those_of_the_place(
    maker: SheetMaker, texts: Callable[..., list[str]]
) -> None:
    sheet = gathered(maker, "Aisne")
    assert sheet.within.whole.total == 839_000
    assert sheet.within.whole.payers == {"state": 300_000, "other": 52_000, "unattributed": 487_000}
    assert sheet.beyond.whole.total == 882_000_000
    said = texts(maker.territory("Aisne"), "Montants, chaque euro compté une fois")
    assert "839 000 €" in said
    assert "882 000 000 €" in said
    assert "882 839 000 €" not in said, "the two are not to be added"
    assert any("ne sont pas la part du territoire" in text for text in said)
    assert any("Les lignes ne s’additionnent pas" in text for text in said)


def test_an_euro_counted_in_a_contract_is_counted_once(maker: SheetMaker) -> None:
    sheet = gathered(maker, "contract:cper-picardie")
    assert sheet.within.whole.total == 798_000_000
    assert sheet.beyond is None


def test_amounts_of_each_year_stay_apart(maker: SheetMaker, texts: Callable[..., list[str]]) -> None:
    sheet = gathered(maker, "contract:erbm")
    assert sheet.within.whole.total == 1_507_000_000
    assert sheet.within.yearly.total == 4_500_000
    said = texts(maker.territory("contract:erbm"), "Montants, chaque euro compté une fois")
    assert "montants de chaque année, non additionnés aux autres" in said
    assert {"1 507 000 000 €", "4 500 000 €"} <= set(said)


def test_no_amount_is_said_in_words_and_never_as_zero(
    maker: SheetMaker, texts: Callable[..., list[str]]
) -> None:
    said = texts(maker.territory("Denain"), "Montants, chaque euro compté une fois")
    assert any("le registre n’en connaît aucun montant" in text for text in said)
    assert "0 €" not in said


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("Denain", "Toute la commune, et 335 autres"),
        ("epci:200044618", "Tout le territoire, et 301 communes ailleurs"),
        ("Nord", "137 communes sur 647 et 199 ailleurs"),
        ("arrondissement:025", "Ce territoire exactement"),
        ("Aisne", "2 communes sur 797 : Laon, Couvron-et-Aumencourt"),
    ],
)
def test_how_a_contract_covers_a_place(
    maker: SheetMaker, texts: Callable[..., list[str]], place: str, expected: str
) -> None:
    said = texts(maker.territory(place), "Contrats")
    assert expected in [text.replace(" ; et", " et") for text in said]


def test_an_inferred_perimeter_is_said_to_be_so(maker: SheetMaker, texts: Callable[..., list[str]]) -> None:
    assert "Périmètre déduit, non énoncé par le document" in texts(maker.territory("Denain"), "Contrats")


def test_amounts_of_a_wider_contract_are_said_to_be_those_of_the_whole(
    maker: SheetMaker, texts: Callable[..., list[str]]
) -> None:
    said = texts(maker.territory("Denain"), "Contrats")
    at = said.index("Total : 2 165 000 000 €")
    assert said[at + 1] == "montants du contrat entier, part d’ici inconnue"


def test_where_a_commune_belongs(maker: SheetMaker) -> None:
    facts = {fact.label: fact.text for fact in maker.territory("Denain").facts}
    assert facts["Intercommunalité"] == "CA de la Porte du Hainaut"
    assert facts["Arrondissement"] == "Valenciennes"
    assert facts["Département"] == "Nord"
    assert facts["Code commune (Insee)"] == "59172"


def test_an_epci_over_two_departements_names_both_and_its_communes(
    maker: SheetMaker, texts: Callable[..., list[str]]
) -> None:
    document = maker.territory("epci:247600588")
    facts = {fact.label: fact.text for fact in document.facts}
    assert facts["Départements"] == "Seine-Maritime, Somme"
    assert "Eu" in texts(document, "Communes")[0].split(", ")


def test_what_neighbours_have_and_this_place_has_not(
    maker: SheetMaker, texts: Callable[..., list[str]]
) -> None:
    found = gathered(maker, "epci:200044618").neighbourhood
    assert [place.name for place in found.places] == [
        "CA Coeur d'Ostrevent",
        "CA d'Hénin-Carvin",
        "CA de Cambrai",
        "CA de la Porte du Hainaut",
        "CC Osartis Marquion",
        "CC Pévèle-Carembault",
    ]
    theirs = {each.programme: [place.name for place in each.having] for each in found.theirs}
    assert theirs == {
        "acv2": ["CA de la Porte du Hainaut"],
        "crsd": ["CA de Cambrai"],
        "clea": ["CA de la Porte du Hainaut"],
    }
    assert "acv" in {each.programme for each in found.ours if not each.having}
    said = texts(maker.territory("epci:200044618"), "Ce qu’ont les intercommunalités voisines")
    assert "aucun voisin ne l’a" in said
    assert any("Ne pas figurer au registre n’est pas n’avoir aucun contrat." in text for text in said)


def test_neighbours_outside_the_register_are_named_and_not_compared(
    maker: SheetMaker, texts: Callable[..., list[str]]
) -> None:
    found = gathered(maker, "commune:60001").neighbourhood
    assert [place.name for place in found.beyond] == ["Criquiers"]
    assert "Criquiers" not in {place.name for place in found.places}
    said = " ".join(texts(maker.territory("commune:60001"), "Ce qu’ont les communes voisines"))
    assert "Non comparés, car hors du territoire du registre (Hauts-de-France) : Criquiers." in said


def test_what_has_no_perimeter_is_told_and_not_lost(
    maker: SheetMaker, texts: Callable[..., list[str]]
) -> None:
    sheet = gathered(maker, "commune:60001")
    assert len(sheet.nowhere) == 17
    said = texts(maker.territory("commune:60001"), "Ce que l’on ne peut situer")[0]
    assert said.startswith("17 contrats, missions ou opérations du registre n’ont pas de périmètre connu")
    assert "Projets alimentaires (PAT) (5)" in said


def test_a_contract_with_only_its_seat_in_the_place_is_set_apart(
    maker: SheetMaker, texts: Callable[..., list[str]]
) -> None:
    sheet = gathered(maker, "contract:erbm")
    assert ids(sheet.seated) == {"pat-pnr-scarpe-escaut": "seat"}
    assert "pat-pnr-scarpe-escaut" not in {each.record.id for each in sheet.nowhere}
    said = texts(maker.territory("contract:erbm"), "Périmètres non détaillés")
    assert any("seul le siège se trouve ici" in text for text in said)


def test_a_contract_without_perimeter_has_a_sheet_without_map(maker: SheetMaker) -> None:
    document = maker.territory("contract:cahors-hauts-de-france")
    assert document.picture is None
    assert "aucune commune ne peut lui être attribuée" in document.lead[0].text


def test_sources_name_publisher_date_licence_and_passages(
    maker: SheetMaker, texts: Callable[..., list[str]]
) -> None:
    said = texts(maker.territory("commune:60001"), "Sources")
    assert "Préfecture de la région Hauts-de-France · 2019 · licence non indiquée" in said
    assert "Partie 1, CPER ; Partie 1, FRATRI ; Partie 1, Place des entreprises" in said


def test_an_end_before_the_document_makes_a_contract_past_and_says_why(
    with_contracts: Callable[..., Path], texts: Callable[..., list[str]]
) -> None:
    path = with_contracts(
        "a,acv,Fini,commune:59172,signed,doc,p. 1,2015,2017",
        "b,acv,En cours,commune:59172,signed,doc,p. 1,2015,2019",
        "c,acv,Prévu,commune:59172,planned,doc,p. 1,2015,2017",
        "d,acv,Non dit,commune:59172,,doc,p. 1,,",
        head="id,programme,title,territories,status,source,section,starts_on,ends_on",
    )
    maker = SheetMaker(read_register(path))
    sheet = gathered(maker, "Denain")
    assert {group: [each.record.id for each in found] for group, found in sheet.contracts.items()} == {
        "in_force": ["b"],
        "to_come": ["c"],
        "past": ["a"],
        "unsaid": ["d"],
    }
    figures = {each.label: each.value for each in maker.territory("Denain").figures}
    assert figures["contrat passé"] == "1"
    assert figures["contrat d’état non donné"] == "1"
    said = texts(maker.territory("Denain"), "Contrats")
    assert "Passé : sa fin précède la date du document (2019)" in said
    assert "Signé" in said  # the status of the document stays


def test_a_place_that_is_none_or_several_names_candidates(maker: SheetMaker) -> None:
    with pytest.raises(UnknownPlaceError) as caught:
        maker.territory("Abancourt")
    assert "[commune:60001]" in caught.value.text("fr")
    assert "[commune:59001]" in caught.value.text("fr")
    with pytest.raises(UnknownPlaceError) as caught:
        maker.territory("contract:erb")
    assert "erbm" in caught.value.text("fr")
    with pytest.raises(UnknownPlaceError, match="not about France"):
        maker.territory("France")


def test_a_sheet_can_be_read_in_english() -> None:
    maker = SheetMaker(read_register(None), MapOptions(lang="en"))
    document = maker.territory("Denain")
    assert [section.title for section in document.sections][:3] == ["Contracts", "Missions", "Operations"]
    assert document.figures[1].label == "contracts signed or in force; of this territory alone: 1"


def test_an_earlier_name_leads_to_the_place_of_today_and_says_so(maker: SheetMaker) -> None:
    document = maker.territory("Amfroipret")
    assert document.title == "L'Orée de Mormal"
    assert "Amfroipret" in document.lead[0].text
    assert maker.territory("Denain").lead == ()
