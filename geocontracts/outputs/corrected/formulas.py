"""Cells of somebody's own file that begin as a formula does: they stay as they are, and that is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.records.formulas import formula_cells
from geocontracts.words import Message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geocontracts.records.formats.sheet import Sheet


def formulas_kept(sheet: Sheet, rows: Iterable[tuple[int, Iterable[str]]]) -> Message | None:
    """Say how many cells of a text may be taken for formulas, which is the first, and what to do."""
    return _said("corrected-formulas-kept", sheet, formula_cells(rows))


def texts_kept(sheet: Sheet) -> Message | None:
    """Say how many texts of a workbook begin as a formula does, and that they stay texts."""
    rows = [(sheet.header_line, sheet.header), *sheet.rows]
    return _said("corrected-texts-kept", sheet, formula_cells(rows))


def both(first: Message | None, second: Message | None) -> Message | None:
    """Return two things to say as one."""
    if first is None or second is None:
        return first or second
    return Message("corrected-both", {"first": first, "second": second})


def _said(key: str, sheet: Sheet, found: list[tuple[int, int]]) -> Message | None:
    if not found:
        return None
    row, rank = found[0]
    facts = {"count": len(found), "row": row, "column": sheet.called(rank)}
    return Message(key if found[1:] else f"{key}-one", facts)
