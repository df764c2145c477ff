"""Communes are told apart by the piece of France in which they lie."""

from __future__ import annotations

from geocontracts.places.gazetteer import load_gazetteer
from geocontracts.places.territories import territories_of, territory_of


def numbers(*codes: str) -> list[int]:
    places = load_gazetteer()
    return [
        number
        for code in codes
        if (place := places.get("commune", code))
        for number in places.communes_of(place)
    ]


def test_the_metropole_is_first_however_few_its_communes() -> None:
    guadeloupe, lille = numbers("97101", "97105"), numbers("59350")
    found = territories_of([*guadeloupe, *lille])
    assert [(each.code, each.crs) for each in found] == [("FR", 2154), ("971", 5490)]
    assert [*found.values()] == [lille, guadeloupe]


def test_a_departement_lies_in_the_metropole_unless_it_is_a_drom() -> None:
    assert [territory_of(code).code for code in ("59", "2A", "974", None)] == ["FR", "FR", "974", "FR"]
