"""Addresses that a page may lead to, and what it calls them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geocontracts.words import say

if TYPE_CHECKING:
    from geocontracts.webmap.contract import Link
    from geocontracts.words import Lang

_DOCUMENT = re.compile(r"[^/]\.(pdf|docx?|odt|rtf|xlsx?|ods|csv|pptx?|odp|zip|geojson|gpkg)$", re.IGNORECASE)


def safe_link(text: str | None) -> str | None:
    """Return the address if it is a plain https one, else None.

    Browsers skip tabs and line ends inside an address, and what stands before an `@` looks like the site
    that is visited: neither is ever in the address of a document. Nor is U+FFFD: it stands where the reader
    took away what no text may hold, so that the address would lead elsewhere.
    """
    if text is None or not text.startswith("https://") or any(letter in text for letter in " \"'<>\\\ufffd"):
        return None
    site = _site(text)
    return text if site and text.isprintable() and "@" not in site else None


def named_link(text: str, lang: Lang) -> Link:
    """Return a link that says where it leads; what is no address to be followed stays as it is written.

    RGAA 6.1 asks for a text that says it: the site, and the document or page there.
    """
    href = safe_link(text)
    if href is None:
        return {"text": text, "href": None}
    site = _site(href)
    rest = href.removeprefix(f"https://{site}").strip("/")
    if not rest:
        return {"text": say("link-site", lang, site=site), "href": href}
    is_document = _DOCUMENT.search(re.split("[?#]", rest, maxsplit=1)[0])
    return {
        "text": say("link-document" if is_document else "link-page", lang, name=rest, site=site),
        "href": href,
    }


def _site(address: str) -> str:
    return re.split("[/?#]", address.removeprefix("https://"), maxsplit=1)[0]
