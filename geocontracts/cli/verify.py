"""The command that tells an auditor whether a page is as it was written, and from which files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from geocontracts.cli.shared import add_lang
from geocontracts.cli.status import DONE, PROBLEMS
from geocontracts.words import say

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from geocontracts.outputs.verify.folder import Found
    from geocontracts.outputs.verify.verify import Verdict
    from geocontracts.records.told import ToldDocument
    from geocontracts.words import Lang

_SHOWN = 100  # documents, and files that are as they should be; those that are not are all told
_SIGNS = {"good": "✓", "bad": "✗", "open": "·"}


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "verify", help="say whether a page or an export is as it was written, and made from which files"
    )
    parser.add_argument(
        "page",
        type=Path,
        metavar="PAGE_OR_FOLDER",
        help="a page, a report or a sheet in HTML, an export in GeoJSON or Parquet, a provenance.json, or a "
        "folder of these",
    )
    parser.add_argument(
        "--inputs",
        type=Path,
        metavar="FOLDER",
        help="where the files lie that it was made from (default: beside it)",
    )
    add_lang(parser)
    parser.set_defaults(run=verify_files)


def verify_files(options: argparse.Namespace) -> int:
    """Print what each file says of itself, and whether it is so."""
    from geocontracts.outputs.verify.verify import count_doubts, verify

    verdicts, unread = verify(options.page, options.inputs)
    for verdict in verdicts:
        print("\n".join(_told(verdict, options.lang)))
    for each in unread:
        print(f"{_SIGNS['bad' if each.is_doubt else 'open']} {each.why.text(options.lang)}")
    doubts = count_doubts(verdicts, unread)
    key = "audit-doubts" if doubts > 1 else "audit-doubt" if doubts else "audit-no-doubt"
    print(say(key, options.lang, count=doubts))
    print(say("audit-limit", options.lang))
    return PROBLEMS if doubts else DONE


def _told(verdict: Verdict, lang: Lang) -> Iterator[str]:
    told = verdict.told
    title = told.title or say("audit-untitled", lang)
    yield say("audit-file", lang, file=verdict.file.name, title=title)
    for finding in verdict.findings:
        yield f"{_SIGNS[finding.sign]} {finding.message.text(lang)}"
    if verdict.is_statement:
        return
    if not verdict.is_vouched:
        yield say("audit-unvouched", lang)
    yield say("audit-documents", lang, count=len(told.documents))
    yield from (f"  {_document(document, lang)}" for document in told.documents[:_SHOWN])
    if len(told.documents) > _SHOWN:
        yield "  " + say("audit-more", lang, count=len(told.documents) - _SHOWN)
    yield say("audit-licence", lang, licence=told.licence or say("origin-unlicensed", lang))
    yield say("audit-inputs", lang, count=len(verdict.inputs), folder=str(verdict.folder))
    yield from _files(verdict.inputs, lang)
    if verdict.outputs:
        yield say("audit-outputs", lang, count=len(verdict.outputs))
        yield from _files(verdict.outputs, lang)


def _document(document: ToldDocument, lang: Lang) -> str:
    return say(
        "audit-document",
        lang,
        title=document.title,
        publisher=document.publisher or say("origin-unproduced", lang),
        dated=_date(document.published, lang),
        licence=document.licence or say("origin-unlicensed", lang),
    )


def _date(told: str, lang: Lang) -> str:
    """Write a date as people read it; what is none stays as it is told."""
    from geocontracts.outputs.said import date_text
    from geocontracts.records.dates import PartialDate

    try:
        return date_text(PartialDate(told), lang) if told else say("origin-undated", lang)
    except ValueError:
        return told


def _files(files: tuple[Found, ...], lang: Lang) -> Iterator[str]:
    """Say of each file whether it is the one that is told of; all that are not, and so many that are."""
    good = 0
    for found in files:
        good += found.is_good
        if found.is_good and good > _SHOWN:
            continue
        told = found.told
        likeness = "size" if found.likeness == "different" and not found.sha256 else found.likeness
        facts: dict[str, object] = {
            "name": told.name,
            "expected": told.sha256,
            "found": found.name,
            "why": found.why,
        }
        facts |= {"sha256": found.sha256, "bytes": told.bytes, "size": found.bytes}
        sign = _SIGNS["good" if found.is_good else "bad"]
        yield f"{sign} {say(f'audit-input-{likeness}', lang, **facts)}"
    if good > _SHOWN:
        yield f"{_SIGNS['good']} {say('audit-more-equal', lang, count=good - _SHOWN)}"
