"""Contracts, missions and operations as lines of tables, whatever the sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard

from geocontracts.outputs.said import date_text
from geocontracts.outputs.sheets.document import Column, Line, Listing, Note, Row, Table
from geocontracts.outputs.sheets.place import plain_name
from geocontracts.outputs.sheets.said import (
    amount_lines,
    capital,
    euros,
    listed,
    period_text,
    status_text,
)
from geocontracts.records.amounts import period_of, stated_funding
from geocontracts.records.register import Contract, Mission
from geocontracts.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geocontracts.outputs.sheets.document import Block, Cell
    from geocontracts.outputs.sheets.ledger import Ledger, Standing
    from geocontracts.outputs.sheets.notes import Notes
    from geocontracts.outputs.sheets.sources import Cited
    from geocontracts.records.register import Operation

_FEW, _ALL = 4, 40  # names in a note, or in a cell of the record that the sheet is about
_SEPARATOR = " · "
_WIDTHS = {"fiche-what": 40, "fiche-when": 18, "fiche-where": 27, "fiche-amounts": 15}
_LONG, _WIDER = 18, 22  # letters of an amount that needs a wider column


class RowWriter:
    """Writes records as lines of tables; what is not read at a glance becomes a note."""

    def __init__(self, ledger: Ledger, cited: Cited, notes: Notes, subject: str = "") -> None:
        """Speak the language of the ledger; `subject` is the contract or programme of the sheet."""
        self._subject = subject
        self._ledger, self._lang, self._cited, self._notes = ledger, ledger.lang, cited, notes

    def table(self, caption: str, rows: Sequence[Row]) -> list[Block]:
        """Return the table of such lines and how to read it, nothing where no line is there.

        The column of amounts is left out where none is known.
        """
        told = [row.cells[-1] for row in rows if not row.is_band]
        if not told:
            return []
        amounts = [line.text for cell in told for line in cell[:1]]
        known = [text for text in amounts if text != "–"]
        columns = [Column(say(key, self._lang), share) for key, share in _WIDTHS.items()]
        if known:
            share = _WIDER if max(map(len, known)) > _LONG else columns[-1].share
            columns[-1] = Column(columns[-1].label, share, figures=True)
        else:
            columns.pop()
            rows = [row if row.is_band else Row(row.cells[:-1], row.colour) for row in rows]
        remarks = [] if known or not amounts else [say("fiche-no-amounts", self._lang)]
        if known and len(known) < len(amounts):
            remarks.append(say("fiche-dash", self._lang))
        if any(text.endswith("*") for text in known):
            remarks.append(say("fiche-star", self._lang))
        inferred = (
            say("fiche-inferred-short", self._lang, share=""),
            say("fiche-inferred-alone", self._lang),
        )
        if any(line.text.endswith(inferred) for row in rows if not row.is_band for line in row.cells[2]):
            remarks.append(say("fiche-inferred-note", self._lang))
        note = [Note(" ".join(remarks), "small")] if remarks else []
        return [Table(caption, tuple(columns), tuple(rows)), *note]

    def row(
        self,
        record: Contract | Mission | Operation,
        standing: Standing,
        where: Cell,
        about: Sequence[str] = (),
        *,
        is_part: bool = False,
    ) -> Row:
        """Return one record, briefly; `about` is what its note says of its perimeter.

        `is_part`: its amounts are not those of the territory of the sheet alone.
        """
        note = self._notes.mark([*about, *self._told(record, standing)])
        what = [Line(record.title, "strong", note=note)]
        small = _SEPARATOR.join(filter(None, (self._programme(record), self._cited.place(record))))
        cells = (
            (*what, Line(small, "small")) if small else tuple(what),
            self._when(record),
            where,
            self._amounts(record, is_part=is_part),
        )
        return Row(cells, self._ledger.colour(record.programme))

    def in_full(self, record: Contract | Mission | Operation, standing: Standing, where: Cell) -> Row:
        """Return the record that the sheet is about, with all that is known of it."""
        texts = [record.summary or ""]
        if _has_axes(record):
            texts.append(say("fiche-axes", self._lang, names="; ".join(record.axes)))
        texts += [*self._parties(record, _ALL), self._cited.place(record)]
        what = Line(record.title, "strong", note=self._notes.mark(self._about(record, standing)))
        amounts: Cell = ()
        if record.kind != "mission":
            amounts = tuple(map(Line, amount_lines(record, self._lang) or ["–"]))
        cells = (
            (what, *(Line(text, "small") for text in texts if text)),
            self._when(record),
            where,
            amounts,
        )
        return Row(cells, self._ledger.colour(record.programme))

    def item(
        self,
        record: Contract | Mission | Operation,
        standing: Standing,
        where: Cell,
        about: Sequence[str] = (),
    ) -> str:
        """Return a record as one line of a list, for what has no amount."""
        told = [*about, *self._told(record, standing)]
        is_source = told == [self._cited.mark(record.source, record.section)]
        note = "" if is_source else self._notes.mark(told)
        place = self._cited.place(record)
        when = ", ".join(each.text for each in self._when(record))
        facts = [
            self._programme(record),
            when,
            "\u00a0; ".join(each.text for each in where).replace("\u00a0; (", " ("),
            place,
            told[0] if is_source else "",
        ]
        text = f"{record.title} — {_SEPARATOR.join(filter(None, facts))}"
        return f"{text} ({say('fiche-note', self._lang, n=note)})" if note else text

    def gathered(self, caption: str, items: Sequence[str]) -> list[Block]:
        """Return the list of such lines under its caption."""
        return [Note(caption, "strong"), Listing(tuple(items), columns=min(2, len(items)))] if items else []

    def _programme(self, record: Contract | Mission | Operation) -> str:
        """Name the programme, where the title does not."""
        if record.programme == self._subject:
            return ""
        name = self._ledger.programme_name(record.programme)
        return "" if plain_name(name) in plain_name(record.title) else name

    def _told(self, record: Contract | Mission | Operation, standing: Standing) -> Iterator[str]:
        """Say what the note of a line holds."""
        contract = self._ledger.register.contracts.get(getattr(record, "contract", None) or "")
        around = self._counted_in(record.id)
        if (
            contract is not None
            and contract.id != self._subject
            and contract.title != around
            and contract.programme != record.programme
        ):
            yield say("fiche-in-contract", self._lang, title=self._called(contract))
        yield from self._parties(record, _FEW)
        funding = stated_funding(record)
        if funding.payers and funding.total is not None:
            yield say("fiche-shares", self._lang, names=", ".join(amount_lines(record, self._lang)))
        yield from self._about(record, standing)

    def _called(self, contract: Contract) -> str:
        """Return the short name of a programme for its only contract, else the title."""
        alone = (
            sum(each.programme == contract.programme for each in self._ledger.register.contracts.values())
            == 1
        )
        return self._ledger.programme_name(contract.programme) if alone else contract.title

    def _about(self, record: Contract | Mission | Operation, standing: Standing) -> Iterator[str]:
        if around := self._counted_in(record.id):
            yield say("fiche-counted-in", self._lang, title=around)
        if standing.by_date:
            newest = self._ledger.newest
            dated = date_text(newest, self._lang) if newest else ""
            yield say("fiche-past-by-date", self._lang, date=dated)
        if record.remark:
            yield record.remark
        yield self._cited.mark(record.source, record.section)

    def _parties(self, record: Contract | Mission | Operation, most: int) -> Iterator[str]:
        if isinstance(record, Mission) and record.operator:
            yield say("fiche-operator", self._lang, name=record.operator)
        if isinstance(record, Contract) and record.signatories:
            yield say("fiche-signatories", self._lang, names=listed(record.signatories, most, self._lang))
        if isinstance(record, Mission) and record.partners:
            yield say("fiche-partners", self._lang, names=listed(record.partners, most, self._lang))

    def _when(self, record: Contract | Mission | Operation) -> Cell:
        first = capital(status_text(record, self._lang))
        signed = record.signed_on if isinstance(record, Contract) else None
        period = period_text(record.starts_on, record.ends_on, self._lang)
        rest = [period] if period else []
        if signed:
            key = "fiche-signed-on" if len(signed.text) == len("2019-06-29") else "fiche-signed-in"
            text = say(key, self._lang, date=date_text(signed, self._lang))
            rest = rest if record.status == "signed" else [text, *rest]
            first = text if record.status == "signed" else first
        elif not period:
            first = say("fiche-undated", self._lang, status=first)
        if record.kind == "contract" and record.status is None and rest:
            first, rest = capital(rest[0]), rest[1:]  # a band above says that no status is given
        if isinstance(record, Mission) and record.days is not None:
            rest.append(say("fiche-days", self._lang, n=record.days))
        return (Line(first), *(Line(text, "small") for text in rest))

    def _amounts(self, record: Contract | Mission | Operation, *, is_part: bool) -> Cell:
        """Say the total, or what each payer gives where no total is stated; missions have no amount."""
        if record.kind == "mission":
            return ()
        funding = stated_funding(record)
        lines = [
            say(
                "fiche-share",
                self._lang,
                payer=say(f"fiche-sum-{payer}", self._lang),
                sum=euros(sum_, self._lang),
            )
            for payer, sum_ in funding.payers.items()
        ]
        if funding.total is not None:
            lines = [euros(funding.total, self._lang)]
        each = [say("fiche-each-year", self._lang)] if lines and period_of(record) == "yearly" else []
        star = "\u202f*" if is_part else ""
        said = [Line(f"{text}{star}") for text in lines] or [Line("–")]
        return (*said, *(Line(text, "small") for text in each))

    def _counted_in(self, name: str) -> str:
        register = self._ledger.register
        around = register.counted_in(name)
        if around is None or name in register.counting_circles:
            return ""
        return (register.contracts.get(around) or register.operations[around]).title


def _has_axes(record: Contract | Mission | Operation) -> TypeGuard[Contract]:
    return isinstance(record, Contract) and bool(record.axes)
