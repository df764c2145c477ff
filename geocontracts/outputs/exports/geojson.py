"""GeoJSON as RFC 7946 says: degrees, outer rings anticlockwise, no `crs`."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

from geocontracts.outputs.exports.shapes import WGS_84, projected

if TYPE_CHECKING:
    from geocontracts.outputs.exports.content import ExportContent
    from geocontracts.outputs.exports.model import ExportTable, Value


def to_geojson(content: ExportContent, table: ExportTable) -> bytes:
    """Return one FeatureCollection; a record without a perimeter has the geometry `null`.

    The names of properties and the words for a status are stable English keys; lists are arrays, what is not
    known is `null`. Members beside `features` name the sources, the licence and the edition.
    """
    import shapely

    shapes = projected(table.shapes, WGS_84)
    found = [shape for shape in shapes if shape is not None]
    head: dict[str, Any] = {"type": "FeatureCollection", "name": table.name}
    head |= {"title": content.payload["title"], "edition": content.payload["edition"] or None}
    head |= {"vintage": content.payload["vintage"], "credits": [": ".join(pair) for pair in content.credits]}
    head |= {"sources": content.payload["sources"]}
    head |= {"provenance": content.payload["provenance"]}
    head |= {"licence": content.licence, "columns": _columns(content, table)}
    if found:
        head["bbox"] = [float(edge) for edge in shapely.total_bounds(found)]
    features = [_feature(table, row, shape) for row, shape in zip(table.rows, shapes, strict=True)]
    lines = ",\n".join(features)
    return f'{_json(head)[:-1]},"features":[\n{lines}\n]}}\n'.encode()


def _columns(content: ExportContent, table: ExportTable) -> dict[str, str]:
    return {column.name: column.label(content.lang) for column in table.columns}


def _feature(table: ExportTable, row: tuple[Value, ...], shape: Any) -> str:
    import shapely

    names = [column.name for column in table.columns]
    properties = {name: _value(value) for name, value in zip(names, row, strict=True)}
    told: dict[str, Any] = {"type": "Feature"}
    if "id" in properties:
        told["id"] = properties["id"]
    if shape is not None:
        told["bbox"] = list(shape.bounds)
    told |= {"properties": properties, "geometry": None}
    if shape is not None:
        told["geometry"] = shapely.geometry.mapping(shape)
    return _json(told)


def _value(value: Value) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
