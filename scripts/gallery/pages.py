"""Pictures of pages and sheets, taken in Chromium."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from playwright.sync_api import sync_playwright

import geocontracts as gc

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

SIZE = (1280, 800)  # CSS pixels
_SHEET = (1000, 1414)  # the sides of A4
_HOST = """<!doctype html><html lang="fr"><meta charset="utf-8"><title>Préfecture</title>
<style>body{{font:17px/1.5 system-ui;max-width:860px;margin:28px auto;color:#222}}</style>
<h1>La contractualisation dans la région</h1>
<p>Une page de votre site ou de votre intranet, dans laquelle la carte se tient à sa place.</p>
{snippet}</html>"""


def take_page(path: Path) -> None:
    """Write the page of the bundled register, with Denain chosen."""
    with tempfile.TemporaryDirectory() as folder, opened(SIZE) as page:
        file = Path(folder) / "map.html"
        gc.write_map(gc.read_register(), file)
        show_map(page, file)
        page.get_by_role("combobox").fill("Denain")
        page.get_by_role("option").first.wait_for()
        page.keyboard.press("Enter")
        page.wait_for_timeout(800)  # a zoom that is under way takes no other
        page.get_by_role("button", name="Tout le territoire").click()
        page.wait_for_timeout(800)
        page.screenshot(path=path)


def take_embedded(path: Path) -> None:
    """Write the small page, inside another one."""
    with tempfile.TemporaryDirectory() as folder, opened((960, 860)) as page:
        file = Path(folder) / "carte.html"
        content = gc.write_map(gc.read_register(), file, gc.MapOptions(embed=True))
        host = Path(folder) / "page.html"
        snippet = gc.embed_snippet("carte.html", content.payload["title"])
        host.write_text(_HOST.format(snippet=snippet), encoding="utf-8")
        page.goto(host.as_uri())
        page.frames[1].wait_for_function("() => window.geocontracts && window.geocontracts.ready")
        page.wait_for_timeout(800)
        page.screenshot(path=path)


def take_sheet(path: Path, of: Literal["territory", "programme"], name: str) -> None:
    """Write the first page of a sheet."""
    maker = gc.SheetMaker(gc.read_register())
    document = maker.territory(name) if of == "territory" else maker.programme(name)
    with tempfile.TemporaryDirectory() as folder, opened(_SHEET) as page:
        file = Path(folder) / "sheet.html"
        gc.write_sheet(document, file)
        page.goto(file.as_uri())
        page.screenshot(path=path)


def show_map(page: Page, file: Path) -> None:
    """Open a page that holds a map, and wait until it is drawn."""
    page.goto(file.as_uri())
    page.evaluate("() => window.geocontracts.ready")


@contextmanager
def opened(size: tuple[int, int]) -> Iterator[Page]:
    """Give an empty page of Chromium of that size."""
    with sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": size[0], "height": size[1]}, locale="fr-FR")
        try:
            yield page
        finally:
            browser.close()
