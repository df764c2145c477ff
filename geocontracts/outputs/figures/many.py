"""How much a map shows one by one; beyond that, dots stand for signs, and perimeters are joined."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geocontracts.outputs.figures.legend import Note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geocontracts.outputs.figures.box import Box
    from geocontracts.outputs.figures.legend import Row
    from geocontracts.outputs.figures.perimeters import Strokes
    from geocontracts.outputs.figures.plate import Plate
    from geocontracts.webmap.contract import Entry

MANY = 600
"""Operations and signs that are drawn at most; perimeters, up to which each has its outline."""
_ROOM_FOR_A_SIGN = 500.0  # square points of a plate: on a small one fewer signs are told apart
_THINNER = 0.7  # lines that surround all perimeters of a programme


@dataclass(frozen=True)
class Shown:
    """What of the records a map draws; the legend explains nothing else."""

    operations: bool = True
    """Whether operations are drawn, or only counted."""
    dots: bool = False
    """Whether a dot stands for each sign."""
    merged: bool = False
    """Whether the perimeters of a programme are one surface, dashed where all are inferred."""

    @classmethod
    def on(cls, body: Box, *, signs: int, areas: int, operations: bool = True) -> Shown:
        """Return how so many signs and perimeters are drawn on a plate with that room."""
        most = min(MANY, body.width * body.height / _ROOM_FOR_A_SIGN)
        return cls(operations, dots=signs > most, merged=areas > MANY)

    def of(self, entries: Sequence[Entry]) -> list[Entry]:
        """Return the records that are drawn, if they have a place."""
        return [entry for entry in entries if self.operations or entry["kind"] != "operation"]

    def notes(self, plate: Plate, areas: int) -> list[Row]:
        """Say what is joined, and that dots stand for signs."""
        found: list[Row] = []
        if self.merged:
            found.append(Note(plate.say("figure-france-merged", count=areas)))
        if self.dots:
            found.append(Note(plate.say("figure-france-dotted")))
        return found

    def drawn_with(self, strokes: Strokes) -> Strokes:
        """Return the strokes for what is drawn: joined perimeters have thinner lines and no band."""
        return replace(strokes, line=strokes.line * _THINNER, band=0.0) if self.merged else strokes
