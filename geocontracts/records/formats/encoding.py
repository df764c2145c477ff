"""Turn the bytes of a text file into text, and say which encoding was taken."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geocontracts.errors import RegisterError
from geocontracts.records.formats.lines import rows_at
from geocontracts.words import Message

if TYPE_CHECKING:
    from pathlib import Path

# UTF-32 stands first: its mark begins with that of UTF-16.
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_SAMPLE = 1 << 16
_MANY_ZEROS = 0.3  # of the odd or of the even bytes, when Latin letters are written in UTF-16
MOST_ZEROS = 0.01  # of a text; beyond it, the file is no text at all

# What UTF-8 makes of French: é, °, no-break spaces, œ, dashes, apostrophes, the euro.
FRENCH_UTF8 = re.compile(rb"[\xc2\xc3][\x80-\xbf]|\xc5[\x92\x93\xb8]|\xe2\x80[\x80-\xbf]|\xe2\x82\xac")
# A low quote or a capital inside a word is an accent of DOS (cp850) or of an old Macintosh.
_NOT_WESTERN = re.compile("[A-Za-z][‚ƒ„†‡ˆ‰ŠŽ][a-z]")
LATIN_9_OE = re.compile(rb"[A-Za-z]\xbd[A-Za-z]")
_BY_BYTE = "geocontracts-windows-1252"


@dataclass(frozen=True)
class Decoded:
    """A text, the encoding that writes it back, and what was guessed or mended."""

    text: str
    encoding: str
    notes: list[Message] = field(default_factory=list)


def decode(content: bytes, path: Path) -> Decoded:
    """Return the text of a file.

    UTF-8 with or without mark, UTF-16 and UTF-32 with mark, and UTF-16 without it
    when its zero bytes leave no doubt; then Windows-1252, of which Latin-1 is the
    part without typographic signs, and Latin-9 where its `œ` stands in a word. In a
    file that mixes UTF-8 and Windows-1252, each letter is read as it is written.
    Zero bytes in a text are taken out; all but UTF-8 is said in a note.

    Raises:
        RegisterError: the bytes are no text, or a text in none of these encodings.
    """
    encoding = next((name for mark, name in _MARKS.items() if content.startswith(mark)), "")
    encoding = encoding or _utf16_without_mark(content[:_SAMPLE]) or "utf-8"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        if not encoding.startswith("utf-8"):
            raise _refused(content, error.start, path) from error
        decoded = _western(content.removeprefix(codecs.BOM_UTF8), path)
    else:
        plain = encoding.startswith("utf-8")
        decoded = Decoded(text, encoding, [] if plain else [_taken(encoding.upper())])
    return _without_zeros(decoded, path)


def _utf16_without_mark(sample: bytes) -> str:
    """Return the encoding of Latin text that has a zero in every other byte, or ""."""
    half = max(len(sample) // 2, 1)
    even, odd = sample[::2].count(0) / half, sample[1::2].count(0) / half
    if odd > _MANY_ZEROS and even < MOST_ZEROS:
        return "utf-16-le"
    return "utf-16-be" if even > _MANY_ZEROS and odd < MOST_ZEROS else ""


def _western(content: bytes, path: Path) -> Decoded:
    if FRENCH_UTF8.search(content):
        return _mixed(content)
    if LATIN_9_OE.search(content):
        return Decoded(content.decode("iso8859-15"), "iso8859-15", [_taken("ISO-8859-15 (Latin-9)")])
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError as error:
        raise _refused(content, error.start, path) from error
    strange = _NOT_WESTERN.search(text)
    if strange:
        raise _refused(content, strange.start() + 1, path)
    latin = not any(byte in content for byte in range(0x80, 0xA0))
    return Decoded(text, "cp1252", [_taken("Windows-1252 / Latin-1" if latin else "Windows-1252")])


def _mixed(content: bytes) -> Decoded:
    """Read a text that was pasted together from UTF-8 and Windows-1252, byte by byte where needed."""
    places: list[int] = []

    def read_byte(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeDecodeError):
            raise error
        places.append(error.start)
        wrong = error.object[error.start : error.end]
        return wrong.decode("cp1252", "replace"), error.end

    codecs.register_error(_BY_BYTE, read_byte)
    text = content.decode("utf-8", _BY_BYTE)
    rows = rows_at(content.decode("latin-1"), places)  # a letter for each byte
    facts = {"row": rows[0], "rows": len(set(rows))}
    return Decoded(text, "utf-8", [Message("encoding-mixed", facts)])


def _without_zeros(decoded: Decoded, path: Path) -> Decoded:
    zeros = decoded.text.count("\0")
    if not zeros:
        return decoded
    first = decoded.text.index("\0")
    (row,) = rows_at(decoded.text, [first])
    if zeros > max(1, len(decoded.text) * MOST_ZEROS):
        if decoded.text.rindex("\0") - first + 1 == zeros:  # one stretch, as a copy that was cut short leaves
            raise RegisterError("file-zeros", file=str(path), row=row, count=zeros)
        raise RegisterError("file-not-text", file=str(path), row=row, near=decoded.text[:32])
    note = Message("zeros-removed", {"row": row, "count": zeros})
    return Decoded(decoded.text.replace("\0", ""), decoded.encoding, [*decoded.notes, note])


def _taken(name: str) -> Message:
    return Message("encoding-taken", {"encoding": name})


def _refused(content: bytes, start: int, path: Path) -> RegisterError:
    near = content[max(0, start - 20) : start + 12].decode("cp1252", "replace").replace("\0", "")
    return RegisterError("encoding-unknown", file=str(path), row=_row(content, start), near=near)


def _row(content: bytes, start: int) -> int:
    """Return the row in which a byte stands, in whatever encoding."""
    before, after = (part.replace(b"\0", b"") for part in (content[:start], content[start:]))
    return rows_at((before + after).decode("latin-1"), [len(before)])[0]
