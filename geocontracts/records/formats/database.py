"""Read a table or a query of PostgreSQL as text cells; PostGIS's geometry is left aside."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

from geocontracts.errors import RegisterError
from geocontracts.records.formats.address import parse_address
from geocontracts.records.formats.cells import written
from geocontracts.records.formats.columns import geometry_notes
from geocontracts.records.formats.limits import (
    LARGEST_TEXT,
    refuse_cells,
    refuse_long_cells,
    refuse_rows,
)
from geocontracts.records.formats.sheet import Origin, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import psycopg
    from psycopg.sql import Composed

    from geocontracts.records.formats.address import Address

_PATIENCE_S = 10
_BATCH_ROWS = 5000
_GEOMETRY_TYPES = ["geometry", "geography", "raster", "topogeometry"]

_TABLES = """
SELECT c.oid, n.nspname, c.relname, pg_table_is_visible(c.oid)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'v', 'm', 'f', 'p') AND n.nspname !~ '^(pg_|information_schema$)'
  AND has_schema_privilege(n.oid, 'USAGE') AND has_any_column_privilege(c.oid, 'SELECT')
ORDER BY 2, 3
"""
_COLUMNS = """
SELECT a.attname, t.typname = ANY(%s)
FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
WHERE a.attrelid = %s AND a.attnum > 0 AND NOT a.attisdropped
  AND has_column_privilege(a.attrelid, a.attnum, 'SELECT')
ORDER BY a.attnum
"""
_KEY = """
SELECT a.attname
FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey)
WHERE i.indrelid = %s AND i.indisprimary
ORDER BY array_position(i.indkey::int2[], a.attnum)
"""


def read_database(url: str) -> Sheet:
    """Read a table, or the answer to a query, in a transaction that can only read.

    The password comes from `PGPASSWORD`, `.pgpass` or the address, and is never shown.
    A line is the rank of the row plus one, as in a CSV with its header on line 1; the
    rows of a table come in the order of its primary key.

    Raises:
        RegisterError: psycopg is not installed, the database cannot be reached, it has
            no such table, or it refuses the query.
    """
    address = parse_address(url)
    try:
        import psycopg
    except ImportError as error:
        raise RegisterError("database-no-driver", file=address.shown) from error
    try:
        with _connected(address) as connection:
            return _sheet(connection, address)
    except psycopg.Error as error:
        said = address.discreet(error.diag.message_primary or error)
        # Without its cause: what the driver says of an address may hold the password.
        raise RegisterError("database-refused", file=address.shown, said=said) from None


def _connected(address: Address) -> psycopg.Connection[tuple[Any, ...]]:
    import psycopg
    from psycopg.conninfo import make_conninfo

    patience = None if "connect_timeout" in address.link else _PATIENCE_S
    try:
        link = make_conninfo(
            address.link, application_name="geocontracts", client_encoding="utf8", connect_timeout=patience
        )
        connection = psycopg.connect(link)
    except psycopg.Error as error:
        said = address.discreet(error)
        raise RegisterError("database-unreachable", file=address.shown, said=said) from None
    connection.read_only = True
    return connection


def _sheet(connection: psycopg.Connection[tuple[Any, ...]], address: Address) -> Sheet:
    query: Composed | bytes = _plain(address.query)
    left_out: list[str] = []
    if address.table:
        query, left_out = _table_query(connection, address)
    with connection.cursor(name="geocontracts") as cursor:
        cursor.itersize = _BATCH_ROWS
        # With parameters, be there none, the server takes one statement only.
        cursor.execute(query, ())
        columns = cursor.description or []
        oids = _geometry_oids(connection)
        kept = [rank for rank, column in enumerate(columns) if column.type_code not in oids]
        left_out += [column.name for column in columns if column.type_code in oids]
        rows = list(_bounded(cursor, kept, address.shown))
    header = tuple(columns[rank].name for rank in kept)
    origin = Origin("postgresql", address.shown, sheet=address.table)
    return Sheet(origin, header, 1, rows, geometry_notes(left_out))


def _bounded(
    found: Iterable[tuple[Any, ...]], kept: list[int], shown: str
) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows with their lines, no more than a table may hold.

    Raises:
        RegisterError: there are more, or they are too large.
    """
    cells = size = 0
    for line, row in enumerate(found, 2):
        texts = _cells(row, kept)
        cells, size = cells + len(texts), size + sum(map(len, texts))
        refuse_rows(line - 1, shown)
        refuse_cells(cells, shown)
        refuse_long_cells(line, texts, shown)
        if size > LARGEST_TEXT:
            raise RegisterError("file-huge", file=shown, size=size / 1e6, limit=LARGEST_TEXT // 1_000_000)
        yield line, texts


def _plain(query: str) -> bytes:
    """Return a query in which `%` has no meaning to the driver."""
    return query.replace("%", "%%").encode()


def _cells(row: tuple[Any, ...], kept: Iterable[int]) -> list[str]:
    return written(row[rank] for rank in kept)


def _geometry_oids(connection: psycopg.Connection[tuple[Any, ...]]) -> set[int]:
    found = connection.execute("SELECT oid FROM pg_type WHERE typname = ANY(%s)", (_GEOMETRY_TYPES,))
    return {oid for (oid,) in found}


def _table_query(
    connection: psycopg.Connection[tuple[Any, ...]], address: Address
) -> tuple[Composed, list[str]]:
    """Return the query of a whole table but its geometry, and the columns left out."""
    from psycopg import sql

    oid, schema, name = _find_table(connection, address)
    columns = connection.execute(_COLUMNS, (_GEOMETRY_TYPES, oid)).fetchall()
    kept = [sql.Identifier(column) for column, drawn in columns if not drawn]
    key = [sql.Identifier(column) for (column,) in connection.execute(_KEY, (oid,))]
    order = sql.SQL(" ORDER BY {}").format(sql.SQL(", ").join(key)) if key else sql.SQL("")
    query = sql.SQL("SELECT {} FROM {}{}").format(
        sql.SQL(", ").join(kept), sql.Identifier(schema, name), order
    )
    return query, [column for column, drawn in columns if drawn]


def _find_table(connection: psycopg.Connection[tuple[Any, ...]], address: Address) -> tuple[int, str, str]:
    """Return the identifier, schema and name of the table that is asked for."""
    tables = {}
    for oid, schema, name, visible in connection.execute(_TABLES):
        tables[f"{schema}.{name}"] = (oid, schema, name)
        if visible:
            tables[name] = (oid, schema, name)
    found = tables.get(address.table)
    if found is None:
        full = [name for name in tables if "." in name]
        near = difflib.get_close_matches(address.table, tables, n=3, cutoff=0.5) or full[:5]
        facts = {"table": address.table, "near": ", ".join(near) or "—"}
        raise RegisterError("database-no-table", file=address.shown, **facts)
    return found
