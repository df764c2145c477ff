"""Measure how long files of 35,000 rows take to be read, beside pandas, in one run.

CSV, XLSX, ODS and Parquet of 15 columns are read with `read_sheet` and with pandas
(as text; `openpyxl` for XLSX, `odfpy` for ODS where it is installed), and a workbook
of two rows that declares a million is read by both. What counts is the ratio.

Usage: python benchmarks/reading.py [--runs N] [--rows N]
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import statistics
import tempfile
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import openpyxl
import pandas as pd

from geocontracts.records.formats.read import read_sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

COLUMNS = 15
TEXTS = 10  # of the columns; the others are numbers
LAST_ROW = 1_048_576
ODS = "application/vnd.oasis.opendocument.spreadsheet"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the files, read them with both, and print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--rows", type=int, default=35_000)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        files = _files(Path(folder), _table(options.rows))
        print(f"{'file':<24}{'geocontracts':>14}{'pandas':>12}{'ratio':>8}   (median of {options.runs}, s)")
        for label, (path, peer) in files.items():
            ours = _median(lambda path=path: read_sheet(path), options.runs)  # type: ignore[misc]
            theirs = _median(peer, options.runs) if peer else None
            beside = f"{theirs:>12.3f}{theirs / ours:>7.1f}x" if theirs else f"{'—':>12}{'—':>8}"
            print(f"{label:<24}{ours:>14.3f}{beside}")
    return 0


def _table(rows: int) -> list[list[object]]:
    header: list[object] = [f"Colonne {rank}" for rank in range(COLUMNS)]
    body: list[list[object]] = [
        [f"Communauté {row} de {rank}" if rank < TEXTS else row * 100 + rank for rank in range(COLUMNS)]
        for row in range(rows)
    ]
    return [header, *body]


def _files(folder: Path, table: list[list[object]]) -> dict[str, tuple[Path, Callable[[], object] | None]]:
    """Write one file of each kind; return its path and how pandas reads it."""
    text, book, ods = folder / "a.csv", folder / "a.xlsx", folder / "a.ods"
    columns, declared = folder / "a.parquet", folder / "declared.xlsx"
    with text.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(table)
    _write_workbook(book, table)
    _write_workbook(declared, table[:3], declare=True)
    _write_ods(ods, table)
    pd.DataFrame(table[1:], columns=[str(name) for name in table[0]]).to_parquet(columns)
    has_odf = importlib.util.find_spec("odf") is not None
    return {
        "CSV": (text, lambda: pd.read_csv(text, sep=";", dtype=str, keep_default_na=False)),
        "XLSX": (book, lambda: pd.read_excel(book, dtype=str, engine="openpyxl")),
        "ODS": (ods, (lambda: pd.read_excel(ods, dtype=str, engine="odf")) if has_odf else None),
        "Parquet": (columns, lambda: pd.read_parquet(columns).astype(str)),
        "XLSX, a million declared": (declared, lambda: pd.read_excel(declared, dtype=str, engine="openpyxl")),
    }


def _write_workbook(path: Path, table: list[list[object]], *, declare: bool = False) -> None:
    book = openpyxl.Workbook(write_only=not declare)
    sheet = book.create_sheet("Liste", 0)
    for row in table:
        sheet.append(row)
    if declare:
        sheet.cell(LAST_ROW, COLUMNS).number_format = "0.00"
    book.save(path)


def _write_ods(path: Path, table: list[list[object]]) -> None:
    """Write a plain ODS: odfdo would take a minute for so many rows."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    rows = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in table)
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="Liste">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<m:file-entry m:full-path="/" m:media-type="{ODS}"/></m:manifest>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", ODS, zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)


def _ods_cell(value: object) -> str:
    kind = f'float" office:value="{value}' if isinstance(value, int) else "string"
    text = escape(str(value))
    return f'<table:table-cell office:value-type="{kind}"><text:p>{text}</text:p></table:table-cell>'


def _median(act: Callable[[], object], runs: int) -> float:
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        act()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


if __name__ == "__main__":
    raise SystemExit(main())
