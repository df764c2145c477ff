"""Whether a page has nothing but what geocontracts writes: what a browser would do with more is not guessed.

Every `<` of a page must begin one of the tags that the writers of pages and of reports write, attribute for
attribute as they do; comments, handlers, frames, pictures and forms are none. What a person wrote stands
there escaped, without `<`, `>` and quotes. The security policy comes first: it counts from there on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from geocontracts.webmap.payload import TILE_HOSTS

MOST = 5
"""How many foreign parts of a page are told."""

_SHOWN = 60  # bytes of one
_VALUE = r'"[^<>"]*+"'


def _any(*patterns: str) -> str:
    return "(?:" + "|".join(patterns) + ")"


_HASHES = r"(?: 'sha256-[A-Za-z0-9+/]{43}=')*+;"
_HOSTS = _any(*(re.escape(f" https://{host}") for host in sorted(TILE_HOSTS.values())))
_POLICY = (
    rf"default-src 'none';(?: script-src{_HASHES})?+ style-src{_HASHES}(?: img-src data:{_HOSTS}?+;)?+"
    r" base-uri 'none'; form-action 'none'"
)
_START = re.compile(
    (
        r'<!doctype html>\n<html lang="[a-z]{2}">\n<head>\n<meta charset="utf-8">\n'
        rf'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
    ).encode()
)

_LINKED = r'<script type="application/ld\+json">[^<]*+</script>'
_HEAD = (
    r'<meta name="referrer" content="no-referrer">',
    rf'<meta name="(?:viewport|generator|description|geocontracts-sha256)" content={_VALUE}>',
    "<title>[^<]*+</title>",
    "<style>[^<]*+</style>",
    _LINKED,
    "</head>",
    "<body>",
)
_END = ("</body>", "</html>")

# Where it leads is https, a file beside, or a place in the page; any other scheme has a colon.
_HREF = r'href="(?:https://[^<>"]*+|[^<>":&\s\\/][^<>":&\s\\]*+)"'
_ROOT = "left|bottom|right|top|map-name|loading|old|broken"
_MAP = (
    rf'<div id="geocontracts"(?: data-(?:{_ROOT})={_VALUE})*+></div>',
    '<p class="gc-unstarted">[^<]*+</p>',
    "<noscript><p>[^<]*+</p></noscript>",
    rf'<a class="gc-statement" {_HREF} target="_blank" rel="noopener noreferrer">[^<]*+</a>',
    r'<script type="text/plain" id="geocontracts-[a-z]++">[^<]*+</script>',
    _LINKED,
    # `<!--` within a script changes where it ends.
    r"<script>[^<]*+(?:<(?!!--|/[Ss][Cc][Rr][Ii][Pp][Tt])[^<]*+)*+</script>",
    *_END,
)

_TAGS = (
    "a|article|b|br|caption|code|col|colgroup|dd|details|div|dl|dt|figcaption|figure|footer|h1|h2|h3|header"
    "|li|main|nav|ol|p|section|span|summary|sup|table|tbody|td|th|thead|tr|ul|svg|circle|path|rect|text"
)
_ATTRIBUTES = (
    "aria-hidden|aria-label|class|colspan|cx|cy|d|data-head|data-label|fill|fill-opacity|fill-rule|font-family"
    "|font-size|height|id|paint-order|preserveAspectRatio|r|role|scope|stroke|stroke-linejoin|stroke-width"
    "|text-anchor|viewBox|width|x|xmlns|y"
)
_GIVEN = _any(rf"(?:{_ATTRIBUTES})={_VALUE}", "scope=row", _HREF, 'rel="noreferrer"')
_TEXTS = (f"<(?:{_TAGS})(?: {_GIVEN})*+/?+>", f"</(?:{_TAGS})>", "<title>[^<]*+</title>", *_END)

_IN_HEAD, _IN_MAP, _IN_TEXTS = (re.compile(_any(*each).encode()) for each in (_HEAD, _MAP, _TEXTS))


_BODY_OF_MAP = b'<body>\n<div id="geocontracts"'


@dataclass(frozen=True)
class Foreign:
    """A part of a page that geocontracts does not write: how it begins, and its line, from 1."""

    text: str
    line: int


def begins_as_ours(content: bytes) -> bool:
    """Say whether a page begins as each of ours: with its security policy, before all that it applies to."""
    return _START.match(content) is not None


def runs_nothing(content: bytes) -> bool:
    """Say whether a page begins with a policy of ours that lets no script in, whatever follows."""
    start = _START.match(content)
    return start is not None and b"script-src" not in start[0]


def foreign_parts(content: bytes) -> list[Foreign]:
    """Return the first `MOST` parts that a page has beyond those of a map, or of a report or a sheet.

    Which of them it is, is told by how its body begins; either has all that it may.
    """
    start = _START.match(content)
    place, grammar, found = start.end() if start else 0, _IN_HEAD, list[Foreign]()
    while (at := content.find(b"<", place)) >= 0 and len(found) < MOST:
        part = grammar.match(content, at)
        place = part.end() if part else at + 1
        if part is None:
            found.append(Foreign(_beginning(content, at), content.count(b"\n", 0, at) + 1))
        elif grammar is _IN_HEAD and content.startswith(b"<body>", at):
            grammar = _IN_MAP if content.startswith(_BODY_OF_MAP, at) else _IN_TEXTS
    return found


def _beginning(content: bytes, at: int) -> str:
    text = content[at : at + _SHOWN]
    first, end, _ = text.partition(b">")
    whole = end or at + _SHOWN >= len(content)
    return (first + end).decode("utf-8", "replace") + ("" if whole else "…")
