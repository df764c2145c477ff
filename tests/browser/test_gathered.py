"""Symbols seen from afar: discs that say what they stand for and lead there."""

from __future__ import annotations

import re
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

pytestmark = pytest.mark.thorough


@pytest.fixture(scope="module")
def france_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page of the bundled register on the map of France."""
    path = tmp_path_factory.mktemp("france") / "france.html"
    write_map(read_register(), path, MapOptions(area="france"))
    return path


def _told(page: Page, lon: float, lat: float) -> str:
    """Point around a place, as a disc may have moved from it, until a disc says what it stands for."""
    x, y = page.evaluate(
        """([lon, lat]) => { const { map } = window.geocontracts;
        const box = map.getContainer().getBoundingClientRect();
        const at = map.latLngToContainerPoint([lat, lon]); return [box.left + at.x, box.top + at.y]; }""",
        [lon, lat],
    )
    for dx, dy in [(dx, dy) for dy in (0, 9, -9, 18, -18, 27) for dx in (0, 9, -9, 18, -18, 27)]:
        page.mouse.move(x + dx, y + dy)
        page.wait_for_timeout(40)
        tip = page.locator(".gc-tooltip")
        if tip.is_visible() and re.search(r"\d signes?\s:", tip.inner_text()):
            return str(tip.inner_text())
    return ""


def test_a_disc_says_what_it_gathers_and_leads_there(opened: Callable[..., Page], france_page: Path) -> None:
    with opened(france_page) as page:
        told = _told(page, 3.46, 50.22)
        assert told.startswith("Nord · département\n")
        counts = re.search(r"(\d+) signes\s: (.*)", told)
        assert counts
        whole = sum(int(n) for n in re.findall(r"(\d+) (?:contrat|mission|opération)", counts[2]))
        families = [int(n) for n in re.findall(r"\s: (\d+)$", told, re.MULTILINE)]
        assert sum(families) == whole == int(counts[1]) > 20
        assert re.search(r"Sans compter \d+ contrats?.* à périmètre dessiné\.", told)
        assert page.locator(".gc-gathered").is_visible()
        assert "d’un département" in page.locator(".gc-gathered").inner_text()
        far = page.evaluate("() => window.geocontracts.map.getZoom()")
        page.mouse.down()
        page.mouse.up()
        page.wait_for_function("() => document.querySelector('#gc-panel h2')?.textContent === 'Nord'")
        assert page.evaluate("() => window.geocontracts.map.getZoom()") > far + 1
        expect(page.locator(".gc-gathered")).to_be_hidden()


def test_a_register_that_fits_has_no_disc(opened: Callable[..., Page], region_page: Path) -> None:
    with opened(region_page) as page:
        assert not page.locator(".gc-gathered").is_visible()
