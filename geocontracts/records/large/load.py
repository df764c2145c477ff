"""Read a long list once, into a table `grants`: a row each, only the columns that are used, all as text.

Codes stay text, and nothing is guessed of a value here: what an amount, a date or a place means is told of
its distinct spellings by the readers of short lists.
"""

from __future__ import annotations

import csv
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geocontracts.errors import RegisterError
from geocontracts.extras import need
from geocontracts.records.formats.stamp import unchanged
from geocontracts.records.large.own import read_rows
from geocontracts.records.large.store import quoted
from geocontracts.records.lists.roles import POSTCODE
from geocontracts.words import Message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from geocontracts.records.large.head import Head
    from geocontracts.records.large.store import Store

_SPARE = 8  # columns beside those of the header, so that a row with more cells is no error
_BLANKS = "' ' || " + " || ".join(
    f"chr({code})" for code in (9, 10, 11, 12, 13, 160, 8239, 8201, 8195, 12288)
)
_BETWEEN = "\x1f"  # between cells: a unit separator, which no cell holds
_PART = "chr(31)"
# What may begin a total (`lists/asides.py`), of a text without accents, in small letters.
_MAY_BE_TOTAL = (
    r"(^|\x1f)[\s\p{Z}]*(((sous|grand|s)[\s\p{Z}/-]*)*(tota|ensemble)"
    r"|(\d[\dab]|montant|cout|nombre)[\s\p{Z}]+total)"
)
_LOOKS_TOTAL = r"(?i)t\p{M}*[oóòôöõ]\p{M}*t\p{M}*[aàáâäãå]|[eéèêë]\p{M}*ns[eéèêë]\p{M}*mbl"
_BLANK_CELL = r"(^|\x1f)[\s\p{Z}]+(\x1f|$)"
_SHOWN = 5  # rows that are named


@dataclass(frozen=True)
class Loaded:
    """The table `grants` of a store.

    Its columns: `line`, `x<rank>` for what says where and for amounts, `programme`, `year` and `id` (empty
    where the list has none), `print` (a hash of the whole row) and `cells` (the row, where it may be a total
    or a note). `where` and `amounts` are the ranks of the former, `amounts` with the name of each.
    """

    head: Head
    where: tuple[int, ...]
    amounts: tuple[tuple[int, str], ...]
    notes: tuple[Message, ...]


def load(head: Head, store: Store) -> Loaded:
    """Read the list into the store.

    Raises:
        RegisterError: the file is broken, or changed while it was read.
        OutputError: there is no room for it.
    """
    path = head.sheet.origin.path
    where = tuple(column.rank for column in head.plan.columns if column.says_where or column.role == POSTCODE)
    amounts = tuple(
        (column.rank, column.role)
        for column in head.plan.columns
        if column.role and column.role.startswith("amount_") and column.role.endswith("_eur")
    )
    with unchanged(path, since=head.stamp) if path else nullcontext():
        notes = _fill(head, store, [*where, *(rank for rank, _ in amounts)])
    first = head.sheet.rows[0][0] if head.sheet.rows else head.sheet.header_line + 1
    store.run(f"DELETE FROM grants WHERE line < {first} OR NOT is_filled")  # noqa: S608 - a number
    return Loaded(head, where, amounts, (*notes, *_widths(head, store)))


def _fill(head: Head, store: Store, ranks: list[int]) -> tuple[Message, ...]:
    path, kind = head.sheet.origin.path, head.sheet.origin.kind
    if kind == "parquet" and path:
        _read_parquet(head, store, ranks, path)
        return ()
    if _read_regular(head, store, ranks):
        return ()
    stray = _Stray()
    written = store.folder / "rows.csv"
    with store.room():
        _write_rows(written, _rows(head, stray), len(head.sheet.header))
    store.run(_table(head, ranks, _of_written(written, len(head.sheet.header))))
    written.unlink()
    return stray.notes()


@dataclass
class _Stray:
    """The rows with a stray quote: how many, and the first of them."""

    count: int = 0
    first: list[int] = field(default_factory=list)

    def notes(self) -> tuple[Message, ...]:
        if not self.count:
            return ()
        named = ", ".join(map(str, self.first)) + ("…" if self.count > _SHOWN else "")
        return (Message("large-stray", {"count": self.count, "rows": named}),)


