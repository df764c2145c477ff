"""Turn the text of a cell into a value, or say why that cannot be done."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from geocontracts.words import Labels, Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from geocontracts.records.schema import Field, FieldKind

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_FRENCH_DATE = re.compile(r"(?:([0-9]{1,2})/)?([0-9]{1,2})/([0-9]{4})")
_AMOUNT = re.compile(r"[+-]?[0-9]{1,15}([.,][0-9]{1,6})?")
_THOUSANDS_OR_DECIMALS = re.compile(r"[+-]?[0-9]{1,3}[.,][0-9]{3}")
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009]+")


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
        if not _DATE.fullmatch(self.text):
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


Value: TypeAlias = "str | int | float | PartialDate | tuple[str, ...] | None"


class CellError(ValueError):
    """A cell that cannot be read as its column asks.

    `message` says why; `kept` is what is used all the same, if anything is.
    """

    def __init__(self, key: str, *, kept: Value = None, **facts: object) -> None:
        """Keep the message for the report."""
        self.message = Message(key, facts)
        self.kept = kept
        super().__init__(self.message.text("en"))


def parse_cell(field: Field, cell: str) -> Value:
    """Return the value that `cell` stands for; an empty cell is None, or () in a list.

    Raises:
        CellError: the cell is not what the column holds.
    """
    text = cell.strip(" \t\r\n\u00a0\u202f\ufeff")
    if not text.strip("; "):
        if field.required:
            raise CellError("value-required")
        return () if field.kind == "list" else None
    if field.choices:
        return _choice(field, text)
    if field.pattern and field.kind == "text" and not re.fullmatch(field.pattern, text):
        raise CellError("value-id", kept=text, value=text)
    return _PARSERS[field.kind](text)


def _choice(field: Field, text: str) -> str:
    wanted = text.casefold()
    for value, labels in field.choices.items():
        if wanted in (value, *(label.casefold() for label in labels.values())):
            return value
    raise CellError("value-choice", value=text, allowed=Labels(tuple(field.choices.values())))


def _date(text: str) -> PartialDate:
    french = _FRENCH_DATE.fullmatch(text)
    parts = (french[3], french[2], french[1]) if french else ()
    iso = "-".join(part.zfill(2) for part in parts if part) if parts else text
    try:
        return PartialDate(iso)
    except ValueError as error:
        raise CellError("value-date", value=text) from error


def _amount(text: str) -> float:
    plain = _SPACES.sub("", text).removesuffix("€")
    if not _AMOUNT.fullmatch(plain):
        raise CellError("value-amount", value=text)
    if _THOUSANDS_OR_DECIMALS.fullmatch(plain):
        raise CellError("value-thousands", value=text)
    amount = float(plain.replace(",", "."))
    if amount < 0:
        raise CellError("value-negative", value=text)
    return amount


def _integer(text: str) -> int:
    plain = _SPACES.sub("", text)
    if not re.fullmatch(r"[+-]?[0-9]{1,15}", plain):
        raise CellError("value-integer", value=text)
    if int(plain) < 0:
        raise CellError("value-negative", value=text)
    return int(plain)


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
