"""What a file says of where it comes from: read from its block for programs, and believed in nothing."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geocontracts.places.fresh.sets import LICENCE
from geocontracts.places.provenance import LICENCE_LINK

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST = 1 << 24
"""Bytes of a block; one of 80,000 documents has about as many."""

_SHA256 = re.compile(r"[0-9a-f]{64}")
_SIZE = re.compile(r"[0-9]{1,18}")
_DEEP = 40  # more than any block of ours is


@dataclass(frozen=True)
class ToldFile:
    """A file by its name; `bytes` is -1, and `sha256` empty, where that is not told."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True)
class ToldDocument:
    """A document; what is not told is empty."""

    title: str
    publisher: str
    published: str
    licence: str


@dataclass(frozen=True)
class ToldOrigin:
    """What a file says of itself: `outputs` are files that lie beside the one that says it.

    `places` is the hash of boundaries and codes, `program` what made it, with its version.
    """

    title: str
    program: str
    licence: str
    documents: tuple[ToldDocument, ...]
    inputs: tuple[ToldFile, ...]
    places: str
    outputs: tuple[ToldFile, ...] = ()


def read_linked(block: bytes) -> ToldOrigin | None:
    """Return what a block of JSON-LD says; None where it is none of ours.

    Raises:
        ValueError: it is no JSON, not in UTF-8, or nested deeper than any of ours.
    """
    node = _node(_parsed(block))
    agent = _node(_node(node.get("prov:wasGeneratedBy")).get("prov:wasAssociatedWith"))
    if agent.get("name") != "geocontracts":
        return None
    sources = [_node(each) for each in _list(node.get("source"))]
    outputs = [_node(each) for each in _list(node.get("dcat:distribution"))]
    return ToldOrigin(
        _text(node, "title"),
        f"geocontracts {_text(agent, 'version')}".strip(),
        next((_licence(each) for each in (node, *outputs) if "license" in each), ""),
        tuple(map(_document, sources)),
        tuple(_file(_node(each)) for each in _list(node.get("prov:wasDerivedFrom"))),
        next((_file(each).sha256 for each in sources if "sum" in each), ""),
        tuple(_file(each) for each in outputs if "sum" in each),
    )


def read_plain(told: Mapping[str, Any], title: str = "") -> ToldOrigin | None:
    """Return what the member `provenance` of an export says; None where it is none of ours."""
    inputs, sources = told.get("inputs"), told.get("sources")
    if not isinstance(inputs, list) or not isinstance(sources, list) or "hash" not in told:
        return None
    documents = [*map(_node, sources), _node(told.get("places"))]
    keys = ("title", "publisher", "published", "licence")
    return ToldOrigin(
        title,
        "",
        _text(told, "licence"),
        tuple(ToldDocument(*(_text(each, key) for key in keys)) for each in documents),
        tuple(_marked(_node(each), "name", "bytes", "sha256") for each in inputs),
        _hash(told.get("hash")),
    )


def parsed_object(text: bytes) -> dict[str, Any]:
    """Return an object of JSON, an empty one where it is another value.

    Raises:
        ValueError: it is no JSON, not in UTF-8, or nested deeper than any of ours.
    """
    return _node(_parsed(text))


def _parsed(block: bytes) -> Any:
    if len(block) > LONGEST:
        msg = f"{len(block)} bytes"
        raise ValueError(msg)
    try:
        return json.loads(block.decode("utf-8"))
    except RecursionError as error:
        msg = f"more than {_DEEP} deep"
        raise ValueError(msg) from error


def _document(node: dict[str, Any]) -> ToldDocument:
    publisher = _text(_node(node.get("publisher")), "name")
    issued = _text(_node(node.get("issued")), "@value") or _text(node, "year")
    return ToldDocument(_text(node, "title"), publisher, issued, _licence(node))


def _licence(node: dict[str, Any]) -> str:
    told = _node(node.get("license"))
    return LICENCE if told.get("@id") == LICENCE_LINK else _text(told, "rdfs:label")


def _file(node: dict[str, Any]) -> ToldFile:
    return _marked({**node, "sha256": _node(node.get("sum")).get("value")}, "identifier", "size", "sha256")


def _marked(node: Mapping[str, Any], name: str, size: str, sha256: str) -> ToldFile:
    written = str(node.get(size, ""))[:20] if isinstance(node.get(size), (str, int)) else ""
    count = int(written) if _SIZE.fullmatch(written) else -1
    return ToldFile(_text(node, name), count, _hash(node.get(sha256)))


def _hash(value: Any) -> str:
    return value if isinstance(value, str) and _SHA256.fullmatch(value) else ""


def _node(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _text(node: Mapping[str, Any], key: str) -> str:
    value = node.get(key)
    return value if isinstance(value, str) else ""
