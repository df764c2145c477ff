"""A file that a person may complete by hand carries the SHA-256 of its own text: so a change is seen."""

from __future__ import annotations

import hashlib
import re

_MARK = b'<meta name="geocontracts-untouched" content="%b">'
_SEALED = re.compile(re.escape(_MARK).replace(b"%b", b"([0-9a-f]{64})"))
SEAL = (_MARK % b"").decode("ascii")
"""What stands in a page where its seal goes; before anything of a register."""


def sealed(page: bytes) -> bytes:
    """Return a page with its seal: the SHA-256 of the page with the seal left empty."""
    digest = hashlib.sha256(page).hexdigest().encode("ascii")
    return page.replace(SEAL.encode("ascii"), _MARK % digest, 1)


def is_untouched(page: bytes) -> bool:
    """Say whether a page is, byte for byte, what was sealed; what has no seal was never ours."""
    found = _SEALED.search(page)
    if not found:
        return False
    empty = page[: found.start()] + SEAL.encode("ascii") + page[found.end() :]
    return hashlib.sha256(empty).hexdigest().encode("ascii") == found[1]
