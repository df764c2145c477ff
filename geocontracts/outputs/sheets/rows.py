"""Contracts, missions and operations as lines of tables, whatever the sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard

from geocontracts.outputs.said import date_text
from geocontracts.outputs.sheets.document import Column, Line, Row, Table
from geocontracts.outputs.sheets.said import (
    amount_lines,
    capital,
    listed,
    period_text,
    status_text,
)
from geocontracts.records.register import Contract, Mission, Operation
from geocontracts.words import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geocontracts.outputs.sheets.document import Cell
    from geocontracts.outputs.sheets.ledger import Ledger, Standing
    from geocontracts.outputs.sheets.remarks import Remarks
    from geocontracts.outputs.sheets.sources import Cited

_FEW, _ALL = 4, 40  # names in a cell
_SEPARATOR = " · "


class RowWriter:
    """Writes records as lines of tables, and notes the documents that they come from."""

    def __init__(self, ledger: Ledger, cited: Cited, remarks: Remarks, subject: str = "") -> None:
        """Speak the language of the ledger; `subject` is the contract or programme of the sheet."""
        self._subject = subject
        self._ledger, self._lang, self._cited, self._remarks = ledger, ledger.lang, cited, remarks

    def table(self, caption: str, rows: Iterable[Row]) -> Table:
        """Return the table of such lines."""
        labels = ("fiche-what", "fiche-when", "fiche-where", "fiche-amounts")
        columns = (
            Column(say(key, self._lang), share) for key, share in zip(labels, (43, 16, 21, 20), strict=True)
        )
        return Table(caption, tuple(columns), tuple(rows))

    def row(
        self,
        record: Contract | Mission | Operation,
        standing: Standing,
        where: Cell,
        *,
        is_part: bool = False,
        in_full: bool = False,
    ) -> Row:
        """Return one record, briefly or in full.

        `is_part`: its amounts are not those of the territory of the sheet alone.
        """
        cells = (
            self._what(record, in_full=in_full),
            self._when(record, standing),
            where,
            self._amounts(record, is_part=is_part),
        )
        return Row(cells, self._ledger.colour(record.programme))

    def _what(self, record: Contract | Mission | Operation, *, in_full: bool) -> Cell:
        parties = self._parties(record, _ALL if in_full else _FEW)
        texts = [_SEPARATOR.join(filter(None, [self._belongs(record), *parties]))]
        if in_full:
            texts += [record.summary] if record.summary else []
            texts += (
                [say("fiche-axes", self._lang, names="; ".join(record.axes))] if _has_axes(record) else []
            )
        marks = [self._cited.mark(record.source, record.section)]
        if record.remark:
            marks.append(self._remarks.mark(record.title, record.remark))
        texts.append(_SEPARATOR.join(filter(None, marks)))
        return (Line(record.title, "strong"), *(Line(text, "small") for text in texts if text))

    def _belongs(self, record: Contract | Mission | Operation) -> str:
        """Name the programme, and of an operation its contract, where that says more."""
        programme = "" if record.programme == self._subject else self._ledger.programme_name(record.programme)
        name = record.contract if isinstance(record, Operation) else None
        contract = self._ledger.register.contracts.get(name or "")
        if contract is None or contract.id == self._subject:
            return programme
        if contract.programme == record.programme or not programme:
            return contract.title
        return say("fiche-of-contract", self._lang, programme=programme, title=contract.title)

    def _parties(self, record: Contract | Mission | Operation, most: int) -> Iterator[str]:
        if isinstance(record, Mission) and record.operator:
            yield say("fiche-operator", self._lang, name=record.operator)
        if isinstance(record, Contract) and record.signatories:
            yield say("fiche-signatories", self._lang, names=listed(record.signatories, most, self._lang))
        if isinstance(record, Mission) and record.partners:
            yield say("fiche-partners", self._lang, names=listed(record.partners, most, self._lang))

    def _when(self, record: Contract | Mission | Operation, standing: Standing) -> Cell:
        lines = [Line(capital(status_text(record, self._lang)))]
        signed = record.signed_on if isinstance(record, Contract) else None
        if signed:
            key = "fiche-signed-on" if len(signed.text) == len("2019-06-29") else "fiche-signed-in"
            text = say(key, self._lang, date=date_text(signed, self._lang))
            lines = [Line(text)] if record.status == "signed" else [*lines, Line(text, "small")]
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


def _has_axes(record: Contract | Mission | Operation) -> TypeGuard[Contract]:
    return isinstance(record, Contract) and bool(record.axes)
