"""Say where a file holds text that is not in the encoding that it tells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geocontracts.errors import RegisterError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_SHOWN = 40  # bytes


def undecoded(
    path: Path, error: UnicodeDecodeError, row: int | None = None, column: str | None = None
) -> RegisterError:
    """Return the error of a text of `path` that cannot be read; without `row` it is a name of the table."""
    near = error.object[:_SHOWN].decode("cp1252", "replace")  # what it most often is
    if row is None:
        return RegisterError("text-undecoded-name", file=str(path), near=near)
    key = "text-undecoded-shp" if path.suffix.lower() == ".shp" else "text-undecoded"
    return RegisterError(key, file=str(path), row=row, column=column, near=near)


def of_layer(
    path: Path, layer: str | None, error: UnicodeDecodeError, *, count: int, where: str | None
) -> RegisterError:
    """Return the error of a layer, whose column and row are looked for by reading parts of it.

    `count` is the number of its rows, `where` the condition with which they are read.
    """
    import pyogrio

    def read(column: str, first: int, most: int) -> Any:
        options = {"columns": [column], "skip_features": first, "max_features": most, "where": where}
        return pyogrio.raw.read(path, layer=layer, read_geometry=False, return_fids=True, **options)

    try:
        facts = pyogrio.read_info(path, layer=layer)
    except UnicodeDecodeError as named:
        return undecoded(path, named)
    for column in map(str, facts["fields"]):
        rank, told = _first(lambda *part, name=column: read(name, *part), count)
        if told:
            is_numbered = facts["driver"] == "GPKG"
            # A column that is not there leaves the identifiers alone.
            row = int(read("", rank, 1)[1][0]) if is_numbered else rank + 2
            return undecoded(path, told, row, column)
    return undecoded(path, error)


def _first(read: Callable[[int, int], Any], count: int) -> tuple[int, UnicodeDecodeError | None]:
    """Return the rank of the first row that cannot be read, and why; None where all can."""
    first, told = 0, _failure(read, 0, count)
    while told and count > 1:
        half = count // 2
        earlier = _failure(read, first, half)
        first, count, told = (first, half, earlier) if earlier else (first + half, count - half, told)
    return first, told and _failure(read, first, 1)


def _failure(read: Callable[[int, int], Any], first: int, count: int) -> UnicodeDecodeError | None:
    try:
        read(first, count)
    except UnicodeDecodeError as error:
        return error
    return None
