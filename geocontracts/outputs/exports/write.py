"""Write a register as a file that other programs open."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from geocontracts.errors import UnknownOptionError
from geocontracts.files import refuse_overwriting, write_whole
from geocontracts.outputs.exports.clean import cleaned
from geocontracts.outputs.exports.content import prepare
from geocontracts.outputs.exports.flat import flat_table
from geocontracts.outputs.exports.grounds import coverage_table, ground_table, placement_table, sign_table
from geocontracts.outputs.exports.records import plain_table, record_table
from geocontracts.places.area import HAUTS_DE_FRANCE

if TYPE_CHECKING:
    from geocontracts.outputs.exports.content import ExportContent
    from geocontracts.outputs.exports.model import ExportTable
    from geocontracts.perimeters.perimeter import Perimeter
    from geocontracts.places.gazetteer import Level
    from geocontracts.records.register import Register
    from geocontracts.words import Lang, Message

_SPATIAL = ("records", "contracts", "missions", "operations", "signs", "communes", "epci", "departements")
_PLAIN = ("programmes", "sources", "placements", "coverage")
# What each kind of file holds: all of these tables, or one of them, the first unless told.
_WHOLE = {
    ".gpkg": ("contracts", "missions", "operations", "signs", "communes", "epci", "departements", *_PLAIN),
    ".xlsx": ("contracts", "missions", "operations", "programmes", "sources", "placements", "coverage"),
}
_SINGLE = {
    ".geojson": _SPATIAL,
    ".parquet": (*_SPATIAL, *_PLAIN),
    ".fgb": _SPATIAL,
    ".csv": (*_SPATIAL, *_PLAIN),
}
_LEVELS: dict[str, Level] = {"communes": "commune", "epci": "epci", "departements": "departement"}
_FOR_PEOPLE = (".xlsx", ".csv")  # a table there is read by itself
TABLES = (*_SPATIAL, *_PLAIN)
SUFFIXES = (".gpkg", ".geojson", ".parquet", ".fgb", ".xlsx", ".csv")


@dataclass(frozen=True)
class Layer:
    """A table that was written: its name and title, its rows, and how many of them have no geometry.

    `bare` is None where the table has no geometry at all.
    """

    name: str
    title: str
    rows: int
    bare: int | None


@dataclass(frozen=True)
class Export:
    """What was written, what is to be said of it, and the perimeters it was made from."""

    path: Path
    layers: tuple[Layer, ...]
    notes: tuple[Message, ...]
    perimeters: tuple[Perimeter, ...]


def check_target(path: Path, table: str | None = None, *, bom: bool | None = None) -> None:
    """Refuse a file of no known kind, or a choice that its kind does not have.

    Raises:
        UnknownOptionError: the message names what is known.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise UnknownOptionError("export-suffix", file=str(path), known=", ".join(SUFFIXES))
    if bom is not None and suffix != ".csv":
        raise UnknownOptionError("export-bom-other", file=str(path))
    if table is not None and suffix in _WHOLE:
        raise UnknownOptionError("export-table-many", file=str(path), known=", ".join(_SINGLE))
    if table is not None and table not in _SINGLE[suffix]:
        raise UnknownOptionError("export-table-unknown", value=table, known=", ".join(_SINGLE[suffix]))


