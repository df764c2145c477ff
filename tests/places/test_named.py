"""Names as lists write them, and as the rest of their row narrows them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geocontracts.places.area import find_area
from geocontracts.places.beside import Beside
from geocontracts.places.match import resolve


def outcome(written: str, **beside: Any) -> tuple[str, str | None]:
    match = resolve(written, beside=Beside(**beside)) if beside else resolve(written)
    return match.status, match.place and match.place.id


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("59 - Cambrai", "commune:59122"),
        ("Cambrai - 59", "commune:59122"),
        ("Nord - Cambrai", "commune:59122"),
        ("59400 Cambrai", "commune:59122"),
        ("59122 Cambrai", "commune:59122"),
        ("59407 CAMBRAI CEDEX", "commune:59122"),
        ("CAMBRAI CEDEX 1", "commune:59122"),
        ("2B - Bastia", "commune:2B033"),
        ("Lille, Nord", "commune:59350"),
        ("Hem (59)", "commune:59299"),
        ("Paris (75)", "commune:75056"),
        ("Marseille (13)", "commune:13055"),
        ("80190 Y", "commune:80829"),
        ("Hem (59510)", "commune:59299"),
        ("Saint-Denis, La Réunion", "commune:97411"),
        ("commune de La Vergne", "commune:17465"),
        ("commune de Vergné", "commune:17464"),
        ("Mairie de Denain", "commune:59172"),
        ("La Ville-du-Bois", "commune:91665"),
        ("Le Syndicat", "commune:88462"),
        ("CDC du Pays Noyonnais", "epci:246000756"),
        ("C.C. DU PAYS NOYONNAIS", "epci:246000756"),
        ("Communauté d'agglomération du Pays de Saint-Omer", "epci:200069037"),
        ("Métropole européenne de Lille (MEL)", "epci:200093201"),
        ("CC du Ternois (TernoisCom)", "epci:200069672"),
        ("CC du Pays de Limours", "epci:249100074"),  # officially with (CCPL)
        ("Dijon", "commune:21231"),
        ("Dijon Métropole", "epci:242100410"),
    ],
)
def test_a_name_is_exact_whatever_stands_around_it(written: str, found: str) -> None:
    assert outcome(written) == ("placed", found)


@pytest.mark.parametrize(
    ("written", "code"),
    [("Guyane", "973"), ("Mayotte", "976"), ("MARTINIQUE", "972"), ("La Guadeloupe", "971")],
)
def test_where_departement_and_region_are_one_land_there_is_nothing_to_ask(written: str, code: str) -> None:
    match = resolve(written)
    assert (match.status, str(match.place and match.place.id)) == ("placed", f"departement:{code}")
    assert f"un même territoire\u00a0: lu comme departement:{code}" in match.reason.text("fr")
    outside = resolve(written, within=find_area().place)
    assert (outside.status, outside.place) == ("remark", match.place), "far from the territory: it is said"


@pytest.mark.parametrize("written", ["La Réunion", "Paris"])
def test_a_commune_of_that_name_is_still_asked_for(written: str) -> None:
    """One lies in Lot-et-Garonne; a contract of Paris is drawn as that of a town, or as an area."""
    assert resolve(written).status == "ambiguous"


@pytest.mark.parametrize(
    ("written", "found", "words"),
    [
        ("Paris 13e", "commune:75056", "arrondissement municipal"),
        ("Lyon 3ème", "commune:69123", "« Lyon 3e Arrondissement »"),
        ("Marseille 1er", "commune:13055", "« Marseille 1er Arrondissement »"),
        ("PARIS 13", "commune:75056", "« Paris 13e Arrondissement »"),
        ("CC Flandre Intérieure (CCFI)", "epci:200040947", "jusqu’en 2023"),
        ("Métropole de Dijon", "epci:242100410", "seule « Dijon Métropole » a ces mots"),
        ("Agglo du Choletais", "epci:200071678", "« CA Agglomération du Choletais » a ces mots"),
        ("Pays noyonnais", "epci:246000756", "un pays ou un PETR du même nom peut être plus grand"),
        ("CC des Hautes Vosges", "epci:200096634", "un territoire plus grand, partagé depuis"),
    ],
)
def test_what_is_accepted_with_a_doubt_tells_it(written: str, found: str, words: str) -> None:
    match = resolve(written)
    assert (match.status, match.place and match.place.id) == ("remark", found)
    assert words in match.reason.text("fr").replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("beside", "found", "key"),
    [
        ({"departement": "93"}, "commune:93066", "name-in-departement"),
        ({"departement": "Seine-Saint-Denis"}, "commune:93066", "name-in-departement"),
        ({"departement": "093"}, "commune:93066", "name-in-departement"),
        ({"region": "La Réunion"}, "commune:97411", "name-in-region"),
        ({"region": "4"}, "commune:97411", "name-in-region"),
        ({"postcode": "93200"}, "commune:93066", "name-in-postcode"),
        ({"epci": "CA Intercommunale du Nord de la Réunion (CINOR)"}, "commune:97411", "name-in-epci"),
        ({"epci": "249740119"}, "commune:97411", "name-in-epci"),
    ],
)
def test_the_row_tells_which_homonym_is_meant(beside: dict[str, str], found: str, key: str) -> None:
    assert outcome("Saint-Denis")[0] == "ambiguous"
    match = resolve("Saint-Denis", beside=Beside(level="commune", **beside))  # type: ignore[arg-type]
    assert (match.status, match.place and match.place.id) == ("placed", found)
    assert match.reason.key == key


def test_a_name_that_lies_elsewhere_than_the_row_says_is_never_accepted() -> None:
    match = resolve("Cambrai", beside=Beside(departement="62"))
    assert (match.status, match.place, match.reason.key) == ("ambiguous", None, "name-elsewhere")
    assert match.candidates[0].place.code == "59122"
    assert "Cambrai (Nord)" in match.reason.text("fr")
    assert resolve("Lille", beside=Beside(postcode="38000")).place is None
    assert resolve("Lille", beside=Beside(epci="CC Le Grésivaudan")).place is None
    assert resolve("62041 Cambrai").place is None


@pytest.mark.parametrize("beside", [{"epci": "CA de Cambrai"}, {"postcode": "59400"}])
def test_a_neighbour_that_may_have_changed_is_a_remark(beside: dict[str, str]) -> None:
    assert outcome("Lille", **beside) == ("remark", "commune:59350")


def test_the_column_tells_the_level_of_a_bare_name() -> None:
    assert outcome("Arras", level="epci") == ("placed", "epci:200033579")
    assert outcome("Cambrai", level="arrondissement") == ("placed", "arrondissement:592")
    assert outcome("CU d'Arras", level="commune") == ("remark", "epci:200033579")
    match = resolve("Denain", beside=Beside(level="epci"))
    assert (match.status, match.reason.key) == ("ambiguous", "ambiguous-other-level")


@pytest.mark.parametrize(
    ("written", "places"),
    [
        ("La Longeville (25)", {"commune:25390", "commune:25346"}),  # merged in 2025; Longeville is another
        ("Florac", {"commune:48061", "arrondissement:481"}),
        ("CC Monts et Vallées Ouest Creuse", {"epci:242320109", "epci:242320000", "epci:242300135"}),
    ],
)
def test_a_name_that_led_elsewhere_in_another_vintage_is_left_open(written: str, places: set[str]) -> None:
    match = resolve(written)
    assert (match.status, match.place) == ("ambiguous", None)
    assert {candidate.place.id for candidate in match.candidates} == places


@pytest.mark.parametrize(
    "written",
    ["PETR du Cambrésis", "PNR Scarpe-Escaut", "SCoT du Grand Douaisis", "Pôle métropolitain de l'Artois",
     "Syndicat mixte du Calaisis", "Pays de Thiérache", "le Parc naturel de l’Avesnois", "Bassin minier"],
)  # fmt: skip
def test_a_perimeter_without_a_code_is_recognised(written: str) -> None:
    match = resolve(written)
    assert (match.status, match.place, match.reason.key) == ("unknown", None, "outside-cog")
    assert f"custom:{written}" in match.reason.text("fr")
    assert all(candidate.place.level == "epci" for candidate in match.candidates)


def test_the_epci_near_a_perimeter_are_proposed() -> None:
    near = [candidate.place.name for candidate in resolve("PETR du Pays noyonais").candidates]
    assert near[0] == "CC du Pays Noyonnais"


@pytest.mark.parametrize("written", ["CODECOM du Pays de Verdun", "CC du Bassin de Lyss", "Cambray"])
def test_a_name_of_an_epci_or_commune_is_no_perimeter(written: str) -> None:
    assert resolve(written).reason.key == "unknown-name-near"


@pytest.mark.parametrize(
    "written", ["???", "-", "(59)", "59 59", "«»", "CC", "de", "'", "59 -", "(", "F-", "2E"]
)
def test_scraps_break_nothing(written: str) -> None:
    match = resolve(written, beside=Beside(departement="?", epci="?", postcode="?", region="?", label="?"))
    assert match.place is None
    assert match.reason.text("fr")


def test_candidates_wait_until_they_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr("geocontracts.places.named.proposed", lambda *_: asked.append(1) or ())
    match = resolve("Cambray")
    assert (match.status, asked) == ("unknown", [])
    assert (match.candidates, match.candidates, asked) == ((), (), [1])


def test_a_renamed_place_outside_the_territory_says_both() -> None:
    words = resolve("Paris 12e", within=find_area().place).reason.text("fr")
    assert "arrondissement municipal" in words
    assert "hors du territoire" in words


_CELL = st.one_of(
    st.text(max_size=12), st.sampled_from(["Arras", "59", "59400", "CC du", "2.4E+08", "St", "(59)"])
)


@pytest.mark.thorough
@settings(max_examples=300, deadline=None)
@given(parts=st.lists(_CELL, max_size=3), cells=st.tuples(_CELL, _CELL, _CELL, _CELL, _CELL))
def test_whatever_is_written_gets_an_answer(parts: list[str], cells: tuple[str, ...]) -> None:
    label, departement, region, epci, postcode = cells
    beside = Beside(label=label, departement=departement, region=region, epci=epci, postcode=postcode)
    match = resolve(" ".join(parts), beside=beside)
    assert (match.place is not None) == (match.status in ("placed", "remark"))
    assert match.reason.text("fr")
    assert match.reason.text("en")
    assert len(match.candidates) >= (match.status == "ambiguous")


@pytest.mark.parametrize(
    ("postcode", "found"),
    [
        ("20407", ("placed", "commune:2B033")),  # a Cedex of Bastia, in no list
        ("20000", ("remark", "commune:2B033")),  # of Ajaccio: Corsica at least
        ("59400", ("ambiguous", None)),
    ],
)
def test_the_postcodes_of_corsica_are_of_both_departements(
    postcode: str, found: tuple[str, str | None]
) -> None:
    assert outcome("Bastia", postcode=postcode) == found


def test_all_that_must_be_said_of_a_name_is_said() -> None:
    match = resolve("CC de Dijon Métropole", within=find_area().place)
    words = match.reason.text("fr")
    assert match.status == "remark"
    assert "hors du territoire" in words
    assert "d’une autre nature" in words


@pytest.mark.parametrize(
    ("name", "departement", "first"),
    [
        ("Boulogne", "62", "62160"),
        ("Aire", "Pas-de-Calais", "62014"),
        ("Condé", "59", "59153"),
        ("Avesnes", "Nord", "59036"),
        ("Verneuil", "60", "60670"),
    ],
)
def test_a_short_name_is_completed_where_the_row_says(name: str, departement: str, first: str) -> None:
    match = resolve(name, beside=Beside(departement=departement))
    assert match.status == "ambiguous"
    assert match.candidates[0].place.code == first
