"""One pass over the bytes of a long text: its encoding, its rows, and whether any reader reads it alike.

DuckDB reads a text whose quotes and line ends are regular as we do, and much faster. Of others it drops
blanks beside quotes, and says nothing when a quote that was never closed swallows the end of a file: what is
not surely regular is read by our own rules (`own.py`), and the rows are counted here, apart from who reads
them.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geocontracts.errors import RegisterError, why
from geocontracts.files import FileMark, name_of
from geocontracts.records.formats.encoding import FRENCH_UTF8, LATIN_9_OE, MOST_ZEROS, decode
from geocontracts.records.formats.lines import rows_at
from geocontracts.words import Message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

_BLOCK = 1 << 22
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")  # UTF-16 and UTF-32
_NAMES = {"cp1252": "Windows-1252 / Latin-1", "iso8859-15": "ISO-8859-15 (Latin-9)"}
_DELIMITERS = ";,\t|"
_TOLD_DELIMITER = re.compile(rb"sep=", re.IGNORECASE)


@dataclass
class Survey:
    """What a text is.

    `encoding` reads it; where it `is_mixed`, bytes that are no UTF-8 are Windows-1252. `rows` is their
    number, blank ones too, if quotes are where they should be; `head` is where the first rows end, in
    bytes, 0 where that is not known. `astray` are the separators with which some quote neither begins
    nor ends a cell. `mark` is how the file is known again, None where not all of it was read.
    """

    encoding: str = "utf-8"
    is_mixed: bool = False
    is_regular: bool = True
    astray: frozenset[str] = frozenset()
    rows: int = 0
    head: int = 0
    mark: FileMark | None = None
    notes: list[Message] = field(default_factory=list)


def survey_text(path: Path) -> Survey:
    """Read a text once, block by block.

    Raises:
        RegisterError: it cannot be read, or is in no encoding that we know.
    """
    try:
        with path.open("rb") as file:
            return _survey(file, path)
    except OSError as error:
        raise RegisterError("file-unreadable", file=str(path), why=why(error)) from error


def blocks(file: BinaryIO) -> Iterator[bytes]:
    """Yield a text in blocks that end where lines do."""
    while block := file.read(_BLOCK):
        yield block + (b"" if block.endswith(b"\n") else file.readline(_BLOCK))


def _survey(file: BinaryIO, path: Path) -> Survey:
    start = file.read(1 << 16)
    file.seek(0)
    found = Survey()
    if start.startswith(_WIDE_MARKS) or start.count(0) > len(start) // 5:
        taken = decode(start[: len(start) // 4 * 4], path)
        found.encoding, found.is_regular, found.head = taken.encoding, False, _BLOCK
        found.notes += taken.notes
        return found
    found.is_regular = not _TOLD_DELIMITER.match(start.removeprefix(codecs.BOM_UTF8))
    letters, quotes, zeros = _Letters(path), _Quotes(), _Zeros(path)
    newlines: set[bool] = set()
    digest = hashlib.sha256()
    for number, block in enumerate(blocks(file)):
        digest.update(block)
        bare = block if number else block.removeprefix(codecs.BOM_UTF8)
        zeros.read(bare, quotes.rows)
        letters.read(bare, quotes.rows)
        quotes.read(bare)
        if not number and quotes.last:  # where no row ends in the first block, `head` stays 0: not known
            found.head = quotes.last + len(block) - len(bare)
        newlines.add(b"\r\n" in bare)
        found.is_regular = found.is_regular and not _is_irregular(bare)
    found.mark = FileMark(name_of(path), file.tell(), digest.hexdigest())
    found.rows, found.astray = quotes.rows + quotes.is_unended, frozenset(quotes.astray)
    letters.settle(found)
    zeros.settle(found)
    found.is_regular = found.is_regular and len(newlines) < 2 and not quotes.is_open  # noqa: PLR2004
    return found


def _is_irregular(block: bytes) -> bool:
    """Say whether a block has blank lines, line ends of another kind, or bytes that are no text."""
    has_blanks = b"\n\n" in block or b"\n\r\n" in block or block.startswith((b"\n", b"\r\n"))
    has_returns = b"\r" in block and block.count(b"\r") != block.count(b"\r\n")
    return has_blanks or has_returns or b"\0" in block or codecs.BOM_UTF8 in block


class _Quotes:
    """Counts the line ends that stand outside quotes, and finds with which separators quotes are in order.

    They are where each that opens follows a separator or a line end, and each that closes stands before one;
    two in a row are one letter of a cell. Such a text is read alike by all readers.
    """

    def __init__(self) -> None:
        self.rows, self.last, self.is_open, self.is_unended = 0, 0, False, False
        self.astray: set[str] = set()

    def read(self, block: bytes) -> None:
        self.is_unended = not block.endswith(b"\n")
        if b'"' not in block and not self.is_open:
            self.rows += block.count(b"\n")
            self.last = len(block)
            return
        import numpy as np

        signs = np.frombuffer(block, dtype=np.uint8)
        marks, ends = np.flatnonzero(signs == ord('"')), np.flatnonzero(signs == ord("\n"))
        outside = ends[(np.searchsorted(marks, ends) + self.is_open) % 2 == 0]
        self.rows += len(outside)
        self.last = int(outside[-1]) + 1 if len(outside) else 0
        padded = np.frombuffer(b"\n" + block + b"\n", dtype=np.uint8)
        before, after = padded[marks[self.is_open :: 2]], padded[marks[not self.is_open :: 2] + 2]
        for delimiter in _DELIMITERS:
            fits = [*b'"\r\n', ord(delimiter)]
            if not (np.isin(before, fits).all() and np.isin(after, fits).all()):
                self.astray.add(delimiter)
        self.is_open = bool((len(marks) + self.is_open) % 2)


class _Zeros:
    """Counts zero bytes, which are taken out of a text; what holds many is no text."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._count = self._row = self._size = 0

    def read(self, block: bytes, rows: int) -> None:
        self._size += len(block)
        if b"\0" in block:
            self._count += block.count(0)
            place = block.index(0)
            self._row = self._row or rows + rows_at(block.decode("latin-1"), [place])[0]

    def settle(self, found: Survey) -> None:
        if self._count > max(1, self._size * MOST_ZEROS):
            with self._path.open("rb") as file:
                near = file.read(32).decode("utf-8", "replace")
            raise RegisterError("file-not-text", file=str(self._path), row=self._row, near=near)
        if self._count:
            found.notes.append(Message("zeros-removed", {"row": self._row, "count": self._count}))


