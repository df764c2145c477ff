"""Places as lists write them: codes with their level, brackets, kinds, and what is left open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import shapely

from geocontracts.errors import UnknownLevelError, UnknownPlaceError
from geocontracts.places.area import find_area
from geocontracts.places.beside import Beside
from geocontracts.places.boundaries import load_boundaries, unite
from geocontracts.places.gazetteer import load_gazetteer
from geocontracts.places.match import is_within, resolve

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geocontracts.places.gazetteer import Place

HDF = find_area().place


def place(written: str) -> Place:
    found = find_area(written).place
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("département:62", "departement:62"),
        ("Région : 32", "region:32"),
        ("REGION:32", "region:32"),
        ("epci:200 033 579", "epci:200033579"),
        ("200 033 579", "epci:200033579"),
        ("62 041", "commune:62041"),
        ("commune: 62 041", "commune:62041"),
        ("Creil [60]", "commune:60175"),
        ("Creil [Oise]", "commune:60175"),
        ("Ville du Portel", "commune:62667"),
        ("commune de Denain", "commune:59172"),
        ("la ville d’Arras", "commune:62041"),
        ("l’arrondissement de Vervins", "arrondissement:025"),
        ("le département de l’Aisne", "departement:02"),
        ("la région Hauts-de-France", "region:32"),
        ("la CU d’Arras", "epci:200033579"),
        ("C.U. d’Arras", "epci:200033579"),
        ("la communauté urbaine d’Arras", "epci:200033579"),
    ],
)
def test_a_place_as_a_list_writes_it(written: str, found: str) -> None:
    match = resolve(written, within=HDF)
    assert (match.status, match.place and match.place.id) == ("placed", found)


@pytest.mark.parametrize(
    ("written", "found", "words"),
    [
        (
            "commune:60054",
            "commune:60054",
            "jusqu’en 2023, ce code désignait «\u00a0Les Hauts-Talican\u00a0»",
        ),
        ("CC d'Arras", "epci:200033579", "d’une autre nature\u00a0: «\u00a0CU d'Arras\u00a0»"),
        ("Communauté d’agglomération d’Arras", "epci:200033579", "d’une autre nature"),
    ],
)
def test_what_may_be_something_else_is_placed_with_a_remark(written: str, found: str, words: str) -> None:
    match = resolve(written, within=HDF)
    assert (match.status, match.place and match.place.id) == ("remark", found)
    assert words in match.reason.text("fr")


@pytest.mark.parametrize("written", ["Montreuil", "Montreuil (62)", "Montreuil (Pas-de-Calais)"])
def test_the_name_of_a_former_commune_and_of_an_arrondissement_is_left_open(written: str) -> None:
    match = resolve(written, within=HDF)
    assert (match.status, match.place) == ("ambiguous", None)
    assert [candidate.place.id for candidate in match.candidates] == ["commune:62588", "arrondissement:624"]
    said = resolve(f"arrondissement de {written}", within=HDF)
    assert (said.status, said.place and said.place.id) == ("placed", "arrondissement:624")


@pytest.mark.parametrize(
    ("written", "departements", "first"),
    [
        ("Soissosn (02)", {"02"}, "02722"),
        ("Soissosn (Aisne)", {"02"}, "02722"),
        ("Soissosn [02]", {"02"}, "02722"),
        ("Montreul (93)", {"93"}, "93048"),
    ],
)
def test_candidates_keep_to_the_departement_in_brackets(
    written: str, departements: set[str], first: str
) -> None:
    match = resolve(written, within=HDF)
    assert match.status == "unknown"
    assert match.candidates[0].place.code == first
    assert {code for each in match.candidates for code in each.place.departement} == departements


def test_a_name_that_is_near_none_of_its_departement_has_no_candidate() -> None:
    assert {each.place.departement for each in resolve("Soissosn").candidates} > {("02",), ("71",)}
    match = resolve("Soissosn (59)")
    assert (match.status, match.candidates) == ("unknown", ())
    assert "aucun nom n’est proche" in match.reason.text("fr")


@pytest.mark.parametrize(
    ("written", "scores"),
    [
        (
            "Soissonkwqxj (02)",
            [0.7, 0.7],
        ),  # 7 letters of 20 in common, twice: the commune, its arrondissement
        ("Soissonskwqxjzv (02)", []),  # 8 of 23: 0.6957
    ],
)
def test_a_name_is_near_from_seven_tenths(written: str, scores: list[float]) -> None:
    assert [candidate.score for candidate in resolve(written).candidates] == scores


@pytest.mark.parametrize(
    ("commune", "year", "absorbed"),
    [
        ("02589", 2023, ["Filain"]),
        ("02589", 2024, ["Filain"]),
        ("02589", 2025, []),
        ("02589", 2026, []),
        ("02564", 2022, ["Berzy-le-Sec"]),
        ("02564", 2023, []),
        ("62041", 2019, []),
    ],
)
def test_what_has_merged_counts_from_the_year_after(commune: str, year: int, absorbed: list[str]) -> None:
    gazetteer = load_gazetteer()
    found = gazetteer.get("commune", commune)
    assert found is not None
    merged = gazetteer.merged_since({found.number}, year)
    assert [(old.name, new.code) for old, new in merged] == [(name, commune) for name in absorbed]


@pytest.mark.parametrize(
    ("written", "area", "inside"),
    [
        ("epci:247600588", "region:28", True),
        ("epci:247600588", "region:32", True),
        ("epci:247600588", "region:11", False),
        ("epci:247600588", "departement:76", True),
        ("epci:247600588", "departement:80", True),
        ("epci:247600588", "departement:62", False),
        ("epci:247600588", "epci:247600588", True),
        ("epci:247600588", "epci:200033579", False),
        ("commune:62041", "epci:200033579", True),
        ("commune:62041", "arrondissement:621", True),
        ("region:32", "departement:62", False),
    ],
)
def test_an_epci_lies_in_every_region_that_it_reaches_into(written: str, area: str, *, inside: bool) -> None:
    assert is_within(place(written), place(area)) is inside


BOWTIE = shapely.Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])


def test_a_union_that_comes_out_invalid_is_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: Sequence[Any]) -> Any:
        return BOWTIE

    monkeypatch.setattr(shapely, "coverage_union_all", broken)
    united = unite([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)])
    assert united.is_valid
    assert united.equals(shapely.box(0, 0, 2, 1))


@pytest.mark.parametrize("level", ["canton", "communes", "", "Commune"])
def test_a_level_that_does_not_exist_is_refused(level: str) -> None:
    with pytest.raises(UnknownLevelError) as caught:
        load_boundaries(level)  # type: ignore[arg-type]
    assert f"«\u00a0{level}\u00a0» n’est pas un niveau" in caught.value.text("fr")
    assert "commune, epci, arrondissement, departement, region" in caught.value.text("fr")


def test_boundaries_are_kept_within_an_area_a_place_or_a_name() -> None:
    for somme in ("Somme", "departement:80", find_area("departement:80"), place("departement:80")):
        assert list(load_boundaries("departement", within=somme).index) == ["80"]
        assert set(load_boundaries("arrondissement", within=somme)["departement"]) == {"80"}
        assert len(load_boundaries("commune", within=somme)) == 771
    with pytest.raises(UnknownPlaceError, match="Lilliput"):
        load_boundaries("commune", within="Lilliput-sur-Rien")


def test_boundaries_within_keep_an_epci_that_only_reaches_into_it() -> None:
    for region in ("region:28", "region:32"):
        assert "247600588" in load_boundaries("epci", within=region).index
    assert "247600588" not in load_boundaries("epci", within="region:11").index
    communes = load_boundaries("commune", within="epci:247600588")
    assert (len(communes), set(communes["region"])) == (28, {"28", "32"})
    assert len(load_boundaries("region", within="france")) == len(load_boundaries("region"))


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("departement:Nord", "departement:59"),
        ("commune:Lille", "commune:59350"),
        ("epci:CC du Ternois", "epci:200069672"),
        ("epci:Arras", "epci:200033579"),
        ("region:Hauts-de-France", "region:32"),
        ("Département : Pas-de-Calais", "departement:62"),
        ("commune:Y", "commune:80829"),
        ("commune:Hem (59)", "commune:59299"),
    ],
)
def test_a_level_may_stand_before_a_name(written: str, found: str) -> None:
    match = resolve(written)
    assert (match.status, match.place and match.place.id) == ("placed", found)


@pytest.mark.parametrize("written", ["région:Nord", "commune:CC d'Arras", "commune:Lillee"])
def test_a_level_before_a_name_is_held_to(written: str) -> None:
    match = resolve(written)
    assert (match.status, match.place) == ("unknown", None)


@pytest.mark.parametrize("written", ["a - " * 8000, "s /" * 15000, "cedex 1 " * 5000, "1" * 301])
def test_a_text_of_pages_is_no_name(written: str) -> None:
    match = resolve(written)
    assert (match.status, match.reason.key, match.candidates) == ("unknown", "place-long", ())
    assert "(300 au plus)" in match.reason.text("fr")
    beside = Beside(label=written, departement=written, epci=written)
    labelled = resolve("59350", beside=beside)
    assert (labelled.status, labelled.reason.key) == ("ambiguous", "label-unlike")
    assert len(labelled.reason.text("fr")) < 600


@pytest.mark.parametrize("unit", ["- ", " – ", "1 a - ", "AA - ", "59 - Nord (AA), "])
def test_many_dashes_are_not_tried_in_every_way(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr("geocontracts.places.written.area_named", lambda text, _: asked.append(text))
    assert resolve((unit * 150)[:290]).place is None
    assert len(asked) < 200
