"""The file that a thematic map gives: every unit, and what the map says of it."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from geocontracts.places.area import find_area
from geocontracts.places.gazetteer import load_gazetteer
from tests.browser.conftest import keep
from tests.browser.test_views import covered, only, rows, unit, view

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page


def taken(page: Page, button: str) -> tuple[str, list[dict[str, str]]]:
    """Press the button of the key; return the file's name and its rows, as a spreadsheet reads them."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button, exact=True).click()
    data = waiting.value.path().read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    text = io.StringIO(data.decode("utf-8-sig"), newline="")
    return waiting.value.suggested_filename, list(csv.DictReader(text, delimiter=";", strict=True))


@pytest.mark.thorough
def test_the_communes_without_a_contract_can_be_taken_away(
    opened: Callable[..., Page], region_page: Path
) -> None:
    gazetteer = load_gazetteer()
    inside = list(find_area().communes)
    codes = set(gazetteer.column("code", inside))
    towns = set(gazetteer.column("code", sorted(covered("acv"))))
    with opened(region_page) as page:
        view(page, "Sans contrat")
        only(page, "Action cœur de ville")
        name, found = taken(page, "CSV des communes")
    assert name == "communes-sans-contrat.csv"
    assert {row["Code Insee"] for row in found} == codes
    assert {row["Code Insee"] for row in found if row["Classe"] == "Aucun contrat"} == codes - towns
    own = next(row for row in found if row["Code Insee"] == "59172")
    assert own == {
        "Code Insee": "59172",
        "Commune": "Denain",
        "EPCI": "CA de la Porte du Hainaut",
        "Département": "Nord",
        "Population": own["Population"],
        "Nombre de contrats": "0",
        "Classe": "Aucun contrat",
    }
    assert sum(int(row["Population"]) for row in found) == sum(
        int(text) for text in gazetteer.column("population", inside) if text
    )


@pytest.mark.thorough
def test_the_combinations_name_their_programmes(opened: Callable[..., Page], region_page: Path) -> None:
    industry, mines = covered("territoires-industrie"), covered("engagement-bassin-minier")
    gazetteer = load_gazetteer()
    with opened(region_page) as page:
        view(page, "Croiser")
        page.get_by_role("combobox", name="Dispositif A").select_option("Territoires d’industrie")
        page.get_by_role("combobox", name="Dispositif B").select_option("Bassin minier (ERBM)")
        name, found = taken(page, "CSV des communes")
        page.get_by_text("Liste des communes\u00a0: A sans B", exact=True).click()
        keep(page, "view-cross-list")
    assert name.startswith("dispositifs-croises-territoires-d-industrie")
    apart = {row["Code Insee"] for row in found if row["Combinaison"] == "A sans B"}
    assert apart == set(gazetteer.column("code", sorted(industry - mines)))
    texts = {row[next(key for key in row if key.startswith("Dispositifs"))] for row in found}
    assert "Aucun d’eux" in texts
    assert any(text.startswith("Territoires d’industrie sans ") for text in texts)


@pytest.mark.thorough
def test_the_amounts_are_given_by_the_unit_of_the_map(opened: Callable[..., Page], region_page: Path) -> None:
    with opened(region_page) as page:
        view(page, "Montants")
        unit(page, "EPCI")
        name, found = taken(page, "CSV des EPCI")
        assert name == "montants-connus-par-epci.csv"
        assert rows(page)["Rien à cette maille"][0] == sum(
            row["Classe"] == "Rien à cette maille" for row in found
        )
        assert all(len(row["SIREN"]) == 9 for row in found)
        assert all(
            (row["Montant connu (€)"] == "")
            == (row["Classe"] in ("Rien à cette maille", "Montant total inconnu"))
            for row in found
        )
        unit(page, "Département")
        name, found = taken(page, "CSV des départements")
        assert [row["Code du département"] for row in found] == ["02", "59", "60", "62", "80"]


def test_the_key_says_what_is_left_out(opened: Callable[..., Page], region_page: Path) -> None:
    with opened(region_page) as page:
        view(page, "Sans contrat")
        said = page.locator(".gc-scale-left-out")
        expect(said).to_be_hidden()
        page.get_by_role("button", name="Masquer 4 dispositifs très étendus").click()
        expect(said).to_contain_text("4 dispositifs masqués\u00a0: ")
        only(page, "Action cœur de ville")
        expect(said).to_contain_text("dispositifs masqués")
        expect(said).to_contain_text(" autres")
        view(page, "Croiser")
        expect(said).to_be_hidden()
