"""The panel of a place and of a record: amounts told honestly, contracts and operations linked."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from geocontracts.perimeters.perimeter import resolve_perimeters
from geocontracts.places.area import find_area
from geocontracts.records.amounts import add_up, period_of, stated_funding
from geocontracts.records.read import read_register
from tests.browser.conftest import keep

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    from geocontracts.perimeters.perimeter import Perimeter
    from geocontracts.records.register import Register


@cache
def register() -> Register:
    """Return the bundled register."""
    return read_register()


@cache
def perimeters() -> list[Perimeter]:
    """Return its records with their communes."""
    return list(resolve_perimeters(register(), within=find_area().place))


def search(page: Page, text: str) -> None:
    """Choose the first answer to a search."""
    page.get_by_role("combobox", name="Chercher un lieu ou un contrat").fill(text)
    page.get_by_role("option").first.click()
    expect(page.locator(".gc-panel h2")).to_be_visible()


def plain(text: str) -> str:
    """Return a text with usual spaces."""
    return re.sub(r"[\u00a0\u202f]", " ", text)


def in_euros(value: float) -> str:
    """Return euros as the page writes them."""
    if value < 1e6:
        return f"{value:,.0f} €".replace(",", " ")
    if value >= 1e9:
        return f"{value / 1e9:.2f}".rstrip("0").rstrip(".").replace(".", ",") + " Md€"
    digits = 0 if value >= 1e8 else 1 if value >= 1e7 else 2
    text = f"{value / 1e6:.{digits}f}"
    return (text.rstrip("0").rstrip(".") if digits else text).replace(".", ",") + " M€"


@pytest.mark.parametrize(
    ("sought", "area", "name"),
    [
        ("80021", "commune:80021", "la commune seule"),
        pytest.param("Amiens Métropole", "epci:248000531", "l’EPCI seul", marks=pytest.mark.thorough),
        pytest.param(
            "arrondissement Amiens", "arrondissement:802", "l’arrondissement seul", marks=pytest.mark.thorough
        ),
        pytest.param("Somme", "departement:80", "le département seul", marks=pytest.mark.thorough),
    ],
)
def test_the_amounts_of_a_place(
    opened: Callable[..., Page], region_page: Path, sought: str, area: str, name: str
) -> None:
    communes = set(find_area(area).communes)
    covering = [each for each in perimeters() if communes.intersection(each.communes)]
    own = [each.record for each in covering if communes.issuperset(each.communes)]
    known = [each.record for each in covering if stated_funding(each.record)]
    whole = [record for record in known if period_of(record) == "whole"]
    inside = [record for record in whole if record in own]
    total = add_up(register(), own)
    shares = [paid["state"] for record in whole if "state" in (paid := stated_funding(record).payers)]
    assert total.total is not None
    with opened(region_page) as page:
        search(page, sought)
        said = plain(page.locator(".gc-money").inner_text())
        keep(page, f"place-{area.replace(':', '-')}")
    assert (
        f"{in_euros(total.total)} connus dans {name} ({len(inside)} lignes), "
        f"dont {in_euros(total.payers['state'])} connus de l’État." in said
    )
    assert (
        f"Part de l’État connue pour {len(shares)} lignes sur {len(covering)} : "
        f"de {in_euros(min(shares))} à {in_euros(max(shares))}, à ne pas additionner." in said
    )
    wider = len(whole) - len(inside)
    assert f"{wider} ligne{'s' if wider > 1 else ''} plus large" in said
    assert f"{len(covering) - len(known)} sans montant connu." in said


def test_the_amounts_of_a_place_follow_the_layers(opened: Callable[..., Page], region_page: Path) -> None:
    with opened(region_page) as page:
        search(page, "80021")
        expect(page.locator(".gc-money")).to_contain_text("connus dans la commune seule")
        page.get_by_role("button", name="Aucun\u00a0: toutes les couches").click()
        # What is never drawn has no layer to switch off: a few lines may stay, none with an amount here.
        expect(page.locator(".gc-money")).not_to_contain_text("connus dans la commune seule")


@pytest.mark.thorough
def test_operations_of_a_contract_under_other_programmes_are_told(
    opened: Callable[..., Page], region_page: Path
) -> None:
    """The legend counts the operations of a programme, a contract those that it holds: 5 and 12 here."""
    contract, all_of_them = register().contracts["erbm"], register().operations.values()
    held = [each for each in all_of_them if each.contract == contract.id]
    lent = [each for each in held if each.programme != contract.programme]
    assert len(held) - len(lent) == sum(each.programme == contract.programme for each in all_of_them) == 5
    with opened(region_page) as page:
        search(page, contract.title)
        card = page.locator('[data-record="erbm"]')
        expect(card.locator(".gc-relations summary")).to_have_text(
            f"{len(held)} opérations de ce contrat, ici ou ailleurs, dont {len(lent)} d’autres dispositifs"
        )


@pytest.mark.thorough
def test_a_contract_lists_its_operations_and_an_operation_leads_back(
    opened: Callable[..., Page], region_page: Path
) -> None:
    own = [each for each in register().operations.values() if each.contract == "cdt-amienois"]
    contract = register().contracts["cdt-amienois"]
    with opened(region_page) as page:
        search(page, contract.title)
        card = page.locator('[data-record="cdt-amienois"]')
        card.get_by_text(f"{len(own)} opérations de ce contrat, ici ou ailleurs").click()
        lines = card.locator(".gc-relations li")
        expect(lines).to_have_count(len(own))
        told = {
            line.get_by_role("button").inner_text(): plain(line.locator("span").inner_text())
            for line in lines.all()
        }
        assert set(told) == {each.title for each in own}
        for each in own:
            assert (told[each.title] == "montant non connu") == (not stated_funding(each))
        keep(page, "place-operations")
        aquapole = register().operations["amiens-aquapole"]
        assert told[aquapole.title] == "26 M€"
        button = lines.get_by_role("button", name=aquapole.title, exact=True)
        button.focus()
        page.keyboard.press("Enter")
        head = page.locator(".gc-panel h2")
        expect(head).to_have_text(aquapole.title)
        expect(head).to_be_focused()
        relations = page.locator('[data-record="amiens-aquapole"] .gc-relation')
        around = register().operations["amiens-sport-haut-niveau"]
        expect(relations).to_have_text(
            [f"Contrat\u00a0: {contract.title}", f"Montant compté dans\u00a0: {around.title}"]
        )
        relations.first.get_by_role("button").click()
        expect(head).to_have_text(contract.title)


@pytest.mark.thorough
def test_a_postcode_is_not_taken_for_a_code(opened: Callable[..., Page], region_page: Path) -> None:
    with opened(region_page) as page:
        field = page.get_by_role("combobox", name="Chercher un lieu ou un contrat")
        options = page.get_by_role("option")
        field.fill("59606")
        expect(options.first).to_contain_text("commune · 59606 · Nord")
        assert "code INSEE" not in options.first.inner_text()
        field.fill("59300")  # the postcode of Valenciennes
        expect(options).to_have_text(["Hem-Lengletcommune · 59300 · Nord"])
        field.fill("80000")  # the postcode of Amiens
        expect(options).to_have_count(1)
        expect(options.first).to_contain_text("Aucune commune de code INSEE 80000 ici.")
        field.press("Enter")
        expect(page.locator(".gc-panel")).to_be_hidden()


@pytest.mark.thorough
@pytest.mark.parametrize(
    "width",
    [1280, 1000, 800],
)
def test_the_name_of_a_family_breaks_between_words(
    opened: Callable[..., Page], region_page: Path, width: int
) -> None:
    with opened(region_page, width) as page:
        first = page.locator(".gc-family").first.locator(".gc-line input").first
        first.uncheck()
        cut = page.evaluate(
            """() => [...document.querySelectorAll('.gc-fold-name')].flatMap((name) => {
                const text = name.firstChild;
                return [...text.data.matchAll(/\\S+/g)].filter((word) => {
                    const range = document.createRange();
                    range.setStart(text, word.index);
                    range.setEnd(text, word.index + word[0].length);
                    return !/[-’]/.test(word[0]) && range.getClientRects().length > 1;
                }).map((word) => word[0]);
            })"""
        )
        assert cut == []
        assert page.evaluate(
            """() => [...document.querySelectorAll('.gc-family-head')]
                .every((head) => head.scrollWidth <= head.clientWidth + 1)"""
        )
        keep(page, f"place-legend-{width}")
