"""Whatever a table holds, every row and every euro of it is told."""

from __future__ import annotations

import csv
import io
import json
import re
import tempfile
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geocontracts.errors import GeocontractsError
from geocontracts.outputs.corrected.write import write_corrected
from geocontracts.outputs.report import About
from geocontracts.outputs.report_page import report_page
from geocontracts.outputs.report_tables import report_csv, report_json
from geocontracts.records.formats.headings import folded
from geocontracts.records.formats.read import read_sheet
from geocontracts.records.lists.headings import known_headings
from geocontracts.records.lists.mapping import ListMapping, read_mapping, write_mapping
from geocontracts.records.read import read_register
from tests.budget import examples
from tests.intake.told import checked

if TYPE_CHECKING:
    from geocontracts.records.formats.sheet import Sheet
    from geocontracts.records.lists.mapping import Shape
    from geocontracts.words import Lang

LANGUAGES: tuple[tuple[Lang, str], ...] = (("fr", ";"), ("en", ","))
AMOUNTS = ("Montant total", "Part de l’État", "Subvention")
HEADINGS = (
    "id", "id_crte", "id_pvd", "lib_crte", "Intitulé", "Nom", "Code", "Commune", "Code INSEE", "siren_epci",
    "lib_epci", "Département", "Région", "Arrondissement", "CP", "Territoires", "Bénéficiaire", "Dispositif",
    "Signé le", "Échéance", "Remarques", "Nombre de communes", "", "Commune", *AMOUNTS,
)  # fmt: skip
PLACES = (
    "62041", "2691", "59350", "200033579", "200072460.0", "2.16E+08", "216200410", "59999", "60054", "2A004",
    "62", "Arras", "Lens, Liévin", "Bailleul", "Portel (Le)", "CC du Ternois", "Nord", "St-Quentin", "Somme",
    "CA de Béthune-Bruay, Artois-Lys Romane", "PNR de l'Avesnois", "59 - Cambrai", "62041;62498", "Total",
)  # fmt: skip
CELLS = (
    "", "", "", "NULL", "#REF!", "-", "0", "12", "1 234,50 €", "1.234", "-5", "1e400", "9" * 40,
    "1,5 M€", "x",
    "=1+1", "+33", "@SUM(A1)", "<script>alert(1)</script>", '"><img src=x onerror=y>', "a & b", "😀",
    "\u200b", "a\nb", "a;b,c|d\te", '"', "\x07",
    "2019", "31/12/2019", "déc. 2019", "43830", "99999999", "contract:a", "custom:Parc @ Arras", "Source : x",
    "c-1",
    "c-1", "c-1;c-2", "c-2",
)  # fmt: skip
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1")

cells = st.one_of(
    st.sampled_from(PLACES),
    st.sampled_from(CELLS),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
)
quick = examples(150)


@st.composite
def tables(draw: st.DrawFn) -> bytes:
    """Draw a text file: headings, rows of any width, a separator and an encoding."""
    headings = draw(
        st.lists(st.one_of(st.sampled_from(HEADINGS), st.text(max_size=8)), min_size=1, max_size=6)
    )
    where = draw(
        st.sampled_from(("Commune", "Code INSEE", "Territoires", "lib_epci", "Bénéficiaire", "Département"))
    )
    headings.insert(draw(st.integers(0, len(headings))), where)
    width = len(headings)
    rows = draw(st.lists(st.lists(cells, min_size=max(width - 1, 0), max_size=width + 1), max_size=8))
    out = io.StringIO(newline="")
    writer = csv.writer(
        out, delimiter=draw(st.sampled_from(";,\t|")), lineterminator=draw(st.sampled_from(["\n", "\r\n"]))
    )
    writer.writerows([headings, *rows])
    return out.getvalue().encode(draw(st.sampled_from(ENCODINGS)), "replace")


def written_to(folder: str, content: bytes) -> Path:
    path = Path(folder) / "liste.csv"
    path.write_bytes(content)
    return path