def write_export(  # noqa: PLR0913 - each is a choice of its own
    register: Register,
    path: Path | str,
    *,
    area: str = HAUTS_DE_FRANCE,
    within: str | None = None,
    title: str | None = None,
    lang: Lang = "fr",
    table: str | None = None,
    bom: bool | None = None,
) -> Export:
    """Write a register as data for other programs; the ending of `path` says which kind.

    `.gpkg` and `.xlsx` hold all tables. `.geojson`, `.parquet`, `.fgb` and `.csv` hold one: `table` is
    {"records", "contracts", "missions", "operations", "signs", "communes", "epci", "departements"}, and for
    Parquet and CSV also {"programmes", "sources", "placements", "coverage"}; "records" unless told, which is
    all contracts, missions and operations. `area` is the territory of the ground; names are looked for first
    in `within`, the région around it by default. `title` is that of the data; one is made of the area when
    there is none. `lang` is that of headings and sentences; names of columns and keys stay
    English where a format keeps both.
    `bom` says whether a CSV begins with a byte order mark; None: as the language wants.

    Coordinates are degrees (EPSG:4326); in a GeoPackage of the métropole they are metres (EPSG:2154).
    Records without a perimeter are there, without geometry, with the reasons. Amounts are euros. The same
    input gives the same bytes.

    Raises:
        UnknownOptionError: the ending, the table or the language is none of these.
        UnknownPlaceError: `area` or `within` is no place, or more than one.
        OutputError: the file cannot be written, is one that the register was read from, or a table is too
            long for a sheet.
    """
    check_target(Path(path), table, bom=bom)
    refuse_overwriting([Path(path)], register.files)
    return write_content(
        prepare(register, area=area, within=within, lang=lang, title=title), Path(path), table=table, bom=bom
    )


def write_content(
    content: ExportContent, path: Path, *, table: str | None = None, bom: bool | None = None
) -> Export:
    """Write what `prepare` made of a register; several files can be written from it.

    Raises:
        UnknownOptionError: the ending or the table is none that `write_export` knows.
        OutputError: the file cannot be written, is one that the register was read from, or a table is too
            long for a sheet.
    """
    check_target(path, table, bom=bom)
    refuse_overwriting([path], content.register.files)
    suffix = path.suffix.lower()
    names = _WHOLE[suffix] if suffix in _WHOLE else (table or _SINGLE[suffix][0],)
    tables, notes = cleaned([build_table(content, name, is_flat=suffix in _FOR_PEOPLE) for name in names])
    written, more = _formatted(content, tables, path, bom=bom)
    write_whole(path, written)
    layers = tuple(
        Layer(each.name, each.title(content.lang), len(each.rows), each.without_shape if each.shape else None)
        for each in tables
    )
    return Export(path, layers, (*notes, *more), tuple(content.page.perimeters))


def build_table(content: ExportContent, name: str, *, is_flat: bool) -> ExportTable:
    """Return one of `TABLES`; `is_flat` for formats of which people read each table by itself."""
    if name in ("programmes", "sources"):
        return plain_table(content, name)
    if name in ("contracts", "missions", "operations"):
        return record_table(content, name)
    if name in _LEVELS:
        return ground_table(content, _LEVELS[name])
    if name == "placements":
        return placement_table(content, is_flat=is_flat)
    if name == "coverage":
        return coverage_table(content, is_flat=is_flat)
    return sign_table(content) if name == "signs" else flat_table(content)


def _formatted(
    content: ExportContent, tables: list[ExportTable], path: Path, *, bom: bool | None
) -> tuple[bytes, list[Message]]:
    """Return the bytes of the file, and what is to be said of them."""
    suffix = path.suffix.lower()
    if suffix == ".gpkg":
        from geocontracts.outputs.exports.geopackage.write import to_geopackage

        return to_geopackage(content, tables)
    if suffix == ".xlsx":
        from geocontracts.outputs.exports.workbook import to_workbook

        return to_workbook(content, tables, str(path))
    if suffix == ".csv":
        from geocontracts.outputs.exports.delimited import to_csv

        return to_csv(content, tables[0], bom=bom), []
    if suffix == ".geojson":
        from geocontracts.outputs.exports.geojson import to_geojson

        return to_geojson(content, tables[0]), []
    if suffix == ".parquet":
        from geocontracts.outputs.exports.parquet import to_parquet

        return to_parquet(content, tables[0]), []
    from geocontracts.outputs.exports.flatgeobuf import to_flatgeobuf

    return to_flatgeobuf(content, tables[0]), []
