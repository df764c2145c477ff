"""Where what the page shows comes from: sources, licence, boundaries, and the files that were read."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from geocontracts.bundled import data_dir
from geocontracts.places.fresh.sets import LICENCE
from geocontracts.places.provenance import origin_of_places
from geocontracts.records.schema import load_schema
from geocontracts.webmap.links import safe_link
from geocontracts.words import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geocontracts.files import FileMark
    from geocontracts.records.register import Register
    from geocontracts.records.register import Source as Document
    from geocontracts.webmap.contract import Provenance, Source
    from geocontracts.words import Lang


def build_sources(register: Register) -> list[Source]:
    """Return the documents that facts come from; a list that names none is one itself."""
    return [told_of(source) for source in register.cited.values()]


def told_of(source: Document) -> Source:
    """Return what is told of a document."""
    return {
        "id": source.id,
        "title": source.title,
        "publisher": source.publisher,
        "published": source.published_on.text if source.published_on else "",
        "href": safe_link(source.url),
        "licence": source.licence or "",
    }


def build_provenance(register: Register, lang: Lang) -> Provenance:
    """Return the licences of the data, the boundaries in use, and the files read with their hashes."""
    documents = [source.licence or "" for source in register.sources.values()]
    return provenance_of(licence_of(register), register.inputs, lang, documents=documents)


def provenance_of(
    licence: str, inputs: Iterable[FileMark], lang: Lang, *, documents: Sequence[str] = ()
) -> Provenance:
    """Return the same of any files under a licence, and of the documents cited in them under theirs.

    A licence that nobody tells is empty.
    """
    places = origin_of_places(lang)
    return {
        "licence": licence,
        "rights": rights_text(licence, documents, lang),
        "inputs": [{"name": each.name, "bytes": each.bytes, "sha256": each.sha256} for each in inputs],
        "places": {
            "id": "places",
            "title": places.title,
            "publisher": places.producers,
            "published": places.dated,
            "href": None,
            "licence": places.licence,
        },
        "hash": places.sha256,
        "exactness": places.exactness,
        "editions": places.editions,
    }


def licence_of(register: Register) -> str:
    """Return the licence of the register itself, which says nothing of the documents that it cites.

    That is ours for the bundled tables, and what is told of a list; that of other tables nobody tells.
    """
    if is_bundled(register):
        return LICENCE
    return (register.given.licence or "") if register.given else ""


def rights_text(licence: str, documents: Sequence[str], lang: Lang) -> str:
    """Return under which licence a register is, and under which the documents cited in it, as a clause.

    These are two things: who may copy the tables may not copy the documents for that. `documents` has a
    licence for each, empty where nobody tells it; so may `licence` be.
    """
    if not documents:
        return licence or say("origin-unlicensed", lang)
    told = Counter(documents)
    silent = told.pop("", 0)
    parts = [say("rights-compiled", lang, licence=licence) if licence else say("rights-uncompiled", lang)]
    if told:
        parts.append(say("rights-told", lang, licences=", ".join(told)))
    if silent:
        parts.append(say("rights-silent", lang, silent=silent, count=len(documents)))
    return ("\u00a0; " if lang == "fr" else "; ").join(parts)


def is_bundled(register: Register) -> bool:
    """Say whether a register is the tables that come with the package, and not a list put beside them."""
    ours = {(data_dir() / table.path).resolve() for table in load_schema().values()}
    return register.reading is None and {file.resolve() for file in register.files} == ours
