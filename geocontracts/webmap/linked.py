"""An output said to machines: one dataset in JSON-LD, with the words of DCAT-AP 3."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from geocontracts.places.fresh.sets import LICENCE
from geocontracts.places.provenance import LICENCE_LINK, origin_of_places
from geocontracts.words import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geocontracts.webmap.contract import Entry, Input, Payload, Provenance, Source
    from geocontracts.words import Lang

Node: TypeAlias = dict[str, Any]

# Inside the page, so that nobody has to ask for it elsewhere. A word without a prefix is one of Dublin Core.
_CONTEXT: Node = {
    "@vocab": "http://purl.org/dc/terms/",
    "eu": "http://publications.europa.eu/resource/authority/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    # What is of no language, and numbers.
    "identifier": {"@language": None},
    "name": {"@id": "foaf:name", "@language": None},
    "version": {"@id": "dcat:version", "@language": None},
    "size": {"@id": "dcat:byteSize", "@type": "xsd:nonNegativeInteger"},
    "sum": "spdx:checksum",
    "by": {"@id": "spdx:algorithm", "@type": "@vocab"},
    "sha256": "spdx:checksumAlgorithm_sha256",
    "value": {"@id": "spdx:checksumValue", "@type": "xsd:hexBinary"},
    "year": {"@id": "issued", "@type": "xsd:gYear"},
    "rights": {"@type": "@id"},
}
_FRANCE = "eu:country/FRA"
_TONGUES = {"fr": "FRA", "en": "ENG"}
_TONGUE = "eu:language/"
_TYPE = "eu:file-type/"
_KINDS = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}  # by the letters of a partial date
_RIGHTS = "#r"  # the statement on licences, told once and pointed at
_YEAR = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@dataclass(frozen=True)
class Made:
    """What any output says of itself: its title, how it was made, from what, with what, as which files.

    `how` is a sentence; `files` are outputs that lie beside the block, none where it stands in the output
    itself, which is then of the type `kind`, a name of the EU's list of file types.
    """

    lang: Lang
    title: str
    how: str
    generator: str
    sources: Sequence[Source]
    provenance: Provenance
    kind: str = "HTML"
    files: Sequence[Input] = ()


def linked_data(payload: Payload) -> str:
    """Return the block of a map: who made what it shows, when, under which licence, of which bytes."""
    more = {
        "description": payload["subtitle"],
        "modified": _date(payload["edition"]),
        "spatial": _territory(payload),
        "temporal": _period(payload["records"]),
    }
    return linked_output(made_of(payload), more)


def made_of(payload: Payload, *, title: str = "") -> Made:
    """Return what an output that a map's payload leads to says of itself."""
    told = title or payload["title"]
    sources, origin = payload["sources"], payload["provenance"]
    return Made(payload["lang"], told, _how(payload), payload["generator"], sources, origin)


def linked_output(made: Made, more: Node | None = None) -> str:
    """Return a block as JSON-LD; it names every document and every file, however many there are.

    What is not known is left out: a publisher, a date or a licence that nobody tells has no property. `<`
    is written as an escape, so that no text can end the element that the block stands in.
    """
    told = {"@context": _CONTEXT | {"@language": made.lang}, **_dataset(made, more or {})}
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def linked_script(block: str) -> str:
    """Return the element of a page that holds a block; it is data, which no browser runs."""
    return f'<script type="application/ld+json">{block}</script>\n'


