"""What `map --accessibility` adds to `map`: the statement that French law asks for, beside the page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from geocontracts.errors import OutputError
from geocontracts.files import write_whole
from geocontracts.words import say

if TYPE_CHECKING:
    import argparse

    from geocontracts.webmap.payload import MapContent


def add_statement(parser: argparse.ArgumentParser) -> None:
    """Add the file of the accessibility statement."""
    parser.add_argument(
        "--accessibility",
        type=Path,
        metavar="FILE.html",
        help="write the accessibility statement that French law asks for, to be completed, and link to it",
    )


def statement_of(page: Path, options: argparse.Namespace) -> str:
    """Return the address that the page links to, or nothing when no statement was asked for.

    Raises:
        OutputError: the file is no HTML page, or cannot be reached from the page.
    """
    from geocontracts.webmap.statement import statement_address

    if options.accessibility is None:
        return ""
    if options.accessibility.suffix.lower() not in {".html", ".htm"}:
        raise OutputError("statement-suffix", file=str(options.accessibility))
    return statement_address(options.accessibility, page)


def write_statement(content: MapContent, page: Path, options: argparse.Namespace) -> str | None:
    """Write the statement, before the page that links to it; return what is to be said of it."""
    from geocontracts.webmap.statement import blanks, render_statement, statement_address

    if options.accessibility is None:
        return None
    statement = render_statement(content.payload, statement_address(page, options.accessibility))
    write_whole(options.accessibility, statement)
    facts = {"file": options.accessibility, "n": blanks(statement)}
    facts["mention"] = say("statement-mention", options.lang)
    return say("statement-written", options.lang, **facts)
