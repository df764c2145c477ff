"""The lines of a list that are no contract: totals, and notes under the table.

A total that is taken for a contract is counted a second time. A line is one where its first cell says
so and no column names a place; a note is the only cell of a line below the last one that names a place,
and begins as notes do (`Source : ...`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geocontracts.words import Message

if TYPE_CHECKING:
    from geocontracts.records.formats.sheet import Sheet
    from geocontracts.records.lists.recognise import Plan

_TOTAL = re.compile(
    r"(?:(?:sous|grand)[\s-]*)?tota(?:l|ux)"
    r"(?:\s+(?:généra(?:l|ux)|ht|ttc|hors|des?|du|d[’'].+|par|pour|\d[\dAB]*|département|région)\b.*)?\s*:?"
    r"|(?:\d[\dAB]|montant|coût|nombre)\s+total\b.*|ensemble\s*:?",
    re.IGNORECASE,
)
_WIDE = ("arrondissement_", "departement_", "region_")
_NOTE = re.compile(
    r"(?:sources?|notes?|nb|n\.b\.|champ|lecture|légende|données|mise à jour|maj|màj)\s*[:.].*|\*.*|\(\d\).*",
    re.IGNORECASE | re.DOTALL,
)


class Asides:
    """Tells totals and notes from the contracts of one list."""

    def __init__(self, sheet: Sheet, plan: Plan) -> None:
        """Note which columns name places, and where the last line is that does."""
        where = [column for column in plan.columns if column.says_where]
        fine = [column for column in where if not (column.role or "").startswith(_WIDE)]
        self._where = [column.rank for column in fine or where]
        self._last = max((line for line, cells in sheet.rows if self._names(cells)), default=0)

    def why(self, line: int, cells: list[str]) -> Message | None:
        """Return why a line is no contract; None when it may be one."""
        if line <= self._last and self._names(cells):
            return None
        filled = [text for cell in cells if (text := cell.strip())]
        if not filled:
            return None
        first = filled[0]
        if _TOTAL.fullmatch(first):
            return Message("row-total", {"value": first})
        is_note = len(filled) == 1 and line > self._last and _NOTE.fullmatch(first)
        return Message("row-note", {"value": first}) if is_note else None

    def _names(self, cells: list[str]) -> bool:
        """Say whether a line names a place, or what may be one."""
        return any(
            text and (text.isdigit() or not (_TOTAL.fullmatch(text) or _NOTE.fullmatch(text)))
            for rank in self._where
            if rank < len(cells) and (text := cells[rank].strip())
        )
