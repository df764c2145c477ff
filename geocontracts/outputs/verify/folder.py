"""The files of a folder, by name and by content: a file that is told of is looked for nowhere else.

A name that is told is compared with those that the folder has, and never made a path: no `..`, no drive and
no device of Windows leads out of it.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from geocontracts.errors import why
from geocontracts.files import mark_of, name_of

if TYPE_CHECKING:
    from geocontracts.records.told import ToldFile
    from geocontracts.words import Message

Likeness: TypeAlias = Literal["equal", "renamed", "different", "missing", "unhashed", "unreadable"]


@dataclass(frozen=True)
class Found:
    """What was found of a file: `name`, `sha256` and `bytes` are those of the folder, as far as they matter.

    `why` says why a file cannot be read.
    """

    told: ToldFile
    likeness: Likeness
    name: str = ""
    sha256: str = ""
    bytes: int = -1
    why: Message | None = None

    @property
    def is_good(self) -> bool:
        """Say whether the very bytes are there."""
        return self.likeness in ("equal", "renamed")


class Folder:
    """The files of a folder, not of those within it; each is hashed once, and only if it may be meant."""

    def __init__(self, path: Path) -> None:
        """List the folder.

        Raises:
            OSError: it cannot be listed.
        """
        self._named: dict[str, Path] = {}
        self._folded: dict[str, list[Path]] = defaultdict(list)
        self._sized: dict[int, list[Path]] = defaultdict(list)
        self._hashes: dict[Path, str] = {}
        with os.scandir(path) as entries:
            sizes = sorted(
                (Path(entry.path), size) for entry in entries if (size := _size(entry)) is not None
            )
        for file, size in sizes:
            name = _composed(name_of(file))
            self._named[name] = file
            self._folded[name.casefold()].append(file)
            if size >= 0:
                self._sized[size].append(file)

    def find(self, told: ToldFile) -> Found:
        """Say whether the folder has a file: under its name, or the same bytes under another one."""
        if not told.sha256:
            return Found(told, "unhashed")
        file = self._of_name(told.name)
        try:
            if file and self._hash(file, told.bytes) == told.sha256:
                return Found(told, "equal", name_of(file), told.sha256)
            for other in self._sized.get(told.bytes, ()):
                if other != file and self._hash(other, told.bytes) == told.sha256:
                    return Found(told, "renamed", name_of(other), told.sha256)
            if file is None:
                return Found(told, "missing")
            return Found(told, "different", name_of(file), self._hash(file, told.bytes), file.stat().st_size)
        except OSError as error:
            name = os.path.basename(os.fsdecode(error.filename or "")) or told.name  # noqa: PTH119 - any name
            return Found(told, "unreadable", name, why=why(error))

    def _of_name(self, told: str) -> Path | None:
        """Return the file of a name; of a path, which may be one of another system, only its end counts."""
        for name in (_composed(told), _composed(re.split(r"[/\\]", told)[-1])):
            if name in self._named:
                return self._named[name]
            alike = self._folded.get(name.casefold(), [])
            if len(alike) == 1:
                return alike[0]
        return None

    def _hash(self, file: Path, size: int = -1) -> str:
        """Return the hash of a file; nothing where its size alone tells that it is another one."""
        if 0 <= size != file.stat().st_size:
            return ""
        if file not in self._hashes:
            self._hashes[file] = mark_of(file).sha256
        return self._hashes[file]


def _size(entry: os.DirEntry[str]) -> int | None:
    """Return the bytes of a file; None of what is none, -1 of a link that leads round: `find` tells of it."""
    try:
        return entry.stat().st_size if entry.is_file() else None
    except OSError:
        return -1


def _composed(name: str) -> str:
    """Return a name as most systems write it: macOS takes accents apart."""
    return unicodedata.normalize("NFC", name)
