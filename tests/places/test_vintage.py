"""Codes tell the vintage of their list, and a place of today knows what it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geocontracts.places.gazetteer import load_gazetteer
from geocontracts.places.vintage import YEARS, Past, codes_in, guess_vintage

if TYPE_CHECKING:
    from geocontracts.places.gazetteer import Place


def place(level: str, code: str) -> Place:
    found = load_gazetteer().get(level, code)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("codes", "years"),
    [
        (["59350", "02077"], (2019, 2020, 2021, 2022)),  # Berzy-le-Sec merged in 2023
        (["59350", "85165"], (2024, 2025, 2026)),  # L'Oie came back in 2024
        (["15031", "59350"], (2025, 2026)),
        (["27676"], (2019, 2020, 2023, 2024, 2025, 2026)),  # Les Trois Lacs had 27058 in between
        (["245900410"], (2019, 2020)),  # the SIREN of the MEL before 2020's merger
        (["200093201", "02311"], (2021, 2022, 2023, 2024)),  # today's, with Filain, which merged in 2025
        (["2077", "245900410.0"], (2019, 2020)),
        (["59350", "62041"], YEARS),
        (["Lille", "99999", "59"], ()),
        ([], ()),
    ],
)
def test_the_years_are_those_in_which_the_codes_existed_together(
    codes: list[str], years: tuple[int, ...]
) -> None:
    assert guess_vintage(codes).years == years


def test_codes_that_do_not_fit_are_named() -> None:
    guess = guess_vintage(["02077", "02311", "245900410", "85165", "59350"])
    assert (guess.first, guess.last, guess.known) == (2019, 2020, 5)
    assert guess.telling == ("02077", "02311", "245900410")
    assert guess.against == ("85165",)
    years, against = (message.text("fr") for message in guess.messages())
    assert years == "Les codes conviennent aux années 2019 à 2020."
    assert "85165" in against


def test_it_says_when_it_cannot_tell() -> None:
    for codes in (["59350"], []):
        guess = guess_vintage(codes)
        assert guess.is_open
        assert "Rien dans les codes" in guess.messages()[0].text("fr")
    mixed = guess_vintage(["02077", "85165"])
    assert "pas tous à une même suite d’années" in mixed.messages()[0].text("fr")


@pytest.mark.parametrize(
    ("level", "code", "year", "was"),
    [
        ("commune", "59350", 2019, [("59350", "Lille", True)]),
        ("commune", "02564", 2022, [("02077", "Berzy-le-Sec", True), ("02564", "Noyant-et-Aconin", True)]),
        ("commune", "02564", 2023, [("02564", "Bernoy-le-Château", True)]),
        ("commune", "85165", 2023, [("85084", "Essarts en Bocage", False)]),
        ("commune", "12218", 2021, [("12076", "Conques-en-Rouergue", True)]),
        ("epci", "200040947", 2023, [("200040947", "CC de Flandre Intérieure", True)]),
        (
            "epci",
            "200093201",
            2020,
            [
                ("245900410", "Métropole Européenne de Lille", True),
                ("245901061", "CC de la Haute Deûle", True),
            ],
        ),
        ("epci", "200096634", 2021, [("200071157", "CC des Hautes Vosges", False)]),
        ("departement", "59", 2019, [("59", "Nord", True)]),
    ],
)
def test_a_place_of_today_knows_its_codes_of_a_vintage(
    level: str, code: str, year: int, was: list[tuple[str, str, bool]]
) -> None:
    assert set(codes_in(place(level, code), year)) == {Past(*each) for each in was}


@pytest.mark.parametrize(
    ("year", "communes"), [(2019, 34_970), (2021, 34_965), (2022, 34_955), (2024, 34_935), (2026, 34_875)]
)
def test_all_places_together_give_the_communes_of_the_vintage(year: int, communes: int) -> None:
    """The numbers are those that INSEE published for 1 January."""
    places = load_gazetteer()
    found = {past.code for n in range(places.commune_count) for past in codes_in(places.place(n), year)}
    assert len(found) == communes


def test_the_epci_of_2019_are_1259_with_lyon() -> None:
    places = load_gazetteer()
    epci = [places.place(n) for n in range(len(places)) if places.place(n).level == "epci"]
    assert len({past.code for each in epci for past in codes_in(each, 2019)}) == 1259


def test_a_year_out_of_the_sources_is_refused() -> None:
    with pytest.raises(ValueError, match="vintage 2018: expected 2019 to 2026"):
        codes_in(place("commune", "59350"), 2018)
