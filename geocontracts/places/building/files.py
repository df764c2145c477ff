"""Write the files of a set of places; the same input gives the same bytes."""

import bz2
import gzip
import io
import json
import lzma
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq
import pyproj
import shapely

from geocontracts.places.building.alternation import alternated
from geocontracts.places.building.arcs import OUTSIDE, Arcs
from geocontracts.places.building.coverage import Geometries, to_degrees
from geocontracts.places.building.history import Earlier, key_of
from geocontracts.places.building.levels import Table, Value

PARQUET: Final = {
    "commune": "communes.parquet",
    "epci": "epci.parquet",
    "arrondissement": "arrondissements.parquet",
    "departement": "departements.parquet",
    "region": "regions.parquet",
}
_PLACE_COLUMNS: Final = (
    *("level", "code", "name", "key", "type", "epci", "arrondissement"),
    *("departement", "region", "population", "lon", "lat", "area_km2"),
    *("siren", "postcodes", "seat"),
)
_HISTORY_COLUMNS: Final = (
    *("level", "code", "name", "key", "first", "last", "kind", "successors"),
    *("since", "share"),
)
_LEVELS: Final = {"zstd": 22, "brotli": 11, "zlib": 9}
_QUICK_LEVELS: Final = {"zstd": 6, "zlib": 3}
_PAGE_BYTES: Final = 64_000_000
_METHODS: Final = {
    zipfile.ZIP_DEFLATED: lambda content: zlib.compress(content, 9),
    zipfile.ZIP_BZIP2: lambda content: bz2.compress(content, 9),
    zipfile.ZIP_LZMA: lambda content: lzma.compress(content, lzma.FORMAT_ALONE),
}
_INTEGERS: Final = {"population", "communes"}
_FLOATS: Final = {"lon", "lat", "area_km2"}


def write_parquet(table: Table, folder: Path, *, quick: bool = False) -> None:
    """Write one level as GeoParquet (WKB, EPSG:4326).

    Columns are packed by zstd, polygons by brotli: it makes them an eighth smaller, and
    what reads GeoParquet reads both. Communes have one row group per region, so that
    one region is read alone. `quick` takes a twentieth of the time for a third more bytes.
    """
    degrees = to_degrees(table.geometry if quick else alternated(table.geometry), table.bits)
    columns = {name: _column(name, table.column(name)) for name in table.rows[0]}
    columns["geometry"] = pa.array(shapely.to_wkb(degrees, byte_order=1), pa.binary())
    levels = _QUICK_LEVELS if quick else _LEVELS
    methods = dict.fromkeys(columns, "zstd") | ({} if quick else {"geometry": "brotli"})
    content = pa.table(columns).replace_schema_metadata({"geo": _geo(degrees)})
    with pq.ParquetWriter(
        folder / PARQUET[table.level],
        content.schema,
        compression=methods,
        compression_level={name: levels[method] for name, method in methods.items()},
        use_dictionary=["epci", "arrondissement", "departement", "region", "type"],
        use_byte_stream_split=["lon", "lat"],
        data_page_size=_PAGE_BYTES,
        write_statistics=["code", *(c for c in ("region",) if c in columns)],
    ) as writer:
        for start, count in _row_groups(table):
            writer.write_table(content.slice(start, count))


def write_topology(arcs: Arcs, communes: Table, file: Path, *, quick: bool = False) -> None:
    """Write the arcs, parted by region, as a compressed numpy archive.

    The borders of the départements stand apart, since a map of one region shows
    them around it.

    Args:
        arcs: Arcs of the communes, in the order of the table.
        communes: For the region and the département of each, and the grid.
        file: File to write.
        quick: One way of packing, instead of the smallest of three.
    """
    regions, departements = (
        [str(code) for code in communes.column(name)] for name in ("region", "departement")
    )
    codes, first, counts = np.unique(regions, return_index=True, return_counts=True)
    region = np.repeat(np.arange(len(codes)), counts)
    departement = np.unique(departements, return_inverse=True)[1]
    inner = (arcs.right != OUTSIDE) & (departement[arcs.left] == departement[arcs.right])
    chunk = np.where(inner, region[arcs.left], len(codes))
    arrays: dict[str, npt.NDArray[np.generic]] = {
        "grid": np.array(communes.bits),
        "region_codes": codes,
        "regions": np.column_stack([first, counts]).astype(np.int32),
    }
    for number, name in enumerate([*codes.tolist(), "borders"]):
        arrays |= _chunk(name, arcs, np.flatnonzero(chunk == number))
    _write_npz(file, arrays, quick=quick)


def write_places(tables: Iterable[Table], file: Path) -> None:
    """Write the gazetteer, one row per place of every level."""
    rows = [_place(table.level, row) for table in tables for row in table.rows]
    _write_tsv(file, _PLACE_COLUMNS, rows)


def write_history(earlier: Iterable[Earlier], order: Sequence[str], file: Path) -> None:
    """Write earlier names and codes; levels in the given order, then by code."""
    rows = sorted(earlier, key=lambda e: (order.index(e.level), e.code, e.first, e.name))
    _write_tsv(file, _HISTORY_COLUMNS, [_history_row(row) for row in rows])


