"""Read a Parquet file as text cells; the geometry of a GeoParquet is left aside."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from geocontracts.errors import RegisterError
from geocontracts.records.formats.cells import written
from geocontracts.records.formats.limits import LARGEST_TEXT, refuse_cells, refuse_columns, refuse_rows
from geocontracts.records.formats.sheet import Origin, Sheet
from geocontracts.records.formats.undecoded import undecoded
from geocontracts.words import Message

if TYPE_CHECKING:
    from pathlib import Path


_BATCH_ROWS = 200


def read_parquet(path: Path) -> Sheet:
    """Read a Parquet or GeoParquet file.

    A line is the rank of the row plus one, as it would be in a CSV with its header on
    line 1. The items of a list are joined by `;`.

    Raises:
        RegisterError: the file is broken.
    """
    import pyarrow as pa
    from pyarrow import parquet

    try:
        with parquet.ParquetFile(path) as file:
            geometry = geometry_columns(file.schema_arrow.metadata)
            kept = [name for name in file.schema_arrow.names if name not in geometry]
            rows = file.metadata.num_rows
            refuse_rows(rows, path)
            refuse_columns(len(kept), path)
            refuse_cells(rows * len(kept), path)
            cells = _cells(file, kept, path)
    except (pa.ArrowException, OSError) as error:
        raise RegisterError("file-broken", file=str(path), said=str(error)) from error
    except UnicodeDecodeError as error:
        raise undecoded(path, error) from error
    if not kept:
        raise RegisterError("layer-bare", file=str(path), sheet=path.name)
    return Sheet(Origin("parquet", path.name, path), tuple(kept), 1, cells, geometry_notes(geometry))


def _cells(file: Any, kept: list[str], path: Path) -> list[tuple[int, list[str]]]:
    """Return the rows as text, read a few at a time, so that a small file cannot unpack without end."""
    found: list[tuple[int, list[str]]] = []
    size = 0
    for batch in file.iter_batches(batch_size=_BATCH_ROWS, columns=kept, use_threads=False):
        cells = [
            cells_of(column, name, path, first=len(found) + 2)
            for name, column in zip(kept, batch.columns, strict=True)
        ]
        size += sum(len(text) for column in cells for text in column)
        if size > LARGEST_TEXT:
            raise RegisterError("file-huge", file=str(path), size=size / 1e6, limit=LARGEST_TEXT // 1_000_000)
        found.extend((line, list(row)) for line, row in enumerate(zip(*cells, strict=True), len(found) + 2))
    return found


def geometry_notes(columns: list[str]) -> tuple[Message, ...]:
    """Return the note that says which columns of geometry were left aside."""
    return (Message("geometry-unused", {"columns": ", ".join(columns)}),) if columns else ()


def geometry_columns(metadata: dict[bytes, bytes] | None) -> list[str]:
    """Return the columns that are declared as geometry; a declaration that cannot be read declares none."""
    try:
        declared = json.loads((metadata or {}).get(b"geo", b"{}"))
    except (ValueError, RecursionError):
        return []
    columns = declared.get("columns") if isinstance(declared, dict) else None
    return list(columns) if isinstance(columns, dict) else []


def cells_of(column: Any, name: str, path: Path, *, first: int) -> list[str]:
    """Return the values of a column as text; one that Python has no type for is told in words.

    Raises:
        RegisterError: a text is not in UTF-8, as those of Parquet are; the message counts from row `first`.
    """
    try:
        return written(_values(column))
    except UnicodeDecodeError as error:
        raise undecoded(path, error, first + _first_undecoded(column), name) from error


def _first_undecoded(column: Any) -> int:
    for rank, scalar in enumerate(column):
        try:
            scalar.as_py()
        except UnicodeDecodeError:
            return rank
        except (OverflowError, ValueError):
            continue
    return 0


def _values(column: Any) -> list[Any]:
    try:
        return list(column.to_pylist())
    except (OverflowError, ValueError):  # a moment that Python has no date for
        return [_value(scalar) for scalar in column]


def _value(scalar: Any) -> Any:
    """Return a value, or the text that says that it is out of range: it is then no date to anyone."""
    import pyarrow as pa

    try:
        return scalar.as_py()
    except (OverflowError, ValueError):
        try:
            return scalar.cast(pa.string()).as_py()
        except pa.ArrowException:
            return "<value out of range>"
