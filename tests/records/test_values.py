"""Cells become values, or a message that says what was expected."""

from datetime import date

import pytest

from geocontracts.records.formats.headings import folded
from geocontracts.records.lists.headings import status_words
from geocontracts.records.schema import load_schema
from geocontracts.records.values import CellError, PartialDate, parse_cell

CONTRACTS = load_schema()["contracts"]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2019", date(2019, 1, 1), date(2019, 12, 31)),
        ("2019-06", date(2019, 6, 1), date(2019, 6, 30)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2019-06-29", date(2019, 6, 29), date(2019, 6, 29)),
    ],
)
def test_a_partial_date_stays_partial(text: str, first: date, last: date) -> None:
    assert (PartialDate(text).text, PartialDate(text).first(), PartialDate(text).last()) == (
        text,
        first,
        last,
    )


@pytest.mark.parametrize(
    ("column", "cell", "value"),
    [
        ("amount_total_eur", "155000000", 155_000_000.0),
        ("amount_total_eur", "3\u202f186\u202f368,61 €", 3_186_368.61),
        ("amount_total_eur", "0", 0.0),
        ("amount_total_eur", "", None),
        ("stated_communes", "1 500", 1500),
        ("signed_on", "2018-10-11", PartialDate("2018-10-11")),
        ("signed_on", "29/06/2018", PartialDate("2018-06-29")),
        ("signed_on", "6/2018", PartialDate("2018-06")),
        ("amount_total_eur", "155 000.5", 155_000.5),
        ("territories", "commune:62041 ; Creil (60);", ("commune:62041", "Creil (60)")),
        ("territories", "Saint-\nQuentin", ("Saint- Quentin",)),
        ("signatories", "", ()),
        ("status", "Signé", "signed"),
        ("title", "  Pacte  ", "Pacte"),
        ("status", "signe", "signed"),
        ("status", "EN VIGUEUR", "in_force"),
        ("amount_total_eur", "1\u00a0234,50\u00a0€", 1234.5),
        ("amount_total_eur", "€ 1 234,50", 1234.5),
        ("amount_total_eur", "1\u2009234,50 EUR", 1234.5),
        ("amount_total_eur", "1.234.567,89", 1_234_567.89),
        ("amount_total_eur", "1,234,567.89", 1_234_567.89),
        ("amount_total_eur", "1.234.567", 1_234_567.0),
        ("amount_total_eur", "1.234,50", 1234.5),
        ("amount_total_eur", "0,125", 0.125),
        ("amount_total_eur", "1234,567", 1234.567),
        ("amount_total_eur", "12 k€", 12_000.0),
        ("amount_total_eur", "1,5 M€", 1_500_000.0),
        ("amount_total_eur", "2,3\u00a0Md€", 2_300_000_000.0),
        ("amount_total_eur", "12 millions d’euros", 12_000_000.0),
        ("amount_total_eur", "200072460.0", 200_072_460.0),
        ("stated_communes", "311.0", 311),
        ("stated_communes", "1.234.567", 1_234_567),
        ("signed_on", "2019-06-29T00:00:00", PartialDate("2019-06-29")),
        ("signed_on", "2019-06-29 12:30:05+02:00", PartialDate("2019-06-29")),
        ("signed_on", "2019/06/29", PartialDate("2019-06-29")),
        ("signed_on", "20190629", PartialDate("2019-06-29")),
        ("signed_on", "31/12/2019 00:00", PartialDate("2019-12-31")),
        ("signed_on", "31-12-2019", PartialDate("2019-12-31")),
        ("signed_on", "1.2.2019", PartialDate("2019-02-01")),
        ("signed_on", "01/02/2019", PartialDate("2019-02-01")),
        ("signed_on", "12/2019", PartialDate("2019-12")),
        ("signed_on", "2019.0", PartialDate("2019")),
        ("signed_on", "déc. 2019", PartialDate("2019-12")),
        ("signed_on", "Décembre 2019", PartialDate("2019-12")),
        ("signed_on", "févr. 2020", PartialDate("2020-02")),
        ("signed_on", "1er janvier 2020", PartialDate("2020-01-01")),
        ("signed_on", "le 29\u00a0juin 2019", PartialDate("2019-06-29")),
        ("signed_on", "mercredi 3 juin 2020", PartialDate("2020-06-03")),
        ("signed_on", "le Lundi, 1er juin 2020", PartialDate("2020-06-01")),
        ("signed_on", "01-janv-2020", PartialDate("2020-01-01")),
        ("signed_on", "2019-6-9", PartialDate("2019-06-09")),
        ("signed_on", "2019-12-31 23:59", PartialDate("2019-12-31")),
        ("stated_communes", "999999999999999", 999_999_999_999_999),
        ("amount_total_eur", "12 Mds€", 12_000_000_000.0),
        ("amount_total_eur", "12.3750", 12.375),
        ("title", "#REF! à vérifier", "#REF! à vérifier"),
        ("territories", "Arras; -; NC", ("Arras", "-", "NC")),
    ],
)
def test_a_cell_is_read(column: str, cell: str, value: object) -> None:
    assert parse_cell(CONTRACTS.field(column), cell) == value


