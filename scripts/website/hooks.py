"""Hooks of MkDocs: pages from outside docs/, links as the site has them, no request of a reader's browser."""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import TYPE_CHECKING

from links import FENCE, ROOT, brought, lead_links, site_path  # type: ignore[import-not-found]
from mkdocs.structure.files import File

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

LOG = logging.getLogger("mkdocs.hooks.geocontracts")  # in strict mode each warning fails the build
ASSETS = Path(__file__).parent / "assets"
_LOADS = re.compile(
    r"""<(?:script|img|iframe|source)\b[^>]*?\ssrc="?(?:https?:)?//|<link\b[^>]*?\shref="?(?:https?:)?//"""
)
_LIST_IN_TEXT = re.compile(r"^(?![ ]+|[ ]*(?:[-*] |\d+\. |[|>#<]|$))[^\n]+\n(?:- |1\. )", re.MULTILINE)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Bring the pages and pictures that stand elsewhere in the repository, and what the theme lacks."""
    for file in brought():
        files.append(File.generated(config, f"{site_path(file)}", abs_src_path=str(ROOT / file)))
    for path in sorted(ASSETS.iterdir()):
        files.append(File.generated(config, f"assets/{path.name}", abs_src_path=str(path)))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Lead links where they lead on the site, and tell what only other readers of Markdown understand."""
    del config, files
    name = page.file.src_uri
    text, broken = lead_links(markdown, name)
    for link in broken:
        LOG.warning("%s: the link to %r leads to no file", link.page, link.target)
    for found in _LIST_IN_TEXT.finditer(FENCE.sub("", text)):
        LOG.warning("%s: a list needs an empty line before it: %r", name, found[0])
    return typeset_prose(text) if not name.startswith("depot/") else text


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Say which pages are English, for those who hear them."""
    del config, files
    is_english = page.file.src_uri.startswith("depot/") and "/maps/" not in page.file.src_uri
    return f'<div lang="en">{html}</div>' if is_english else html


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Warn of whatever a browser would fetch from elsewhere."""
    del config
    for found in _LOADS.finditer(output):
        LOG.warning("%s: the page asks another host for something: %r", page.file.src_uri, found[0])
    return output


def typeset_prose(text: str) -> str:
    """Keep French punctuation with its word, outside of code."""
    pieces = re.split(rf"({FENCE.pattern}|`[^`\n]*`)", text, flags=FENCE.flags)
    pieces[::2] = [
        re.sub(r" ([:;!?»])(?=\s|$)", "\u00a0\\1", piece).replace("« ", "«\u00a0") for piece in pieces[::2]
    ]
    return "".join(pieces)
