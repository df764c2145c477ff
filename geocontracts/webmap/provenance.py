"""Where what the page shows comes from: sources, licence, boundaries, and the files that were read."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from geocontracts.bundled import data_dir
from geocontracts.places.fresh.sets import LICENCE
from geocontracts.places.provenance import origin_of_places
from geocontracts.webmap.entries import safe_link

if TYPE_CHECKING:
    from collections.abc import Iterable

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
    """Return the licence of the data, the boundaries in use, and the files read with their hashes."""
    return provenance_of(licence_of(register), register.inputs, lang)


def provenance_of(licence: str, inputs: Iterable[FileMark], lang: Lang) -> Provenance:
    """Return the same of any files under a licence, which is empty where nobody tells it."""
    places = origin_of_places(lang)
    return {
        "licence": licence,
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
    }


def licence_of(register: Register) -> str:
    """Return the licence of the bundled register, or the one that all sources state; empty otherwise."""
    if is_bundled(register):
        return LICENCE
    stated = Counter(source.licence or "" for source in register.cited.values())
    return next(iter(stated)) if len(stated) == 1 else ""


def is_bundled(register: Register) -> bool:
    """Say whether a register is the one that comes with the package."""
    home = data_dir().resolve()
    return bool(register.files) and all(file.resolve().parent == home for file in register.files)
