"""The documents that a sheet rests on, numbered as they are met."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.outputs.said import date_text
from geocontracts.outputs.sheets.document import Column, Line, Note, Row, Section, Table, line
from geocontracts.webmap.entries import safe_link
from geocontracts.words import say

if TYPE_CHECKING:
    from geocontracts.outputs.sheets.document import Cell
    from geocontracts.outputs.sheets.ledger import Ledger


class Cited:
    """The documents cited so far, with the passages of each."""

    def __init__(self, ledger: Ledger) -> None:
        """Begin with none."""
        self._ledger, self._lang = ledger, ledger.lang
        self._passages: dict[str, dict[str, None]] = {}

    def mark(self, source: str | None, section: str | None) -> str:
        """Note a passage of a document, and return how a line refers to it; nothing without a document."""
        if source not in self._ledger.register.sources:
            return ""
        passages = self._passages.setdefault(source, {})
        rank = list(self._passages).index(source) + 1
        if not section:
            return say("fiche-source", self._lang, n=rank)
        passages[section] = None
        return say("fiche-source-section", self._lang, n=rank, section=section)

    def section(self) -> Section:
        """Return the sources of the sheet, as a section of it."""
        title = say("fiche-sources", self._lang)
        if not self._passages:
            return Section(title, (Note(say("fiche-no-source", self._lang)),))
        labels = ("fiche-number", "fiche-document", "fiche-publisher", "fiche-passages")
        columns = tuple(
            Column(say(key, self._lang), share) for key, share in zip(labels, (4, 34, 28, 34), strict=True)
        )
        rows = [self._row(rank, name) for rank, name in enumerate(self._passages, 1)]
        return Section(title, (Table(say("fiche-sources-caption", self._lang), columns, tuple(rows)),))

    def _row(self, rank: int, name: str) -> Row:
        source = self._ledger.register.sources[name]
        dated = date_text(source.published_on, self._lang) if source.published_on else ""
        lines = [
            source.publisher,
            dated or say("fiche-source-undated", self._lang),
            source.licence or say("fiche-source-unlicensed", self._lang),
        ]
        document: Cell = (Line(source.title, "plain", safe_link(source.url)),)
        about = line(" · ".join(filter(None, lines)), "small")
        passages = " ; ".join(sorted(self._passages[name])).replace(" ;", "\u00a0;")
        return Row((line(str(rank)), document, about, line(passages or "–", "small")))
