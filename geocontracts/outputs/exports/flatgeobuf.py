"""FlatGeobuf: one layer in degrees (EPSG:4326), written by GDAL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.outputs.exports.shapes import WGS_84, many, projected
from geocontracts.scratch import scratch_folder

if TYPE_CHECKING:
    from geocontracts.outputs.exports.content import ExportContent
    from geocontracts.outputs.exports.model import ExportTable

_TYPES = {"integer": "Int64", "amount": "float64", "real": "float64"}


def to_flatgeobuf(content: ExportContent, table: ExportTable) -> bytes:
    """Return the file; lists stand in one cell, and the description names who made the data.

    Rows without geometry are kept, which this format allows only without its spatial index.
    """
    import geopandas as gpd
    import pandas as pd
    import pyogrio
    from pyogrio.errors import DataLayerError, DataSourceError

    columns = {
        column.name: pd.Series(
            ["; ".join(value) if isinstance(value, tuple) else value for value in table.values(column.name)],
            dtype=_TYPES.get(column.kind, "object"),
        )
        for column in table.columns
    }
    for column in table.columns:
        if column.kind == "day":
            columns[column.name] = pd.to_datetime(columns[column.name]).astype("datetime64[ms]")
    shapes = projected(table.shapes, WGS_84)
    if table.shape == "area":
        shapes = [many(shape) for shape in shapes]
    frame = gpd.GeoDataFrame(columns, geometry=shapes, crs=WGS_84)
    kind = "MultiPolygon" if table.shape == "area" else "Point"
    said = "\n".join(f"{heading}: {text}" for heading, text in content.credits)
    with scratch_folder(faults=(DataSourceError, DataLayerError)) as folder:
        path = folder / "export.fgb"
        pyogrio.write_dataframe(
            frame,
            path,
            layer=table.name,
            driver="FlatGeobuf",
            geometry_type=kind,
            layer_options={
                "SPATIAL_INDEX": "NO" if table.without_shape else "YES",
                "TITLE": content.payload["title"],
                "DESCRIPTION": said,
            },
        )
        return path.read_bytes()
