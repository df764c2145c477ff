"""The columns that a corrected file gets: their headings, and the cells of each line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geocontracts.outputs.answers import formula_safe
from geocontracts.outputs.phrases import Phrases
from geocontracts.words import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geocontracts.outputs.rows import RowOutcome
    from geocontracts.records.formats.sheet import Sheet
    from geocontracts.words import Lang

KINDS = ("state", "codes", "names", "levels", "reason", "candidates")
_EMPTY = ("",) * len(KINDS)
# What is written back as CSV, where a spreadsheet takes the zero off `02691`: there, `commune:02691`.
_TEXT = ("csv", "postgresql")


@dataclass(frozen=True)
class Added:
    """What is added to a file: one heading and, for each line of a row, one cell for each kind of `KINDS`.

    All cells are text, so that a code keeps its zeros; where the file cannot tell text
    from numbers, codes have their level before them. No cell can be taken for a formula.
    """

    headings: tuple[str, ...]
    header_line: int
    cells: dict[int, tuple[str, ...]]

    def at(self, line: int) -> tuple[str, ...]:
        """Return the cells of a line: the headings, those of a row, or empty ones."""
        return self.headings if line == self.header_line else self.row(line)

    def row(self, line: int) -> tuple[str, ...]:
        """Return the cells of a row, empty ones where nothing is said of it."""
        return self.cells.get(line, _EMPTY)

    def columns(self, count: int) -> list[list[str]]:
        """Return the added columns of a table of `count` rows, whose first is the line below the header."""
        first = self.header_line + 1
        rows = [self.row(line) for line in range(first, first + count)]
        return [[row[rank] for row in rows] for rank in range(len(KINDS))]


def added_columns(sheet: Sheet, rows: Iterable[RowOutcome], lang: Lang) -> Added:
    """Return what is added to `sheet`, of the rows that were read from its file."""
    phrases = Phrases(lang)
    there = (row for row in rows if row.file == sheet.origin.name and row.line)
    cells = {row.line: _cells(row, phrases, of_text=sheet.origin.kind in _TEXT) for row in there}
    headings = _unlike([say(f"corrected-{kind}", lang) for kind in KINDS], sheet.header)
    return Added(headings, sheet.header_line, cells)


def _cells(row: RowOutcome, phrases: Phrases, *, of_text: bool) -> tuple[str, ...]:
    levels = dict.fromkeys(phrases.key(f"level-{place.level}") for place in row.places)
    told = (
        phrases.key(f"state-{row.state}"),
        "; ".join(place.id if of_text else place.code for place in row.places),
        "; ".join(map(phrases.place, row.places)),
        "; ".join(levels),
        " ".join(map(phrases.sentence, row.reasons)),
        "; ".join(f"{each.place.id} {phrases.place(each.place)}" for each in row.candidates),
    )
    # The narrow space between thousands is in no encoding of Windows.
    return tuple(formula_safe(text.replace("\u202f", "\u00a0")) for text in told)


def _unlike(headings: Sequence[str], there: Iterable[str]) -> tuple[str, ...]:
    """Return headings that the file does not have yet, whatever the case: `controle_etat_2`."""
    taken = {heading.strip().casefold() for heading in there}
    number = 1
    while any(_numbered(heading, number) in taken for heading in headings):
        number += 1
    return tuple(_numbered(heading, number) for heading in headings)


def _numbered(heading: str, number: int) -> str:
    return heading if number == 1 else f"{heading}_{number}"
