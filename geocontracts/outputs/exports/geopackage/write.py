"""A register as a GeoPackage: a layer for each table, foreign keys, styles, and who made the data."""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

from geocontracts.outputs.exports.geopackage.base import add_content, begin, geometry_blob
from geocontracts.outputs.exports.geopackage.metadata import add_metadata
from geocontracts.outputs.exports.geopackage.rtree import add_index
from geocontracts.outputs.exports.geopackage.styles import build_style
from geocontracts.outputs.exports.shapes import LAMBERT_93, WGS_84, many, projected
from geocontracts.scratch import scratch_folder
from geocontracts.words import Message

if TYPE_CHECKING:
    from geocontracts.outputs.exports.content import ExportContent
    from geocontracts.outputs.exports.model import Column, ExportTable, Value

_TYPES = {"integer": "INTEGER", "amount": "REAL", "real": "REAL", "day": "DATE"}
_GEOMETRY = "geom"
_UNIQUE = ("id", "code")  # the columns that keys lead to
_VERSION_AT = slice(96, 100)  # where an SQLite file names the release that wrote it
_ANY_VERSION = (3_040_000).to_bytes(4, "big")
_NAMED_AT_MOST = 5
_EDITION_PARTS = 3


def to_geopackage(content: ExportContent, tables: list[ExportTable]) -> tuple[bytes, list[Message]]:
    """Return the file, and what could not be kept.

    Coordinates are Lambert-93 (EPSG:2154, metres) where all communes lie in the métropole, else degrees
    (EPSG:4326). Keys that lead nowhere are empty, and told.
    """
    srs = LAMBERT_93 if content.is_metropolitan else WGS_84
    moment = _moment(content)
    held = {
        (table.name, name): set(table.values(name))
        for table in tables
        for name in _UNIQUE
        if _has(table, name)
    }
    notes: list[Message] = []
    with scratch_folder(faults=(sqlite3.OperationalError,)) as folder:
        path = folder / "export.gpkg"
        with closing(sqlite3.connect(path, isolation_level=None)) as base:
            begin(base, moment)
            base.execute("BEGIN")
            for table in tables:
                _add_table(base, table, content, srs, moment)
                _fill(base, table, srs, held, notes)
                _add_style(base, table, content, moment)
            add_metadata(base, content, tables, moment)
            base.execute("COMMIT")
            base.execute("VACUUM")
        written = bytearray(path.read_bytes())
    written[_VERSION_AT] = _ANY_VERSION
    return bytes(written), notes


def _moment(content: ExportContent) -> str:
    """Return the date of the sources, or that of the places where a source has none: never today."""
    parts = [*content.payload["edition"].split("-"), "01", "01"] if content.payload["edition"] else []
    day = "-".join(parts[:_EDITION_PARTS]) if parts else f"{content.payload['vintage']}-01-01"
    return f"{day}T00:00:00.000Z"


def _has(table: ExportTable, name: str) -> bool:
    return table.columns[0].name == name