def test_a_list_of_nothing_is_no_list() -> None:
    with pytest.raises(CellError, match="a value is required"):
        parse_cell(CONTRACTS.field("territories"), " ; ;")


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        ("title", "", "une valeur est obligatoire"),
        ("amount_total_eur", "environ 12 millions", "155000000 ou 3186368,61"),
        ("amount_state_eur", "-5", "est négatif"),
        ("stated_epci", "8,5", "nombre entier"),
        ("signed_on", "30/02/2018", "2019, 2019-06, 2019-06-29 ou 29/06/2019"),
        ("signed_on", "2018-13", "2019, 2019-06, 2019-06-29 ou 29/06/2019"),
        ("signed_on", "2018-02-30", "2019, 2019-06, 2019-06-29 ou 29/06/2019"),
        ("signed_on", "٢٠١٨", "2019, 2019-06, 2019-06-29 ou 29/06/2019"),
        ("status", "abandonné", "Signé, En vigueur, Prévu, Achevé, Annoncé"),
        ("amount_total_eur", "155.000", "milliers ou décimales"),
        ("amount_total_eur", "1,234", "milliers ou décimales"),
        ("amount_total_eur", "9" * 16, "n’est pas un montant"),
        ("amount_total_eur", "inf", "n’est pas un montant"),
        ("stated_communes", "-311", "est négatif"),
        ("id", "Été 2019", "minuscules sans accent"),
    ],
)
def test_a_cell_that_cannot_be_read_says_what_was_expected(column: str, cell: str, said: str) -> None:
    with pytest.raises(CellError) as caught:
        parse_cell(CONTRACTS.field(column), cell)
    assert said in caught.value.message.text("fr")
    assert cell in caught.value.message.text("en")


@pytest.mark.parametrize("cell", ["NULL", "NA", "n/a", "N.D.", "nc", "#N/A", "-", "–", "?", "nan", "…"])
@pytest.mark.parametrize("column", ["title", "amount_total_eur", "stated_epci", "signed_on", "status"])
def test_what_people_write_for_unknown_is_unknown(column: str, cell: str) -> None:
    field = CONTRACTS.field(column)
    if field.required:
        with pytest.raises(CellError, match="a value is required"):
            parse_cell(field, cell)
    else:
        assert parse_cell(field, cell) is None


def test_a_list_that_is_unknown_is_empty() -> None:
    assert parse_cell(CONTRACTS.field("signatories"), "NA") == ()


@pytest.mark.parametrize("cell", ["#REF!", "#VALEUR!", "#DIV/0!", "#NOM?", "########"])
def test_a_broken_formula_is_unknown_and_a_warning(cell: str) -> None:
    with pytest.raises(CellError, match="is an error of the spreadsheet") as caught:
        parse_cell(CONTRACTS.field("amount_total_eur"), cell)
    assert (caught.value.kept, caught.value.severity) == (None, "warning")


