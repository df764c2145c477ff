"""Each value that stands in the markup of a page is escaped where it stands; every page has its policy."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from geocontracts.outputs.sheets.document import Line
from geocontracts.outputs.sheets.html import _line
from geocontracts.records.read import read_register
from geocontracts.webmap.page import Additions, render_page
from geocontracts.webmap.payload import MapOptions, build_content

if TYPE_CHECKING:
    from geocontracts.webmap.payload import MapContent

HOSTILE = '"><b onclick=x()>&'
ESCAPED = "&quot;&gt;&lt;b onclick=x()&gt;&amp;"


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> MapContent:
    """Return a map of one contract of which each text of the head is hostile."""
    path = tmp_path_factory.mktemp("list") / "liste.csv"
    path.write_text("Intitulé,Dispositif,Commune\nContrat,acv,Arras\n", encoding="utf-8")
    made = build_content(read_register(path), MapOptions(area="Arras"))
    told = {"title": HOSTILE, "subtitle": HOSTILE, "generator": HOSTILE}
    return replace(made, payload={**made.payload, **told})  # type: ignore[typeddict-item]


def head_of(page: bytes) -> str:
    """Return what stands before the scripts and styles, and the element that holds the page."""
    text = page.decode("utf-8")
    return text.partition("<style>")[0] + "".join(re.findall('<div id="geocontracts"[^\\n]*', text))


def test_no_value_of_the_head_leaves_its_place(content: MapContent) -> None:
    head = head_of(render_page(content))
    assert "<b " not in head
    assert f'<meta name="description" content="{ESCAPED}">' in head
    assert f'<meta name="generator" content="{ESCAPED}">' in head
    assert f"<title>{ESCAPED}</title>" in head


def test_the_name_of_the_map_stays_in_its_attribute(content: MapContent) -> None:
    head = head_of(render_page(content, map_name=HOSTILE))
    assert f' data-map-name="{ESCAPED}"' in head
    assert "<b " not in head


def test_a_mention_and_its_address_stay_in_the_link(content: MapContent) -> None:
    page = render_page(content, statement=HOSTILE, mention=HOSTILE).decode("utf-8")
    link = re.findall('<a class="gc-statement".*', page)
    assert len(link) == 1
    assert link[0].startswith(f'<a class="gc-statement" href="{ESCAPED}" target="_blank" rel="noopener ')
    assert link[0].endswith(f">{ESCAPED}</a>")


def test_only_what_folium_adds_leaves_a_page_without_its_policy(content: MapContent) -> None:
    """A name for the map brings no script: it takes nothing from the policy."""
    policy = re.compile('<meta http-equiv="Content-Security-Policy" content="[^"]+">')
    plain = policy.findall(render_page(content).decode("utf-8"))
    assert len(plain) == 1
    assert policy.findall(render_page(content, map_name="map_1").decode("utf-8")) == plain
    assert not policy.findall(render_page(content, additions=Additions(body="<p>")).decode("utf-8"))


def test_a_link_of_a_sheet_tells_nobody_where_it_was_followed() -> None:
    made = _line(Line("Bilan <b>", "plain", "https://www.nord.gouv.fr/?a=1&b=2"))
    assert made == '<a href="https://www.nord.gouv.fr/?a=1&amp;b=2" rel="noreferrer">Bilan &lt;b&gt;</a>'
    assert _line(Line("Bilan", "plain", "https://gouv.fr@evil.example/")) == "Bilan"
