"""An accessibility statement that we wrote: it names no source, and a person may complete it by hand."""

from __future__ import annotations

import html
import re

from geocontracts.outputs.verify.skeleton import BODY_OF_STATEMENT
from geocontracts.words import LANGS, say

# At its place: a line that has a tag within a tag, as a comment may, is none of those before it.
_TITLE = re.compile(rb"(?:<[^<>\n]*+>\n){8}<title>([^<]*+)</title>\n")
_HEADING = re.compile(rb"([^<]*+)</h1>\n</header>\n<main>\n")


def title_of_statement(content: bytes) -> str:
    """Return the title of a page that has the head and the body of such a statement; else nothing.

    Its title stands where ours does, and its body begins with the same words as a heading. Whether it has
    more, or another policy, is not looked at here.
    """
    title, body = _TITLE.match(content), content.find(b"<body>")
    heading = _HEADING.match(content, body + len(BODY_OF_STATEMENT))
    if not (title and heading and content.startswith(BODY_OF_STATEMENT, body)):
        return ""
    told, headed = (html.unescape(found[1].decode("utf-8", "replace")) for found in (title, heading))
    ours = {say("statement-title", lang) for lang in LANGS}
    return told if headed in ours and told.startswith(f"{headed} — ") else ""
