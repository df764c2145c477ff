"""Where an output comes from, as sentences: documents, licences, and the files read with their hashes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geocontracts.files import FileMark, digest_of
from geocontracts.outputs.said import date_text
from geocontracts.records.dates import PartialDate
from geocontracts.words import say

if TYPE_CHECKING:
    from geocontracts.webmap.contract import Payload, Source
    from geocontracts.words import Lang


def source_text(source: Source, lang: Lang) -> str:
    """Return title, producer, date and licence; what nobody tells is said to be unknown."""
    dated = date_text(PartialDate(source["published"]), lang) if source["published"] else ""
    return say(
        "origin-one",
        lang,
        title=source["title"],
        publisher=source["publisher"] or say("origin-unproduced", lang),
        dated=dated or say("origin-undated", lang),
        licence=source["licence"] or say("origin-unlicensed", lang),
    )


def sources_text(payload: Payload, lang: Lang) -> str:
    """Return all documents that facts come from, on one line."""
    return "; ".join(source_text(source, lang) for source in payload["sources"])


def licence_text(payload: Payload, lang: Lang) -> str:
    """Return the licence of the register's data, or that nobody tells it."""
    return payload["provenance"]["licence"] or say("origin-unlicensed", lang)


def inputs_text(payload: Payload, lang: Lang) -> str:
    """Return the files that were read, each with its size and SHA-256, and the hash of the boundaries."""
    origin = payload["provenance"]
    files = [say("origin-input", lang, **each) for each in origin["inputs"]]
    return "; ".join([*files, say("origin-places-hash", lang, sha256=origin["hash"])])


def digest_text(payload: Payload) -> str:
    """Return the SHA-256 of the file that was read; of several, that of what `sha256sum` prints of them."""
    inputs = [FileMark(**each) for each in payload["provenance"]["inputs"]]
    return inputs[0].sha256 if len(inputs) == 1 else digest_of(inputs)


def provenance_json(payload: Payload) -> dict[str, Any]:
    """Return all of it for programs."""
    return {"sources": payload["sources"], **payload["provenance"]}
