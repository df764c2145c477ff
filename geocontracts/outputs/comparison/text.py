"""A comparison in a terminal, and as Markdown."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from geocontracts.outputs.comparison.report import sections, title
from geocontracts.outputs.provenance import origins_text
from geocontracts.outputs.sheets.markdown import plain as plain_markdown
from geocontracts.words import plain, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geocontracts.outputs.comparison.comparison import Comparison
    from geocontracts.outputs.comparison.report import Section
    from geocontracts.words import Lang

_WIDTH = 110
_LONGEST = 600


def text(comparison: Comparison, lang: Lang) -> str:
    """Return the comparison for a terminal, at most 110 letters wide."""
    lines = [*_wrapped(title(comparison, lang)), ""]
    if not comparison.entries:
        lines += [say("cmp-nothing", lang), ""]
    for section in sections(comparison, lang, is_short=True):
        lines += [section.heading, *_body(section), ""]
    return "\n".join(lines).rstrip() + "\n"


def _body(section: Section) -> Iterator[str]:
    if section.table:
        widths = [max(map(len, column)) for column in zip(*section.table, strict=True)]
        for row in section.table:
            yield "  ".join(["  " + row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]).rstrip()
    for name, what, sentences in section.entries:
        yield from _wrapped(f"{plain(name, _LONGEST)} [{plain(what, _LONGEST)}]", "  ", "    ")
        for sentence in sentences:
            yield from _wrapped(f"- {plain(sentence, _LONGEST)}", "    ", "      ")
    for note in section.notes:
        yield from _wrapped(note, "  ")


def _wrapped(told: str, first: str = "", rest: str | None = None) -> list[str]:
    return textwrap.wrap(
        told,
        _WIDTH,
        initial_indent=first,
        subsequent_indent=first if rest is None else rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def markdown(comparison: Comparison, lang: Lang) -> str:
    """Return the comparison as Markdown; what was read in a register can make no markup in it."""
    lines = [f"# {_plain(title(comparison, lang))}", ""]
    if not comparison.entries:
        lines += [say("cmp-nothing", lang), ""]
    for section in sections(comparison, lang):
        lines += [f"## {_plain(section.heading)}", ""]
        if section.table:
            head, *rows = section.table
            lines += [_row(head), "| --- |" + " ---: |" * (len(head) - 1), *map(_row, rows), ""]
        for name, what, sentences in section.entries:
            lines.append(f"- **{_plain(name)}** ({_plain(what)})")
            lines += [f"    - {_plain(sentence)}" for sentence in sentences]
        if section.entries:
            lines.append("")
        for note in section.notes:
            lines += [_plain(note), ""]
    lines.append(_plain(origins_text(comparison, lang)))
    return "\n".join(lines).rstrip() + "\n"


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(map(_plain, cells))} |"


def _plain(told: str) -> str:
    """Return a text so that Markdown shows it as it is, on one line."""
    return plain_markdown(plain(" ".join(told.split("\n")), 10 * _LONGEST))
