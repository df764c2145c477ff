"""The territory that is looked at, and the one in which a register's names are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geocontracts.errors import UnknownPlaceError
from geocontracts.perimeters.perimeter import resolve_perimeters
from geocontracts.places.area import find_area, reading_area
from geocontracts.records.read import read_register

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("area", "within", "read_in"),
    [
        ("departement:59", None, "Hauts-de-France"),
        ("epci:200044048", None, "Hauts-de-France"),
        ("region:53", None, "Bretagne"),
        ("france", None, "France"),
        ("epci:247600588", None, "CC des Villes Soeurs"),  # in Normandie and in Hauts-de-France
        ("region:32", "departement:59", "Nord"),
    ],
)
def test_names_are_read_in_the_region_around_what_is_shown(
    area: str, within: str | None, read_in: str
) -> None:
    assert reading_area(find_area(area), within).name == read_in


def test_a_list_is_read_alike_whichever_part_of_the_region_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_text("Intitulé;Dispositif;Territoires\nCentre;PVD;Bailleul\n", encoding="utf-8")
    register = read_register(path)
    outcomes = {
        area: resolve_perimeters(register, within=reading_area(find_area(area)))[0].outcome
        for area in ("departement:59", "departement:80", "region:32")
    }
    assert set(outcomes.values()) == {"unplaced"}  # one stands in the Nord, one in the Somme
    asked = reading_area(find_area("region:32"), "departement:59")
    assert resolve_perimeters(register, within=asked)[0].outcome == "placed"


@pytest.mark.parametrize(
    ("written", "level"), [("Mayotte", "region"), ("Guadeloupe", "region"), ("Paris", "departement")]
)
def test_a_name_of_several_levels_with_the_same_ground_is_the_widest(written: str, level: str) -> None:
    assert find_area(written).level == level


def test_a_region_wins_over_a_village_of_its_name_and_a_code_over_both() -> None:
    assert find_area("La Réunion").code == "04"  # a commune of Lot-et-Garonne too
    assert find_area("commune:47222").level == "commune"


def test_a_name_of_several_grounds_is_asked() -> None:
    with pytest.raises(UnknownPlaceError, match=r"Saint-Denis .*\[commune:97411\]"):
        find_area("Saint-Denis")
