"""Links of a page of the repository, as they are on the site.

Pages are written for the repository: a link leads to a file of it. On the site, a page or a picture that
is part of it keeps its link; any other file of the repository is named, without a link.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = "docs"
KEPT = "depot"  # where files from outside docs/ stand on the site
PAGES = (
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "data/boundaries/SOURCE.md",
    "maps/README.md",
)
PICTURES = "maps/*.png"

FENCE = re.compile(r"^```.*?^```[ ]*$", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"(?P<bang>!?)\[(?P<text>(?:[^\[\]]|\[[^\]]*\])*)\]\((?P<target>[^()\s]+)\)")


@dataclass(frozen=True)
class BrokenLink:
    """A link to a file that the repository does not have."""

    page: str
    target: str


def brought() -> list[str]:
    """Return the files from outside docs/ that are part of the site."""
    return [*PAGES, *sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob(PICTURES))]


def site_path(file: str) -> str | None:
    """Return where a file of the repository stands on the site, or None."""
    if file.startswith(f"{DOCS}/"):
        return file.removeprefix(f"{DOCS}/")
    return f"{KEPT}/{file}" if file in brought() else None


def repository_path(page: str) -> str:
    """Return the file of the repository that a page of the site is made of."""
    return page.removeprefix(f"{KEPT}/") if page.startswith(f"{KEPT}/") else f"{DOCS}/{page}"


def lead_links(text: str, page: str) -> tuple[str, list[BrokenLink]]:
    """Return a page (`page`: its place on the site) with its links as they are there, and the broken ones."""
    broken: list[BrokenLink] = []
    parts, end = [], 0
    for fence in FENCE.finditer(text):
        parts += [_rewritten(text[end : fence.start()], page, broken), fence[0]]
        end = fence.end()
    parts.append(_rewritten(text[end:], page, broken))
    return "".join(parts), broken


def _rewritten(text: str, page: str, broken: list[BrokenLink]) -> str:
    file = repository_path(page)

    def rewrite(link: re.Match[str]) -> str:
        if re.match(r"[a-z]+:|#", link["target"]):
            return link[0]
        target, _, anchor = link["target"].partition("#")
        wanted = posixpath.normpath(posixpath.join(posixpath.dirname(file), target))
        if wanted.startswith("..") or not (ROOT / wanted).exists():
            broken.append(BrokenLink(file, link["target"]))
            return link[0]
        there = site_path(wanted)
        if there is None:
            return _named(link["text"], wanted)
        address = posixpath.relpath(there, posixpath.dirname(page)) + (f"#{anchor}" if anchor else "")
        return f"{link['bang']}[{link['text']}]({address})"

    return _LINK.sub(rewrite, text)


def _named(text: str, file: str) -> str:
    """Name a file that only the repository has; the text may already be its name."""
    plain = text.strip("`")
    return f"`{file}`" if file.endswith(plain.rstrip("/")) else f"{text} (`{file}`)"
