"""The errors that a caller can do something about, one class for each such thing.

The text of an error comes from the catalogue (`words.py`): `str(error)` is
English, for developers; `error.text(lang)` is what the command line shows.
"""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

from geocontracts.words import Message

if TYPE_CHECKING:
    from geocontracts.words import Lang


class GeocontractsError(Exception):
    """Base of all errors that geocontracts raises on purpose."""

    def __init__(self, key: str, **facts: object) -> None:
        """Keep the message; `key` and `facts` are those of `words.say`."""
        self.message = Message(key, facts)
        super().__init__(self.message.text("en"))

    def text(self, lang: Lang = "fr") -> str:
        """Return the message in the language of the reader."""
        return self.message.text(lang)


_REASONS = {
    errno.EACCES: "os-permission",
    errno.EPERM: "os-permission",
    errno.EROFS: "os-read-only",
    errno.ENOSPC: "os-full",
    errno.EDQUOT: "os-full",
    errno.EFBIG: "os-full",
    errno.EISDIR: "os-folder",
    errno.ENOTDIR: "os-not-folder",
    errno.ENOENT: "os-missing",
    errno.ENAMETOOLONG: "os-name",
    errno.EEXIST: "os-not-folder",  # a file stands where a folder is to be made
    errno.ELOOP: "os-loop",
    errno.ESPIPE: "os-special",  # as `files.read_small` says it
    errno.EOVERFLOW: "os-large",  # the same
    errno.EBUSY: "os-held",
    errno.ETXTBSY: "os-held",
    errno.EIO: "os-medium",
    errno.ESTALE: "os-medium",
}
_HELD_ON_WINDOWS = (32, 33)  # another program holds the file, or a part of it


def why(error: OSError) -> Message:
    """Return what the system says, in words that can be said in both languages."""
    is_held = getattr(error, "winerror", None) in _HELD_ON_WINDOWS
    known = "os-held" if is_held else _REASONS.get(error.errno or 0)
    return Message(known) if known else Message("os-other", {"said": error.strerror or str(error)})


class RegisterError(GeocontractsError, ValueError):
    """A register, or one of its files, cannot be read at all."""


class UnknownPlaceError(GeocontractsError, LookupError):
    """No place, or more than one, answers to what was written."""


class UnknownLevelError(GeocontractsError, ValueError):
    """A level of territory that does not exist."""


class UnknownOptionError(GeocontractsError, ValueError):
    """A choice about a map that does not exist."""


class OutputError(GeocontractsError, OSError):
    """An output could not be written; what was there before is whole."""


class AuditError(GeocontractsError, ValueError):
    """A file says nothing of where it comes from, or cannot be read to tell."""


class MissingDataError(GeocontractsError, FileNotFoundError):
    """A file that comes with the package is not where it should be."""


class MissingExtraError(GeocontractsError, ImportError):
    """A package is not installed that one of the extras brings."""
