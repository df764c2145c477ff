"""A real Chromium with the network cut; any request or console error fails the test."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from geocontracts.records.read import read_register
from geocontracts.webmap.page import write_map
from geocontracts.webmap.payload import MapOptions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

ARTEFACTS = Path(__file__).parents[1] / "artefacts"


@pytest.fixture(scope="session")
def region_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page of the bundled register."""
    path = tmp_path_factory.mktemp("page") / "hauts-de-france.html"
    write_map(read_register(), path, MapOptions())
    return path


def watched(page: Page) -> list[str]:
    """Return a list that fills with each console error or warning, exception and request of a page."""
    complaints: list[str] = []
    page.on(
        "console",
        lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None,
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda asked: complaints.append(asked.url) if asked.url.startswith("http") else None)
    return complaints


@pytest.fixture
def opened(browser: Browser) -> Callable[..., Page]:
    """Return a context manager that opens a file and watches it."""

    @contextmanager
    def opening(path: Path, width: int = 1280, height: int = 800, **options: object) -> Iterator[Page]:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale="fr-FR",
            timezone_id="Europe/Paris",
            offline=True,
            reduced_motion="reduce",
            **options,  # type: ignore[arg-type]
        )
        page = context.new_page()
        complaints = watched(page)
        page.goto(path.as_uri())
        page.evaluate("() => window.geocontracts.ready")
        yield page
        context.close()
        assert complaints == []

    return opening  # type: ignore[return-value]


def painted(page: Page) -> None:
    """Wait until the map is whole: it is painted out of sight, and canvas after canvas is shown."""
    page.evaluate("""async () => {
      for (let quiet = 0; quiet < 2; quiet++) {
        await window.geocontracts.painted();
        await new Promise((done) => setTimeout(done, 100)); // what follows from a move comes a moment later
      }
    }""")


def keep(page: Page, name: str) -> None:
    """Keep a screenshot for a person to look at."""
    ARTEFACTS.mkdir(exist_ok=True)
    page.screenshot(path=ARTEFACTS / f"{name}.png")
