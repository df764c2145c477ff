"""Several files of one run: all of them or none, and a note for the moment in which they change places.

No disk renames two files at once. So all are written beside their places first; whatever ends the run before
that is done leaves every older file. Then they are renamed one after the other, the last one written last.
Whoever pulls the plug within these few milliseconds leaves files of two runs: a note in each folder, which
names them and goes when all are in place, lets a later run tell so. Two runs take turns there (see `turns`).
Where a disk knows no turns they may cross: the one that ends last finds files of the other among its own.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from geocontracts.errors import OutputError, why
from geocontracts.files import (
    ABANDONED,
    GATHERED,
    check_place,
    mark_of,
    name_of,
    put,
    read_small,
    settle,
    sha256_of,
    write_whole,
)
from geocontracts.turns import turn
from geocontracts.words import Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

NOTE = ".geocontracts.together"
"""How the name of a note ends, which stands in a folder while several files of a run change places."""

Marks: TypeAlias = "dict[Path, tuple[str, str]]"
"""Files with the SHA-256 of what they are to be, and of what they were; nothing where there was none."""

_SHOWN = 3  # files that a sentence names
_LONGEST = 1 << 20  # bytes of a note: thousands of files
_MOST_READ = 1 << 31  # bytes that are read of the files that notes name
_AT_WORK = 10  # seconds; no run puts files in place for longer
_AFAR = re.compile(r"[/\\]{2}")  # Windows would ask that machine, and say who is asking


@dataclass(frozen=True)
class Mixed:
    """Files that one run was putting in place when it ended: `new` are its own, `old` are not."""

    folder: Path
    new: tuple[str, ...]
    old: tuple[str, ...]
    has_ended: bool = True
    """Whether that run is known to have ended; else it may be about to put the others in place."""

    def message(self) -> Message:
        """Return what is to be said, and done."""
        key = "together-mixed" if self.has_ended else "together-at-work"
        facts = {"folder": str(self.folder), "new": _named(self.new), "old": _named(self.old)}
        return Message(key, facts)


@contextlib.contextmanager
def together() -> Iterator[None]:
    """Let the files that are written within appear when all of them are whole, in the order of their writing.

    What is raised within leaves every older file. Within another `together`, its end is awaited.

    Raises:
        OutputError: a place refuses its file. Before the first was put in place all older ones are whole;
            after that, the message names the files that are new and those that are not.
    """
    if GATHERED.get() is not None:
        yield
        return
    gathered: dict[Path, Path] = {}
    token = GATHERED.set(gathered)
    try:
        try:
            yield
        finally:
            GATHERED.reset(token)
        folders = dict.fromkeys(path.parent for path in gathered)
        with turn(folders if len(gathered) > 1 else ()):
            _put_in_place(gathered, folders)
    finally:
        for scratch in gathered.values():
            with contextlib.suppress(OSError):
                scratch.unlink(missing_ok=True)


def mixed_in(folders: Iterable[Path]) -> list[Mixed]:
    """Return the files of these folders that an interrupted run left beside older ones.

    A folder that cannot be read has none to tell of, nor have files beyond the first gigabytes: a note that
    came with a folder from elsewhere may name any. Who is at work there is awaited, as by `together`; where
    there are no turns, or none in time, a run whose note is new has perhaps not ended.
    """
    real = sorted({Path(os.path.realpath(each)) for each in folders})
    noted = [folder for folder in real if _notes(folder)]
    found, known = [], _Known()
    with turn(noted) as is_ours:
        for note in (note for folder in noted for note in _notes(folder)):
            with contextlib.suppress(OSError):
                told, age = _told(note), time.time() - note.lstat().st_mtime
                new, old = known.compared(note.parent, told)
                if new and old:
                    found.append(Mixed(note.parent, new, old, has_ended=is_ours or age > _AT_WORK))
                elif told and (new or age > ABANDONED):  # what people change later is no fault
                    _remove([note])
    return found


def _put_in_place(gathered: dict[Path, Path], folders: Iterable[Path]) -> None:
    """Rename finished files to what they are to be called, in these folders.

    Raises:
        OutputError: a place refuses its file, or another run has replaced some of them.
    """
    for path in gathered:
        try:
            check_place(path)  # again: Excel may have opened one since
        except OSError as error:
            raise _refused(path, error) from error
    is_set = len(gathered) > 1
    marks = {path: (_mark(scratch), _mark(path)) for path, scratch in gathered.items()} if is_set else {}
    notes = _write_notes(marks, folders) if is_set else []
    done: list[Path] = []
    for path, scratch in gathered.items():
        try:
            put(scratch, path)
        except OSError as error:
            if not done:
                _remove(notes)
                raise _refused(path, error) from error
            raise _stopped(path, error, done, list(gathered)) from error
        done.append(path)
    for folder in folders:
        settle(folder)
    if is_set:
        _refuse_crossed(marks, folders)
        _forget(folders, gathered)


def _refuse_crossed(marks: Marks, folders: Iterable[Path]) -> None:
    """Say so when another run has put some of its files in the place of ours, and let others say so later.

    Raises:
        OutputError: it has.
    """
    lost = [path for path, (new, _) in marks.items() if _mark(path) != new]
    ours = [path for path, (new, old) in marks.items() if new != old and path not in lost]
    if lost and ours:
        # The other run has removed ours, which compared what we changed alone: it may have changed more.
        _write_notes({path: (new, "") for path, (new, _) in marks.items()}, folders)
        facts = {"new": _named(tuple(map(name_of, ours))), "old": _named(tuple(map(name_of, lost)))}
        raise OutputError("together-crossed", folder=str(lost[0].parent), **facts)


def _write_notes(marks: Marks, folders: Iterable[Path]) -> list[Path]:
    """Write into each folder which files are about to come, and how each is known; return the new notes.

    Raises:
        OutputError: a folder takes no more.
    """
    key = hashlib.sha256(repr(sorted(marks.items())).encode("utf-8", "surrogateescape")).hexdigest()[:12]
    written: list[Path] = []
    try:
        for folder in folders:
            note = folder / f".{key}{NOTE}"
            told = {_from(folder, path): pair for path, pair in marks.items()}
            write_whole(note, json.dumps(told, indent=1).encode())
            written.append(note)
    except BaseException:
        _remove(written)
        raise
    return written


def _from(folder: Path, path: Path) -> str:
    """Return a file as seen from a folder, so that it is found again when both have moved."""
    try:
        return os.path.relpath(path, folder)
    except ValueError:  # another drive of Windows
        return str(path)


def _notes(folder: Path) -> list[Path]:
    with contextlib.suppress(OSError):
        return sorted(path for path in folder.iterdir() if path.name.endswith(NOTE))
    return []


def _mark(path: Path) -> str:
    """Return the SHA-256 of a file, or nothing where there is none to be read."""
    with contextlib.suppress(OSError):
        return mark_of(path).sha256 if path.is_file() else ""
    return ""


def _told(note: Path) -> dict[str, tuple[str, str]]:
    """Return the files that a note names, with the SHA-256 of the new one and of the older, if there was one.

    What is no note of ours tells nothing; and no note leads to another machine, which would learn who asks,
    nor anywhere but from its own folder on.
    """
    with contextlib.suppress(OSError, ValueError, TypeError, AttributeError, RecursionError):
        read = json.loads(read_small(note, _LONGEST)).items()
        told = {os.fsdecode(os.fsencode(name)): (str(new), str(old)) for name, (new, old) in read}
        return told if all(_may_name(note, name) for name in told) else {}
    return {}


def _may_name(note: Path, name: str) -> bool:
    """Say whether it is a file as `_from` writes it: seen from the folder, unless on another drive."""
    if not name or "\0" in name or _AFAR.match(name):
        return False
    place = Path(name)
    is_apart = place.is_absolute() and place.drive.lower() != note.drive.lower()
    return is_apart or not place.anchor


class _Known:
    """The SHA-256 of files that notes name: each is read once, and so many bytes in all.

    No more of a file than the size that it tells: /proc has some that tell 0 and never end.
    """

    def __init__(self) -> None:
        self._marks: dict[Path, str | None] = {}
        self._left = _MOST_READ

    def compared(
        self, folder: Path, told: dict[str, tuple[str, str]]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return which files are those of a note and which are not; what it did not change is either."""
        changed = ((name, new, folder / name) for name, (new, old) in told.items() if new != old)
        found = [(name, mark == new) for name, new, path in changed if (mark := self._mark(path)) is not None]
        return tuple(name for name, is_new in found if is_new), tuple(
            name for name, is_new in found if not is_new
        )

    def _mark(self, path: Path) -> str | None:
        """Return what `_mark` does, or None for a file that is beyond what is read."""
        real = Path(os.path.realpath(path))
        if real not in self._marks:
            self._marks[real] = self._read(real)
        return self._marks[real]

    def _read(self, path: Path) -> str | None:
        with contextlib.suppress(OSError):
            size = path.stat().st_size if path.is_file() else None
            if size is not None and size > self._left:
                return None
            self._left -= size or 0
            return "" if size is None else sha256_of(path, size)
        return ""


