"""What a notebook is given of a map: the page whole, in a frame, and a sentence behind it."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from geocontracts.webmap.folium_map import ContractMap
from geocontracts.webmap.framing import frame
from geocontracts.webmap.payload import MapOptions

TITLE = "Contrats territoriaux — Hauts-de-France"


class Read(HTMLParser):
    """The elements of a markup with their attributes, and its text."""

    def __init__(self, markup: str) -> None:  # noqa: D107
        super().__init__()
        self.found: dict[str, dict[str, str | None]] = {}
        self.text = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: D102
        self.found[tag] = dict(attrs)

    def handle_data(self, data: str) -> None:  # noqa: D102
        self.text += data


@pytest.fixture(scope="module")
def shown() -> ContractMap:
    return ContractMap()


def test_the_frame_holds_the_page_to_the_letter_and_nothing_else(shown: ContractMap) -> None:
    markup = shown._repr_html_()
    read = Read(markup)
    assert read.found["iframe"]["srcdoc"] == shown.page()
    assert set(read.found) == {"div", "p", "iframe"}, "no script stands in the notebook itself"
    assert "\n" not in markup, "a blank line would end it in a Markdown document"
    assert markup == shown._repr_html_() == ContractMap()._repr_html_()
    assert len(markup) < 1.1 * len(shown.page())


def test_the_frame_is_named_as_wide_as_its_cell_and_cut_off(shown: ContractMap) -> None:
    found = Read(shown._repr_html_()).found
    assert found["iframe"]["title"] == TITLE
    assert "allow-same-origin" not in (found["iframe"]["sandbox"] or "allow-same-origin")
    assert "width:100%;height:640px" in (found["iframe"]["style"] or "")
    assert "height:420px" in ContractMap(height=420)._repr_html_()


def test_where_frames_are_taken_away_a_sentence_is_left(shown: ContractMap) -> None:
    said = Read(shown._repr_html_()).text
    assert said.startswith(f"Ici se trouve la carte interactive «\u00a0{TITLE}\u00a0»")
    assert "exécutez-le" in said
    english = ContractMap(options=MapOptions(lang="en"))
    assert "run it, or ask its author" in Read(english._repr_html_()).text


def test_where_only_text_is_shown_the_map_says_what_it_is(shown: ContractMap) -> None:
    assert repr(shown) == repr(ContractMap()), "no address of the memory"
    assert repr(shown).startswith(f"Carte «\u00a0{TITLE}\u00a0». Contrats, missions et opérations\u00a0:")


def test_a_title_cannot_leave_its_place() -> None:
    title = '"><script>window.hit = 1</script>&amp; \ud800'
    read = Read(frame("<p>page</p>", title=title, lang="fr", height="10px"))
    assert read.found["iframe"]["title"] == title.replace("\ud800", "?")
    assert set(read.found) == {"div", "p", "iframe"}
    assert title.replace("\ud800", "?") in read.text