def _read_parquet(head: Head, store: Store, ranks: list[int], path: Path) -> None:
    duckdb = need("duckdb", "large")
    try:
        store.run(_table(head, ranks, _of_parquet(head, store, path)))
    except duckdb.Error as error:
        raise RegisterError("file-broken", file=str(path), said=str(error).splitlines()[0]) from error


def _read_regular(head: Head, store: Store, ranks: list[int]) -> bool:
    """Let DuckDB read a text, and say whether it read what we would."""
    path, survey = head.sheet.origin.path, head.survey
    width, delimiter = len(head.sheet.header), head.sheet.origin.delimiter
    if not path or not survey or not survey.is_regular or delimiter in survey.astray:
        return False
    duckdb = need("duckdb", "large")
    try:
        store.run(_table(head, ranks, _of_text(path, delimiter, width)))
    except duckdb.Error:
        return False
    rows, most = store.one("SELECT count(*), max(separators) FROM grants")
    return bool(rows == survey.rows and (most or 0) < max(width - 1, 1))


def _of_text(path: Path, delimiter: str, width: int) -> str:
    """Return the query of a regular text: in one thread, so that rows keep their numbers."""
    columns = ", ".join(f"'c{rank}': 'VARCHAR'" for rank in range(width + _SPARE))
    spare = ", ".join(f"NULLIF(trim(c{rank}, {_BLANKS}), '')" for rank in range(width, width + _SPARE))
    cells = ", ".join(f"coalesce(c{rank}, '') AS c{rank}" for rank in range(width))
    mark = quoted(delimiter)
    counts = {rank: f"length(c{rank}) - length(replace(c{rank}, {mark}, ''))" for rank in range(width)}
    tall = " ".join(f"WHEN contains(c{rank}, chr(10)) THEN {count}" for rank, count in counts.items())
    return f"""
        SELECT row_number() OVER () AS line, c{width - 1} IS NULL AS is_short,
            concat_ws({_PART}, {spare}) AS extra, CASE {tall} ELSE 0 END AS separators, {cells}
        FROM read_csv({quoted(str(path))}, auto_detect=false, header=false, delim={mark}, quote='"',
            escape='"', columns={{{columns}}}, null_padding=true, parallel=false, strict_mode=true,
            max_line_size=2097152, buffer_size=8388608, nullstr={quoted(chr(1) + "no cell" + chr(2))})
    """  # noqa: S608 - what is not ours is quoted


def _of_written(path: Path, width: int) -> str:
    names = ("line", "is_short", "extra", *(f"c{rank}" for rank in range(width)))
    columns = ", ".join(f"'{name}': '{'BIGINT' if name == 'line' else 'VARCHAR'}'" for name in names)
    cells = ", ".join(f"coalesce(c{rank}, '') AS c{rank}" for rank in range(width))
    return f"""
        SELECT line, is_short = '1' AS is_short, coalesce(extra, '') AS extra, 0 AS separators, {cells}
        FROM read_csv({quoted(str(path))}, auto_detect=false, header=false, delim=',', quote='"', escape='"',
            columns={{{columns}}}, parallel=false, max_line_size=16777216, buffer_size=33554432)
    """  # noqa: S608


def _of_parquet(head: Head, store: Store, path: Path) -> str:
    """Return the query of a Parquet file; a value of a type is written as text, to be told by `plain`."""
    source = f"read_parquet({quoted(str(path))})"
    kinds = {
        str(name): str(kind)
        for name, kind, *_ in store.rows(f"DESCRIBE SELECT * FROM {source}")  # noqa: S608 - quoted
    }
    cells = ", ".join(
        f"coalesce({_text(name, kinds[name])}, '') AS c{rank}" for rank, name in enumerate(head.sheet.header)
    )
    flags = "false AS is_short, '' AS extra, 0 AS separators"
    return f"SELECT row_number() OVER () + 1 AS line, {flags}, {cells} FROM {source}"  # noqa: S608


