"""The whole country on one page, the DROM in frames: pointed at, searched, shared, and true when saved."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from geocontracts.places.area import find_area
from geocontracts.places.gazetteer import load_gazetteer
from geocontracts.records.read import read_register
from geocontracts.webmap.ground import build_ground
from geocontracts.webmap.page import write_map
from geocontracts.webmap.payload import MapOptions
from tests.browser.test_map_page import choose, panel

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

ROWS = (
    'reunion,acv,Pacte de La Réunion,"epci:249740119; epci:249740101",signed,doc,P',
    'nord,acv,Contrat de Lille,"epci:200093201",signed,doc,P',
    'guyane,acv,Contrat de Guyane,"departement:973",signed,doc,P',
)
HEAD = "id,programme,title,territories,status,source,section"
TABLES = {
    "programmes": "id,name,family,source,section\nacv,Action cœur de ville,priorites-nationales,doc,P\n",
    "sources": "id,title,publisher\ndoc,Document,Éditeur\n",
}


@pytest.fixture(scope="module")
def france_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page of a register with contracts in Nord, La Réunion and Guyane."""
    folder = tmp_path_factory.mktemp("france")
    for name, text in {**TABLES, "contracts": "\n".join([HEAD, *ROWS, ""])}.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    write_map(read_register(folder), folder / "france.html", MapOptions(area="france"))
    return folder / "france.html"


def northing(lat: float) -> float:
    return math.degrees(math.asinh(math.tan(math.radians(lat))))


def drawn(page: Page, code: str) -> tuple[float, float]:
    """Return where a commune overseas is on the screen, worked out from its frame."""
    commune = load_gazetteer().get("commune", code)
    assert commune is not None
    grid = build_ground(find_area("france"), "fr").grid
    (frame,) = [each for each in grid["insets"] if code.startswith(each["code"])]
    unit = 2 ** grid["bits"]
    left, bottom, right, top = (value / unit for value in frame["bounds"])
    x, y = (value / unit for value in frame["centre"])
    lon = x + (commune.lon - (left + right) / 2) * frame["scale"]
    high = (northing(commune.lat) - (northing(bottom) + northing(top)) / 2) * frame["scale"]
    lat = math.degrees(math.atan(math.sinh(math.radians(northing(y) + high))))
    point = page.evaluate(
        """([lat, lon]) => {
          const { map } = window.geocontracts;
          const at = map.latLngToContainerPoint([lat, lon]);
          const box = map.getContainer().getBoundingClientRect();
          return [at.x + box.left, at.y + box.top];
        }""",
        [lat, lon],
    )
    return point[0], point[1]


@pytest.mark.thorough
@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844), (800, 600)])
def test_the_whole_country_and_all_frames_are_in_sight(
    opened: Callable[..., Page], france_page: Path, width: int, height: int
) -> None:
    grid = build_ground(find_area("france"), "fr").grid
    left, bottom, right, top = (value / 2 ** grid["bits"] for value in grid["bounds"])
    with opened(france_page, width, height) as page:
        seen = page.evaluate(
            """() => {
              const bounds = window.geocontracts.map.getBounds();
              return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
            }"""
        )
        assert seen[0] <= left
        assert seen[1] <= bottom
        assert seen[2] >= right
        assert seen[3] >= top


@pytest.mark.thorough
def test_a_commune_overseas_is_pointed_at_in_its_frame(
    opened: Callable[..., Page], france_page: Path
) -> None:
    with opened(france_page) as page:
        x, y = drawn(page, "97411")
        y += 4  # its town hall stands at the coast
        page.mouse.move(x - 2, y)
        page.mouse.move(x, y, steps=3)
        expect(page.locator(".gc-tooltip")).to_contain_text("Saint-Denis")
        page.mouse.click(x, y)
        text = panel(page)
        assert "Saint-Denis" in text
        assert "Pacte de La Réunion" in text
        assert "Contrat de Lille" not in text


def test_a_search_goes_into_the_frame(opened: Callable[..., Page], france_page: Path) -> None:
    with opened(france_page) as page:
        choose(page, "Cayenne")
        assert "Contrat de Guyane" in panel(page)
        x, y = drawn(page, "97302")
        frame = page.locator("#gc-map").bounding_box()
        assert frame is not None
        assert frame["x"] < x < frame["x"] + frame["width"]
        assert frame["y"] < y < frame["y"] + frame["height"]
        assert page.evaluate("() => window.geocontracts.map.getZoom()") > 8


@pytest.mark.thorough
def test_the_scale_is_that_of_the_frame_in_sight(opened: Callable[..., Page], france_page: Path) -> None:
    """Zoomed in on Cayenne, two towns 50 km apart are as far on the screen as the scale says."""
    with opened(france_page) as page:
        choose(page, "Cayenne")
        page.wait_for_timeout(300)
        bar = page.locator(".gc-scalebar")
        kilometres = float(bar.inner_text().replace("\u00a0km", "").replace(",", "."))
        pixel = kilometres / float(bar.evaluate("bar => parseFloat(bar.style.width)"))
        (x0, y0), (x1, y1) = drawn(page, "97302"), drawn(page, "97307")  # Cayenne, Matoury
        places = load_gazetteer()
        one, other = places.get("commune", "97302"), places.get("commune", "97307")
        assert one is not None
        assert other is not None
        east = (one.lon - other.lon) * 111.32 * math.cos(math.radians(one.lat))
        true = math.hypot(east, (one.lat - other.lat) * 110.6)
        assert math.hypot(x0 - x1, y0 - y1) * pixel == pytest.approx(true, rel=0.05)


@pytest.mark.thorough
def test_what_is_saved_has_true_coordinates(opened: Callable[..., Page], france_page: Path) -> None:
    """The frame is a matter of the picture: GeoJSON has La Réunion at 55 degrees east and 21 south."""
    with opened(france_page) as page:
        page.get_by_role("button", name="Tableau", exact=True).click()
        with page.expect_download() as waiting:
            page.get_by_role("button", name="GeoJSON").click()
        content = json.loads(Path(waiting.value.path()).read_text(encoding="utf-8"))
        shapes = {each["properties"]["title"]: each["geometry"] for each in content["features"]}
        points = [
            point
            for polygon in shapes["Pacte de La Réunion"]["coordinates"]
            for ring in polygon
            for point in ring
        ]
        assert min(x for x, _ in points) > 55.2
        assert max(x for x, _ in points) < 55.9
        assert max(y for _, y in points) < -20.8
