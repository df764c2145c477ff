"""A date is read as precisely as it is written, and shown again it is the same date."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from geocontracts.records.dates import PartialDate, date_of_serial, date_of_short_year, read_date
from tests.budget import examples
from tests.fuzz.targets import parsed

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
days = st.dates(date(1900, 1, 1), date(2099, 12, 31))


def spellings_of_day(day: date) -> list[str]:
    """Return what people and programs write for a day, each with one meaning in France."""
    name, year = MONTHS[day.month - 1], day.year
    number = "1er" if day.day == 1 else str(day.day)
    return [
        day.isoformat(),
        f"{year}-{day.month}-{day.day}",
        f"{day:%Y/%m/%d}",
        f"{day:%Y%m%d}",
        f"{day:%d/%m/%Y}",
        f"{day.day}/{day.month}/{year}",
        f"{day:%d.%m.%Y}",
        f"{day:%d-%m-%Y}",
        f"{day:%d/%m/%Y} 00:00",
        f"{day.isoformat()}T23:59:59Z",
        f"{day.isoformat()} 12:30:00.125",
        f"{number} {name} {year}",
        f"le {number} {name.upper()} {year}",
        f"{DAYS[day.weekday()]} {number} {name} {year}",
        f"{DAYS[day.weekday()].title()}, {number}\u00a0{name}  {year}",
    ]


def spellings_of_month(day: date) -> list[str]:
    """Return what people write for a month."""
    name, year = MONTHS[day.month - 1], day.year
    short = name if day.month in (6, 7) else f"{name[:4]}."
    return [f"{day:%Y-%m}", f"{day.month}/{year}", f"{day:%m.%Y}", f"{name} {year}", f"{short} {year}"]


@examples(60)
@given(day=days)
def test_a_day_is_that_day_however_it_is_written(day: date) -> None:
    for written in spellings_of_day(day):
        assert read_date(written) == PartialDate(day.isoformat()), written


@examples(40)
@given(day=days)
def test_what_is_partial_stays_partial(day: date) -> None:
    for written in spellings_of_month(day):
        found = read_date(written)
        assert found == PartialDate(f"{day:%Y-%m}"), written
        assert found.last().day == calendar.monthrange(day.year, day.month)[1]
    for written in (str(day.year), f"{day.year}.0", f" {day.year}\u202f"):
        assert read_date(written) == PartialDate(str(day.year)), written


@examples(60)
@given(day=days, other=st.integers(1, 6))
def test_another_day_of_the_week_is_refused(day: date, other: int) -> None:
    wrong = DAYS[(day.weekday() + other) % 7]
    assert read_date(f"{wrong} {day.day} {MONTHS[day.month - 1]} {day.year}") is None


@examples(25)
@given(year=st.integers(1900, 2099), month=st.integers(1, 12), day=st.integers(1, 99))
def test_a_day_that_never_was_is_no_other_day(year: int, month: int, day: int) -> None:
    is_one = day <= calendar.monthrange(year, month)[1]
    for written in (f"{day}/{month}/{year}", f"{day} {MONTHS[month - 1]} {year}", f"{year}-{month}-{day}"):
        assert (read_date(written) is not None) == is_one, written


@examples(25)
@given(day=st.dates(date(1961, 1, 1), date(2060, 12, 31)))
def test_what_a_spreadsheet_makes_of_a_day_is_that_day(day: date) -> None:
    """They are read by a rule that could be wrong: what is kept is right, and a remark says it."""
    serial = (day - date(1899, 12, 30)).days
    assert date_of_serial(str(serial)) == PartialDate(day.isoformat())
    assert date_of_short_year(f"{day:%d/%m/%y}") == PartialDate(day.isoformat())
    assert read_date(str(serial)) is read_date(f"{day:%d/%m/%y}") is None


@examples(25)
@given(first=days, gap=st.integers(0, 40_000))
def test_the_order_of_dates_is_that_of_time(first: date, gap: int) -> None:
    later = first + timedelta(days=gap)
    one, other = PartialDate(first.isoformat()), PartialDate(later.isoformat())
    assert one <= other
    assert (one == other) == (gap == 0)
    for size in (4, 7):
        assert PartialDate(one.text[:size]) <= PartialDate(other.text[:size])
        assert PartialDate(one.text[:size]).first() <= first <= PartialDate(one.text[:size]).last()


@examples(80)
@given(cell=st.text(st.sampled_from("0123456789/.-: TZjanvfrmsu’er,û\u00a0"), max_size=14))
def test_what_is_kept_of_any_cell_is_a_date_that_reads_as_itself(cell: str) -> None:
    kept = parsed("date", cell)
    assert kept is None or (isinstance(kept, PartialDate) and parsed("date", kept.text) == kept)
