"""Answers about written places, as a text table, CSV or JSON."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from geocontracts.places.match import departements_of
from geocontracts.places.vintage import codes_in
from geocontracts.records.formulas import FORMULA_SIGNS, first_seen
from geocontracts.words import plain, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geocontracts.places.gazetteer import Place
    from geocontracts.places.match import Match
    from geocontracts.words import Lang

_COLUMNS = ("written", "status", "code", "name", "level", "departements", "reason", "candidates")
_BREAKS = ("\t", "\r", "\0")


def format_matches(
    matches: Sequence[Match],
    *,
    style: str,
    lang: Lang,
    lines: Sequence[int] | None = None,
    vintage: int | None = None,
) -> str:
    """Return the answers in one of the styles {"table", "csv", "json"}.

    `lines` are the lines of the file that the places were read from, if any. With a
    `vintage` of 2019-2026, the communes or EPCI that stood on the ground of each place in
    that year are told too. The JSON is for programs: its keys and its words for a status
    or a level are the same in both languages. The CSV is for a spreadsheet in the
    reader's language: a French one wants semicolons, and a mark that says UTF-8.
    """
    answers = [_answer(match, lang) for match in matches]
    if vintage is not None:
        answers = [
            answer | {"then": _then(match.place, vintage) if match.place else []}
            for match, answer in zip(matches, answers, strict=True)
        ]
    if lines is not None:
        answers = [{"row": line} | answer for line, answer in zip(lines, answers, strict=True)]
    if style == "json":
        return json.dumps(answers, ensure_ascii=False, indent=1) + "\n"
    if style == "csv":
        added = ["then"] if vintage is not None else []
        columns = [*(["row"] if lines is not None else []), *_COLUMNS, *added]
        return _csv(answers, columns, lang, vintage)
    return _table(answers, lang, vintage)


def _answer(match: Match, lang: Lang) -> dict[str, Any]:
    place = match.place
    return {
        "written": match.written,
        "status": match.status,
        "code": place.code if place else None,
        "name": place.name if place else None,
        "level": place.level if place else None,
        "departements": departements_of(place) if place else [],
        "reason": match.reason.text(lang),
        "candidates": [
            {
                "code": candidate.place.code,
                "name": candidate.place.name,
                "level": candidate.place.level,
                "departements": departements_of(candidate.place),
                "score": candidate.score,
            }
            for candidate in match.candidates
        ],
    }


def _then(place: Place, vintage: int) -> list[dict[str, Any]]:
    """Return what stood on the ground of a place in a vintage; `whole`: it lies in this place alone."""
    return [{"code": past.code, "name": past.name, "whole": past.whole} for past in codes_in(place, vintage)]


def _csv(answers: list[dict[str, Any]], columns: list[str], lang: Lang, vintage: int | None) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if lang == "fr" else ",", lineterminator="\n")
    keys = ["answer-vintage" if column == "then" else f"answer-{column}" for column in columns]
    writer.writerow([say(key, lang, vintage=vintage) for key in keys])
    for answer in answers:
        writer.writerow([formula_safe(_cell(answer, column, lang)) for column in columns])
    return ("\ufeff" if lang == "fr" else "") + out.getvalue()


def _cell(answer: dict[str, Any], column: str, lang: Lang) -> str:
    """Return a value as its reader says it."""
    value = answer[column]
    if column == "status":
        return say(f"status-{value}", lang)
    if column == "level" and value:
        return say(f"a-{value}", lang)
    return _flat(value, lang)


def _flat(value: Any, lang: Lang) -> str:
    if isinstance(value, list):
        return "; ".join(_flat(item, lang) for item in value)
    if isinstance(value, dict) and "whole" in value:
        return f"{value['code']} {value['name']}"
    if isinstance(value, dict):
        return f"{value['level']}:{value['code']} {_named(value)} {_score(value['score'], lang)}"
    return "" if value is None else str(value)


def _score(score: float, lang: Lang) -> str:
    told = f"{score:.2f}"
    return told.replace(".", ",") if lang == "fr" else told


def formula_safe(text: str) -> str:
    """Return the text so that no spreadsheet takes it for a formula; blanks and unseen signs hide none."""
    return f"'{text}" if first_seen(text) in FORMULA_SIGNS or text.startswith(_BREAKS) else text


def _table(answers: list[dict[str, Any]], lang: Lang, vintage: int | None) -> str:
    """Return a few lines for each place, in the language of the reader."""
    blocks = []
    for answer in answers:
        row = f"{say('where-row', lang, row=answer['row'])} · " if "row" in answer else ""
        head = f"{row}{plain(answer['written'])} → {say('status-' + answer['status'], lang)}"
        if answer["code"]:
            name = answer["name"] if answer["level"] in ("departement", "region") else _named(answer)
            head += f" : {name} [{answer['level']}:{answer['code']}]"
        lines = [head, f"    {answer['reason']}"]
        lines += [
            f"    ? {_named(each)} [{each['level']}:{each['code']}] {each['score']:.2f}"
            for each in answer["candidates"]
        ]
        if answer.get("then"):
            then = ", ".join(f"{each['name']} [{each['code']}]" for each in answer["then"])
            lines.append(f"    {say('answer-then', lang, vintage=vintage, places=then)}")
        blocks.append("\n".join(lines))
    return "".join(f"{block}\n" for block in blocks)


def _named(answer: dict[str, Any]) -> str:
    within = ", ".join(answer["departements"])
    return f"{answer['name']} ({within})" if within else str(answer["name"])
