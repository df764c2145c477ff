"""The locator map: the right land, closed outlines, small."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pyproj
import pytest
import shapely

from geocontracts.outputs.sheets.ground import WIDTH, Frame, Ground
from geocontracts.outputs.sheets.ledger import Ledger
from geocontracts.outputs.sheets.locator import Cartographer
from geocontracts.outputs.sheets.place import find_territory
from geocontracts.places.gazetteer import load_gazetteer
from geocontracts.records.read import read_register
from geocontracts.webmap.payload import MapOptions

if TYPE_CHECKING:
    from pathlib import Path

    from geocontracts.outputs.sheets.write import SheetMaker


@pytest.fixture(scope="module")
def cartographer() -> Cartographer:
    return Cartographer(load_gazetteer(), "fr")


@pytest.mark.parametrize(
    ("frame", "level", "code"),
    [
        (Frame("departement", ("60",)), "epci", "200066975"),
        (Frame("region", ("32",)), "departement", "02"),
        (Frame("departement", ("974",)), "commune", "97411"),
        (Frame("departement", ("76", "80")), "epci", "247600588"),
    ],
)
def test_an_outline_has_the_area_of_its_place(frame: Frame, level: str, code: str) -> None:
    gazetteer = load_gazetteer()
    ground, place = Ground(frame, gazetteer), gazetteer.get(level, code)
    rings = [shapely.Polygon(ring) for ring in ground.rings(gazetteer.communes_of(place)) if len(ring) > 2]
    km2 = abs(sum(ring.area for ring in rings)) * (ground.metres / 1000) ** 2
    assert km2 == pytest.approx(place.area_km2, rel=0.06)
    assert all(0 <= x <= WIDTH and 0 <= y <= ground.height for ring in rings for x, y in ring.exterior.coords)


def test_a_small_place_is_ringed_and_a_large_one_is_not(
    cartographer: Cartographer, maker: SheetMaker
) -> None:
    small = cartographer.of_territory(find_territory("Denain", maker.ledger), "#26465a")
    large = cartographer.of_territory(find_territory("Aisne", maker.ledger), "#26465a")
    assert "<circle" in small.svg
    assert "<circle" not in large.svg


def test_a_map_is_small_well_formed_and_said_in_words(cartographer: Cartographer, maker: SheetMaker) -> None:
    for place in ("Denain", "epci:200044618", "arrondissement:025", "Aisne", "contract:erbm", "region:32"):
        picture = cartographer.of_territory(find_territory(place, maker.ledger), "#26465a")
        root = ET.fromstring(picture.svg)  # noqa: S314  (our own)
        assert root.find("{http://www.w3.org/2000/svg}title").text == picture.alt
        assert len(picture.svg) < 60_000


def test_a_map_of_several_territories_says_which_one_it_shows(tmp_path: Path) -> None:
    path = tmp_path / "suivi.csv"
    rows = ["Deux îles;CRTE;departement:971; departement:974", "Une île;CRTE;departement:972"]
    rows = [row.replace("; departement", ", departement") for row in rows]
    path.write_text("\n".join(["Intitulé;Dispositif;Territoires", *rows]) + "\n", encoding="utf-8")
    register = read_register(path)
    ledger = Ledger(register, MapOptions(area="france"))
    several, one = (
        Cartographer(load_gazetteer(), "fr").of_territory(
            find_territory(f"contract:{name}", ledger), "#26465a"
        )
        for name in register.contracts
    )
    told = "Territoire montré\u00a0: Guadeloupe\u00a0; hors de cette carte\u00a0: La Réunion."
    assert several.caption.endswith(f"). {told}")
    assert several.alt.endswith(told)
    assert "montré" not in one.caption


def test_the_scale_bar_is_as_long_as_it_says() -> None:
    ground = Ground(Frame("departement", ("60",)), load_gazetteer())
    svg = Cartographer(load_gazetteer(), "fr").of_communes(
        Frame("departement", ("60",)), [], [], "#000000", "Oise"
    )
    length = int(re.search(r"v8h(\d+)v-8", svg)[1])
    assert length * ground.metres == pytest.approx(20_000, rel=0.02)
    assert "20\u00a0km" in svg


def _areas(data: str) -> shapely.MultiPolygon:
    """Return closed relative paths (`M x y l dx dy ... z`) as areas."""
    found = []
    for path in data.split("z"):
        steps = [int(step) for step in re.findall(r"-?\d+", path)]
        if steps:
            points = list(zip(steps[::2], steps[1::2], strict=True))
            found.append(
                [
                    (sum(x for x, _ in points[:n]), sum(y for _, y in points[:n]))
                    for n in range(1, len(points))
                ]
            )
    return shapely.union_all([shapely.Polygon(ring) for ring in found])


def test_belgium_is_land_and_the_channel_is_sea() -> None:
    ground = Ground(Frame("departement", ("59",)), load_gazetteer())
    foreign = _areas(ground.foreign)

    def at(lon: float, lat: float) -> shapely.Point:
        x, y = pyproj.Transformer.from_crs(4326, 2154, always_xy=True).transform(lon, lat)
        return shapely.Point((x - ground.left_m) / ground.metres, (ground.top_m - y) / ground.metres)

    for town in ((2.89, 50.85), (3.39, 50.61), (3.95, 50.45)):  # Ypres, Tournai, Mons
        assert foreign.contains(at(*town))
    assert not foreign.contains(at(2.2, 51.1))  # off Dunkerque
    assert Ground(Frame("departement", ("974",)), load_gazetteer()).foreign == ""
    svg = Cartographer(load_gazetteer(), "fr").of_communes(ground.frame, [], [], "#000000", "Nord")
    assert svg.index(ground.foreign) < svg.index('fill-rule="evenodd"'), "France lies over it"
