"""The report for other programs: one line for each row, as CSV or as JSON.

The JSON is one object. `file`, `checked_on` (ISO date or null), `inputs`, `provenance` and `notes` say
what was checked;
`records` and `rows` count contracts, missions and operations, and rows of the files; `placed`,
`remark` and `unplaced` add up to `rows`, and `undrawn` is the part of `unplaced` in which nothing
can be corrected. `problems` lists `severity`, `file`, `row`, `column` and `message`. `outcomes` has
one object a row: `file`, `row`, `records` (ids), `title`, `programme`, `written`, `outcome` {"placed",
"remark", "unplaced"}, `state` {"placed", "remark", "partly", "unplaced", "undrawn"}, `places` and
`candidates` (`level`, `code`, `name`, `departements`; candidates also `for`, the words they may
stand for, and `score` from 0 to 1), `reasons` and `problems` (sentences in the language asked for).
"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from geocontracts.outputs.answers import formula_safe
from geocontracts.outputs.phrases import Phrases
from geocontracts.outputs.provenance import origin_text, provenance_json, told_of_register
from geocontracts.words import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geocontracts.outputs.report import About, Report
    from geocontracts.outputs.rows import RowOutcome
    from geocontracts.places.gazetteer import Place
    from geocontracts.records.problems import Problem
    from geocontracts.words import Lang

_COLUMNS = (
    "file", "line", "state", "written", "codes", "names", "reason", "candidates", "other-problems",
    "title", "records", "programme",
)  # fmt: skip


def report_csv(report: Report, _about: About, lang: Lang) -> str:
    """Return one line for each row, for a spreadsheet in the reader's language.

    The last column says on the first row what was read, as in the other exports.

    Codes bear their level (`commune:02691`), so that no spreadsheet takes one for a
    number; a French spreadsheet wants semicolons, and a mark that says UTF-8.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if lang == "fr" else ",", lineterminator="\r\n")
    credit = origin_text(told_of_register(report.register, lang), lang) if report.register else ""
    writer.writerow(
        [*(say(f"report-{column}", lang) for column in _COLUMNS), say("export-credit-line", lang)]
    )
    phrases = Phrases(lang)
    for rank, row in enumerate(report.rows):
        writer.writerow([formula_safe(cell) for cell in (*_cells(row, phrases), "" if rank else credit)])
    return "\ufeff" + out.getvalue()


def _cells(row: RowOutcome, phrases: Phrases) -> tuple[str, ...]:
    return (
        row.file,
        str(row.line or ""),
        phrases.key(f"state-{row.state}"),
        "; ".join(row.written),
        "; ".join(place.id for place in row.places),
        "; ".join(map(phrases.place, row.places)),
        " ".join(map(phrases.sentence, row.reasons)),
        "; ".join(f"{each.place.id} {phrases.place(each.place)}" for each in row.candidates),
        " ".join(map(phrases.cell, row.problems)),
        row.title,
        "; ".join(row.records),
        row.programme,
    )


def report_json(report: Report, about: About, lang: Lang) -> str:
    """Return the whole report as one JSON object (see the top of this module)."""
    phrases = Phrases(lang)
    data = {
        "file": about.file,
        "inputs": [asdict(each) for each in about.inputs],
        "provenance": provenance_json(told_of_register(report.register, lang)) if report.register else None,
        "checked_on": about.checked_on.isoformat() if about.checked_on else None,
        "notes": [phrases.message(note) for note in about.notes],
        "records": report.records,
        "rows": report.row_count,
        "placed": report.placed,
        "remark": report.remark,
        "unplaced": report.unplaced,
        "undrawn": report.count("undrawn"),
    }
    head = json.dumps(data, ensure_ascii=False, indent=1).removesuffix("\n}")
    problems = _listed("problems", (_problem(problem, phrases) for problem in report.problems))
    outcomes = _listed("outcomes", (_outcome(row, phrases) for row in report.rows))
    return f"{head},\n{problems},\n{outcomes}\n}}\n"


def _listed(key: str, items: Iterable[dict[str, Any]]) -> str:
    """Return a list with a line for each item, which is read and compared more easily, and written faster."""
    lines = ",\n".join(f"  {json.dumps(item, ensure_ascii=False)}" for item in items)
    return f' "{key}": [\n{lines}\n ]' if lines else f' "{key}": []'


def _problem(problem: Problem, phrases: Phrases) -> dict[str, Any]:
    return {
        "severity": problem.severity,
        "file": problem.file,
        "row": problem.row,
        "column": problem.column,
        "message": phrases.message(problem.message),
    }


def _outcome(row: RowOutcome, phrases: Phrases) -> dict[str, Any]:
    return {
        "file": row.file,
        "row": row.line or None,
        "records": list(row.records),
        "title": row.title,
        "programme": row.programme,
        "written": list(row.written),
        "outcome": row.outcome,
        "state": row.state,
        "places": [_place(place, phrases) for place in row.places],
        "reasons": list(map(phrases.sentence, row.reasons)),
        "candidates": [
            {"for": item.written, **_place(each.place, phrases), "score": each.score}
            for item in row.lost
            for each in item.candidates
        ],
        "problems": list(map(phrases.cell, row.problems)),
    }


def _place(place: Place, phrases: Phrases) -> dict[str, Any]:
    return {
        "level": place.level,
        "code": place.code,
        "name": place.name,
        "departements": phrases.departements(place),
    }
