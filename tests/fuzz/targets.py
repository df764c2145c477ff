"""What is fuzzed: a function of bytes for each part that reads what others wrote.

A target fails when anything but an error of ours comes out, or when what it says of its
part does not hold (no letter of a table is lost, an amount is never negative, a password
is never shown). Its seeds are where mutation starts.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geocontracts.errors import GeocontractsError
from geocontracts.places.beside import Beside
from geocontracts.places.fresh.download import _redirected
from geocontracts.places.fresh.etalab import _FIELDS
from geocontracts.places.fresh.features import Sheet, read_communes
from geocontracts.places.fresh.settings import check_address, without_user
from geocontracts.places.gazetteer import load_gazetteer
from geocontracts.places.match import resolve
from geocontracts.records.dates import PartialDate
from geocontracts.records.formats.address import is_address, parse_address
from geocontracts.records.formats.encoding import decode
from geocontracts.records.formats.header import with_header
from geocontracts.records.formats.lines import TOLD_DELIMITER
from geocontracts.records.formats.read import read_sheet
from geocontracts.records.formats.signs import without_unfit
from geocontracts.records.formats.text import read_text
from geocontracts.records.formats.webpage import read_webpage
from geocontracts.records.lists.headings import known_headings
from geocontracts.records.schema import load_schema
from geocontracts.records.values import CellError, parse_cell
from geocontracts.webmap.columns import Packer
from geocontracts.words import LANGS, Message, catalogue, plain, say
from tests.fuzz.pieces import (
    MANIFEST,
    ODS_FOOT,
    ODS_HEAD,
    ODS_PIECES,
    SEEDS,
    SHEET_FOOT,
    SHEET_HEAD,
    XLSX_PIECES,
    assembled,
    workbook,
    zipped,
)
from tests.webmap.unwired import read_column

if TYPE_CHECKING:
    from collections.abc import Callable

    from geocontracts.records.formats.grid import Grid
    from geocontracts.records.schema import Field
    from geocontracts.records.values import Value

NAME = Path("liste.csv")


@dataclass(frozen=True)
class Target:
    """A part that is fuzzed: what runs on an input, and the inputs to begin with."""

    run: Callable[[bytes], None]
    seeds: tuple[bytes, ...]


def told(error: GeocontractsError) -> None:
    """Say that an error can be said in both languages."""
    assert all(error.text(lang).strip() for lang in LANGS)


def letters(text: str) -> str:
    """Return the letters and figures of a text, in order: what no reader may lose."""
    return "".join(filter(str.isalnum, text))


def text(data: bytes) -> None:
    """Read text with separators: every letter of it is in a cell, in the same order."""
    try:
        decoded = decode(data, NAME).text
        grid = read_text(NAME, data, known_headings())
    except GeocontractsError as error:
        return told(error)
    sep = TOLD_DELIMITER.match(decoded)
    body = decoded[sep.end() :] if sep else decoded
    assert letters("".join(cell for _, cells in grid.rows for cell in cells)) == letters(body)
    return table(grid)


def table(grid: Grid) -> None:
    """Find the header: lines grow, and no row has gone but those above it."""
    lines = [line for line, _ in grid.rows]
    assert lines == sorted(set(lines))
    try:
        sheet = without_unfit(with_header(grid, header=None, known=known_headings()))
    except GeocontractsError as error:
        return told(error)
    below = [line for line, _ in sheet.rows]
    assert sheet.header_line in lines
    assert not below or lines[-len(below) :] == below
    assert all(note.text(lang) for note in sheet.notes for lang in LANGS)
    return None


def webpage(data: bytes) -> None:
    """Read a web page that calls itself a workbook."""
    try:
        grid = read_webpage(NAME, data, known_headings())
    except GeocontractsError as error:
        return told(error)
    return table(grid)


def file(data: bytes) -> None:
    """Read a file whose kind is told by what it holds."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "liste.xlsx"
        path.write_bytes(data)
        try:
            sheet = read_sheet(path, known=known_headings())
        except GeocontractsError as error:
            return told(error)
    assert all(note.text(lang) for note in sheet.notes for lang in LANGS)
    return None


PARTS = ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels")


def xlsx(data: bytes) -> None:
    """Read a workbook with a sheet made of pieces, or any bytes for a part of it, as the first byte says."""
    which, rest = (data[0] if data else 0) % 4, data[1:]
    if which < len(PARTS):
        return file(zipped({**workbook(), PARTS[which]: rest}))
    inside = assembled(rest, XLSX_PIECES)
    return file(zipped({**workbook(), PARTS[0]: SHEET_HEAD + inside + SHEET_FOOT}))


def ods(data: bytes) -> None:
    """Read an ODS workbook made of pieces, or, behind a 0, of any bytes."""
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    content = data[1:] if data[:1] == b"\0" else ODS_HEAD + assembled(data, ODS_PIECES) + ODS_FOOT
    file(zipped({"mimetype": kind, "META-INF/manifest.xml": MANIFEST, "content.xml": content}))


