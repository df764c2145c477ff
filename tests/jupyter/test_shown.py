"""A notebook that became a page shows the map, offline; where frames are taken away, a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output
from playwright.sync_api import expect

from geocontracts.webmap.folium_map import ContractMap

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Frame, Page

DENAIN = "Denain"


@pytest.fixture(scope="module")
def cell() -> dict[str, str]:
    """Return what Jupyter keeps of a cell that ends with a map."""
    from IPython.core.formatters import DisplayFormatter

    kept, _ = DisplayFormatter().format(ContractMap(height=500))
    return dict(kept)


def exported(cell: dict[str, str], **options: bool) -> str:
    from nbconvert import HTMLExporter

    output = new_output("execute_result", cell, execution_count=1)
    notebook = new_notebook(cells=[new_code_cell("gc.ContractMap(height=500)", outputs=[output])])
    page, _ = HTMLExporter(**options).from_notebook_node(notebook)
    return str(page)


def the_map(page: Page) -> Frame:
    (frame,) = page.frames[1:]
    frame.evaluate("() => window.geocontracts.ready")
    return frame


def test_jupyter_keeps_the_map_as_markup_and_as_text(cell: dict[str, str]) -> None:
    assert set(cell) == {"text/html", "text/plain"}
    assert cell["text/plain"].startswith("Carte «")


@pytest.mark.parametrize("width", [1200, 400])
@pytest.mark.thorough
def test_an_exported_notebook_shows_the_map_without_network(
    browser: Browser, cell: dict[str, str], tmp_path: Path, width: int
) -> None:
    (tmp_path / "carnet.html").write_text(exported(cell), encoding="utf-8")
    context = browser.new_context(viewport={"width": width, "height": 800}, locale="fr-FR", offline=True)
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.frame.parent_frame else None)
    page.on("console", lambda line: said.append(line.text) if "net::ERR" not in line.text else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto((tmp_path / "carnet.html").as_uri(), wait_until="domcontentloaded")
    frame = the_map(page)
    expect(frame.get_by_role("heading", level=1)).to_have_text("Contrats territoriaux — Hauts-de-France")
    frame.get_by_role("combobox", name="Chercher").fill(DENAIN)
    frame.get_by_role("combobox", name="Chercher").press("Enter")
    expect(frame.get_by_role("heading", name=DENAIN).first).to_be_visible()
    box = page.locator("iframe").bounding_box()
    room = page.locator(".jp-OutputArea-output").last.bounding_box()
    assert box
    assert room
    assert box["height"] == 500
    assert room["width"] - 20 <= box["width"] <= min(width, room["width"]), "as wide as its cell, no wider"
    assert [url for url in asked if url.startswith("http")] == []
    assert [line for line in said if "require" not in line and "MathJax" not in line] == []
    context.close()


def test_the_page_sees_nothing_of_the_notebook_around_it(
    browser: Browser, cell: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "carnet.html").write_text(exported(cell), encoding="utf-8")
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto((tmp_path / "carnet.html").as_uri(), wait_until="domcontentloaded")
    read = "() => { try { return parent.document.title } catch (error) { return error.name } }"
    assert the_map(page).evaluate(read) == "SecurityError"
    context.close()


def test_a_viewer_that_takes_frames_away_leaves_the_sentence(cell: dict[str, str]) -> None:
    """As GitHub does, and what else takes away all that is not plain text."""
    import bleach

    left = bleach.clean(cell["text/html"], tags={"div", "p"}, attributes=[], strip=True)
    assert left.startswith("<div><p>Ici se trouve la carte interactive")
    assert left.endswith("le fichier HTML de la carte.</p></div>"), "nothing of the page is left"
