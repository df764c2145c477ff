"""Turn the text of a cell into a value, or say why that cannot be done.

What has one meaning is read without a word (`1 234,50 €`, `déc. 2019`); what is read
by a rule that could be wrong is used and said (a date as a spreadsheet's number); what
can mean two things (`1.234`) is refused.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from geocontracts.records.dates import (
    PartialDate,
    date_of_serial,
    date_of_short_year,
    date_with_month_first,
    is_span,
    read_date,
    year_of_part,
)
from geocontracts.records.figures import is_ambiguous, read_number, read_scientific, read_sum, split_unit
from geocontracts.records.formats.headings import folded
from geocontracts.records.lists.headings import status_words
from geocontracts.words import Labels, Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from geocontracts.records.problems import Severity
    from geocontracts.records.schema import Field, FieldKind

__all__ = ["CellError", "PartialDate", "Value", "is_broken", "parse_cell", "says_nothing"]

_SPACES = re.compile(r"[\s\u00a0\u202f\u2009]+")
_LARGEST_INTEGER = 10**15

# What people and programs write for "we do not know".
_UNKNOWN = frozenset(
    (
        *("null", "none", "nan", "na", "<na>", "#n/a", "#na", "n/a", "n/d", "n/c"),
        *("nd", "n.d", "n.d.", "nc", "n.c", "n.c.", "nr", "n.r", "n.r.", "n.a", "n.a."),
        *("-", "--", "–", "—", "?", "??", "/", ".", "…", "..."),
    )
)
_LONGEST_UNKNOWN = max(map(len, _UNKNOWN))
_BROKEN = re.compile(
    r"#(?:REF|VALEUR|VALUE|DIV/0|NOM|NAME|NOMBRE|NUM|NUL|NULL|CHAMP|FIELD|CALC|SPILL|PROPAGATION)[!?]?"
    r"|#{3,}|Err:5[0-9]{2}",
    re.IGNORECASE,
)
_ENDINGS = ("e", "s", "es")  # of what is said of a convention, or of several: `signée`, `signés`
_YES_AND_NO = {
    "yes": {"oui", "o", "vrai", "true", "yes", "1", "x"},
    "no": {"non", "n", "faux", "false", "no", "0"},
}

Value: TypeAlias = "str | int | float | PartialDate | tuple[str, ...] | None"


def says_nothing(text: str) -> bool:
    """Say whether a text is a word for "we do not know": `NULL`, `NA`, `n.d.`, `-`."""
    return len(text) <= _LONGEST_UNKNOWN and text.casefold() in _UNKNOWN


def is_broken(text: str) -> bool:
    """Say whether a text is what a spreadsheet shows of a formula that fails: `#REF!`."""
    return text[:1] in "#Ee" and _BROKEN.fullmatch(text) is not None


class CellError(ValueError):
    """A cell that cannot be read as its column asks, or that is read with something to say.

    `message` says why; `kept` is what is used all the same, if anything is. `severity`
    is that of the problem to report: a remark or a warning when `kept` is sound.
    """

    def __init__(
        self, key: str, *, kept: Value = None, severity: Severity = "error", **facts: object
    ) -> None:
        """Keep the message for the report."""
        self.message = Message(key, facts)
        self.kept = kept
        self.severity: Severity = severity
        super().__init__(self.message.text("en"))


def parse_cell(field: Field, cell: str) -> Value:
    """Return the value that `cell` stands for; an empty cell is None, or () in a list.

    `NULL`, `NA`, `n.d.`, `-` and the like are empty too, unless they are one item of a list.

    Raises:
        CellError: the cell is not what the column holds, or something is to be said.
    """
    text = cell.strip(" \t\r\n\u00a0\u202f\ufeff") if cell else ""
    if not text or not text.strip("; ") or says_nothing(text):
        if field.required:
            raise CellError("value-required")
        return () if field.kind == "list" else None
    if is_broken(text):
        raise CellError("value-broken", severity="error" if field.required else "warning", value=text)
    if field.choices:
        return _choice(field, text)
    if field.pattern and field.kind == "text" and not re.fullmatch(field.pattern, text):
        raise CellError("value-id", kept=text, value=text)
    return _PARSERS[field.kind](text)


def _choice(field: Field, text: str) -> str:
    value = None if "?" in text else _spellings(field).get(folded(text))  # `Signé ?` is a doubt
    if value is None:
        raise CellError("value-choice", value=text, allowed=Labels(tuple(field.choices.values())))
    return value


@cache
def _spellings(field: Field) -> dict[str, str]:
    """Return the allowed value that each spelling stands for; the first value wins."""
    found: dict[str, str] = {}
    asks = set(field.choices) >= set(_YES_AND_NO)
    for value, labels in field.choices.items():
        for spelling in (
            folded(value),
            *map(folded, labels.values()),
            *(_YES_AND_NO.get(value, ()) if asks else ()),
        ):
            found.setdefault(spelling, value)
    if field.name == "status":
        for value, labels in field.choices.items():
            for word in (labels["fr"], *status_words().get(value, ())):
                for ending in ("", *_ENDINGS):
                    found.setdefault(folded(word) + ending, value)
    return found


def _date(text: str) -> PartialDate:
    found = read_date(text)
    if found:
        return found
    for key, severity, reading in _DOUBTFUL_DATES:
        kept = reading(text)
        if kept:
            raise CellError(key, kept=kept, severity=severity, value=text, date=kept)
    raise CellError("value-date-span" if is_span(text) else "value-date", value=text)


_DOUBTFUL_DATES: tuple[tuple[str, Severity, Callable[[str], PartialDate | None]], ...] = (
    ("value-date-short-year", "remark", date_of_short_year),
    ("value-date-month-first", "warning", date_with_month_first),
    ("value-date-serial", "remark", date_of_serial),
    ("value-date-part", "remark", year_of_part),
)


def _amount(text: str) -> float:
    amount = read_sum(text)
    if amount is None:
        raise _no_number("value-amount", text)
    return _not_negative(amount, text)


def _integer(text: str) -> int:
    number = read_number(text)
    if number is None or number % 1 or abs(number) >= _LARGEST_INTEGER:
        raise _no_number("value-integer", text)
    return int(_not_negative(number, text))


def _no_number(key: str, text: str) -> CellError:
    """Return the error of a cell that is no number of its kind, or only maybe."""
    number, _ = split_unit(text)
    if is_ambiguous(number):
        return CellError("value-thousands", value=text)
    if text.endswith("%"):
        return CellError("value-percent", value=text)
    rounded = read_scientific(text)
    if rounded is None or (key == "value-integer" and rounded % 1):
        return CellError(key, value=text)
    if rounded < 0:
        return CellError("value-negative", value=text, number=rounded)
    kept = int(rounded) if key == "value-integer" else rounded
    return CellError("value-scientific", kept=kept, severity="remark", value=text, number=rounded)


def _not_negative(number: float, text: str) -> float:
    if number < 0:
        raise CellError("value-negative", value=text, number=number)
    return number


def _list(text: str) -> tuple[str, ...]:
    return tuple(item for item in (_SPACES.sub(" ", part).strip() for part in text.split(";")) if item)


def _url(text: str) -> str:
    if not re.fullmatch(r"https?://[^\s<>\"']+", text):
        raise CellError("value-url", value=text)
    return text


def _text(text: str) -> str:
    return text


_PARSERS: dict[FieldKind, Callable[[str], Value]] = {
    "text": _text,
    "integer": _integer,
    "amount": _amount,
    "date": _date,
    "list": _list,
    "url": _url,
}
