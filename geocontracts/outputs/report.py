"""What was found when a register was read: counts that add up, and every problem."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geocontracts.words import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geocontracts.perimeters.perimeter import Perimeter
    from geocontracts.records.problems import Problem
    from geocontracts.records.register import Register
    from geocontracts.words import Lang


@dataclass(frozen=True)
class Report:
    """The state of a register: how many rows are where, and what is to be mended.

    `placed`, `remark` and `unplaced` add up to `records`.
    """

    records: int
    placed: int
    remark: int
    unplaced: int
    problems: tuple[Problem, ...]

    @property
    def is_clean(self) -> bool:
        """Say whether nothing needs mending; remarks do not."""
        return not any(problem.severity in ("error", "warning") for problem in self.problems)

    def to_mend(self) -> tuple[Problem, ...]:
        """Return the errors and warnings alone."""
        return tuple(problem for problem in self.problems if problem.severity != "remark")


def build_report(register: Register, perimeters: Iterable[Perimeter]) -> Report:
    """Gather the problems of a register and of its perimeters."""
    found = list(perimeters)
    outcomes = Counter(perimeter.outcome for perimeter in found)
    of_places = [problem for perimeter in found for problem in perimeter.problems()]
    return Report(
        records=len(found),
        placed=outcomes["placed"],
        remark=outcomes["remark"],
        unplaced=outcomes["unplaced"],
        problems=(*register.problems, *of_places),
    )


def format_report(report: Report, *, style: str, lang: Lang) -> str:
    """Return the report in one of the styles {"table", "json"}."""
    if style == "json":
        return json.dumps(_as_data(report, lang), ensure_ascii=False, indent=1) + "\n"
    lines = [problem.text(lang) for problem in report.problems]
    return "\n".join([*lines, summary(report, lang)]) + "\n"


def summary(report: Report, lang: Lang) -> str:
    """Return one line that says how many records were placed."""
    return say(
        "report-summary",
        lang,
        records=report.records,
        placed=report.placed,
        remark=report.remark,
        unplaced=report.unplaced,
        problems=len(report.to_mend()),
    )


def _as_data(report: Report, lang: Lang) -> dict[str, Any]:
    return {
        "records": report.records,
        "placed": report.placed,
        "remark": report.remark,
        "unplaced": report.unplaced,
        "problems": [
            {
                "severity": problem.severity,
                "file": problem.file,
                "row": problem.row,
                "column": problem.column,
                "message": problem.message.text(lang),
            }
            for problem in report.problems
        ],
    }
