"""The lines of a list that are no contract: totals, and notes under the table.

A total that is taken for a contract is counted a second time. A line is one where a cell says so
(`Total Nord`, `S/Total`), and no column names a commune, an EPCI or a code; a note is the only cell of a line
below the last one that names a place, and begins as notes do (`Source : ...`).
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from geocontracts.memory import remembered
from geocontracts.places.gazetteer import load_gazetteer
from geocontracts.places.names import normalise_name
from geocontracts.words import Message

if TYPE_CHECKING:
    from geocontracts.records.formats.sheet import Sheet
    from geocontracts.records.lists.recognise import Plan

# Of a text without accents, in small letters.
_TOTAL = re.compile(
    r"(?:(?:sous|grand|s)[\s/-]*)?tota(?:l|ux)\b(?!\s+energies).*"
    r"|(?:\d[\dab]|montant|cout|nombre)\s+total\b.*|ensemble\s*:?",
    re.DOTALL,
)
ASIDES = frozenset({"row-total", "row-note"})
"""Why a line is no contract whatever its formulas would say."""
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
        self._fine = {line for line, cells in sheet.rows if self._names(cells, is_wide_enough=False)}
        self._last = max(
            (
                line
                for line, cells in sheet.rows
                if line in self._fine or self._names(cells, is_wide_enough=True)
            ),
            default=0,
        )

    def why(self, line: int, cells: list[str]) -> Message | None:
        """Return why a line is no contract; None when it may be one."""
        if line in self._fine:
            return None
        filled = [text for cell in cells if (text := cell.strip())]
        total = next((text for text in filled if is_total(text)), None)
        if total is not None:
            return Message("row-total", {"value": total})
        if not filled or self._names(cells, is_wide_enough=True):
            return None
        is_note = len(filled) == 1 and line > self._last and _NOTE.fullmatch(filled[0])
        return Message("row-note", {"value": filled[0]}) if is_note else None

    def names_place(self, cells: list[str]) -> bool:
        """Say whether a line names a place, of whatever level."""
        return self._names(cells, is_wide_enough=True)

    def _names(self, cells: list[str], *, is_wide_enough: bool) -> bool:
        """Say whether a line names a place, or what may be one; départements and regions count if asked."""
        return any(
            text and _may_be_place(text) and (is_wide_enough or not _is_wide(text))
            for rank in self._where
            if rank < len(cells) and (text := cells[rank].strip())
        )


def is_total(text: str) -> bool:
    """Say whether a cell tells that its line is a total."""
    return _TOTAL.fullmatch(_plain(text)) is not None


def _may_be_place(text: str) -> bool:
    return text.isdigit() or not (is_total(text) or _NOTE.fullmatch(text))


@remembered(4096)
def _is_wide(text: str) -> bool:
    """Say whether a text names a département or a region, which a total may be of."""
    found = [] if text.isdigit() else load_gazetteer().named(normalise_name(text))
    return bool(found) and all(place.level in ("departement", "region") for place in found)


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