def _dataset(made: Made, more: Node) -> Node:
    origin = made.provenance
    program, _, version = made.generator.partition(" ")
    itself = {"dcat:accessURL": {"@id": ""}, "format": {"@id": f"{_TYPE}{made.kind}"}}
    shape = {"@type": "dcat:Distribution"}
    files: list[Node] = [{"title": each["name"], **_file(each)} for each in made.files] or [itself]
    outputs = [{**shape, **each} for each in files]
    return _known(
        {
            "@type": "dcat:Dataset",
            "title": made.title,
            **more,
            "publisher": _agent(_giver(made)),
            "license": _licence(origin["licence"]),
            "rights": {"@id": _RIGHTS, "@type": "RightsStatement", "rdfs:label": origin["rights"]},
            "language": {"@id": f"{_TONGUE}{_TONGUES[made.lang]}"},
            "provenance": {"@type": "ProvenanceStatement", "rdfs:label": made.how},
            "source": [
                *(_document(source) for source in made.sources),
                _document(origin["places"]) | _checked(origin["hash"]) | _parts(made.lang),
            ],
            "prov:wasDerivedFrom": [_file(each) for each in origin["inputs"]],
            "prov:wasGeneratedBy": {
                "@type": "prov:Activity",
                "prov:wasAssociatedWith": {
                    "@type": "prov:SoftwareAgent",
                    "name": program,
                    "version": version,
                },
            },
            "dcat:distribution": outputs if made.files else outputs[0],
        }
    )


def _how(payload: Payload) -> str:
    """Say what was done, and how exact the borders are: those that were given, and those on the page."""
    exactness, metres = payload["provenance"]["exactness"], payload["grid"]["tolerance"]
    return say("origin-made", payload["lang"], exactness=exactness, metres=metres)


def _giver(made: Made) -> str:
    """Return who gives the one list that all comes from.

    Who published a document that is cited made neither the register nor what is made of it: each document
    names its own publisher, and the dataset has none.
    """
    read = {each["name"] for each in made.provenance["inputs"]}
    names = {source["publisher"] if source["id"] in read else "" for source in made.sources}
    return names.pop() if len(names) == 1 else ""


def _agent(name: str) -> Node | None:
    return {"@type": "foaf:Agent", "name": name} if name else None


def _document(source: Source) -> Node:
    """Return a document that facts come from; of one without a licence, where that is spoken of."""
    told = {
        "title": source["title"],
        "publisher": _agent(source["publisher"]),
        **_issued(source["published"]),
        "license": _licence(source["licence"]),
        "rights": None if source["licence"] else _RIGHTS,
        "rdfs:seeAlso": {"@id": source["href"]} if source["href"] else None,
    }
    return _known(told)


def _issued(text: str) -> Node:
    """Return when a document was issued; a year, as most are, in fewer letters."""
    return {"year": text} if re.fullmatch(r"\d{4}", text) else {"issued": _date(text)}


def _parts(lang: Lang) -> Node:
    """Return of which year each part of the boundaries and codes is; one without a year says so."""
    parts = origin_of_places(lang).parts
    return {
        "hasPart": [
            {"title": each.title(lang)} | ({"year": str(each.sure)} if each.sure else {}) for each in parts
        ]
    }


def _file(read: Input) -> Node:
    return {"identifier": read["name"], "size": str(read["bytes"]), **_checked(read["sha256"])}


def _checked(sha256: str) -> Node:
    return {"sum": {"by": "sha256", "value": sha256}}


def _licence(told: str) -> Node | None:
    """Return a licence; the State's own by its address, any other by the words that were told."""
    if not told:
        return None
    if told == LICENCE:
        return {"@id": LICENCE_LINK}
    return {"@type": "LicenseDocument", "rdfs:label": told}


def _territory(payload: Payload) -> Node:
    area = payload["area"]
    if area["level"] == "france":
        return {"@id": _FRANCE}
    code = {"identifier": f"{area['level']}:{area['code']}"} if area["code"] else {}
    return {"@type": "Location", **code, "rdfs:label": area["name"]}


def _period(records: Iterable[Entry]) -> Node | None:
    """Return from when until when, by the dates that are stated: the earliest year to the latest."""
    dates = [
        date for record in records for date in (record["signed"], record["starts"], record["ends"]) if date
    ]
    if not dates:
        return None
    first, last = min(date[:4] for date in dates), max(date[:4] for date in dates)
    return {"@type": "PeriodOfTime", "dcat:startDate": _date(first), "dcat:endDate": _date(last)}


def _date(text: str) -> Node | None:
    if not _YEAR.fullmatch(text):
        return None
    return {"@type": _KINDS[len(text)], "@value": text}


def _known(told: Node) -> Node:
    return {key: value for key, value in told.items() if value not in (None, [], "")}
