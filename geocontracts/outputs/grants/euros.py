"""What became of the euros of a list of grants, by column: counted, unknown, negative, without a place."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from geocontracts.records.formats.headings import folded
from geocontracts.records.formats.signs import fit
from geocontracts.records.lists.asides import is_total
from geocontracts.records.schema import load_schema
from geocontracts.records.values import CellError, parse_cell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geocontracts.outputs.grants.totals import GrantTotals

_CENT = Decimal("0.01")
_OF_ALL = re.compile("(grand)?(total|totaux)(general|generaux)?|montanttotal|ensemble")


@dataclass(frozen=True)
class Stated:
    """What a row that is a total says of a column, in euros: its `line`, the text that tells it is one."""

    line: int
    said: str
    euros: Decimal


@dataclass(frozen=True)
class ColumnEuros:
    """The euros of a column of amounts, as its `heading` calls it; None where no amount is known.

    `total` is that of every grant, with `unplaced` (without a place) and `several` (in several places).
    `nothing` grants say no amount, `unread` one that is not understood; `negative` are `below` 0 in all, the
    first of them in row `first`, and are not counted. `stated` is the total that the list gives itself.
    """

    heading: str
    total: Decimal | None
    unplaced: Decimal | None
    several: Decimal | None
    nothing: int
    unread: int
    negative: int
    below: Decimal
    first: int
    stated: Stated | None

    @property
    def gap(self) -> Decimal:
        """Return by how much the sum is more than the total that the list gives."""
        return (self.total or Decimal(0)) - self.stated.euros if self.stated else Decimal(0)


def column_euros(totals: GrantTotals) -> Iterator[ColumnEuros]:
    """Yield what became of the euros of each column, to the cent, as the totals hold them."""
    for rank, role in totals.loaded.amounts:
        total, unplaced, several = totals.store.one(f"""
            SELECT sum({role}), sum({role}) FILTER (level IS NULL), sum({role}) FILTER (level = 'several')
            FROM totals
        """)  # noqa: S608 - names are ours
        nothing, unread, negative, below, first = totals.store.one(f"""
            SELECT count(*) FILTER (x{rank} = '' OR (text IS NOT NULL AND euros IS NULL AND negative IS NULL
                    AND NOT is_unread)),
                count(*) FILTER (is_unread), count(negative), coalesce(sum(negative), 0),
                coalesce(min(line) FILTER (negative IS NOT NULL), 0)
            FROM grants LEFT JOIN amounts{rank} ON text = x{rank}
        """)  # noqa: S608
        cents = Decimal(below).quantize(_CENT)
        stated = _stated(totals, rank, role, total or Decimal(0))
        heading = totals.loaded.head.sheet.header[rank]
        yield ColumnEuros(heading, total, unplaced, several, nothing, unread, negative, cents, first, stated)


def _stated(totals: GrantTotals, rank: int, role: str, total: Decimal) -> Stated | None:
    """Return the total of all that the list gives: the row that says the sum, or else its last total.

    Of several totals, one that says more than `Total` (`Total Nord`, `Sous-total`) is of a part of the list.
    """
    field = replace(load_schema()["contracts"].field(role), required=False, pattern=None)
    found: list[Stated] = []
    query = f"SELECT line, said, x{rank} FROM idle WHERE kind = 'row-total' ORDER BY line"  # noqa: S608
    for line, said, text in totals.store.rows(query):
        try:
            value = parse_cell(field, fit(text))
        except CellError as error:
            value = error.kept
        if isinstance(value, (int, float)):
            name = next((cell for cell in said.split("; ") if is_total(cell)), said)
            found.append(Stated(line, name, Decimal(repr(float(value))).quantize(_CENT)))
    same = [row for row in found if row.euros == total]
    of_all = [row for row in found if len(found) == 1 or _OF_ALL.fullmatch(folded(row.said))]
    kept = same or of_all
    return kept[-1] if kept else None
