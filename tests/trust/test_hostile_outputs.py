"""What leaves the machine, made of hostile cells, read back and compared with what harmless ones give."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from dataclasses import replace
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import folium
import mistune
import openpyxl
import pypdf
import pytest

from geocontracts.outputs.answers import formula_safe
from geocontracts.outputs.comparison.compare import compare
from geocontracts.outputs.comparison.write import write_comparison
from geocontracts.outputs.corrected.write import write_corrected
from geocontracts.outputs.exports.write import write_export
from geocontracts.outputs.figures.figure import figure
from geocontracts.outputs.report import About, build_report, write_report
from geocontracts.outputs.sheets.write import SheetMaker, render_sheet
from geocontracts.perimeters.perimeter import resolve_perimeters
from geocontracts.records.formats.signs import fit
from geocontracts.records.read import read_register
from geocontracts.webmap.folium_map import ContractMap
from geocontracts.webmap.payload import MapOptions
from tests.trust.hostile import CELLS, FORMULAS, TEXTS, as_shown, only, write_both, write_refused

if TYPE_CHECKING:
    from pathlib import Path

    from geocontracts.records.register import Register

pytestmark = pytest.mark.thorough  # with every check in CI: the default run is kept short

TITLE = "</title></text><script>window.hit=1</script> $\\frac{1}{0}$ ]]>"
SHEETS = ("Denain", "p-0")
HARD = only("dde", "plus", "minus", "at", "img", "sql", "xml")  # which every kind of file can hold


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Register, Register]:
    """Return the register of all cells, and its harmless twin."""
    hostile, plain = write_both(tmp_path_factory.mktemp("registers"))
    return read_register(hostile), read_register(plain)


class Kinds(HTMLParser):
    """The elements of a page with the names of their attributes, and its texts."""

    def __init__(self, page: str) -> None:
        """Read a page."""
        super().__init__()
        self.found: set[str] = set()
        self.words: list[str] = []
        self.feed(page)
        self.close()
        self.text = as_shown(" ".join(self.words))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element."""
        self.found.add(" ".join([tag, *sorted(name for name, _ in attrs)]))

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        self.words.append(data)


def changed(register: Register) -> Register:
    """Return a later edition, in which every contract says something else."""
    contracts = {
        name: replace(each, title=f"{each.title} bis", remark=f"{each.title} ter", territories=("Arras",))
        for name, each in register.contracts.items()
    }
    return replace(register, contracts=contracts)


def test_every_cell_is_read_and_every_row_is_there(both: tuple[Register, Register]) -> None:
    """What is replaced at reading is told; all else is as written, blanks around it aside."""
    register, _ = both
    assert len(register) == 3 * len(CELLS)
    assert {problem.message.key for problem in register.problems if "signs" in problem.message.key} == {
        "signs-replaced"
    }
    for rank, cell in enumerate(CELLS):
        expected = fit(cell.text.replace("\0", "")).strip(" \t\r\n\u00a0\u202f\ufeff")
        assert register.contracts[f"c-{rank}"].title == expected, cell.name
        assert register.missions[f"m-{rank}"].operator == expected, cell.name
        assert register.sources[f"s-{rank}"].publisher == expected, cell.name


def test_no_direction_reaches_beyond_a_text() -> None:
    assert fit("a\u202eb") == "a\ufffdb"
    assert fit("\u2067a\u2069") == "\ufffda\ufffd"
    copied = "\u202aConvention de Lens\u202c, \u2066Arras\u2069, l\u200eà"
    assert fit(copied) == copied, "what programs leave on copied text changes nothing"
    assert fit("\u202aa\u202eb\u202c") == "\ufffda\ufffdb\ufffd"