def spoken(data: bytes) -> str:
    """Return a text of any signs, halves of pairs too."""
    return data.decode("utf-8", "surrogateescape")


def field_of(kind: str) -> Field:
    return next(field for schema in load_schema().values() for field in schema.fields if field.kind == kind)


def parsed(kind: str, cell: str) -> Value:
    """Return what is kept of a cell, and say that what is said of it can be said."""
    try:
        return parse_cell(field_of(kind), cell)
    except CellError as error:
        said = [error.message.text(lang).strip() for lang in LANGS]
        kept = error.kept
    assert all(said)
    return kept


def dates(data: bytes) -> None:
    """Read a date: it is shown as ISO, which is the same date when it is read again."""
    found = parsed("date", spoken(data))
    assert found is None or isinstance(found, PartialDate)
    if found:
        assert parsed("date", found.text) == found
        assert found.first() <= found.last()


def amounts(data: bytes) -> None:
    """Read an amount: it is never negative nor without end, and a cell without a figure has none."""
    cell = spoken(data)
    found = parsed("amount", cell)
    assert found is None or (isinstance(found, float) and 0 <= found < 1e25)
    assert found is None or any(map(str.isdigit, cell))
    whole = parsed("integer", cell)
    assert whole is None or (isinstance(whole, int) and whole >= 0)
    assert whole is None or found is None or whole == found


def places(data: bytes) -> None:
    """Find a place, alone, in its territory and beside what its row says of it."""
    gazetteer = load_gazetteer()
    name, *rest = spoken(data).split("\n", 4)
    label, departement, epci, postcode = [*rest, "", "", "", ""][:4]
    within = gazetteer.get("region", "32")
    rows = (Beside(label=label), Beside("commune", label, departement, "", epci, postcode))
    for match in (resolve(name), resolve(name, within=within), *(resolve(name, beside=row) for row in rows)):
        assert match.written == name
        assert (match.place is not None) == (match.status in {"placed", "remark"})
        assert match.place is None or gazetteer.get(match.place.level, match.place.code) == match.place
        assert all(match.reason.text(lang).strip() for lang in LANGS)
        assert all(0 <= one.score <= 1 for one in match.candidates)


def columns(data: bytes) -> None:
    """Write any list of JSON as a column, and read it back the same."""
    try:
        values = json.loads(data)
    except (ValueError, RecursionError):
        return
    if not isinstance(values, list) or not values:
        return
    packer = Packer()
    try:
        column: Any = json.loads(json.dumps(packer.column(values)))
    except RecursionError:
        return
    assert json.dumps(read_column(column, len(values), packer.block)).replace(".0", "") == json.dumps(
        values
    ).replace(".0", "")


SECRET = "Zq9SECRETq9Z"  # noqa: S105 - it stands for one


def addresses(data: bytes) -> None:
    """Take addresses apart: nothing that is told of one shows its password."""
    cell = spoken(data).replace("PASSWORD", SECRET)
    for act in (
        parse_address,
        is_address,
        check_address,
        lambda url: _redirected("https://a.example/b", url),
    ):
        try:
            shown = repr(act(cell)) if act is parse_address else ""
        except GeocontractsError as error:
            told(error)
            shown = "".join(error.text(lang) for lang in LANGS)
        is_password = cell.count(SECRET) == 1 and f":{SECRET}@" in cell
        assert SECRET not in shown or not is_password, shown
    without_user(cell)


def features(data: bytes) -> None:
    """Read what a source sends as GeoJSON."""
    try:
        list(
            read_communes(
                Sheet("https://a.example", data.decode("utf-8", "replace")), _FIELDS, parent="commune"
            )
        )
    except GeocontractsError as error:
        told(error)


def words(data: bytes) -> None:
    """Say any sentence of any facts: a quoted fact is short and can be printed."""
    cell = spoken(data)
    shown = plain(cell)
    assert len(shown) <= 80
    assert all(letter.isprintable() or letter in "\u00a0\u202f" for letter in shown)
    for lang in LANGS:
        sentence = say("value-amount", lang, value=cell)
        assert shown in sentence
        assert Message("value-amount", {"value": Message("value-amount", {"value": cell})}).text(lang)
    assert "value-amount" in catalogue()


_RUN: dict[str, Callable[[bytes], None]] = {
    "text": text,
    "webpage": webpage,
    "file": file,
    "xlsx": xlsx,
    "ods": ods,
    "dates": dates,
    "amounts": amounts,
    "places": places,
    "columns": columns,
    "addresses": addresses,
    "features": features,
    "words": words,
}
_OF_WORKBOOK = tuple(bytes([number]) + workbook()[name] for number, name in enumerate(PARTS))
TARGETS = {
    name: Target(run, (*SEEDS[name], *(_OF_WORKBOOK if name == "xlsx" else ()))) for name, run in _RUN.items()
}
