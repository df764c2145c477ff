"""Columns added to a layer of a GeoPackage: an SQLite file, of which nothing else is touched."""

from __future__ import annotations

import re
import shutil
import sqlite3
import warnings
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from geocontracts.errors import RegisterError
from geocontracts.records.formats.at_rest import at_rest
from geocontracts.records.formats.foreign import distrust, quoted, refuse_large_copy
from geocontracts.records.formats.programs import ROW_ID
from geocontracts.scratch import scratch_folder
from geocontracts.words import Message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from geocontracts.outputs.corrected.columns import Added
    from geocontracts.outputs.corrected.write import Written
    from geocontracts.records.formats.sheet import Sheet

_TRIGGER = re.compile(r"CREATE\s+TRIGGER\b", re.IGNORECASE)


def with_columns(sheet: Sheet, added: Added) -> Written:
    """Return the file with columns in the layer that was read.

    The lines of its rows are the identifiers (`fid`) of the features.

    Raises:
        RegisterError: no column can be added to the layer, or its rows are not known for certain.
    """
    if sheet.origin.path is None:
        raise FileNotFoundError(sheet.origin.name)
    with at_rest(sheet.origin.path) as place, scratch_folder() as folder:  # with what waits beside it
        path = folder / "layer.gpkg"
        refuse_large_copy(place.stat().st_size, place)
        shutil.copyfile(place, path)
        key = _key(path, sheet.origin.sheet)
        try:
            with closing(sqlite3.connect(path, isolation_level=None)) as base:
                distrust(base)
                base.execute("BEGIN")
                with _without_triggers(base, sheet.origin.sheet):
                    _fill(base, sheet, added, key)
                base.execute("COMMIT")
        except (sqlite3.Error, sqlite3.Warning) as error:
            facts = {"layer": sheet.origin.sheet, "said": str(error)}
            raise RegisterError("corrected-layer", file=str(sheet.origin.path), **facts) from error
        return path.read_bytes(), None


def _key(path: Path, layer: str) -> str:
    """Return the column by which the reader of a layer numbered its rows."""
    import pyogrio

    with warnings.catch_warnings():  # what the reader warns of was told when the layer was read
        warnings.simplefilter("ignore")
        return str(pyogrio.read_info(path, layer=layer)["fid_column"]) or ROW_ID


@contextmanager
def _without_triggers(base: sqlite3.Connection, layer: str) -> Iterator[None]:
    """Take the triggers of a layer away for the time: they are programs that its change would run.

    One that hides from the list of triggers makes the change fail.
    """
    kept = base.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ? COLLATE NOCASE"
        " ORDER BY rowid",
        (layer,),
    ).fetchall()
    for name, _ in kept:
        base.execute(f"DROP TRIGGER {quoted(name)}")
    yield
    for name, sql in kept:
        if not _TRIGGER.match(sql or ""):  # it would be run, not kept
            raise sqlite3.DatabaseError(name)
        base.execute(sql)


def _fill(base: sqlite3.Connection, sheet: Sheet, added: Added, key: str) -> None:
    """Fill the added columns of the rows, which are found by their key.

    Raises:
        RegisterError: the keys are not those of the lines that were read, or find other rows.
    """
    table, key = quoted(sheet.origin.sheet), quoted(key)
    for heading in added.headings:
        base.execute(f"ALTER TABLE {table} ADD COLUMN {quoted(heading)} TEXT")
    (rows,) = base.execute(f"SELECT count(*) FROM {table} NOT INDEXED").fetchone()  # noqa: S608 - quoted
    values = ", ".join(f"{quoted(heading)} = ?" for heading in added.headings)
    cells = [(*added.row(line), line) for line, _ in sheet.rows]
    filled = base.executemany(f"UPDATE {table} SET {values} WHERE {key} = ?", cells).rowcount  # noqa: S608 - quoted
    if not filled == rows == len(sheet.rows):  # each line, of which none is there twice, found its row
        raise RegisterError("layer-unnumbered", file=str(sheet.origin.path), sheet=sheet.origin.sheet)


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