@pytest.mark.parametrize(
    "text",
    [TEXTS[0], "\x1b]0;pris\x07\x9b31m\u202e", "=cmd|' /C calc'!A0"],
    ids=["markup", "terminal", "formula"],
)
def test_a_cell_that_is_refused_is_told_with_its_row_and_safely(tmp_path: Path, text: str) -> None:
    folder, where = write_refused(tmp_path / "register", text)
    register = read_register(folder)
    found = {(problem.file, problem.row, problem.column) for problem in register.problems}
    free = {"programme", "territories"}  # any name is one of a programme, or of a place that is not found
    assert {each for each in where if each not in found and each[2] not in free} == set()
    report = build_report(register, resolve_perimeters(register))
    lost = {(row.file, row.line) for row in report.rows if row.state in ("unplaced", "undrawn")}
    assert {(file, row) for file, row, column in where if column == "territories"} <= lost
    told = "\n".join(problem.text("fr") for problem in report.problems)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", told)
    for suffix in (".html", ".json", ".csv"):
        write_report(report, tmp_path / f"report{suffix}", about=About("\x1b[2J<b>liste.csv"))
        written = (tmp_path / f"report{suffix}").read_text(encoding="utf-8")
        assert "<img" not in (written if suffix == ".html" else ""), suffix
        assert not re.search("[\x1b\x07\x9b\u202e]", written), suffix


def test_the_report_has_no_element_of_a_cell(both: tuple[Register, Register], tmp_path: Path) -> None:
    pages = []
    for register, name in zip(both, ("<script>a</script>.csv", "a.csv"), strict=True):
        report = build_report(register, resolve_perimeters(register))
        write_report(report, tmp_path / "report.html", about=About(name))
        pages.append(Kinds((tmp_path / "report.html").read_text(encoding="utf-8")))
        write_report(report, tmp_path / "report.json", about=About(name))
        told = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
        assert [row["title"] for row in told["outcomes"]] == [record.title for record in register.records()]
        write_report(report, tmp_path / "report.csv", about=About(name))
        formulas_are_texts((tmp_path / "report.csv").read_bytes(), len(register))
    assert pages[0].found == pages[1].found
    assert "<script>a</script>.csv" in pages[0].text


def formulas_are_texts(content: bytes, rows: int) -> list[list[str]]:
    """Read a French CSV; no cell may start a formula, but a number with its sign."""
    read = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";", strict=True))
    assert len(read) == rows + 1
    assert len({len(cells) for cells in read}) == 1
    for cells in read:
        for cell in cells:
            assert formula_safe(cell) == cell or re.fullmatch(r"-[0-9]+(,[0-9]+)?", cell), cell
    return read


@pytest.mark.parametrize("cell", FORMULAS, ids=lambda cell: cell.name)
def test_a_formula_is_text_however_it_hides(cell: Any) -> None:
    assert formula_safe(cell.text) == f"'{cell.text}"


@pytest.mark.parametrize("text", ["", "Arras", "« -1 »", "a=b", "l’=", "1+1", "(+33)"])
def test_a_text_that_starts_no_formula_stays(text: str) -> None:
    assert formula_safe(text) == text


@pytest.mark.parametrize("written", SHEETS)
def test_sheets_hold_texts_alone(both: tuple[Register, Register], written: str) -> None:
    told = [sheet_of(register, written) for register in both]
    pages = [Kinds(render_sheet(sheet, "html").decode()) for sheet in told]
    assert pages[0].found <= pages[1].found | {"a href rel"}
    assert as_shown(TEXTS[0]) in pages[0].text
    trees = [markdown_kinds(render_sheet(sheet, "md").decode()) for sheet in told]
    assert trees[0] == trees[1]
    content = render_sheet(told[0], "pdf")
    reader = pypdf.PdfReader(io.BytesIO(content))
    shown = "".join("".join(page.extract_text() for page in reader.pages).split())
    assert "".join(TEXTS[0].split()) in shown
    links = [
        note.get_object().get("/A", {}).get("/URI", "")
        for page in reader.pages
        for note in page.get("/Annots") or ()
    ]
    assert [link for link in links if "exemple.invalid" in link] == []
    assert not {"/JavaScript", "/JS", "/Launch", "/EmbeddedFiles"} & names_of(reader)


