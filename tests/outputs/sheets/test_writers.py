"""The three formats: texts stay texts, the same bytes twice, paper and reading aids."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdf
import pytest

from geocontracts.errors import OutputError, UnknownOptionError
from geocontracts.outputs.sheets.document import (
    Column,
    Document,
    Fact,
    Line,
    Listing,
    Note,
    Row,
    Section,
    Table,
)
from geocontracts.outputs.sheets.html import render_html
from geocontracts.outputs.sheets.markdown import plain, render_markdown
from geocontracts.outputs.sheets.pdf import render_pdf
from geocontracts.outputs.sheets.write import SheetMaker, render_sheet, write_sheet
from geocontracts.records.read import read_register

if TYPE_CHECKING:
    from collections.abc import Callable

    from geocontracts.outputs.sheets.write import SheetFormat

HOSTILE = (
    "<script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    "a | b\nc",
    '#eval("1+1") #panic()',
    "*gras* _et_ `code` $x$",
    "[lien](javascript:alert(1)) ![i](http://x.fr/i.png)",
    "https://exemple.fr et www.exemple.fr et a@b.fr",
    "\\ @ref <label> ~ // /* */ {{ }}",
    "1. liste - + # titre > cite",
    "漢字 🎉 \u202e renversé \u0007",
)


def document(text: str) -> Document:
    table = Table(
        text,
        (Column(text, 1), Column("n", 1, figures=True)),
        (Row(((Line(text, "strong", text),), (Line(text),))),),
    )
    blocks = (Note(text), Note(text, "heed"), table, Listing((text,)))
    return Document(
        "fr",
        text,
        text,
        text,
        text,
        "#8d0a25",
        (Note(text),),
        (Fact(text, text),),
        (),
        None,
        (Section(text, blocks),),
        (text,),
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text_in_html(text: str) -> None:
    page = render_html(document(text)).decode()
    assert "<script" not in page
    assert "<img" not in page
    assert page.count("</style>") == 1
    assert "href" not in page
    assert re.search(r"default-src 'none'; style-src 'sha256-[^']+'", page)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text_in_markdown(text: str) -> None:
    lines = render_markdown(document(text)).decode().split("\n")
    rows = [line for line in lines if line.startswith("|")]
    assert len(rows) == 3
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {3}
    body = "\n".join(lines).replace("<br>", "")
    assert not re.search(r"(?<!\\)<(?!#)", body), "no HTML, no automatic link"
    assert not re.search(r"(?<!\\)\]\(", body), "no link"
    assert not re.search(r"(https?|mailto):", body), "no bare address"
    assert "www." not in body
    assert "b.fr" not in body or "a@b" not in body


def test_markdown_escapes_what_begins_a_list() -> None:
    assert plain("1. un") == "1\\. un"
    assert plain("- un") == "\\- un"
    assert plain("2019") == "2019"
    assert plain("# titre") == "\\# titre"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text_in_pdf(text: str) -> None:
    reader = pypdf.PdfReader(io.BytesIO(render_pdf(document(text))))
    shown = "".join("".join(page.extract_text() for page in reader.pages).split())
    if text.isascii():  # pypdf reads signs beyond with spaces of its own
        assert "".join(text.split()) in shown
    assert not [note for page in reader.pages for note in page.get("/Annots", ())]


def test_a_hostile_register_makes_whole_sheets(with_contracts: Callable[..., Path]) -> None:
    cells = [f'"{text.replace(chr(34), chr(34) * 2)}"' for text in HOSTILE[:6]]
    rows = [f"c{rank},acv,{cell},commune:59172,signed,doc,{cell}" for rank, cell in enumerate(cells)]
    maker = SheetMaker(read_register(with_contracts(*rows)))
    for sheet in (maker.territory("Denain"), maker.territory("contract:c0"), maker.programme("acv")):
        page = render_sheet(sheet, "html").decode()
        assert "&lt;script&gt;" in page
        assert page.count("<script") == 1, "the one block of data, in which `<` is an escape"
        assert re.search(r'<script type="application/ld\+json">[^<]*</script>', page)
        assert "\\<script\\>" in render_sheet(sheet, "md").decode()
        text = "".join(
            page.extract_text() for page in pypdf.PdfReader(io.BytesIO(render_sheet(sheet, "pdf"))).pages
        )
        assert "<script>alert(1)</script>" in text
        if "contract" not in sheet.kind:
            assert "#eval" in text or sheet.title.startswith("<script")


@pytest.fixture(scope="module")
def other() -> SheetMaker:
    return SheetMaker(read_register(None))


@pytest.mark.parametrize("style", ["html", "md", "pdf"])
def test_same_bytes_twice_from_makers_of_their_own(
    style: SheetFormat, maker: SheetMaker, other: SheetMaker
) -> None:
    for make in (lambda m: m.territory("Denain"), lambda m: m.programme("acv")):
        assert render_sheet(make(maker), style) == render_sheet(make(other), style)


def test_pdf_is_tagged_titled_and_in_a_language(maker: SheetMaker) -> None:
    content = render_pdf(maker.territory("Denain"))
    reader = pypdf.PdfReader(io.BytesIO(content))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "fr"
    assert reader.metadata.title == "Denain (59172) · contrats territoriaux"
    assert reader.metadata.creation_date is None
    assert b"pdfuaid:part" in content
    assert str(Path(__file__).parents[3]).encode() not in content
    fonts = {str(font["/BaseFont"]) for page in reader.pages for font in _fonts(page)}
    assert all("SourceSansPro" in font for font in fonts)


def _fonts(page: pypdf.PageObject) -> list[Any]:
    return [font.get_object() for font in page["/Resources"]["/Font"].values()]


def test_html_says_the_map_in_words_and_repeats_no_other_markup(maker: SheetMaker) -> None:
    page = render_html(maker.territory("Denain")).decode()
    assert "<title>Carte\u00a0: Denain (département\u00a0: Nord).</title>" in page
    assert 'style="' not in page
    assert page.count("<h1>") == 1


def test_a_name_without_format_is_refused(maker: SheetMaker, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"\.html, \.md or \.pdf"):
        write_sheet(maker.territory("Denain"), tmp_path / "denain.docx")
    with pytest.raises(UnknownOptionError, match="html, md, pdf"):
        render_sheet(maker.territory("Denain"), "docx")


@pytest.mark.parametrize(("place", "most"), [("Denain", 2), ("commune:60001", 1), ("Nord", 5)])
def test_a_sheet_takes_few_pages(maker: SheetMaker, place: str, most: int) -> None:
    reader = pypdf.PdfReader(io.BytesIO(render_pdf(maker.territory(place))))
    assert len(reader.pages) <= most


def test_markdown_has_no_html_and_leaves_round_brackets(maker: SheetMaker) -> None:
    text = render_markdown(maker.territory("Denain")).decode()
    assert "<br>" not in text
    assert "\\(" not in text
    assert "Toute la commune (déduit) · 336 communes, par l’EPCI" in text


def test_a_line_leads_to_its_note(maker: SheetMaker) -> None:
    page = render_html(maker.territory("Denain")).decode()
    for number in re.findall(r'href="#note-(\d+)"', page):
        assert f'<li id="note-{number}">' in page
    assert 'data-label="Périmètre"' in page
