"""Compare the content of two folders of boundaries, whatever packs it."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq


def differences(expected: Path, found: Path) -> Iterator[str]:
    """Yield one line per difference between two folders.

    Tables are compared column by column (polygons as their WKB bytes), arrays
    value by value and type by type, text line by line. `SOURCE.md` is written
    by hand and left out.
    """
    names = {folder: {f.name for f in folder.iterdir() if f.suffix != ".md"} for folder in (expected, found)}
    for name in sorted(names[expected] ^ names[found]):
        where = "in the new build only" if name in names[expected] else "too many"
        yield f"{name}: {where}"
    for name in sorted(names[expected] & names[found]):
        compare = {".parquet": _tables, ".npz": _arrays, ".gz": _lines, ".json": _lines}[Path(name).suffix]
        for line in compare(expected / name, found / name):
            yield f"{name}: {line}"


def _tables(expected: Path, found: Path) -> Iterator[str]:
    """Compare two Parquet files."""
    one, other = pq.read_table(expected), pq.read_table(found)
    if not one.schema.equals(other.schema):
        yield f"columns are {other.schema.names}, expected {one.schema.names}, or types"
        return
    if one.num_rows != other.num_rows:
        yield f"{other.num_rows} rows, expected {one.num_rows}"
        return
    for name in one.column_names:
        if not one[name].equals(other[name]):
            pairs = zip(one[name].to_pylist(), other[name].to_pylist(), strict=True)
            count = sum(a != b for a, b in pairs)
            yield f"column {name}: {count} values differ"


def _arrays(expected: Path, found: Path) -> Iterator[str]:
    """Compare two numpy archives."""
    with np.load(expected) as one, np.load(found) as other:
        for name in sorted(set(one.files) ^ set(other.files)):
            yield f"array {name} is in one file only"
        for name in sorted(set(one.files) & set(other.files)):
            same = one[name].dtype == other[name].dtype
            if not (same and np.array_equal(one[name], other[name])):
                yield f"array {name} differs"


def _lines(expected: Path, found: Path) -> Iterator[str]:
    """Compare two texts, compressed or not; the first lines that differ stand for all."""
    one, other = (_text(path).splitlines() for path in (expected, found))
    if len(one) != len(other):
        yield f"{len(other)} lines, expected {len(one)}"
    pairs = enumerate(zip(one, other, strict=False), start=1)
    wrong = [(number, a, b) for number, (a, b) in pairs if a != b]
    for number, a, b in wrong[:5]:
        yield f"line {number}: {b!r}, expected {a!r}"
    if len(wrong) > len(wrong[:5]):
        yield f"{len(wrong)} lines differ"


def _text(path: Path) -> str:
    content = path.read_bytes()
    return (gzip.decompress(content) if path.suffix == ".gz" else content).decode()
