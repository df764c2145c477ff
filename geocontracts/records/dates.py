"""Dates as people and programs write them, as precise as they are."""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

from geocontracts.memory import remembered

_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_TIME = r"(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?"
_ISO_MOMENT = re.compile(
    rf"([0-9]{{4}})([-/])([0-9]{{1,2}})\2([0-9]{{1,2}})(?:[T ]{_TIME}(?:Z|[+-][0-9]{{2}}:?[0-9]{{2}})?)?"
)
_COMPACT = re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})")
_DAY_FIRST = re.compile(rf"([0-9]{{1,2}})([/.-])([0-9]{{1,2}})\2([0-9]{{4}}|[0-9]{{2}})(?: {_TIME})?")
_MONTH_YEAR = re.compile(r"([0-9]{1,2})[/.-]([0-9]{4})")
_WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_IN_WORDS = re.compile(
    rf"(?:(?:le )?(?:({'|'.join(_WEEKDAYS)}),? )?"
    rf"([0-9]{{1,2}})(?:er)?[ -])?([a-z]{{3,9}})\.?[ -]?([0-9]{{4}})"
)
_SHORT_IN_WORDS = re.compile(r"(?:([0-9]{1,2})-)?([a-z]{3,9})\.?-([0-9]{2})")  # what Excel makes of a day
_YEAR_AS_NUMBER = re.compile(r"([0-9]{4})\.0+")
_SPAN = re.compile(r"(?:19|20)[0-9]{2} ?(?:[-–—/a]|au) ?(?:19|20)[0-9]{2}")
_QUARTER = re.compile(
    r"(?:[tq][1-4]|(?:1er|[1-4](?:e|eme)?) ?(?:t|trim\.?|trimestre)|(?:1er|[12]e?) semestre|[sh][12])"
    r"[ /-]*((?:19|20)[0-9]{2})"
)
_SERIAL = re.compile(r"([0-9]{5})(?:[.,][0-9]+)?")
_SERIAL_DAYS = range(18264, 73416)  # 1950-01-01 to 2100-12-31
_SERIAL_ORIGIN = date(1899, 12, 30)  # a spreadsheet counts a 29 February 1900 that never was
_LAST_SHORT_YEAR = 60  # 31/12/60 is 2060, 31/12/61 is 1961
_MONTHS = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin",
    "juillet", "aout", "septembre", "octobre", "novembre", "decembre",
)  # fmt: skip
_SHORT_MONTHS = {"jan": 1, "jui": 0, "sep": 9, "juil": 7}  # `jui` is June as much as July


@dataclass(frozen=True, order=True)
class PartialDate:
    """A year, a month or a day, as precisely as the source says it.

    `text` is ISO 8601: `2019`, `2019-06` or `2019-06-29`.
    """

    text: str

    def __post_init__(self) -> None:
        """Refuse what is not a date.

        Raises:
            ValueError: the text is no year, month or day.
        """
        if not _ISO.fullmatch(self.text):
            msg = f"{self.text!r} is not YYYY, YYYY-MM or YYYY-MM-DD"
            raise ValueError(msg)
        self.first()

    def first(self) -> date:
        """Return the first day that it can mean."""
        year, month, day = ([*self.text.split("-"), "01", "01"])[:3]
        return date(int(year), int(month), int(day))

    def last(self) -> date:
        """Return the last day that it can mean."""
        start = self.first()
        if len(self.text) == len("2019"):
            return date(start.year, 12, 31)
        if len(self.text) == len("2019-06"):
            return start.replace(day=calendar.monthrange(start.year, start.month)[1])
        return start

    def __str__(self) -> str:
        """Return the ISO text."""
        return self.text


@remembered(4096)  # a column holds few different dates
def read_date(text: str) -> PartialDate | None:
    """Return a date that is written in a way that has one meaning in France; None for any other.

    ISO 8601 with or without time, `20191231`, `31/12/2019`, `31.12.2019`, `12/2019`, `2019`,
    `2019.0`, `déc. 2019`, `1er janvier 2020`, `mercredi 3 juin 2020`, `2019-6-9`. `01/02/2019`
    is the first of February; a day of the week that is not that of the date is refused.
    """
    plain = _folded(text)
    year = _YEAR_AS_NUMBER.fullmatch(plain)
    iso = _ISO_MOMENT.fullmatch(text.strip())
    if iso:
        return _date(iso[1], iso[3], iso[4])
    if year or _ISO.fullmatch(plain):
        return _date(*(year[1] if year else plain).split("-"))
    compact = _COMPACT.fullmatch(plain)
    if compact:
        return _date(*compact.groups())
    day = _DAY_FIRST.fullmatch(plain)
    if day and len(day[4]) == len("2019"):
        return _date(day[4], day[3], day[1])
    month = _MONTH_YEAR.fullmatch(plain)
    if month:
        return _date(month[2], month[1])
    return _date_in_words(plain)


def _date_in_words(plain: str) -> PartialDate | None:
    words = _IN_WORDS.fullmatch(plain)
    number = _month(words[3]) if words else 0
    found = _date(words[4], str(number), words[2] or "") if words and number else None
    if found and words and words[1] and _WEEKDAYS[found.first().weekday()] != words[1]:
        return None
    return found


def date_of_short_year(text: str) -> PartialDate | None:
    """Return `31/12/19`, `31-déc-19` or `déc-19` as of 2019.

    Years to 60 are of this century, later ones of the last.
    """
    plain = _folded(text)
    day, words = _DAY_FIRST.fullmatch(plain), _SHORT_IN_WORDS.fullmatch(plain)
    if day and len(day[4]) == len("19"):
        return _date(_with_century(day[4]), day[3], day[1])
    number = _month(words[2]) if words else 0
    return _date(_with_century(words[3]), str(number), words[1] or "") if words and number else None


def _with_century(year: str) -> str:
    return f"{'20' if int(year) <= _LAST_SHORT_YEAR else '19'}{year}"


def date_with_month_first(text: str) -> PartialDate | None:
    """Return `12/31/2019`, which has no meaning with the day first, as 31 December 2019."""
    day = _DAY_FIRST.fullmatch(_folded(text))
    return _date(day[4], day[1], day[3]) if day and len(day[4]) == len("2019") else None


def date_of_serial(text: str) -> PartialDate | None:
    """Return the day that a spreadsheet counts as `43830`, from 1950 to 2100."""
    serial = _SERIAL.fullmatch(text.strip())
    if not serial or int(serial[1]) not in _SERIAL_DAYS:
        return None
    return PartialDate((_SERIAL_ORIGIN + timedelta(days=int(serial[1]))).isoformat())


def year_of_part(text: str) -> PartialDate | None:
    """Return the year of a quarter or half year (`T4 2019`), which has no shorter form here."""
    part = _QUARTER.fullmatch(_folded(text))
    return PartialDate(part[1]) if part else None


def is_span(text: str) -> bool:
    """Tell whether a text is a span of years, such as `2019-2020`, which is no date."""
    return bool(_SPAN.fullmatch(_folded(text)))


def _date(year: str, month: str = "", day: str = "") -> PartialDate | None:
    try:
        return PartialDate("-".join(part.zfill(2) for part in (year, month, day) if part))
    except ValueError:
        return None


def _month(name: str) -> int:
    """Return the number of a month, in full or cut; 0 for what is none, or could be two."""
    if name in _SHORT_MONTHS:
        return _SHORT_MONTHS[name]
    return next((number for number, full in enumerate(_MONTHS, 1) if full.startswith(name)), 0)


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.casefold().strip())
    return " ".join("".join(letter for letter in plain if not unicodedata.combining(letter)).split())
