"""A table as a file holds it: text cells, and the line each row stands on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from pathlib import Path

    from geocontracts.files import FileMark
    from geocontracts.records.formats.stamp import Stamp
    from geocontracts.words import Message

Kind: TypeAlias = Literal[
    "csv",
    "html",
    "xlsx",
    "xlsb",
    "xls",
    "ods",
    "parquet",
    "geopackage",
    "shapefile",
    "flatgeobuf",
    "geojson",
    "postgresql",
]


@dataclass(frozen=True)
class Origin:
    """Where a table was read from, and what is needed to write it back in the same way.

    `name` is what problems call it: the file's name, or an address without its
    password. `path` is None for a database. `sheet` is the sheet, layer or table. `stamp` tells
    whether the file is still the one that was read.
    """

    kind: Kind
    name: str
    path: Path | None = None
    sheet: str = ""
    encoding: str = "utf-8"
    delimiter: str = ","
    newline: str = "\n"
    stamp: Stamp | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Sheet:
    """A table: its header, and its rows with the line that a spreadsheet shows beside them.

    In text, each record is one line, however many its quoted cells take; blank lines
    count, and a first line such as `sep=;`, which Excel hides, does not. In GeoJSON and
    Parquet a line is the rank of the feature or row plus one, in a GeoPackage its `fid`.

    Every row has as many cells as its line has in the file: there may be more or
    fewer than headings. A cell is text; an empty one is "". Numbers and dates of
    typed formats are written plainly (`200072460`, `1234.5`, `2019-06-29`).
    `notes` say what was guessed about the file as a whole (encoding, sheet, header); `inputs`
    are the files that it was read from, as they were then. `uncalculated` are the lines and columns (from 1)
    of formulas of a workbook that were never calculated: their cells are taken as empty.
    """

    origin: Origin
    header: tuple[str, ...]
    header_line: int
    rows: list[tuple[int, list[str]]]
    notes: tuple[Message, ...] = field(default=())
    inputs: tuple[FileMark, ...] = ()
    uncalculated: tuple[tuple[int, int], ...] = ()

    def called(self, rank: int) -> str:
        """Return what a column is called, its number where it has no heading; `rank` counts from 0."""
        heading = self.header[rank].strip() if rank < len(self.header) else ""
        return heading or str(rank + 1)
