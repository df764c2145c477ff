"""An amount is read to the cent however it is written; the unknown is never 0, the unsure is refused."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geocontracts.records.figures import read_sum
from geocontracts.records.values import CellError, parse_cell
from geocontracts.words import number
from tests.budget import examples
from tests.fuzz.targets import field_of, parsed

pytestmark = pytest.mark.thorough  # with every check in CI: the default run is kept short

AMOUNT, INTEGER = field_of("amount"), field_of("integer")
TIMES = {"k€": 10**3, "M€": 10**6, "millions d’euros": 10**6, "Md€": 10**9, "milliards €": 10**9}
GAPS = " \u00a0\u202f\u2009"
cents = st.one_of(st.integers(0, 10**7), st.integers(0, 10**14))


def grouped(whole: int, mark: str) -> str:
    """Return a number with a mark between its thousands."""
    return f"{whole:,}".replace(",", mark)


def spellings(amount: int) -> list[str]:
    """Return what people and programs write for an amount in cents, each with one meaning."""
    whole, rest = divmod(amount, 100)
    end = f"{rest:02}"
    found = [f"{whole},{end}", f"{whole}.{end}", f"{whole},{end} €", f"€ {whole}.{end}", f"{whole},{end}0000"]
    found += [
        f"{grouped(whole, gap)},{end}{unit}" for gap in GAPS for unit in ("", "€", " €", " euros", " EUR")
    ]
    if whole >= 1000:
        found += [
            f"{grouped(whole, '.')},{end}",
            f"{grouped(whole, ',')}.{end} €",
            f"{grouped(whole, '’')},{end}",
        ]
    if rest == 0:
        found += [str(whole), f"{whole} €", f"{grouped(whole, ' ')} euros"]
    return found


@examples(60)
@given(amount=cents)
def test_an_amount_is_read_to_the_cent(amount: int) -> None:
    for written in spellings(amount):
        found = parse_cell(AMOUNT, written)
        assert isinstance(found, float)
        assert round(Decimal(found), 2) == Decimal(amount) / 100, written
        assert found == float(Decimal(amount) / 100), written


@examples(60)
@given(thousandths=st.integers(1, 10**9), unit=st.sampled_from(sorted(TIMES)))
def test_an_amount_in_thousands_or_millions_is_read_to_the_cent(thousandths: int, unit: str) -> None:
    exact = Decimal(thousandths) / 1000 * TIMES[unit]
    written = f"{thousandths // 1000},{thousandths % 1000:03}0"
    for text in (f"{written} {unit}", f"{written}{unit}", f"{written.replace(',', '.')} {unit.upper()}"):
        found = read_sum(text)
        assert found is not None, text
        assert round(Decimal(found), 2) == round(exact, 2), text


@examples(25)
@given(whole=st.integers(1, 999), rest=st.integers(0, 999), mark=st.sampled_from(",."))
def test_what_may_be_thousands_or_decimals_is_refused(whole: int, rest: int, mark: str) -> None:
    for field in (AMOUNT, INTEGER):
        with pytest.raises(CellError, match="thousands") as error:
            parse_cell(field, f"{whole}{mark}{rest:03}")
        assert error.value.message.key == "value-thousands"
        assert error.value.kept is None


@pytest.mark.parametrize("kind", ["amount", "integer"])
@examples(25)
@given(cell=st.text(st.characters(exclude_categories=["Cs", "Nd", "Nl", "No"]), max_size=10))
def test_a_cell_without_a_figure_is_never_0(kind: str, cell: str) -> None:
    assert parsed(kind, cell) is None


@examples(25)
@given(amount=st.integers(1, 10**12), unit=st.sampled_from(["", " €", " k€"]), sign=st.sampled_from("-−–"))
def test_a_negative_amount_is_never_a_positive_one(amount: int, unit: str, sign: str) -> None:
    assert parsed("amount", f"{sign}{amount}{unit}") is None
    assert parsed("amount", f"({amount}{unit})") is None


@examples(60)
@given(amount=cents)
def test_an_amount_that_is_shown_in_french_is_read_as_the_same(amount: int) -> None:
    euros = amount / 100
    assert read_sum(number(euros, "fr")) == euros
