"""What the cells of a long list mean: each spelling is read once, by the readers of short lists.

An amount of digits with at most two decimals has one meaning, and is cast where it stands; every other
spelling goes through `parse_cell`. Sums are of decimals, so that ten million cents are ten million cents.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import PurePath
from typing import TYPE_CHECKING

from geocontracts.errors import RegisterError
from geocontracts.records.dates import PartialDate
from geocontracts.records.formats.signs import fit
from geocontracts.records.lists.asides import Asides
from geocontracts.records.lists.programmes import spellings_of, tells_programmes, untold_programme
from geocontracts.records.schema import load_schema
from geocontracts.records.values import CellError, parse_cell, says_nothing
from geocontracts.words import Message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from geocontracts.records.large.load import Loaded
    from geocontracts.records.large.store import Store
    from geocontracts.records.schema import Field
    from geocontracts.words import Lang

PLAIN_AMOUNT = r"[0-9]{1,13}([.,][0-9]{1,2})?"
NEGATIVE = "value-negative"  # the kind of the problem of an amount below 0
_MICRO = Decimal("0.000001")
_AMOUNT_COLUMNS = {
    "text": "VARCHAR",
    "euros": "DECIMAL(38, 6)",
    "negative": "DECIMAL(38, 6)",
    "is_unread": "BOOLEAN",
}
_PROBLEM_COLUMNS = {
    "severity": "VARCHAR",
    "heading": "VARCHAR",
    "kind": "VARCHAR",
    "written": "VARCHAR",
    "told": "VARCHAR",
    "rows": "BIGINT",
    "first": "BIGINT",
}
_SEARCHED = 100_000  # rows from the end among which the last that names a place is looked for
_AT_A_TIME = 2_000


def set_aside(loaded: Loaded, store: Store, lang: Lang) -> None:
    """Take totals and notes out of `grants` into a table `idle`.

    Its columns: line, what is said there, why it is none, the key of that, and `x<rank>` for each amount.
    """
    asked = "SELECT line, cells FROM grants WHERE cells IS NOT NULL ORDER BY line"
    last = _last_place(loaded, store)
    columns = {"line": "BIGINT", "said": "VARCHAR", "why": "VARCHAR", "kind": "VARCHAR"}
    columns |= {f"x{rank}": "VARCHAR" for rank, _ in loaded.amounts}
    store.create("idle", columns, _idle(loaded, store.rows(asked), last, lang))
    store.run("DELETE FROM grants WHERE line IN (SELECT line FROM idle)")


def _idle(
    loaded: Loaded, rows: Iterator[tuple[int, list[str]]], last: list[tuple[int, list[str]]], lang: Lang
) -> Iterator[tuple[int | str, ...]]:
    batch: list[tuple[int, list[str]]] = []
    for line, cells in rows:
        batch.append((line, [fit(cell) for cell in cells]))
        if len(batch) == _AT_A_TIME:
            yield from _asides(loaded, batch, last, lang)
            batch = []
    yield from _asides(loaded, batch, last, lang)


def _asides(
    loaded: Loaded, batch: list[tuple[int, list[str]]], last: list[tuple[int, list[str]]], lang: Lang
) -> Iterator[tuple[int | str, ...]]:
    asides = Asides(replace(loaded.head.sheet, rows=[*batch, *last]), loaded.head.plan)
    for line, cells in batch:
        why = asides.why(line, cells)
        if why:
            said = "; ".join(text for cell in cells if (text := cell.strip()))
            yield line, said, why.text(lang), why.key, *(cells[rank] for rank, _ in loaded.amounts)


def _last_place(loaded: Loaded, store: Store) -> list[tuple[int, list[str]]]:
    """Return the last row that names a place: a note stands below it."""
    names = ", ".join(f"x{rank}" for rank in loaded.where)
    query = f"SELECT line, {names} FROM grants ORDER BY line DESC LIMIT {_SEARCHED}"  # noqa: S608 - ours
    asides = Asides(replace(loaded.head.sheet, rows=[]), loaded.head.plan)
    for line, *found in store.rows(query):
        cells = cells_of(loaded, found)
        if asides.names_place(cells):
            return [(line, cells)]
    return []


def cells_of(loaded: Loaded, found: list[str]) -> list[str]:
    """Return a row that holds nothing but its cells that speak of places."""
    cells = [""] * len(loaded.head.sheet.header)
    for rank, text in zip(loaded.where, found, strict=True):
        cells[rank] = fit(text)
    return cells


def read_values(loaded: Loaded, store: Store, programmes: Mapping[str, str], lang: Lang) -> None:
    """Make the tables that tell what each spelling means, and `problems`.

    `amounts<rank>` (text, euros; no row for a plain amount, NULL where it is unknown; `negative` where that
    is why, `is_unread` where it is not understood), `years` (text, year) and `names` (text, programme).
    `problems` has a row for each spelling that is to be mended or known: severity, heading, the kind of the
    problem, what is written, what is told of it, how many rows, the first of them.
    """
    store.create("problems", _PROBLEM_COLUMNS, [])
    schema = load_schema()["contracts"]
    for rank, role in loaded.amounts:
        field = replace(schema.field(role), required=False, pattern=None)
        told = _Told(store, loaded.head.sheet.header[rank], lang)
        plain = f"regexp_full_match(x{rank}, '{PLAIN_AMOUNT}')"
        spellings = store.rows(_spellings(f"x{rank}", f"NOT {plain}"))
        store.create(f"amounts{rank}", _AMOUNT_COLUMNS, _amounts(field, spellings, told))
        told.keep()
    year = loaded.head.year
    told = _Told(store, loaded.head.sheet.header[year] if year is not None else "", lang)
    date = replace(schema.field("signed_on"), required=False, pattern=None)
    years = _years(date, store.rows(_spellings("year", "true")), told)
    store.create("years", {"text": "VARCHAR", "year": "INTEGER"}, years)
    told.keep()
    store.create("names", {"text": "VARCHAR", "name": "VARCHAR"}, _names(loaded, store, programmes))


def _spellings(column: str, condition: str) -> str:
    return (
        f"SELECT {column}, count(*), min(line) FROM grants WHERE {column} <> '' AND {condition} "  # noqa: S608
        f"GROUP BY {column} ORDER BY min(line)"
    )


class _Told:
    """The problems of one column, kept in a table as they come: there may be as many as spellings."""

    def __init__(self, store: Store, heading: str, lang: Lang) -> None:
        self._store, self._heading, self._lang = store, heading, lang
        self._rows: list[tuple[str | int, ...]] = []

    def note(self, error: CellError, text: str, rows: int, first: int) -> None:
        """Note what is to be said of a spelling."""
        told = error.message.text(self._lang)
        self._rows.append((error.severity, self._heading, error.message.key, text, told, rows, first))
        if len(self._rows) == _AT_A_TIME:
            self.keep()

    def keep(self) -> None:
        """Add what was noted to the table `problems`."""
        self._store.create("told", _PROBLEM_COLUMNS, self._rows)
        self._store.run("INSERT INTO problems SELECT * FROM told")
        self._rows = []


def _amounts(
    field: Field, spellings: Iterator[tuple[str, int, int]], told: _Told
) -> Iterator[tuple[str, str | None, str | None, bool]]:
    for text, rows, first in spellings:
        negative: object = None
        is_unread = False
        try:
            value = parse_cell(field, fit(text))
        except CellError as error:
            told.note(error, text, rows, first)
            value = error.kept
            negative = error.message.facts["number"] if error.message.key == NEGATIVE else None
            is_unread = value is None and negative is None
        yield text, _exact(value), _exact(negative), is_unread


def _exact(value: object) -> str | None:
    """Write a number for a column of decimals."""
    if not isinstance(value, (int, float)):
        return None
    return format(Decimal(repr(float(value))).quantize(_MICRO, ROUND_HALF_EVEN), "f")


def _years(
    field: Field, spellings: Iterator[tuple[str, int, int]], told: _Told
) -> Iterator[tuple[str, int | None]]:
    for text, rows, first in spellings:
        try:
            value = parse_cell(field, fit(text))
        except CellError as error:
            told.note(error, text, rows, first)
            value = error.kept
        yield text, value.first().year if isinstance(value, PartialDate) else None


def _names(loaded: Loaded, store: Store, programmes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the programme that each spelling names; a row that tells none has that of the list, if any.

    The name of the file stands for a programme that no column tells, never for one that a row leaves out.
    """
    plan = loaded.head.plan
    none = untold_programme() if tells_programmes(plan) else programme_of_file(loaded)
    none = plan.programme or none
    yield "", none
    written: Counter[str] = Counter()
    texts = list(store.rows(_spellings("programme", "true")))
    for text, rows, _ in texts:
        if not says_nothing(fit(text).strip()):
            written[fit(text).strip()] += rows
    met = spellings_of(written, plan, programmes)
    for text, *_ in texts:
        said = fit(text).strip()
        yield text, none if plan.programme or not said or says_nothing(said) else met.get(said, said)


