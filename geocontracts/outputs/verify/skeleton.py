"""Whether a page has nothing but what geocontracts writes: what a browser would do with more is not guessed.

Every `<` of a page must begin one of the tags that the writers of pages and of reports write, attribute for
attribute as they do; comments, handlers, frames, pictures and forms are none. What a person wrote stands
there escaped, without `<`, `>` and quotes. The security policy comes first: it counts from there on.
In a head and in a map no text stands between the tags, and in the tags of a map only the sentences that we
wrote; a report, a sheet and a statement are text.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from geocontracts.webmap.payload import TILE_HOSTS
from geocontracts.words import LANGS, say

MOST = 5
"""How many foreign parts of a page are told."""

_SHOWN = 60  # bytes of one
_VALUE = r'"[^<>"]*+"'


def _any(*patterns: str) -> str:
    return "(?:" + "|".join(patterns) + ")"


def _said(key: str) -> str:
    return _any(*(re.escape(html.escape(say(key, lang))) for lang in LANGS))


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
_EARLY = {"loading": "page-loading", "old": "page-too-old", "broken": "page-broken"}
_ROOT = _any(
    f"(?:left|bottom|right|top|map-name)={_VALUE}",
    *(f'{name}="{_said(key)}"' for name, key in _EARLY.items()),
)
_MAP = (
    rf'<div id="geocontracts"(?: data-{_ROOT})*+></div>',
    f'<p class="gc-unstarted">{_said("page-not-started")}</p>',
    f"<noscript><p>{_said('page-needs-script')}</p></noscript>",
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

_OF_STATEMENT = (
    "a|address|br|caption|details|div|footer|h1|h2|h3|header|li|main|mark|p|summary"
    "|table|tbody|td|th|thead|tr|ul"
)
_MAIL = 'href="mailto:[^<>":\\s]*+"'
_STATED = _any('class="(?:heed|bare)"', f"(?:role|scope)={_VALUE}", _HREF, _MAIL, 'rel="noopener noreferrer"')
_STATEMENT = (f"<(?:{_OF_STATEMENT})(?: {_STATED})*+>", f"</(?:{_OF_STATEMENT})>", *_END)

_IN_HEAD, _IN_MAP, _IN_STATEMENT, _IN_TEXTS = (
    re.compile(_any(*each).encode()) for each in (_HEAD, _MAP, _STATEMENT, _TEXTS)
)

_BODY_OF_MAP = b'<body>\n<div id="geocontracts"'
BODY_OF_STATEMENT = b"<body>\n<header>\n<h1>"
"""How the body of an accessibility statement begins, as no other does."""
_BODIES = {_BODY_OF_MAP: _IN_MAP, BODY_OF_STATEMENT: _IN_STATEMENT}


@dataclass(frozen=True)
class Foreign:
    """A part of a page that geocontracts does not write: how it begins, and its line, from 1."""

    text: str
    line: int


def begins_as_ours(content: bytes) -> bool:
    """Say whether a page begins as each of ours: with its security policy, before all that it applies to."""
    return _START.match(content) is not None


def is_map(content: bytes) -> bool:
    """Say whether the body of a page begins as that of a map: then it has code and data."""
    return _BODY_OF_MAP in content


def foreign_parts(content: bytes) -> list[Foreign]:
    """Return the first `MOST` parts that a page has beyond those of a map, a statement, or other texts.

    Which of them it is, is told by how its body begins; each has all that it may.
    """
    start = _START.match(content)
    place, grammar, found = start.end() if start else 0, _IN_HEAD, list[Foreign]()
    while place < len(content) and len(found) < MOST:
        at = content.find(b"<", place)
        at = len(content) if at < 0 else at
        if grammar in (_IN_HEAD, _IN_MAP):
            found += _text_between(content, place, at)
        part = grammar.match(content, at)
        place = part.end() if part else _end_of_tag(content, at)
        if part is None and at < len(content):
            found.append(_shown(content, at, place))
        elif grammar is _IN_HEAD and content.startswith(b"<body>", at):
            grammar = next(
                (each for body, each in _BODIES.items() if content.startswith(body, at)), _IN_TEXTS
            )
    return found[:MOST]


def _text_between(content: bytes, start: int, end: int) -> list[Foreign]:
    """Return the text between two tags, where nothing but a line end may stand."""
    text = content[start:end].strip(b"\n")
    return [_shown(content, content.index(text, start), end)] if text else []


def _end_of_tag(content: bytes, at: int) -> int:
    """Return where a tag ends that is none of ours: after its `>`, or where the next one begins."""
    following = content.find(b"<", at + 1)
    following = len(content) if following < 0 else following
    return content.find(b">", at, following) + 1 or following


def _shown(content: bytes, start: int, end: int) -> Foreign:
    text = content[start:end].rstrip(b"\n")
    shown = text[:_SHOWN].decode("utf-8", "replace") + ("…" if len(text) > _SHOWN else "")
    return Foreign(shown, content.count(b"\n", 0, start) + 1)
