"""Dates and euros as every output says them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.words import LANGS, Labels, number, say

if TYPE_CHECKING:
    from geocontracts.records.values import PartialDate
    from geocontracts.words import Lang


def date_text(date: PartialDate, lang: Lang) -> str:
    """Say a date as precisely as it is known: `2019`, `juin 2019`, `29 juin 2019`."""
    year, month, day = [*date.text.split("-"), "", ""][:3]
    if not month:
        return year
    name = say("fiche-months", lang).split()[int(month) - 1]
    if not day:
        return f"{name} {year}"
    if lang == "en":
        return f"{int(day)} {name} {year}"
    return f"{'1er' if day == '01' else int(day)}\u00a0{name} {year}"


def when_text(date: PartialDate, lang: Lang) -> str:
    """Say when: `en 2019`, `en juin 2019`, `le 29 juin 2019`."""
    is_day = date.text.count("-") > 1
    return say("said-on" if is_day else "said-in", lang, date=date_text(date, lang))


def sum_text(value: float, lang: Lang) -> str:
    """Write a sum of euros without its sign, with both decimals where there are cents: `1 007,50`."""
    text = number(value, lang)
    tail = len(text.replace(".", ",").rpartition(",")[2]) if value % 1 else 0
    return text + "0" if tail == 1 else text


def dated(date: PartialDate) -> Labels:
    """Return a date that a message says in its own language."""
    return Labels(({lang: date_text(date, lang) for lang in LANGS},))


def when(date: PartialDate) -> Labels:
    """Return when something was, for a message: `en 2019`, `le 29 juin 2019`."""
    return Labels(({lang: when_text(date, lang) for lang in LANGS},))


def summed(value: float) -> Labels:
    """Return a sum that a message writes in its own language."""
    return Labels(({lang: sum_text(value, lang) for lang in LANGS},))
