"""A village whose name begins those of far larger towns is taken, with a remark that names them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from geocontracts.places.area import find_area
from geocontracts.places.beside import Beside
from geocontracts.places.gazetteer import load_gazetteer
from geocontracts.places.match import resolve

if TYPE_CHECKING:
    from geocontracts.places.match import Match

REGION = find_area("Hauts-de-France").place


def looked_up(written: str, **beside: Any) -> Match:
    return resolve(written, within=REGION, beside=Beside(**beside))


@pytest.mark.parametrize(
    ("written", "code", "larger"),
    [
        ("Avesnes", "62062", ["59036", "59037", "62063", "59038"]),
        ("Commune d’Avesnes", "62062", ["59036", "59037", "62063", "59038"]),
        ("Saint-Amand", "62741", ["59526"]),  # -les-Eaux
        ("Douchy", "02270", ["59179"]),  # -les-Mines
    ],
)
def test_larger_towns_of_that_beginning_are_named(written: str, code: str, larger: list[str]) -> None:
    match = looked_up(written)
    assert (match.status, match.place and match.place.code) == ("remark", code)
    said = match.reason.text("fr")
    assert [said.index(f"[commune:{each}]") for each in larger] == sorted(
        said.index(f"[commune:{each}]") for each in larger
    )


@pytest.mark.parametrize(
    ("written", "beside"),
    [
        ("Avesnes", {"departement": "62"}),
        ("Avesnes", {"postcode": "62650"}),
        ("Avesnes (62)", {}),
        ("62062", {}),
        ("Lens", {}),
        ("Denain", {}),
        ("Hesdin-la-Forêt", {}),
    ],
)
def test_there_is_no_doubt_where_the_row_tells_or_no_town_is_larger(
    written: str, beside: dict[str, str]
) -> None:
    assert looked_up(written, **beside).status == "placed"


def test_few_communes_of_the_region_have_such_a_neighbour() -> None:
    communes = [each for each in load_gazetteer().of_level("commune") if "32" in each.region]
    doubtful = [each for each in communes if looked_up(each.name).reason.key == "name-begins-others"]
    assert (len(communes), len(doubtful)) == (3782, 18)


def test_the_short_name_of_an_arrondissement_is_refused_with_its_whole_name() -> None:
    match = looked_up("arrondissement d’Avesnes")
    assert [one.place.id for one in match.candidates] == ["arrondissement:591"]
    assert match.place is None