class _Letters:
    """Tells the encoding as `formats/encoding.py` does, without all of the text at once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._is_french = self._is_latin9 = False
        self._western = 0  # the first row that is no UTF-8

    def read(self, block: bytes, rows: int) -> None:
        if block.isascii():
            return
        self._is_french = self._is_french or bool(FRENCH_UTF8.search(block))
        try:
            block.decode("utf-8")
        except UnicodeDecodeError as error:
            self._western = self._western or rows + block.count(b"\n", 0, error.start) + 1
            self._is_latin9 = self._is_latin9 or bool(LATIN_9_OE.search(block))
            self._check(block, rows)

    def _check(self, block: bytes, rows: int) -> None:
        """Refuse what is neither UTF-8 nor Windows-1252, with its row."""
        try:
            decode(block, self._path)
        except RegisterError as error:
            facts = dict(error.message.facts)
            facts["row"] = rows + int(str(facts["row"]))
            raise RegisterError(error.message.key, **facts) from error

    def settle(self, found: Survey) -> None:
        if not self._western:
            return
        found.is_regular = False
        if self._is_french:
            found.is_mixed = True
            found.notes.append(Message("large-mixed", {"row": self._western}))
            return
        found.encoding = "iso8859-15" if self._is_latin9 else "cp1252"
        found.notes.append(Message("encoding-taken", {"encoding": _NAMES[found.encoding]}))
