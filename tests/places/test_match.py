"""Written places lead to the right place of today, or to an honest question."""

import pytest

from geocontracts.places.area import find_area
from geocontracts.places.beside import Beside
from geocontracts.places.gazetteer import LEVELS, load_gazetteer
from geocontracts.places.match import resolve

HDF = find_area().place


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("commune:59172", "commune:59172"),
        ("commune:02691", "commune:02691"),
        ("COMMUNE : 62041", "commune:62041"),
        ("200033579", "epci:200033579"),
        ("2A004", "commune:2A004"),
        ("2a004", "commune:2A004"),
        ("591", "arrondissement:591"),
        ("59", "departement:59"),
        ("region:32", "region:32"),
        ("Arras", "commune:62041"),
        ("SAINT QUENTIN", "commune:02691"),
        ("St-Quentin", "commune:02691"),
        ("Saint-\nQuentin", "commune:02691"),
        ("Creil (60)", "commune:60175"),
        ("Creil (Oise)", "commune:60175"),
        ("Portel (Le)", "commune:62667"),
        ("Le Portel", "commune:62667"),
        ("Ville de Calais", "commune:62193"),
        ("CC du Pays Noyonnais", "epci:246000756"),
        ("Communauté de communes du Pays noyonnais", "epci:246000756"),
        ("arrondissement de Vervins", "arrondissement:025"),
        ("arrondissement d’Avesnes-sur-Helpe", "arrondissement:591"),
        ("département du Nord", "departement:59"),
        ("Aisne", "departement:02"),
        ("Région Hauts-de-France", "region:32"),
        ("Métropole Européenne de Lille", "epci:200093201"),
    ],
)
def test_an_exact_code_or_name_is_placed(written: str, found: str) -> None:
    match = resolve(written, within=HDF)
    assert match.status == "placed", match.reason.text("en")
    assert match.place is not None
    assert match.place.id == found


@pytest.mark.parametrize(
    ("written", "found", "reason"),
    [
        ("CC de Flandre Intérieure", "epci:200040947", "jusqu’en 2023"),
        ("Saint-Pol-sur-Mer", "commune:59183", "commune associée"),
        ("59540", "commune:59183", "commune associée"),
        ("Bermeries", "commune:59006", "L'Orée de Mormal"),
        ("Paris 12e Arrondissement", "commune:75056", "arrondissement municipal"),
    ],
)
def test_an_earlier_name_or_code_leads_to_today_with_its_reason(
    written: str, found: str, reason: str
) -> None:
    match = resolve(written, within=HDF)
    assert match.status == "remark"
    assert match.place is not None
    assert match.place.id == found
    assert reason in match.reason.text("fr")


def test_a_homonym_is_ambiguous_without_context_and_found_with_it() -> None:
    everywhere = resolve("Saint-Denis")
    assert everywhere.status == "ambiguous"
    assert {candidate.place.code for candidate in everywhere.candidates} >= {"93066", "97411"}
    within = resolve("Saint-Denis", within=find_area("departement:93").place)
    assert within.place is not None
    assert within.place.code == "93066"
    assert "ailleurs" in within.reason.text("fr")


def test_a_place_outside_the_territory_is_placed_with_a_remark() -> None:
    match = resolve("Niort", within=HDF)
    assert (match.status, match.place and match.place.code) == ("remark", "79191")
    assert "hors du territoire" in match.reason.text("fr")


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("Boulogne", "Boulogne-sur-Mer", "Essarts-en-Bocage"),
        ("Condé", "Condé-sur-l'Escaut", "Condé"),
        ("Aire", "Aire-sur-la-Lys", "Aire"),
        ("Marseille", "Marseille-en-Beauvaisis", "Marseille"),
    ],
)
def test_a_bare_name_elsewhere_is_not_taken_for_a_short_one_inside(
    written: str, first: str, last: str
) -> None:
    match = resolve(written, within=HDF)
    assert (match.status, match.reason.key) == ("ambiguous", "ambiguous-outside")
    assert first in match.reason.text("fr")
    names = [candidate.place.name for candidate in match.candidates]
    assert (names[0], names[-1]) == (first, last)


def test_homonyms_elsewhere_come_after_what_a_short_name_may_mean_inside() -> None:
    match = resolve("Sainte-Marie", within=HDF)  # several, none of them inside
    assert (match.status, match.reason.key) == ("ambiguous", "ambiguous-outside")
    names = [candidate.place.name for candidate in match.candidates]
    assert names[0] == "Sainte-Marie-Kerque"
    assert names.count("Sainte-Marie") > 3


def test_a_bare_earlier_name_elsewhere_is_not_taken() -> None:
    match = resolve("Montreuil-Bonnin", within=HDF)  # a commune déléguée of the Vienne
    assert (match.status, match.reason.key) == ("ambiguous", "former-outside")
    assert [candidate.place.code for candidate in match.candidates] == ["86123"]


