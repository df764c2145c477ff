"""What was guessed of a list, for those who answer for its figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.places.vintage import guess_vintage
from geocontracts.records.formats.headings import folded
from geocontracts.records.formulas import formula_cells
from geocontracts.records.lists.finer import is_wide
from geocontracts.records.lists.mapping import SHEET
from geocontracts.records.lists.programmes import programme_of, untold_programme
from geocontracts.records.lists.roles import role_labels
from geocontracts.words import LANGS, Labels, Message, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from geocontracts.records.formats.sheet import Sheet
    from geocontracts.records.lists.mapping import ListMapping
    from geocontracts.records.lists.recognise import Column, Plan
    from geocontracts.records.tables import Table

_SHOWN = 5  # rows or cells that a note names


def plan_notes(plan: Plan, told: ListMapping, programmes: Mapping[str, str]) -> tuple[Message, ...]:
    """Return how the columns, the shape and the programmes of a list were understood."""
    return tuple(_notes(plan, told, programmes))


def gone_notes(sheet: Sheet, told: ListMapping) -> Iterator[Message]:
    """Yield what a saved mapping says of columns and of a sheet that are there no more."""
    there = {folded(heading) for heading in sheet.header}
    gone = [
        heading for heading in told.columns if folded(heading) in told.saved and folded(heading) not in there
    ]
    if gone:
        yield Message("list-columns-gone", {"columns": ", ".join(gone)})
    if told.sheet and SHEET in told.saved and folded(told.sheet) != folded(sheet.origin.sheet):
        yield Message("list-sheet-gone", {"sheet": told.sheet})


def nameless_notes(sheet: Sheet) -> list[Message]:
    """Say that columns without heading hold something, and are not read."""
    width = len(sheet.header)
    blank = [rank for rank, heading in enumerate(sheet.header) if not heading.strip()]
    filled = [
        rank
        for rank in blank
        if any(rank < len(cells) <= width and cells[rank].strip() for _, cells in sheet.rows)
    ]
    if not filled:
        return []
    return [Message("list-columns-nameless", {"columns": ", ".join(str(rank + 1) for rank in filled)})]


def file_notes(plan: Plan, table: Table) -> list[Message]:
    """Say that the file’s name stands for a programme that no column tells, or which rows tell none."""
    untold = [problem for problem in table.problems if problem.message.key == "row-programme-untold"]
    if untold:
        rows = _shown([str(problem.row) for problem in untold])
        facts = {"count": len(untold), "rows": rows, "programme": untold_programme()}
        return [Message("list-programme-untold" if untold[1:] else "list-programme-untold-one", facts)]
    if plan.programme or all(row.values["programme"] for row in table.rows):
        return []
    return [Message("list-programme-file", {"value": table.name})]


def personal_notes(table: Table) -> list[Message]:
    """Say which cells seem to hold a telephone number or an e-mail address; what they hold is not quoted."""
    found = [problem for problem in table.problems if problem.message.key == "cell-personal"]
    if not found:
        return []
    cells: list[Mapping[str, str]] = [
        {lang: say("list-cell", lang, row=each.row, column=each.column) for lang in LANGS} for each in found
    ]
    shown = Labels(tuple(cells[:_SHOWN]))
    more = Message("list-more", {"count": len(cells) - _SHOWN}) if len(cells) > _SHOWN else ""
    facts = {"count": len(cells), "cells": shown, "more": more, "column": found[0].column}
    return [Message("list-personal" if cells[1:] else "list-personal-one", facts)]


def formula_notes(sheet: Sheet) -> list[Message]:
    """Say how many cells of a list begin as a formula does, and which is the first."""
    found = formula_cells([(sheet.header_line, sheet.header), *sheet.rows])
    if not found:
        return []
    row, rank = found[0]
    facts = {"count": len(found), "row": row, "column": sheet.called(rank)}
    return [Message("list-formulas" if found[1:] else "list-formulas-one", facts)]


def _shown(rows: list[str]) -> str:
    return ", ".join(rows[:_SHOWN]) + ("…" if len(rows) > _SHOWN else "")


def vintage_notes(table: Table) -> list[Message]:
    """Say which vintage the codes of the list are of, if it holds codes."""
    items = [item for row in table.rows for item in row.items] + [idle.item for idle in table.idle]
    codes = [item.written for item in items if item.written[:1].isdigit()]
    guess = guess_vintage(codes)
    return guess.messages() if guess.known else []


def _notes(plan: Plan, told: ListMapping, programmes: Mapping[str, str]) -> Iterator[Message]:
    for why in ("told", "heading", "content"):
        found = [
            _equation(column.heading, role_labels(column.role))
            for column in plan.columns
            if column.role and column.why == why
        ]
        if found:
            yield Message(f"list-columns-{why}", {"columns": Labels(tuple(found))})
    aside = [column.heading for column in plan.columns if column.why == "aside" and column.heading.strip()]
    if aside:
        yield Message("list-columns-aside", {"count": len(aside), "columns": ", ".join(aside)})
    for column in plan.columns:
        if column.why in ("rows", "doubtful"):
            yield Message(f"list-numbers-{column.why}", {"column": column.heading.strip()})
    yield Message(f"list-shape-{plan.shape}")
    coarse = _coarse(plan)
    if coarse:
        yield Message("list-coarse", {"column": coarse.heading})
    if plan.programme and told.programme is None:
        yield Message("list-programme-guessed", {"value": plan.programme})
    yield from _of_programmes(plan, programmes)
    grant = plan.rank("amount_unattributed_eur")
    if grant is not None and plan.rank("amount_total_eur") is not None:
        heading = next(column.heading for column in plan.columns if column.rank == grant)
        yield Message("list-grant-inside", {"column": heading})


def _of_programmes(plan: Plan, programmes: Mapping[str, str]) -> Iterator[Message]:
    """Say which programme each column stands for, where there is one for each, and which spellings met."""
    schemes = [column for column in plan.identifiers if column.scheme]
    for key, columns in (("list-schemes", schemes[1:] and schemes), ("list-members", plan.members)):
        if columns:
            names = [programme_of(column.scheme, programmes) for column in columns]
            found = [
                _equation(column.heading, dict.fromkeys(LANGS, name))
                for column, name in zip(columns, names, strict=True)
            ]
            yield Message(key, {"columns": Labels(tuple(found))})
    met: list[Mapping[str, str]] = [
        {lang: say("list-programme-met", lang, value=text, name=name) for lang in LANGS}
        for text, name in plan.spellings.items()
    ]
    if met:
        yield Message("list-programmes-met", {"names": Labels(tuple(met))})


def _coarse(plan: Plan) -> Column | None:
    """Return the column of départements or regions by which all rows are placed, if there is no finer."""
    where = [column for column in plan.columns if column.says_where]
    return where[0] if all(map(is_wide, where)) else None


def _equation(heading: str, labels: Mapping[str, str]) -> dict[str, str]:
    return {lang: say("list-column", lang, column=heading, role=labels[lang]) for lang in LANGS}
