"""An accessibility statement that we wrote: it names no source, and a person may complete it by hand."""

from __future__ import annotations

import html
import re

from geocontracts.webmap.seal import seal_holds
from geocontracts.words import LANGS, say

_TITLE = re.compile(rb"<title>([^<]{1,2000})</title>")


def title_of_statement(content: bytes) -> str:
    """Return the title of a page that is such a statement, by its seal and its title; else nothing."""
    found = _TITLE.search(content)
    if seal_holds(content) is None or not found:
        return ""
    title = html.unescape(found[1].decode("utf-8", "replace"))
    ours = tuple(f"{say('statement-title', lang)} — " for lang in LANGS)
    return title if title.startswith(ours) else ""
