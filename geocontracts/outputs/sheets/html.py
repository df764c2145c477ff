"""A sheet as one HTML page: no script, no request, and paper that can be read."""

from __future__ import annotations

from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from geocontracts.outputs.sheets.document import Note, Table
from geocontracts.webmap.linked import linked_script
from geocontracts.webmap.links import safe_link
from geocontracts.webmap.policy import quiet_head
from geocontracts.webmap.seal import sealed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geocontracts.outputs.sheets.document import (
        Block,
        Cell,
        Column,
        Document,
        Line,
        Listing,
        Picture,
        Row,
    )

_CLASSES = {"plain": "", "strong": ' class="strong"', "small": ' class="small"', "heed": ' class="heed"'}


def render_html(document: Document) -> bytes:
    """Return the page as UTF-8; texts are escaped and never become markup."""
    return sealed("".join(_page(document)).encode("utf-8", "replace"))


def _page(document: Document) -> Iterator[str]:
    yield from _head(document)
    yield f'<body>\n<article>\n<header>\n<p class="kind">{escape(document.kind)}</p>\n'
    yield f"<h1>{escape(document.title)}</h1>\n"
    if document.subtitle:
        yield f'<p class="subtitle">{escape(document.subtitle)}</p>\n'
    yield "</header>\n<main>\n"
    if document.lead:
        yield f'<div class="lead">{"".join(map(_block, document.lead))}</div>\n'
    yield from _top(document)
    for section in document.sections:
        yield f"<section>\n<h2>{escape(section.title)}</h2>\n"
        yield from map(_block, section.blocks)
        yield "</section>\n"
    yield "</main>\n"
    closing = "".join(f"<p>{escape(text)}</p>\n" for text in document.foot)
    yield f'<footer class="foot">\n{closing}</footer>\n</article>\n</body>\n</html>\n'


def _head(document: Document) -> Iterator[str]:
    style = _style(document.colour, document.running)
    yield quiet_head(document.lang, document.running, style)
    linked = document.origin.linked
    yield linked_script(linked) if linked else ""
    yield "</head>\n"


def _top(document: Document) -> Iterator[str]:
    if not (document.facts or document.figures or document.picture):
        return
    bare = "" if document.picture else " bare"
    yield f'<div class="top{bare}">\n<div>\n'
    if document.figures:
        items = "".join(
            f"<li><b>{escape(each.value)}</b><span>{escape(each.label)}</span></li>"
            for each in document.figures
        )
        yield f'<ul class="figures">{items}</ul>\n'
    if document.facts:
        pairs = "".join(f"<dt>{escape(f.label)}</dt><dd>{escape(f.text)}</dd>\n" for f in document.facts)
        yield f'<dl class="facts">\n{pairs}</dl>\n'
    yield "</div>\n"
    if document.picture:
        yield _picture(document.picture)
    yield "</div>\n"


def _picture(picture: Picture) -> str:
    return f"<figure>{picture.svg}<figcaption>{escape(picture.caption)}</figcaption></figure>\n"


def _block(block: Block) -> str:
    if isinstance(block, Note):
        return f"<p{_CLASSES[block.style]}>{escape(block.text)}</p>\n"
    if isinstance(block, Table):
        return "".join(_table(block))
    return _listing(block)


def _listing(block: Listing) -> str:
    kind = ' class="two"' if block.columns > 1 else ""
    if not block.numbered:
        return f"<ul{kind}>{''.join(f'<li>{escape(item)}</li>' for item in block.items)}</ul>\n"
    items = (f'<li id="note-{rank}">{escape(item)}</li>' for rank, item in enumerate(block.items, 1))
    return f"<ol{kind}>{''.join(items)}</ol>\n"


def _table(table: Table) -> Iterator[str]:
    marked = any(row.colour for row in table.rows)
    whole = sum(column.share for column in table.columns)
    caption = f"<caption>{escape(table.caption)}</caption>\n" if table.caption else ""
    yield f"<table>\n{caption}<colgroup>"
    yield '<col class="mark">' if marked else ""
    yield "".join(f'<col width="{100 * column.share / whole:.1f}%">' for column in table.columns)
    yield "</colgroup>\n<thead><tr>"
    yield '<td class="mark"></td>' if marked else ""
    for column in table.columns:
        yield f'<th scope="col"{_kind(column)}>{escape(column.label)}</th>'
    yield "</tr></thead>\n<tbody>\n"
    for row in table.rows:
        yield from _row(row, table, marked=marked)
    yield "</tbody></table>\n"


def _row(row: Row, table: Table, *, marked: bool) -> Iterator[str]:
    if row.is_band:
        wide = len(table.columns) + marked
        yield f'<tr class="band"><th colspan="{wide}">{_cell(row.cells[0])}</th></tr>\n'
        return
    yield "<tr>"
    if marked:
        bar = f'<rect width="5" height="18" fill="{row.colour}"/>' if row.colour else ""
        yield f'<td class="mark"><svg viewBox="0 0 5 18" aria-hidden="true">{bar}</svg></td>'
    for rank, (cell, column) in enumerate(zip(row.cells, table.columns, strict=True)):
        tag, scope = ("td", "") if rank else ("th", ' scope="row"')
        # On a narrow page a line becomes a block, in which each cell says what it is.
        label = f' data-label="{escape(column.label)}"' if rank and column.label else ""
        yield f"<{tag}{scope}{_kind(column)}{label}>{_cell(cell)}</{tag}>"
    yield "</tr>\n"


def _kind(column: Column) -> str:
    kinds = [name for name, given in (("number", column.figures), ("whole", column.whole)) if given]
    return f' class="{" ".join(kinds)}"' if kinds else ""


def _cell(cell: Cell) -> str:
    return "".join(f"<span{_CLASSES[line.style]}>{_line(line)}</span>" for line in cell)


def _line(line: Line) -> str:
    text = escape(line.text)
    note = f'<sup><a href="#note-{line.note}">{line.note}</a></sup>' if line.note else ""
    href = safe_link(line.href) or beside(line.href) if line.href else None
    return (f'<a href="{escape(href)}" rel="noreferrer">{text}</a>' if href else text) + note


def beside(href: str) -> str | None:
    """Return the name of a file in the folder of the sheet, if it is one and no address."""
    plain = all(letter.isalnum() or letter in "-_." for letter in href)
    return href if plain and href.isascii() and not href.startswith(".") else None


def _style(colour: str, running: str) -> str:
    """Return the style with the colour of the sheet, and the line in the margin of each page."""
    margin = "".join(letter if letter.isalnum() else f"\\{ord(letter):06x}" for letter in running)
    return (
        f"{_sheet()}\nheader {{ color: {colour}; }}\n"
        f'@page {{ @bottom-left {{ content: "{margin}"; font: 8.5pt sans-serif; color: #5f594f; }}'
        ' @bottom-right { content: counter(page) " / " counter(pages); font: 8.5pt sans-serif;'
        " color: #5f594f; } }\n"
    )


@cache
def _sheet() -> str:
    return Path(__file__).with_name("sheet.css").read_text(encoding="utf-8").strip()