def _quoted(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


def _add_table(
    base: sqlite3.Connection, table: ExportTable, content: ExportContent, srs: int, moment: str
) -> None:
    kind = {"area": "MULTIPOLYGON", "point": "POINT", None: ""}[table.shape]
    lines = ["fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL", *([f"{_GEOMETRY} {kind}"] if kind else [])]
    lines += [_column(column, is_first=rank == 0) for rank, column in enumerate(table.columns)]
    lines += [
        f"FOREIGN KEY ({_quoted(column.name)}) REFERENCES {_quoted(target[0])}({target[1]})"
        for column in table.columns
        if (target := column.reference)
    ]
    base.execute(f"CREATE TABLE {_quoted(table.name)} ({', '.join(lines)})")
    told = (table.name, "features" if kind else "attributes", table.title(content.lang), _about(content))
    bounds = _bounds(projected(table.shapes, srs)) if kind else None
    add_content(base, told, moment, bounds=bounds, srs=srs if kind else None)
    if kind:
        base.execute(
            "INSERT INTO gpkg_geometry_columns VALUES (?, ?, ?, ?, 0, 0)", (table.name, _GEOMETRY, kind, srs)
        )
    for column in table.columns:
        _describe(base, table, column, content)


def _about(content: ExportContent) -> str:
    return "\n".join(f"{heading}\u00a0: {text}" for heading, text in content.credits)


def _column(column: Column, *, is_first: bool) -> str:
    unique = " NOT NULL UNIQUE" if is_first and column.name in _UNIQUE else ""
    return f"{_quoted(column.name)} {_TYPES.get(column.kind, 'TEXT')}{unique}"


def _bounds(shapes: list[Any]) -> tuple[float, float, float, float] | None:
    import shapely

    found = [shape for shape in shapes if shape is not None]
    if not found:
        return None
    left, bottom, right, top = shapely.total_bounds(found).tolist()
    return left, bottom, right, top


def _describe(base: sqlite3.Connection, table: ExportTable, column: Column, content: ExportContent) -> None:
    """Give a column its heading, its meaning and the values that it can have."""
    lang = content.lang
    constraint = f"{table.name}_{column.name}" if column.choices else None
    base.execute(
        "INSERT INTO gpkg_data_columns VALUES (?, ?, NULL, ?, ?, NULL, ?)",
        (table.name, column.name, column.label(lang), column.about.get(lang), constraint),
    )
    base.executemany(
        "INSERT INTO gpkg_data_column_constraints VALUES (?, 'enum', ?, NULL, NULL, NULL, NULL, ?)",
        [(constraint, value, labels[lang]) for value, labels in column.choices.items()],
    )


def _fill(
    base: sqlite3.Connection,
    table: ExportTable,
    srs: int,
    held: dict[tuple[str, str], set[Value]],
    notes: list[Message],
) -> None:
    keys = {rank: held[column.reference] for rank, column in enumerate(table.columns) if column.reference}
    lost: dict[int, dict[Value, None]] = {}
    rows = []
    for row in table.rows:
        cells = [_cell(value) for value in row]
        for rank, known in keys.items():
            if cells[rank] is not None and cells[rank] not in known:
                lost.setdefault(rank, {})[cells[rank]] = None
                cells[rank] = None
        rows.append(cells)
    shapes = projected(table.shapes, srs) if table.shape else []
    if table.shape:
        shapes = [many(shape) for shape in shapes] if table.shape == "area" else shapes
        rows = [[geometry_blob(shape, srs), *row] for shape, row in zip(shapes, rows, strict=True)]
    width = len(table.columns) + bool(table.shape)
    base.executemany(f"INSERT INTO {_quoted(table.name)} VALUES (NULL{', ?' * width})", rows)  # noqa: S608 - quoted
    if table.shape:
        add_index(base, table.name, _GEOMETRY, shapes)
    for rank, values in lost.items():
        notes.append(_dangling(table, table.columns[rank], list(values)))


def _cell(value: Value) -> Any:
    if isinstance(value, tuple):
        return "; ".join(value)
    return value.isoformat() if isinstance(value, dt.date) else value


def _dangling(table: ExportTable, column: Column, values: list[Value]) -> Message:
    named = ", ".join(str(value) for value in values[:_NAMED_AT_MOST])
    facts = {"table": table.name, "column": column.name, "values": named}
    return Message("export-dangling", {**facts, "target": column.reference[0] if column.reference else ""})


def _add_style(base: sqlite3.Connection, table: ExportTable, content: ExportContent, moment: str) -> None:
    """Store the style that QGIS takes by itself when the layer is opened."""
    style = build_style(table, content)
    base.execute(
        "INSERT INTO layer_styles VALUES (NULL, '', '', ?, ?, ?, ?, '', 1, ?, '', NULL, ?)",
        (
            table.name,
            _GEOMETRY if table.shape else "",
            "geocontracts",
            style,
            table.title(content.lang),
            moment,
        ),
    )