@pytest.mark.parametrize(
    ("written", "beside", "code"),
    [
        ("Condé (36)", {}, "36059"),
        ("Condé", {"departement": "36"}, "36059"),
        ("Boulogne (85)", {}, "85084"),
        ("Marseille", {"postcode": "13001"}, "13055"),
        ("Aire", {"epci": "CC du Pays Rethélois"}, "08004"),
    ],
)
def test_a_name_that_says_where_it_lies_is_taken_outside(
    written: str, beside: dict[str, str], code: str
) -> None:
    match = resolve(written, within=HDF, beside=Beside(**beside))  # type: ignore[arg-type]
    assert (match.status, match.place and match.place.code) == ("remark", code)


def test_the_candidates_of_a_homonym_hold_all_that_bear_or_bore_it() -> None:
    match = resolve("Montreuil")
    assert [candidate.place.id for candidate in match.candidates] == [
        "commune:93048",
        "commune:28267",
        "commune:85148",
        "arrondissement:624",
        "commune:62588",  # Montreuil-sur-Mer, so called until 2022
    ]
    assert match.reason.text("fr").startswith("3 lieux portent ce nom\u00a0; 2 de plus l’ont porté")
    inside = resolve("Montreuil", within=HDF).reason.text("fr").replace("\u00a0", " ")
    assert "l’ancien nom (jusqu’en 2022) de « Montreuil-sur-Mer »" in inside


def test_a_code_that_two_levels_share_is_ambiguous() -> None:
    match = resolve("32")
    assert match.status == "ambiguous"
    assert {candidate.place.name for candidate in match.candidates} == {"Gers", "Hauts-de-France"}


@pytest.mark.parametrize(
    ("written", "near", "departement"),
    [
        ("Soisson", "Soissons", "Aisne"),
        ("Valencienne", "Valenciennes", "Nord"),
        ("Dunkerk", "Dunkerque", "Nord"),
    ],
)
def test_a_near_name_is_proposed_and_never_accepted(written: str, near: str, departement: str) -> None:
    match = resolve(written, within=HDF)
    assert (match.status, match.place) == ("unknown", None)
    assert match.candidates[0].place.name == near
    assert 0.7 <= match.candidates[0].score < 1
    gazetteer = load_gazetteer()
    parents = [gazetteer.get("departement", code) for code in match.candidates[0].place.departement]
    assert [parent and parent.name for parent in parents] == [departement]


@pytest.mark.parametrize("written", ["", "   ", "xyzzyxyzzy", "commune:99999", "59999", "departement:99"])
def test_nonsense_is_unknown(written: str) -> None:
    match = resolve(written)
    assert (match.status, match.place) == ("unknown", None)
    assert match.reason.text("fr")


def test_an_exact_code_of_any_level_is_read_as_any_other_code_is() -> None:
    """The short way for what a register writes and the long one for what people write agree."""
    gazetteer = load_gazetteer()
    written = {f"{old.level}:{old.code}" for old in gazetteer.former()}
    for level in LEVELS:
        written |= {place.id for place in gazetteer.of_level(level)[::7]}
    short = 0
    for text in sorted(written):
        level, _, code = text.partition(":")
        found, spaced = resolve(text), resolve(f"{level} : {code}")
        assert (found.status, found.place, found.reason.key) == (
            spaced.status,
            spaced.place,
            spaced.reason.key,
        )
        short += gazetteer.by_id(text) is not None
    assert 4_000 < short < len(written), "earlier codes take the long way"


def test_every_commune_code_leads_to_itself_and_its_members_add_up() -> None:
    gazetteer = load_gazetteer()
    assert gazetteer.commune_count == 34_875
    region = gazetteer.get("region", "32")
    assert region is not None
    communes = gazetteer.communes_of(region)
    assert len(communes) == 3782
    by_departement = [gazetteer.get("departement", code) for code in ("02", "59", "60", "62", "80")]
    assert sum(len(gazetteer.communes_of(place)) for place in by_departement if place) == 3782
    assert [gazetteer.place(number).number for number in communes] == communes


def test_every_name_with_its_departement_leads_to_one_commune_of_it() -> None:
    gazetteer = load_gazetteer()
    lost = []
    for number in range(0, gazetteer.commune_count, 7):
        place = gazetteer.place(number)
        match = resolve(f"{place.name} ({place.departement[0]})", gazetteer=gazetteer)
        if match.place != place:
            lost.append((place.id, place.name, match.status, match.place and match.place.id))
    assert [one for one in lost if one[2] != "ambiguous"] == [], "a wrong answer is worse than none"
    assert len(lost) <= 20, lost
