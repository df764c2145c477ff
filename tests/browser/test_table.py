"""The table beside the map, and the files that it gives."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
import shapely
from playwright.sync_api import expect
from shapely.geometry import shape

from geocontracts.perimeters.join import join
from geocontracts.perimeters.perimeter import resolve_perimeters
from geocontracts.places.area import find_area
from geocontracts.places.gazetteer import load_gazetteer
from geocontracts.records.amounts import stated_funding
from geocontracts.records.read import read_register
from geocontracts.webmap.page import write_map
from geocontracts.webmap.payload import MapOptions

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser, Download, Frame, Locator, Page

ROWS = "#gc-table tbody tr[data-record]"
TITLES = f"{ROWS} th"
CSV = "CSV\N{NO-BREAK SPACE}: télécharger"


def open_table(page: Page) -> Locator:
    """Open the table with its button, and return its panel."""
    page.get_by_role("button", name="Tableau", exact=True).click()
    panel = page.get_by_role("region", name="Tableau")
    expect(panel).to_be_visible()
    return panel


def only_layers(page: Page, *names: str) -> None:
    """Switch all layers off but these."""
    page.get_by_role("button", name="Aucun : toutes les couches").click()
    for name in names:
        page.get_by_role("checkbox", name=name).check()


def taken(page: Page, name: str, within: Page | Frame | None = None) -> Download:
    """Press a button of the table that gives a file."""
    with page.expect_download() as waiting:
        (within or page).get_by_role("button", name=name).click()
    return waiting.value


def read_csv(download: Download) -> list[dict[str, str]]:
    """Read a file as a spreadsheet would."""
    data = download.path().read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";", strict=True))


def small_register(folder: Path, *rows: str) -> Path:
    """Write a list of contracts, and return its page."""
    file = folder / "liste.csv"
    file.write_text("\n".join(["Intitulé;Territoires;Montant total (€)", *rows, ""]), encoding="utf-8")
    write_map(read_register(file), folder / "liste.html", MapOptions(title="Nos contrats"))
    return folder / "liste.html"


def test_it_opens_under_the_map_and_gives_the_focus_back(
    opened: Callable[..., Page], region_page: Path
) -> None:
    with opened(region_page) as page:
        opener = page.get_by_role("button", name="Tableau", exact=True)
        expect(opener).to_have_attribute("aria-expanded", "false")
        panel = open_table(page)
        expect(opener).to_have_attribute("aria-expanded", "true")
        expect(page.get_by_role("heading", name="Tableau")).to_be_focused()
        expect(page.get_by_role("table")).to_have_accessible_name("175 lignes")
        assert len(list(read_register().records())) == 175
        expect(page.locator(ROWS)).to_have_count(175)
        height = page.locator("#gc-map").bounding_box()["height"]  # type: ignore[index]
        assert height >= 400  # the map keeps half
        assert page.evaluate("document.documentElement.scrollWidth") == 1280
        scroller = panel.locator(".gc-table-scroll")
        assert scroller.evaluate("node => node.scrollWidth <= node.clientWidth")
        page.keyboard.press("Escape")
        expect(panel).to_be_hidden()
        expect(opener).to_be_focused()
        assert page.locator("#gc-map").bounding_box()["height"] == 800  # type: ignore[index]


@pytest.mark.thorough
def test_it_takes_the_place_of_the_map_and_shrinks_again(
    opened: Callable[..., Page], region_page: Path
) -> None:
    with opened(region_page) as page:
        panel = open_table(page)
        larger = panel.get_by_role("button", name="Agrandir le tableau")
        larger.click()
        expect(larger).to_have_attribute("aria-disabled", "true")
        assert panel.bounding_box()["height"] == 800  # type: ignore[index]
        expect(page.get_by_role("button", name="Zoom avant")).to_be_hidden()
        for _ in range(2):
            panel.get_by_role("button", name="Réduire le tableau").click()
        assert 180 < panel.bounding_box()["height"] < 240  # type: ignore[index]
        expect(page.get_by_role("button", name="Zoom avant")).to_be_visible()


@pytest.mark.thorough
def test_it_sorts_as_french_readers_do_with_unknown_amounts_last(
    opened: Callable[..., Page], region_page: Path
) -> None:
    register = read_register()
    with opened(region_page) as page:
        panel = open_table(page)
        assert page.locator(TITLES).first.inner_text().startswith("Accompagnement Rev3")
        heading = panel.get_by_role("columnheader", name="Montant total")
        heading.get_by_role("button").click()
        expect(heading).to_have_attribute("aria-sort", "descending")
        dearest = "CPER 2015-2020 de l’ex-région Nord - Pas-de-Calais"
        assert page.locator(TITLES).first.inner_text() == dearest
        assert (
            page.locator(f"{ROWS} .gc-amount").first.get_attribute("title")
            == "2\u202f165\u202f000\u202f000\u00a0€"
        )
        heading.get_by_role("button").click()
        expect(heading).to_have_attribute("aria-sort", "ascending")
        expect(page.locator(ROWS)).to_have_count(175)
        amounts = page.locator(f"{ROWS} .gc-amount").all_inner_texts()
        fundings = [stated_funding(record) for record in register.records()]
        known = sum(map(bool, fundings))
        least = sum(funding.total is None and bool(funding) for funding in fundings)
        assert sum(text.startswith("au moins ") for text in amounts) == least
        assert all("€" in text for text in amounts[:known])
        assert all("inconnu" in text and "0" not in text for text in amounts[known:])
        panel.get_by_role("button", name="Intitulé").click()
        expect(page.locator(ROWS)).to_have_count(175)
        titles = page.locator(TITLES).all_inner_texts()
        assert titles.index("Équipements de recherche de SimUSanté") < titles.index(
            "Espace novateur agricole de Lompret"
        )


@pytest.mark.thorough
def test_a_title_leads_to_its_record_and_the_chosen_row_is_marked(
    opened: Callable[..., Page], region_page: Path
) -> None:
    with opened(region_page) as page:
        open_table(page)
        before = page.evaluate("window.geocontracts.map.getCenter()")
        row = page.get_by_role("row").filter(has=page.get_by_role("button", name="CRSD de Laon/Couvron"))
        row.get_by_role("button").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=2, name="CRSD de Laon/Couvron")).to_be_visible()
        expect(row).to_have_attribute("aria-current", "true")
        centre = page.evaluate("window.geocontracts.map.getCenter()")
        laon = load_gazetteer().get("commune", "02408")
        assert laon is not None
        assert abs(centre["lat"] - laon.lat) < 0.2
        assert abs(centre["lng"] - laon.lon) < 0.2
        assert centre != before
        # Chosen elsewhere, it is brought into sight.
        page.get_by_role("combobox").fill("Stade de la Licorne")
        page.get_by_role("option").first.wait_for()
        page.keyboard.press("Enter")
        marked = page.locator(f"{ROWS}[aria-current]")
        expect(marked).to_have_count(1)
        expect(marked).to_contain_text("Stade de la Licorne")
        expect(marked).to_be_in_viewport()
        # Closed and opened again, the table shows it again.
        page.get_by_role("button", name="Tableau", exact=True).click()
        open_table(page)
        expect(marked).to_be_in_viewport()


@pytest.mark.thorough
def test_it_follows_the_layers_and_has_what_the_map_does_not_draw(
    opened: Callable[..., Page], region_page: Path
) -> None:
    with opened(region_page) as page:
        panel = open_table(page)
        expect(
            page.locator(ROWS).filter(has_text="Atelier des territoires de la Bassée-Montois")
        ).to_have_count(1)
        only_layers(page, "Contrats de ruralité")
        # What has no layer, since none of its programme is drawn, stays in the table.
        expect(page.get_by_role("table")).to_have_accessible_name(
            "15 lignes affichées sur 175, filtres\u00a0: 33 couches masquées"
        )
        expect(panel).to_contain_text("15 lignes affichées sur 175")
        expect(page.locator(ROWS).filter(has_text="Contrat de ruralité")).to_have_count(5)
        expect(page.locator(ROWS).filter(has_text="Bassée-Montois")).to_have_count(1)
        expect(page.locator(ROWS).filter(has_text="Action cœur de ville")).to_have_count(0)


@pytest.mark.thorough
def test_nothing_left_is_said_and_undone(opened: Callable[..., Page], tmp_path: Path) -> None:
    with opened(small_register(tmp_path, "Un;Denain (59);1", "Deux;Lens;2")) as page:
        panel = open_table(page)
        expect(page.locator(ROWS)).to_have_count(2)
        page.get_by_role("button", name="Aucun : toutes les couches").click()
        expect(panel).to_contain_text("Rien ne répond aux filtres")
        expect(panel.get_by_role("button", name=CSV)).to_be_disabled()
        panel.get_by_role("button", name="Tout afficher").click()
        expect(page.locator(ROWS)).to_have_count(2)
        expect(page.get_by_role("heading", name="Tableau")).to_be_focused()


@pytest.mark.thorough
def test_columns_are_chosen(opened: Callable[..., Page], region_page: Path) -> None:
    with opened(region_page) as page:
        panel = open_table(page)
        button = panel.get_by_role("button", name="Colonnes")
        button.click()
        panel.get_by_role("checkbox", name="Source").check()
        panel.get_by_role("checkbox", name="Territoire").uncheck()
        headings = [text.strip() for text in page.get_by_role("columnheader").all_inner_texts()]
        assert headings == ["Intitulé", "Type", "Dispositif", "Statut", "Début", "Montant total", "Source"]
        row = page.locator(ROWS).filter(has_text="Pacte pour la réussite")
        expect(row).to_contain_text("Partie 2, Pacte SAT")
        page.keyboard.press("Escape")
        expect(panel).to_be_visible()  # only the choice was closed
        expect(button).to_be_focused()


@pytest.mark.thorough
def test_a_long_list_is_drawn_in_parts(opened: Callable[..., Page], tmp_path: Path) -> None:
    page_file = small_register(tmp_path, *(f"Contrat {n};Denain (59);{n}" for n in range(1, 1203)))
    with opened(page_file) as page:
        panel = open_table(page)
        expect(page.locator(ROWS)).to_have_count(500)
        expect(page.get_by_role("table")).to_have_accessible_name(
            "1\u202f202 lignes (les 500 premières dans le tableau)"
        )
        panel.get_by_role("button", name="500 lignes de plus").click()
        expect(page.locator(ROWS)).to_have_count(1000)
        expect(page.get_by_role("button", name="Contrat 501", exact=True)).to_be_focused()
        panel.get_by_role("button", name="202 lignes de plus").click()
        expect(page.locator(ROWS)).to_have_count(1202)
        assert len(read_csv(taken(page, CSV))) == 1202


def test_the_csv_says_which_contracts_cover_denain_and_its_epci(
    opened: Callable[..., Page], region_page: Path
) -> None:
    places = load_gazetteer()
    found = resolve_perimeters(read_register(), within=find_area().place)
    denain = places.get("commune", "59172")
    assert denain is not None
    epci = places.column("epci", [denain.number])[0]
    inside = {
        code
        for code, own in zip(
            places.column("code", list(range(len(places)))),
            places.column("epci", list(range(len(places)))),
            strict=True,
        )
        if own == epci
    }
    with opened(region_page) as page:
        open_table(page)
        download = taken(page, CSV)
        assert download.suggested_filename == "contrats-territoriaux-hauts-de-france.csv"
        rows = read_csv(download)
        assert len(rows) == 175
        answers = {
            row["Identifiant"]
            for row in rows
            if inside & set(row["Communes (codes Insee)"].removeprefix("commune:").split("; "))
        }
        assert answers == {
            item.record.id for item in found if inside & set(places.column("code", list(item.communes)))
        }
        calais = next(row for row in rows if row["Identifiant"] == "cdt-calaisis")
        assert calais["Montant total (€)"] == "155000000"
        assert calais["Part de la Région (€)"] == ""
        assert calais["Signature"] == "2015-11-13"
        assert calais["Nombre de communes"] == "14"
        assert calais["Signataires"].startswith("État; Conseil régional")
        layer = next(row for row in rows if row["Intitulé"] == "Action cœur de ville 2\u00a0: Denain")[
            "Dispositif"
        ]
        only_layers(page, layer)
        rows = read_csv(taken(page, CSV))
        assert [row["Intitulé"].rsplit(" ", 1)[1] for row in rows if row["Dispositif"] == layer] == [
            "Arras", "Creil", "Denain", "Saint-Quentin", "Soissons",
        ]  # fmt: skip
        assert (
            next(row["Communes (codes Insee)"] for row in rows if "Denain" in row["Intitulé"])
            == "commune:59172"
        )


def test_a_title_is_never_a_formula(opened: Callable[..., Page], tmp_path: Path) -> None:
    page_file = small_register(
        tmp_path, '"=HYPERLINK(""x"";1)";Denain (59);1250,5', "@SOMME(A1);Lens;", "-2+3;Creil (60);"
    )
    with opened(page_file) as page:
        open_table(page)
        download = taken(page, CSV)
        assert download.suggested_filename == "nos-contrats.csv"
        rows = read_csv(download)
    titles = {row["Intitulé"]: row["Montant total (€)"] for row in rows}
    assert titles == {'\'=HYPERLINK("x";1)': "1250,5", "'@SOMME(A1)": "", "'-2+3": ""}


@pytest.mark.thorough
def test_the_geojson_has_the_perimeters_and_the_facts(opened: Callable[..., Page], region_page: Path) -> None:
    with opened(region_page) as page:
        open_table(page)
        download = taken(page, "GeoJSON")
        assert download.suggested_filename == "contrats-territoriaux-hauts-de-france.geojson"
        content = json.loads(download.path().read_text(encoding="utf-8"))
    assert content["type"] == "FeatureCollection"
    features = {feature["id"]: feature for feature in content["features"]}
    expected = join(read_register())
    assert set(features) == set(expected.index)
    area = set(load_gazetteer().column("code", list(find_area().communes)))
    areas = 0
    for name, feature in features.items():
        row = expected.loc[name]
        properties = feature["properties"]
        inside = [code for code in row["codes"] if code in area]
        assert properties["communes"] == inside  # the page knows the communes of the region only
        assert properties["basis"] == row["basis"]
        if feature["geometry"] is None:
            assert inside == []
            continue
        geometry = shape(feature["geometry"])
        assert geometry.is_valid, (name, shapely.is_valid_reason(geometry))
        if feature["geometry"]["type"] == "MultiPolygon":
            areas += 1
            assert len(inside) < row["communes"] or geometry.area == pytest.approx(
                row.geometry.area, rel=0.01
            ), name
            for polygon in geometry.geoms:
                assert polygon.exterior.is_ccw
                assert not any(ring.is_ccw for ring in polygon.interiors)
        else:
            assert row.geometry.contains(geometry), name
    assert areas > 40
    calais = features["cdt-calaisis"]["properties"]
    assert calais["programme"] == read_register().contracts["cdt-calaisis"].programme
    assert (calais["total_eur"], calais["state_eur"], calais["region_eur"]) == (155e6, 50e6, None)
    assert (calais["signed_on"], calais["starts_on"], calais["ends_on"]) == ("2015-11-13", "2015", "2020")
    assert (calais["source"], calais["section"]) == ("etat-d-avenir-3", "Partie 2, Calaisis")
    assert (
        features["atelier-bassee-montois"]["geometry"] is None
        if "atelier-bassee-montois" in features
        else True
    )


@pytest.mark.thorough
def test_files_are_given_from_a_frame_that_is_shut_in(
    browser: Browser, region_page: Path, tmp_path: Path
) -> None:
    host = tmp_path / "host.html"
    host.write_text(
        '<iframe sandbox="allow-scripts allow-downloads" width="1200" height="760" '
        f'src="{region_page.as_uri()}"></iframe>',
        encoding="utf-8",
    )
    context = browser.new_context(offline=True, locale="fr-FR")
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(host.as_uri())
    frame = page.frames[1]
    frame.get_by_role("button", name="Tableau", exact=True).click()
    assert len(read_csv(taken(page, CSV, within=frame))) == 175
    assert said == []
    context.close()


@pytest.mark.thorough
def test_on_a_phone_it_is_a_sheet_that_makes_room_for_the_chosen_record(
    opened: Callable[..., Page], region_page: Path
) -> None:
    with opened(region_page, 360, 740, has_touch=True) as page:
        tab = page.get_by_role("navigation").get_by_role("button", name="Tableau", exact=True)
        tab.click()
        panel = page.get_by_role("region", name="Tableau")
        assert panel.bounding_box() == {"x": 0, "y": 0, "width": 360, "height": 740}
        assert page.evaluate("document.documentElement.scrollWidth") == 360
        panel.get_by_role("button", name="Fermer le tableau").click()
        expect(tab).to_be_focused()
        tab.click()
        page.get_by_role("button", name="CRSD de Laon/Couvron").click()
        expect(panel).to_be_hidden()
        expect(page.get_by_role("heading", level=2, name="CRSD de Laon/Couvron")).to_be_focused()


@pytest.mark.thorough
def test_a_filter_touches_only_the_rows_that_come_or_go(
    opened: Callable[..., Page], region_page: Path
) -> None:
    with opened(region_page) as page:
        open_table(page)
        expect(page.locator(ROWS)).to_have_count(175)
        page.evaluate(
            """() => {
              window.touched = 0;
              new MutationObserver((all) => {
                for (const { addedNodes, removedNodes } of all) {
                  window.touched += addedNodes.length + removedNodes.length;
                }
              }).observe(document.querySelector("#gc-table tbody"), { childList: true });
            }"""
        )
        page.get_by_role("checkbox", name="Contrats de ruralité").uncheck()
        left = page.locator(ROWS).count()
        assert 160 < left < 175
        assert page.evaluate("window.touched") == 175 - left
        page.get_by_role("checkbox", name="Contrats de ruralité").check()
        expect(page.locator(ROWS)).to_have_count(175)
        assert page.evaluate("window.touched") == 2 * (175 - left)
