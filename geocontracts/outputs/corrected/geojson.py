"""Properties added to the features of a GeoJSON; every coordinate keeps its value."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from geocontracts.errors import RegisterError

if TYPE_CHECKING:
    from geocontracts.outputs.corrected.columns import Added
    from geocontracts.outputs.corrected.write import Written
    from geocontracts.records.formats.sheet import Sheet


def with_columns(sheet: Sheet, added: Added) -> Written:
    """Return the collection with properties added to each feature, in the order of the file."""
    if sheet.origin.path is None:
        raise FileNotFoundError(sheet.origin.name)
    content = sheet.origin.path.read_bytes().decode("utf-8-sig")
    data: dict[str, Any] = json.loads(content)
    features = data.get("features")
    if not isinstance(features, list):
        raise RegisterError("corrected-no-feature", file=str(sheet.origin.path))
    for feature, cells in zip(features, zip(*added.columns(len(features)), strict=True), strict=True):
        feature["properties"] = {
            **(feature.get("properties") or {}),
            **dict(zip(added.headings, cells, strict=True)),
        }
    return (json.dumps(data, ensure_ascii=False) + "\n").encode(), None
