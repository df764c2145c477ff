"""Registers and links that nobody wrote with this page in mind: endless words, long lists, odd years."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from geocontracts.records.read import read_register
from geocontracts.webmap.page import write_map
from geocontracts.webmap.payload import MapOptions

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

ENDLESS = "x" * 10_000

pytestmark = pytest.mark.thorough


def page_of(folder: Path, head: str, *rows: str) -> Path:
    (folder / "contrats.csv").write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    path = folder / "carte.html"
    write_map(read_register(folder / "contrats.csv"), path, MapOptions(title="Nos contrats"))
    return path


def at(page: Page, fragment: str) -> None:
    page.evaluate("fragment => { location.hash = fragment; }", fragment)
    page.wait_for_timeout(200)


@pytest.mark.parametrize("width", [1280, 360])
def test_a_word_without_an_end_widens_nothing(
    opened: Callable[..., Page], tmp_path: Path, width: int
) -> None:
    path = page_of(
        tmp_path, "Intitulé;Territoires;Thèmes", f"{ENDLESS};Denain (59);{ENDLESS}", "Autre;Lens;eau"
    )
    with opened(path, width=width) as page:
        for fragment, place in (("#table", ".gc-table tbody th"), ("#at=commune:59172", "#gc-panel")):
            at(page, fragment)
            assert page.locator(place).first.is_visible()
            wide = page.evaluate(
                """() => [...document.querySelectorAll(
                  '#gc-panel, .gc-table tbody > tr > *, .gc-scroll, .gc-title, .gc-table-head')]
                  .filter(e => e.clientWidth > 1 && e.scrollWidth > e.clientWidth + 1)
                  .map(e => `${e.className} ${e.tagName} ${e.scrollWidth} ${e.clientWidth}`)"""
            )
            assert wide == []


def test_a_chosen_record_far_down_stands_in_the_table_and_is_marked(
    opened: Callable[..., Page], tmp_path: Path
) -> None:
    path = page_of(
        tmp_path,
        "Identifiant;Intitulé;Territoires",
        *(f"c{n};Contrat {n};Denain (59)" for n in range(1, 1203)),
    )
    rows = "#gc-table tbody tr"
    with opened(path) as page:
        at(page, "#at=record:c1150&table&sort=-signed")
        marked = page.locator("#gc-table [aria-current]")
        expect(marked).to_contain_text("Contrat 1150")
        expect(marked).to_be_in_viewport()
        expect(page.locator(rows)).to_have_count(1202)
        expect(page.locator(".gc-table-state")).to_have_text(
            "1\u202f202 lignes, dans l’ordre décroissant de la colonne masquée «\u00a0Signature\u00a0»"
        )
        page.get_by_role("button", name="Fermer le tableau").click()
        at(page, "#table")
        expect(page.locator(rows)).to_have_count(500)


def test_one_record_far_ahead_leaves_the_others_their_bars(
    opened: Callable[..., Page], tmp_path: Path
) -> None:
    path = page_of(
        tmp_path,
        "Intitulé;Territoires;Début;Fin",
        "Ancien;Denain (59);1890;1895",
        "Moyen;Lens;1950;1960",
        "Lointain;Creil (60);2090;",
    )
    with opened(path) as page:
        axis = page.locator(".gc-time")
        expect(axis.locator(".gc-time-end").first).to_have_text("1890")
        bars = axis.locator(".gc-time-bar:not(.gc-time-none)")
        expect(bars).to_have_count(17)
        expect(axis).to_contain_text("Hors de l’axe\u00a0: 1 commence après")
        at(page, "#t=1800-1801")
        expect(axis).to_contain_text("En vigueur de 1800 à 1801")
        axis.get_by_role("button", name="Faire défiler les années").click()
        expect(axis).to_contain_text("En vigueur en 1890")
