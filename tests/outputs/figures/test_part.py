"""A part of the region, and a list of one's own: what is counted, named, refused and told of the source."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook

from geocontracts.errors import UnknownOptionError
from geocontracts.outputs.figures.box import FARTHEST, Box
from geocontracts.outputs.figures.costs import sort_costs
from geocontracts.outputs.figures.figure import draw_figure, figure
from geocontracts.outputs.figures.ground import build_ground
from geocontracts.outputs.figures.legend import Item, fit
from geocontracts.outputs.figures.letters import is_breaking, wrap
from geocontracts.outputs.figures.looks import looks_of, sign_of
from geocontracts.outputs.figures.mapped import Map
from geocontracts.outputs.figures.names import TOWN, Names
from geocontracts.outputs.figures.options import FigureOptions
from geocontracts.outputs.figures.perimeters import Strokes, lay
from geocontracts.outputs.figures.placing import place
from geocontracts.outputs.figures.presence import is_here, label_of_signs, reaching_beyond
from geocontracts.outputs.figures.signs import cluster
from geocontracts.outputs.figures.townsigns import lettered
from geocontracts.outputs.figures.view import View
from geocontracts.records.read import read_register
from geocontracts.webmap.payload import MapOptions, build_content

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geocontracts.outputs.figures.plate import Plate
    from geocontracts.webmap.payload import MapContent

VALENCIENNES = "CA Valenciennes Métropole"


@cache
def part(area: str) -> MapContent:
    return build_content(read_register(), MapOptions(area=area))


def written(plate: Plate) -> str:
    return " ".join(text for text, _ in plate.paper.texts).replace("\u00a0", " ")


def drawn(area: str, **chosen: Any) -> Plate:
    return draw_figure(part(area), FigureOptions(area=area, **chosen))


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    """Return a list of three CRTE of the Nord, of one, one and two EPCI, and a town."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ("Intitulé", "Dispositif", "Territoires"),
        ("CRTE Valenciennes", "CRTE", "CA Valenciennes Métropole"),
        ("CRTE MEL", "CRTE", "Métropole Européenne de Lille"),
        ("CRTE Douaisis", "CRTE", "CA Douaisis Agglo"),
        ("CRTE Dunkerque", "CRTE", "CU de Dunkerque"),
    ):
        sheet.append(row)
    book.save(tmp_path / "suivi.xlsx")
    return tmp_path / "suivi.xlsx"


def test_one_number_of_contracts_in_a_part_of_the_region() -> None:
    """Eight contracts touch Valenciennes Métropole; those of the Aisne's 25 small towns do not."""
    overview, timeline = drawn(VALENCIENNES, size="16x12"), drawn(VALENCIENNES, style="timeline")
    pileup = drawn(VALENCIENNES, style="pileup", size="16x12")
    assert overview.subtitle.startswith("8 contrats, 12 opérations (en plus, de lieu inconnu")
    assert timeline.subtitle.startswith("8 contrats")
    assert "(8 contrats, tous statuts)" in pileup.subtitle
    assert "En plus, de lieu inconnu, non comptés : 8 contrats." in written(pileup)
    entries = [entry for entry in part(VALENCIENNES).payload["records"] if "Aisne" in entry["title"]]
    assert entries
    assert not any(is_here(entry, part(VALENCIENNES).payload) for entry in entries)


def test_the_legend_of_a_part_counts_what_is_there() -> None:
    """Action cœur de ville has nine records in the region, and two in the Nord."""
    overview = drawn("departement:59", size="a4")
    texts = [text for text, _ in overview.paper.texts]
    assert texts[texts.index("Action cœur de ville") + 1] == "2"
    assert "Rien dans ce territoire, ou de lieu inconnu" in written(overview)
    small = drawn(VALENCIENNES, size="16x12")
    assert "Action cœur de ville" not in written(small)
    assert "28 autres dispositifs du registre" in written(small)
    assert "À droite" not in written(small)
    assert "Couvrent tout le territoire (8 contrats), sans contour sur la carte" in written(small)
    assert "Charte agriculture et urbanisme du Nord" in written(small)


def test_what_reaches_beyond_the_area_is_no_amount_of_it() -> None:
    """The mining towns: 1,5 Md€ for 336 communes of two départements."""
    content = part(VALENCIENNES)
    costs = sort_costs(content.payload, range(len(content.payload["programmes"])), reaching_beyond(content))
    assert not costs.known
    (own,) = costs.beyond
    assert content.payload["records"][own]["title"] == "Réhabilitation des cités minières"
    plate = drawn(VALENCIENNES, style="operations", size="16x12")
    assert plate.subtitle.startswith(
        "1 opération qui dépasse le territoire (1,5\u00a0Md€, montant entier), 11 d’un coût"
    )
    assert "montants entiers et non la part du territoire" in written(plate)
    assert "Coût total de l’opération" not in written(plate)
    whole = part("region:32")
    assert "operation" not in {whole.payload["records"][rank]["kind"] for rank in reaching_beyond(whole)}


@pytest.mark.parametrize(
    ("area", "title"),
    [
        ("59606", "Valenciennes (commune)"),
        ("arrondissement de Valenciennes", "Valenciennes (arrondissement)"),
        ("departement:59", "Nord (département)"),
        (VALENCIENNES, "CA Valenciennes Métropole"),
    ],
)
def test_the_title_names_the_level(area: str, title: str) -> None:
    assert drawn(area, style="pileup", size="16x10").title.endswith(f"— {title}")