def sheet_of(register: Register, written: str) -> Any:
    maker = SheetMaker(register)
    return maker.programme(written) if written.startswith("p-") else maker.territory(written)


def names_of(reader: pypdf.PdfReader) -> set[str]:
    """Return the names of the entries of all dictionaries of a PDF."""
    found: set[str] = set()
    for rank in range(1, int(reader.trailer["/Size"])):
        thing = reader.get_object(rank)
        if isinstance(thing, dict):
            found |= set(map(str, thing))
    return found


def markdown_kinds(text: str) -> set[str]:
    """Return the kinds of nodes of a Markdown text, as readers of GFM have them; lengths apart."""
    parse = mistune.create_markdown(
        renderer="ast", plugins=["table", "strikethrough", "url", "task_lists", "footnotes"]
    )
    kinds: set[str] = set()

    def visit(nodes: Any) -> None:
        for node in nodes if isinstance(nodes, list) else []:
            kinds.add(node["type"])
            if node["type"] == "link":
                kinds.add(node["attrs"]["url"].split(":")[0])
            visit(node.get("children"))

    visit(parse(text))
    return kinds


def test_a_comparison_holds_texts_alone(both: tuple[Register, Register], tmp_path: Path) -> None:
    kinds = []
    for register in both:
        found = compare(register, changed(register))
        for suffix in (".md", ".csv", ".json"):
            write_comparison(found, tmp_path / f"c{suffix}")
        kinds.append(markdown_kinds((tmp_path / "c.md").read_text(encoding="utf-8")))
        changes = json.loads((tmp_path / "c.json").read_text(encoding="utf-8"))["changes"]
        formulas_are_texts((tmp_path / "c.csv").read_bytes(), len(changes))
    assert kinds[0] == kinds[1]
    assert "link" not in kinds[0]


@pytest.mark.parametrize(
    "style", ["overview", "small-multiples", "pileup", "operations", "timeline", "crossing"]
)
def test_figures_hold_texts_alone(both: tuple[Register, Register], style: Any) -> None:
    names = [
        elements(figure(register, style=style, title=TITLE, area="Nord", size="a3").render(".svg"))
        for register in both
    ]
    assert names[0] <= names[1]
    assert "script" not in names[0]


def elements(svg: bytes | str) -> set[str]:
    """Return the elements of an SVG with the names of their attributes; addresses are its own."""
    found = set()
    for node in ET.fromstring(svg).iter():  # noqa: S314 - our own file
        found.add(
            " ".join([node.tag.rpartition("}")[2], *sorted(key.rpartition("}")[2] for key in node.attrib)])
        )
        link = node.get("{http://www.w3.org/1999/xlink}href", "#")
        assert link.startswith(("#", "data:image/png")), link
    return found


def test_exports_hold_texts_alone(both: tuple[Register, Register], tmp_path: Path) -> None:
    register, _ = both
    rows = formulas_are_texts(
        write_export(register, tmp_path / "r.csv", area="Nord").path.read_bytes(), len(register)
    )
    title = rows[0].index("Intitulé")
    written = [each.title for each in register.records()]
    assert sorted(row[title].removeprefix("'") for row in rows[1:]) == sorted(
        text.removeprefix("'") for text in written
    )
    told = json.loads(
        write_export(register, tmp_path / "r.geojson", area="Nord").path.read_text(encoding="utf-8")
    )
    assert sorted(each["properties"]["title"] for each in told["features"]) == sorted(written)


def test_no_cell_of_the_workbook_is_a_formula_and_numbers_stay_numbers(
    both: tuple[Register, Register], tmp_path: Path
) -> None:
    register, _ = both
    book = openpyxl.load_workbook(write_export(register, tmp_path / "r.xlsx", area="Nord").path)
    kinds = {
        cell.data_type
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }
    assert kinds <= {"s", "n", "d"}
    assert not [
        cell
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.hyperlink and "invalid" in (cell.hyperlink.target or "")
    ]
    heads = {cell.value: cell.column for cell in book["Opérations"][1]}
    costs = [row[heads["Coût total (€)"] - 1].value for row in book["Opérations"].iter_rows(min_row=2)]
    assert costs == [1000 + rank for rank in range(len(CELLS))]


