"""Write a file whole or not at all, and never over what is read; know a file again."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from geocontracts.errors import OutputError, why

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True)
class FileMark:
    """A file, and how it is known again: `bytes` is its size, `sha256` that of its content."""

    name: str
    bytes: int
    sha256: str


def mark_of(path: Path) -> FileMark:
    """Return how a file is known again.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
        return FileMark(path.name, stream.tell(), digest)


def digest_of(marks: Iterable[FileMark]) -> str:
    """Return one SHA-256 for several files: that of what `sha256sum` prints of them, by name."""
    lines = [f"{mark.sha256}  {mark.name}\n" for mark in sorted(marks, key=lambda mark: mark.name)]
    return hashlib.sha256("".join(lines).encode("utf-8", "replace")).hexdigest()


def refuse_overwriting(outputs: Iterable[Path], inputs: Iterable[Path]) -> None:
    """Keep what is read from being written over, and two outputs from being one file.

    Raises:
        OutputError: an output is an input, under whatever name, or is named twice.
    """
    read = {_same(path) for path in inputs}
    written: set[object] = set()
    for path in outputs:
        if _same(path) in read:
            raise OutputError("output-is-input", file=str(path))
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

    Raises:
        OutputError: the folder or the disk refuses; the older file is untouched.
    """
    scratch: Path | None = None
    try:
        path = Path(os.path.realpath(path))
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", suffix=".part", dir=path.parent)
        scratch = Path(name)
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        scratch.chmod(_mode(path))
        scratch.replace(path)
    except OSError as error:
        raise OutputError("output-refused", file=str(path), why=why(error)) from error
    finally:  # of a file that was written whole, nothing is left under this name
        if scratch is not None:
            with contextlib.suppress(OSError):
                scratch.unlink(missing_ok=True)


def _mode(path: Path) -> int:
    """Return the permissions of the older file, or those a new file gets here."""
    with contextlib.suppress(FileNotFoundError):
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
