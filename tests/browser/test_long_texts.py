"""Cells as long as a spreadsheet allows: their beginning is shown, the rest on demand, all of it saved.

A browser takes minutes to break such a line: what is laid out is short, or may break.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from geocontracts.records.read import read_register
from geocontracts.webmap.page import write_map
from geocontracts.webmap.payload import MapOptions
from tests.browser.test_table import CSV, open_table, read_csv, taken

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

WORD = "A" * 32_767  # Excel's longest cell
MILLION = "B" * 1_000_000
BLANK_FREE = 200  # letters in a row that may stand without a place to break at
SHOWN = 700  # letters of one cell before anybody asks for more
COLUMNS = ("Intitulé", "Programme", "Territoires", "Montant total (€)", "Thématiques", "Source", "Résumé")

# The longest text that is laid out, and where: hidden parts take no time.
LONGEST = """() => {
  let most = [0, ""];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const { data, parentElement: owner } = walk.currentNode;
    if (owner.closest("script, style, noscript") || owner.getClientRects().length === 0) continue;
    const run = Math.max(0, ...data.split(/\\s+/).map((word) => word.length));
    if (run > most[0]) most = [run, `${owner.localName}.${owner.className}`];
  }
  return most;
}"""


def page_of(folder: Path, *rows: tuple[str, ...], lang: str = "fr") -> Path:
    """Write a list of contracts of Denain, and return its page."""
    file = folder / "liste.csv"
    file.write_text("\n".join(";".join(row) for row in (COLUMNS, *rows)) + "\n", encoding="utf-8")
    write_map(read_register(file), folder / "liste.html", MapOptions(title="Nos contrats", lang=lang))  # type: ignore[arg-type]
    return folder / "liste.html"


def row(title: str, **told: str) -> tuple[str, ...]:
    """Return a contract of Denain; what is not told (its programme, its amount...) is as usual."""
    usual = {
        "programme": "Petites villes",
        "amount": "1000",
        "theme": "eau",
        "source": "Convention",
        "summary": "",
    }
    programme, *rest = (usual | told).values()
    return (title, programme, "Denain", *rest)


def choose_denain(page: Page) -> None:
    """Open the panel of Denain by the search field."""
    page.get_by_role("combobox", name=re.compile("Chercher|Search")).fill("Denain")
    page.locator("#gc-found-0").click()
    expect(page.locator("#gc-panel")).to_be_visible()


def breakable(page: Page, most: int = 2 * SHOWN) -> None:
    """Nothing that is laid out is a word that holds the page."""
    length, where = page.evaluate(LONGEST)
    assert length <= most, f"{where} holds a word of {length} letters"


def test_a_long_title_is_short_in_table_and_panel_and_read_on_demand(
    opened: Callable[..., Page], tmp_path: Path
) -> None:
    path = page_of(tmp_path, row(WORD), row("Court"), row(f"Trouvable {MILLION[:50_000]} zinnia"))
    with opened(path) as page:
        panel = open_table(page)
        breakable(page)
        titles = panel.locator("tbody th")
        assert max(len(text) for text in titles.all_text_contents()) < SHOWN
        long = titles.filter(has_text="AAAA")
        expect(long.get_by_role("button")).to_have_count(2)
        assert long.inner_text().count("…") == 1
        long.get_by_role("button", name="Lire la suite").first.focus()
        page.keyboard.press("Enter")
        # The rest comes a part at a time, may break, and has the focus; what is left is said.
        more = long.get_by_role("button", name=re.compile(r"^Lire la suite"))
        assert page.evaluate("() => document.activeElement.textContent") == WORD[400:20_400]
        expect(more).to_have_text(re.compile(r"encore 12\s367 caractères"))
        breakable(page, 2 * BLANK_FREE + 200)
        more.click()
        expect(more).to_be_hidden()
        # The whole text has no sign of a gap, and scrolls in a place of its own.
        assert "…" not in long.inner_text()
        box = long.get_by_role("group", name="Texte long")
        assert box.evaluate("node => node.clientHeight <= innerHeight / 2 && node.scrollHeight > innerHeight")
        assert long.evaluate("node => node.textContent.replace(/[^A]/g, '').length") == len(WORD)
        assert long.locator("wbr").count() > len(WORD) / BLANK_FREE
        expect(page.locator("#gc-panel")).to_be_hidden()  # to read on is not to choose
        saved = read_csv(taken(page, CSV))
        assert WORD in [line["Intitulé"] for line in saved]
        # Folded back it is as it was, and the focus stays with it.
        long.get_by_role("button", name="Replier").click()
        expect(more).to_have_text(re.compile(r"encore 32\s367 caractères"))
        expect(more).to_be_focused()
        expect(long.get_by_role("button")).to_have_count(2)
        expect(box).to_have_count(0)
        assert long.inner_text().startswith(f"{WORD[:400]}…")
        # The beginning is still what chooses the record.
        long.get_by_role("button", name=re.compile("^AAAA")).click()
        expect(page.locator("#gc-panel")).to_be_visible()
        # What is sought is found in the whole of a text.
        page.get_by_role("combobox", name=re.compile("Chercher")).fill("zinnia")
        expect(page.locator("#gc-found-0")).to_contain_text("Trouvable")
        assert page.locator("#gc-found-0").evaluate(
            "node => node.offsetHeight < 5 * parseFloat(getComputedStyle(node).lineHeight)"
        ), "one result fills the list"
        page.keyboard.press("Escape")
        choose_denain(page)
        breakable(page)
        card = page.locator(".gc-card").filter(has_text="AAAA")
        card.get_by_role("button", name="Lire la suite").first.click()
        breakable(page, 2 * BLANK_FREE + 200)


@pytest.mark.thorough
def test_a_cell_of_a_million_letters_is_told_and_comes_in_parts(
    opened: Callable[..., Page], tmp_path: Path
) -> None:
    with opened(page_of(tmp_path, row("Court"), row(MILLION, summary=MILLION))) as page:
        panel = open_table(page)
        more = panel.get_by_role("button", name="Lire la suite")
        expect(more).to_have_text(re.compile(r"encore 999\s600 caractères"))
        more.click()
        expect(more).to_have_text(re.compile(r"encore 979\s600 caractères"))
        assert MILLION in [line["Intitulé"] for line in read_csv(taken(page, CSV))]


@pytest.mark.parametrize("column", ["programme", "theme", "source", "summary"])
@pytest.mark.thorough
def test_no_column_holds_the_page(opened: Callable[..., Page], tmp_path: Path, column: str) -> None:
    path = page_of(
        tmp_path, row("Un", **{column: WORD}), row("Deux", **{column: WORD[:5000] + "B"}), row("Trois")
    )
    with opened(path) as page:
        page.get_by_text("Filtres", exact=True).click()
        breakable(page, 2200)
        open_table(page)
        page.get_by_role("button", name="Colonnes").click()
        for box in page.locator(".gc-columns input").all():
            box.check()
        breakable(page, 2200)
        choose_denain(page)
        for summary in page.locator(".gc-card summary").all():
            summary.click()
        breakable(page, 2200)
        page.get_by_role("button", name="À propos", exact=True).click()
        breakable(page, 2200)


@pytest.mark.thorough
def test_the_button_speaks_english_too(opened: Callable[..., Page], tmp_path: Path) -> None:
    with opened(page_of(tmp_path, row(WORD), lang="en")) as page:
        choose_denain(page)
        expect(page.locator(".gc-card").get_by_role("button", name=re.compile("^Read on"))).to_be_visible()


@pytest.mark.thorough
@pytest.mark.parametrize("amount", ["env. 5 M", "=1+1"])
def test_an_amount_that_was_not_understood_is_not_said_to_be_missing_in_the_source(
    opened: Callable[..., Page], tmp_path: Path, amount: str
) -> None:
    with opened(page_of(tmp_path, row("Refusé", amount=amount), row("Su"))) as page:
        panel = open_table(page)
        cells = panel.locator("tbody tr", has_text="Refusé").locator("td.gc-amount")
        expect(cells.first).to_contain_text("inconnu")
        assert "non donné" not in panel.locator("tbody").text_content()  # type: ignore[operator]
        choose_denain(page)
        card = page.locator(".gc-card").filter(has_text="Refusé")
        expect(card).to_contain_text("Montant inconnu")
        expect(card).not_to_contain_text("non donné")
