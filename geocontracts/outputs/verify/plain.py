"""Where exports and reports for programs say what they were made from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.records.told import LONGEST, parsed_object, read_linked, read_plain

if TYPE_CHECKING:
    from pathlib import Path

    from geocontracts.records.told import ToldOrigin

# What follows the head of a long file; a quote within a text is escaped there, so it is no text.
_ENDS = (b',"features":[', b',\n "problems": [')


def read_json(path: Path) -> ToldOrigin | None:
    """Return what a report, statistics or the file beside totals say; None where it is no such file.

    Raises:
        ValueError: it is no JSON, or its head is too long.
        OSError: it cannot be read.
    """
    with path.open("rb") as stream:
        start = stream.read(LONGEST + 1)
    ends = [place for end in _ENDS if (place := start.find(end)) > 0]
    head = start[: min(ends)] + b"}" if ends else start
    linked = read_linked(head)
    if linked:
        return linked
    told = parsed_object(head)
    origin = told.get("provenance")
    title = told.get("title", told.get("file"))
    if not isinstance(origin, dict):
        return None
    return read_plain({"sources": told.get("sources"), **origin}, title if isinstance(title, str) else "")


read_geojson = read_json
"""A GeoJSON says so in members before its features."""


def read_parquet(path: Path) -> ToldOrigin | None:
    """Return what the metadata of a Parquet file says; None where it has none of ours.

    Raises:
        ValueError: it is no Parquet, or what it says is no JSON.
        OSError: it cannot be read.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            told = (file.metadata.metadata or {}).get(b"provenance", b"")
    except pa.ArrowException as error:
        raise ValueError(str(error)) from error
    origin = parsed_object(told) if told else {}
    title = origin.get("title")
    return read_plain(origin, title if isinstance(title, str) else "") if told else None
