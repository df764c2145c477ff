"""What is drawn where records are too many for a sign, an outline or a line of the legend each."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest
from matplotlib.colors import to_rgb
from matplotlib.patches import PathPatch

from geocontracts.outputs.figures.box import Box, boxes_of
from geocontracts.outputs.figures.colours import LAND, SUM
from geocontracts.outputs.figures.figure import draw_figure
from geocontracts.outputs.figures.options import FigureOptions
from geocontracts.records.read import read_register
from geocontracts.webmap.payload import MapOptions, build_content

if TYPE_CHECKING:
    from pathlib import Path

    from geocontracts.outputs.figures.plate import Plate
    from geocontracts.webmap.payload import MapContent

CONTRACTS, OPERATIONS = 700, 650
MAYOTTE = "region:06"


def listed(folder: Path, area: str, commune: str, *, operations: int) -> MapContent:
    """Return contracts, each a sign in a commune of the area, and operations of 1,000 euros."""
    path = folder / "suivi.csv"
    path.write_text(
        f"Intitulé;Dispositif;Territoires;Coût total (€)\nModèle;Contrats;commune:{commune};1000\n",
        encoding="utf-8",
    )
    register = read_register(path)
    content = build_content(register, MapOptions(area=area))
    (model,) = content.payload["records"]
    count = content.payload["grid"]["communes"]
    made = [
        model
        | {
            "kind": "operation" if rank >= CONTRACTS else "contract",
            "draw": "towns",
            "basis": "unknown",
            "elsewhere": [],
            "communes": [rank % count, 1],
            "towns": [rank % count],
        }
        for rank in range(CONTRACTS + operations)
    ]
    content.payload["records"][:] = made  # type: ignore[assignment]
    content.perimeters[:] = [content.perimeters[0]] * len(made)
    return content


@pytest.fixture(scope="module")
def oise(tmp_path_factory: pytest.TempPathFactory) -> MapContent:
    return listed(tmp_path_factory.mktemp("oise"), "departement:60", "60057", operations=OPERATIONS)


def written(plate: Plate) -> str:
    return " ".join(text for text, _ in plate.paper.texts).replace("\u202f", "").replace("\xa0", " ")


def fills(plate: Plate, colour: str) -> list[tuple[float, PathPatch]]:
    """Return what is filled with a colour, with how high it lies."""
    return [
        (patch.get_zorder(), patch)
        for patch in plate.drawing.findobj(PathPatch)
        if patch.get_facecolor()[3] == 1 and to_rgb(patch.get_facecolor()) == pytest.approx(to_rgb(colour))
    ]


def hue(content: MapContent) -> str:
    payload = content.payload
    return payload["families"][payload["programmes"][0]["family"]]["light"]


@pytest.mark.parametrize("style", ["overview", "programmes", "small-multiples"])
def test_no_halo_covers_a_dot(oise: MapContent, style: str) -> None:
    names = (oise.payload["programmes"][0]["id"],)
    plate = draw_figure(oise, FigureOptions(style=style, programmes=names))  # type: ignore[arg-type]
    dots = [(depth, patch) for depth, patch in fills(plate, hue(oise)) if len(patch.get_path()) > 5_000]
    halos = [depth for depth, patch in fills(plate, LAND) if len(patch.get_path()) > 5_000]
    assert len(dots) == len(halos) == 1
    assert halos[0] < dots[0][0]
    assert dots[0][1].get_linewidth() == 0
    assert "tient lieu" in written(plate)


def test_a_legend_explains_only_what_is_drawn(oise: MapContent) -> None:
    """Dots stand for signs, and operations are not drawn: no "?", no numbered ring; counted apart."""
    text = written(draw_figure(oise, FigureOptions()))
    assert "Périmètre non donné" not in text
    assert "avec leur nombre" not in text
    assert f"{CONTRACTS} · {OPERATIONS} op." in text
    assert "contrats et missions · opérations (op.), non dessinées" in text


def test_a_large_programme_is_counted_and_not_listed(oise: MapContent) -> None:
    names = (oise.payload["programmes"][0]["id"],)
    text = written(draw_figure(oise, FigureOptions(style="programmes", programmes=names, size="16x12")))
    assert f"Contrats et missions ({CONTRACTS}) : trop nombreux" in text
    assert text.count("Modèle") == 0
    assert text.startswith("Contrats — Oise")


def test_no_name_lies_on_a_circle(tmp_path: Path) -> None:
    """All operations of Mayotte are one circle, in the middle of the island."""
    content = listed(tmp_path, MAYOTTE, "97611", operations=OPERATIONS)
    plate = draw_figure(content, FigureOptions(area=MAYOTTE, style="operations"))
    circles = [
        Box(*patch.get_path().get_extents().extents)
        for patch in plate.drawing.findobj(PathPatch)
        if to_rgb(patch.get_facecolor()) == pytest.approx(to_rgb(SUM)) and patch.get_facecolor()[3]
    ]
    assert circles
    names = set(content.payload["places"]["communes"]["name"])
    for circle in circles:
        x, y = (circle.left + circle.right) / 2, (circle.bottom + circle.top) / 2
        for text, room in plate.paper.texts:
            assert text not in names or not any(room.meets(part) for part in boxes_of(x, y, circle.width / 2))


def test_boxes_cover_a_disc() -> None:
    from shapely import Point, box, union_all

    cover = union_all([box(*each) for each in boxes_of(10, 20, 8)])
    assert cover.covers(Point(10, 20).buffer(8))
    assert cover.area < 1.2 * cast("float", Point(10, 20).buffer(8).area)
