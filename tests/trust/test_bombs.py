"""Files that were made to exhaust a reader are refused with a sentence, in bounded memory and time."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from geocontracts.errors import RegisterError
from geocontracts.records.formats import limits
from geocontracts.records.formats import read as reading
from geocontracts.records.formats.grid import Grid
from geocontracts.records.formats.limits import refuse_long_text
from geocontracts.records.formats.merged import is_figure
from geocontracts.records.formats.packed import begins_plainly
from geocontracts.records.formats.read import read_sheet
from geocontracts.records.formats.sheet import Origin
from geocontracts.records.lists.cells import labels_of, split_names

sys.path.insert(0, str(Path(__file__).parent))

from tests.trust import explosive
from tests.trust.driven import MORE, write_lists

if TYPE_CHECKING:
    from collections.abc import Callable

_MEGABYTES = 3_000  # of address space: some 1 GB of it is libraries
_SECONDS = 120
_CHILD = """
import resource, sys
bound = int(sys.argv[1]) << 20
resource.setrlimit(resource.RLIMIT_AS, (bound, bound))
from geocontracts.cli import main
sys.exit(main(sys.argv[2:]))
"""
ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + rank)} "{f"&{chr(97 + rank)};" * 10}">' for rank in range(9))
    + "]>"
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY j SYSTEM "file:///etc/hostname">]>'
FAR = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'


def told(*arguments: str) -> tuple[int, str]:
    """Run the command in a process of bounded memory and time, and return its status and what it says."""
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, str(_MEGABYTES), *arguments],
        capture_output=True,
        text=True,
        timeout=_SECONDS,
        check=False,
        env=environment,
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stderr


def repeated(rows: int, columns: int, text: str = "x") -> str:
    more = f" table:number-columns-repeated='{columns}'"
    cell = explosive.ods_cell(text, more)
    return f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>'


def spaced(rows: int, columns: int, spaces: int) -> str:
    """Return a cell of a few bytes that stands for so many spaces, repeated."""
    return repeated(rows, columns, f'x<text:s text:c="{spaces}"/>')


WORKBOOKS = {
    "laughs.xlsx": (explosive.xlsx_parts(explosive.xlsx_row(("&j;",), 3), ENTITIES), "declares entities"),
    "outside.xlsx": (explosive.xlsx_parts(explosive.xlsx_row(("&j;",), 3), OUTSIDE), "declares entities"),
    "laughs.ods": (explosive.ods_parts(before=ENTITIES), "declares entities"),
    "sheet.ods": (explosive.ods_parts(repeated(1_048_576, 16_384)), "17,179,869,190 cells"),
    "sixty.ods": (explosive.ods_parts(repeated(1_000_000, 60)), "60,000,006 cells"),
    "long.ods": (explosive.ods_parts(repeated(1_000, 100, "x" * 100_000)), "repeated cells would take"),
    "spaces.ods": (explosive.ods_parts(spaced(1, 1, 99_999_999)), "damaged"),
    "spread.ods": (explosive.ods_parts(spaced(20, 50, 1_000_000)), "repeated cells would take"),
    "beyond.xlsx": (explosive.xlsx_parts("<row r='1048577'><c r='A1048577'><v>1</v></c></row>"), "damaged"),
    "column.xlsx": (explosive.xlsx_parts("<row r='3'><c r='ZZZZZZ3'><v>1</v></c></row>"), "damaged"),
    "up.xlsx": (explosive.xlsx_parts() | {"../../evil.xml": "<a/>"}, "leads out of the workbook"),
    "root.xlsx": (explosive.xlsx_parts() | {"/evil.xml": "<a/>"}, "leads out of the workbook"),
    "drive.xlsx": (explosive.xlsx_parts() | {"C:\\evil.xml": "<a/>"}, "leads out of the workbook"),
}


@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_workbook_made_to_harm_is_refused(tmp_path: Path, name: str) -> None:
    parts, sentence = WORKBOOKS[name]
    with pytest.raises(RegisterError, match=sentence):
        read_sheet(explosive.packed(tmp_path / name, parts))


@pytest.mark.parametrize(
    "rows",
    [
        FAR,
        FAR.replace('"', "'"),
        FAR.replace("<c r", "<c\nr"),
        FAR.replace("<c r", '<c t="n" r'),
        '<row r="1048576">' + "<c><v>1</v></c>" * 16_384 + "</row>",
        FAR.replace("XFD", "xfd"),
    ],
    ids=["plain", "quotes", "line end", "order", "no reference", "small letters"],
)
def test_a_lone_cell_at_the_end_of_a_sheet_takes_no_memory_for_what_lies_between(
    tmp_path: Path, rows: str
) -> None:
    path = explosive.packed(tmp_path / "far.xlsx", explosive.xlsx_parts(rows, part="autres/f.xml"))
    found = read_sheet(path).rows
    assert found[0] == (2, ["a", "59350", "Un titre"])
    assert [line for line, _ in found] == [2, 1_048_576]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (b";".join(b"c%d" % rank for rank in range(20_000)) + b"\n1\n", "20,000 columns"),
        (b'id;titre\na;"' + b"x" * 20_000_000, "longer than 16,777,216 characters"),
        (b'id;titre\na;b\nc;"' + b"x" * 20_000_000, "row 3: this line is longer than 16,777,216 characters"),
        (b"id;titre\n" + b"\n" * 5_000_000, "geocontracts grants"),
        (b"id;titre\r" + b"\r" * 5_000_000, "5,000,001 rows"),
        (b"id;titre\n" + (b";" * 1_000_000 + b"\n") * 34, "34,000,036 cells"),
    ],
    ids=["columns", "line", "later line", "rows", "rows of a Mac", "cells"],
)
def test_a_text_of_more_than_a_table_holds_is_refused(tmp_path: Path, text: bytes, sentence: str) -> None:
    (tmp_path / "a.csv").write_bytes(text)
    with pytest.raises(RegisterError, match=sentence):
        read_sheet(tmp_path / "a.csv")


def test_a_sparse_file_of_a_gigabyte_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "a.csv").open("wb") as file:
        file.truncate(1 << 30)
    with pytest.raises(RegisterError, match="is read up to 500 MB"):
        read_sheet(tmp_path / "a.csv")


def test_a_page_of_more_than_is_read_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "a.html").open("wb") as file:
        file.write(b"<html><table><tr><td>id</td></tr></table>")
        file.truncate(51_000_000)
    with pytest.raises(RegisterError, match="is read up to 50 MB"):
        read_sheet(tmp_path / "a.html")


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_a_long_text_of_short_lines_is_read_whatever_ends_them(end: str) -> None:
    """The lines of an old Mac end in a way of their own; a long line is told with its row."""
    line = "x" * 1_000_000 + end
    refuse_long_text(line * 18, ";", Path("a.csv"))
    with pytest.raises(RegisterError, match="row 3: this line is longer"):
        refuse_long_text(line * 2 + "x" * 17_000_000 + end, ";", Path("a.csv"))


def test_features_that_each_have_another_property_are_refused(tmp_path: Path) -> None:
    features = ",".join(f'{{"type":"Feature","properties":{{"p{rank}":1}}}}' for rank in range(20_000))
    (tmp_path / "a.geojson").write_text(f'{{"type":"FeatureCollection","features":[{features}]}}')
    with pytest.raises(RegisterError, match="20,000 columns"):
        read_sheet(tmp_path / "a.geojson")


def growth(act: Callable[[str], object], unit: str, tail: str) -> float:
    """Return by how much more processor eight times the text takes; of something linear, some eight."""
    spent = []
    for count in (10_000, 80_000):
        text = "a" + unit * count + tail
        start = time.process_time()
        act(text)
        spent.append(time.process_time() - start)
    return spent[1] / max(spent[0], 0.005)


@pytest.mark.parametrize("act", [is_figure, split_names, lambda text: labels_of(["59350", "59009"], text)])
@pytest.mark.parametrize("unit", [" ", "\u00a0", "1", "1 ", ", ", "\n"])
def test_long_cells_take_time_in_proportion(act: Callable[[str], object], unit: str) -> None:
    assert growth(act, unit, "b") < 40


@pytest.mark.parametrize("before", ["", "<a>"])
@pytest.mark.parametrize("unit", ["<?", "<!--", "<? ?>", "<!-- -->", "<", "-->"])
def test_what_stands_before_a_sheet_takes_time_in_proportion(before: str, unit: str) -> None:
    """A workbook has thousands of parts, and each of them may begin so."""
    assert growth(lambda text: begins_plainly(before.encode() + text.encode()), unit, "b") < 40


def test_nothing_is_asked_of_a_part_beyond_its_first_element() -> None:
    assert begins_plainly(b"<!-- <! --><?x <!?> <a>" + b"<!DOCTYPE")
    assert not begins_plainly(b"<!-- a --> <!DOCTYPE x><a>")
    assert not begins_plainly(b"<!-- a")


@pytest.mark.thorough
@pytest.mark.parametrize("line", ['a";"59350";"c\n', 'a;"59350;x\n'])
def test_quotes_astray_on_every_line_lose_no_row(tmp_path: Path, line: str) -> None:
    (tmp_path / "a.csv").write_text("id;commune_code;title\n" + line * 30_000)
    start = time.process_time()
    assert len(read_sheet(tmp_path / "a.csv").rows) == 30_000
    assert time.process_time() - start < 60


@pytest.mark.thorough
def test_bombs_end_in_a_sentence_within_the_memory(tmp_path: Path) -> None:
    cells = explosive.xlsx_parts('<row r="3">@@</row>')
    sheet, strings = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
    text = explosive.xlsx_parts('<row r="3"><c r="A3" t="inlineStr"><is><t>@@</t></is></c></row>')
    made = {
        "33 554 432": explosive.bomb(tmp_path / "a.xlsx", cells, sheet, b"<c/>", 200),
        "1 048 576 caractères": explosive.bomb(tmp_path / "b.xlsx", text, sheet, b"x", 100),
        "décompressé": explosive.bomb(
            tmp_path / "c.xlsx", explosive.xlsx_parts(strings="@@"), strings, b"<si/>", 600
        ),
        "abîmé": explosive.bomb(
            tmp_path / "d.ods", explosive.ods_parts("@@"), "content.xml", b"<a/>", 900, told=900
        ),
        "Bad CRC-32 for file 'xl/sharedStrings.xml'": explosive.bomb(
            tmp_path / "e.xlsx", explosive.xlsx_parts(strings="@@"), strings, b"<si/>", 900, told=900
        ),
        "Bad CRC-32 for file 'xl/worksheets/sheet1.xml'": explosive.bomb(
            tmp_path / "f.xlsx", explosive.xlsx_parts("@@"), sheet, b"<c/>", 900, told=900
        ),
    }
    for sentence, path in made.items():
        status, said = told("check", str(path))
        assert status == 2
        assert sentence in said.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.thorough
@pytest.mark.parametrize("command", ["check", "map"])
def test_a_list_of_a_million_rows_ends_in_its_count_and_what_to_do(tmp_path: Path, command: str) -> None:
    path = tmp_path / "a.csv"
    with path.open("w") as file:
        file.write("id;commune_code;title\n")
        file.writelines(f"s{rank};59350;Subvention {rank}\n" for rank in range(1_000_000))
    output = tmp_path / "a.html"
    status, said = told(command, str(path), *(("-o", str(output)) if command == "map" else ()))
    assert status == 2
    plain = said.replace("\u202f", " ").replace("\u00a0", " ")
    assert "1 000 000 lignes ; une liste en a au plus 500 000" in plain
    assert "geocontracts grants" in plain
    assert not output.exists()


@pytest.mark.parametrize("suffix", [".csv", ".html", ".xlsx", ".ods", ".parquet", ".geojson", ".gpkg"])
@pytest.mark.parametrize(("bound", "said"), [("MOST_LISTED", "4 rows"), ("MOST_CELLS", "cells")])
def test_the_bounds_of_a_table_are_those_of_every_kind_of_file(
    suffix: str, bound: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_lists(tmp_path, MORE + "Encore;PVD;Lens;8\n")
    rows = [line.split(";") for line in (tmp_path / "liste.csv").read_text(encoding="utf-8").splitlines()]
    table = "".join(f"<tr>{''.join(f'<td>{cell}' for cell in row)}</tr>" for row in rows)
    (tmp_path / "liste.html").write_text(f"<meta charset=utf-8><table>{table}</table>", encoding="utf-8")
    path = tmp_path / f"liste{suffix}"
    assert len(read_sheet(path).rows) == 4
    monkeypatch.setattr(limits, bound, 3 if bound == "MOST_LISTED" else 15)
    with pytest.raises(RegisterError, match=f"liste{suffix}.*{said}"):
        read_sheet(path)


@pytest.mark.parametrize(("bound", "said"), [("MOST_LISTED", "rows"), ("MOST_CELLS", "cells")])
def test_the_bounds_hold_also_for_a_reader_that_forgets_them(
    bound: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "liste.csv"
    path.write_text(MORE, encoding="utf-8")
    rows = [(line, ["a", "b", "c", "d"]) for line in range(1, 6)]
    monkeypatch.setattr(reading, "_grid", lambda *_: Grid(Origin("csv", path.name, path), rows))
    monkeypatch.setattr(limits, bound, 3 if bound == "MOST_LISTED" else 15)
    with pytest.raises(RegisterError, match=f"liste.csv.*{said}"):
        read_sheet(path)