def programme_of_file(loaded: Loaded) -> str:
    """Return the name of the list, which stands for a programme that no column tells."""
    origin = loaded.head.sheet.origin
    return PurePath(origin.name).stem if origin.path else origin.name


def check_identifiers(loaded: Loaded, store: Store, *, is_told: bool) -> tuple[Message, ...]:
    """Return how many rows have the identifier, or all the cells, of another one.

    Raises:
        RegisterError: identifiers come back, and nobody said (`is_told`) that a row is a grant all the
            same: its amount may be that of the whole contract on each row.
    """
    if loaded.head.plan.identifiers:
        rows, ids, first = _repeated(store, "id", "id <> ''")
        heading = loaded.head.plan.identifiers[0].heading
        facts = {"rows": rows, "ids": ids, "row": first, "column": heading}
        if rows and not is_told:
            raise RegisterError("large-ids", file=loaded.head.sheet.origin.name, **facts)
        return (Message("large-ids-counted", facts),) if rows else ()
    paid = " OR ".join(f"x{rank} <> ''" for rank, _ in loaded.amounts)
    rows, kinds, first = _repeated(store, "print", paid) if paid else (0, 0, 0)
    return (Message("large-twins", {"count": rows - kinds, "row": first}),) if rows else ()


def _repeated(store: Store, column: str, condition: str) -> tuple[int, int, int]:
    """Return how many rows share what stands in a column, how many such things there are, the first row."""
    rows, kinds, first = store.one(f"""
        SELECT coalesce(sum(rows), 0), count(*), min(first) FROM
            (SELECT count(*) AS rows, min(line) AS first FROM grants WHERE {condition}
            GROUP BY {column} HAVING count(*) > 1)
    """)  # noqa: S608 - names are ours
    return int(rows), kinds, first
