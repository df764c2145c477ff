"""The documentation site: built without a warning, what the program says, and open from a folder."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from build_reference_pages import pages
from build_site import build, pack
from reference import commands
from website.links import BrokenLink, lead_links

from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

LANGUAGE = re.compile(r"<(?:img|script|iframe|link|source)\b[^>]*?\b(?:src|href)=\"?(?:https?:)?//")


def test_the_pages_of_reference_are_what_the_program_says() -> None:
    for path, text in pages().items():
        assert path.read_text(encoding="utf-8") == text, f"run scripts/build_reference_pages.py: {path.name}"


def test_every_sentence_of_the_help_is_said_in_french(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    short = tmp_path / "french.json"
    short.write_text('{"of no command": "d’aucune commande"}', encoding="utf-8")
    monkeypatch.setattr(commands, "FRENCH", short)
    with pytest.raises(commands.UntranslatedError, match=r"'title of the page'.*'of no command'"):
        commands.page()


def test_a_link_leads_to_the_site_or_is_named_or_is_noticed() -> None:
    text = "[a](exports.md#x) [b](../SECURITY.md) ![c](../maps/qgis.png) [`d`](../pyproject.toml) [e](no.md)"
    led, broken = lead_links(text, "rapports.md")
    assert led == (
        "[a](exports.md#x) [b](depot/SECURITY.md) ![c](depot/maps/qgis.png) d (`pyproject.toml`) [e](no.md)"
    ).replace("d (`pyproject.toml`)", "`d` (`pyproject.toml`)")
    assert broken == [BrokenLink("docs/rapports.md", "no.md")]
    assert lead_links("[x](docs/securite.md)", "depot/SECURITY.md")[0] == "[x](../securite.md)"
    assert lead_links("```\n[x](no.md)\n```", "index.md") == ("```\n[x](no.md)\n```", [])


def test_the_readmes_lead_to_the_documents() -> None:
    for name, wanted in {
        "README.md": ("docs/listes.md", "SECURITY.md", "CONTRIBUTING.md"),
        "README.fr.md": ("docs/listes.md", "docs/securite.md", "CONTRIBUTING.md"),
    }.items():
        text = (ROOT / name).read_text(encoding="utf-8")
        broken = lead_links(text, f"depot/{name}")[1]
        assert broken == []
        assert [each for each in wanted if f"]({each})" not in text] == []


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site, built as a reader gets it."""
    folder = tmp_path_factory.mktemp("site") / "docs"
    assert build(folder) == 0
    return folder


@pytest.mark.thorough
def test_the_site_asks_no_other_host_for_anything(site: Path) -> None:
    pages = list(site.rglob("*.html"))
    assert len(pages) > 20
    for page in pages:
        assert not LANGUAGE.search(page.read_text(encoding="utf-8")), page.name
    for style in site.rglob("*.css"):
        assert not re.search(r"url\(\s*['\"]?(?:https?:)?//|@import", style.read_text(encoding="utf-8"))


@pytest.mark.thorough
def test_the_same_documents_give_the_same_bytes(site: Path, tmp_path: Path) -> None:
    assert build(tmp_path / "again") == 0
    digests = []
    for folder in (site, tmp_path / "again"):
        pack(folder, tmp_path / f"{folder.name}.zip")
        digests.append(hashlib.sha256((tmp_path / f"{folder.name}.zip").read_bytes()).hexdigest())
    assert digests[0] == digests[1]


@pytest.mark.thorough
def test_it_is_read_and_searched_from_a_folder_without_network(site: Path, browser: Browser) -> None:
    page = browser.new_page(offline=True, viewport={"width": 1280, "height": 800})
    told: list[str] = []
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("request", lambda asked: told.append(asked.url) if asked.url.startswith("http") else None)
    page.goto((site / "index.html").as_uri())
    page.get_by_role("link", name="Démarrer", exact=True).first.click()
    page.wait_for_url("**/demarrer.html")
    page.keyboard.press("f")
    page.wait_for_timeout(500)
    page.keyboard.type("hostile", delay=20)
    page.locator(".md-search-result__item a[href*='securite.html']").first.wait_for()
    assert told == []
    page.close()


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("added", "said"),
    [
        ("[nulle part](absent.md)", "absent.md"),
        ("[ancre](listes.md#nulle-part)", "nulle-part"),
        ("Une phrase :\n- une liste", "empty line"),
        ('<img src="https://example.org/a.png" alt="">', "another host"),
    ],
)
def test_a_warning_stops_the_build(added: str, said: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    for name in ("mkdocs.yml", "SECURITY.md", "CONTRIBUTING.md", "CHANGELOG.md"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / "scripts", tmp_path / "scripts")
    for name in ("data", "maps", "tests", "notebooks", "client", "README.md", "README.fr.md", "benchmarks"):
        (tmp_path / name).symlink_to(ROOT / name)
    question = tmp_path / "docs" / "questions.md"
    question.write_text(question.read_text(encoding="utf-8") + f"\n{added}\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "scripts/build_site.py", "--check"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert said in done.stderr
    assert all("questions.md" in line for line in done.stderr.splitlines() if "WARNING" in line), done.stderr
