"""Cells become values, or a message that says what was expected."""

from datetime import date

import pytest

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
        ("amount_total_eur", "12 millions", "155000000 ou 3186368,61"),
        ("amount_state_eur", "-5", "est négatif"),
        ("stated_epci", "8,5", "nombre entier"),
        ("signed_on", "30/02/2018", "2019, 2019-06, 2019-06-29 ou 29/06/2019"),
        ("signed_on", "2018-13", "2019, 2019-06, 2019-06-29 ou 29/06/2019"),
        ("signed_on", "2018-02-30", "2019, 2019-06, 2019-06-29 ou 29/06/2019"),
        ("signed_on", "٢٠١٨", "2019, 2019-06, 2019-06-29 ou 29/06/2019"),
        ("status", "fini", "Signé, En vigueur, Prévu, Achevé, Annoncé"),
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
