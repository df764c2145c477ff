"""Plates as a reader gets them: nothing overlaps or is cut, text is text, bytes are the same."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from geocontracts.errors import UnknownOptionError
from geocontracts.outputs.figures.box import Box
from geocontracts.outputs.figures.figure import figure
from geocontracts.outputs.figures.options import FigureOptions
from geocontracts.outputs.figures.write import house_style

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geocontracts.outputs.figures.plate import Plate

STYLES = [
    {"style": "overview"},
    {"style": "programmes", "programmes": ("crsd", "territoires-industrie")},
    {"style": "small-multiples", "programmes": ("acv", "crsd", "pat", "cper", "engagement-bassin-minier")},
    {"style": "pileup"},
    {"style": "operations"},
]
PAPERS = [{}, {"portrait": True}, {"size": "a3"}, {"size": "16x10"}]
# The smallest paper each time, where room is scarce; the others when there is time.
CASES = [
    pytest.param(style | paper, marks=[] if rank == len(PAPERS) - 1 else [pytest.mark.thorough])
    for style in STYLES
    for rank, paper in enumerate(PAPERS)
]


def _extents(plate: Plate) -> list[tuple[str, Box]]:
    """Return the ink of every text, as matplotlib sets it."""
    with house_style():
        renderer = FigureCanvasAgg(plate.drawing).get_renderer()
        texts = [artist for artist in plate.drawing.get_children() if isinstance(artist, Text)]
        boxes = [
            (text.get_text(), text.get_window_extent(renderer).extents) for text in texts if text.get_text()
        ]
    scale = 72 / plate.drawing.dpi
    return [(text, Box(*(float(side) * scale for side in box))) for text, box in boxes]


@pytest.mark.parametrize("chosen", CASES, ids=lambda chosen: " ".join(map(str, chosen.values())))
def test_no_text_meets_another_or_leaves_the_paper(
    plate_of: Callable[..., Plate], chosen: dict[str, object]
) -> None:
    plate = plate_of(**chosen)
    texts = _extents(plate)
    assert len(texts) > 15
    cut = [text for text, box in texts if not plate.paper.box.holds(box)]
    assert cut == []
    overlapping = [
        (one, other)
        for (one, box), (other, second) in combinations(texts, 2)
        if box.grown(-0.6).meets(second.grown(-0.6))
    ]
    assert overlapping == []


@pytest.mark.thorough
def test_every_programme_stands_in_the_legend_of_the_overview_at_every_size(
    plate_of: Callable[..., Plate],
) -> None:
    for size in ("a4", "16x10"):
        plate = plate_of(style="overview", size=size)
        written = _letters(" ".join(text for text, _ in plate.paper.texts))
        for programme in plate.payload["programmes"]:
            assert _letters(programme["short"]) in written or _letters(programme["name"]) in written


def _letters(text: str) -> str:
    """Return a text without the spaces at which lines are broken."""
    return re.sub(r"\s", "", text)


def test_svg_keeps_text_brings_its_letters_and_says_what_it_is(plate_of: Callable[..., Plate]) -> None:
    svg = plate_of(style="pileup", size="16x10").render(".svg").decode("utf-8")
    assert 'role="img"' in svg
    assert "<title>Cumul des contrats par commune — Hauts-de-France</title>" in svg
    assert re.search(r"<desc>[^<]*70 contrats", svg)
    assert re.search(r"<text [^>]*>Cumul des contrats par commune — Hauts-de-France</text>", svg)
    assert ">Valenciennes</text>" in svg
    assert svg.count("@font-face") == 3  # upright, italic, bold
    assert "http" not in re.sub(r'(xmlns[:\w]*|rdf:resource)="[^"]*"|<!DOCTYPE[^>]*>', "", svg)


def test_pdf_embeds_its_letters_and_gives_back_its_text(plate_of: Callable[..., Plate]) -> None:
    import pypdf

    reader = pypdf.PdfReader(io.BytesIO(plate_of(style="pileup", size="16x10").render(".pdf")))
    page = reader.pages[0]
    assert "Cumul des contrats par commune — Hauts-de-France" in page.extract_text()
    assert reader.metadata is not None
    assert reader.metadata.title == "Cumul des contrats par commune — Hauts-de-France"
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]  # type: ignore[index]
    assert fonts
    for font in fonts:
        descriptor = (font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font)[
            "/FontDescriptor"
        ].get_object()
        assert "SourceSansPro" in font["/BaseFont"]
        assert "/FontFile2" in descriptor


def test_paper_has_the_size_that_was_asked_for(plate_of: Callable[..., Plate]) -> None:
    import pypdf

    sizes = {"16x10": (453.54, 283.46), "a4": (841.89, 595.28), "A3": (1190.55, 841.89)}
    for size, (width, height) in sizes.items():
        assert FigureOptions(size=size).paper == pytest.approx((width, height), abs=0.01)
    assert FigureOptions(portrait=True).paper == pytest.approx((595.28, 841.89), abs=0.01)
    pdf = plate_of(style="pileup", size="16x10").render(".pdf")
    box = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].mediabox
    assert (float(box.width), float(box.height)) == pytest.approx(sizes["16x10"], abs=0.01)


@pytest.mark.thorough
def test_same_register_same_bytes_elsewhere(tmp_path: Path) -> None:
    code = (
        "import sys; from geocontracts.outputs.figures.figure import figure\n"
        "plate = figure(style='programmes', programmes=('crsd',), size='16x10', dpi=50)\n"
        "[plate.save(sys.argv[1] + suffix) for suffix in ('.svg', '.pdf', '.png')]"
    )
    settings = tmp_path / "matplotlibrc"
    settings.write_text("font.size: 30\nlines.linewidth: 9\nsvg.fonttype: path\nsavefig.bbox: tight\n")
    places = [
        {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "2", "TZ": "Asia/Tokyo", "LC_ALL": "fr_FR.UTF-8", "MATPLOTLIBRC": str(settings)},
    ]
    for number, place in enumerate(places):
        target = str(tmp_path / f"figure{number}")
        subprocess.run([sys.executable, "-c", code, target], check=True, env=os.environ | place)
    for suffix in (".svg", ".pdf", ".png"):
        one, other = ((tmp_path / f"figure{number}{suffix}").read_bytes() for number in (0, 1))
        assert one == other


def test_a_title_that_is_asked_for_stands_as_it_is_written(plate_of: Callable[..., Plate]) -> None:
    title = "Budget : $5 & <b>$10</b>"
    plate = plate_of(style="programmes", programmes=("crsd",), size="16x10", title=title)
    assert plate.title == title
    svg = plate.render(".svg").decode("utf-8")
    assert "Budget : $5 &amp; &lt;b&gt;$10&lt;/b&gt;</text>" in svg


def test_a_plate_shows_itself_in_a_notebook(plate_of: Callable[..., Plate]) -> None:
    assert plate_of(style="pileup", size="16x10")._repr_png_().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"style": "carte"}, "overview"),
        ({"lang": "de"}, "fr, en"),
        ({"size": "a5"}, "16x10"),
        ({"size": "5x5"}, "from 8 to 120"),
        ({"dpi": 5}, "between 36 and 1,200"),
        ({"style": "programmes"}, "say which"),
    ],
)
def test_a_choice_that_does_not_exist_is_refused(chosen: dict[str, object], said: str) -> None:
    with pytest.raises(UnknownOptionError, match=re.escape(said)):
        FigureOptions(**chosen)  # type: ignore[arg-type]


def test_a_programme_is_found_by_its_names_and_near_ones_are_proposed(plate_of: Callable[..., Plate]) -> None:
    assert plate_of(style="programmes", programmes=("Pacte SAT",), size="16x10").title.startswith(
        "Pacte pour la"
    )
    with pytest.raises(UnknownOptionError, match=r"territoir industri.*territoires-industrie"):
        plate_of(style="programmes", programmes=("territoir industri",))


def test_another_kind_of_file_is_refused(plate_of: Callable[..., Plate], tmp_path: Path) -> None:
    with pytest.raises(UnknownOptionError, match=r"\.svg, \.pdf, \.png"):
        plate_of(style="pileup", size="16x10").save(tmp_path / "figure.docx")


def test_the_public_function_takes_options_by_name() -> None:
    plate = figure(style="programmes", programmes="acv", size="16x10", lang="en")
    assert plate.title == "Action cœur de ville — Hauts-de-France"
    assert "5 contracts, 4 operations" in plate.subtitle
    assert any(text.startswith("Sources: Préfecture de la région") for text, _ in plate.paper.texts)
