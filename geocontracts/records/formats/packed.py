"""The archive that a workbook is: nothing in it may be more, or elsewhere, than it says.

No part is ever unpacked to the disk; but an archive that was made to mislead is no workbook.
"""

from __future__ import annotations

import re
import stat
import zipfile
from collections import Counter
from copy import copy
from typing import IO, TYPE_CHECKING

from geocontracts.errors import RegisterError

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 1 << 30  # bytes of a workbook once unpacked: some ten times a full sheet of a million rows
SUSPECT = 1 << 28  # above it, what is packed too well is no table
_TIGHTEST = 100  # times smaller than unpacked; tables are packed 5 to 30 times
_MOST_PARTS = 20_000
_ENCRYPTED = 1  # the bit of a part that needs a password
_LOCAL_HEAD = 30  # bytes before a part at least, its name aside
_PIECE = 1 << 20  # bytes that are read at once of what is not kept
_PROLOG = 1 << 16  # bytes, in which the first element of an XML begins
_ROOT = re.compile(rb"<[A-Za-z_]")
_ASIDE = {b"<!--": b"-->", b"<?": b"?>"}  # what may stand before it and hold anything: its ends
_OUTSIDE = re.compile(r"(?:^|[/\\])\.\.(?:[/\\]|$)|^[/\\]|^[A-Za-z]:|\0")


def read_part(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return the bytes of a part.

    Raises:
        zipfile.BadZipFile, OSError, KeyError: it is broken, holds more than it says, or is not there.
    """
    size = archive.getinfo(name).file_size
    with _opened(archive, name) as part:
        content = part.read(size + 1)
    _refuse_more(name, len(content), size)
    return content


def look_through(archive: zipfile.ZipFile, name: str) -> None:
    """Read a part that only others read, without keeping it: for it to hold what it says, and no more.

    Raises:
        zipfile.BadZipFile, OSError, KeyError: as for `read_part`.
    """
    read, size = 0, archive.getinfo(name).file_size
    with _opened(archive, name) as part:
        while piece := part.read(_PIECE):
            read += len(piece)
    _refuse_more(name, read, size)


def _opened(archive: zipfile.ZipFile, name: str) -> IO[bytes]:
    """Open a part for one byte more than it says to have: Python alone would pass over what is beyond."""
    info = copy(archive.getinfo(name))
    info.file_size += 1
    return archive.open(info)


def _refuse_more(name: str, size: int, told: int) -> None:
    if size > told:
        msg = f"{name}: > {told}"
        raise zipfile.BadZipFile(msg)


def refuse_bombs(path: Path, archive: zipfile.ZipFile) -> None:
    """Refuse an archive that would fill the memory, or whose parts have names that mislead.

    Raises:
        RegisterError: it is so.
    """
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if unpacked > LARGEST or (unpacked > SUSPECT and unpacked > _TIGHTEST * packed):
        raise RegisterError("workbook-huge", file=str(path), size=unpacked >> 20, limit=LARGEST >> 20)
    if len(parts) > _MOST_PARTS:
        raise RegisterError("workbook-parts", file=str(path), count=len(parts), limit=_MOST_PARTS)
    names = Counter(part.filename for part in parts)
    for part in parts:
        is_link = stat.S_ISLNK(part.external_attr >> 16)
        if is_link or names[part.filename] > 1 or _OUTSIDE.search(part.orig_filename):
            raise RegisterError("workbook-member", file=str(path), member=part.orig_filename[:200])
        if part.flag_bits & _ENCRYPTED:
            raise RegisterError("workbook-protected", file=str(path))
    _refuse_overlaps(path, archive)


def _refuse_overlaps(path: Path, archive: zipfile.ZipFile) -> None:
    """Refuse parts that share their bytes: so a small archive unpacks to terabytes (Fifield, 2019)."""
    end = 0
    for part in sorted(archive.infolist(), key=lambda each: each.header_offset):
        if part.header_offset < end:
            raise RegisterError("workbook-overlap", file=str(path), member=part.filename[:200])
        end = part.header_offset + _LOCAL_HEAD + part.compress_size


def refuse_entities(path: Path, archive: zipfile.ZipFile) -> None:
    """Refuse XML that declares a type, and with it entities: no spreadsheet writes any.

    Entities can stand for gigabytes of text, for a file of this machine, or for an address.

    Raises:
        RegisterError: a part declares a type, or does not begin as XML does.
        zipfile.BadZipFile, OSError: the archive is broken.
    """
    for part in archive.infolist():
        if not part.filename.endswith((".xml", ".rels")) or not part.file_size:
            continue
        with archive.open(part) as stream:
            head = stream.read(_PROLOG)
        if b"\0" in head or not begins_plainly(head):  # a zero: UTF-16, which hides a type
            raise RegisterError("workbook-entities", file=str(path), member=part.filename[:200])


def begins_plainly(head: bytes) -> bool:
    """Say whether an XML has nothing before its first element but comments and instructions.

    Each byte is looked at once, and none beyond that element.
    """
    at = head.find(b"<")
    while at >= 0 and not _ROOT.match(head, at):
        start = next((sign for sign in _ASIDE if head.startswith(sign, at)), None)
        end = head.find(_ASIDE[start], at + len(start)) if start else -1
        at = head.find(b"<", end) if end >= 0 else -1
    return at >= 0
