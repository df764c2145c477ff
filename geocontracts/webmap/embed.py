"""The code that shows a page inside another one."""

from __future__ import annotations

import html
import os
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from geocontracts.errors import UnknownOptionError
from geocontracts.records.formats.signs import fit

if TYPE_CHECKING:
    from pathlib import Path

SANDBOX = "allow-scripts allow-downloads allow-modals allow-popups allow-popups-to-escape-sandbox"
"""What the page needs: scripts, files, paper, links. Without `allow-same-origin` it reads no site."""

LEAST_HEIGHT = 400  # CSS pixels, below which the map has no room beside its title

_SCHEME = re.compile(r"\s*([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_SPACE = re.compile(r"\s")
_SCHEMES = ("https", "http", "file")


def embed_snippet(address: str, title: str, *, least_height: int = LEAST_HEIGHT) -> str:
    """Return the HTML that shows a page in an iframe as wide as there is room.

    `address` is that of the page, absolute or relative to the page that shows it,
    with the end of a shared link if one view is meant (`carte.html#v=pileup`).
    `title` names the frame to screen readers. The frame is 4:3, at least
    `least_height` CSS pixels and at most 85 % of the window high, loads when the
    reader comes near, and is closed in a sandbox: it cannot read the site. The page is
    light in it, as most sites are, also for who asked for dark pages; an address with
    `?theme=auto` (`carte.html?theme=auto#v=pileup`) lets it follow its reader instead.

    Raises:
        UnknownOptionError: `address` is empty or no address of a page, or
            `least_height` is not above 0.
    """
    address = address.strip(" ")
    scheme = _SCHEME.match(address)
    is_plain = address.isprintable() and not _SPACE.search(address)  # browsers skip tabs inside a scheme
    if not address or not is_plain or (scheme and scheme[1].lower() not in _SCHEMES):
        raise UnknownOptionError("embed-address", value=address)
    if least_height <= 0:
        raise UnknownOptionError("embed-height", value=str(least_height))
    style = f"width:100%;aspect-ratio:4/3;min-height:{least_height}px;max-height:85vh;border:0"
    attributes = {
        "src": address,
        "title": " ".join(fit(title).split()),
        "loading": "lazy",
        "sandbox": SANDBOX,
        "style": style,
    }
    written = " ".join(f'{name}="{html.escape(value)}"' for name, value in attributes.items())
    return f"<iframe {written}></iframe>"


def file_address(path: Path) -> str:
    """Return the address of a file for a page that lies beside it."""
    name = quote(os.fsencode(path.name))  # it may hold bytes that are no UTF-8
    return f"./{name}" if _SCHEME.match(name) else name
