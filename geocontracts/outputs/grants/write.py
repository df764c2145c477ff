"""Write the totals of a list of grants: for a spreadsheet, for a map, and what is to be mended."""

from __future__ import annotations

import csv
import io
import json
import shutil
from dataclasses import replace
from decimal import Decimal
from itertools import chain, repeat
from typing import TYPE_CHECKING, Any

from geocontracts.files import mark_of, refuse_overwriting, whole_file, write_whole
from geocontracts.outputs.answers import formula_safe
from geocontracts.outputs.provenance import made, origin_text, provenance_json
from geocontracts.records.amounts import TOTALS
from geocontracts.records.large.store import quoted
from geocontracts.records.schema import load_schema
from geocontracts.together import together
from geocontracts.webmap.linked import linked_output
from geocontracts.webmap.provenance import provenance_of, told_of
from geocontracts.words import LANGS, catalogue, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from geocontracts.outputs.grants.totals import GrantTotals
    from geocontracts.outputs.provenance import Told
    from geocontracts.webmap.contract import Input
    from geocontracts.words import Lang

_FILES = ("totals", "map", "lost", "problems", "provenance")


def grant_files(folder: Path, lang: Lang, *, parquet: bool = False) -> dict[str, Path]:
    """Return what `write_grants` writes, as it tells; `parquet` if asked."""
    files = {name: folder / say(f"large-file-{name}", lang) for name in _FILES}
    if parquet:
        files["parquet"] = files["totals"].with_suffix(".parquet")
    return files


def stale_files(folder: Path, lang: Lang, *, parquet: bool = False) -> list[Path]:
    """Return what an earlier run may have left in a folder, which `write_grants` does not write anew."""
    written = set(grant_files(folder, lang, parquet=parquet).values())
    could = (path for each in LANGS for path in grant_files(folder, each, parquet=True).values())
    return [path for path in dict.fromkeys(could) if path not in written and path.exists()]


def write_grants(
    totals: GrantTotals, folder: Path, *, lang: Lang = "fr", parquet: bool = False
) -> dict[str, Path]:
    """Write the files of `grant_files`, all or none, and return them.

    `totals` has a line for each place, programme and year; `map` one for each place and programme, which
    `geocontracts map` reads; `lost` every row of the list that lacks a place or is no grant, with the reason;
    `problems` every spelling of an amount or a date that is to be mended. An empty cell is unknown.
    Each says in its last column, on its first row, what it was made from; `provenance` says so to
    programs, in JSON-LD, with the hashes of the list and of what was written.

    Raises:
        OutputError: a file cannot be written, or is the list itself.
    """
    files = grant_files(folder, lang, parquet=parquet)
    path = totals.loaded.head.sheet.origin.path
    refuse_overwriting(files.values(), [path] if path else [], key="output-is-list")
    told = told_of_grants(totals, lang)
    credit = origin_text(told, lang)
    lost = ("line", "state", "written", "reason", "candidates", "programme", "year", *totals.amounts)
    problems = ("severity", "column", "spelling", "reason", "rows", "first")
    with together():
        _write(files["totals"], totals.columns, _told(totals.rows(), lang), credit, lang)
        _write(files["map"], _map_columns(totals), _map_rows(totals, lang), credit, lang)
        _write(files["lost"], lost, _lost(totals, lang), credit, lang)
        _write(files["problems"], problems, _problems(totals, lang), credit, lang)
        if parquet:
            _write_parquet(totals, files["parquet"], {"title": _title(told, lang), **provenance_json(told)})
        write_whole(files["provenance"], _linked(told, files, lang))
    return files


def told_of_grants(totals: GrantTotals, lang: Lang) -> Told:
    """Return where the totals come from: the list, who gives it, the boundaries."""
    inputs = totals.loaded.head.inputs
    provenance = provenance_of(totals.source.licence or "", inputs, lang)
    return {"sources": [told_of(totals.source)], "provenance": provenance}


def _linked(told: Told, files: dict[str, Path], lang: Lang) -> bytes:
    """Return the provenance of all files, each with its hash."""
    marks = [mark_of(path) for name, path in files.items() if name != "provenance"]
    block = made(told, lang, title=_title(told, lang), how="origin-joined")
    outputs: list[Input] = [{"name": each.name, "bytes": each.bytes, "sha256": each.sha256} for each in marks]
    return f"{linked_output(replace(block, files=outputs))}\n".encode("utf-8", "replace")


