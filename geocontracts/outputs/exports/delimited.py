"""CSV for a spreadsheet in the reader's language, and safe in it."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import TYPE_CHECKING

from geocontracts.outputs.answers import formula_safe
from geocontracts.words import say

if TYPE_CHECKING:
    from geocontracts.outputs.exports.content import ExportContent
    from geocontracts.outputs.exports.model import ExportTable, Value
    from geocontracts.words import Lang

_OF_RECORDS = ("records", "contracts", "missions", "operations")


def to_csv(content: ExportContent, table: ExportTable, *, bom: bool | None = None) -> bytes:
    """Return the table with headings and labels in the reader's language.

    A French spreadsheet wants semicolons, a decimal comma and a mark that says UTF-8 (`bom`: None is as the
    language wants). A text that would be taken for a formula begins with an apostrophe. Dates are
    ISO: every spreadsheet reads them alike, and no day is taken for a month. The last column says whom to
    name, since the file has no other place for it: on every row of a table of records, of which single rows
    are passed on, elsewhere on the first.
    """
    lang, line = content.lang, content.credit_line
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if lang == "fr" else ",", lineterminator="\n")
    heads = [formula_safe(column.label(lang)) for column in table.columns]
    writer.writerow([*heads, say("export-credit-line", lang)])
    for rank, row in enumerate(table.rows):
        told = line if rank == 0 or table.name in _OF_RECORDS else ""
        shown = [column.shown(value, lang) for column, value in zip(table.columns, row, strict=True)]
        writer.writerow([*(_cell(value, lang) for value in shown), told])
    is_marked = lang == "fr" if bom is None else bom
    return ("\ufeff" if is_marked else "").encode() + out.getvalue().encode()


def _cell(value: Value, lang: Lang) -> str:
    if isinstance(value, float):
        told = f"{value:.3f}".rstrip("0").rstrip(".")
        return told.replace(".", ",") if lang == "fr" else told
    if isinstance(value, (int, dt.date)):
        return str(value)
    return "" if value is None else formula_safe(str(value))
