"""What a person sees and does on the page, in a real browser with the network cut."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import folium
import pytest
from playwright.sync_api import expect

from geocontracts.perimeters.perimeter import resolve_perimeters
from geocontracts.places.area import find_area
from geocontracts.places.gazetteer import load_gazetteer
from geocontracts.records.read import read_register
from geocontracts.webmap.folium_map import ContractMap
from geocontracts.webmap.page import write_map
from geocontracts.webmap.payload import MapOptions
from tests.browser.conftest import keep

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser, Page

SEARCH = "Chercher un lieu ou un contrat"


def titles_covering(code: str) -> set[str]:
    """Return the titles of the records that cover a commune, as Python finds them."""
    commune = load_gazetteer().get("commune", code)
    assert commune is not None
    found = resolve_perimeters(read_register(), within=find_area().place)
    return {perimeter.record.title for perimeter in found if commune.number in perimeter.communes}


def choose(page: Page, words: str) -> None:
    """Search for a place and take the first answer, with the keyboard alone."""
    page.get_by_role("combobox", name=SEARCH).fill(words)
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Enter")


def panel(page: Page) -> str:
    """Return the text of the panel of the chosen place."""
    heading = page.get_by_role("heading", level=2).filter(has_text=re.compile("^(?!Légende|Filtres)"))
    expect(heading.first).to_be_visible()
    return page.get_by_role("complementary").last.inner_text()


def at(page: Page, code: str) -> tuple[float, float]:
    """Return where a commune is on the screen."""
    commune = load_gazetteer().get("commune", code)
    assert commune is not None
    point = page.evaluate(
        """([lat, lon]) => {
          const map = window.geocontracts.map;
          const at = map.latLngToContainerPoint([lat, lon]);
          const box = map.getContainer().getBoundingClientRect();
          return [box.left + at.x, box.top + at.y];
        }""",
        [commune.lat, commune.lon],
    )
    return point[0], point[1]


def test_it_opens_from_a_file_and_paints_the_region(opened: Callable[..., Page], region_page: Path) -> None:
    with opened(region_page) as page:
        assert page.title() == "Contrats territoriaux — Hauts-de-France"
        expect(page.get_by_role("heading", level=1)).to_have_text("Contrats territoriaux — Hauts-de-France")
        colours = page.evaluate(
            """() => {
              const seen = new Set();
              for (const canvas of document.querySelectorAll("canvas")) {
                const { width, height } = canvas;
                const data = canvas.getContext("2d").getImageData(0, 0, width, height).data;
                for (let at = 0; at < data.length; at += 4 * 997) seen.add(data.slice(at, at + 4).join());
              }
              return seen.size;
            }"""
        )
        assert colours > 20, "the canvas is all but empty"
        assert page.evaluate("() => document.documentElement.scrollHeight") <= 800, "the page scrolls"
        keep(page, "desktop")


@pytest.mark.parametrize(
    "words",
    [
        "denain",
        pytest.param("DENAIN", marks=pytest.mark.thorough),
        pytest.param("59172", marks=pytest.mark.thorough),
    ],
)
def test_a_searched_commune_shows_every_record_that_covers_it(
    opened: Callable[..., Page], region_page: Path, words: str
) -> None:
    with opened(region_page) as page:
        choose(page, words)
        text = panel(page)
        assert text.startswith("Denain") or "\nDenain\n" in f"\n{text}"
        assert "59172" in text
        assert "CA de la Porte du Hainaut" in text
        wanted = titles_covering("59172")
        assert {"Engagement pour le renouveau du bassin minier du Nord et du Pas-de-Calais (ERBM)"} <= wanted
        assert [title for title in wanted if title not in text] == []
        keep(page, "denain")


@pytest.mark.thorough
def test_search_does_not_mind_accents_and_hyphens(opened: Callable[..., Page], region_page: Path) -> None:
    with opened(region_page) as page:
        for words, name in (("chateau thierry", "Château-Thierry"), ("l oree de mormal", "L'Orée de Mormal")):
            choose(page, words)
            assert name in panel(page)


def test_a_click_on_the_map_opens_the_commune(opened: Callable[..., Page], region_page: Path) -> None:
    with opened(region_page) as page:
        page.mouse.click(*at(page, "02168"))
        assert "Château-Thierry" in panel(page)
        assert [title for title in titles_covering("02168") if title not in panel(page)] == []


def test_the_tooltip_names_commune_epci_and_count(opened: Callable[..., Page], region_page: Path) -> None:
    with opened(region_page) as page:
        x, y = at(page, "02168")
        page.mouse.move(x - 3, y)
        page.mouse.move(x, y, steps=3)
        tooltip = page.locator(".gc-tooltip")
        expect(tooltip).to_contain_text("Château-Thierry")
        expect(tooltip).to_contain_text("CA de la Région de Château-Thierry")
        contracts = [
            perimeter
            for perimeter in resolve_perimeters(read_register(), within=find_area().place)
            if perimeter.record.kind == "contract"
            and "02168" in load_gazetteer().column("code", list(perimeter.communes))
        ]
        expect(tooltip).to_contain_text(f"{len(contracts)} contrat")
        expect(tooltip).not_to_contain_text("dont")


def test_the_legend_is_the_layer_control(opened: Callable[..., Page], region_page: Path) -> None:
    with opened(region_page) as page:
        count = page.locator(".gc-state")
        before = int(count.inner_text().split()[0])
        page.get_by_role("checkbox", name=re.compile("^Territoires d’industrie")).uncheck()
        expect(count).to_contain_text(f"{before - 1} couches affichées")
        page.get_by_role("button", name="Aucun\u00a0: toutes les couches").click()
        expect(page.get_by_role("checkbox", checked=True)).to_have_count(0)
        x, y = at(page, "02168")
        page.mouse.move(x - 3, y)
        page.mouse.move(x, y, steps=3)
        expect(page.locator(".gc-tooltip")).to_contain_text(re.compile(r"[1-9]\d* contrats?, dont 0 affiché"))
        page.get_by_role("button", name="Tout\u00a0: toutes les couches").click()
        expect(page.get_by_role("checkbox", checked=True)).to_have_count(before)


@pytest.mark.thorough
def test_records_without_a_place_on_the_map_are_listed(
    opened: Callable[..., Page], region_page: Path
) -> None:
    with opened(region_page) as page:
        text = page.get_by_role("complementary").first.evaluate("node => node.textContent")
        assert "Non dessinés sur la carte" in text
        assert "Atelier des territoires de la Bassée-Montois" in text
        assert "CC Bassée-Montois (Seine-et-Marne)\u00a0: hors du territoire" in text
        assert "23 collectivités des Hauts-de-France" in text


@pytest.mark.thorough
def test_counts_do_not_mix_contracts_and_operations(opened: Callable[..., Page], region_page: Path) -> None:
    with opened(region_page) as page:
        line = page.get_by_role("checkbox", name=re.compile("^Action cœur de ville ,"))
        expect(line).to_have_accessible_name(re.compile(r"5 contrats, 4 opérations$"))
        row = page.locator(".gc-line-row").filter(has_text=re.compile(r"Action cœur de ville(?! 2)"))
        expect(row.first.locator(".gc-count")).to_have_text(re.compile(r"^5\s*\+\s4\sop\.$"))


@pytest.mark.parametrize(
    ("words", "heading"),
    [
        ("CC de Flandre Intérieure", "CA Coeur de Flandre"),
        pytest.param("Amfroipret", "L'Orée de Mormal", marks=pytest.mark.thorough),
        pytest.param("Creil (60)", "Creil", marks=pytest.mark.thorough),
        pytest.param("creil (oise)", "Creil", marks=pytest.mark.thorough),
        pytest.param("Valencienes", "Valenciennes", marks=pytest.mark.thorough),
        pytest.param("Cerema", "Atelier des territoires de la Bassée-Montois", marks=pytest.mark.thorough),
    ],
)
def test_search_knows_earlier_names_operators_and_slips(
    opened: Callable[..., Page], region_page: Path, words: str, heading: str
) -> None:
    with opened(region_page) as page:
        choose(page, words)
        expect(page.get_by_role("heading", level=2, name=heading, exact=True)).to_be_visible()


@pytest.mark.thorough
def test_search_raises_a_programme_and_says_when_nothing_answers(
    opened: Callable[..., Page], region_page: Path
) -> None:
    with opened(region_page) as page:
        choose(page, "lens")
        box = page.get_by_role("combobox", name=SEARCH)
        box.fill("Lens")
        expect(page.get_by_role("option", selected=True)).to_have_count(0)
        page.keyboard.press("ArrowDown")
        expect(page.get_by_role("option").first).to_have_attribute("aria-selected", "true")
        box.fill("zzzzzz")
        expect(page.get_by_role("option")).to_have_text("Aucune réponse pour «\u00a0zzzzzz\u00a0»")
        before = page.evaluate("() => window.geocontracts.map.getZoom()")
        choose(page, "pacte pour la réussite")
        expect(page.locator(".gc-canvas-layers")).to_have_class(re.compile("gc-dimmed"))
        assert page.evaluate("() => window.geocontracts.map.getZoom()") != before


@pytest.mark.thorough
def test_a_gathered_sign_lists_all_that_it_stands_for(opened: Callable[..., Page], region_page: Path) -> None:
    """Six operations of one contract in Amiens share a sign: the pointer looks for it around the town."""
    with opened(region_page) as page:
        x, y = at(page, "80021")
        names = page.locator(".gc-tooltip-record")
        spots = [(x + dx, y + dy) for dy in range(-40, 41, 5) for dx in range(-40, 41, 5)]
        for spot in spots:
            page.mouse.move(*spot)
            page.evaluate("() => new Promise(requestAnimationFrame)")
            if names.count() > 4:
                break
        found = [text.split(" un seul")[0] for text in names.all_inner_texts()]
        assert len(found) > 4
        page.mouse.click(*spot)
        titles = page.locator(".gc-card h4").all_inner_texts()[: len(found)]
        assert sorted(titles) == sorted(found)


@pytest.mark.thorough
def test_the_panel_parts_whole_part_and_seat(opened: Callable[..., Page], region_page: Path) -> None:
    with opened(region_page) as page:
        choose(page, "CA Maubeuge Val de Sambre")
        heads = page.locator(".gc-group > h3").all_inner_texts()
        assert any("tout le territoire" in head for head in heads)
        assert any("une partie" in head for head in heads)
        choose(page, "Saint-Amand-les-Eaux")
        heads = page.locator(".gc-group > h3").all_inner_texts()
        assert "1 contrat · siège, périmètre inconnu" in heads


def test_the_keyboard_comes_to_the_map_first(opened: Callable[..., Page], region_page: Path) -> None:
    with opened(region_page) as page:
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name="Aller à la carte")).to_be_focused()
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name="Aller à la légende")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Légende")).to_be_focused()
        page.get_by_role("button", name="Aller à la carte").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("application")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator(".gc-panel h2")).to_be_focused()
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name="Fermer la fiche")).to_be_focused()


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("width", "height"),
    [
        (1280, 800),
        (1920, 1080),
        (390, 844),
    ],
)
def test_the_map_is_on_paper_each_time(
    opened: Callable[..., Page], region_page: Path, width: int, height: int
) -> None:
    with opened(region_page, width, height) as page:
        for _ in range(2):
            printed = page.pdf(prefer_css_page_size=True, print_background=True)
            sizes = [int(number) for number in re.findall(rb"/Subtype /Image\s+/Width (\d+)", printed)]
            assert max(sizes, default=0) > 600, "no map on paper"
            expect(page.locator(".gc-printed")).to_have_count(0)
        colours = page.evaluate(
            """async () => {
              window.dispatchEvent(new Event("beforeprint"));
              const image = document.querySelector(".gc-printed");
              await image.decode();
              const canvas = document.createElement("canvas");
              canvas.width = image.naturalWidth;
              canvas.height = image.naturalHeight;
              const ctx = canvas.getContext("2d");
              ctx.drawImage(image, 0, 0);
              const { data } = ctx.getImageData(0, 0, canvas.width, canvas.height);
              const seen = new Set();
              for (let at = 0; at < data.length; at += 4 * 97) seen.add(data.slice(at, at + 4).join());
              window.dispatchEvent(new Event("afterprint"));
              return seen.size;
            }"""
        )
        assert colours > 20, "the image is all but empty"
        assert page.locator(".gc-printed").count() == 0


@pytest.mark.parametrize(
    ("width", "height"), [pytest.param(390, 844, marks=pytest.mark.thorough), (360, 740)]
)
def test_on_a_phone_nothing_is_cut(
    opened: Callable[..., Page], region_page: Path, width: int, height: int
) -> None:
    with opened(region_page, width, height, has_touch=True, is_mobile=True) as page:
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width
        keep(page, f"phone-{width}")
        choose(page, "soissons")
        assert "Soissons" in panel(page)
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width
        keep(page, f"phone-{width}-soissons")


@pytest.mark.thorough
def test_escape_closes_the_panel_and_focus_is_never_trapped(
    opened: Callable[..., Page], region_page: Path
) -> None:
    with opened(region_page) as page:
        choose(page, "arras")
        assert "Arras" in panel(page)
        page.keyboard.press("Escape")
        expect(page.get_by_role("heading", level=2, name="Arras", exact=True)).to_be_hidden()
        seen = set()
        for _ in range(400):
            page.keyboard.press("Tab")
            seen.add(page.evaluate("() => document.activeElement.outerHTML.slice(0, 120)"))
            if page.evaluate("() => document.activeElement === document.body"):
                break
        assert len(seen) > 30
        assert page.evaluate("() => document.activeElement === document.body"), "Tab never leaves the page"


@pytest.mark.thorough
def test_escape_on_the_map_closes_the_panel(opened: Callable[..., Page], region_page: Path) -> None:
    with opened(region_page) as page:
        page.mouse.click(*at(page, "02168"))
        expect(page.get_by_role("complementary", name="Fiche du lieu")).to_be_visible()
        assert page.evaluate("() => document.activeElement.classList.contains('gc-map')")
        page.keyboard.press("Escape")
        expect(page.get_by_role("complementary", name="Fiche du lieu")).to_be_hidden()


@pytest.mark.thorough
def test_english_on_request(opened: Callable[..., Page], tmp_path: Path) -> None:
    path = tmp_path / "map.html"
    write_map(read_register(), path, MapOptions(lang="en"))
    with opened(path) as page:
        expect(page.get_by_role("heading", name="Legend")).to_be_visible()
        assert "Légende" not in page.get_by_role("complementary").first.inner_text()


@pytest.mark.thorough
def test_the_map_shows_itself_in_a_notebook_and_takes_folium_layers(browser: Browser, tmp_path: Path) -> None:
    """In an iframe, as notebooks show it; jQuery is refused, the layer is there all the same."""
    made = ContractMap()
    folium.CircleMarker([50.33, 3.39]).add_to(made)
    cell = tmp_path / "cell.html"
    cell.write_text(f"<!doctype html><body>{made._repr_html_()}", encoding="utf-8")
    context = browser.new_context(viewport={"width": 1000, "height": 800})
    page = context.new_page()
    page.route("http*://**/*", lambda route: route.fulfill(body=""))
    page.goto(cell.as_uri())
    frame = page.frames[1]
    frame.evaluate("() => window.geocontracts.ready")
    expect(frame.get_by_role("heading", level=1)).to_have_text("Contrats territoriaux — Hauts-de-France")
    shapes = "name => Object.values(window[name]._layers).some((layer) => layer instanceof L.CircleMarker)"
    assert frame.evaluate(shapes, made.get_name())
    context.close()