def test_a_programme_is_hatched_in_all_its_perimeters_or_in_none(listed: Path) -> None:
    """Lille has more than a seventh of the communes of the Nord, the other three have not."""
    content = build_content(read_register(listed), MapOptions(area="departement:59"))
    (look,) = looks_of(content.payload)
    assert look.hatch != "none"
    plate = draw_figure(content, FigureOptions(area="departement:59", style="pileup", size="16x10"))
    ground = build_ground(content.area)
    view = View.fit(ground.bounds, Box(0, 0, 500, 500), 10)
    sheets = lay(Map(plate, ground, view, Names(plate.paper, view, 1)), range(4), [look], Strokes())
    assert [sheet.is_vast for sheet in sheets] == [False] * 4
    (vast,) = looks_of(build_content(read_register(listed), MapOptions(area=VALENCIENNES)).payload)
    assert vast.hatch == "none"


def test_a_list_of_ones_own_is_named_as_the_source(listed: Path) -> None:
    assert "Sources : suivi.xlsx (sans date)." in written(figure(listed, style="pileup", size="16x10"))
    told = written(figure(listed, style="pileup", size="16x10", source="DREAL, mai 2026"))
    assert "Source : DREAL, mai 2026" in told
    assert "suivi.xlsx" not in told


def test_an_empty_figure_is_refused(listed: Path) -> None:
    with pytest.raises(
        UnknownOptionError, match="no operation of these programmes is known in Hauts-de-France"
    ):
        figure(listed, style="operations")
    for style in ("overview", "small-multiples", "pileup", "timeline"):
        with pytest.raises(UnknownOptionError, match="Nothing to draw"):
            figure(listed, style=style, area="departement:02")


@pytest.mark.parametrize(
    ("style", "size", "fits"), [("small-multiples", "16x12", "16x16"), ("overview", "8x10", "16x10")]
)
def test_a_refusal_says_which_size_would_do(
    style: str, size: str, fits: str, plate_of: Callable[..., Plate]
) -> None:
    with pytest.raises(UnknownOptionError, match=f"that it fits: {fits}"):
        plate_of(style=style, size=size)


def test_no_word_is_broken_inside() -> None:
    assert is_breaking("Insertion économique", 10, 30)
    rows = [Item("Insertion économique")]
    assert fit(rows, Box(0, 0, 30, 400), 10, smallest=True) is None
    assert wrap("Contrats « clés en main »", 10, 100)[-1].endswith("main »")


def test_signs_stay_within_6_mm_of_their_town(plate_of: Callable[..., Plate]) -> None:
    paper = plate_of(style="pileup", size="16x10").paper
    view = View(Box(0, 0, 400, 400), 1, 0, 0)
    names = Names(paper, view, 1, taken=[Box(0, 0, 400, 400)])
    box = place(names, (200, 200), Box(-10, -10, 10, 10))
    middle = (box.left + box.right) / 2, (box.bottom + box.top) / 2
    assert math.dist(middle, (200, 200)) <= FARTHEST
    crowded = Names(paper, view, 1, taken=[Box(150, 100, 400, 300)])
    assert not crowded.beside("Amiens", TOWN, Box(130, 130, 270, 270), near=(200, 200))


def test_circles_of_one_town_stand_around_it_without_touching() -> None:
    radii = [30, 20, 8, 2, 2, 2, 2]
    centres = cluster(radii)
    assert math.hypot(*centres[0]) == 0
    for rank, (at, radius) in enumerate(zip(centres, radii, strict=True)):
        for other, more in list(zip(centres, radii, strict=True))[:rank]:
            assert math.dist(at, other) >= radius + more
    assert max(math.hypot(*at) for at in centres) < 60


def test_a_commune_is_named_only_where_a_record_names_it(content: MapContent) -> None:
    """The bus lines of Amiens are a project of the EPCI, whose middle is in Salouël."""
    entries = content.payload["records"]
    record = next(rank for rank, entry in enumerate(entries) if entry["id"] == "amiens-nemo-bhns")
    (town,) = entries[record]["towns"]
    assert content.payload["places"]["communes"]["name"][town] == "Salouël"
    assert label_of_signs(content, [record], town) == "CA Amiens Métropole"
    valenciennes = content.payload["places"]["communes"]["code"].index("59606")
    pool = next(
        rank for rank, entry in enumerate(entries) if entry["title"] == "Centre aquatique de Valenciennes"
    )
    assert label_of_signs(content, [pool], valenciennes) == "Valenciennes"


def test_programmes_with_one_sign_get_a_letter_each(content: MapContent) -> None:
    payload = content.payload
    looks = lettered(payload, range(len(payload["records"])), looks_of(payload))
    signs: dict[tuple[str, str, str], set[int]] = {}
    for entry in payload["records"]:
        if entry["draw"] == "towns":
            sign = sign_of(entry, looks[entry["programme"]])
            signs.setdefault((sign.colour, sign.glyph, sign.text), set()).add(entry["programme"])
    assert all(len(programmes) == 1 for programmes in signs.values())
    assert {text for _, _, text in signs} >= {"", "a", "l"}
