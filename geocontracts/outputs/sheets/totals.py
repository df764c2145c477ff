"""Sums of euros as a table: each euro once, whole durations and years apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.outputs.over import over_note
from geocontracts.outputs.sheets.document import Column, Line, Note, Row, Table, line
from geocontracts.outputs.sheets.said import ORDER, counted, euros
from geocontracts.words import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geocontracts.outputs.sheets.document import Cell
    from geocontracts.outputs.sheets.presence import Sums
    from geocontracts.records.amounts import Funding
    from geocontracts.words import Lang


def totals_table(caption: str, sums: Sequence[tuple[str, Sums]], lang: Lang) -> Table | None:
    """Return the sums, a line each and one more for the amounts of each year; None where there are none.

    Payers that no line names have no column.
    """
    lines: list[tuple[Cell, Funding]] = []
    for label, found in sums:
        key = "fiche-sum-records" if found.silent else "fiche-sum-known"
        counts = counted(key, found.records, lang, silent=found.silent)
        if found.whole:
            lines.append(((Line(label, "strong"), Line(counts, "small")), found.whole))
        if found.yearly:
            each = Line(say("fiche-sum-yearly", lang), "small")
            lines.append(((Line(label, "strong"), each), found.yearly))
    if not lines:
        return None
    payers = [payer for payer in ORDER if any(payer in funding.payers for _, funding in lines)]
    keys = ["fiche-sum-total", *(f"fiche-sum-{payer}" for payer in payers)]
    columns = (
        Column(say("fiche-sum-of", lang), 40),
        *(Column(say(key, lang), 12, figures=True) for key in keys),
    )
    rows = [
        Row((label, *(_cell(value, lang) for value in (funding.total, *map(funding.payers.get, payers)))))
        for label, funding in lines
    ]
    return Table(caption, columns, tuple(rows))


def over_notes(sums: Iterable[Sums], lang: Lang) -> list[Note]:
    """Return why the payers of these sums come to more than their total, where they do."""
    over = {name: euros for found in sums for name, euros in found.over.items()}
    told = over_note(over, lang)
    return [Note(told, "small")] if told else []


def _cell(value: float | None, lang: Lang) -> Cell:
    return line("–" if value is None else euros(value, lang))
