"""Properties added to the features of a GeoJSON; every coordinate keeps its value."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from geocontracts.records.formats.geojson import documents
from geocontracts.records.formats.pairs import extended

if TYPE_CHECKING:
    from geocontracts.outputs.corrected.columns import Added
    from geocontracts.outputs.corrected.write import Written
    from geocontracts.records.formats.sheet import Sheet


def with_columns(sheet: Sheet, added: Added) -> Written:
    """Return the features in the order of the file, each with properties added.

    The file may be one collection, one feature, or a feature on each line.
    """
    if sheet.origin.path is None:
        raise FileNotFoundError(sheet.origin.name)
    text = sheet.origin.path.read_bytes().decode(sheet.origin.encoding)
    found = documents(text.removeprefix("\ufeff"), sheet.origin.path)
    features = [feature for document in found for feature in document.get("features", [document])]
    for feature, *cells in zip(features, *added.columns(len(features)), strict=True):
        told = dict(zip(added.headings, cells, strict=True))
        feature["properties"] = extended(feature.get("properties") or {}, told)
    return b"".join(map(_line, found)), None


def _line(document: dict[str, Any]) -> bytes:
    try:
        return f"{json.dumps(document, ensure_ascii=False)}\n".encode()
    except UnicodeEncodeError:  # half a sign, which only an escape can hold
        return f"{json.dumps(document)}\n".encode()
