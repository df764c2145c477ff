"""Choose how a file is written back: as the same kind, or as the nearest that can be written."""

from __future__ import annotations

from contextlib import nullcontext
from importlib import import_module
from typing import TYPE_CHECKING

from geocontracts.errors import OutputError, RegisterError, why
from geocontracts.files import refuse_overwriting, write_whole
from geocontracts.outputs.corrected.columns import added_columns
from geocontracts.records.formats.stamp import unchanged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from contextlib import AbstractContextManager
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
    "shapefile": (".gpkg",),
    "flatgeobuf": (".gpkg",),
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
        RegisterError: the file can no longer be read, or is not what was read any more.
    """
    check_target(sheet, path)
    source = sheet.origin.path
    added = added_columns(sheet, rows, lang)
    try:
        with _still(sheet):
            content, message = _writer(sheet)(sheet, added)
    except OutputError:  # an OSError that is told in words already
        raise
    except OSError as error:
        raise RegisterError("file-unreadable", file=str(source), why=why(error)) from error
    write_whole(path, content)
    return message


def _still(sheet: Sheet) -> AbstractContextManager[object]:
    """Keep the outcomes of rows from standing beside other rows."""
    path = sheet.origin.path
    return unchanged(path, since=sheet.origin.stamp, key="file-changed-since") if path else nullcontext()


def check_target(sheet: Sheet, path: Path) -> None:
    """Refuse a path to which the corrected file cannot be written.

    Raises:
        OutputError: its suffix is not that of the kind of file, or it is the file itself.
    """
    expected = suffixes(sheet)
    if path.suffix.lower() not in expected:
        facts = {"source": sheet.origin.name, "expected": ", ".join(expected)}
        raise OutputError("corrected-suffix", file=str(path), **facts)
    refuse_overwriting([path], [sheet.origin.path] if sheet.origin.path else [], key="output-is-list")


def suffixes(sheet: Sheet) -> tuple[str, ...]:
    """Return the suffixes that the corrected file of `sheet` may have, the usual one first."""
    source = sheet.origin.path
    if sheet.origin.kind == "xlsx" and source is not None and source.suffix.lower() == _MACROS:
        return (_MACROS,)
    return _SUFFIXES.get(sheet.origin.kind, (".xlsx",))


# The module and the function that write each kind back; the others become a workbook.
_WRITERS: dict[str, tuple[str, str]] = {
    "csv": ("text", "with_columns"),
    "xlsx": ("xlsx", "with_columns"),
    "ods": ("ods", "with_columns"),
    "parquet": ("parquet", "with_columns"),
    "geojson": ("geojson", "with_columns"),
    "geopackage": ("geopackage", "with_columns"),
    "shapefile": ("geopackage", "converted"),
    "flatgeobuf": ("geopackage", "converted"),
    "postgresql": ("converted", "to_csv"),
}


def _writer(sheet: Sheet) -> Writer:
    """Return what writes a kind of file back; no other module is loaded for it."""
    module, name = _WRITERS.get(sheet.origin.kind, ("converted", "to_xlsx"))
    found: Writer = getattr(import_module(f"geocontracts.outputs.corrected.{module}"), name)
    return found