@pytest.mark.parametrize(
    ("column", "cell", "kept", "severity", "said"),
    [
        ("signed_on", "43830", "2019-12-31", "remark", "lue 2019-12-31. Mettez la colonne au format date"),
        ("signed_on", "43830.0", "2019-12-31", "remark", "comptée en jours"),
        ("signed_on", "31/12/19", "2019-12-31", "remark", "avec quatre chiffres"),
        ("signed_on", "31/12/60", "2060-12-31", "remark", "lu 2060-12-31"),
        ("signed_on", "déc-19", "2019-12", "remark", "lu 2019-12"),
        ("signed_on", "01-janv-20", "2020-01-01", "remark", "lu 2020-01-01"),
        ("signed_on", "1-janv.-61", "1961-01-01", "remark", "lu 1961-01-01"),
        ("signed_on", "18264", "1950-01-01", "remark", "comptée en jours"),
        ("signed_on", "73415", "2100-12-31", "remark", "comptée en jours"),
        ("amount_total_eur", "1.5E+14", 1.5e14, "remark", "l’a peut-être arrondi"),
        ("stated_communes", "1.2345E+04", 12_345, "remark", "est lu 12\u202f345"),
        ("signed_on", "31/12/61", "1961-12-31", "remark", "lu 1961-12-31"),
        ("signed_on", "12/31/2019", "2019-12-31", "warning", "le mois en premier"),
        ("signed_on", "T4 2019", "2019", "remark", "seule l’année 2019 est retenue"),
        ("signed_on", "4e trimestre 2019", "2019", "remark", "seule l’année 2019 est retenue"),
        ("amount_total_eur", "1.5E+06", 1_500_000.0, "remark", "est lu 1\u202f500\u202f000"),
        ("stated_communes", "4,1E+04", 41_000, "remark", "l’a peut-être arrondi"),
        ("amount_total_eur", "1,2E+06", 1_200_000.0, "remark", "est lu 1\u202f200\u202f000"),
        ("amount_total_eur", "1e3", 1_000.0, "remark", "est lu 1\u202f000"),
        ("amount_total_eur", "12e5", 1_200_000.0, "remark", "est lu 1\u202f200\u202f000"),
        ("amount_total_eur", "12,5E+03", 12_500.0, "remark", "est lu 12\u202f500"),
        ("amount_total_eur", "123.456E+06", 123_456_000.0, "remark", "est lu 123\u202f456\u202f000"),
    ],
)
def test_a_cell_that_is_read_by_a_rule_is_used_and_said(
    column: str, cell: str, kept: object, severity: str, said: str
) -> None:
    with pytest.raises(CellError) as caught:
        parse_cell(CONTRACTS.field(column), cell)
    value = caught.value.kept
    assert (value.text if isinstance(value, PartialDate) else value) == kept
    assert caught.value.severity == severity
    assert said in caught.value.message.text("fr")


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        ("signed_on", "2019-2020", "est une période, pas une date"),
        ("signed_on", "2019 à 2020", "est une période, pas une date"),
        ("signed_on", "12/19", "n’est pas une date"),
        ("signed_on", "jui 2019", "n’est pas une date"),
        ("signed_on", "13/13/2019", "n’est pas une date"),
        ("signed_on", "12345", "n’est pas une date"),
        ("signed_on", "99999", "n’est pas une date"),
        ("signed_on", "18263", "n’est pas une date"),
        ("signed_on", "73416", "n’est pas une date"),
        ("signed_on", "2019-12-31 25:99", "n’est pas une date"),
        ("signed_on", "2019-12-31 24:00", "n’est pas une date"),
        ("signed_on", "2019-12-31 12:60", "n’est pas une date"),
        ("signed_on", "31/12/2019 12:00:61", "n’est pas une date"),
        ("signed_on", "mardi 3 juin 2020", "n’est pas une date"),  # it was a Wednesday
        ("signed_on", "2019-13-1", "n’est pas une date"),
        ("signed_on", "19-déc", "n’est pas une date"),
        ("signed_on", "jui-19", "n’est pas une date"),
        ("amount_total_eur", "1.5E+15", "n’est pas un montant"),
        ("amount_total_eur", "-1.5E+06", "est négatif"),
        ("amount_total_eur", "12e14", "n’est pas un montant"),
        ("amount_total_eur", "1,2E-06", "n’est pas un montant"),
        ("stated_communes", "-4,1E+04", "est négatif"),
        ("stated_communes", "1.2345E+03", "n’est pas un nombre entier"),
        ("stated_communes", "1.234.567.890.123.456", "n’est pas un nombre entier"),
        ("amount_total_eur", "12 mds", "n’est pas un montant"),
        ("amount_total_eur", "12 %", "est un pourcentage"),
        ("amount_total_eur", "1,234 k€", "milliers ou décimales"),
        ("amount_total_eur", "1,5 M", "n’est pas un montant"),
        ("amount_total_eur", "12 34", "n’est pas un montant"),
        ("amount_total_eur", "1.23.456", "n’est pas un montant"),
        ("amount_total_eur", "1.5E-06", "n’est pas un montant"),
        ("amount_total_eur", "-1,5 M€", "est négatif"),
        ("stated_communes", "1,234", "milliers ou décimales"),
    ],
)
def test_what_could_mean_two_things_is_refused(column: str, cell: str, said: str) -> None:
    with pytest.raises(CellError) as caught:
        parse_cell(CONTRACTS.field(column), cell)
    assert (caught.value.kept, caught.value.severity) == (None, "error")
    assert said in caught.value.message.text("fr")


@pytest.mark.parametrize(
    ("status", "written"),
    [
        ("signed", ["signée", "SIGNÉS", "signées", "conclu", "Conclue"]),
        ("in_force", ["en cours", "En Cours", "actif", "actives", "en exécution", "En cours d’exécution"]),
        ("planned", ["à venir", "prévue", "en projet", "programmées", "en négociation", "à signer"]),
        ("planned", ["en cours de signature", "en cours de négociation"]),  # not yet in force
        ("ended", ["terminé", "Terminée", "clos", "close", "échu", "ECHUE", "finis", "expirés", "achevée"]),
        ("announced", ["annoncée", "ANNONCES"]),
    ],
)
def test_the_statuses_that_people_write_are_understood(status: str, written: list[str]) -> None:
    for table in ("contracts", "missions", "operations"):
        column = load_schema()[table].field("status")
        assert {text: parse_cell(column, text) for text in written} == dict.fromkeys(written, status)


@pytest.mark.parametrize(
    "text", ["abandonné", "suspendu", "non signé", "résilié", "en cours ?", "e", "cours"]
)
def test_a_status_that_no_value_means_stays_a_problem(text: str) -> None:
    with pytest.raises(CellError) as caught:
        parse_cell(CONTRACTS.field("status"), text)
    assert (caught.value.message.key, caught.value.kept) == ("value-choice", None)


def test_every_word_for_a_status_is_one_of_a_single_status() -> None:
    choices = CONTRACTS.field("status").choices
    told = [folded(word) for words in status_words().values() for word in words]
    assert set(status_words()) == set(choices)
    assert len(told) == len(set(told))
