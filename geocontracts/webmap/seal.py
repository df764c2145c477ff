"""The hash that a page carries of itself: of all its bytes, with zeros where the hash stands.

It tells a page that was changed since it was written, by accident or by hand. It is no signature: who
changes a page on purpose can write its new hash there. `outputs/verify/` reads it back.
"""

from __future__ import annotations

import hashlib
import re

_NONE = "0" * 64
_BEFORE, _AFTER = '<meta name="geocontracts-sha256" content="', '">'
_SEAL = re.compile(f"{_BEFORE}([0-9a-f]{{64}}){_AFTER}".encode())

SEAL = f"{_BEFORE}{_NONE}{_AFTER}\n"
"""What a page says in its head, before what was read: no text of a register is markup, so there is one."""


def sealed(page: bytes) -> bytes:
    """Return a page that holds `SEAL` with its own hash in it."""
    digest = hashlib.sha256(page).hexdigest()
    return page.replace(_NONE.encode(), digest.encode(), 1)


def seal_holds(page: bytes) -> bool | None:
    """Say whether a page is byte for byte what was written; None where it carries no hash of itself."""
    found = list(_SEAL.finditer(page))
    if not found:
        return None
    first, last = found[0].span(1)
    bare = page[:first] + _NONE.encode() + page[last:]
    return len(found) == 1 and hashlib.sha256(bare).hexdigest().encode() == found[0][1]
