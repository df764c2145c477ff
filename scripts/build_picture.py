"""Take the picture of the map that the README shows: `maps/hauts-de-france.png`.

Needs Chromium and the extra `test`. There is no --check: pixels follow the fonts
of the machine. Look at the picture before committing it.

Usage: python scripts/build_picture.py
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

import geocontracts as gc

TARGET = Path(__file__).parents[1] / "maps" / "hauts-de-france.png"
SIZE = (1280, 800)  # CSS pixels


def main() -> None:
    """Write the picture."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as engine:
        page_file = Path(folder) / "map.html"
        gc.write_map(gc.read_register(), page_file)
        browser = engine.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": SIZE[0], "height": SIZE[1]})
        page.goto(page_file.as_uri())
        page.evaluate("() => window.geocontracts.ready")
        page.get_by_role("combobox").fill("Denain")
        page.get_by_role("option").first.wait_for()
        page.keyboard.press("Enter")
        page.wait_for_timeout(800)  # a zoom that is under way takes no other
        page.get_by_role("button", name="Tout le territoire").click()
        page.wait_for_timeout(800)
        page.screenshot(path=TARGET)
        browser.close()


if __name__ == "__main__":
    main()
