"""French and Markdown: tables, counts, dates and euros as a reader expects them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geocontracts.words import number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geocontracts.records.values import PartialDate

MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()  # noqa: SIM905
MARKDOWN = re.compile(r"([\\`*_\[\]<>|~])")


def md(text: str) -> str:
    """Return a text that Markdown shows as it is."""
    return MARKDOWN.sub(r"\\\1", text.replace("\n", " "))


def typeset(text: str) -> str:
    """Keep French punctuation with its word."""
    return re.sub(r" ([:;!?»])(?=\s)", "\u00a0\\1", text).replace("« ", "«\u00a0")


def table(head: list[str], rows: Iterable[list[str]], *, numeric: bool = False) -> str:
    """Return a Markdown table; figures are aligned on the right."""
    marks = ["---", *["---:" if numeric else "---"] * (len(head) - 1)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [head, marks, *rows])


def several(count: int, one: str, many: str = "") -> str:
    """Count things in words: `1 commune`, `3 communes`."""
    is_plural = count > 1  # in French, 0 is singular
    return f"{number(count, 'fr')} {(many or one + 's') if is_plural else one}"


def listed(text: str) -> str:
    """Give the semicolons of a list the space of French."""
    return re.sub(r"(?<![\s\u00a0]); ", " ; ", text)


def span(start: PartialDate | None, end: PartialDate | None) -> str:
    """Say from when to when, as far as it is known."""
    if start and end:
        return on(start) if start == end else f"{from_(start)} à {day(end)}"
    if start:
        return f"depuis {'le ' if _has_day(start) else ''}{day(start)}"
    return f"jusqu’à {day(end)}" if end else ""


def _has_day(when: PartialDate) -> bool:
    return len(when.text) > len("2019-06")


def on(when: PartialDate) -> str:
    """Say the date of an event: `le 7 mars 2017`, `en 2017`."""
    return f"{'le' if _has_day(when) else 'en'} {day(when)}"


def from_(when: PartialDate) -> str:
    """Say the beginning of a span: `du 7 mars 2017`, `d’août 2019`."""
    if _has_day(when):
        return f"du {day(when)}"
    return f"d’{day(when)}" if day(when)[0] in "ao" else f"de {day(when)}"


def day(when: PartialDate) -> str:
    """Write a date that may be partial."""
    year, *rest = when.text.split("-")
    if not rest:
        return year
    month = f"{MONTHS[int(rest[0]) - 1]} {year}"
    if not rest[1:]:
        return month
    return f"1er {month}" if rest[1] == "01" else f"{int(rest[1])} {month}"


def euros(value: float | None) -> str:
    """Write euros exactly."""
    return "–" if value is None else f"{number(value, 'fr')}\u00a0€"
