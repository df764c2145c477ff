"""A place that is written with noise is that place or refused, never another; codes keep their zeros."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from geocontracts.places.beside import Beside
from geocontracts.places.gazetteer import load_gazetteer
from geocontracts.places.match import resolve
from tests.budget import examples

if TYPE_CHECKING:
    from collections.abc import Callable

    from geocontracts.places.gazetteer import Level, Place

pytestmark = pytest.mark.thorough  # with every check in CI: the default run is kept short

_ARTICLES = ("Le ", "La ", "Les ", "L'")


@cache
def of_level(level: Level) -> list[Place]:
    """Return the places of a level, in the whole country."""
    gazetteer = load_gazetteer()
    every = (gazetteer.place(number) for number in range(len(gazetteer)))
    return [place for place in every if place.level == level]


def _unaccented(name: str) -> str:
    plain = unicodedata.normalize("NFD", name.replace("œ", "oe").replace("Œ", "OE"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _article_behind(name: str) -> str:
    article = next((each for each in _ARTICLES if name.startswith(each)), None)
    return f"{name.removeprefix(article)} ({article.strip()})" if article else name


NOISES: dict[str, Callable[[str], str]] = {
    "capitals": str.upper,
    "small letters": str.lower,
    "no accents": _unaccented,
    "accents apart": lambda name: unicodedata.normalize("NFD", name),
    "spaces for hyphens": lambda name: name.replace("-", " "),
    "hyphens for spaces": lambda name: name.replace(" ", "-"),
    "long hyphens": lambda name: name.replace("-", "\u2011"),
    "spaces around hyphens": lambda name: name.replace("-", " - "),
    "the other apostrophe": lambda name: name.replace("'", "’"),
    "article behind": _article_behind,
    "St": lambda name: name.replace("Sainte-", "Ste-").replace("Saint-", "St-"),
    "s/": lambda name: name.replace("-sur-", " s/"),
    "spaces": lambda name: f"\u00a0 {name.replace(' ', '  ')}\u202f",
    "line end": lambda name: name.replace("-", "-\n", 1),
    "signs that do not show": lambda name: "\ufeff" + "\u200b".join((name[:2], name[2:])),
    "quotes": lambda name: f"« {name} »",
}
noises = st.lists(st.sampled_from(sorted(NOISES)), max_size=4, unique=True)


def noisy(name: str, kinds: list[str]) -> str:
    """Return a name with these kinds of noise, one after the other."""
    for kind in kinds:
        name = NOISES[kind](name)
    return name


def area_of(place: Place) -> Place:
    """Return the département of a commune."""
    found = load_gazetteer().get("departement", place.departement[0])
    assert found
    return found


@examples(60)
@given(rank=st.integers(0, 34_900), kinds=noises, data=st.data())
def test_a_commune_written_with_noise_is_itself_or_refused(
    rank: int, kinds: list[str], data: st.DataObject
) -> None:
    communes = of_level("commune")
    commune = communes[rank % len(communes)]
    departement = area_of(commune)
    written = noisy(commune.name, kinds)
    asked = data.draw(st.sampled_from(["code", "name", "brackets", "after a comma", "within", "postcode"]))
    ways = {
        "code": lambda: resolve(written, beside=Beside(departement=departement.code)),
        "name": lambda: resolve(written, beside=Beside(departement=departement.name)),
        "brackets": lambda: resolve(f"{written} ({departement.code})"),
        "after a comma": lambda: resolve(f"{written}, {departement.name}"),
        "within": lambda: resolve(written, within=departement),
        "postcode": lambda: resolve(f"{(commune.postcodes or ('00000',))[0]} {written}"),
    }
    found = ways[asked]().place
    assert found is None or found == commune or found.level != "commune", (written, asked, found)


@examples(60)
@given(rank=st.integers(0, 34_900), kind=st.sampled_from(sorted(NOISES)))
def test_one_kind_of_noise_alone_hides_no_commune(rank: int, kind: str) -> None:
    communes = of_level("commune")
    commune = communes[rank % len(communes)]
    match = resolve(noisy(commune.name, [kind]), beside=Beside("commune", departement=commune.departement[0]))
    assert match.place == commune or (match.place is None and match.status == "ambiguous"), (
        commune,
        match.reason.text(),
    )


@examples(60)
@given(rank=st.integers(0, 34_900), spot=st.integers(1, 40), letter=st.sampled_from("abcdeilmnorstuvz"))
def test_a_slip_of_the_hand_is_never_accepted_as_another_name(rank: int, spot: int, letter: str) -> None:
    communes = of_level("commune")
    commune = communes[rank % len(communes)]
    name = commune.name
    assume(spot < len(name) and name[spot].isalpha() and name[spot].lower() != letter)
    slip = name[:spot] + letter + name[spot + 1 :]
    match = resolve(slip, beside=Beside("commune", departement=commune.departement[0]))
    if match.place is not None:  # the slip makes a name that another commune bears, or bore
        gazetteer = load_gazetteer()
        assert match.place == commune or gazetteer.knows(_key(slip), ("commune",)), (slip, match.place)
    assert all(one.place.level == "commune" for one in match.candidates)


def _key(name: str) -> str:
    from geocontracts.places.names import normalise_name

    return normalise_name(name)


@pytest.mark.parametrize("level", ["commune", "epci", "arrondissement", "departement", "region"])
@examples(15)
@given(rank=st.integers(0, 34_900), data=st.data())
def test_a_code_is_that_place_and_keeps_its_zeros(level: Level, rank: int, data: st.DataObject) -> None:
    places = of_level(level)
    place = places[rank % len(places)]
    assert resolve(f"{level}:{place.code}").place == place
    assert place.code == str(place.code).zfill({"commune": 5, "epci": 9, "departement": 2}.get(level, 2))
    beside = Beside(level=level)
    bare = resolve(place.code, beside=beside)
    assert bare.place == place
    short = place.code.lstrip("0")
    cut = resolve(
        data.draw(st.sampled_from([short, f"{short}.0", f"'{place.code}", f"{place.code}\u00a0"])),
        beside=beside,
    )
    assert cut.place is None or cut.place == place, cut.place
