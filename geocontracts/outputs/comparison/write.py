"""Write a comparison: a table, Markdown, CSV, JSON, or the page of its map.

The JSON is one object: `old` and `new` say `name` and `edition` (ISO or null); `counts` are by
table (`old`, `added`, `gone`, `new`, `began`, `ended`, `changed`, `same`), `funding` by period (`old`,
`new`: euros or null); `changes` has an object for each change, with the columns of `rows.py`; `doubts`
lists `old` and `new` ids and `how`; `provenance` says of `old` and `new` where they come from; `cautions`
and `notes` are sentences in the language asked for.
"""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from geocontracts.errors import OutputError
from geocontracts.files import refuse_overwriting, write_whole
from geocontracts.outputs.answers import formula_safe
from geocontracts.outputs.comparison.cautions import cautions
from geocontracts.outputs.comparison.changes import as_text
from geocontracts.outputs.comparison.report import notes
from geocontracts.outputs.comparison.rows import COLUMNS, rows
from geocontracts.outputs.comparison.text import markdown, text
from geocontracts.outputs.provenance import origins_text, provenance_json, told_of_register
from geocontracts.outputs.said import date_text
from geocontracts.records.schema import load_schema
from geocontracts.records.values import PartialDate
from geocontracts.words import say

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geocontracts.outputs.comparison.comparison import Comparison
    from geocontracts.records.schema import Field
    from geocontracts.words import Lang

SUFFIXES = (".md", ".csv", ".json", ".html")


def write_comparison(comparison: Comparison, path: Path, *, lang: Lang = "fr") -> None:
    """Write a comparison as the suffix of `path` says: .md, .csv, .json, or .html for its map.

    Raises:
        OutputError: the suffix is another one, the file cannot be written, or it belongs to
            one of the registers.
    """
    check_suffix(path)
    refuse_overwriting([path], [*comparison.old.files, *comparison.new.files])
    if path.suffix.lower() == ".html":
        from geocontracts.outputs.comparison.page import render_changes

        write_whole(path, render_changes(comparison, lang=lang))
        return
    told = format_comparison(comparison, style=path.suffix.lower()[1:], lang=lang)
    write_whole(path, told.encode("utf-8", "replace"))


def check_suffix(path: Path) -> None:
    """Refuse a path whose suffix says no kind of comparison.

    Raises:
        OutputError: the suffix is none of .md, .csv, .json and .html.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise OutputError("cmp-suffix", file=str(path), expected=", ".join(SUFFIXES))


def format_comparison(comparison: Comparison, *, style: str, lang: Lang = "fr") -> str:
    """Return the comparison in one of the styles {"table", "md", "csv", "json"}."""
    writers: dict[str, Callable[[Comparison, Lang], str]] = {
        "table": text,
        "md": markdown,
        "csv": _csv,
        "json": _json,
    }
    return writers[style](comparison, lang)


def _csv(comparison: Comparison, lang: Lang) -> str:
    """Return one line a change, for a spreadsheet in the reader's language; the first says what was read."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if lang == "fr" else ",", lineterminator="\r\n")
    heads = [say(f"cmp-col-{column.replace('_', '-')}", lang) for column in COLUMNS]
    writer.writerow([*heads, say("export-credit-line", lang)])
    for rank, row in enumerate(rows(comparison, lang)):
        credit = "" if rank else formula_safe(origins_text(comparison, lang))
        writer.writerow([*(_cell(column, value, row, lang) for column, value in row.items()), credit])
    return "\ufeff" + out.getvalue()


_SAID = {"table": "cmp-one-", "kind": "cmp-short-", "how": "cmp-how-is-"}


def _cell(column: str, value: Any, row: dict[str, Any], lang: Lang) -> str:
    """Write a value for a spreadsheet; codes bear their level, so that none is taken for a number."""
    if value is None:
        return ""
    if column in _SAID:
        return say(f"{_SAID[column]}{value}", lang)
    if column in ("difference", "amount"):
        return _sum(float(value), lang)  # a figure of ours: its minus sign starts no formula
    if column in ("gained", "lost"):
        return "; ".join(f"commune:{code}" for code in value)
    return _of_register(column, value, row, lang)


def _of_register(column: str, value: Any, row: dict[str, Any], lang: Lang) -> str:
    """Write what a register says, under the labels of its declaration."""
    table = load_schema()[row["table"]]
    if column == "field":
        return table.field(value).label(lang)
    if column == "amount_period" or (column in ("old", "new") and row["field"]):
        return _value(table.field(row["field"] if column != "amount_period" else column), value, lang)
    return formula_safe("; ".join(value) if column == "places" else str(value))


def _value(field: Field, written: str, lang: Lang) -> str:
    """Write a value of a register as people read it: a label, a date, a number with its decimal mark.

    What was not understood stays as it is written.
    """
    if written in field.choices:
        return field.choices[written][lang]
    try:
        if field.kind == "amount":
            return _sum(float(written), lang)
        if field.kind == "date":
            return date_text(PartialDate(written), lang)
    except ValueError:
        pass
    return formula_safe(written)


def _sum(value: float, lang: Lang) -> str:
    number = as_text(value)
    return number.replace(".", ",") if lang == "fr" else number


def _json(comparison: Comparison, lang: Lang) -> str:
    editions = comparison.editions
    names = ("old", "added", "gone", "new", "began", "ended", "changed", "same")
    told = {
        "old": {"name": comparison.old.name, "edition": editions.old.text if editions.old else None},
        "new": {"name": comparison.new.name, "edition": editions.new.text if editions.new else None},
        "counts": {
            table: {name: getattr(count, name) for name in names}
            for table, count in comparison.counts.items()
        },
        "funding": {
            period: {"old": old.total, "new": new.total} for period, (old, new) in comparison.funding.items()
        },
        "changes": list(rows(comparison, lang)),
        "doubts": [{"old": each.old, "new": each.new, "how": each.how} for each in comparison.doubts],
        "provenance": {
            name: provenance_json(told_of_register(register, lang))
            for name, register in (("old", comparison.old), ("new", comparison.new))
        },
        "cautions": [each.text(lang) for each in cautions(comparison)],
        "notes": [note.text(lang) for note in notes(comparison)],
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"