def _column(name: str, values: list[Value]) -> pa.Array:
    """Return a column in the type that its name asks for."""
    if name in _INTEGERS:
        return pa.array(values, pa.int32())
    return pa.array(values, pa.float64() if name in _FLOATS else pa.string())


def _geo(degrees: Geometries) -> str:
    """Return the GeoParquet metadata of polygons in EPSG:4326."""
    kinds = sorted(set(shapely.get_type_id(degrees).tolist()))
    column = {
        "encoding": "WKB",
        "crs": pyproj.CRS("EPSG:4326").to_json_dict(),
        "geometry_types": [{3: "Polygon", 6: "MultiPolygon"}[kind] for kind in kinds],
        "bbox": shapely.total_bounds(degrees).tolist(),
    }
    return json.dumps(
        {
            "version": "1.0.0",
            "primary_column": "geometry",
            "columns": {"geometry": column},
        }
    )


def _row_groups(table: Table) -> list[tuple[int, int]]:
    """Return first row and number of rows of each row group."""
    if table.level != "commune":
        return [(0, len(table.rows))]
    regions = [str(region) for region in table.column("region")]
    _, first, counts = np.unique(regions, return_index=True, return_counts=True)
    return list(zip(first.tolist(), counts.tolist(), strict=True))


def _chunk(name: str, arcs: Arcs, members: npt.NDArray[np.intp]) -> dict[str, npt.NDArray[np.generic]]:
    """Return the arrays of one chunk, by the commune on the left."""
    starts = np.cumsum(arcs.sizes) - arcs.sizes
    sizes = arcs.sizes[members]
    ends = np.cumsum(sizes)
    index = np.repeat(starts[members] - (ends - sizes), sizes) + np.arange(ends[-1])
    deltas = np.diff(arcs.points[index], axis=0, prepend=0)
    return {
        f"{name}.sizes": _smallest(sizes, (np.uint16, np.uint32)),
        f"{name}.dx": _smallest(deltas[:, 0], (np.int16, np.int32)),
        f"{name}.dy": _smallest(deltas[:, 1], (np.int16, np.int32)),
        f"{name}.left": arcs.left[members].astype(np.int32),
        f"{name}.right": arcs.right[members].astype(np.int32),
    }


def _write_npz(file: Path, arrays: Mapping[str, npt.NDArray[np.generic]], *, quick: bool) -> None:
    """Write a numpy archive, each array by the method that makes it smallest, or the first at once.

    The archive has no dates; `numpy.load` reads it like any other.
    """
    level = _QUICK_LEVELS["zlib"] if quick else _LEVELS["zlib"]
    with zipfile.ZipFile(file, "w") as archive:
        for name, array in arrays.items():
            buffer = io.BytesIO()
            np.lib.format.write_array(buffer, np.asarray(array, order="C"))
            content = buffer.getvalue()
            method = zipfile.ZIP_DEFLATED if quick else min(_METHODS, key=lambda m: len(_METHODS[m](content)))
            entry = zipfile.ZipInfo(f"{name}.npy")
            archive.writestr(entry, content, compress_type=method, compresslevel=level)


def _smallest(values: npt.NDArray[np.int64], types: Sequence[type[np.integer]]) -> npt.NDArray[np.generic]:
    """Return values in the first type that holds them all."""
    for kind in types:
        limits = np.iinfo(kind)
        if limits.min <= values.min() and values.max() <= limits.max:
            return values.astype(kind)
    msg = f"values from {values.min()} to {values.max()} fit none of {types}"
    raise OverflowError(msg)


def _place(level: str, row: Mapping[str, Value]) -> dict[str, Value]:
    """Return a row of the gazetteer."""
    own = {level: None} if level in row else {}
    lists = {"departement": row.get("departements"), "region": row.get("regions")}
    found = {name: value for name, value in lists.items() if value}
    key = key_of(level, str(row["name"]))
    point = {name: f"{row[name]:.5f}" for name in ("lon", "lat")}
    return {**row, **own, **found, **point, "level": level, "key": key}


def _history_row(row: Earlier) -> dict[str, Value]:
    """Return a row of the history."""
    return {
        "level": row.level,
        "code": row.code,
        "name": row.name,
        "key": row.key,
        "first": row.first,
        "last": row.last,
        "kind": row.kind,
        "successors": ";".join(row.successors),
        "since": row.since,
        "share": ";".join(f"{code}={count}" for code, count in row.share.items()),
    }


def _write_tsv(file: Path, columns: Sequence[str], rows: Iterable[Mapping[str, Value]]) -> None:
    """Write tab-separated rows, compressed without a date; empty is unknown."""
    lines = ["\t".join(columns)]
    lines += ["\t".join(_text(row.get(name)) for name in columns) for row in rows]
    content = "\n".join([*lines, ""]).encode()
    file.write_bytes(gzip.compress(content, compresslevel=9, mtime=0))


def _text(value: Value) -> str:
    """Write one value; what would break a row is refused."""
    text = "" if value is None else str(value)
    if "\t" in text or "\n" in text:
        msg = f"{text!r} cannot stand in a tab-separated row"
        raise ValueError(msg)
    return text
