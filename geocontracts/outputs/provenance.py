"""Where an output comes from, as sentences: documents, licences, and the files read with their hashes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

import geocontracts
from geocontracts.files import FileMark, digest_of
from geocontracts.outputs.said import date_text
from geocontracts.records.dates import PartialDate
from geocontracts.webmap.linked import Made
from geocontracts.webmap.provenance import build_provenance, build_sources
from geocontracts.words import say

if TYPE_CHECKING:
    from geocontracts.outputs.comparison.comparison import Comparison
    from geocontracts.records.register import Register
    from geocontracts.webmap.contract import Provenance, Source
    from geocontracts.words import Lang


class Told(TypedDict):
    """Where an output comes from: a part of what a map is told, its `Payload`."""

    sources: list[Source]
    provenance: Provenance


def told_of_register(register: Register, lang: Lang) -> Told:
    """Return where what is made of a register comes from."""
    return {"sources": build_sources(register), "provenance": build_provenance(register, lang)}


def origin_text(told: Told, lang: Lang) -> str:
    """Return all of it in one text: documents, licence, files that were read with their hashes."""
    sources = say("audit-sources", lang, sources=sources_text(told, lang)) if told["sources"] else ""
    inputs = "; ".join((inputs_text(told, lang), told["provenance"]["editions"]))
    read = say("audit-read", lang, inputs=inputs)
    return say("origin-data", lang, licence=licence_text(told), text=f"{sources} {read}".strip())


def origins_text(both: Comparison, lang: Lang) -> str:
    """Return the same of the two editions that are compared."""
    texts = (
        (say(f"cmp-reading-{name}", lang, file=each.name), origin_text(told_of_register(each, lang), lang))
        for name, each in (("old", both.old), ("new", both.new))
    )
    return " ".join(f"{name} — {origin}" for name, origin in texts)


def made(told: Told, lang: Lang, *, title: str, how: str) -> Made:
    """Return what an output that is no map says of itself to programs; `how` is a key of the words."""
    program = f"geocontracts {geocontracts.__version__}"
    return Made(lang, title, say(how, lang), program, told["sources"], told["provenance"])


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


def sources_text(payload: Told, lang: Lang) -> str:
    """Return all documents that facts come from, on one line."""
    return "; ".join(source_text(source, lang) for source in payload["sources"])


def licence_text(payload: Told) -> str:
    """Return the licence of the register and those of the documents cited in it, or that nobody tells it."""
    return payload["provenance"]["rights"]


def inputs_text(payload: Told, lang: Lang) -> str:
    """Return the files that were read, each with its size and SHA-256, and the hash of the boundaries."""
    origin = payload["provenance"]
    files = [say("origin-input", lang, **each) for each in origin["inputs"]]
    return "; ".join([*files, say("origin-places-hash", lang, sha256=origin["hash"])])


def digest_text(payload: Told) -> str:
    """Return the SHA-256 of the file that was read; of several, that of what `sha256sum` prints of them."""
    inputs = [FileMark(**each) for each in payload["provenance"]["inputs"]]
    return inputs[0].sha256 if len(inputs) == 1 else digest_of(inputs)


def read_text(told: Told, lang: Lang, named: str = "") -> str:
    """Return in a line which file was read (or what it is called: `named`), or how many, and the hash."""
    inputs = told["provenance"]["inputs"]
    names = inputs[0]["name"] if len(inputs) == 1 else say("origin-files", lang, count=len(inputs))
    return say("origin-read", lang, names=named or names, sha256=digest_text(told))


def provenance_json(payload: Told) -> dict[str, Any]:
    """Return all of it for programs."""
    return {"sources": payload["sources"], **payload["provenance"]}
