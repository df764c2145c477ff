"""A table that is written in any format and encoding is read back cell for cell, on the lines that it has."""

from __future__ import annotations

import csv
import html
import io
import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geocontracts.records.formats.read import read_sheet
from geocontracts.records.lists.headings import known_headings
from tests.budget import examples

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.thorough  # with every check in CI: the default run is kept short

HEADER = ["Identifiant", "Intitulé", "Commune", "Montant total", "Remarques"]
Row = list[str]
_SIGNS = "aéœ’ZÀ0159;,|\t\"'=+-€/.()« »"
_WORDS = (
    "Arras",
    "62041",
    "02691",
    "1 234,50 €",
    "31/12/2019",
    "CC du Ternois",
    "",
    "",
    "NULL",
    "a;b,c|d",
    '"',
)
cells = st.one_of(st.sampled_from(_WORDS), st.text(st.sampled_from(_SIGNS), max_size=10).map(str.strip))
rows = st.lists(
    st.one_of(st.lists(cells, min_size=5, max_size=5), st.just([""] * 5)), min_size=1, max_size=8
).filter(lambda table: any(map(any, table)))


def filled(table: list[Row]) -> list[tuple[int, Row]]:
    """Return the rows that say something, with their lines below a header on line 1."""
    return [(line, row) for line, row in enumerate(table, 2) if any(row)]


def read(name: str, content: bytes) -> tuple[Row, list[tuple[int, Row]]]:
    """Return the header and the rows that are read of a file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        sheet = read_sheet(path, known=known_headings())
    return list(sheet.header), [(line, [*cells, *[""] * (5 - len(cells))]) for line, cells in sheet.rows]


@examples(50)
@given(
    table=rows,
    delimiter=st.sampled_from(";,\t|"),
    newline=st.sampled_from(["\n", "\r\n"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    told=st.booleans(),
)
def test_text(  # noqa: PLR0913 - the ways to write a text with separators
    table: list[Row], delimiter: str, newline: str, encoding: str, quoting: int, *, told: bool
) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator=newline, quoting=quoting)  # type: ignore[arg-type]
    writer.writerows([HEADER, *table])
    text = (f"sep={delimiter}{newline}" if told else "") + out.getvalue()
    assert read("liste.csv", text.encode(encoding)) == (HEADER, filled(table))


def as_xlsx(table: list[Row]) -> bytes:
    """Return a workbook of text cells."""
    import openpyxl
    from openpyxl.cell import WriteOnlyCell

    book, out = openpyxl.Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet()
    for row in table:
        made = [WriteOnlyCell(sheet, cell or None) for cell in row]
        for cell in made:
            cell.data_type = "s" if cell.value else "n"  # a text that begins with = is no formula
        sheet.append(made)
    book.save(out)
    return out.getvalue()


def as_html(table: list[Row]) -> bytes:
    """Return a page with one table."""
    lines = ("".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in table)
    return f"<html><table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table></html>".encode()


def as_geojson(table: list[Row]) -> bytes:
    """Return features without geometry."""
    header, *others = table
    features = [
        {"type": "Feature", "properties": dict(zip(header, row, strict=True)), "geometry": None}
        for row in others
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def as_parquet(table: list[Row]) -> bytes:
    """Return columns of texts."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    header, *others = table
    out = io.BytesIO()
    columns = list(zip(*others, strict=True))
    pq.write_table(
        pa.table(
            {name: pa.array(list(column), pa.string()) for name, column in zip(header, columns, strict=True)}
        ),
        out,
    )
    return out.getvalue()


def as_ods(table: list[Row]) -> bytes:
    """Return an ODS workbook of text cells."""
    from odfdo import Document, Table

    book, out = Document("spreadsheet"), io.BytesIO()
    book.body.clear()
    sheet = Table("Feuille")
    sheet.set_values(table)
    book.body.append(sheet)
    book.save(out)
    return out.getvalue()


WRITERS: dict[str, Callable[[list[Row]], bytes]] = {
    "xlsx": as_xlsx, "ods": as_ods, "html": as_html, "geojson": as_geojson, "parquet": as_parquet
}  # fmt: skip


def spaced(cell: str) -> str:
    """Return a cell as a web page holds it: all blanks that follow each other are one space."""
    return " ".join(cell.replace("\t", " ").split(" "))


@pytest.mark.parametrize("suffix", [".csv", ".xls", ".xlsx", ".xlsb", ".ods"])
@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_workbook_with_the_name_of_another_kind(kind: str, suffix: str) -> None:
    row = ["1", "ACV", "Arras", "1500", ""]
    assert read(f"liste{suffix}", WRITERS[kind]([HEADER, row])) == (HEADER, [(2, row)])


@pytest.mark.parametrize("suffix", sorted(WRITERS))
@examples(8)
@given(table=rows)
def test_other_formats(suffix: str, table: list[Row]) -> None:
    if suffix in ("html", "ods"):
        table = [[" ".join(cell.split()) for cell in row] for row in table]
    header, found = read(f"liste.{suffix}", WRITERS[suffix]([HEADER, *table]))
    assert header == HEADER
    if suffix in ("geojson", "parquet"):  # they have no blank lines: every row is one
        assert found == list(enumerate(table, 2))
    else:
        assert found == filled(table)
