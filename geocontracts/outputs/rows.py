"""What became of each row of the files: the line, what it wrote, where it was placed or why not."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias

from geocontracts.perimeters.placement import referenced_contract
from geocontracts.words import Message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geocontracts.perimeters.perimeter import Outcome, Perimeter
    from geocontracts.perimeters.placement import Placement
    from geocontracts.places.gazetteer import Place
    from geocontracts.places.match import Candidate
    from geocontracts.records.problems import Problem
    from geocontracts.records.register import Register

State: TypeAlias = Literal["placed", "remark", "partly", "unplaced", "undrawn"]

_LOST = ("ambiguous", "unknown")


@dataclass(frozen=True)
class RowOutcome:
    """One row that has a place to find, and what was found.

    `line` is that of the file as a spreadsheet shows it (see `records.formats.sheet.Sheet`);
    `records` are the ids that the row speaks of, `title` and `programme` what all these
    are called. `written` are its places as they are written, `placements` what became of
    each, without those that a contract it refers to brings. `outcome` is {"placed",
    "remark", "unplaced"}; `remarks` are about the row as a whole; `problems` are those
    of its other cells.
    """

    file: str
    line: int
    records: tuple[str, ...]
    title: str
    programme: str
    written: tuple[str, ...]
    outcome: Outcome
    placements: tuple[Placement, ...]
    remarks: tuple[Message, ...] = ()
    problems: tuple[Problem, ...] = ()

    @cached_property
    def lost(self) -> tuple[Placement, ...]:
        """Return the places of the row that were not found, or not without doubt."""
        return tuple(item for item in self.placements if item.status in _LOST)

    @property
    def places(self) -> tuple[Place, ...]:
        """Return the places that were found, in the order of the row."""
        return tuple(dict.fromkeys(item.place for item in self.placements if item.place))

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """Return what the places that were not found may mean."""
        return tuple(each for item in self.lost for each in item.candidates)

    @cached_property
    def state(self) -> State:
        """Return the outcome with two shades more.

        "partly": placed, but for a place that must be corrected; "undrawn": not
        placed, and nothing in the row can mend that, because it says that the source
        does not detail the perimeter, refers to a contract that is not placed, or names no contract.
        """
        if self.outcome == "remark":
            return "partly" if self.lost else "remark"
        empty = any(remark.key == "no-territory" for remark in self.remarks)
        return "undrawn" if self.outcome == "unplaced" and not self.lost and not empty else self.outcome

    @property
    def is_to_correct(self) -> bool:
        """Say whether a place of the row must be corrected."""
        return self.state in ("partly", "unplaced")

    @property
    def reasons(self) -> tuple[Message, ...]:
        """Return why the row ended as it did: what is missing first, the usual ones where no other is."""
        if len(self.placements) == 1:
            return (self.placements[0].reason, *self.remarks)
        missing = [_about("row-missing", item) for item in self.lost]
        others = [
            _about("place-without-candidates", item)
            for item in self.placements
            if item.status not in (*_LOST, "placed")
        ]
        told = (*missing, *others, *self.remarks)
        if told:
            return told
        usual = {item.reason.key: item.reason for item in self.placements}
        return tuple(usual.values()) or (Message("row-reference"),)


@dataclass
class _Draft:
    """A row while its records are gathered."""

    file: str
    line: int
    records: dict[str, None] = field(default_factory=dict)
    titles: dict[str, None] = field(default_factory=dict)
    programmes: dict[str, None] = field(default_factory=dict)
    written: dict[str, None] = field(default_factory=dict)
    placements: dict[tuple[str, str, str], Placement] = field(default_factory=dict)
    remarks: list[Message] = field(default_factory=list)
    referred: list[bool] = field(default_factory=list)  # what a contract referred to brings: found or not

    def finished(self, problems: tuple[Problem, ...]) -> RowOutcome:
        placements = tuple(self.placements.values())
        remarks = tuple(self.remarks)
        if not placements and not self.referred:
            remarks = (Message("no-territory"), *remarks)
        return RowOutcome(
            self.file,
            self.line,
            tuple(self.records),
            "; ".join(self.titles),
            "; ".join(self.programmes),
            tuple(self.written),
            self._outcome(placements, remarks),
            placements,
            remarks,
            problems,
        )

    def _outcome(self, placements: tuple[Placement, ...], remarks: tuple[Message, ...]) -> Outcome:
        found = [*(item.is_placed for item in placements), *self.referred]
        if not any(found):
            return "unplaced"
        exact = all(item.status == "placed" for item in placements)
        return "placed" if exact and all(self.referred) and not remarks else "remark"


def build_rows(register: Register, perimeters: Iterable[Perimeter]) -> list[RowOutcome]:
    """Return one outcome for every row that has a place to find, in the order of the files.

    A line that belongs to several records is one row; a record that stands on
    several lines has as many rows.
    """
    builder = _Builder(register)
    for perimeter in perimeters:
        builder.add(perimeter)
    builder.add_idle()
    return builder.rows()


class _Builder:
    """Gathers the rows of a register, record by record."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._drafts: dict[tuple[str, int, str], _Draft] = {}

    def add(self, perimeter: Perimeter) -> None:
        """Share the placements of a record out among the lines that it stands on."""
        record = perimeter.record
        lines = list(dict.fromkeys(item.line for item in record.items)) or [record.line]
        drafts = {line: self._draft(perimeter, line) for line in lines}
        for item in record.items:
            drafts[item.line].written[item.written] = None
        own = {(item.line, item.column, item.written) for item in record.items}
        for placement in perimeter.placements:
            key = (placement.line, placement.column, placement.written)
            if not placement.via and key in own:
                drafts[placement.line].placements.setdefault((*key[1:], placement.status), placement)
            elif not placement.via:  # a circle of contracts is found on the line of another
                drafts[lines[0]].placements.setdefault((*key[1:], placement.status), placement)
        brought = {each.contract: each for each in perimeter.brought}
        for item in (
            record.items if brought else ()
        ):  # the faults of another contract are told on its own rows
            each = brought.get(referenced_contract(item.written) or "")
            if each is not None:
                drafts[item.line].referred.append(each.some)
                if not each.whole:
                    drafts[item.line].remarks.append(
                        Message("reference-incomplete", {"value": each.contract})
                    )
        first = drafts.get(record.line, drafts[lines[0]])
        first.remarks.extend(each for each in perimeter.remarks if each not in first.remarks)

    def add_idle(self) -> None:
        """Add the lines of a list that belong to no contract, as totals do: they are read, and on no map."""
        reading = self._register.reading
        for idle in self._register.idle:
            item = idle.item
            draft = _Draft(reading.sheet.origin.name if reading else "", item.line)
            draft.written[item.written] = None
            draft.remarks.append(idle.why)
            draft.referred.append(False)
            self._drafts[draft.file, draft.line, ""] = draft

    def rows(self) -> list[RowOutcome]:
        """Return the rows; those of one file in the order of its lines."""
        problems: dict[tuple[str, int | None], list[Problem]] = {}
        for problem in self._register.problems:
            problems.setdefault((problem.file, problem.row), []).append(problem)
        files = {file: rank for rank, file in enumerate(dict.fromkeys(key[0] for key in self._drafts))}
        drafts = sorted(self._drafts.values(), key=lambda draft: (files[draft.file], draft.line))
        return [
            draft.finished(tuple(problems.get((draft.file, draft.line), ()) if draft.line else ()))
            for draft in drafts
        ]

    def _draft(self, perimeter: Perimeter, line: int) -> _Draft:
        record = perimeter.record
        key = (record.file, line, "" if line else record.id)  # a record of no file is a row of its own
        draft = self._drafts.get(key)
        if draft is None:
            draft = self._drafts[key] = _Draft(record.file, line)
        draft.records[record.id] = None
        draft.titles[record.title] = None
        draft.programmes[record.programme] = None
        return draft


def _about(key: str, item: Placement) -> Message:
    facts = {"written": item.written, "reason": item.reason, "candidates": ""}
    return Message(key, facts)