def test_the_styles_of_a_geopackage_hold_texts_and_compute_nothing(
    both: tuple[Register, Register], tmp_path: Path
) -> None:
    kinds: list[set[str]] = []
    for rank, register in enumerate(both):
        path = write_export(register, tmp_path / f"{rank}.gpkg", area="Nord").path
        base = sqlite3.connect(path)
        styles = [ET.fromstring(qml) for (qml,) in base.execute("SELECT styleQML FROM layer_styles")]  # noqa: S314
        count = base.execute("SELECT count(*) FROM contracts").fetchone()
        base.close()
        assert count == (len(CELLS),), "nothing was dropped"
        nodes = [node for style in styles for node in style.iter()]
        kinds.append({" ".join([node.tag, *sorted(node.attrib)]) for node in nodes})
        labels = [node.get("label", "") for node in nodes if node.tag == "category"]
        assert len(labels) >= len(CELLS)
        assert not [label for label in labels if "[%" in label], "the legend of a layout would compute it"
        assert not [node for node in nodes if node.tag == "Option" and "env(" in node.get("value", "")]
    assert kinds[0] == kinds[1]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_completed_list_adds_no_formula_and_keeps_each_cell(tmp_path: Path, suffix: str) -> None:
    rows = [["Intitulé", "Dispositif", "Commune"], *([text, "acv", text] for text in HARD)]
    path = tmp_path / f"liste{suffix}"
    if suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL).writerows(rows)
    else:
        book = openpyxl.Workbook()
        for line, cells in enumerate(rows, start=1):
            for column, text in enumerate(cells, start=1):
                book.active.cell(line, column).value = text
                book.active.cell(line, column).data_type = "s"
        book.save(path)
    register = read_register(path)
    assert register.reading is not None
    report = build_report(register, resolve_perimeters(register))
    target = tmp_path / f"complete{suffix}"
    write_corrected(register.reading.sheet, report.rows, target, lang="fr")
    if suffix == ".csv":
        read = list(csv.reader(io.StringIO(target.read_text("utf-8"), newline=""), delimiter=";"))
        added = [cell for cells in read[1:] for cell in cells[3:]]
    else:
        table = openpyxl.load_workbook(target).active
        assert {cell.data_type for row in table.iter_rows() for cell in row} <= {"s", "n"}
        read = [[cell.value or "" for cell in row] for row in table.iter_rows()]
        added = [cell for cells in read[1:] for cell in cells[3:]]
    assert [cells[:3] for cells in read[: len(rows)]] == rows
    assert added
    assert [cell for cell in added if formula_safe(cell) != cell] == []


def test_a_notebook_shows_the_map_in_one_frame_that_nothing_leaves(tmp_path: Path) -> None:
    few = only("img", "close", "double", "handler", "notebook", "markdown-blocks")
    shown = []
    for folder, title in zip(write_both(tmp_path, few), (TITLE, "titre"), strict=True):
        made = ContractMap(read_register(folder), MapOptions(area="Nord", title=title))
        markup = made._repr_html_()
        shown.append(Kinds(markup).found)
        assert "\n\n" not in markup, "a blank line would end the markup in Markdown"
        folium.Marker([50.3, 3.4], popup="ici").add_to(made)
        page = Kinds(made.page())
        code = [text for text in page.words if not text.startswith('{"@context"')]  # data, not run
        scripts = [text for text in code if "window.hit" in text]
        assert [text for text in scripts if "window.hit=1" in text and text.strip() != TITLE.strip()] == []
    assert shown[0] == shown[1]
    assert {kind.split()[0] for kind in shown[0]} == {"div", "p", "iframe"}
