"""DuckDB in bounded memory: what does not fit goes to a scratch folder on the disk."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geocontracts.errors import GeocontractsError, OutputError, RegisterError, why
from geocontracts.extras import need
from geocontracts.scratch import scratch_folder
from geocontracts.words import Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

_AT_A_TIME = 10_000  # rows that Python holds
LEAST_MEMORY = 100  # MB; with less, DuckDB refuses to sort and group what it could spill


@dataclass(frozen=True)
class Store:
    """A database that lives as long as one run; `folder` is for whatever else is too long for memory."""

    connection: Any
    folder: Path
    memory_mb: int

    def run(self, query: str) -> None:
        """Run a statement.

        Raises:
            OutputError: the scratch folder is full, or the memory is too small for this list.
        """
        with self.room():
            self.connection.execute(query)

    def rows(self, query: str) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a query, a few at a time; other statements may be run meanwhile.

        Raises:
            OutputError: as for `run`.
        """
        with self.room():
            cursor = self.connection.cursor()
            cursor.execute(query)
        while True:
            with self.room():
                found = cursor.fetchmany(_AT_A_TIME)
            if not found:
                return
            yield from found

    @contextmanager
    def room(self) -> Iterator[None]:
        """Say what to do where there is no room, be it for DuckDB or for a file in `folder`.

        Raises:
            OutputError: the scratch folder is full, or the memory is too small for this list.
        """
        with _room(self.folder.parent, self.memory_mb):
            yield

    def one(self, query: str) -> tuple[Any, ...]:
        """Return the only row of a query."""
        (row,) = self.rows(query)
        return row

    def create(self, name: str, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> None:
        """Make a table of rows; `columns` are its names and types."""
        declared = ", ".join(f"{column} {kind}" for column, kind in columns.items())
        self.run(f"CREATE OR REPLACE TABLE {name} ({declared})")
        batch: list[Sequence[Any]] = []
        for row in rows:
            batch.append(row)
            if len(batch) == _AT_A_TIME:
                self._append(name, columns, batch)
                batch = []
        if batch:
            self._append(name, columns, batch)

    def _append(self, name: str, columns: Mapping[str, str], batch: list[Sequence[Any]]) -> None:
        import pyarrow as pa

        cells = dict(zip(columns, map(list, zip(*batch, strict=True)), strict=True))
        self.connection.register("batch", pa.table(cells))
        casts = ", ".join(f"{column}::{kind}" for column, kind in columns.items())
        self.run(f"INSERT INTO {name} SELECT {casts} FROM batch")  # noqa: S608 - names are ours
        self.connection.unregister("batch")


@contextmanager
def open_store(*, memory_mb: int, scratch: Path | None = None) -> Iterator[Store]:
    """Open a database in a folder of its own, which is removed at the end.

    `memory_mb` bounds what DuckDB holds; Python and the places take some 200 MB beside it.

    Raises:
        MissingExtraError: DuckDB is not installed.
        RegisterError: the memory is too small, or there is no such scratch folder.
        OutputError: the scratch folder is full, or cannot be written to.
    """
    duckdb = need("duckdb", "large")
    if memory_mb < LEAST_MEMORY:
        raise RegisterError("large-memory", value=memory_mb, least=LEAST_MEMORY)
    if scratch is not None and not scratch.exists():
        raise RegisterError("file-missing", file=str(scratch))
    with scratch_folder(scratch) as folder:
        settings = {
            "memory_limit": f"{memory_mb}MB",
            "threads": str(min(os.cpu_count() or 1, 4)),
            "temp_directory": str(folder / "spilled"),
            "preserve_insertion_order": "true",
            "autoinstall_known_extensions": "false",  # nothing is fetched
            "autoload_known_extensions": "false",
        }
        with _room(folder.parent, memory_mb):
            connection = duckdb.connect(str(folder / "list.duckdb"), config=settings)
        try:
            connection.execute("SET enable_progress_bar = false")  # it would go to stdout, in English
            yield Store(connection, folder, memory_mb)
        finally:
            with suppress(duckdb.Error):  # a full disk, of which more was told before
                connection.close()


@contextmanager
def _room(folder: Path, memory_mb: int) -> Iterator[None]:
    duckdb = need("duckdb", "large")
    try:
        yield
    except GeocontractsError:
        raise
    except (duckdb.OutOfMemoryException, duckdb.IOException, OSError) as error:
        facts = {"folder": str(folder), "memory": memory_mb, "said": _first(error)}
        raise OutputError("large-no-room", **facts) from error


def quoted(text: str) -> str:
    """Return a text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def _first(error: Exception) -> Message:
    if isinstance(error, OSError) and error.errno:
        return why(error)
    lines = str(error).strip().splitlines()
    return Message("large-said", {"said": lines[0] if lines else type(error).__name__})
