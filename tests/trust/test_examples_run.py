"""Every example of the documents is run as it is written, and prints what it is shown to print."""

from __future__ import annotations

import webbrowser
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tests.trust.examples import PAGES, RUN, Scratch, agree, blocks, furnish

if TYPE_CHECKING:
    from pathlib import Path

QUICK = ("docs/demarrer.md", "docs/questions.md", "docs/api.md")  # the others are for the thorough run
ELSEWHERE = "CONTRIBUTING.md"  # tests/trust/test_contributing.py runs it, and looks at what comes of it

# Why a block is not run here, and how many of a page are not: one more is a decision.
NOT_RUN = {
    "README.md": 2,  # .ci/run runs these two as they are written
    "README.fr.md": 2,
    "CONTRIBUTING.md": 4,
    "docs/demarrer.md": 3,
    "docs/notebooks.md": 1,
    "docs/provenance.md": 1,  # tests/trust/test_licences.py runs it
    "docs/rapports.md": 1,
}
SHOWN = {("docs/rapports.md", "html"): 1}  # tests/test_docs.py compares it with what the command prints


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scratch:
    """Return a folder with the files that the examples name and do not write."""
    furnish(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(webbrowser, "open", lambda _address: True)
    return Scratch(tmp_path)


def _case(page: str) -> object:
    return page if page in QUICK else pytest.param(page, marks=pytest.mark.thorough)


@pytest.mark.parametrize("page", [_case(page) for page in PAGES if blocks(page) and page != ELSEWHERE])
def test_the_examples_of_a_page_run_as_they_are_written(page: str, scratch: Scratch) -> None:
    for block in blocks(page):
        scratch.take(block)


def test_nothing_is_passed_over_in_silence() -> None:
    every = [block for page in PAGES for block in blocks(page)]
    left = [block for block in every if "not run" in block.marks]
    assert all(len(block.marks["not run"]) > len("a reason") for block in left)
    assert Counter(block.page for block in left) == NOT_RUN
    taken = [
        block
        for block in every
        if block.language in RUN
        or block.is_output
        or {"file", "add to", "apply", "not run"} & set(block.marks)
    ]
    shown = Counter((block.page, block.language) for block in every if block not in taken)
    signatures = shown.pop(("docs/api.md", "text"))
    assert signatures > 20, "each function of docs/api.md shows how it is called"
    assert shown == SHOWN


def test_what_is_shown_is_compared() -> None:
    assert agree("Lignes lues : 3.\n…\nFin", "Lignes\u00a0lues\u202f: 3.\nune\ndeux\nFin\n")
    assert agree("Lignes lues…", "Lignes lues : 3.")
    assert not agree("Lignes lues : 4.", "Lignes lues : 3.")
    assert not agree("…\nFin", "Fin\nencore")
    assert not agree("Fin", "")
