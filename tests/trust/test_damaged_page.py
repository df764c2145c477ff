"""A page that was damaged on its way says so in its language; it never shows another map, nor nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from geocontracts.records.read import read_register
from geocontracts.webmap.page import render_page
from geocontracts.webmap.payload import MapOptions, build_content

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = pytest.mark.thorough

BROKEN = "Les données de la carte n’ont pas pu être lues"
UNSTARTED = "ce fichier est incomplet ou endommagé"


@pytest.fixture(scope="module")
def whole() -> bytes:
    return render_page(build_content(read_register(), MapOptions(area="departement:02")))


def other_letter(page: bytes, place: int) -> bytes:
    """Return a page with another letter of the alphabet of its blocks at a place."""
    return page[:place] + (b"A" if page[place : place + 1] != b"A" else b"B") + page[place + 1 :]


def block(page: bytes, name: str) -> tuple[int, int]:
    """Return where a block of data begins and ends."""
    found = re.search(rf'id="geocontracts-{name}">([^<]*)'.encode(), page)
    assert found
    return found.span(1)


def damaged(page: bytes, how: str) -> bytes:
    """Return a page with a fault of transport."""
    kind, _, name = how.partition(" in the ")
    if name.endswith("style"):
        blocks = [found.span(1) for found in re.finditer(rb"<style>(.*?)</style>", page, re.DOTALL)]
        first, last = blocks[["first style", "last style"].index(name)]
        return other_letter(page, (first + last) // 2)
    if name == "scripts":
        place = page.rindex(b"</script>") - 5000
        return page[:place] if kind == "cut" else other_letter(page, place)
    first, last = block(page, name)
    place = (first + last) // 2
    if kind == "cut":
        return page[:place]
    return page[:place] + page[place + 400 :] if kind == "a gap" else other_letter(page, place)


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("a letter in the payload", BROKEN),
        ("a letter in the numbers", BROKEN),
        ("a letter in the arcs", BROKEN),
        ("a gap in the arcs", BROKEN),
        ("cut in the numbers", UNSTARTED),
        ("cut in the scripts", UNSTARTED),
        ("a letter in the scripts", UNSTARTED),
        ("a letter in the first style", BROKEN),
        ("a letter in the last style", BROKEN),
    ],
)
def test_a_damaged_page_says_so(how: str, said: str, whole: bytes, browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "carte.html"
    path.write_bytes(damaged(whole, how))
    page = browser.new_page()
    page.goto(path.as_uri())
    page.get_by_text(said).wait_for(state="visible", timeout=15_000)
    assert page.locator("canvas").count() == 0
    page.close()


def test_a_whole_page_says_nothing_of_the_kind(whole: bytes, browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "carte.html"
    path.write_bytes(whole)
    page = browser.new_page()
    page.goto(path.as_uri())
    page.evaluate("() => window.geocontracts.ready")
    assert page.locator("canvas").count() > 0
    assert not page.get_by_text(UNSTARTED).is_visible()
    assert page.get_by_text(BROKEN).count() == 0
    assert page.locator(".gc-unstarted").evaluate("(node) => getComputedStyle(node).display") == "none"
    page.close()
