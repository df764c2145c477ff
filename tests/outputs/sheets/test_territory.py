"""What the sheet of a territory says, on the bundled register."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geocontracts.errors import UnknownPlaceError
from geocontracts.outputs.sheets.notes import Notes
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
        ("Denain", ("Toute la commune", "336 communes, par l’EPCI")),
        ("epci:200044618", ("Tout le territoire", "336 communes")),
        ("Nord", ("137 communes sur 647", "336 communes")),
        ("arrondissement:025", ("Ce territoire exactement",)),
        ("Aisne", ("2 communes sur 797 : Laon, Couvron-et-Aumencourt",)),
    ],
)
def test_how_a_contract_covers_a_place(
    maker: SheetMaker, texts: Callable[..., list[str]], place: str, expected: tuple[str, ...]
) -> None:
    said = texts(maker.territory(place), "Contrats")
    at = said.index(expected[0]) if len(expected) == 1 else said.index(expected[1]) - 1
    assert tuple(said[at : at + len(expected)]) == expected


def test_an_inferred_perimeter_is_said_to_be_so(maker: SheetMaker, texts: Callable[..., list[str]]) -> None:
    said = texts(maker.territory("Denain"), "Contrats")
    assert "Toute la commune (déduit)" in said
    assert "Déduit : périmètre que le document n’énonce pas." in said[-1]


def test_amounts_of_a_wider_contract_are_said_to_be_those_of_the_whole(
    maker: SheetMaker, texts: Callable[..., list[str]]
) -> None:
    said = texts(maker.territory("Denain"), "Contrats")
    assert "2 165 000 000 € *" in said
    assert "* : montant de l’ensemble, part d’ici inconnue." in said[-1]


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
    document = maker.territory("commune:60001")
    said = texts(document, "Sources")
    assert "Préfecture de la région Hauts-de-France · 2019 · licence non indiquée" in said
    assert any(text.endswith("Source 1, Partie 1, CPER.") for text in texts(document, "Notes"))


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
    past = "Passé : sa fin précède le document le plus récent du registre (2019)."
    assert any(past in text for text in texts(maker.territory("Denain"), "Notes"))
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
    assert [section.title for section in document.sections][:3] == [
        "Contracts",
        "Amounts, each euro counted once",
        "Missions",
    ]
    assert document.figures[1].label == (
        "contracts signed or in force according to the documents, of 2019 at the latest or without a date; "
        "of this territory alone: 1"
    )


def test_an_earlier_name_leads_to_the_place_of_today_and_says_so(maker: SheetMaker) -> None:
    document = maker.territory("Amfroipret")
    assert document.title == "L'Orée de Mormal"
    assert "Amfroipret" in document.lead[0].text
    assert maker.territory("Denain").lead == ()


def test_what_a_document_says_is_said_with_its_date(maker: SheetMaker) -> None:
    labels = [figure.label for figure in maker.territory("commune:60001").figures]
    assert labels[1] == (
        "contrats signés ou en vigueur selon les documents, de 2019 au plus tard\u00a0; "
        "propres au territoire\u00a0: 0"
    )
    assert labels[2] == "contrat prévu ou annoncé"


def test_an_end_before_the_latest_document_of_the_register_is_past(
    with_contracts: Callable[..., Path],
) -> None:
    path = with_contracts(
        "a,acv,Fini,commune:59172,signed,old,p. 1,2015,2017",
        "b,acv,En cours,commune:59172,signed,doc,p. 1,2015,2019",
        head="id,programme,title,territories,status,source,section,starts_on,ends_on",
    )
    sources = path / "sources.csv"
    head, first, *_ = sources.read_text(encoding="utf-8").split("\n")
    sources.write_text(
        "\n".join([head, first, first.replace("doc", "old", 1).replace("2019", "2016")]) + "\n", "utf-8"
    )
    sheet = gathered(SheetMaker(read_register(path)), "Denain")
    assert [each.record.id for each in sheet.contracts["past"]] == ["a"]
    assert sheet.contracts["past"][0].standing.by_date


def test_a_list_of_ones_own_is_cited_by_file_and_line(
    tmp_path: Path, texts: Callable[..., list[str]]
) -> None:
    path = tmp_path / "suivi.csv"
    path.write_text(
        "Intitulé;Dispositif;Territoires;Montant total\n"
        "Cœur de ville de Denain;Action cœur de ville;59172;8500000\n"
        "ERBM phase 2;Bassin minier;59172;\n",
        encoding="utf-8",
    )
    maker = SheetMaker(read_register(path))
    document = maker.territory("Denain")
    assert "Action cœur de ville · ligne 2" in texts(document, "Contrats")
    assert texts(document, "Sources") == [
        "Faits lus dans le fichier suivi.csv ; les lignes citées sont celles de ce fichier."
    ]
    assert maker.territory("contract:erbm phase 2").title == "ERBM phase 2"
    with pytest.raises(UnknownPlaceError) as caught:
        maker.territory("contract:erbm phase")
    assert caught.value.text("fr").endswith("ERBM phase 2 [contracts-3].")


def test_operations_without_an_amount_are_gathered_in_a_list(
    maker: SheetMaker, texts: Callable[..., list[str]]
) -> None:
    said = texts(maker.territory("Denain"), "Opérations")
    at = said.index("Plus larges que ce territoire, sans montant connu (5)")
    listed = said[at + 1 :]
    assert len(listed) == 5
    assert listed[1].startswith(
        "GISEMENT, espace numérique des écoles du bassin minier — Bassin minier (ERBM)"
    )
    assert listed[0].endswith("Source 2, Partie 1, CLEA")
    assert "–" not in said


def test_a_column_in_which_nothing_is_known_is_left_out(maker: SheetMaker) -> None:
    table, note = next(s for s in maker.territory("commune:60001").sections if s.title == "Opérations").blocks
    assert [column.label for column in table.columns] == ["Intitulé", "État et dates", "Périmètre"]
    assert note.text.startswith("Aucun montant connu.")


def test_the_same_note_is_told_once() -> None:
    notes = Notes("fr")
    assert [notes.mark(["Un"]), notes.mark(["Deux."]), notes.mark(["Un."]), notes.mark([])] == [
        "1",
        "2",
        "1",
        "",
    ]
    assert notes.section().blocks[0].items == ("Un.", "Deux.")


def test_a_contract_that_names_the_place_itself_needs_no_note_of_it(
    maker: SheetMaker, texts: Callable[..., list[str]]
) -> None:
    notes = texts(maker.territory("Denain"), "Notes")
    assert not any("Au titre de : Denain" in text for text in notes)
    assert any("Au titre de" in text for text in texts(maker.territory("Nord"), "Notes"))
