"""What is proposed for a short form: names that begin so, initials, EPCI about a town; never accepted."""

from __future__ import annotations

from itertools import pairwise

import pytest

from geocontracts.places.area import find_area
from geocontracts.places.match import resolve

HDF = find_area().place


def proposals(written: str) -> list[str]:
    match = resolve(written, within=HDF)
    assert (match.status, match.place) == ("unknown", None)
    return [candidate.place.name for candidate in match.candidates]


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Le Touquet", ["Le Touquet-Paris-Plage"]),
        ("Paris-Plage", ["Le Touquet-Paris-Plage"]),
        ("Hénin", ["Hénin-Beaumont", "Hénin-sur-Cojeul"]),
        ("Bruay", ["Bruay-la-Buissière", "Bruay-sur-l'Escaut"]),
        ("Aulnoye", ["Aulnoye-Aymeries"]),
        ("Le Cateau", ["Le Cateau-Cambrésis"]),
        ("Saint-Pol", ["Saint-Pol-sur-Ternoise", "Dunkerque", "Saint-Pol-de-Léon"]),  # with Saint-Pol-sur-Mer
        ("CA du Soissonnais", ["CA GrandSoissons Agglomération"]),
        ("Métropole de Lille", ["Métropole Européenne de Lille"]),
        ("CA Douai", ["CA Douaisis Agglo"]),
        ("CU de Dunkerque Grand Littoral", ["CU de Dunkerque"]),
        ("PETR du Pays du Ternois", ["CC du Ternois"]),
    ],
)
def test_names_that_begin_so_or_hold_the_words_come_first(written: str, names: list[str]) -> None:
    assert proposals(written)[: len(names)] == names


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("MEL", "Métropole Européenne de Lille"),
        ("M.E.L.", "Métropole Européenne de Lille"),
        ("CAPSO", "CA du Pays de Saint-Omer"),
        ("CCFI", "CA Coeur de Flandre"),  # CC de Flandre Intérieure until 2023
        ("CAPH", "CA de la Porte du Hainaut"),
        ("CINOR", "CA Intercommunale du Nord de la Réunion (CINOR)"),
    ],
)
def test_initials_are_proposed_alone(written: str, name: str) -> None:
    assert proposals(written) == [name]


def test_the_epci_of_a_town_is_proposed() -> None:
    assert "CC Coeur de l'Avesnois" in proposals("CC d'Avesnes-sur-Helpe")


def test_many_that_begin_alike_are_ranked_by_area_and_population() -> None:
    found = [candidate.place for candidate in resolve("Noyelles", within=HDF).candidates]
    assert len(found) == 8
    assert all(place.name.startswith("Noyelles-") and "32" in place.region for place in found)
    people = [place.population or 0 for place in found]
    assert all(more >= fewer for more, fewer in pairwise(people))


def test_a_perimeter_that_no_epci_is_about_gets_no_candidate() -> None:
    assert proposals("PETR du Pays de Nulle-Part") == []


def test_what_the_row_says_rules_out_proposals() -> None:
    match = resolve("Saint-Pol (29)")
    assert match.place is None
    assert match.candidates[0].place.name == "Saint-Pol-de-Léon"
    assert {code for each in match.candidates for code in each.place.departement} == {"29"}
