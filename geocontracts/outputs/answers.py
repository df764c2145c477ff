"""Answers about written places, as a text table, CSV or JSON."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from geocontracts.places.gazetteer import load_gazetteer
from geocontracts.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geocontracts.places.gazetteer import Place
    from geocontracts.places.match import Match
    from geocontracts.words import Lang

_COLUMNS = ("written", "status", "code", "name", "level", "departements", "reason", "candidates")
# A spreadsheet takes a cell that starts so for a formula (CWE-1236).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\0")


def format_matches(matches: Sequence[Match], *, style: str, lang: Lang, lines: Sequence[int] = ()) -> str:
    """Return the answers in one of the styles {"table", "csv", "json"}.

    `lines` are the lines of the file that the places were read from, if any.
    """
    answers = [_answer(match, lang) for match in matches]
    if lines:
        answers = [{"row": line} | answer for line, answer in zip(lines, answers, strict=True)]
    if style == "json":
        return json.dumps(answers, ensure_ascii=False, indent=1) + "\n"
    return _csv(answers) if style == "csv" else _table(answers, lang)


def _answer(match: Match, lang: Lang) -> dict[str, Any]:
    place = match.place
    return {
        "written": match.written,
        "status": match.status,
        "code": place.code if place else None,
        "name": place.name if place else None,
        "level": place.level if place else None,
        "departements": _departements(place) if place else [],
        "reason": match.reason.text(lang),
        "candidates": [
            {
                "code": candidate.place.code,
                "name": candidate.place.name,
                "level": candidate.place.level,
                "departements": _departements(candidate.place),
                "score": candidate.score,
            }
            for candidate in match.candidates
        ],
    }


def _departements(place: Place) -> list[str]:
    places = load_gazetteer()
    return [found.name for code in place.departement if (found := places.get("departement", code))]


def _csv(answers: list[dict[str, Any]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    columns = (["row"] if answers and "row" in answers[0] else []) + list(_COLUMNS)
    writer.writerow(columns)
    for answer in answers:
        writer.writerow([formula_safe(_flat(answer[column])) for column in columns])
    return out.getvalue()


def _flat(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(_flat(item) for item in value)
    if isinstance(value, dict):
        return f"{value['level']}:{value['code']} {_named(value)} {value['score']:.2f}"
    return "" if value is None else str(value)


def formula_safe(text: str) -> str:
    """Return the text so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _table(answers: list[dict[str, Any]], lang: Lang) -> str:
    """Return a few lines for each place, in the language of the reader."""
    blocks = []
    for answer in answers:
        row = f"{say('where-row', lang, row=answer['row'])} · " if "row" in answer else ""
        head = f"{row}{answer['written']} → {say('status-' + answer['status'], lang)}"
        if answer["code"]:
            name = answer["name"] if answer["level"] in ("departement", "region") else _named(answer)
            head += f" : {name} [{answer['level']}:{answer['code']}]"
        lines = [head, f"    {answer['reason']}"]
        lines += [
            f"    ? {_named(each)} [{each['level']}:{each['code']}] {each['score']:.2f}"
            for each in answer["candidates"]
        ]
        blocks.append("\n".join(lines))
    return "\n".join(blocks) + "\n"


def _named(answer: dict[str, Any]) -> str:
    within = ", ".join(answer["departements"])
    return f"{answer['name']} ({within})" if within else str(answer["name"])
