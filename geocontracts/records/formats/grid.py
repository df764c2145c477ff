"""A table whose header is not yet known: the lines of a file that are not blank."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geocontracts.records.formats.areas import Area
    from geocontracts.records.formats.sheet import Origin
    from geocontracts.words import Message


@dataclass
class Grid:
    """What a reader of text or of a workbook found: rows with their lines, and what it guessed.

    `merged` are the cells that were merged: their value is in the first cell alone. `uncalculated` are the
    lines and columns (from 1) of formulas without a value, which are taken as empty.
    """

    origin: Origin
    rows: list[tuple[int, list[str]]]
    notes: list[Message] = field(default_factory=list)
    merged: list[Area] = field(default_factory=list)
    uncalculated: list[tuple[int, int]] = field(default_factory=list)
