"""Criteria of RGAA looked at by ourselves, state by state: what axe finds is one witness, this is another.

Each state is opened once; what is wrong in it is gathered by criterion, and each test reads its own.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pytest

from tests.browser.test_accessibility import STATES, about, commune, filtered, folded, share, table

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page

Found: TypeAlias = "dict[str, list[str]]"

CHOSEN = (
    "start",
    "record",
    "unfolded",
    "broken-link",
    "dark",
    "amounts",
    "crossed",
    "phone-crossed",
    "phone-place",
)
# What can be seen together is looked at together.
TOGETHER: dict[str, tuple[str, tuple[Callable[[Page], None], ...]]] = {
    "full": ("start", (commune, filtered, table)),
    "full-dark": ("dark", (commune, filtered, table)),
    "folded-about": ("start", (folded, about)),
    "share-dark": ("dark", (share,)),
}

LOOK = Path(__file__).with_name("criteria.js").read_text(encoding="utf-8")


def tree(page: Page) -> list[str]:
    """Return what takes the focus and is handed to assistive technology without a name, or without a role."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    taking = [
        node
        for node in nodes
        if not node.get("ignored")
        and any(each["name"] == "focusable" and each["value"].get("value") for each in node["properties"])
        and node["role"]["value"] not in {"RootWebArea", "dialog"}
    ]
    assert len(taking) > 3
    return [
        f"{node['role']['value']}: {node['name'].get('value', '')!r}"
        for node in taking
        if not node["name"].get("value", "").strip() or node["role"]["value"] in {"generic", "none"}
    ]


@pytest.fixture(scope="module")
def found(region_page: Path, browser: Browser) -> dict[str, Found]:
    """Return what is wrong, by state and criterion."""
    alone = {name: (name, (STATES[name][1],)) for name in CHOSEN}
    told: dict[str, Found] = {}
    for name, (start, parts) in (alone | TOGETHER).items():
        options = STATES[start][0]
        size = {"width": options["width"], "height": options["height"]}
        rest = {key: value for key, value in options.items() if key not in size}
        context = browser.new_context(
            viewport=size,  # type: ignore[arg-type]
            locale="fr-FR",
            offline=True,
            reduced_motion="reduce",
            **rest,  # type: ignore[arg-type]
        )
        page = context.new_page()
        page.goto(region_page.as_uri())
        page.evaluate("() => window.geocontracts.ready")
        for act in parts:
            act(page)
        page.wait_for_timeout(200)
        told[name] = page.evaluate(LOOK) | {"tree": tree(page)}
        context.close()
    return told


def wrong(found: dict[str, Found], *criteria: str) -> list[str]:
    return [
        f"{state}: {each}"
        for state, told in found.items()
        for name in criteria
        for each in told.get(name, [])
    ]


@pytest.mark.thorough
def test_every_text_contrasts_with_the_ground_that_it_is_painted_on(found: dict[str, Found]) -> None:
    assert wrong(found, "contrast") == []


@pytest.mark.thorough
def test_every_field_has_a_label_that_stays(found: dict[str, Found]) -> None:
    assert wrong(found, "field") == []


@pytest.mark.thorough
def test_long_lists_of_choices_are_grouped(found: dict[str, Found]) -> None:
    assert wrong(found, "choices") == []


@pytest.mark.thorough
def test_every_button_has_a_name_that_holds_what_stands_on_it(found: dict[str, Found]) -> None:
    assert wrong(found, "button", "spoken") == []


@pytest.mark.thorough
def test_every_link_leads_somewhere_and_says_where(found: dict[str, Found]) -> None:
    assert wrong(found, "link") == []


@pytest.mark.thorough
def test_lists_are_lists_of_items(found: dict[str, Found]) -> None:
    assert wrong(found, "list") == []


@pytest.mark.thorough
def test_what_is_hidden_is_hidden_from_all_and_no_order_is_forced(found: dict[str, Found]) -> None:
    assert wrong(found, "hidden", "order") == []


@pytest.mark.thorough
def test_no_tag_is_empty_or_there_for_its_looks(found: dict[str, Found]) -> None:
    assert wrong(found, "tags") == []


@pytest.mark.thorough
def test_nothing_is_timed_or_starts_by_itself(found: dict[str, Found]) -> None:
    assert wrong(found, "time") == []


@pytest.mark.thorough
def test_what_takes_the_focus_has_name_role_and_state_in_the_tree_of_the_browser(
    found: dict[str, Found],
) -> None:
    assert wrong(found, "tree", "state", "status") == []
