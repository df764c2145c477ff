"""Add up a long list of grants by place, programme and year; every row that was read is in one line.

DuckDB reads, joins and adds up on the disk; what a place, an amount or a date means is told by the code that
reads short lists, once for each spelling. A row is a grant, as with `--shape contracts`.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, get_args

from geocontracts.errors import UnknownOptionError
from geocontracts.memory import collector_paused
from geocontracts.outputs.grants.placing import Unit, place_writings
from geocontracts.records.amounts import TOTALS
from geocontracts.records.given import Giver
from geocontracts.records.large.head import read_head
from geocontracts.records.large.load import load
from geocontracts.records.large.store import open_store, quoted
from geocontracts.records.large.values import (
    PLAIN_AMOUNT,
    check_identifiers,
    programme_of_file,
    read_values,
    set_aside,
)
from geocontracts.records.lists.mapping import ListMapping
from geocontracts.records.lists.notes import gone_notes, plan_notes
from geocontracts.records.lists.programmes import tells_programmes, untold_programme
from geocontracts.records.read import programme_names
from geocontracts.words import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from geocontracts.places.area import Area
    from geocontracts.places.gazetteer import Place
    from geocontracts.records.large.load import Loaded
    from geocontracts.records.large.store import Store
    from geocontracts.records.register import Source
    from geocontracts.words import Lang

_LOST = "('unplaced', 'partly', 'undrawn')"
_ODD = "'1', '3', '5', '7', '9'"


@dataclass(frozen=True)
class GrantOptions:
    """How a list of grants is added up.

    `by` is the level of the places {"commune", "epci", "departement", "region"}; `year` the heading of the
    column of years or dates, looked for where it is None. Names are looked for first in `within`, nowhere in
    particular when it is None. `giver` is who gives the list. `memory_mb` bounds DuckDB; `scratch` is the
    folder in which it puts what does not fit (the system's unless told), about as large as the list.
    """

    by: Unit = "epci"
    mapping: ListMapping = field(default_factory=ListMapping)
    year: str | None = None
    within: Area | Place | str | None = None
    giver: Giver = field(default_factory=Giver)
    memory_mb: int = 1000
    scratch: Path | None = None
    lang: Lang = "fr"


@dataclass(frozen=True)
class Counts:
    """What became of the rows of the list: `placed`, `partly` and `unplaced` add up to `grants`.

    `remark` are among `placed`, `idle` are totals and notes, which are no grants.
    """

    grants: int
    placed: int
    remark: int
    partly: int
    unplaced: int
    idle: int


@dataclass(frozen=True)
class GrantTotals:
    """The totals of a list, while its store is open; `notes` are how it was read, `source` who gives it."""

    store: Store
    loaded: Loaded
    notes: tuple[Message, ...]
    counts: Counts
    source: Source

    @property
    def amounts(self) -> tuple[str, ...]:
        """Return the columns of amounts that the list has, by their name in the table of contracts."""
        return tuple(role for _, role in self.loaded.amounts)

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns of `rows`."""
        pairs = (name for role in self.amounts for name in (role, role.replace("_eur", "_unknown")))
        return ("level", "code", "name", "programme", "year", "grants", "without_amount", *pairs)

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """Yield the totals, in the order of level, code, programme and year.

        An amount is a Decimal of euros, or None where all are unknown; how many are unknown stands beside.
        Rows without a place are counted in a line whose level is None; a year that is not told is None.
        """
        order = "level NULLS LAST, code, programme, year NULLS LAST"
        return self.store.rows(f"SELECT {', '.join(self.columns)} FROM totals ORDER BY {order}")  # noqa: S608

    def places(self) -> Iterator[tuple[Any, ...]]:
        """Yield what is placed, all years together.

        That is level, code, name, programme, grants, without_amount, then each amount and how many of it are
        unknown. In the total of costs, a row without one counts with what its payers give, as
        `records.amounts.add_up` does.
        """
        sums = "".join(
            f", sum({'least_total' if role == TOTALS['contract'] else role})::DECIMAL(38, 2)"
            f", sum({role.replace('_eur', '_unknown')})::BIGINT"
            for role in self.amounts
        )
        return self.store.rows(f"""
            SELECT level, code, min(name), programme, sum(grants), sum(without_amount){sums}
            FROM totals WHERE level IS NOT NULL
            GROUP BY level, code, programme ORDER BY level, code, programme
        """)  # noqa: S608

    def unplaced(self) -> Iterator[tuple[Any, ...]]:
        """Yield every row of the list that lacks a place, in the order of the file.

        Its line, state, place as written, reason and candidates, programme, and year and amounts as written.
        """
        return self.store.rows("SELECT * FROM lost ORDER BY line")

    def problems(self) -> Iterator[tuple[str, str, str, str, int, int]]:
        """Yield what is to be mended or known, a spelling each.

        Its severity, column, what is written, what is told of it, how many rows, the first of them.
        """
        kept = "severity, heading, written, told, rows, first"
        return self.store.rows(f"SELECT {kept} FROM problems ORDER BY first, heading, told")  # noqa: S608

    def idle(self) -> Iterator[tuple[int, str, str]]:
        """Yield the rows that are no grants, as totals are: line, what stands there, why."""
        return self.store.rows("SELECT line, said, why FROM idle ORDER BY line")


@contextmanager
def grant_totals(
    source: Path | str,
    options: GrantOptions | None = None,
    *,
    progress: Callable[[Message], None] = lambda _: None,
) -> Iterator[GrantTotals]:
    """Read a list of grants of any length in bounded memory, and add it up.

    The list is read once. Any kind of file is read; a CSV or a Parquet may be larger than the memory.
    `progress` is told each step as it begins.

    Raises:
        MissingExtraError: DuckDB is not installed (extra `large`).
        RegisterError: the file is no table, no column says where the rows are, it changed while it was read,
            or identifiers come back and the mapping does not say that a row is a grant (`shape="contracts"`).
        UnknownOptionError: `by` is no level.
        OutputError: the scratch folder is full, or the memory too small.
    """
    chosen = options or GrantOptions()
    if chosen.by not in get_args(Unit):
        raise UnknownOptionError("large-level", value=chosen.by, known=", ".join(get_args(Unit)))
    chosen.giver.source("")  # a date that is none is told before a long list is read
    programmes = programme_names()
    with open_store(memory_mb=chosen.memory_mb, scratch=chosen.scratch) as store, collector_paused():
        progress(Message("large-step-read"))
        head = read_head(source, chosen.mapping, programmes, chosen.year)
        loaded = load(head, store)
        set_aside(loaded, store, chosen.lang)
        is_told = chosen.mapping.shape == "contracts"
        twice = check_identifiers(loaded, store, is_told=is_told)
        read_values(loaded, store, programmes, chosen.lang)
        (grants,) = store.one("SELECT count(*) FROM grants")
        progress(Message("large-step-places", {"count": grants}))
        place_writings(loaded, store, by=chosen.by, within=chosen.within, lang=chosen.lang)
        progress(Message("large-step-sums"))
        _add_up(loaded, store)
        notes = (
            *head.sheet.notes,
            *gone_notes(head.sheet, chosen.mapping),
            *plan_notes(head.plan, chosen.mapping, programmes),
            *_lacking(loaded),
            *_untold(loaded, store),
            *loaded.notes,
            *twice,
        )
        yield GrantTotals(store, loaded, notes, _counts(store), chosen.giver.source(head.sheet.origin.name))


def _lacking(loaded: Loaded) -> Iterator[Message]:
    """Say which column tells the year, and what no column tells."""
    head = loaded.head
    if head.year is None:
        yield Message("large-no-year")
    else:
        yield Message("large-year", {"column": head.sheet.header[head.year]})
    if not loaded.amounts:
        yield Message("large-no-amount")
    if head.plan.programme is None and head.plan.rank("programme") is None:
        yield Message("list-programme-file", {"value": programme_of_file(loaded)})


def _untold(loaded: Loaded, store: Store) -> Iterator[Message]:
    """Say how many rows leave the programme empty that a column tells."""
    if loaded.head.plan.programme is None and tells_programmes(loaded.head.plan):
        told = untold_programme()
        rows, first = store.one(f"""
            SELECT count(*), min(line) FROM grants g JOIN names n ON n.text = g.programme
            WHERE n.name = {quoted(told)}
        """)  # noqa: S608 - what is not ours is quoted
        if rows:
            facts = {"count": rows, "row": first, "programme": told}
            yield Message("list-programme-untold-grants", facts)


def _add_up(loaded: Loaded, store: Store) -> None:
    """Make the tables `totals` and `lost` of a store."""
    joins = [f"LEFT JOIN amounts{rank} m{rank} ON m{rank}.text = g.x{rank}" for rank, _ in loaded.amounts]
    same = " AND ".join(f"w.x{rank} = g.x{rank}" for rank in loaded.where)
    source = f"""
        FROM grants g JOIN writings w ON {same} JOIN answers a ON a.id = w.id
        LEFT JOIN names n ON n.text = g.programme LEFT JOIN years y ON y.text = g.year
    """
    euros = {role: _euros(rank) for rank, role in loaded.amounts}
    known = " OR ".join(f"{each} IS NOT NULL" for each in euros.values()) or "false"
    payers = [f"coalesce({each}, 0)" for role, each in euros.items() if role != TOTALS["contract"]]
    least = f"coalesce({euros.get(TOTALS['contract'], 'NULL')}, {' + '.join(payers) or 'NULL'})"
    sums = [
        f"count(*) FILTER (NOT ({known})) AS without_amount",
        f"{_sum(f'CASE WHEN {known} THEN {least} END')} AS least_total",
    ]
    for rank, role in loaded.amounts:
        sums.append(f"{_sum(_euros(rank))} AS {role}")
        sums.append(f"count(*) - count({_euros(rank)}) AS {role.replace('_eur', '_unknown')}")
    store.run(f"""
        CREATE OR REPLACE TABLE totals AS
        SELECT a.level AS level, a.code AS code, a.name AS name, n.name AS programme, y.year AS year,
            count(*) AS grants, {", ".join(sums)}
        {source} {" ".join(joins)} GROUP BY a.level, a.code, a.name, n.name, y.year
    """)
    written = "".join(f", g.x{rank} AS {role}" for rank, role in loaded.amounts)
    store.run(f"""
        CREATE OR REPLACE TABLE lost AS
        SELECT g.line AS line, a.state AS state, a.written AS written, a.reason AS reason,
            a.candidates AS candidates, n.name AS programme, g.year AS year{written}
        {source} WHERE a.state IN {_LOST}
    """)


def _sum(euros: str) -> str:
    """Add up euros to the cent, a half cent to the even one, as Decimal does.

    DuckDB's own `round_even` went through a DOUBLE in 1.4, which loses cents of large sums.
    """
    exact, near = f"sum({euros})", f"round(sum({euros}), 2)::DECIMAL(38, 2)"
    is_odd_half = f"abs({near}::DECIMAL(38, 6) - {exact}) = 0.005 AND right({near}::VARCHAR, 1) IN ({_ODD})"
    return f"(CASE WHEN {is_odd_half} THEN {near} - sign({exact}) * 0.01 ELSE {near} END)::DECIMAL(38, 2)"


def _euros(rank: int) -> str:
    """Return the euros of a cell: cast where its spelling is plain, as our parser read it otherwise."""
    plain = f"replace(g.x{rank}, ',', '.')::DECIMAL(18, 2)::DECIMAL(38, 6)"
    return f"(CASE WHEN regexp_full_match(g.x{rank}, '{PLAIN_AMOUNT}') THEN {plain} ELSE m{rank}.euros END)"


def _counts(store: Store) -> Counts:
    states = {
        state: int(rows)
        for state, rows in store.rows(
            "SELECT state, sum(rows) FROM answers JOIN writings USING (id) GROUP BY ALL"
        )
    }
    (idle,) = store.one("SELECT count(*) FROM idle")
    (grants,) = store.one("SELECT count(*) FROM grants")
    partly, remark = states.get("partly", 0), states.get("remark", 0)
    unplaced = states.get("unplaced", 0) + states.get("undrawn", 0)
    placed = states.get("placed", 0) + remark
    if placed + partly + unplaced != grants:  # a row that is in none of these would be lost
        msg = f"{grants} rows were read, {placed + partly + unplaced} are accounted for"
        raise AssertionError(msg)
    return Counts(grants, placed, remark, partly, unplaced, idle)
