"""The accessibility statement in a browser: reached from the map, and itself accessible."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import expect

from geocontracts.records.read import read_register
from geocontracts.webmap.declared import Declared
from geocontracts.webmap.page import render_page
from geocontracts.webmap.payload import MapOptions, build_content
from geocontracts.webmap.statement import mention_of, render_statement
from tests.browser.conftest import keep, watched

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from geocontracts.words import Lang


AUDITED = Declared(organisation="Préfecture", rate=72.5, audited=dt.date(2026, 3, 3), auditor="Cabinet X")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a map and its statement, in each language."""
    place = tmp_path_factory.mktemp("statement")
    langs: tuple[Lang, ...] = ("fr", "en")
    for lang in langs:
        content = build_content(read_register(), MapOptions(area="Aisne", lang=lang))
        (place / f"carte-{lang}.html").write_bytes(render_page(content, statement=f"declaration-{lang}.html"))
        (place / f"declaration-{lang}.html").write_bytes(
            render_statement(content.payload, f"carte-{lang}.html")
        )
    content = build_content(read_register(), MapOptions(area="Aisne"))
    mention = mention_of(AUDITED, "fr")
    (place / "carte-audit.html").write_bytes(
        render_page(content, statement="declaration-audit.html", mention=mention)
    )
    statement = render_statement(content.payload, "carte-audit.html", AUDITED, is_bundled=True)
    (place / "declaration-audit.html").write_bytes(statement)
    return place


@pytest.mark.parametrize("width", [pytest.param(1280, marks=pytest.mark.thorough), 320])
def test_the_result_of_an_audit_stands_on_the_page_and_in_the_statement(
    browser: Browser, folder: Path, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 700}, offline=True)
    page = context.new_page()
    complaints = watched(page)
    page.goto((folder / "carte-audit.html").as_uri())
    told = "partiellement conforme (72,5\u00a0% des critères, audit du 03/03/2026)"
    page.get_by_role("button", name="À propos", exact=True).click()
    link = page.get_by_role("dialog").get_by_role("link", name=f"Accessibilité\u00a0: {told}")
    expect(link).to_be_visible()
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    page.goto((folder / "declaration-audit.html").as_uri())
    expect(page.get_by_text("révèle que 72,5\u00a0% des critères")).to_be_visible()
    expect(page.get_by_text("en conformité partielle avec")).to_be_visible()
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    context.close()
    assert complaints == []


def test_the_foot_of_the_map_and_its_about_lead_there(opened: Callable[..., Page], folder: Path) -> None:
    with opened(folder / "carte-fr.html") as page:
        name = "Accessibilité\u00a0: non conforme"
        expect(page.locator("body > .gc-statement")).to_have_count(0)
        link = page.locator("footer").get_by_role("link", name=name)
        with page.context.expect_page() as other:
            link.click()
        expect(other.value.get_by_role("heading", level=1)).to_have_text("Déclaration d’accessibilité")
        page.get_by_role("button", name="À propos", exact=True).click()
        expect(page.get_by_role("dialog").get_by_role("link", name=name)).to_be_visible()
        # How exact its borders are stands there as well, with the figure of its own grid.
        expect(page.get_by_role("dialog")).to_contain_text("communes à 10\u00a0m au plus de celles-là")


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("lang", "scheme", "width"),
    [("fr", "light", 1000), ("fr", "dark", 320), ("en", "dark", 1000), ("audit", "light", 320)],
)
def test_axe_finds_nothing_and_nothing_is_asked_or_cut(
    browser: Browser, folder: Path, scheme: str, lang: str, width: int
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 700},
        offline=True,
        color_scheme=scheme,  # type: ignore[arg-type]
    )
    page = context.new_page()
    complaints = watched(page)
    page.goto((folder / f"declaration-{lang}.html").as_uri())
    page.locator("summary").click()
    keep(page, f"statement-{lang}-{scheme}-{width}")
    page.evaluate(AXE_SCRIPT)
    found = page.evaluate(
        "() => axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.length]))"
    )
    assert found == []
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    blank = page.locator("mark").first.evaluate("(node) => getComputedStyle(node).backgroundColor")
    assert re.fullmatch(r"rgb\(.*\)", blank), "a blank is not seen"
    levels = page.locator("h1, h2, h3").evaluate_all("(all) => all.map((node) => Number(node.tagName[1]))")
    assert all(now <= before + 1 for before, now in zip([0, *levels], levels, strict=False))
    context.close()
    assert complaints == []


def test_without_script_the_map_still_leads_there(browser: Browser, folder: Path) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto((folder / "carte-fr.html").as_uri())
    expect(page.get_by_role("link", name="Accessibilité\u00a0: non conforme")).to_be_visible()
    context.close()
