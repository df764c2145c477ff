"""GeoParquet 1.1: typed columns, lists as lists, geometry as WKB in degrees (OGC:CRS84)."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

from geocontracts.outputs.exports.shapes import WGS_84, projected
from geocontracts.outputs.provenance import provenance_json

if TYPE_CHECKING:
    from geocontracts.outputs.exports.content import ExportContent
    from geocontracts.outputs.exports.model import ExportTable


def to_parquet(content: ExportContent, table: ExportTable) -> bytes:
    """Return the file.

    Who made the data stands in its metadata: under `geocontracts` for people, `provenance` for programs.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq
    import shapely

    kinds = {"integer": pa.int64(), "amount": pa.float64(), "real": pa.float64(), "day": pa.date32()}
    kinds["list"] = pa.list_(pa.string())
    lang = content.lang
    fields = [
        pa.field(column.name, kinds.get(column.kind, pa.string()), metadata={"title": column.label(lang)})
        for column in table.columns
    ]
    columns = [table.values(column.name) for column in table.columns]
    metadata = {"geocontracts": json.dumps(dict(content.credits), ensure_ascii=False)}
    origin = {"title": content.payload["title"], **provenance_json(content.payload)}
    metadata["provenance"] = json.dumps(origin, ensure_ascii=False)
    if table.shape:
        shapes = projected(table.shapes, WGS_84)
        columns.append([shapely.to_wkb(shape, byte_order=1, flavor="iso") for shape in shapes])
        fields.append(pa.field("geometry", pa.binary()))
        metadata["geo"] = json.dumps(_described(shapes))
    schema = pa.schema(fields, metadata=metadata)
    arrays = [pa.array(values, field.type) for values, field in zip(columns, fields, strict=True)]
    out = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), out, compression="zstd")
    return out.getvalue()


def _described(shapes: list[Any]) -> dict[str, Any]:
    """Return the `geo` metadata; without a `crs`, the standard says longitude and latitude (OGC:CRS84)."""
    import shapely

    found = [shape for shape in shapes if shape is not None]
    geometry: dict[str, Any] = {
        "encoding": "WKB",
        "geometry_types": sorted({shape.geom_type for shape in found}),
        "orientation": "counterclockwise",
    }
    if found:
        geometry["bbox"] = [float(edge) for edge in shapely.total_bounds(found)]
    return {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": geometry}}
