"""SECURITY.md: each promise names tests that exist, and nothing personal is published with it."""

from __future__ import annotations

import ast
import re
from functools import cache

import pytest

from tests.conftest import ROOT

PAGE = ROOT / "SECURITY.md"
NAMED = re.compile(r"`(tests/[\w/.-]+\.py)(?:::(\w+))?`")


def promises() -> list[str]:
    """Return the rows of the table of promises."""
    part = PAGE.read_text(encoding="utf-8").split("\n## What is promised\n")[1].split("\n## ")[0]
    return [line for line in part.splitlines() if line.startswith("| ")][2:]


@cache
def defined_in(path: str) -> frozenset[str]:
    """Return the tests of a file; none where it does not exist."""
    file = ROOT / path
    if not file.exists():
        return frozenset()
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return frozenset(
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    )


@pytest.mark.parametrize("row", promises(), ids=lambda row: row.split("|")[1].strip()[:40])
def test_a_promise_names_tests_that_exist(row: str) -> None:
    named = NAMED.findall(row)
    assert named, "a promise without a test is a wish"
    for path, test in named:
        assert defined_in(path), f"{path} has no test"
        assert not test or test in defined_in(path), f"{path} has no test {test}"


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "docs/accessibilite.md", "docs/securite.md"])
def test_tests_that_other_pages_name_exist(name: str) -> None:
    for path, test in NAMED.findall((ROOT / name).read_text(encoding="utf-8")):
        assert (ROOT / path).exists(), path
        assert not test or test in defined_in(path), f"{path}::{test}"


def test_a_name_that_does_not_exist_is_noticed() -> None:
    assert defined_in("tests/trust/test_of_nothing.py") == frozenset()
    assert "test_a_name_that_does_not_exist_is_noticed" in defined_in("tests/trust/test_security.py")


def test_nobody_s_address_is_published() -> None:
    for name in ("SECURITY.md", "CONTRIBUTING.md", "docs/securite.md"):
        assert not re.search(r"[\w.+-]+@[\w-]+\.\w", (ROOT / name).read_text(encoding="utf-8"))


def test_the_report_is_private_and_both_languages_say_so() -> None:
    for name in ("SECURITY.md", "docs/securite.md"):
        assert "Report a vulnerability" in (ROOT / name).read_text(encoding="utf-8")
