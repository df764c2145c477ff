"""What `map --embed` adds to `map`: the code that shows the page inside another one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from geocontracts.files import write_whole
from geocontracts.words import say

if TYPE_CHECKING:
    import argparse

    from geocontracts.webmap.payload import MapContent


def add_embedding(parser: argparse.ArgumentParser) -> None:
    """Add the page for an iframe, and the file that takes its code."""
    parser.add_argument(
        "--embed",
        action="store_true",
        help="inside an iframe, show the map with its title and little else; print the code to paste",
    )
    parser.add_argument(
        "--snippet", type=Path, metavar="FILE", help="write that code to FILE too (implies --embed)"
    )


def write_snippet(content: MapContent, page: Path, options: argparse.Namespace) -> str:
    """Return the code that embeds a page, if there is one, and write it where that was asked."""
    from geocontracts.webmap.embed import embed_snippet, file_address

    snippet = embed_snippet(file_address(page), content.payload["title"]) if is_embedded(options) else ""
    if options.snippet:
        write_whole(options.snippet, f"{snippet}\n".encode())
    return snippet


def tell_snippet(snippet: str, options: argparse.Namespace) -> None:
    """Print the code that embeds a page, and where it was written."""
    if snippet:
        print(say("embed-told", options.lang))
        print(snippet)
    if options.snippet:
        print(say("embed-saved", options.lang, file=options.snippet))


def is_embedded(options: argparse.Namespace) -> bool:
    """Say whether a page for an iframe was asked for."""
    return bool(options.embed or options.snippet)
