"""Refuse a file of SQLite whose list of tables has no end, before SQLite reads that list.

It reads the list (`sqlite_master`), and what it noted of the tables (`sqlite_stat1`), at the first question,
whatever is asked. In a small file pages that lead to one another by many ways, or a text that leads back to
itself, are rows without end. Here each page is visited once, so that the size of the file bounds the work.
The format: https://www.sqlite.org/fileformat.html, 1.5 to 1.6; its names are given in brackets.
"""

from __future__ import annotations

import os
import sqlite3
import struct
from typing import IO, TYPE_CHECKING

from geocontracts.errors import RegisterError
from geocontracts.records.formats.foreign import is_sqlite, opened

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_HEADER = 100  # bytes, at the beginning of the first page
_INNER = {2, 5}  # kinds of page that lead to others; of an index, of a table
_LEAVES = {10, 13}
_OF_INDEX = {2, 10}
_WITH_TEXT = {2, 10, 13}
_VARINT = 9  # bytes of the longest number
MOST_STEPS = 1_000_000  # of SQLite, for the list of tables: about a hundred thousand of them
_LARGEST_SQL = 1 << 20  # characters of what makes a table
_NOTED = "SELECT rootpage FROM sqlite_master WHERE name LIKE 'sqlite_stat%' OR tbl_name LIKE 'sqlite_stat%'"


class _EndlessError(Exception):
    """A page was visited already, one text stands for many, or SQLite takes too many steps."""


def _broken() -> sqlite3.DatabaseError:
    return sqlite3.DatabaseError("database disk image is malformed")  # as SQLite says it


def refuse_endless(path: Path) -> None:
    """Refuse a file of SQLite whose list of tables leads back to itself, or is too long.

    Raises:
        RegisterError: it does; the file is broken: it is not whole, for one.
        OSError: it cannot be read.
    """
    if not is_sqlite(path):
        return
    try:
        with path.open("rb") as file:
            pages = _Pages(file)
            pages.visit([1])
            pages.visit(_noted(path))
    except _EndlessError as error:
        raise RegisterError("base-endless", file=str(path)) from error
    except sqlite3.Error as error:
        raise RegisterError("file-broken", file=str(path), said=str(error)) from error


def _noted(path: Path) -> list[int]:
    """Return the first pages of what SQLite noted of the tables, without reading these without bounds."""
    stopped: list[int] = []

    def stop() -> int:  # what SQLite fails to read of its notes it passes over: hence a list
        stopped.append(1)
        return 1

    with opened(path) as base:
        if base is None:
            return []
        base.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LARGEST_SQL)
        base.set_progress_handler(stop, MOST_STEPS)
        try:
            found = [row[0] for row in base.execute(_NOTED)]
        finally:
            if stopped:
                raise _EndlessError
    return [page for page in found if isinstance(page, int) and page]


class _Pages:
    """The pages of a file, of which each is visited once."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        head = file.read(_HEADER)
        if len(head) < _HEADER:
            raise _broken()
        told = struct.unpack_from(">H", head, 16)[0]
        self._size = 1 << 16 if told == 1 else told
        self._usable = self._size - head[20]
        if self._size < 512 or self._size & (self._size - 1) or self._usable < 480:  # noqa: PLR2004 - the format's
            raise _broken()
        self._count = file.seek(0, os.SEEK_END) // self._size
        self._seen: set[int] = set()

    def visit(self, waiting: list[int]) -> None:
        """Visit all pages to which some lead."""
        while waiting:
            number = waiting.pop()
            waiting += self._children(self._page(number), _HEADER if number == 1 else 0)

    def _page(self, number: int) -> bytes:
        if number in self._seen:
            raise _EndlessError
        if not 1 <= number <= self._count:
            raise _broken()
        self._seen.add(number)
        self._file.seek((number - 1) * self._size)
        return self._file.read(self._size)

    def _children(self, page: bytes, start: int) -> Iterable[int]:
        """Return the pages to which one leads, after a visit of those over which its texts flow."""
        kind, count = page[start], struct.unpack_from(">H", page, start + 3)[0]
        if kind not in _INNER | _LEAVES:
            raise _broken()
        first = start + (12 if kind in _INNER else 8)
        if first + 2 * count > len(page):
            raise _broken()
        found = [struct.unpack_from(">I", page, start + 8)[0]] if kind in _INNER else []
        room = self._usable
        for place in struct.unpack_from(f">{count}H", page, first):
            at = place
            if kind in _INNER:
                found.append(self._number(page, at))
                at += 4
            if kind in _WITH_TEXT:
                room -= self._text(page, at, kind)
            if room < 0:  # one text stands for many
                raise _EndlessError
        return found

    def _text(self, page: bytes, at: int, kind: int) -> int:
        """Return how much of a page a row takes, after a visit of those over which it flows [P, X, M, K]."""
        size, at = _varint(page, at)
        if kind not in _OF_INDEX:
            _, at = _varint(page, at)
        usable = self._usable
        most = (usable - 12) * 64 // 255 - 23 if kind in _OF_INDEX else usable - 35
        if size <= most:
            return size + 2
        least = (usable - 12) * 32 // 255 - 23
        kept = least + (size - least) % (usable - 4)
        kept = kept if kept <= most else least
        left, following = size - kept, self._number(page, at + kept)
        while left > 0:
            following, left = self._number(self._page(following), 0), left - (usable - 4)
        return kept + 2

    @staticmethod
    def _number(page: bytes, at: int) -> int:
        if at + 4 > len(page):
            raise _broken()
        return int(struct.unpack_from(">I", page, at)[0])


def _varint(page: bytes, at: int) -> tuple[int, int]:
    """Return a number that is written in one to nine bytes, and where it ends."""
    value = 0
    for rank, byte in enumerate(page[at : at + _VARINT], 1):
        if rank == _VARINT:
            return value << 8 | byte, at + rank
        value = value << 7 | byte & 127
        if byte < 128:  # noqa: PLR2004 - no other follows
            return value, at + rank
    raise _broken()
