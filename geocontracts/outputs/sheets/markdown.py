"""A sheet as Markdown (GFM): texts of the register stay texts, whatever signs they hold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geocontracts.outputs.sheets.document import Note, Table
from geocontracts.outputs.sheets.html import beside
from geocontracts.webmap.links import safe_link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geocontracts.outputs.sheets.document import Block, Cell, Document, Line

# Round brackets mean nothing without square ones before them, and those are escaped.
_SIGNS = re.compile(r"[\\`*_{}\[\]<>#|~$&]")
_ADDRESS = re.compile(r"(?i)\b(https?|ftp|mailto|www)(?=[:.])")
_BREAKS = re.compile(r"[\r\n\v\f\x85\u2028\u2029]+")
_BULLET = re.compile(r"^(\s*)([-+=])")
_NUMBER = re.compile(r"^(\s*\d+)([.)])")
_NOTES = {"heed": "> {}", "strong": "**{}**"}
_JOINER = "\u2060"  # invisible, of no width, and no line breaks at it


def render_markdown(document: Document) -> bytes:
    """Return the sheet as UTF-8 text; nothing of a text becomes markup, a link or HTML.

    The map is left out: a picture inside Markdown would have to be HTML or another file; what
    it shows is said in words.
    """
    return ("\n\n".join(_parts(document)) + "\n").encode()


def plain(text: str) -> str:
    r"""Return a text on one line that Markdown shows as it is.

    Signs are escaped; an address gets an escaped sign or an invisible break inside, since
    readers of Markdown make links of bare ones.
    """
    escaped = _SIGNS.sub(lambda found: "\\" + found[0], _BREAKS.sub(" ", text))
    escaped = _ADDRESS.sub(lambda found: f"{found[0]}{_JOINER}", escaped).replace("@", f"{_JOINER}@")
    return _NUMBER.sub(r"\1\\\2", _BULLET.sub(r"\1\\\2", escaped))


def _parts(document: Document) -> Iterator[str]:
    yield plain(document.kind)
    yield f"# {plain(document.title)}"
    if document.subtitle:
        yield f"*{plain(document.subtitle)}*"
    yield from map(_block, document.lead)
    if document.figures:
        yield "\n".join(f"- **{plain(each.value)}** {plain(each.label)}" for each in document.figures)
    if document.facts:
        yield "\n".join(f"- {plain(each.label)} : {plain(each.text)}" for each in document.facts)
    if document.picture:
        yield f"*{plain(document.picture.alt)}*"
    for section in document.sections:
        yield f"## {plain(section.title)}"
        yield from map(_block, section.blocks)
    yield "---"
    yield from map(plain, document.foot)


def _block(block: Block) -> str:
    if isinstance(block, Note):
        return _NOTES.get(block.style, "{}").format(plain(block.text))
    if isinstance(block, Table):
        return "\n".join(_table(block))
    signs = (f"{rank}." if block.numbered else "-" for rank in range(1, len(block.items) + 1))
    return "\n".join(f"{sign} {plain(item)}" for sign, item in zip(signs, block.items, strict=True))


def _table(table: Table) -> Iterator[str]:
    if table.caption:
        yield f"**{plain(table.caption)}**\n"
    yield _row([plain(column.label) for column in table.columns])
    yield _row(["---:" if column.figures else "---" for column in table.columns])
    for row in table.rows:
        yield _row([*map(_cell, row.cells), *[""] * (len(table.columns) - len(row.cells))])


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: Cell) -> str:
    """Write the lines of a cell one after the other: GFM has only HTML to break a line in a table."""
    return " · ".join(_line(line) for line in cell if line.text)


def _line(line: Line) -> str:
    text = plain(line.text)
    if line.href:
        href = safe_link(line.href) or beside(line.href)
        text = f"[{text}](<{href}>)" if href else text
    text = f"**{text}**" if line.style == "strong" and text else text
    return f"{text} ({line.note})" if line.note else text
