"""Read the attributes of geographic files as text cells; their geometry is left aside."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from geocontracts.errors import RegisterError
from geocontracts.records.formats.cells import written
from geocontracts.records.formats.columns import geometry_notes
from geocontracts.records.formats.encoding import decode
from geocontracts.records.formats.headings import folded
from geocontracts.records.formats.limits import (
    LARGEST_TEXT,
    refuse_cells,
    refuse_columns,
    refuse_large_file,
    refuse_rows,
)
from geocontracts.records.formats.programs import counted_rows, is_program, refuse_programs
from geocontracts.records.formats.sheet import Origin, Sheet
from geocontracts.words import Message

if TYPE_CHECKING:
    from pathlib import Path

    from geocontracts.records.formats.sheet import Kind

_KINDS: dict[str, Kind] = {"GPKG": "geopackage", "FlatGeobuf": "flatgeobuf", "ESRI Shapefile": "shapefile"}


def read_geojson(path: Path) -> Sheet:
    """Read the properties of a GeoJSON, be it one collection or a feature on each line.

    A line is the rank of the feature plus one, as in a CSV with its header on line 1.

    Raises:
        RegisterError: the file is no JSON, or no collection of features.
    """
    refuse_large_file(path, LARGEST_TEXT)
    decoded = decode(path.read_bytes(), path)
    try:
        features = _features(decoded.text, path)
        properties = [_properties(feature, path) for feature in features]
        names = list(dict.fromkeys(name for known in properties for name in known))
        refuse_columns(len(names), path)
        refuse_cells(len(names) * len(properties), path)
        rows = [
            (line, written(known.get(name) for name in names)) for line, known in enumerate(properties, 2)
        ]
    except RecursionError as error:
        raise RegisterError("geojson-deep", file=str(path)) from error
    drawn = any(feature.get("geometry") for feature in features)
    notes = (*decoded.notes, *geometry_notes(["geometry"] if drawn else []))
    origin = Origin("geojson", path.name, path, encoding=decoded.encoding)
    return Sheet(origin, tuple(names), 1, rows, notes)


def _features(text: str, path: Path) -> list[dict[str, Any]]:
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        lines = [line.strip("\x1e \t\r") for line in text.split("\n")]
        if "Extra data" not in error.msg:
            raise _broken(path, error.lineno, error.msg) from error
        return [_line_feature(line, number, path) for number, line in enumerate(lines, 1) if line]
    except ValueError as error:  # a number of more digits than Python reads
        raise _broken(path, 1, str(error)) from error
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list):
        features = [content] if isinstance(content, dict) and content.get("type") == "Feature" else None
    if features is None:
        raise RegisterError("geojson-other", file=str(path))
    return features


def _line_feature(line: str, number: int, path: Path) -> dict[str, Any]:
    try:
        feature: dict[str, Any] = json.loads(line)
    except json.JSONDecodeError as error:
        raise _broken(path, number, error.msg) from error
    except ValueError as error:
        raise _broken(path, number, str(error)) from error
    return feature


def _broken(path: Path, row: int, said: str) -> RegisterError:
    return RegisterError("geojson-broken", file=str(path), row=row, said=said)


def _properties(feature: object, path: Path) -> dict[str, Any]:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise RegisterError("geojson-other", file=str(path))
    properties = feature.get("properties") or {}
    return properties if isinstance(properties, dict) else {}


def read_layer(path: Path, layer: str | None) -> Sheet:
    """Read the attributes of a layer of a GeoPackage, a shapefile or a FlatGeobuf.

    Without `layer`, the one with most features is taken. In a GeoPackage a line is
    the feature's identifier (`fid`), which QGIS shows; elsewhere its rank plus one.

    Raises:
        RegisterError: the file is broken, or has no such layer.
    """
    import pyogrio
    from pyogrio.errors import DataLayerError, DataSourceError

    try:
        names = [str(name) for name in pyogrio.list_layers(path)[:, 0]]
        taken, notes = _layer(path, names, layer)
        refuse_programs(path, taken)
        facts = pyogrio.read_info(path, layer=taken)
        refuse_rows(facts["features"], path)
        refuse_cells(facts["features"] * len(facts["fields"]), path)
        info, fids, _, columns = pyogrio.raw.read(
            path, layer=taken, read_geometry=False, return_fids=True, datetime_as_string=True
        )
    except (DataSourceError, DataLayerError) as error:
        raise RegisterError("file-broken", file=str(path), said=str(error)) from error
    kind = _KINDS.get(facts["driver"], "geopackage")
    lines = [int(fid) for fid in fids] if kind == "geopackage" else range(2, len(fids) + 2)
    cells = [written(column.tolist()) for column in columns]
    rows = [(line, list(row)) for line, row in zip(lines, zip(*cells, strict=True), strict=True)]
    geometry = [facts["geometry_name"] or "geometry"] if facts["geometry_type"] else []
    header = tuple(str(name) for name in info["fields"])
    origin = Origin(kind, path.name, path, sheet=taken)
    return Sheet(origin, header, 1, rows, (*notes, *geometry_notes(geometry)))


def _layer(path: Path, names: list[str], wanted: str | None) -> tuple[str, list[Message]]:
    """Return the layer to read, and a note when there are others."""
    if wanted is not None:
        for name in names:
            if folded(name) == folded(wanted):
                return name, []
        raise RegisterError("sheet-unknown", file=str(path), sheet=wanted, found=", ".join(names))
    tables = [name for name in names if not is_program(path, name)]  # to count what a view has would run it
    counts = {name: _count(path, name) for name in tables}
    if not names:
        raise RegisterError("table-empty", file=str(path))
    taken = max(tables or names[:1], key=lambda name: counts.get(name, 0))
    others = [name for name in names if name != taken]
    note = Message("sheet-taken", {"sheet": taken, "others": ", ".join(others)})
    return taken, [note] if others else []


def _count(path: Path, layer: str) -> int:
    import pyogrio

    rows = counted_rows(path, layer)
    if rows is None:
        rows = int(pyogrio.read_info(path, layer=layer, force_feature_count=True)["features"])
    return rows
