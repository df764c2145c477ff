"""What `map --accessibility` adds to `map`: the statement that French law asks for, or a link to one."""

from __future__ import annotations

import errno
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from geocontracts.errors import OutputError, RegisterError, why
from geocontracts.files import check_place, read_small, write_whole
from geocontracts.words import Message, say

if TYPE_CHECKING:
    import argparse

    from geocontracts.records.register import Register
    from geocontracts.webmap.declared import Declared
    from geocontracts.webmap.payload import MapContent


def add_statement(parser: argparse.ArgumentParser) -> None:
    """Add the accessibility statement, and the facts that fill it in."""
    parser.add_argument(
        "--accessibility",
        metavar="FILE.html|URL",
        help="write the accessibility statement that French law asks for, and link to it; "
        "or link to the one that the site has (https://...)",
    )
    parser.add_argument(
        "--accessibility-facts",
        type=Path,
        metavar="FILE",
        help="a table of two columns (rubrique, valeur) that fills that statement in: organisation, "
        "contact, audit...",
    )


@dataclass(frozen=True)
class Statement:
    """The statement that a page links to: one to be written, or one that is published already."""

    file: Path | None
    """Where it is to be written; None where nothing is."""
    address: str
    """What the page links to."""
    mention: str
    """What the page says of itself there."""
    declared: Declared


def statement_of(page: Path, options: argparse.Namespace) -> Statement | None:
    """Return the statement that the command asks for, or None.

    Raises:
        OutputError: the file is no HTML page, cannot be reached from the page, was completed by
            hand, or is that of another page; the address is none to lead readers to.
        RegisterError: the facts cannot be read, or say what cannot be.
    """
    from geocontracts.webmap.declared import Declared, read_declared
    from geocontracts.webmap.statement import mention_of, statement_address

    facts: Path | None = options.accessibility_facts
    if options.accessibility is None and facts is None:
        return None
    declared = Declared() if facts is None else read_declared(facts)
    target = _target(options.accessibility, declared, facts)
    if isinstance(target, str):
        mention = mention_of(declared, options.lang, is_elsewhere=True)
        return Statement(None, target, mention, declared)
    if facts is not None:
        _refuse_unaudited(declared, facts)
    _refuse_taken(target, page)
    address = statement_address(target, page)
    return Statement(target, address, mention_of(declared, options.lang), declared)


def _target(asked: str | None, declared: Declared, facts: Path | None) -> Path | str:
    """Return the file to write, or the address of the statement that is there.

    Raises:
        OutputError: it is neither, or both are asked for, or none.
    """
    from geocontracts.webmap.links import safe_link

    if asked is None and not declared.site:
        raise OutputError("statement-facts-alone", file=str(facts))
    if asked is None:
        return declared.site
    if declared.site and declared.site != asked:
        raise OutputError("statement-two", file=str(facts), site=declared.site, other=asked)
    if "://" in asked:
        if safe_link(asked) is None:
            raise OutputError("statement-address", value=asked)
        return asked
    if _is_bare(asked):
        raise OutputError("statement-bare", value=asked)
    if Path(asked).suffix.lower() not in {".html", ".htm"}:
        raise OutputError("statement-suffix", file=asked)
    return Path(asked)


def _is_bare(asked: str) -> bool:
    """Say whether it is an address without its `https://`: a site, and no folder of that name."""
    site, slash, _ = asked.partition("/")
    if not re.fullmatch(r"[\w-]+(\.[\w-]+)*\.[a-z]{2,}", site, re.IGNORECASE) or Path(site).exists():
        return False
    return bool(slash) or site.startswith("www.") or site.endswith(".gouv.fr")


def _refuse_unaudited(declared: Declared, facts: Path) -> None:
    """Refuse to write a state that no audit found.

    Raises:
        RegisterError: the facts say that the page is compliant, and name no audit.
    """
    if declared.rate is None and declared.conformity != "none":
        state = Message(f"statement-state-{declared.conformity}")
        raise RegisterError("statement-needs-audit", file=str(facts), state=state)


def _refuse_taken(path: Path, page: Path) -> None:
    """Keep what a person wrote in a statement, and the statement of another page.

    Raises:
        OutputError: the file is not, byte for byte, what the tool wrote, or it is about another page; or it
            is no file, or cannot be read, so that nobody knows.
    """
    from geocontracts.webmap.declared import labels
    from geocontracts.webmap.seal import seal_holds
    from geocontracts.webmap.statement import page_of, statement_address

    written = _written(path)
    if written is None:
        return
    other = page_of(written)
    if not seal_holds(written) or not other:
        raise OutputError("statement-edited", file=str(path), page=str(page), keys=", ".join(labels()))
    if other != statement_address(page, path):
        raise OutputError("statement-other", file=str(path), other=unquote(other), page=str(page))


def _written(path: Path) -> bytes | None:
    """Return what stands where a statement is to come: None for nothing, no bytes for what is too long.

    Raises:
        OutputError: it is no file, or cannot be read.
    """
    try:
        check_place(path)
        return read_small(path)
    except FileNotFoundError:
        return None
    except OutputError:
        raise
    except OSError as error:
        if error.errno == errno.EOVERFLOW:  # longer than any that the tool writes
            return b""
        raise OutputError("output-refused", file=str(path), why=why(error)) from error


def write_statement(
    statement: Statement | None, content: MapContent, register: Register, page: Path
) -> str | None:
    """Write the statement, before the page that links to it; return what is to be said of it.

    Raises:
        OutputError: it was completed by hand in the meantime, or cannot be written.
    """
    from geocontracts.webmap.declared import remark_on
    from geocontracts.webmap.provenance import is_bundled
    from geocontracts.webmap.statement import blanks, render_statement, statement_address

    if statement is None:
        return None
    payload, mention = content.payload, statement.mention
    remark = remark_on(statement.declared)
    also = f"\n{remark.text(payload['lang'])}" if remark else ""
    if statement.file is None:
        return say("statement-linked", payload["lang"], link=statement.address, mention=mention) + also
    _refuse_taken(statement.file, page)
    there = statement_address(page, statement.file)
    made = render_statement(payload, there, statement.declared, is_bundled=is_bundled(register))
    write_whole(statement.file, made)
    left = blanks(made)
    key = "statement-written" if left else "statement-written-whole"
    facts = {"n": left} if left else {}
    return say(key, payload["lang"], file=statement.file, mention=mention, **facts) + also
