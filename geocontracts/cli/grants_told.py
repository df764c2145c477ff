"""What is printed of a list of grants: how it was read, what is to be mended, its rows and its euros."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from geocontracts.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from geocontracts.outputs.grants.euros import ColumnEuros
    from geocontracts.outputs.grants.totals import GrantTotals
    from geocontracts.words import Lang

_SHOWN = 10  # kinds of problems, and writings without a place, that are printed


def tell_grants(totals: GrantTotals, lang: Lang) -> bool:
    """Say how the list was read, what is to be mended, the counts and the euros; return if all is well."""
    from geocontracts.outputs.grants.euros import column_euros

    notes = (note.text(lang) for note in totals.notes)
    columns = list(column_euros(totals))
    for line in (
        *(text[:1].upper() + text[1:] for text in notes),
        *_problems(totals, lang),
        *_unplaced(totals, lang),
        say("large-summary", lang, **vars(totals.counts)),
        *(line for column in columns for line in _euros(column, lang)),
    ):
        print(line, file=sys.stderr)
    (errors,) = totals.store.one("SELECT count(*) FROM problems WHERE severity = 'error'")
    misread = errors - _negatives(totals)
    if misread:
        print(say("large-errors", lang, count=misread), file=sys.stderr)
    return not errors and not totals.counts.unplaced and not totals.counts.partly


def _negatives(totals: GrantTotals) -> int:
    from geocontracts.records.large.values import NEGATIVE

    (count,) = totals.store.one(f"SELECT count(*) FROM problems WHERE kind = '{NEGATIVE}'")  # noqa: S608
    return int(count)


def _problems(totals: GrantTotals, lang: Lang) -> Iterator[str]:
    """Say each kind of error once; negative amounts are said with their euros."""
    from geocontracts.records.large.values import NEGATIVE

    found = totals.store.rows(f"""
        SELECT heading, arg_min(told, first), min(first), sum(rows)::BIGINT, count(*) - 1 FROM problems
        WHERE severity = 'error' AND kind <> '{NEGATIVE}' GROUP BY heading, kind ORDER BY 3, 1
    """)  # noqa: S608 - a word of ours
    file = say("large-file-problems", lang)
    lines = [
        say(
            "large-problem-kind" if others else "large-problem",
            lang,
            column=column,
            told=told,
            row=first,
            count=rows,
            others=others,
            file=file,
        )
        for column, told, first, rows, others in found
    ]
    yield from lines[:_SHOWN]
    if len(lines) > _SHOWN:
        yield say("large-more", lang, n=len(lines) - _SHOWN, file=file)


def _unplaced(totals: GrantTotals, lang: Lang) -> Iterator[str]:
    """Say the writings without a place of the most rows, and how many more there are."""
    lacking = "FROM answers JOIN writings USING (id) WHERE state IN ('unplaced', 'partly')"
    query = f"""
        SELECT written, reason, sum(rows)::BIGINT, min(first), count(*) OVER () {lacking}
        GROUP BY written, reason ORDER BY 3 DESC, 4 LIMIT {_SHOWN}
    """
    kinds = 0
    for written, reason, rows, first, kinds in totals.store.rows(query):  # noqa: B007 - the last counts all
        yield say("large-unplaced", lang, written=written, reason=reason, count=rows, row=first)
    if kinds > _SHOWN:
        yield say("large-more", lang, n=kinds - _SHOWN, file=say("large-file-lost", lang))


def _euros(column: ColumnEuros, lang: Lang) -> Iterator[str]:
    """Say what became of the euros of a column."""
    counts = {"nothing": column.nothing, "unread": column.unread}
    if column.total is None:
        yield say("large-euros-none", lang, column=column.heading, **counts)
    else:
        yield say("large-euros", lang, column=column.heading, sum=_sum(column.total, lang), **counts)
    if column.negative:
        key = "large-euros-negative" if column.negative > 1 else "large-euros-negative-one"
        facts = {"count": column.negative, "sum": _sum(-column.below, lang), "row": column.first}
        yield say(key, lang, column=column.heading, **facts)
    files = {name: say(f"large-file-{name}", lang) for name in ("totals", "map")}
    for name, euros in (("unplaced", column.unplaced), ("several", column.several)):
        if euros:
            yield say(f"large-euros-{name}", lang, column=column.heading, sum=_sum(euros, lang), **files)
    yield from _stated(column, lang)


def _stated(column: ColumnEuros, lang: Lang) -> Iterator[str]:
    """Say whether the total that the list gives is the sum of its rows."""
    if column.stated is None:
        return
    gap = column.gap
    kind = "same" if not gap else "negative" if gap == -column.below else "more" if gap > 0 else "less"
    yield say(
        f"large-stated-{kind}",
        lang,
        row=column.stated.line,
        said=column.stated.said,
        column=column.heading,
        stated=_sum(column.stated.euros, lang),
        sum=_sum(column.total or 0, lang),
        gap=_sum(abs(gap), lang),
    )


def _sum(euros: Decimal | int, lang: Lang) -> str:
    from geocontracts.outputs.said import sum_text

    sign = "−" if euros < 0 else ""
    return sign + say("fiche-euros", lang, n=sum_text(abs(float(euros)), lang))
