"""Write the values of typed formats as plain text: `2691`, `1234.5`, `2019-06-29`."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from geocontracts.records.figures import is_ambiguous

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_SHEET_DIGITS = 15  # what a spreadsheet keeps and shows of a number


def written(values: Iterable[Any]) -> list[str]:
    """Return the values of a row as plain text; None is ""."""
    return [value if type(value) is str else plain_text(value) for value in values]


def plain_text(value: Any) -> str:
    """Return one value as plain text.

    Whole numbers have no decimals and no number an exponent; one with three decimals is
    written with a fourth (`12.3750`), for `12.375` as text may mean thousands. Dates are ISO 8601,
    without the time when that is midnight; the items of a list are joined by `;`;
    what has parts with names is JSON.
    """
    writer = _WRITERS.get(type(value))
    if writer:
        return writer(value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    if hasattr(value, "tolist"):  # numpy's scalars and arrays
        return plain_text(value.tolist())
    return str(value)


def shown_number(value: float) -> str:
    """Return a number of a spreadsheet with the digits that it keeps, without noise after them."""
    if value.is_integer() and abs(value) < 10**_SHEET_DIGITS:
        return str(int(value))
    return _certain(_without_exponent(f"{value:.{_SHEET_DIGITS}g}"))


def _number(value: float) -> str:
    if value != value:  # noqa: PLR0124 - not a number is a hole in a column of floats
        return ""
    return _certain(_without_exponent(repr(value).removesuffix(".0")))


def _certain(text: str) -> str:
    """Return a number, whose point is that of decimals, so that nobody takes it for thousands."""
    return text + "0" if is_ambiguous(text) else text


def _without_exponent(text: str) -> str:
    return format(Decimal(text), "f") if "e" in text else text


def _decimal(value: Decimal) -> str:
    text = format(value, "f")
    return _certain(text.rstrip("0").rstrip(".") if "." in text else text)


def _moment(value: datetime) -> str:
    if value.timetz() == time():
        return value.date().isoformat()
    return value.isoformat(sep=" ")


def _duration(value: timedelta) -> str:
    minutes, seconds = divmod(int(value.total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"


def _joined(values: Iterable[Any]) -> str:
    return ";".join(plain_text(value) for value in values)


_WRITERS: dict[type, Callable[[Any], str]] = {
    str: str,
    type(None): lambda _: "",
    bool: lambda value: "true" if value else "false",
    int: str,
    float: _number,
    Decimal: _decimal,
    date: date.isoformat,
    datetime: _moment,
    time: time.isoformat,
    timedelta: _duration,
    list: _joined,
    tuple: _joined,
    bytes: bytes.hex,
}
