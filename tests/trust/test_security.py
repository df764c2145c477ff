"""SECURITY.md: each promise names tests that exist, and nothing personal is published with it."""

from __future__ import annotations

import ast
import re
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

import pytest

from tests.conftest import ROOT
from tests.trust.collected import collect

if TYPE_CHECKING:
    from tests.trust.collected import Item

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


Target: TypeAlias = tuple[str, str]
"""A file and a test of it, or nothing for all of them."""
# `.ci/versions` names the Pythons to compare with; elsewhere there is none, and the rest of its file runs.
ELSEWHERE = {"test_every_kind_of_output_is_the_same_under_another_python"}


@pytest.fixture(scope="module")
def found() -> list[Item]:
    """Return what pytest collects of the promised tests, and of this folder."""
    promised = [path for row in promises() for path, _ in NAMED.findall(row)]
    here = (path.relative_to(ROOT).as_posix() for path in (ROOT / "tests" / "trust").glob("test_*.py"))
    return collect([*promised, *here])


@pytest.fixture(scope="module")
def collected(found: list[Item]) -> dict[Target, list[Item]]:
    """Return what pytest collects of each promised test."""
    targets = {target for row in promises() for target in NAMED.findall(row)}
    return {
        (path, test): [item for item in found if item.path == path and test in ("", item.name)]
        for path, test in targets
    }


@pytest.mark.thorough
def test_every_promised_test_is_collected_and_runs(collected: dict[Target, list[Item]]) -> None:
    """A test that is not collected, or is skipped, keeps no promise."""
    for target, items in collected.items():
        assert items, f"pytest finds nothing of {target}"
        off = {item.name for item in items if item.is_skipped} - ELSEWHERE
        assert not off, f"{target}: {off} would not run"


@pytest.mark.thorough
def test_the_page_says_which_run_holds_which(collected: dict[Target, list[Item]]) -> None:
    slow = {target for target, items in collected.items() if all(item.thorough for item in items)}
    slow = {(path, test) for path, test in slow if not test or (path, "") not in slow}
    part = PAGE.read_text(encoding="utf-8").split("\n### Which run holds which\n")[1].split("\n## ")[0]
    told = NAMED.findall(part)
    assert sorted(told) == sorted(slow)


def test_both_runs_are_those_of_ci() -> None:
    """The first commands of the README are what CI runs first."""
    steps = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert '"$python" -m pytest -m thorough' in steps
    assert any("README.md" in step and "commands" in step for step in steps)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```sh\n(.*?)\n```", readme, re.MULTILINE | re.DOTALL)
    assert any(block.splitlines()[0].endswith(" -m pytest") for block in blocks[:2])


@pytest.mark.thorough
def test_no_mark_is_there_twice(found: list[Item]) -> None:
    """A second mark hides that the first is what keeps a test out of the default run."""
    assert {f"{item.path}::{item.name}" for item in found if item.thorough > 1} == set()


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
