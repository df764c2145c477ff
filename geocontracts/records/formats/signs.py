"""Signs that no text should hold, replaced as a file is read, so that every output is spared them.

Control signs, halves of UTF-16 pairs and the like break XML, terminals and letters, and are never meant; nor
are signs that turn the direction of what is read, which reach beyond their text. A pair of them around text
that goes left to right, as programs leave on what is copied, stays: it changes nothing.
A line end of an old Macintosh, alone in a cell, becomes one that other programs know.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from geocontracts.words import Message

if TYPE_CHECKING:
    from geocontracts.records.formats.sheet import Sheet

# Control signs but tab and line ends, signs of direction, halves of UTF-16 pairs, what XML refuses besides.
_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"
_SIGNS = f"{_CONTROLS}\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
_WITHIN = f"[^{_SIGNS}\r\n\u2028\u2029]*"
_UNFIT = re.compile(f"(\u202a{_WITHIN}\u202c|[\u2066\u2068]{_WITHIN}\u2069)|[{_SIGNS}]")
_LINE_END = re.compile("\r\n?")
_REPLACED = "\ufffd"
_LINES_NAMED = 5


def fit(text: str) -> str:
    """Return a text with every sign that no text should hold as `�`, and with one kind of line end."""
    return text if text.isprintable() else spared(_LINE_END.sub("\n", text))


def spared(text: str) -> str:
    """Return a text with every sign that no text should hold as `�`; its line ends stay."""
    return _UNFIT.sub(lambda found: found[1] or _REPLACED, text)


def without_unfit(sheet: Sheet) -> Sheet:
    """Return the table with fit texts, and a note where a sign was replaced."""
    lines = []
    for number, (line, cells) in enumerate(sheet.rows):
        if all(map(str.isprintable, cells)):  # nearly every row
            continue
        clean = [fit(cell) for cell in cells]
        if clean != cells:
            if any(spared(cell) != cell for cell in cells):
                lines.append(line)
            sheet.rows[number] = (line, clean)
    header = tuple(map(fit, sheet.header))
    if any(spared(heading) != heading for heading in sheet.header):
        lines.insert(0, sheet.header_line)
    if not lines:
        return sheet if header == sheet.header else replace(sheet, header=header)
    named = ", ".join(map(str, lines[:_LINES_NAMED])) + ("…" if len(lines) > _LINES_NAMED else "")
    note = Message("signs-replaced", {"count": len(lines), "lines": named})
    return replace(sheet, header=header, notes=(*sheet.notes, note))
