"""The report in a terminal: what must be mended first, never a flood of lines that say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.outputs.phrases import Phrases
from geocontracts.words import Message, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geocontracts.outputs.report import Report
    from geocontracts.records.problems import Problem
    from geocontracts.words import Lang

_SEVERITIES = ("error", "warning", "remark")
_FEW = 5  # problems of one kind that are all told
_FIRST = 3  # those told of more
_RANGES = 12


def report_text(report: Report, lang: Lang) -> str:
    """Return the problems, a line each and the many of one kind together, then what to do next."""
    lines = problem_lines(report.problems, lang)
    if any(row.is_to_correct for row in report.rows):
        lines.append(say("report-next", lang))
    return "".join(f"{line}\n" for line in lines)


def problem_lines(problems: Iterable[Problem], lang: Lang) -> list[str]:
    """Return a line for each problem, errors first; of many of one kind, the first and one for the rest."""
    kinds: dict[tuple[object, ...], list[Problem]] = {}
    for problem in sorted(problems, key=lambda each: _SEVERITIES.index(each.severity)):
        kinds.setdefault(_kind(problem), []).append(problem)
    return [line for alike in kinds.values() for line in _told(alike, lang)]


def _kind(problem: Problem) -> tuple[object, ...]:
    reason = problem.message.facts.get("reason")
    why = reason.key if isinstance(reason, Message) else problem.message.key
    return problem.severity, problem.file, problem.column, why


def _told(alike: list[Problem], lang: Lang) -> list[str]:
    if len(alike) <= _FEW:
        return [problem.text(lang) for problem in alike]
    rest = alike[_FIRST:]
    first, others = Phrases(lang).lines((each.row for each in rest if each.row is not None), _RANGES)
    lines = f"{first}, …" if others else first
    return [
        *(problem.text(lang) for problem in alike[:_FIRST]),
        say("report-more", lang, n=len(rest), lines=lines or "–"),
    ]
