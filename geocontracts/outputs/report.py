"""What was found when a register was read: every row with its outcome, and every problem."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from geocontracts.errors import OutputError
from geocontracts.files import write_whole
from geocontracts.memory import collector_paused
from geocontracts.outputs.rows import build_rows
from geocontracts.webmap.seal import sealed
from geocontracts.words import Message, say

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from geocontracts.files import FileMark
    from geocontracts.outputs.rows import RowOutcome, State
    from geocontracts.perimeters.perimeter import Perimeter
    from geocontracts.records.problems import Problem
    from geocontracts.records.register import Register
    from geocontracts.words import Lang


_SUFFIXES = (".csv", ".json", ".html")
_SHADES: tuple[State, ...] = ("partly", "undrawn")


@dataclass(frozen=True)
class Report:
    """The state of a register: what became of each row, and what is to be mended.

    `placed`, `remark` and `unplaced` count rows, and add up to `row_count`; `records`
    counts contracts, missions and operations. `of_cells` are the problems found on
    reading, `of_places` those found when places were looked for. `register` says which
    files were read, and who made them.
    """

    rows: tuple[RowOutcome, ...] = ()
    records: int = 0
    of_cells: tuple[Problem, ...] = ()
    of_places: tuple[Problem, ...] = ()
    register: Register | None = field(default=None, compare=False, repr=False)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return all problems, those of reading first."""
        return self.of_cells + self.of_places

    @property
    def row_count(self) -> int:
        """Return the number of rows that have a place to find."""
        return len(self.rows)

    @property
    def placed(self) -> int:
        """Return the number of rows placed without remark."""
        return self.count("placed")

    @property
    def remark(self) -> int:
        """Return the number of rows placed with a remark on the place, in whole or in part."""
        return self.count("remark") + self.count("partly")

    @property
    def unplaced(self) -> int:
        """Return the number of rows without a place, also where nothing in the row can mend that."""
        return self.count("unplaced") + self.count("undrawn")

    def count(self, state: State) -> int:
        """Return the number of rows in that state."""
        return self._states[state]

    @cached_property
    def _states(self) -> Counter[State]:
        return Counter(row.state for row in self.rows)

    @property
    def is_clean(self) -> bool:
        """Say whether nothing needs mending; remarks do not."""
        return not any(problem.severity in ("error", "warning") for problem in self.problems)

    def to_mend(self) -> tuple[Problem, ...]:
        """Return the errors and warnings alone."""
        return tuple(problem for problem in self.problems if problem.severity != "remark")


@dataclass(frozen=True)
class About:
    """What a report says of itself: the file checked, the date, what was guessed about it, the bytes read.

    The date is told, never read from the clock, so that the same check gives the same bytes.
    """

    file: str
    checked_on: dt.date | None = None
    notes: tuple[Message, ...] = ()
    inputs: tuple[FileMark, ...] = ()


def build_report(register: Register, perimeters: Iterable[Perimeter]) -> Report:
    """Gather the rows of a register and of its perimeters, and their problems.

    What two records say of one line in the same words is said once.
    """
    with collector_paused():
        return _gathered(register, list(perimeters))


def _gathered(register: Register, found: list[Perimeter]) -> Report:
    rows = build_rows(register, found)
    shared = {(row.file, row.line) for row in rows if len(row.records) > 1}
    of_places = {
        _same(problem) if (problem.file, problem.row) in shared else id(problem): problem
        for perimeter in found
        for problem in perimeter.problems()
    }
    return Report(
        rows=tuple(rows),
        records=len(found),
        of_cells=register.problems,
        of_places=tuple(of_places.values()),
        register=register,
    )


def format_report(report: Report, *, style: str, lang: Lang, about: About | None = None) -> str:
    """Return the report in one of the styles {"table", "json"}."""
    from geocontracts.outputs.report_tables import report_json
    from geocontracts.outputs.report_text import report_text

    if style == "json":
        return report_json(report, about or About(""), lang)
    return report_text(report, lang) + summary(report, lang) + "\n"


def summary(report: Report, lang: Lang) -> str:
    """Return one line that says how many rows were placed; remarks on other cells are counted apart."""
    shades = {
        state: Message(f"report-{state}", {"count": count}) if (count := report.count(state)) else ""
        for state in _SHADES
    }
    others = sum(problem.severity == "remark" for problem in report.of_cells)
    return say(
        "report-summary",
        lang,
        rows=report.row_count,
        placed=report.placed,
        remark=report.remark,
        unplaced=report.unplaced,
        problems=len(report.to_mend()),
        remarks=Message("report-remarks", {"count": others}) if others else "",
        **shades,
    )


def write_report(report: Report, path: Path, *, about: About, lang: Lang = "fr") -> None:
    """Write the report as the suffix of `path` says: .csv, .json or .html.

    Raises:
        OutputError: the suffix is another one, or the file cannot be written.
    """
    from geocontracts.outputs.report_page import report_page
    from geocontracts.outputs.report_tables import report_csv, report_json

    check_suffix(path)
    writers: dict[str, Callable[[Report, About, Lang], str]] = {
        ".csv": report_csv,
        ".json": report_json,
        ".html": report_page,
    }
    content = writers[path.suffix.lower()](report, about, lang).encode("utf-8", "replace")
    write_whole(path, sealed(content) if path.suffix.lower() == ".html" else content)


def check_suffix(path: Path) -> None:
    """Refuse a path whose suffix says no kind of report.

    Raises:
        OutputError: the suffix is none of .csv, .json and .html.
    """
    if path.suffix.lower() not in _SUFFIXES:
        raise OutputError("report-suffix", file=str(path), expected=", ".join(_SUFFIXES))


def _same(problem: Problem) -> tuple[object, ...]:
    return problem.severity, problem.file, problem.row, problem.column, repr(problem.message)
