"""The grid of RGAA 4.1.2 is whole, and each test that it names is there."""

from __future__ import annotations

import ast
import re
from functools import cache
from typing import TYPE_CHECKING

import pytest
from build_accessibility_page import TARGET, page

from geocontracts.webmap.accessibility import STATES, load_grid
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geocontracts.webmap.accessibility import Criterion
    from geocontracts.words import Lang

# How many criteria each topic of RGAA 4.1.2 has: a fact, from its `criteres.json`.
TOPICS = (9, 2, 3, 13, 8, 2, 5, 10, 4, 14, 13, 11, 12)
CRITERIA = load_grid().criteria
EACH = pytest.mark.parametrize("criterion", CRITERIA, ids=lambda criterion: criterion.number)


def test_every_criterion_stands_in_it_once_in_order() -> None:
    wanted = [f"{topic}.{n}" for topic, count in enumerate(TOPICS, 1) for n in range(1, count + 1)]
    assert len(wanted) == 106
    assert [criterion.number for criterion in CRITERIA] == wanted
    assert len(load_grid().topics) == len(TOPICS)
    assert sum(load_grid().count(state) for state in STATES) == 106


def french(text: str) -> bool:
    return "'" not in text and not re.search(r" [;:?!»%]|« ", text)


def said(texts: Mapping[str, str]) -> bool:
    return set(texts) == {"fr", "en"} and all(texts.values()) and french(texts["fr"])


@EACH
def test_each_has_its_tests_or_its_reason_in_both_languages(criterion: Criterion) -> None:
    assert criterion.state in STATES
    assert said(criterion.wording)
    assert not criterion.note or said(criterion.note)
    if criterion.state == "none":
        assert criterion.note, "why does it not apply?"
        assert not criterion.tests
    else:
        assert criterion.tests, "what holds it?"
    if criterion.state in {"unverified", "partly", "unmet"}:
        assert criterion.note, "what is missing?"
    assert not criterion.is_exempt or criterion.state in {"partly", "unmet"}
    assert said(criterion.elsewhere) if criterion.page else not criterion.elsewhere
    assert len(set(criterion.tests)) == len(criterion.tests)


def numbers(lang: Lang, *states: str) -> list[str]:
    return [each.number for each in load_grid().on(lang).criteria if each.state in states]


def test_what_nobody_tried_is_not_said_to_fail() -> None:
    """Screen readers and the validator of the W3C: neither has found a fault, for neither was used."""
    tried = re.compile("n’essaient")
    assert numbers("fr", "unverified") == [
        each.number for each in CRITERIA if tried.search(each.note.get("fr", ""))
    ]
    assert numbers("fr", "unverified") == ["4.13", "7.1", "7.5", "8.2"]


def test_what_one_page_lacks_is_said_of_that_page() -> None:
    assert numbers("en", "partly", "unmet") == ["3.1", "8.7", "8.8"]
    assert numbers("fr", "partly", "unmet") == ["3.1"]
    assert [each.number for each in CRITERIA if each.is_exempt] == ["3.1"]
    french = [each for each in load_grid().on("fr").criteria if each.page]
    assert {
        (each.state, each.note["fr"].startswith("La page est en français"), each.tests) for each in french
    } == {("none", True, ())}


@cache
def written(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


@cache
def functions(path: str) -> set[str]:
    """Return the tests of a file that run: none that is skipped or expected to fail."""
    found = [node for node in ast.parse(written(path)).body if isinstance(node, ast.FunctionDef)]
    return {
        node.name
        for node in found
        if node.name.startswith("test_")
        and not any(re.search(r"skip|xfail", ast.unparse(mark)) for mark in node.decorator_list)
    }


@cache
def titles(path: str) -> set[str]:
    """Return the titles of the vitest cases of a file that run."""
    return set(re.findall(r"""\bit(?:\.each\(.*?\))?\("([^"]+)",""", written(path)))


def is_there(test: str) -> bool:
    if " > " in test:
        path, _, title = test.partition(" > ")
        return path.endswith(".test.ts") and title in titles(path)
    path, _, name = test.partition("::")
    return name in functions(path)


@EACH
def test_each_test_that_it_names_is_there_and_runs(criterion: Criterion) -> None:
    assert [test for test in criterion.tests if not is_there(test)] == []


def test_what_is_not_there_is_found_out() -> None:
    assert not is_there("tests/browser/test_accessibility.py::test_nothing_of_the_kind")
    assert not is_there("client/src/map/contrast.test.ts > nothing of the kind")


def test_the_page_for_people_says_what_the_grid_says() -> None:
    assert TARGET.read_text(encoding="utf-8") == page()
