"""The parts of a page that bear on whether it was changed: nothing of it is run, and nothing is fetched.

The page is read as bytes, from its beginning to its end and never back, so that no page takes long.
"""

from __future__ import annotations

import base64
import binascii
import html
import re
import zlib
from dataclasses import dataclass, field

from geocontracts.webmap.policy import source_hash

BLOCKS = ("payload", "numbers", "arcs")
"""The packed data of a map, each in an element of its own."""

_TAG = re.compile(rb"<(script|style|meta)(?=[\s/>])", re.IGNORECASE)
_ENDS = {name: re.compile(rb"</" + name + rb"(?=[\s/>])", re.IGNORECASE) for name in (b"script", b"style")}
_ATTRIBUTE = re.compile(r"""([^\s"'>/=]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>"']++)))?+""")
_LONGEST_TAG = 1 << 15
_DATA = re.compile(r"text/plain|application/(ld\+)?json", re.IGNORECASE)
_LINKED = "application/ld+json"
_PIECE = 1 << 20
_MOST_UNPACKED = 1 << 30  # bytes of all blocks of a page


@dataclass
class Page:
    """What a page holds: `scripts` that a browser would run, `styles`, blocks of data, its `policies`.

    `blocks` are by their id, without `geocontracts-`; `linked` says in JSON-LD where it comes from. A page
    `is_cut` where it ends within an element.
    """

    scripts: list[bytes] = field(default_factory=list)
    styles: list[bytes] = field(default_factory=list)
    blocks: dict[str, bytes] = field(default_factory=dict)
    linked: list[bytes] = field(default_factory=list)
    policies: list[str] = field(default_factory=list)
    has_foreign: bool = False
    is_cut: bool = False


def read_page(content: bytes) -> Page:
    """Return the parts of a page."""
    page, place = Page(), 0
    while found := _TAG.search(content, place):
        name, end = found[1].lower(), content.find(b">", found.end())
        if end < 0:
            page.is_cut = True
            break
        is_long = end - found.end() > _LONGEST_TAG
        attributes = {} if is_long else _attributes(content[found.end() : end])
        place = end + 1
        if name == b"meta":
            _meta(page, attributes)
            continue
        close = _ENDS[name].search(content, place)
        text = content[place : close.start() if close else len(content)]
        _element(page, name, attributes, text)
        if close is None:
            page.is_cut = True
            break
        place = close.end()
    page.is_cut = page.is_cut or not content.rstrip().endswith(b"</html>")
    return page


def _attributes(tag: bytes) -> dict[str, str]:
    """Return the attributes of a tag; the first counts where one is given twice, as in a browser."""
    found: dict[str, str] = {}
    for name, *values in _ATTRIBUTE.findall(tag.decode("utf-8", "replace")):
        found.setdefault(name.lower(), html.unescape("".join(values)))
    return found


def _meta(page: Page, attributes: dict[str, str]) -> None:
    if attributes.get("http-equiv", "").lower() == "content-security-policy":
        page.policies.append(attributes.get("content", ""))


def _element(page: Page, name: bytes, attributes: dict[str, str], text: bytes) -> None:
    kind = attributes.get("type", "").strip().lower()
    if name == b"style":
        page.styles.append(text)
    elif kind == _LINKED:
        page.linked.append(text)
    elif _DATA.fullmatch(kind):
        page.blocks.setdefault(attributes.get("id", "").removeprefix("geocontracts-"), text)
    else:
        page.scripts.append(text)
        page.has_foreign = page.has_foreign or "src" in attributes


def lets_in_its_own(page: Page) -> bool:
    """Say whether the policy of a page lets in its scripts and styles, by their hashes, and no other."""
    if len(page.policies) != 1 or page.has_foreign:
        return False
    rules: dict[str, list[str]] = {}
    for name, *rest in filter(None, map(str.split, page.policies[0].split(";"))):
        rules.setdefault(name, rest)  # the first counts, as in a browser
    kinds = (("script-src", page.scripts), ("style-src", page.styles))
    own = all(set(rules.get(rule, [])) == set(map(source_hash, texts)) for rule, texts in kinds)
    return own and rules.get("default-src") == ["'none'"]


def damaged_blocks(page: Page) -> list[str]:
    """Return which blocks of a map do not have the checksum that they carry, or are not there."""
    left, found = _MOST_UNPACKED, []
    for name in BLOCKS:
        size = _unpacked(page.blocks.get(name, b""), left)
        if size is None:
            found.append(name)
        left -= size or 0
    return found


def _unpacked(block: bytes, most: int) -> int | None:
    """Return how many bytes are packed in a block; None where it is damaged, or longer than `most`."""
    try:
        packed, size, unpacker = base64.b64decode(block, validate=True), 0, zlib.decompressobj()
        while packed and not unpacker.eof:
            size += len(unpacker.decompress(packed, _PIECE))
            packed = unpacker.unconsumed_tail
            if size > most:
                return None
    except (binascii.Error, zlib.error):
        return None
    return size if unpacker.eof and not unpacker.unused_data else None
