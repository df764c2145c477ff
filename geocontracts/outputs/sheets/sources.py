"""What a sheet rests on: documents, numbered as they are met, and the file that was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.outputs.phrases import Phrases
from geocontracts.outputs.said import date_text
from geocontracts.outputs.sheets.document import Column, Line, Note, Row, Section, Table, line
from geocontracts.webmap.links import safe_link
from geocontracts.words import say

if TYPE_CHECKING:
    from geocontracts.outputs.sheets.document import Cell
    from geocontracts.outputs.sheets.ledger import Ledger
    from geocontracts.records.register import Contract, Mission, Operation

_LINES = 4  # stretches of lines named of a record


class Cited:
    """The documents and lines cited so far."""

    def __init__(self, ledger: Ledger) -> None:
        """Begin with none."""
        self._ledger, self._lang = ledger, ledger.lang
        self._documents: dict[str, int] = {}
        self._files: dict[str, None] = {}

    def mark(self, source: str | None, section: str | None) -> str:
        """Note a document, and return how a line refers to its passage; nothing without a document."""
        if source is None or source not in self._ledger.register.sources:
            return ""
        rank = self._documents.setdefault(source, len(self._documents) + 1)
        if not section:
            return say("fiche-source", self._lang, n=rank)
        return say("fiche-source-section", self._lang, n=rank, section=section)

    def place(self, record: Contract | Mission | Operation) -> str:
        """Say on which lines of a list a record stands; of a register, where it names no document."""
        register = self._ledger.register
        if not record.file or (register.reading is None and record.source in register.sources):
            return ""
        self._files[record.file] = None
        lines = sorted({item.line for item in record.items} or {record.line})
        shown, others = Phrases(self._lang).lines(lines, _LINES)
        key = "fiche-line" if len(lines) == 1 else "fiche-lines"
        told = say(key, self._lang, lines=f"{shown}…" if others else shown)
        return told if register.reading else f"{record.file}, {told}"

    def section(self) -> Section:
        """Return the sources of the sheet, as a section of it."""
        title = say("fiche-sources", self._lang)
        read = [Note(self._read())] if self._files else []
        if not self._documents:
            return Section(title, tuple(read) or (Note(say("fiche-no-source", self._lang)),))
        labels = ("fiche-number", "fiche-document", "fiche-publisher")
        columns = tuple(
            Column(say(key, self._lang), share) for key, share in zip(labels, (5, 45, 50), strict=True)
        )
        rows = [self._row(rank, name) for name, rank in self._documents.items()]
        return Section(title, (Table("", columns, tuple(rows)), *read))

    def _read(self) -> str:
        """Name the file that the facts were read in, and its sheet."""
        reading = self._ledger.register.reading
        if reading is None:
            return say("fiche-read-files", self._lang, files=", ".join(self._files))
        origin = reading.sheet.origin
        facts = {"file": origin.name, "sheet": origin.sheet}
        return say("fiche-read-sheet" if origin.sheet else "fiche-read-list", self._lang, **facts)

    def _row(self, rank: int, name: str) -> Row:
        source = self._ledger.register.sources[name]
        dated = date_text(source.published_on, self._lang) if source.published_on else ""
        lines = [
            source.publisher,
            dated or say("fiche-source-undated", self._lang),
            source.licence or say("fiche-source-unlicensed", self._lang),
        ]
        document: Cell = (Line(source.title, "plain", safe_link(source.url)),)
        return Row((line(str(rank)), document, line(" · ".join(filter(None, lines)), "small")))
