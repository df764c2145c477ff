"""The filters, and the counts that follow them everywhere, on the bundled register."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from geocontracts.perimeters.perimeter import resolve_perimeters
from geocontracts.places.area import find_area
from geocontracts.places.gazetteer import load_gazetteer
from geocontracts.records.read import read_register
from tests.browser.conftest import keep

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Locator, Page

SEARCH = "Chercher un lieu ou un contrat"


def filters(page: Page) -> Locator:
    return page.get_by_role("region", name="Filtres", exact=True)


def unfold(page: Page) -> Locator:
    """Open the filters and return their section."""
    filters(page).get_by_role("button", name=re.compile("^Filtres")).click()
    return filters(page)


def option(page: Page, facet: str, name: str) -> Locator:
    group = filters(page).get_by_role("group", name=facet, exact=True)
    return group.get_by_role("checkbox", name=re.compile(rf"^{re.escape(name)} ?, \d"))


def left(page: Page, facet: str, name: str) -> int:
    """Return how many records an option says it would leave."""
    label = option(page, facet, name).locator("xpath=ancestor::label")
    return int(label.locator(".gc-count").inner_text())


def choose(page: Page, words: str) -> None:
    page.get_by_role("combobox", name=SEARCH).fill(words)
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Enter")


def covering(code: str) -> list[str]:
    """Return the kinds of the records that cover a commune, as Python finds them."""
    commune = load_gazetteer().get("commune", code)
    assert commune is not None
    found = resolve_perimeters(read_register(), within=find_area().place)
    return [perimeter.record.kind for perimeter in found if commune.number in perimeter.communes]


@pytest.mark.thorough
def test_filters_are_folded_at_first_and_tell_how_many_are_set(
    opened: Callable[..., Page], region_page: Path
) -> None:
    with opened(region_page) as page:
        head = filters(page).get_by_role("button", name="Filtres", exact=True)
        expect(head).to_have_attribute("aria-expanded", "false")
        expect(filters(page).get_by_role("checkbox")).to_have_count(0)
        expect(page.get_by_role("button", name="Réinitialiser")).to_be_hidden()
        unfold(page)
        option(page, "Thème", "Eau").check()
        option(page, "Nature", "Opération").check()
        option(page, "Nature", "Contrat").check()
        expect(filters(page).get_by_role("button", name="Filtres · 2", exact=True)).to_be_visible()


def test_each_option_counts_what_it_would_leave(opened: Callable[..., Page], region_page: Path) -> None:
    register = read_register()
    kinds = {"Contrat": register.contracts, "Mission": register.missions, "Opération": register.operations}
    with opened(region_page) as page:
        unfold(page)
        for name, records in kinds.items():
            assert left(page, "Nature", name) == len(records)
        operations = [record for record in register.operations.values() if "mobilité" in record.theme]
        contracts = [record for record in register.contracts.values() if "mobilité" in record.themes]
        assert left(page, "Thème", "Mobilité") == len(operations) + len(contracts)
        option(page, "Nature", "Opération").check()
        assert left(page, "Thème", "Mobilité") == len(operations)
        assert left(page, "Nature", "Contrat") == len(register.contracts), "its own facet does not narrow it"
        option(page, "Thème", "Mobilité").check()
        assert left(page, "Nature", "Contrat") == len(contracts)
        expect(filters(page)).to_contain_text(f"{len(operations)} opérations sur {len(register.operations)}")
        keep(page, "filters")


@pytest.mark.thorough
def test_an_option_that_leaves_nothing_stays_within_reach(
    opened: Callable[..., Page], region_page: Path
) -> None:
    with opened(region_page) as page:
        unfold(page)
        option(page, "Nature", "Mission").check()
        assert left(page, "Statut", "Signé") == 0
        expect(option(page, "Statut", "Signé")).to_be_enabled()
        option(page, "Statut", "Signé").check()
        expect(page.locator(".gc-state")).to_contain_text("0 couche affichée sur 34")


@pytest.mark.thorough
def test_a_chip_takes_its_filter_away_while_the_section_is_folded(
    opened: Callable[..., Page], region_page: Path
) -> None:
    with opened(region_page) as page:
        before = page.locator(".gc-state").inner_text()
        unfold(page)
        option(page, "Thème", "Eau").check()
        option(page, "Thème", "Mobilité").check()
        filters(page).get_by_role("button", name="Filtres · 1").click()
        page.get_by_role("button", name="Retirer le filtre Thème\u00a0: mobilité").press("Enter")
        eau = page.get_by_role("button", name="Retirer le filtre Thème\u00a0: eau")
        expect(eau).to_be_focused()
        eau.press("Enter")
        expect(filters(page).get_by_role("button", name="Filtres", exact=True)).to_be_focused()
        expect(page.locator(".gc-state")).to_have_text(before)


@pytest.mark.thorough
def test_one_reset_for_filters_and_layers(opened: Callable[..., Page], region_page: Path) -> None:
    with opened(region_page) as page:
        before = page.locator(".gc-state").inner_text()
        reset = page.get_by_role("button", name="Réinitialiser")
        page.get_by_role("checkbox", name=re.compile("^Territoires d’industrie")).uncheck()
        expect(reset).to_be_visible()
        unfold(page)
        option(page, "Thème", "Eau").check()
        filters(page).get_by_label("à", exact=True).fill("beaucoup")
        reset.click()
        expect(reset).to_be_hidden()
        expect(filters(page).get_by_role("checkbox", checked=True)).to_have_count(0)
        expect(page.get_by_role("checkbox", name=re.compile("^Territoires d’industrie"))).to_be_checked()
        expect(page.locator(".gc-state")).to_have_text(before)


@pytest.mark.thorough
@pytest.mark.parametrize(
    "typed",
    [
        "1 000 000",
        "1 M",
        "1000k",
        "1 000 000 €",
    ],
)
def test_an_amount_is_understood_as_people_write_it(
    opened: Callable[..., Page], region_page: Path, typed: str
) -> None:
    with opened(region_page) as page:
        unfold(page)
        expect(filters(page)).to_contain_text("Montant connu pour 45 sur 175.")
        filters(page).get_by_label("De", exact=True).fill(typed)
        filters(page).get_by_label("De", exact=True).press("Enter")
        expect(filters(page)).to_contain_text("130 sans montant connu, non affichés")
        expect(
            page.get_by_role("button", name="Retirer le filtre Montant en euros\u00a0: au moins 1\u00a0M€")
        ).to_be_visible()


@pytest.mark.thorough
def test_an_amount_that_is_not_understood_is_answered(opened: Callable[..., Page], region_page: Path) -> None:
    with opened(region_page) as page:
        before = page.locator(".gc-state").inner_text()
        unfold(page)
        field = filters(page).get_by_label("De", exact=True)
        field.fill("beaucoup")
        expect(filters(page)).to_contain_text("«\u00a0beaucoup\u00a0» n’est pas un montant compris")
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(page.locator(".gc-state")).to_have_text(before)
        field.fill("5 M")
        filters(page).get_by_label("à", exact=True).fill("1 M")
        expect(filters(page)).to_contain_text("Le premier montant dépasse le second.")


@pytest.mark.thorough
def test_places_narrow_by_perimeter_and_by_seat(opened: Callable[..., Page], region_page: Path) -> None:
    with opened(region_page) as page:
        section = unfold(page)
        epci = section.get_by_label("EPCI", exact=True)
        groups = epci.locator("optgroup")
        expect(groups).to_have_count(5)
        nord = epci.locator("optgroup[label='Nord']").evaluate("node => node.textContent")
        assert "Métropole Européenne de Lille" in nord
        assert "Amiens" not in nord
        section.get_by_label("EPCI", exact=True).select_option(
            epci.get_by_role("option", name=re.compile("^CC du Grand Roye")).get_attribute("value")
        )
        expect(
            page.get_by_role("button", name="Retirer le filtre EPCI\u00a0: CC du Grand Roye")
        ).to_be_visible()
        out = page.get_by_text("Non affiché sur la carte avec les filtres et couches actuels.")
        choose(page, "Contrat de ruralité du Grand Roye")
        expect(page.locator(".gc-card h4")).to_have_text("Contrat de ruralité du Grand Roye")
        expect(out).to_have_count(0)
        choose(page, "denain")
        tally = page.get_by_role("complementary", name="Fiche du lieu").locator(".gc-tally")
        expect(tally).to_contain_text("10 contrats, dont 1 affiché")
        section.get_by_label("EPCI", exact=True).select_option("-1")
        section.get_by_label("Département", exact=True).select_option(
            section.get_by_role("option", name=re.compile("^Nord [(]")).get_attribute("value")
        )
        expect(tally).not_to_contain_text("dont")


def test_the_legend_counts_what_passes(opened: Callable[..., Page], region_page: Path) -> None:
    with opened(region_page) as page:
        unfold(page)
        option(page, "Nature", "Opération").check()
        line = page.get_by_role("checkbox", name=re.compile("^Action cœur de ville ,"))
        expect(line).to_have_accessible_name(re.compile("0 contrat sur 5, 4 opérations$"))
        row = page.locator(".gc-line-row").filter(has_text=re.compile(r"Action cœur de ville(?! 2)"))
        expect(row.first.locator(".gc-count")).to_have_text(re.compile(r"^0\s/\s5\s*\+\s4\sop\.$"))
        expect(page.locator(".gc-state")).to_contain_text("0 contrat sur 64")
        expect(page.get_by_role("status").filter(has_text="couches affichées sur 34")).to_have_count(1)
        option(page, "Nature", "Opération").uncheck()
        option(page, "Nature", "Mission").check()
        void = page.locator(".gc-line").filter(has_text="Contrats de ruralité")
        expect(void).to_have_class(re.compile("gc-void"))
        expect(void).to_be_visible()


@pytest.mark.thorough
def test_only_this_one_and_zoom_are_one_step_away(opened: Callable[..., Page], region_page: Path) -> None:
    with opened(region_page) as page:
        box = page.get_by_role("checkbox", name=re.compile("^Territoires d’industrie"))
        box.focus()
        page.keyboard.press("Tab")
        only = page.get_by_role("button", name=re.compile("^Seulement celui-ci.*Territoires d’industrie"))
        expect(only).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator(".gc-state")).to_contain_text("1 couche affichée sur 34")
        expect(only).to_have_attribute("aria-pressed", "true")
        before = page.evaluate("() => window.geocontracts.map.getZoom()")
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name=re.compile("^Zoomer.*Territoires d’indus"))).to_be_focused()
        page.get_by_role("button", name=re.compile("^Zoomer.*Sambre-Avesnois")).press("Enter")
        assert page.evaluate("() => window.geocontracts.map.getZoom()") > before
        only.press("Enter")
        only.press("Enter")
        expect(page.locator(".gc-state")).to_contain_text("34 couches affichées ·")


@pytest.mark.thorough
def test_the_panel_follows_the_view_and_drops_nothing(opened: Callable[..., Page], region_page: Path) -> None:
    kinds = covering("59172")
    contracts = kinds.count("contract")
    with opened(region_page) as page:
        choose(page, "denain")
        place = page.get_by_role("complementary", name="Fiche du lieu")
        expect(place.get_by_role("article")).to_have_count(len(kinds))
        unfold(page)
        option(page, "Nature", "Opération").check()
        expect(place.locator(".gc-tally")).to_contain_text(f"{contracts} contrats, dont 0 affiché")
        rest = place.get_by_text("non affichés avec les filtres et couches actuels")
        expect(rest).to_contain_text(str(len(kinds) - kinds.count("operation")))
        expect(place.get_by_role("article")).to_have_count(kinds.count("operation"))
        rest.click()
        expect(place.get_by_role("article")).to_have_count(len(kinds))
        page.get_by_role("button", name="Réinitialiser").click()
        expect(rest).to_be_hidden()
        expect(place.get_by_role("article")).to_have_count(len(kinds))
        page.get_by_role("button", name="Aucun\u00a0: toutes les couches").click()
        expect(place.locator(".gc-tally")).to_contain_text(f"{contracts} contrats, dont 0 affiché")
        layer = place.get_by_role("button", name="Afficher la couche").first
        if not layer.is_visible():
            rest.click()
        layer.press("Enter")
        expect(place.locator(".gc-tally")).to_contain_text(re.compile("dont [1-9]"))
        assert page.evaluate("() => document.querySelector('#gc-panel').contains(document.activeElement)")


@pytest.mark.thorough
def test_a_record_leads_to_its_programme_and_its_communes(
    opened: Callable[..., Page], region_page: Path
) -> None:
    with opened(region_page) as page:
        choose(page, "Contrat de ruralité du Grand Roye")
        place = page.get_by_role("complementary", name="Fiche du lieu")
        place.get_by_text("Son périmètre\u00a0: 62 communes, 1 EPCI").click()
        expect(place.get_by_role("button", name="CC du Grand Roye", exact=True)).to_be_visible()
        place.get_by_role("button", name="Contrats de ruralité", exact=True).click()
        expect(page.locator(".gc-canvas-layers")).to_have_class(re.compile("gc-dimmed"))
        place.get_by_role("button", name="Montdidier", exact=True).click()
        expect(place.get_by_role("heading", level=2)).to_have_text("Montdidier")


@pytest.mark.thorough
def test_a_record_out_of_view_says_so_and_stays(opened: Callable[..., Page], region_page: Path) -> None:
    with opened(region_page) as page:
        choose(page, "Contrat de ruralité du Grand Roye")
        place = page.get_by_role("complementary", name="Fiche du lieu")
        note = place.get_by_text("Non affiché sur la carte avec les filtres et couches actuels.")
        expect(note).to_have_count(0)
        unfold(page)
        option(page, "Nature", "Opération").check()
        expect(note).to_be_visible()
        expect(place.get_by_role("article")).to_have_count(1)


@pytest.mark.thorough
def test_the_tooltip_counts_what_is_in_view(opened: Callable[..., Page], region_page: Path) -> None:
    with opened(region_page) as page:
        unfold(page)
        option(page, "Nature", "Mission").check()
        commune = load_gazetteer().get("commune", "02168")
        assert commune is not None
        x, y = page.evaluate(
            """([lat, lon]) => {
              const map = window.geocontracts.map;
              const at = map.latLngToContainerPoint([lat, lon]);
              const box = map.getContainer().getBoundingClientRect();
              return [box.left + at.x, box.top + at.y];
            }""",
            [commune.lat, commune.lon],
        )
        page.mouse.move(x - 3, y)
        page.mouse.move(x, y, steps=3)
        contracts = covering("02168").count("contract")
        expect(page.locator(".gc-tooltip")).to_contain_text(f"{contracts} contrats, dont 0 affiché")


@pytest.mark.parametrize(("width", "height"), [(390, 844), (360, 740)])
@pytest.mark.thorough
def test_filters_work_with_a_thumb(
    opened: Callable[..., Page], region_page: Path, width: int, height: int
) -> None:
    with opened(region_page, width, height, has_touch=True, is_mobile=True) as page:
        page.get_by_role("button", name="Légende", exact=True).tap()
        page.get_by_role("button", name="Agrandir").tap()
        filters(page).get_by_role("button", name="Filtres", exact=True).tap()
        option(page, "Thème", "Mobilité").tap()
        expect(page.get_by_role("button", name="Retirer le filtre Thème\u00a0: mobilité")).to_be_visible()
        small = page.evaluate(
            """() => {
              const aims = ".gc-filters :is(button, .gc-choice, select, input[type=text]), .gc-line-button";
              const boxes = [...document.querySelectorAll(aims)].map((node) => node.getBoundingClientRect());
              return boxes.filter(({ width, height }) => width > 0 && height < 43.5).length;
            }"""
        )
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width
        over = "node => node.scrollWidth - node.clientWidth"
        assert page.locator(".gc-scroll").evaluate(over) <= 0
        keep(page, f"filters-{width}")
        assert small == 0