def _title(told: Told, lang: Lang) -> str:
    return say("audit-grants", lang, name=told["sources"][0]["title"])


def heading(column: str, lang: Lang) -> str:
    """Return the heading of a column as people see it."""
    fields = {field.name: field for field in load_schema()["contracts"].fields}
    if f"large-col-{column}" in catalogue():
        return say(f"large-col-{column}", lang)
    if column.endswith("_unknown"):
        return say("large-col-unknown", lang, column=heading(column.replace("_unknown", "_eur"), lang))
    return fields[column].labels[lang]


def _write(
    path: Path, columns: Sequence[str], rows: Iterable[Sequence[Any]], credit: str, lang: Lang
) -> None:
    """Write a CSV row by row, as a spreadsheet of that language opens it."""
    with whole_file(path) as stream:
        text = io.TextIOWrapper(
            stream, encoding="utf-8-sig" if lang == "fr" else "utf-8", errors="replace", newline=""
        )
        writer = csv.writer(text, delimiter=";" if lang == "fr" else ",", lineterminator="\n")
        writer.writerow([*(heading(column, lang) for column in columns), say("export-credit-line", lang)])
        last = chain([formula_safe(credit)], repeat(""))
        writer.writerows([*(_cell(value, lang) for value in row), next(last)] for row in rows)
        text.flush()
        text.detach()


def _cell(value: Any, lang: Lang) -> str:
    """Write a value: a sum in the habit of the language, nothing for unknown, text that is no formula."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        text = format(value, "f")
        text = text.rstrip("0").rstrip(".") if text.endswith(".00") else text
        return text.replace(".", ",") if lang == "fr" else text
    return formula_safe(value) if isinstance(value, str) else str(value)


def _told(rows: Iterable[Sequence[Any]], lang: Lang) -> Iterator[Sequence[Any]]:
    for level, *rest in rows:
        yield (say(f"large-level-{level or 'none'}", lang), *rest)


def _map_columns(totals: GrantTotals) -> tuple[str, ...]:
    return ("title", "programme", "territories", *totals.amounts, "remark")


def _map_rows(totals: GrantTotals, lang: Lang) -> Iterator[Sequence[Any]]:
    """Yield a line of a list for each place and programme."""
    for level, code, name, programme, grants, without, *pairs in totals.places():
        silent = without if totals.amounts else 0
        key = "large-map-title-silent" if silent else "large-map-title"
        title = say(key, lang, programme=programme, name=name, count=grants, without=silent)
        place = code if level == "several" else f"{level}:{code}"
        unknown = dict(zip(totals.amounts, pairs[1::2], strict=True))
        yield (title, programme, place, *pairs[::2], _remark(unknown, grants, lang))


def _remark(unknown: dict[str, int], grants: int, lang: Lang) -> str:
    """Say of each amount how many of the grants do not count in it, and what stands for them."""
    is_least = len(unknown) > 1
    return " ".join(
        say(
            "large-map-least" if is_least and role == TOTALS["contract"] else "large-map-unknown",
            lang,
            column=heading(role, lang),
            unknown=count,
            count=grants,
        )
        for role, count in unknown.items()
        if count
    )


def _lost(totals: GrantTotals, lang: Lang) -> Iterator[Sequence[Any]]:
    """Yield the rows without place, then those that are no grants."""
    for line, state, *rest in totals.unplaced():
        yield (line, say(f"large-state-{state}", lang), *rest)
    blank = [None] * (len(totals.amounts) + 3)
    for line, said, why in totals.idle():
        yield (line, say("large-state-idle", lang), said, why, *blank)


def _problems(totals: GrantTotals, lang: Lang) -> Iterator[Sequence[Any]]:
    for severity, *rest in totals.problems():
        yield (say(f"large-severity-{severity}", lang), *rest)


def _write_parquet(totals: GrantTotals, path: Path, told: dict[str, Any]) -> None:
    """Write the totals with their types, for other programs; names of columns are English."""
    origin = quoted(json.dumps(told, ensure_ascii=False))
    scratch = totals.store.folder / "totals.parquet"
    query = f"SELECT {', '.join(totals.columns)} FROM totals ORDER BY level NULLS LAST, code, programme, year"  # noqa: S608
    totals.store.run(
        f"COPY ({query}) TO {quoted(str(scratch))} (FORMAT parquet, KV_METADATA {{provenance: {origin}}})"
    )
    with whole_file(path) as stream, scratch.open("rb") as written:
        shutil.copyfileobj(written, stream)
