"""Dates, euros and counts as a sheet says them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.outputs.said import date_text, sum_text
from geocontracts.records.amounts import PAYERS, period_of, stated_funding
from geocontracts.webmap.payload import page_words
from geocontracts.words import number, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geocontracts.records.amounts import Funding, Payer, Period
    from geocontracts.records.register import Contract, Mission, Operation
    from geocontracts.records.values import PartialDate
    from geocontracts.words import Lang

ORDER: tuple[Payer, ...] = tuple(payer for _, payer in PAYERS["operation"])


def period_text(start: PartialDate | None, end: PartialDate | None, lang: Lang) -> str:
    """Say from when to when, and nothing where neither is known."""
    if start and start == end:
        return date_text(start, lang)
    if start and end:
        return say("fiche-from-to", lang, start=date_text(start, lang), end=date_text(end, lang))
    if start:
        return say("fiche-from", lang, start=date_text(start, lang))
    return say("fiche-until", lang, end=date_text(end, lang)) if end else ""


def euros(value: float, lang: Lang) -> str:
    """Write euros in full, so that no digit of the source is lost."""
    return say("fiche-euros", lang, n=sum_text(value, lang))


def funding_lines(funding: Funding, period: Period, lang: Lang) -> list[str]:
    """Say a total and what each payer gives, a line each; nothing where nothing is known."""
    each = say("fiche-yearly", lang) if period == "yearly" else ""
    lines = []
    if funding.total is not None:
        lines.append(say("fiche-total", lang, sum=euros(funding.total, lang)) + each)
    for payer in ORDER:
        if payer in funding.payers:
            sum_ = euros(funding.payers[payer], lang)
            lines.append(say("fiche-share", lang, payer=say(f"fiche-payer-{payer}", lang), sum=sum_) + each)
    return lines


def amount_lines(record: Contract | Mission | Operation, lang: Lang) -> list[str]:
    """Say the amounts of a record as its source states them."""
    return funding_lines(stated_funding(record), period_of(record), lang)


def status_text(record: Contract | Mission | Operation, lang: Lang) -> str:
    """Say the status that the document gives."""
    if record.status is None:
        return say("fiche-status-unsaid", lang)
    running = record.status == "in_force" and record.kind != "contract"
    return page_words(lang)["status.running" if running else f"status.{record.status}"]


def counted(key: str, count: int, lang: Lang, **facts: object) -> str:
    """Say how many there are: `key-one` for one (in French, for none too), else `key`."""
    one = count == 1 or (count == 0 and lang == "fr")
    return say(f"{key}-one" if one else key, lang, n=count, **facts)


def listed(names: Sequence[str], most: int, lang: Lang) -> str:
    """Name the first `most`, and say how many others there are."""
    rest = len(names) - most
    if rest <= 1:  # to name the last one takes no more room than to count it
        return ", ".join(names)
    return say("fiche-and-others", lang, names=", ".join(names[:most]), n=rest)


def capital(text: str) -> str:
    """Begin a text with a capital."""
    return text[:1].upper() + text[1:]


def figure(value: float | None, lang: Lang) -> str:
    """Write a number, or a dash where it is unknown."""
    return "–" if value is None else number(value, lang)
