"""Read the attributes of layers (GeoPackage, shapefile, FlatGeobuf) as text cells; geometry is left aside."""

from __future__ import annotations

import warnings
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from geocontracts.errors import RegisterError
from geocontracts.records.formats.at_rest import at_rest
from geocontracts.records.formats.beside import read_with
from geocontracts.records.formats.cells import written
from geocontracts.records.formats.columns import geometry_notes
from geocontracts.records.formats.headings import folded
from geocontracts.records.formats.limits import MOST_LISTED, refuse_cells, refuse_rows
from geocontracts.records.formats.programs import (
    counted_rows,
    is_program,
    refuse_disguises,
    refuse_programs,
    refuse_unnumbered,
)
from geocontracts.records.formats.sheet import Origin, Sheet
from geocontracts.records.formats.undecoded import of_layer, undecoded
from geocontracts.words import Message

if TYPE_CHECKING:
    from pathlib import Path

    from geocontracts.records.formats.sheet import Kind

_KINDS: dict[str, Kind] = {"GPKG": "geopackage", "FlatGeobuf": "flatgeobuf", "ESRI Shapefile": "shapefile"}
_WARNINGS_SHOWN = 5


def read_layer(path: Path, layer: str | None) -> Sheet:
    """Read the attributes of a layer of a GeoPackage, a shapefile or a FlatGeobuf, and write nothing to it.

    Without `layer`, the one with most features is taken, of those with a column. In a GeoPackage a line is
    the feature's identifier (`fid`), which QGIS shows; elsewhere its rank plus one.

    Raises:
        RegisterError: the file is broken, has no such layer, none with a column, or text in another
            encoding than it tells.
        OutputError: another program has it open, and there is no room for a copy.
    """
    from pyogrio.errors import DataLayerError, DataSourceError

    with at_rest(path) as place, warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        try:
            sheet = _read(place, layer)
        except (DataSourceError, DataLayerError) as error:
            said = str(error).replace(str(place), path.name)
            raise RegisterError("file-broken", file=str(place), said=said) from error
        except UnicodeDecodeError as error:
            raise undecoded(place, error) from error
    of_data = [str(each.message) for each in told if issubclass(each.category, (RuntimeWarning, UserWarning))]
    warned = dict.fromkeys(text.replace(str(place), path.name) for text in of_data)
    notes = [Message("layer-warned", {"said": said}) for said in list(warned)[:_WARNINGS_SHOWN]]
    return replace(sheet, origin=replace(sheet.origin, path=path), notes=(*sheet.notes, *notes))


def _read(path: Path, layer: str | None) -> Sheet:
    import pyogrio

    refuse_disguises(path)
    names = [str(name) for name in pyogrio.list_layers(path)[:, 0]]
    taken, notes = _layer(path, names, layer)
    refuse_programs(path, taken)
    facts = pyogrio.read_info(path, layer=taken)
    _refuse_bare(path, taken, list(facts["fields"]))
    kind = _KINDS.get(facts["driver"], "geopackage")
    if kind == "geopackage" and not facts["fid_column"]:
        refuse_unnumbered(path, taken)
    info, fids, columns = _columns(path, taken, facts)
    lines = [int(fid) for fid in fids] if kind == "geopackage" else range(2, len(fids) + 2)
    if len(set(lines)) != len(lines):
        raise RegisterError("layer-unnumbered", file=str(path), sheet=taken)
    cells = [written(column.tolist()) for column in columns]
    rows = [(line, list(row)) for line, row in zip(lines, zip(*cells, strict=True), strict=True)]
    geometry = [facts["geometry_name"] or "geometry"] if facts["geometry_type"] else []
    header = tuple(str(name) for name in info["fields"])
    origin = Origin(kind, path.name, path, sheet=taken)
    return Sheet(origin, header, 1, rows, (*notes, *geometry_notes(geometry)))


def _columns(path: Path, layer: str, facts: dict[str, Any]) -> tuple[dict[str, Any], Any, Any]:
    """Return what is told of the columns of a layer, the identifiers of its features, and the columns.

    A GeoPackage keeps how many rows it has, and its reader gives no more than that; a program without the
    triggers that keep the count leaves it wrong. With a condition, though it be always true, the rows are
    counted.
    """
    import pyogrio

    counted = counted_rows(path, layer)
    count = facts["features"] if counted is None else counted
    refuse_rows(count, path)
    refuse_cells(count * len(facts["fields"]), path)
    every = None if counted is None else "1 = 1"
    options = {"read_geometry": False, "return_fids": True, "datetime_as_string": True}
    try:
        info, fids, _, columns = pyogrio.raw.read(path, layer=layer, where=every, **options)
    except UnicodeDecodeError as error:
        raise of_layer(path, layer, error, count=count, where=every) from error
    if counted not in {None, len(fids)}:
        raise RegisterError("layer-rows", file=str(path), sheet=layer, count=counted, found=len(fids))
    return info, fids, columns


def _refuse_bare(path: Path, layer: str, fields: list[str]) -> None:
    """Refuse a layer of geometry alone; a shapefile has its columns in another file."""
    if fields:
        return
    is_apart = path.suffix.lower() == ".shp"
    if is_apart and not any(part.suffix.lower() == ".dbf" for part in read_with(path)):
        raise RegisterError("shapefile-bare", file=str(path), missing=path.with_suffix(".dbf").name)
    raise RegisterError("layer-bare", file=str(path), sheet=layer)


def _layer(path: Path, names: list[str], wanted: str | None) -> tuple[str, list[Message]]:
    """Return the layer to read, and a note when there are others."""
    if wanted is not None:
        for name in names:
            if folded(name) == folded(wanted):
                return name, []
        raise RegisterError("sheet-unknown", file=str(path), sheet=wanted, found=", ".join(names))
    tables = [name for name in names if not is_program(path, name)]  # to count what a view has would run it
    counts = {name: _weight(path, name) for name in tables}
    if not names:
        raise RegisterError("table-empty", file=str(path))
    taken = max(tables or names[:1], key=lambda name: counts.get(name, (False, 0)))
    others = [name for name in names if name != taken]
    note = Message("sheet-taken", {"sheet": taken, "others": ", ".join(others)})
    return taken, [note] if others else []


def _weight(path: Path, layer: str) -> tuple[bool, int]:
    """Return whether a layer has columns, and its rows."""
    import pyogrio

    rows = counted_rows(path, layer)
    if rows is not None and rows > MOST_LISTED:  # it is refused later; its reader counts without a bound
        return True, rows
    told = pyogrio.read_info(path, layer=layer, force_feature_count=rows is None)
    return len(told["fields"]) > 0, int(told["features"]) if rows is None else rows
