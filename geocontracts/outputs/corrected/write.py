"""Choose how a file is written back: as the same kind, or as the nearest that can be written."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from geocontracts.errors import OutputError, RegisterError, why
from geocontracts.files import write_whole
from geocontracts.outputs.corrected.columns import added_columns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path
    from typing import TypeAlias

    from geocontracts.outputs.corrected.columns import Added
    from geocontracts.outputs.rows import RowOutcome
    from geocontracts.records.formats.sheet import Sheet
    from geocontracts.words import Lang, Message

    Written: TypeAlias = tuple[bytes, Message | None]
    Writer: TypeAlias = Callable[[Sheet, Added], Written]

# The suffixes that a corrected file may have, after the kind that was read.
_SUFFIXES: dict[str, tuple[str, ...]] = {
    "csv": (".csv", ".tsv", ".txt"),
    "xlsx": (".xlsx",),
    "ods": (".ods",),
    "parquet": (".parquet", ".geoparquet"),
    "geopackage": (".gpkg",),
    "geojson": (".geojson", ".json"),
    "postgresql": (".csv",),
}
_MACROS = ".xlsm"


def write_corrected(sheet: Sheet, rows: Iterable[RowOutcome], path: Path, *, lang: Lang) -> Message | None:
    """Write the file that `sheet` was read from to `path`, with columns added at the right.

    Every cell stays as it was; the columns say the state of each row, its codes, names
    and levels, the reason and the candidates. Returns what could not be kept, if anything.

    Raises:
        OutputError: the suffix of `path` is not that of the kind of file, `path` is the
            file itself, or it cannot be written.
        RegisterError: the file can no longer be read.
    """
    source = sheet.origin.path
    expected = suffixes(sheet)
    if path.suffix.lower() not in expected:
        facts = {"source": sheet.origin.name, "expected": ", ".join(expected)}
        raise OutputError("corrected-suffix", file=str(path), **facts)
    if source is not None and os.path.realpath(path) == os.path.realpath(source):
        raise OutputError("corrected-is-source", file=str(path))
    added = added_columns(sheet, rows, lang)
    try:
        content, message = _writer(sheet)(sheet, added)
    except OSError as error:
        raise RegisterError("file-unreadable", file=str(source), why=why(error)) from error
    write_whole(path, content)
    return message


def suffixes(sheet: Sheet) -> tuple[str, ...]:
    """Return the suffixes that the corrected file of `sheet` may have, the usual one first."""
    source = sheet.origin.path
    if sheet.origin.kind == "xlsx" and source is not None and source.suffix.lower() == _MACROS:
        return (_MACROS,)
    return _SUFFIXES.get(sheet.origin.kind, (".xlsx",))


def _writer(sheet: Sheet) -> Writer:
    kind = sheet.origin.kind
    if kind == "csv":
        from geocontracts.outputs.corrected.text import with_columns as text

        return text
    if kind == "xlsx":
        from geocontracts.outputs.corrected.xlsx import with_columns as xlsx

        return xlsx
    if kind == "ods":
        from geocontracts.outputs.corrected.ods import with_columns as ods

        return ods
    if kind == "parquet":
        from geocontracts.outputs.corrected.parquet import with_columns as parquet

        return parquet
    if kind in ("geopackage", "geojson"):
        return _layers(kind)
    from geocontracts.outputs.corrected.converted import to_csv, to_xlsx

    return to_csv if kind == "postgresql" else to_xlsx


def _layers(kind: str) -> Writer:
    if kind == "geojson":
        from geocontracts.outputs.corrected.geojson import with_columns as geojson

        return geojson
    from geocontracts.outputs.corrected.geopackage import with_columns as geopackage

    return geopackage