@quick
@given(content=st.one_of(tables(), st.binary(max_size=200)))
def test_every_row_is_told_once_and_nothing_else_goes_wrong(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        said = "liste.csv"
        try:
            checked(written_to(folder, content))
        except GeocontractsError as error:
            said = error.text("fr")
        assert "liste.csv" in said


# The tags of a report; none of them runs anything, and no cell may add another. Its only script is data.
TAGS = {
    "a", "body", "br", "caption", "code", "details", "div", "footer", "h1", "h2", "h3", "head",
    "header", "html", "li", "main", "meta", "nav", "ol", "p", "rect", "script", "section", "style",
    "summary", "svg", "table", "tbody", "td", "th", "thead", "title", "tr", "ul",
}  # fmt: skip


class _Tags(HTMLParser):
    """Gathers the tags of a page and the names of their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.scripts: list[dict[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag == "script":
            self.scripts.append(dict(attrs))


def assert_no_markup(page: str) -> None:
    """Say that no cell became a part of the page."""
    found = _Tags()
    found.feed(page)
    assert found.tags <= TAGS
    assert found.scripts in ([], [{"type": "application/ld+json"}])
    assert not any(name.startswith("on") for name in found.attributes)


def rows_of(text: str, delimiter: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=delimiter))


def assert_kept(sheet: Sheet, corrected: Path) -> None:
    """Say that a corrected file is read with the same cells, and the new ones at their right."""
    known = {*known_headings(), *map(folded, sheet.header)}
    again = read_sheet(corrected, header=sheet.header_line, known=known)
    width = len(sheet.header)
    assert again.header[:width] == sheet.header
    assert [line for line, _ in again.rows] == [line for line, _ in sheet.rows]
    for (_, old), (_, new) in zip(sheet.rows, again.rows, strict=True):
        assert new[: len(old)] == old


@quick
@pytest.mark.thorough
@given(content=tables())
def test_what_is_written_of_a_table_is_safe_and_can_be_read_again(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = written_to(folder, content)
        try:
            register, report = checked(path)
        except GeocontractsError:
            return
        assert register.reading is not None
        about = About(path.name, None, register.reading.notes)
        for lang, delimiter in LANGUAGES:
            told = rows_of(report_csv(report, about, lang), delimiter)
            assert len(told) == 1 + report.row_count
            assert not any(cell[:1] in {"=", "+", "-", "@", "\t", "\r"} for row in told for cell in row)
            assert len(json.loads(report_json(report, about, lang))["outcomes"]) == report.row_count
        assert_no_markup(report_page(report, about, "fr"))
        again, other = checked(path)
        assert again.reading is not None
        assert report_page(other, about, "fr") == report_page(report, about, "fr")
        assert report_json(other, about, "fr") == report_json(report, about, "fr")
        corrected = Path(folder) / "rendu.csv"
        write_corrected(register.reading.sheet, report.rows, corrected, lang="fr")
        assert_kept(register.reading.sheet, corrected)
        mapping = Path(folder) / "lecture.json"
        write_mapping(register.reading.mapping, mapping)
        mapped = read_register(path, read_mapping(mapping))
        assert mapped.contracts == register.contracts
        assert mapped.idle == register.idle


amounts = st.lists(
    st.tuples(
        st.sampled_from(["a", "a", "b", "c;a", ""]),
        st.sampled_from(["Arras", "Lens", "Bailleul", "", "Total", "NULL"]),
        st.one_of(
            st.integers(1, 10**9).map(str),
            st.sampled_from(["", "5", "5", "abc", "1.234", "-3", "NULL", "#REF!"]),
        ),
    ),
    min_size=1,
    max_size=8,
)


@quick
@pytest.mark.parametrize("shape", ["contracts", pytest.param("places", marks=pytest.mark.thorough)])
@given(rows=amounts)
def test_every_amount_is_in_a_contract_or_told(rows: list[tuple[str, str, str]], shape: Shape) -> None:
    text = "id;Commune;Montant total\n" + "".join(";".join(row) + "\n" for row in rows)
    with tempfile.TemporaryDirectory() as folder:
        told = ListMapping({"Commune": "territories"} if shape == "contracts" else {}, shape=shape)
        register, report = checked(written_to(folder, text.encode()), told)
    kept = {contract.amount_total_eur for contract in register.contracts.values()}
    said = " ".join(problem.text("fr") for problem in report.problems)
    totals = {row.line for row in report.rows if any(reason.key == "row-total" for reason in row.reasons)}
    for line, (_, _, amount) in enumerate(rows, 2):
        is_number = re.fullmatch(r"\d+", amount)
        if amount in {"", "NULL"} or line in totals or (is_number and float(amount) in kept):
            continue
        assert f"«\u00a0{amount}\u00a0»" in said, (line, amount)