def _text(name: str, kind: str) -> str:
    """Write a value as `formats/cells.py` does, or so that it can be: a float without a doubt."""
    column = '"' + name.replace('"', '""') + '"'
    if kind == "FLOAT":
        column = f"{column}::DOUBLE"
    if kind.endswith("[]"):
        return f"array_to_string({column}, ';')"
    if kind in ("FLOAT", "DOUBLE"):
        plain = _decimal(rf"regexp_replace({column}::VARCHAR, '[.]0$', '')")
        return f"CASE WHEN isnan({column}) THEN '' ELSE {plain} END"
    if kind.startswith("DECIMAL") and not kind.endswith(",0)"):
        return _decimal(rf"regexp_replace({column}::VARCHAR, '[.]?0+$', '')")
    if kind.startswith("TIMESTAMP"):
        return f"regexp_replace({column}::VARCHAR, ' 00:00:00([+]00)?$', '')"
    return f"{column}::VARCHAR"


def _decimal(text: str) -> str:
    """Write a fourth decimal after three, which may be thousands in a text."""
    return rf"regexp_replace({text}, '^([+-]?[1-9][0-9]{{0,2}}[.][0-9]{{3}})$', '\1' || '0')"


def _rows(head: Head, stray: _Stray) -> Iterator[tuple[int, list[str]]]:
    path = head.sheet.origin.path
    if head.survey is None or path is None:
        yield from head.sheet.rows
        return
    for line, cells, is_stray in read_rows(path, head.survey, head.sheet.origin.delimiter):
        if is_stray:
            stray.count += 1
            stray.first = [*stray.first, line][:_SHOWN]
        yield line, cells


def _write_rows(path: Path, rows: Iterator[tuple[int, list[str]]], width: int) -> None:
    """Write rows so that any reader reads them alike: as many cells in each, and all in quotes."""
    with path.open("w", encoding="utf-8", errors="replace", newline="") as out:
        writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
        for line, cells in rows:
            extra = _BETWEEN.join(cell.strip() for cell in cells[width:] if cell.strip())
            padded = [*cells[:width], *[""] * (width - len(cells))]
            writer.writerow([line, int(len(cells) < width), extra, *padded])


def _table(head: Head, ranks: list[int], source: str) -> str:
    """Return the statement that keeps the columns that are used of a source.

    A total or a note may stand in a cell beyond the header, as it may in a short list.
    """
    width = len(head.sheet.header)
    identifier = next((column.rank for column in head.plan.identifiers), None)
    named = {"programme": head.plan.rank("programme"), "year": head.year, "id": identifier}
    kept = [f"c{rank} AS x{rank}" for rank in dict.fromkeys(ranks)]
    kept += [f"{f'c{rank}' if rank is not None else quoted('')} AS {name}" for name, rank in named.items()]
    every = ", ".join(f"c{rank}" for rank in range(width))
    filled = ", ".join(f"NULLIF(trim(c{rank}, {_BLANKS}), '')" for rank in range(width))
    beyond = "NULLIF(extra, '')"
    used = ", ".join(kept)
    raw = ", ".join(f"NULLIF(c{rank}, '')" for rank in range(width))
    beyond = "NULLIF(extra, '')"
    may_be_total = f"""
        regexp_matches(said, {quoted(_LOOKS_TOTAL)})
            AND regexp_matches(strip_accents(lower(said)), {quoted(_MAY_BE_TOTAL)})
    """  # the first is quick, and spares nearly every row the second
    return f"""
        CREATE OR REPLACE TABLE grants AS
        SELECT line, is_short, extra, separators, {used}, hash({every}) AS print, said <> '' AS is_filled,
            CASE WHEN (said <> '' AND NOT contains(said, {_PART})) OR ({may_be_total})
                THEN [{every}] || string_split(extra, {_PART}) END AS cells
        FROM (SELECT *, CASE WHEN regexp_matches(raw, {quoted(_BLANK_CELL)})
                THEN concat_ws({_PART}, {filled}, {beyond}) ELSE raw END AS said
            FROM (SELECT *, concat_ws({_PART}, {raw}, {beyond}) AS raw FROM ({source})))
    """  # noqa: S608


def _widths(head: Head, store: Store) -> Iterator[Message]:
    """Say how many rows have fewer cells than there are columns, or more."""
    width = len(head.sheet.header)
    for key, condition in (("large-short", "is_short"), ("large-long", "extra <> ''")):
        query = f"SELECT count(*), min(line) FROM grants WHERE {condition}"  # noqa: S608
        count, first = store.one(query)
        if count:
            yield Message(key, {"count": count, "row": first, "expected": width})