def _forget(folders: Iterable[Path], written: Iterable[Path]) -> None:
    """Remove the notes of earlier runs on files that have just been written again, together."""
    fresh = set(written)
    for folder in folders:
        with contextlib.suppress(OSError):
            for note in _notes(folder):
                told = _told(note)  # nothing, of what is no note of ours: it stays
                if told and {Path(os.path.realpath(folder / name)) for name in told} <= fresh:
                    note.unlink(missing_ok=True)


def _remove(notes: Iterable[Path]) -> None:
    for note in notes:
        with contextlib.suppress(OSError):
            note.unlink(missing_ok=True)


def _refused(path: Path, error: OSError) -> OutputError:
    if isinstance(error, OutputError):
        return error
    return OutputError("together-refused", file=str(path), why=why(error))


def _stopped(path: Path, error: OSError, done: Sequence[Path], every: Sequence[Path]) -> OutputError:
    left = [each for each in every if each not in done]
    facts = {"new": _named(tuple(map(name_of, done))), "old": _named(tuple(map(name_of, left)))}
    return OutputError("together-stopped", file=str(path), why=why(error), **facts)


def _named(names: tuple[str, ...]) -> str:
    shown = ", ".join(names[:_SHOWN])
    return f"{shown}… ({len(names)})" if len(names) > _SHOWN else shown
