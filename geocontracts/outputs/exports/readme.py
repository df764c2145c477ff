"""The first sheet of a workbook: what it is, who made the data, what each column means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geocontracts.outputs.over import over_note
from geocontracts.records.amounts import overshoots
from geocontracts.words import say

if TYPE_CHECKING:
    from geocontracts.outputs.exports.content import ExportContent
    from geocontracts.outputs.exports.model import Column, ExportTable
    from geocontracts.words import Lang

_WIDTHS = {"A": 30, "B": 40, "C": 26, "D": 26, "E": 90}


def write_readme(sheet: Any, content: ExportContent, tables: list[ExportTable]) -> None:
    """Fill the sheet."""
    from openpyxl.styles import Alignment, Font

    from geocontracts.outputs.exports.workbook import put

    bold, wrapped = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    for line, (cells, is_heading) in enumerate(_lines(content, tables), start=1):
        for rank, text in enumerate(cells, start=1):
            cell = sheet.cell(line, rank)
            put(cell, text)
            cell.alignment = wrapped
            if is_heading or len(cells) == 2:  # noqa: PLR2004 - a heading and its text
                cell.font = bold if is_heading or rank == 1 else Font()
        if len(cells) <= 2:  # noqa: PLR2004
            sheet.merge_cells(start_row=line, end_row=line, start_column=max(len(cells), 1), end_column=5)
    for letter, width in _WIDTHS.items():
        sheet.column_dimensions[letter].width = width


def _lines(content: ExportContent, tables: list[ExportTable]) -> list[tuple[list[Any], bool]]:
    lang = content.lang
    lines: list[tuple[list[Any], bool]] = [([say("export-readme-about", lang)], True)]
    lines += [([heading, text], False) for heading, text in content.credits]
    lines += [([say(f"export-readme-{key}", lang)], False) for key in ("unknown", "sum", "again")]
    records = list(content.register.records())
    over = overshoots(content.register, records) | overshoots(content.register, records, "yearly")
    lines += [([note], False) for note in filter(None, [over_note(over, lang)])]
    lines += [([""], False), ([say("export-readme-sheets", lang), say("export-readme-rows", lang)], True)]
    lines += [([table.title(lang), len(table.rows)], False) for table in tables]
    heads = ("sheet", "column", "name", "kind", "meaning")
    lines += [([""], False), ([say(f"export-readme-{head}", lang) for head in heads], True)]
    for table in tables:
        for column in table.columns:
            kind = say(f"export-kind-{column.kind}", lang)
            row = [table.title(lang), column.label(lang), f"{table.name}.{column.name}", kind]
            lines.append(([*row, _meaning(column, tables, lang)], False))
    return lines


def _meaning(column: Column, tables: list[ExportTable], lang: Lang) -> str:
    """Return what a column means: our words, the values that it can have, where it leads."""
    titles = {table.name: table.title(lang) for table in tables}
    parts = [column.about.get(lang, ""), ", ".join(words[lang] for words in column.choices.values())]
    if column.reference and column.reference[0] in titles:
        parts.append(f"→ {titles[column.reference[0]]}")
    return ("\u00a0; " if lang == "fr" else "; ").join(filter(None, parts))
