"""CONTRIBUTING.md: a contract, a programme, a vintage and a view are added as it says, on a copy."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from geocontracts.places.gazetteer import VINTAGE
from geocontracts.records.read import read_register
from geocontracts.webmap.payload import MapOptions, build_content
from tests.conftest import ROOT
from tests.trust.examples import Scratch, blocks, furnish

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser

PAGE = "CONTRIBUTING.md"
DOUBLES = ("build", "node_modules", ".git", "__pycache__", ".venv", "results")


def part(title: str) -> str:
    """Return the part of the page under a heading."""
    _, found, rest = (ROOT / PAGE).read_text(encoding="utf-8").partition(f"\n### {title}\n")
    assert found, title
    return re.split(r"\n##+ ", rest)[0]


@pytest.mark.thorough
def test_an_added_contract_and_programme_are_on_the_map(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    furnish(tmp_path)
    monkeypatch.chdir(tmp_path)
    scratch = Scratch(tmp_path)
    before = build_content(read_register(), MapOptions()).payload
    for block in blocks(PAGE):
        scratch.take(block)
    payload = build_content(read_register(tmp_path / "data"), MapOptions()).payload
    records = {record["id"]: record for record in payload["records"]}
    communes = payload["places"]["communes"]["code"]
    assert [communes[town] for town in records["essai-denain"]["towns"]] == ["59172"]
    assert records["essai-ternois"]["basis"] == "inferred"
    assert "essai-denain" not in {record["id"] for record in before["records"]}
    looks = {each["id"]: (each["hatch"], each["line"], each["glyph"]) for each in payload["programmes"]}
    kept = {each["id"]: (each["hatch"], each["line"], each["glyph"]) for each in before["programmes"]}
    assert kept.items() <= looks.items(), "the others look as they did"
    assert set(looks) - set(kept) == {"essai"}
    assert "Contrat d’essai de Denain" in (tmp_path / "denain.md").read_text(encoding="utf-8")
    assert "Ternois" in (tmp_path / "essai.md").read_text(encoding="utf-8")


def test_the_recipe_of_a_vintage_names_each_file_in_which_the_year_stands() -> None:
    """Code only: what a sentence or an example says of the year is found by reading."""
    told = part("Take a new vintage")
    is_year = re.compile(rf"^[^#\"']*\b(?:{VINTAGE}|{VINTAGE + 1})\b", re.MULTILINE)
    found = {
        path.relative_to(ROOT).as_posix()
        for folder in ("geocontracts", "scripts")
        for path in (ROOT / folder).rglob("*.py")
        if is_year.search(re.sub(r'"""(?s:.*?)"""', "", path.read_text(encoding="utf-8")))
    }
    assert "geocontracts/places/gazetteer.py" in found
    assert [path for path in sorted(found) if f"`{path}`" not in told] == []


def test_every_file_that_the_page_names_exists() -> None:
    text = re.sub(
        r"^```.*?^```", "", (ROOT / PAGE).read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE
    )
    named = set(re.findall(r"`([\w.-]+(?:/[\w.-]+)+/?)(?:::\w+)?`", text))
    made = {"build/site/"}
    parents = (
        "",
        "client",
        "client/src",
        "geocontracts",
        "tests",
        "geocontracts/places",
        "geocontracts/webmap",
    )
    lost = [name for name in named - made if not any((ROOT / each / name).exists() for each in parents)]
    assert sorted(lost) == []


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """Return a copy of what a view needs; its packages are those of the checkout."""
    folder = tmp_path / "copie"
    for name in ("client", "geocontracts", "scripts"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns(*DOUBLES))
    (folder / "data").symlink_to(ROOT / "data")
    (folder / "client" / "node_modules").symlink_to((ROOT / "client" / "node_modules").resolve())
    return folder


@pytest.mark.thorough
def test_a_view_is_added_as_it_says(
    copied: Path, browser: Browser, tmp_path: Path, run: Callable[..., None]
) -> None:
    (change,) = [block for block in blocks(PAGE) if "apply" in block.marks]
    (tmp_path / "view.diff").write_text(change.text + "\n", encoding="utf-8")
    run("git", "apply", str(tmp_path / "view.diff"), cwd=copied)
    run(sys.executable, "scripts/build_payload_types.py", cwd=copied)
    build = copied / "client" / "build.mjs"
    wider = re.sub(r'("client\.js": )([\d_]+)', lambda at: f"{at[1]}{at[2]} + 1000", build.read_text("utf-8"))
    build.write_text(wider, encoding="utf-8")  # the decision that the page speaks of
    run("npm", "run", "--silent", "check", cwd=copied / "client")
    run("node", "build.mjs", cwd=copied / "client")
    run(sys.executable, "-m", "geocontracts", "map", "-o", str(tmp_path / "carte.html"), cwd=copied)
    page = browser.new_page(offline=True)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((tmp_path / "carte.html").as_uri())
    page.evaluate("() => window.geocontracts.ready")
    page.get_by_role("radio", name="Missions").check(force=True)
    page.get_by_text("Nombre de missions par").first.wait_for()
    assert errors == []
    page.close()


@pytest.fixture
def run() -> Callable[..., None]:
    """Return a function that runs a command in the copy, and tells what it said if it fails."""

    def running(*command: str, cwd: Path) -> None:
        root = str(cwd if (cwd / "geocontracts").exists() else cwd.parent)
        done = subprocess.run(
            command,
            cwd=cwd,
            env=os.environ | {"PYTHONPATH": root},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    return running
