"""Read the tables of a web page that calls itself a workbook."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from geocontracts.errors import RegisterError
from geocontracts.records.formats.encoding import decode
from geocontracts.records.formats.grid import Grid
from geocontracts.records.formats.headings import recognised
from geocontracts.records.formats.limits import refuse_cells
from geocontracts.records.formats.sheet import Origin
from geocontracts.words import Message

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

_CELLS = ("td", "th")
_STRUCTURE = ("table", "tr", *_CELLS)
_BLANKS = re.compile(r"[ \t\r\n]+")  # a no-break space is none of them
_WIDEST_SPAN = 1000


def read_webpage(path: Path, content: bytes, known: Collection[str]) -> Grid:
    """Read the table of a page that has most headings known, then most rows.

    A line is the rank of the row in its table, which is the line that a spreadsheet
    shows when it opens the page.

    Raises:
        RegisterError: the page has no table.
    """
    decoded = decode(content, path)
    page = _Tables(path)
    page.feed(decoded.text)
    page.close()
    if not page.tables:
        raise RegisterError("file-not-table", file=str(path), found="HTML")

    def score(table: list[list[str]]) -> tuple[int, int]:
        return max((recognised(cells, known) for cells in table[:40]), default=0), len(table)

    table = max(page.tables, key=score)
    rows = [(line, cells) for line, cells in enumerate(table, 1) if any(map(str.strip, cells))]
    notes = [
        *decoded.notes,
        Message("webpage-read", {"rank": page.tables.index(table) + 1, "count": len(page.tables)}),
    ]
    return Grid(Origin("html", path.name, path, encoding=decoded.encoding), rows, notes)


class _Tables(HTMLParser):
    """Collects the cells of all tables; tags that are not closed are no fault."""

    def __init__(self, path: Path) -> None:
        super().__init__(convert_charrefs=True)
        self._path, self._cells = path, 0
        self._text: list[str] = []  # of the cell that is open
        self.tables: list[list[list[str]]] = []
        self._open = False
        self._span = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br" and self._open:
            self._text.append("\n")
        elif tag in _STRUCTURE:
            self._close_cell()
            if tag == "table":
                self.tables.append([])
            elif tag == "tr" and self.tables:
                self.tables[-1].append([])
            elif tag in _CELLS and self.tables and self.tables[-1]:
                self._open_cell(dict(attrs).get("colspan") or "1")

    def handle_endtag(self, tag: str) -> None:
        if tag in _STRUCTURE:
            self._close_cell()

    def parse_marked_section(self, i: int, report: int = 1) -> int:  # noqa: ARG002 - the name is the parser's
        """Skip `<![if ...]>` and the like, as a browser does; the parser stops at what it does not know."""
        return self.parse_bogus_comment(i, report=False)

    def handle_data(self, data: str) -> None:
        if self._open:
            self._text.append(_BLANKS.sub(" ", data))

    def _open_cell(self, span: str) -> None:
        self._open = True
        self._span = min(int(span), _WIDEST_SPAN) if span.isdecimal() else 1
        self.tables[-1][-1].append("")

    def _close_cell(self) -> None:
        """End the cell; one that spans several columns leaves the others empty."""
        if self._open:
            row = self.tables[-1][-1]
            row[-1] = "".join(self._text).strip(" \n")
            self._text.clear()
            self._cells += self._span
            refuse_cells(self._cells, self._path)
            row.extend([""] * (self._span - 1))
        self._open = False
