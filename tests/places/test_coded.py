"""Codes as spreadsheets leave them, and as the rest of their row confirms or contradicts them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from geocontracts.places.beside import Beside
from geocontracts.places.match import resolve

if TYPE_CHECKING:
    from geocontracts.places.match import Match


def outcome(written: str, **beside: Any) -> tuple[str, str | None]:
    match = resolve(written, beside=Beside(**beside))
    return match.status, match.place and match.place.id


def ids(match: Match) -> list[str]:
    return [candidate.place.id for candidate in match.candidates]


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("200040947", "epci:200040947"),
        ("219711058", "commune:97105"),  # the SIREN of Basse-Terre as a legal person
        ("9711", "arrondissement:9711"),
        ("2A4", "arrondissement:2A4"),
        ("FR-59", "departement:59"),
        ("DEP-02", "departement:02"),
        ("REG-32", "region:32"),
        ("COM 62041", "commune:62041"),
        ("INSEE 59350", "commune:59350"),
        ("code Insee : 59350", "commune:59350"),
        ("SIREN 200040947", "epci:200040947"),
        ("'62041", "commune:62041"),
        ("n° 62041", "commune:62041"),
    ],
)
def test_a_code_is_read_whatever_its_level_and_what_announces_it(written: str, found: str) -> None:
    assert outcome(written) == ("placed", found)


@pytest.mark.parametrize(
    ("written", "beside", "found", "words"),
    [
        ("2691", {}, "commune:02691", "a perdu un zéro : lu 02691, code de « Saint-Quentin »"),
        ("200072460.0", {}, "epci:200072460", "est un code devenu un nombre : lu 200072460"),
        ("62041,0", {}, "commune:62041", "est un code devenu un nombre : lu 62041"),
        ("2.45901038E+08", {}, "epci:245901038", "lu 245901038, code de « CC du Pays Solesmois »"),
        ("7", {}, "departement:07", "a perdu un zéro : lu 07"),
        ("1", {"level": "departement"}, "departement:01", "lu 01, code de « Ain »"),
        ("1", {"level": "region"}, "region:01", "lu 01, code de « Guadeloupe »"),
        ("1", {"label": "Ain"}, "departement:01", "lu 01, code de « Ain »"),
        ("11", {"level": "arrondissement"}, "arrondissement:011", "lu 011, code de « Belley »"),
        ("059", {}, "departement:59", "a un zéro de trop : lu 59"),
        ("2100", {"level": "commune"}, "commune:02100", "lu 02100, code de « Bony »"),
        ("20004094700012", {}, "epci:200040947", "est un SIRET"),
        ("200 040 947 00012", {}, "epci:200040947", "est un SIRET"),
    ],
)
def test_a_code_is_mended_where_only_one_reading_is_left(
    written: str, beside: dict[str, Any], found: str, words: str
) -> None:
    match = resolve(written, beside=Beside(**beside))
    assert (match.status, match.place and match.place.id) == ("remark", found)
    assert words in match.reason.text("fr").replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("1", ["departement:01", "region:01"]),
        ("32", ["departement:32", "region:32"]),
        ("2100", ["commune:02100", "commune:02691"]),  # Bony, or the postcode of Saint-Quentin
    ],
)
def test_a_code_with_two_readings_is_left_open(written: str, found: list[str]) -> None:
    match = resolve(written)
    assert (match.status, match.place) == ("ambiguous", None)
    assert ids(match)[:2] == found


@pytest.mark.parametrize(
    ("written", "label", "found"),
    [
        ("2,46E+08", "CC du Pays Solesmois", "epci:245901038"),  # as a spreadsheet rounds it
        ("2,45E+08", "CC du Pays Solesmois", "epci:245901038"),
        ("2.46e8", "CC du Pays Solesmois", "epci:245901038"),
        ("2.69E+03", "Saint-Quentin", "commune:02691"),
        ("2.00E+08", "CC de Flandre Intérieure", "epci:200040947"),
    ],
)
def test_lost_digits_are_found_again_by_the_label_only(written: str, label: str, found: str) -> None:
    assert outcome(written, label=label) == ("remark", found)
    match = resolve(written)
    assert (match.status, match.place, match.reason.key) == ("unknown", None, "code-lost")
    assert resolve(written, beside=Beside(label="Lille")).status == "unknown"


def test_a_postcode_is_no_code_of_a_commune() -> None:
    only = resolve("59000")
    assert (only.status, only.reason.key) == ("unknown", "postcode-only")
    assert ids(only) == ["commune:59350"]
    either = resolve("59400")  # Merville, or the postcode of Cambrai
    assert (either.status, either.place and either.place.name) == ("remark", "Merville")
    assert "c’est aussi le code postal de Cambrai" in either.reason.text("fr")
    assert outcome("59400", level="commune") == ("placed", "commune:59400")
    assert outcome("59400", label="Merville") == ("placed", "commune:59400")
    assert outcome("59400", label="Cambrai") == ("remark", "commune:59122")
    abroad = resolve("F-59400")
    assert (abroad.status, ids(abroad)[0]) == ("unknown", "commune:59122")


@pytest.mark.parametrize("written", ["123456", "999999999", "98765", "00000", "2A999", "commune:99999"])
def test_a_code_that_nobody_has_is_unknown(written: str) -> None:
    match = resolve(written)
    assert (match.status, match.place, match.candidates) == ("unknown", None, ())


@pytest.mark.parametrize(
    ("code", "label", "found"),
    [
        ("59350", "LILLE", "commune:59350"),
        ("59350", "Ville de Lille (Nord)", "commune:59350"),
        ("62667", "PORTEL (LE)", "commune:62667"),
        ("200033579", "Arras", "epci:200033579"),
        ("200033579", "Communauté urbaine d’Arras", "epci:200033579"),
        ("200093201", "Métropole européenne de Lille (MEL)", "epci:200093201"),
        ("60054", "Beaumont-les-Nonains", "commune:60054"),
        ("591", "Avesnes-sur-Helpe", "arrondissement:591"),
        ("32", "Gers", "departement:32"),
        ("32", "Hauts-de-France", "region:32"),
    ],
)
def test_a_label_that_agrees_settles_the_code(code: str, label: str, found: str) -> None:
    assert outcome(code, label=label) == ("placed", found)


@pytest.mark.parametrize(
    ("code", "label", "found", "key"),
    [
        ("02691", "Saint-Quentinn", "commune:02691", "label-near"),
        ("200093201", "MEL", "epci:200093201", "label-near"),
        ("59183", "Saint-Pol-sur-Mer", "commune:59183", "label-former"),
        ("75056", "Paris 12e", "commune:75056", "label-former"),
        ("200040947", "CC Flandre Intérieure (CCFI)", "epci:200040947", "label-renamed"),
        ("02564", "Noyant-et-Aconin", "commune:02564", "label-renamed"),
        ("59540", "Saint-Pol-sur-Mer", "commune:59183", "former-associated"),
        ("75112", "Paris", "commune:75056", "former-district"),
        ("245900410", "Métropole Européenne de Lille", "epci:200093201", "former-siren"),
        ("200033579", "CA d'Arras", "epci:200033579", "kind-differs"),
    ],
)
def test_a_label_that_almost_agrees_is_a_remark(code: str, label: str, found: str, key: str) -> None:
    match = resolve(code, beside=Beside(label=label))
    assert (match.status, match.place and match.place.id) == ("remark", found)
    assert match.reason.key == key


@pytest.mark.parametrize(
    ("code", "label", "other"),
    [
        ("59350", "Cambrai", "commune:59122"),
        ("59540", "Cambrai", "commune:59122"),
        ("62041", "CU d'Arras", "epci:200033579"),
        ("25346", "Pays-de-Montbenoît", "commune:25390"),
        ("245901038", "CC du Pays Noyonnais", "epci:246000756"),
    ],
)
def test_a_label_of_another_place_is_never_settled_in_silence(code: str, label: str, other: str) -> None:
    match = resolve(code, beside=Beside(label=label))
    assert (match.status, match.place, match.reason.key) == ("ambiguous", None, "label-contradicts")
    assert ids(match)[1] == other
    words = match.reason.text("fr")
    assert code in words
    assert label in words
    assert other.partition(":")[2] in words


def test_a_label_of_what_was_divided_asks_for_the_part() -> None:
    match = resolve("60054", beside=Beside(label="Les Hauts Talican"))
    assert (match.status, ids(match)) == ("ambiguous", ["commune:60054", "commune:60694"])
    same = resolve("85084", beside=Beside(label="Essarts en Bocage"))
    assert (same.status, same.reason.key) == ("remark", "name-reused")
    assert resolve("60054", beside=Beside(label="Les Hauts-Talicans")).place is None  # near what it was


@pytest.mark.parametrize(
    ("code", "parts", "words"),
    [
        ("60054", [("60694", 0.62), ("60054", 0.38)], "Jusqu’en 2023, le code 60054 désignait"),
        ("85084", [("85084", 0.72), ("85212", 0.14), ("85165", 0.13)], "Sainte-Florence (1 359)"),
        ("14712", [("14712", 0.64), ("14666", 0.36)], "« Saline », partagé depuis entre Troarn (3 439)"),
    ],
)
def test_the_code_of_a_divided_commune_is_left_open_with_the_share_of_each(
    code: str, parts: list[tuple[str, float]], words: str
) -> None:
    match = resolve(code)
    assert (match.status, match.place) == ("ambiguous", None)
    assert [(each.place.code, each.score) for each in match.candidates] == parts
    said = match.reason.text("fr").replace("\u00a0", " ").replace("\u202f", " ")
    assert words in said
    assert f"« commune:{code} » si c’est le lieu d’aujourd’hui" in said
    assert resolve(code, beside=Beside(level="commune")).place is None
    assert outcome(f"commune:{code}") == ("remark", f"commune:{code}")


def test_a_code_that_nobody_has_is_mended_by_the_name_beside_it() -> None:
    match = resolve("62999", beside=Beside(label="Bonningues-lès-Calais"))
    assert (match.status, ids(match)) == ("unknown", ["commune:62156"])
    assert "est celui de Bonningues-lès-Calais (Pas-de-Calais), code 62156" in match.reason.text("fr")
    assert ids(resolve("62999", beside=Beside(label="Bonningue-lès-Calais")))[0] == "commune:62156"
    homonyms = resolve("62999", beside=Beside(label="Montreuil"))
    assert set(ids(homonyms)[:2]) == {"commune:62588", "arrondissement:624"}  # in its département
    siren = resolve("999999999", beside=Beside(label="CC du Pays Noyonnais"))
    assert (ids(siren), siren.reason.key) == (["epci:246000756"], "unknown-siren-label")


def test_the_words_of_a_code_that_changed() -> None:
    siren = resolve("245900410").reason.text("fr")
    assert "a changé de SIREN (245900410 → 200093201, jusqu’en 2020)" in siren
    renamed = resolve("62588", beside=Beside(label="Montreuil"))
    assert (renamed.status, renamed.reason.key) == ("remark", "label-renamed")
    assert "« Montreuil », est le sien jusqu’en 2022" in renamed.reason.text("fr").replace("\u00a0", " ")
    assert resolve("62998").reason.text("fr").endswith("ni dans les listes depuis 2019. Vérifiez-le.")


@pytest.mark.parametrize(
    "beside", [{"label": "Cambrai"}, {"level": "commune"}, {"epci": "CA de Cambrai"}, {"postcode": "59400"}]
)
def test_a_code_that_the_row_confirms_is_no_postcode(beside: dict[str, str]) -> None:
    assert outcome("59122", **beside) == ("placed", "commune:59122")
    assert "code postal de Ghyvelde" in resolve("59122").reason.text("fr")
    # Ghyvelde is in the Nord too: the département alone does not tell a code from a postcode.
    assert outcome("59122", departement="59") == ("remark", "commune:59122")


@pytest.mark.parametrize("written", ["59350", "Lille"])
@pytest.mark.parametrize(
    ("beside", "words"),
    [
        ({"epci": "999999999"}, "L’intercommunalité que dit la ligne (999999999) n’est pas connue"),
        ({"epci": "CC de Nulle Part"}, "(CC de Nulle Part) n’est pas connue"),
        ({"departement": "XX"}, "Le département que dit la ligne (XX) n’est pas connu"),
        ({"region": "Atlantide"}, "La région que dit la ligne (Atlantide) n’est pas connue"),
        ({"postcode": "99999"}, "Le code postal que dit la ligne (99999) n’est pas connu"),
        ({"postcode": "abc"}, "Le code postal que dit la ligne (abc) n’est pas connu"),
    ],
)
def test_a_neighbour_that_nobody_knows_is_told(written: str, beside: dict[str, Any], words: str) -> None:
    match = resolve(written, beside=Beside(level="commune", **beside))
    assert (match.status, match.place and match.place.id) == ("remark", "commune:59350")
    assert words in match.reason.text("fr")


@pytest.mark.parametrize(
    "beside",
    [
        {"departement": "59 - Nord"},
        {"departement": "Nord (59)"},
        {"departement": "59; 62"},
        {"departement": "-", "region": "?", "postcode": "-"},
        {"epci": "ZZZZZZZZZ"},  # INSEE's code of a commune in no EPCI
        {"epci": "CA de Cambrai ; Métropole européenne de Lille"},
        {"region": "32 - Hauts-de-France"},
        {"postcode": "59000 / 59800"},
        {"postcode": "59021"},
    ],
)
def test_a_neighbour_that_can_be_read_is_no_remark(beside: dict[str, str]) -> None:
    assert outcome("59350", level="commune", **beside) == ("placed", "commune:59350")


@pytest.mark.parametrize("label", ["Projet alpha", "PETR du Cœur des Flandres"])
def test_a_label_that_is_no_place_leaves_the_code_open(label: str) -> None:
    match = resolve("59350", beside=Beside(label=label))
    assert (match.status, ids(match), match.reason.key) == ("ambiguous", ["commune:59350"], "label-unlike")


def test_the_level_of_the_column_is_told_or_asked() -> None:
    match = resolve("62041", beside=Beside(level="epci"))
    assert (match.status, match.reason.key) == ("remark", "level-differs")
    assert resolve("59", beside=Beside(level="commune")).reason.key == "level-unclear"
    assert outcome("32", level="region") == ("placed", "region:32")


@pytest.mark.parametrize(
    ("beside", "words"),
    [
        ({"departement": "62", "label": "Lille"}, "Lille (Nord) n’est pas en « Pas-de-Calais »"),
        ({"region": "Bretagne", "label": "Lille"}, "Lille (Nord) n’est pas en « Bretagne »"),
        ({"epci": "CA de Cambrai"}, "elle est aujourd’hui dans « Métropole Européenne de Lille »"),
        ({"postcode": "59400"}, "le code postal 59400, qui est celui de Cambrai"),
    ],
)
def test_what_the_row_says_against_a_code_is_told(beside: dict[str, str], words: str) -> None:
    match = resolve("59350", beside=Beside(level="commune", **beside))  # type: ignore[arg-type]
    assert (match.status, match.place and match.place.id) == ("remark", "commune:59350")
    assert words in match.reason.text("fr").replace("\u00a0", " ")


@pytest.mark.parametrize(
    "beside",
    [
        {"departement": "Nord"},
        {"departement": "059"},
        {"region": "32"},
        {"epci": "200093201"},
        {"epci": "245900410"},  # what has merged into today's
        {"epci": "Métropole européenne de Lille (MEL)"},
        {"postcode": "59000"},
        {"postcode": "59021"},  # a Cedex: no commune's
    ],
)
def test_what_agrees_with_a_code_needs_no_word(beside: dict[str, str]) -> None:
    assert outcome("59350", level="commune", **beside) == ("placed", "commune:59350")


def test_a_divided_epci_is_refused_with_the_share_of_each() -> None:
    match = resolve("200067221")  # CC Centre Morbihan Communauté, until 2021
    assert (match.status, match.place) == ("ambiguous", None)
    assert [(each.place.code, each.score) for each in match.candidates] == [
        ("200096683", 0.67),
        ("200096675", 0.33),
    ]
    assert "CC Centre Morbihan Communauté (12), CC Baud Communauté (6)" in match.reason.text("fr")


def test_a_homonym_where_the_row_says_leaves_the_code_open() -> None:
    beside = Beside("commune", label="Bailleul", departement="80")
    match = resolve("59043", beside=beside)
    assert match.status == "ambiguous"
    assert [each.place.id for each in match.candidates] == ["commune:59043", "commune:80051"]
    assert "la ligne dit «\u00a0Somme\u00a0»" in match.reason.text("fr")
    other = resolve("62041", beside=Beside("commune", label="Arras", departement="80"))
    assert (other.status, other.place and other.place.id) == ("remark", "commune:62041")


@pytest.mark.parametrize(
    ("written", "label"), [("59350", ""), ("59350", "Lile"), ("Lille", "")], ids=["code", "near", "name"]
)
def test_one_word_against_the_departement_of_the_row_is_left_open(written: str, label: str) -> None:
    match = resolve(written, beside=Beside(label=label, departement="62"))
    assert (match.status, ids(match)[0]) == ("ambiguous", "commune:59350")
    assert "Lille (Nord)" in match.reason.text("fr")
    assert "Pas-de-Calais" in match.reason.text("fr")


@pytest.mark.parametrize(
    "written", ["\ufeff62041", "62\u200b041", "\ufeff'62041", "\u202a62041\u202c", "commune:\u200b62041"]
)
def test_signs_that_do_not_show_change_no_code(written: str) -> None:
    assert outcome(written) == ("placed", "commune:62041")
    assert outcome("Arras", departement="\ufeff62", region="32\u200b", epci="\ufeff200033579") == (
        "placed",
        "commune:62041",
    )


@pytest.mark.parametrize(
    ("code", "label"),
    [("59350", "Lalle-Rive"), ("59122", "Cambryes")],
)
def test_a_label_that_is_less_than_four_fifths_of_the_name_is_not_near(code: str, label: str) -> None:
    match = resolve(code, beside=Beside(label=label))
    assert (match.status, match.reason.key) == ("ambiguous", "label-unlike")


@pytest.mark.parametrize(("code", "label"), [("85140", "Essarts en Bocage"), ("60390", "Hauts-Talican")])
def test_a_postcode_whose_communes_share_the_label_settles_none(code: str, label: str) -> None:
    match = resolve(code, beside=Beside(label=label))
    assert (match.status, match.place) == ("ambiguous", None)


@pytest.mark.parametrize(("code", "label"), [("62041", "Arquas"), ("59606", "Valencey")])
def test_a_label_with_one_letter_in_four_changed_is_not_near(code: str, label: str) -> None:
    assert resolve(code, beside=Beside(label=label)).reason.key == "label-unlike"


def test_a_short_code_of_another_level_than_its_column_is_told_where_the_label_settles_it() -> None:
    match = resolve("59", beside=Beside(level="commune", label="Nord"))
    assert (match.status, match.place and match.place.id) == ("remark", "departement:59")
    assert match.reason.key == "level-differs"


@pytest.mark.parametrize(
    ("code", "label", "status"),
    [
        ("200033579", "CC d'Arras", "remark"),
        ("200033579", "Métropole d'Arras", "placed"),
        ("62041", "Arras", "placed"),
    ],
)
def test_the_kind_of_an_epci_is_compared_with_that_of_its_label(code: str, label: str, status: str) -> None:
    match = resolve(code, beside=Beside(label=label))
    assert (match.status, match.reason.key == "kind-differs") == (status, status == "remark")
