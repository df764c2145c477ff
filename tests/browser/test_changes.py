"""The page of a comparison: one card for each record that changed, and no view that would mix editions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

import geocontracts
from geocontracts.outputs.comparison.write import write_comparison
from tests.browser.test_map_page import at

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

HEAD = "id;Intitulé;Dispositif;Commune;Montant total;Statut\n"


def written(folder: Path) -> Path:
    """Write the page of two lists in which a contract in Arras began and has an amount now."""
    lists = (("ancien", "1;Halle;ACV;Arras;;prévu\n"), ("nouveau", "1;Halle;ACV;Arras;7300000;signé\n"))
    for name, row in lists:
        (folder / f"{name}.csv").write_text(HEAD + row, encoding="utf-8")
    page = folder / "changements.html"
    write_comparison(geocontracts.compare(folder / "ancien.csv", folder / "nouveau.csv"), page)
    return page


@pytest.mark.thorough
def test_a_record_has_one_card_that_tells_all_its_changes(
    opened: Callable[..., Page], tmp_path: Path
) -> None:
    with opened(written(tmp_path)) as page:
        page.mouse.click(*at(page, "62041"))
        panel = page.locator("#gc-panel")
        expect(panel.locator(".gc-card")).to_have_count(1)
        expect(panel).to_contain_text("A commencé")
        expect(panel).to_contain_text("montant désormais connu")
        expect(panel).to_contain_text("7,3 M€ au total")
        expect(panel).not_to_contain_text("connus dans la commune")  # no sum of what came and went


@pytest.mark.thorough
def test_only_views_of_changes_are_offered(opened: Callable[..., Page], tmp_path: Path) -> None:
    path = written(tmp_path)
    with opened(path) as page:
        group = page.get_by_role("group", name="Vue de la carte")
        expect(group.locator("label")).to_have_text(["Changements", "Par commune", "Sans changement"])
        expect(page.locator(".gc-time")).to_be_hidden()
        # An address may ask for what this page does not have.
        page.goto("about:blank")
        page.goto(f"{path.as_uri()}#v=amounts&t=2010-2011")
        page.evaluate("() => window.geocontracts.ready")
        expect(page.get_by_role("radio", name="Changements", exact=True)).to_be_checked()
        expect(page.locator(".gc-legend")).to_contain_text("1 contrat")
