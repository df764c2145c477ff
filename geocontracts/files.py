"""Write a file whole or not at all, and never over what is read; know a file again."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import shutil
import stat
import tempfile
import time
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, TYPE_CHECKING

from geocontracts.errors import GeocontractsError, OutputError, why

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


GATHERED: ContextVar[dict[Path, Path] | None] = ContextVar("gathered", default=None)
"""Where finished files wait, each for its place: one or more of a run (see `together`); None: for nothing."""


@dataclass(frozen=True)
class FileMark:
    """A file, and how it is known again: `bytes` is its size, `sha256` that of its content."""

    name: str
    bytes: int
    sha256: str


def name_of(path: Path) -> str:
    """Return the name of a file as people write it, also on a system without UTF-8, where Python cannot."""
    return os.fsencode(path.name).decode("utf-8", "replace")


def mark_of(path: Path) -> FileMark:
    """Return how a file is known again; one that waits for the others of its run, as it will be.

    Raises:
        OSError: it cannot be read.
    """
    waiting = GATHERED.get() or {}
    with waiting.get(Path(os.path.realpath(path)), path).open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
        return FileMark(name_of(path), stream.tell(), digest)


def read_small(path: Path, most: int = 1 << 22) -> bytes:
    """Return the bytes of a file that is short by its nature: a mapping, a note of ours.

    Raises:
        OSError: it cannot be read, is a pipe or a device, which may never end, or has more than `most` bytes.
    """
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        raise OSError(errno.ESPIPE, os.strerror(errno.ESPIPE), str(path))
    with path.open("rb") as stream:
        content = stream.read(most + 1)
    if len(content) > most:
        raise OSError(errno.EOVERFLOW, os.strerror(errno.EOVERFLOW), str(path))
    return content


def sha256_of(path: Path, size: int) -> str:
    """Return the SHA-256 of the first bytes of a file, no more than `size`, whatever else it gives.

    Raises:
        OSError: it cannot be read.
    """
    digest = hashlib.sha256()
    with path.open("rb", buffering=0) as stream:
        while size > 0 and (part := stream.read(min(size, _PART_READ))):
            digest.update(part)
            size -= len(part)
    return digest.hexdigest()


def digest_of(marks: Iterable[FileMark]) -> str:
    """Return one SHA-256 for several files: that of what `sha256sum` prints of them, by name."""
    lines = [f"{mark.sha256}  {mark.name}\n" for mark in sorted(marks, key=lambda mark: mark.name)]
    return hashlib.sha256("".join(lines).encode("utf-8", "replace")).hexdigest()


PART = ".geocontracts.part"
"""How the name of a file ends that is not whole yet, or not in its place, or of a folder for one run."""

ABANDONED = 86_400
"""Seconds without a byte, after which nobody is at work there any more."""
_PART_READ = 1 << 20
_HELD_TRIES, _HELD_WAIT = 3, 0.1  # Windows refuses for a moment while another program looks at a file
# Whatever its ending, Windows takes such a name for a device, and what is written there is lost.
_DEVICE = re.compile(r"(con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³])\s*(\.|$)", re.IGNORECASE)
_UNFIT_ON_WINDOWS = re.compile(r'[<>:"|?*\x00-\x1f]|[. ]$')


def refuse_overwriting(
    outputs: Iterable[Path], inputs: Iterable[Path], *, key: str = "output-is-input"
) -> None:
    """Keep what is read from being written over, and two outputs from being one file.

    `key` is the message about an input.

    Raises:
        OutputError: an output is an input, under whatever name, or is named twice.
    """
    read = {_same(path) for path in inputs}
    written: set[object] = set()
    for path in outputs:
        if _same(path) in read:
            raise OutputError(key, file=str(path))
        if _same(path) in written:
            raise OutputError("output-twice", file=str(path))
        written.add(_same(path))


def _same(path: Path) -> object:
    """Return what is equal for two names of one file: its place on the disk, or the path it would have."""
    real = Path(os.path.realpath(path))
    with contextlib.suppress(OSError):
        found = real.stat()
        return found.st_dev, found.st_ino
    return real


def write_whole(path: Path, content: bytes) -> None:
    """Write `content` to `path` so that a reader sees the old file or the new one.

    The folder is made when it does not exist. Permissions of an older file stay,
    and a link keeps pointing at the file that is replaced.

    Raises:
        OutputError: the folder or the disk refuses; the older file is untouched.
    """
    with whole_file(path) as stream:
        stream.write(content)


@contextlib.contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """Give a stream for what is too long for memory; the file appears when all of it is written.

    Within `together.together` it appears with the other files of the run.

    A process that is killed leaves the older file, and a hidden one that ends in `PART`; who writes to the
    same folder a day later removes that. An error of ours that is raised while the content is made goes on
    as it is.

    Raises:
        OutputError: the folder or the disk refuses, or `path` is no place for a file; the
            older file is untouched.
    """
    scratch: Path | None = None
    try:
        check_place(path)
        path = Path(os.path.realpath(path))
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", suffix=PART, dir=path.parent)
        scratch = Path(name)
        sweep(path.parent)
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        with contextlib.suppress(PermissionError):  # a medium without permissions, such as a USB stick
            scratch.chmod(_mode(path))
        gathered = GATHERED.get()
        if gathered is None:
            put(scratch, path)
            settle(path.parent)
        else:
            replaced, gathered[path] = gathered.pop(path, None), scratch  # the last one written comes last
            scratch = replaced
    except GeocontractsError:
        raise
    except OSError as error:
        raise OutputError("output-refused", file=str(path), why=why(error)) from error
    finally:  # of a file that was written whole, nothing is left under this name
        if scratch is not None:
            with contextlib.suppress(OSError):
                scratch.unlink(missing_ok=True)


@cache
def sweep(folder: Path) -> None:
    """Remove what killed runs left in a folder, once for a process, right after something was made in it.

    The time of the folder is then the present one by the clock of that disk, which may not be ours.
    """
    with contextlib.suppress(OSError):
        now = folder.stat().st_mtime
        for each in folder.iterdir():
            if each.name.startswith(".") and each.name.endswith(PART):
                with contextlib.suppress(OSError):  # another process was quicker, or it is another user's
                    _remove_abandoned(each, now)


def _remove_abandoned(left: Path, now: float) -> None:
    """Remove a file, or a folder with all that is in it, unless something of it was written within a day."""
    is_folder = left.is_dir() and not left.is_symlink()
    parts = (left, *(left.rglob("*") if is_folder else ()))
    if now - max(part.lstat().st_mtime for part in parts) <= ABANDONED:
        return
    if is_folder:
        shutil.rmtree(left, ignore_errors=True)
    else:
        left.unlink()


def check_place(path: Path) -> None:
    """Refuse what a file cannot be written over, or a name that loses it.

    Raises:
        OutputError: it is a device or a pipe, or its name is none that Windows keeps.
        OSError: it is a folder, or a file that may not be changed.
    """
    if _DEVICE.match(path.name) or (os.name == "nt" and _UNFIT_ON_WINDOWS.search(path.name)):
        raise OutputError("output-name", file=str(path), name=path.name)
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(mode):
        raise OutputError("output-special", file=str(path))
    os.close(os.open(path, os.O_WRONLY))  # replacing it would pass over who protected it


def put(scratch: Path, path: Path) -> None:
    """Put a finished file in its place.

    Raises:
        OSError: the disk refuses, or another program holds the older file: Excel does, on Windows.
    """
    for left in reversed(range(_HELD_TRIES)):
        try:
            scratch.replace(path)
        except PermissionError as error:  # not of the folder, which took a file a moment ago
            if not left:
                raise OSError(errno.EBUSY, os.strerror(errno.EBUSY)) from error
            time.sleep(_HELD_WAIT)
        else:
            return


def settle(folder: Path) -> None:
    """Let the new name be on the disk too, where the system can: Windows opens no folder."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _mode(path: Path) -> int:
    """Return the permissions of the older file, or those a new file gets here."""
    with contextlib.suppress(FileNotFoundError):
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
