"""Columns added to a layer of a GeoPackage: an SQLite file, of which nothing else is touched."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from geocontracts.errors import RegisterError
from geocontracts.records.formats.at_rest import at_rest
from geocontracts.scratch import scratch_folder
from geocontracts.words import Message

if TYPE_CHECKING:
    from geocontracts.outputs.corrected.columns import Added
    from geocontracts.outputs.corrected.write import Written
    from geocontracts.records.formats.sheet import Sheet

# Functions that the triggers of a spatial index name. They are never called: no geometry
# changes here; but SQLite wants to know them.
_SPATIAL = ("ST_IsEmpty", "ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY")


def with_columns(sheet: Sheet, added: Added) -> Written:
    """Return the file with columns in the layer that was read.

    The lines of its rows are the identifiers (`fid`) of the features.
    """
    if sheet.origin.path is None:
        raise FileNotFoundError(sheet.origin.name)
    with at_rest(sheet.origin.path) as place:  # with what waits beside it
        content = place.read_bytes()
    with scratch_folder() as folder:
        path = folder / "layer.gpkg"
        path.write_bytes(content)
        try:
            with closing(sqlite3.connect(path)) as base, base:
                _fill(base, sheet.origin.sheet, added)
        except sqlite3.Error as error:
            facts = {"layer": sheet.origin.sheet, "said": str(error)}
            raise RegisterError("corrected-layer", file=str(sheet.origin.path), **facts) from error
        return path.read_bytes(), None


def _fill(base: sqlite3.Connection, layer: str, added: Added) -> None:
    for name in _SPATIAL:
        base.create_function(name, 1, _never)
    table = _quoted(layer)
    for heading in added.headings:
        base.execute(f"ALTER TABLE {table} ADD COLUMN {_quoted(heading)} TEXT")
    ids = [row[0] for row in base.execute(f"SELECT rowid FROM {table} ORDER BY rowid")]  # noqa: S608 - quoted
    values = ", ".join(f"{_quoted(heading)} = ?" for heading in added.headings)
    cells = ((*added.row(fid), fid) for fid in ids)
    base.executemany(f"UPDATE {table} SET {values} WHERE rowid = ?", cells)  # noqa: S608 - quoted


def _never(_geometry: object) -> None:
    msg = "a geometry was about to change"
    raise AssertionError(msg)


def _quoted(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


def converted(sheet: Sheet, added: Added) -> Written:
    """Return a layer of another kind (a shapefile, whose headings have ten letters) as a GeoPackage."""
    import pyogrio
    from pyogrio.errors import DataLayerError, DataSourceError

    layer = pyogrio.read_dataframe(sheet.origin.path, layer=sheet.origin.sheet or None)
    for heading, cells in zip(added.headings, added.columns(len(layer)), strict=True):
        layer[heading] = cells
    with scratch_folder(faults=(DataSourceError, DataLayerError)) as folder:
        path = folder / "layer.gpkg"
        pyogrio.write_dataframe(layer, path, layer=sheet.origin.sheet or path.stem, driver="GPKG")
        return path.read_bytes(), Message("corrected-as-gpkg", {"source": sheet.origin.name})
