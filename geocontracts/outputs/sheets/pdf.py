"""A sheet as a tagged PDF, set by Typst from one fixed template; all that is told comes as data."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geocontracts.extras import need
from geocontracts.outputs.sheets.document import Listing, Note
from geocontracts.webmap.links import safe_link

if TYPE_CHECKING:
    from geocontracts.outputs.sheets.document import Block, Document

_STANDARD = "ua-1"  # PDF/UA-1: tagged, titled, in a language, with words for pictures
_MEASURE = 62  # letters that a line holds in one of two columns, about
_STRETCH = 100  # lines of both columns
_TEMPLATE = Path(__file__).with_name("sheet.typ")


def render_pdf(document: Document) -> bytes:
    """Return the sheet as PDF/UA-1; the same document gives the same bytes.

    A text with signs that the letters do not have (Chinese, pictographs) cannot be PDF/UA: it is
    tagged all the same, its text is whole, and those signs show as empty boxes.

    Raises:
        MissingExtraError: Typst or its letters are not installed.
    """
    told = json.dumps(_data(document), ensure_ascii=False)
    try:
        return _compiled(told, [_STANDARD])
    except need("typst", "pdf").TypstError as error:
        if "could not be displayed" not in str(error):
            raise
        return _compiled(told, [])


def _compiled(told: str, standards: list[str]) -> bytes:
    content: bytes = _compiler().compile(
        format="pdf", sys_inputs={"sheet": told}, pdf_standards=standards, timestamp=0
    )
    return content


@cache
def _compiler() -> Any:
    typst = need("typst", "pdf")
    letters = need("font_source_sans_pro", "pdf")
    folder = Path(letters.__file__ or "").with_name("files")
    # The letters of the system are left aside, so that a sheet is the same everywhere.
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(folder)])
    return typst.Compiler(str(_TEMPLATE), font_paths=fonts, ignore_system_fonts=True)


def _data(document: Document) -> dict[str, Any]:
    data = asdict(document)
    data["lead"] = [_block(block) for block in document.lead]
    data["sections"] = [
        {"title": section.title, "blocks": [_block(block) for block in section.blocks]}
        for section in document.sections
    ]
    return data


def _split(block: Listing) -> list[list[list[dict[str, str]]]]:
    """Return the lines with their numbers, as stretches of columns of about the same length.

    A stretch is no longer than half a page, so that columns are read within one page or two.
    """
    lines = [
        {"number": str(rank) if block.numbered else "", "text": text}
        for rank, text in enumerate(block.items, 1)
    ]
    if block.columns == 1:
        return [[lines]]
    stretches: list[list[dict[str, str]]] = []
    height = _STRETCH
    for item in lines:
        if height >= _STRETCH:
            stretches.append([])
            height = 0
        stretches[-1].append(item)
        height += _height(item)
    return [_halved(stretch) for stretch in stretches]


def _halved(lines: list[dict[str, str]]) -> list[list[dict[str, str]]]:
    """Cut where the longer of the two columns is shortest."""
    heights = [_height(item) for item in lines]
    cut = min(range(1, len(lines) + 1), key=lambda cut: max(sum(heights[:cut]), sum(heights[cut:])))
    return [lines[:cut], lines[cut:]]


def _height(item: dict[str, str]) -> int:
    return 1 + len(item["text"]) // _MEASURE


def _block(block: Block) -> dict[str, Any]:
    data = asdict(block)
    if isinstance(block, Note):
        return {"type": "note"} | data
    if isinstance(block, Listing):
        return {"type": "listing", "stretches": _split(block)}
    for row in data["rows"]:
        for cell in row["cells"]:
            for line in cell:
                line["href"] = safe_link(line["href"])
    return {"type": "table", "marked": any(row.colour for row in block.rows)} | data
