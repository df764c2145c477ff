"""The thematic views on the bundled register: what they count is what Python counts."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from geocontracts.perimeters.perimeter import resolve_perimeters
from geocontracts.places.area import find_area
from geocontracts.places.gazetteer import load_gazetteer
from geocontracts.records.amounts import add_up, period_of, stated_funding
from geocontracts.records.read import read_register
from tests.browser.conftest import keep, painted
from tests.browser.test_map_page import at, choose, titles_covering

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    from geocontracts.perimeters.perimeter import Perimeter

NARROW = "\u202f"


@cache
def perimeters() -> list[Perimeter]:
    """Return the records of the bundled register with their communes."""
    return list(resolve_perimeters(read_register(), within=find_area().place))


def view(page: Page, name: str) -> None:
    """Choose a view."""
    page.get_by_role("group", name="Vue de la carte").get_by_text(name, exact=True).click()
    expect(page.get_by_role("radio", name=name, exact=True)).to_be_checked()


def unit(page: Page, name: str) -> None:
    """Choose the unit of the map."""
    page.get_by_role("group", name="Maille de la carte").get_by_text(name, exact=True).click()


def rows(page: Page) -> dict[str, tuple[int, int]]:
    """Return units and inhabitants of each class of the key."""
    found = {}
    for row in page.locator(".gc-classes tbody tr").all():
        head, *cells = row.locator("th, td").all_inner_texts()
        units, people = (int(re.sub(r"\D", "", text)) for text in cells)
        found[head.strip().replace("\u00a0", " ")] = (units, people)
    return found


def told(page: Page, code: str) -> str:
    """Point at a commune and return the line of its value."""
    x, y = at(page, code)
    page.mouse.move(x - 3, y)
    page.mouse.move(x, y, steps=3)
    line = page.locator(".gc-tooltip-value")
    expect(line).to_be_visible()
    return line.inner_text().replace("\u00a0", " ").replace(NARROW, " ")


def only(page: Page, *programmes: str) -> None:
    """Switch on these programmes alone."""
    page.get_by_role("button", name="Aucun\u00a0: toutes les couches").click()
    for programme in programmes:
        page.get_by_role("checkbox", name=re.compile(f"^{re.escape(programme)} ?,")).check()


def population(communes: set[int]) -> int:
    """Return how many people live in some communes."""
    return sum(int(text) for text in load_gazetteer().column("population", sorted(communes)) if text)


def covered(programme: str) -> set[int]:
    """Return the communes of the contracts of a programme."""
    inside = set(find_area().communes)
    return {
        commune
        for perimeter in perimeters()
        if perimeter.record.programme == programme and perimeter.record.kind == "contract"
        for commune in perimeter.communes
        if commune in inside
    }


@pytest.mark.thorough
def test_the_pile_up_of_a_commune_is_what_its_panel_lists(
    opened: Callable[..., Page], region_page: Path
) -> None:
    with opened(region_page) as page:
        view(page, "Cumul")
        expect(page.get_by_role("heading", name="Nombre de contrats par commune")).to_be_visible()
        value = told(page, "59172")
        choose(page, "59172")
        count = int(page.locator(".gc-tally strong").first.inner_text())
        assert value == f"Denain : {count} contrats"
        titles = titles_covering("59172")
        contracts = [p for p in perimeters() if p.record.kind == "contract" and p.record.title in titles]
        assert count == len(contracts)
        keep(page, "view-pileup")


@pytest.mark.thorough
def test_the_classes_of_the_pile_up_add_up_to_the_region(
    opened: Callable[..., Page], region_page: Path
) -> None:
    with opened(region_page) as page:
        view(page, "Cumul")
        everybody = population(set(find_area().communes))
        classes = rows(page)
        assert sum(units for units, _ in classes.values()) == 3782
        assert sum(people for _, people in classes.values()) == everybody
        unit(page, "EPCI")
        expect(page.get_by_role("heading", name="Nombre de contrats par EPCI")).to_be_visible()
        assert sum(people for _, people in rows(page).values()) == everybody
        choose(page, "CA de la Porte du Hainaut")
        contracts = page.locator(".gc-tally strong").first.inner_text()
        assert told(page, "59172") == f"CA de la Porte du Hainaut : {contracts} contrats"


# How far the colour of the fills at some points of the screen is from that of the ground, in grey: 0 to 1.
SEEN = """
([points, land]) => {
  const canvas = document.querySelector(".gc-canvas-layers");
  const { left, top, width } = canvas.getBoundingClientRect();
  const dpr = canvas.width / width;
  const ctx = canvas.getContext("2d");
  const grey = ([r, g, b]) => (0.3 * r + 0.59 * g + 0.11 * b) / 255;
  return points.map(([x, y]) => {
    const [column, row] = [x - left, y - top].map((side) => Math.round(side * dpr) - 1);
    const { data } = ctx.getImageData(column, row, 3, 3);
    const pixels = Array.from({ length: 9 }, (_, at) => data.subarray(at * 4, at * 4 + 4));
    return pixels.reduce((sum, pixel) => sum + pixel[3] / 255 * Math.abs(grey(pixel) - grey(land)), 0) / 9;
  });
}
"""


@pytest.mark.thorough
@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_communes_of_which_the_total_is_unknown_are_seen(
    opened: Callable[..., Page], region_page: Path, scheme: str, width: int, height: int
) -> None:
    land = {"light": [251, 250, 247], "dark": [35, 40, 44]}[scheme]
    unknown = ("02691", "02722", "59122", "62041", "80001")
    with opened(region_page, width, height, color_scheme=scheme) as page:
        view(page, "Montants")
        painted(page)
        seen = page.evaluate(SEEN, [[at(page, code) for code in unknown], land])
        if width > 1000:
            assert told(page, "59122") == "Cambrai : montant total inconnu"
    assert min(seen) > 0.12, seen


@pytest.mark.thorough
def test_without_but_the_five_towns_of_a_programme_the_rest_is_white(
    opened: Callable[..., Page], region_page: Path
) -> None:
    with opened(region_page) as page:
        view(page, "Sans contrat")
        assert rows(page)["Aucun contrat"] == (0, 0)
        why = page.locator(".gc-scale-notes li", has_text="4 dispositifs très étendus couvrent tout\u00a0:")
        expect(why).to_be_visible()
        only(page, "Action cœur de ville")
        expect(why).to_be_hidden()
        towns = covered("acv")
        assert len(towns) == 5
        white = set(find_area().communes) - towns
        assert rows(page)["Aucun contrat"] == (3777, population(white))
        expect(page.locator(".gc-scale-notes li").first).to_contain_text(
            f"3{NARROW}777 communes sans contrat sur 3{NARROW}782"
        )
        assert told(page, "02691") == "Saint-Quentin : 1 contrat"
        assert told(page, "80021") == "Amiens : aucun contrat"


@pytest.mark.thorough
def test_wide_programmes_can_be_hidden_at_once(opened: Callable[..., Page], region_page: Path) -> None:
    with opened(region_page) as page:
        view(page, "Sans contrat")
        page.get_by_role("button", name="Masquer 4 dispositifs très étendus").click()
        left = {
            commune
            for perimeter in perimeters()
            if perimeter.record.kind == "contract"
            and perimeter.record.programme
            not in ("cper", "fratri", "conventions-pauvrete", "charte-agriculture-urbanisme")
            for commune in perimeter.communes
        }
        white = set(find_area().communes) - left
        assert rows(page)["Aucun contrat"] == (len(white), population(white))
        keep(page, "view-white")


def test_two_programmes_crossed_count_as_python_does(opened: Callable[..., Page], region_page: Path) -> None:
    with opened(region_page) as page:
        view(page, "Croiser")
        page.get_by_role("combobox", name="Dispositif A").select_option("Territoires d’industrie")
        page.get_by_role("combobox", name="Dispositif B").select_option("Bassin minier (ERBM)")
        industry, mines = covered("territoires-industrie"), covered("engagement-bassin-minier")
        assert industry & mines
        expected = {"A et B": industry & mines, "A sans B": industry - mines, "B sans A": mines - industry}
        found = rows(page)
        for name, communes in expected.items():
            assert found[name] == (len(communes), population(communes)), name
        assert told(page, "59172") == "Denain : A et B"
        page.get_by_text("Liste des communes\u00a0: A et B", exact=True).click()
        names = page.locator(".gc-communes[open] li")
        expect(names).to_have_count(len(industry & mines))
        groups = page.locator(".gc-communes[open] h3").all_inner_texts()
        assert [text.split("\u00a0")[0] for text in groups] == ["Nord", "Pas-de-Calais"]
        expect(names.filter(has=page.get_by_role("button", name="Denain", exact=True))).to_have_text(
            "DenainCA de la Porte du Hainaut"
        )
        page.get_by_role("button", name="Denain", exact=True).click()
        expect(page.get_by_role("heading", level=2, name="Denain", exact=True)).to_be_visible()
        keep(page, "view-cross")


@pytest.mark.thorough
def test_three_programmes_have_seven_combinations(opened: Callable[..., Page], region_page: Path) -> None:
    with opened(region_page) as page:
        view(page, "Croiser")
        for letter, name in (
            ("C", "Action cœur de ville 2"),
            ("A", "Territoires d’industrie"),
            ("B", "Bassin minier (ERBM)"),
        ):
            page.get_by_role("combobox", name=f"Dispositif {letter}").select_option(name)
        towns, industry, mines = (
            covered(name) for name in ("acv2", "territoires-industrie", "engagement-bassin-minier")
        )
        found = rows(page)
        assert len(found) == 8
        assert found["A, B et C"][0] == len(towns & industry & mines) == 1
        assert found["C sans A ni B"][0] == len(towns - industry - mines)
        assert sum(units for units, _ in found.values()) == 3782


def euros(value: float) -> str:
    """Write millions as the page does."""
    millions = value / 1e6
    digits = 0 if millions >= 100 else 1 if millions >= 10 else 2
    return f"{millions:.{digits}f}".rstrip("0").rstrip(".").replace(".", ",") if digits else f"{millions:.0f}"


@pytest.mark.parametrize(
    ("commune", "epci"),
    [
        ("59350", "200093201"),
        pytest.param("80021", "248000531", marks=pytest.mark.thorough),
        pytest.param("62193", "200090751", marks=pytest.mark.thorough),
    ],
)
def test_the_sum_of_an_epci_is_what_the_package_adds_up(
    opened: Callable[..., Page], region_page: Path, commune: str, epci: str
) -> None:
    gazetteer = load_gazetteer()
    place = gazetteer.get("epci", epci)
    assert place is not None
    inside = set(gazetteer.communes_of(place))
    records = [p.record for p in perimeters() if p.communes and set(p.communes) <= inside]
    total = add_up(read_register(), records).total
    assert total is not None
    with opened(region_page) as page:
        view(page, "Montants")
        unit(page, "EPCI")
        assert told(page, commune) == f"{place.name} : {euros(total)} M€ connus"


@pytest.mark.thorough
def test_what_is_wider_than_an_epci_is_told_and_not_split(
    opened: Callable[..., Page], region_page: Path
) -> None:
    gazetteer = load_gazetteer()
    register = read_register()
    wider = [p.record for p in perimeters() if len(set(gazetteer.column("epci", list(p.communes)))) > 1]
    total = add_up(register, wider).total
    assert total is not None
    yearly = [r for r in register.records() if period_of(r) == "yearly" and stated_funding(r)]
    with opened(region_page) as page:
        view(page, "Montants")
        unit(page, "EPCI")
        notes = page.locator(".gc-scale-notes").inner_text()
        assert (
            f"{total / 1e9:.2f}".replace(".", ",") + "\u00a0Md€ portent sur des périmètres plus larges"
            in notes
        )
        assert f"{len(yearly)} montants par an, non additionnés" in notes
        classes = rows(page)
        assert classes["Montant total inconnu"][0] > 0
        assert classes["Rien à cette maille"][0] > 0
        keep(page, "view-amounts")


def test_views_go_round_by_the_keyboard_and_come_back(opened: Callable[..., Page], region_page: Path) -> None:
    with opened(region_page) as page:
        root = page.locator("#geocontracts")
        expect(root).to_have_attribute("data-mode", "contracts")
        expect(page.locator("section.gc-scale")).to_be_hidden()
        page.get_by_role("radio", name="Contrats").focus()
        for mode in ("pileup", "amounts", "white", "cross", "contracts"):
            page.keyboard.press("ArrowRight")
            expect(root).to_have_attribute("data-mode", mode)
        expect(page.locator("section.gc-scale")).to_be_hidden()
        page.mouse.move(*at(page, "59172"))
        expect(page.locator(".gc-tooltip-value")).to_have_count(0)


@pytest.mark.thorough
@pytest.mark.parametrize(("width", "height"), [(390, 844), (360, 740)])
def test_the_views_fit_a_phone(
    opened: Callable[..., Page], region_page: Path, width: int, height: int
) -> None:
    with opened(region_page, width, height, has_touch=True, is_mobile=True) as page:
        for segment in page.locator(".gc-views .gc-segment").all():
            box = segment.bounding_box()
            assert box is not None
            assert box["height"] >= 44
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
        view(page, "Cumul")
        page.get_by_role("button", name="Légende", exact=True).click()
        expect(page.get_by_role("heading", name="Nombre de contrats par commune")).to_be_visible()
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width
        keep(page, f"view-phone-{width}")
