"""Whether a register passes a check: what fails it, and how many rows may stay without a place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from geocontracts.errors import UnknownOptionError

if TYPE_CHECKING:
    from geocontracts.outputs.report import Report

_WRITTEN = re.compile(r"(?P<amount>[0-9]+(?:[.,][0-9]+)?)\s*(?P<share>%?)")
_WHOLE = 100


@dataclass(frozen=True)
class Limit:
    """How many rows may stay without a place: a number of rows, or a share of them in percent."""

    amount: Decimal
    is_share: bool = False

    @classmethod
    def parse(cls, text: str) -> Limit:
        """Read `12`, `2%` or `2,5 %`.

        Raises:
            UnknownOptionError: it is neither a whole number of rows nor a share up to 100 %.
        """
        found = _WRITTEN.fullmatch(text.strip())
        amount = Decimal(found["amount"].replace(",", ".")) if found else Decimal(-1)
        is_share = bool(found and found["share"])
        if amount < 0 or (is_share and amount > _WHOLE) or (not is_share and amount % 1):
            raise UnknownOptionError("limit-unreadable", value=text)
        return cls(amount, is_share)

    def allows(self, unplaced: int, rows: int) -> bool:
        """Say whether `unplaced` of `rows` rows stay within the limit; as many as the limit do."""
        return unplaced * _WHOLE <= self.amount * rows if self.is_share else unplaced <= self.amount


def is_failing(report: Report, *, strict: bool = False, max_unplaced: Limit | None = None) -> bool:
    """Say whether a check fails.

    Without a limit, every error and warning fails it; when it is `strict`, every
    remark and every row that is not plainly placed as well. With a limit, rows that
    must be corrected and have no place at all fail it only when they are more than
    that; other problems fail it only when it is `strict`. Rows without a place in which
    nothing can be corrected (see `RowOutcome.state`) do not count towards the limit.
    """
    if max_unplaced is not None and not max_unplaced.allows(report.count("unplaced"), report.row_count):
        return True
    if not strict:
        return max_unplaced is None and not report.is_clean
    if max_unplaced is None:
        return bool(report.problems) or report.count("placed") < report.row_count
    tolerated = {(row.file, row.line) for row in report.rows if row.state == "unplaced"}
    others = any((problem.file, problem.row) not in tolerated for problem in report.of_places)
    imperfect = any(row.state not in ("placed", "unplaced") for row in report.rows)
    return bool(report.of_cells) or others or imperfect
