"""Contracts, missions and operations as lines of tables, whatever the sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.outputs.sheets.document import Column, Line, Row, Table
from geocontracts.outputs.sheets.said import (
    amount_lines,
    capital,
    date_text,
    listed,
    period_text,
    status_text,
)
from geocontracts.records.register import Contract, Mission, Operation
from geocontracts.words import number, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geocontracts.outputs.sheets.document import Cell
    from geocontracts.outputs.sheets.ledger import Ledger, Standing
    from geocontracts.outputs.sheets.sources import Cited

_SIGNATORIES = 14


class RowWriter:
    """Writes records as lines of tables, and notes the documents that they come from."""

    def __init__(self, ledger: Ledger, cited: Cited) -> None:
        """Speak the language of the ledger."""
        self._ledger, self._lang, self._cited = ledger, ledger.lang, cited

    def table(self, caption: str, rows: Iterable[Row]) -> Table:
        """Return the table of such lines."""
        labels = ("fiche-what", "fiche-when", "fiche-where", "fiche-amounts")
        columns = (
            Column(say(key, self._lang), share) for key, share in zip(labels, (42, 18, 22, 18), strict=True)
        )
        return Table(caption, tuple(columns), tuple(rows))

    def row(
        self, record: Contract | Mission | Operation, standing: Standing, where: Cell, *, is_part: bool
    ) -> Row:
        """Return one record; `is_part`: its amounts are not those of the territory of the sheet alone."""
        cells = (self._what(record), self._when(record, standing), where, self._amounts(record, is_part=is_part))
        return Row(cells, self._ledger.colour(record.programme))

    def _what(self, record: Contract | Mission | Operation) -> Cell:
        return (Line(record.title, "strong"), *(Line(text, "small") for text in self._about(record)))

    def _about(self, record: Contract | Mission | Operation) -> Iterator[str]:
        yield self._ledger.programme_name(record.programme)
        if isinstance(record, Operation) and record.contract in self._ledger.register.contracts:
            title = self._ledger.register.contracts[record.contract].title
            yield say("fiche-of-contract", self._lang, title=title)
        if isinstance(record, Mission) and record.operator:
            yield say("fiche-operator", self._lang, name=record.operator)
        if isinstance(record, Contract) and record.signatories:
            names = listed(record.signatories, _SIGNATORIES, self._lang)
            yield say("fiche-signatories", self._lang, names=names)
        if isinstance(record, Mission) and record.partners:
            yield say("fiche-partners", self._lang, names=listed(record.partners, _SIGNATORIES, self._lang))
        if record.summary:
            yield record.summary
        if record.remark:
            yield say("fiche-remark", self._lang, text=record.remark)
        source = self._cited.mark(record.source, record.section)
        if source:
            yield source

    def _when(self, record: Contract | Mission | Operation, standing: Standing) -> Cell:
        lines = [Line(capital(status_text(record, self._lang)))]
        signed = record.signed_on if isinstance(record, Contract) else None
        if signed:
            text = date_text(signed, self._lang)
            key = "fiche-signed-on" if len(signed.text) == len("2019-06-29") else "fiche-signed-in"
            lines.append(Line(say(key, self._lang, date=text), "small"))
        period = period_text(record.starts_on, record.ends_on, self._lang)
        if period:
            lines.append(Line(period, "small"))
        if standing.by_date:
            source = self._ledger.source(record)
            dated = date_text(source.published_on, self._lang) if source and source.published_on else ""
            lines.append(Line(say("fiche-past-by-date", self._lang, date=dated), "small"))
        if isinstance(record, Mission) and record.days is not None:
            lines.append(Line(say("fiche-days", self._lang, n=record.days), "small"))
        if not period and not signed:
            lines.append(Line(say("fiche-undated", self._lang), "small"))
        return tuple(lines)

    def _amounts(self, record: Contract | Mission | Operation, *, is_part: bool) -> Cell:
        if record.kind == "mission":
            return (Line(say("fiche-no-amount-mission", self._lang), "small"),)
        lines = amount_lines(record, self._lang)
        if not lines:
            return (Line(say("fiche-no-amount", self._lang), "small"),)
        said = [Line(text) for text in lines]
        if is_part:
            said.append(Line(say(f"fiche-whole-{record.kind}", self._lang), "small"))
        around = self._counted_in(record.id)
        if around:
            said.append(Line(say("fiche-counted-in", self._lang, title=around), "small"))
        return tuple(said)

    def _counted_in(self, name: str) -> str:
        register = self._ledger.register
        around = register.counted_in(name)
        if around is None or name in register.counting_circles:
            return ""
        return (register.contracts.get(around) or register.operations[around]).title

    def basis(self, basis: str | None) -> Iterator[Line]:
        """Say where a perimeter comes from when the document does not state it."""
        if basis == "inferred":
            yield Line(say("fiche-inferred", self._lang), "small")

    def communes(self, count: int) -> str:
        """Say a number of communes."""
        key = "fiche-communes-one" if count == 1 else "fiche-communes"
        return say(key, self._lang, n=count) if count else number(0, self._lang)
