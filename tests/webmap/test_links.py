"""What a page calls the addresses that it leads to."""

from __future__ import annotations

import pytest

from geocontracts.records.read import read_register
from geocontracts.webmap.links import named_link
from geocontracts.webmap.payload import MapOptions, build_content

CEREMA = "https://www.cerema.fr"


@pytest.mark.parametrize(
    ("address", "fr", "en"),
    [
        (CEREMA, "Site www.cerema.fr", "Website www.cerema.fr"),
        (f"{CEREMA}/", "Site www.cerema.fr", "Website www.cerema.fr"),
        (
            f"{CEREMA}/docs/rapport.PDF",
            "Document docs/rapport.PDF, site www.cerema.fr",
            "Document docs/rapport.PDF, website www.cerema.fr",
        ),
        (
            f"{CEREMA}/rapport.pdf?page=3#fin",
            "Document rapport.pdf?page=3#fin, site www.cerema.fr",
            "Document rapport.pdf?page=3#fin, website www.cerema.fr",
        ),
        (
            f"{CEREMA}/fr/ateliers/",
            "Page fr/ateliers, site www.cerema.fr",
            "Page fr/ateliers, website www.cerema.fr",
        ),
        (f"{CEREMA}?id=3.pdf", "Page ?id=3.pdf, site www.cerema.fr", "Page ?id=3.pdf, website www.cerema.fr"),
    ],
)
def test_a_link_says_where_it_leads(address: str, fr: str, en: str) -> None:
    assert named_link(address, "fr") == {"text": fr, "href": address}
    assert named_link(address, "en") == {"text": en, "href": address}


@pytest.mark.parametrize(
    "text", ["http://a.fr", "Cerema Doc", "https://gouv.fr@evil.example/", "javascript:x"]
)
def test_what_leads_nowhere_stays_as_it_is_written(text: str) -> None:
    assert named_link(text, "fr") == {"text": text, "href": None}


def test_the_links_of_missions_are_named() -> None:
    content = build_content(read_register(), MapOptions())
    shown = [link for record in content.payload["records"] for link in record["links"]]
    assert {"text": "Cerema Doc", "href": None} in shown
    assert [link for link in shown if link["href"]] == [{"text": "Site www.cerema.fr", "href": CEREMA}] * 2
    english = build_content(read_register(), MapOptions(lang="en")).payload
    links = [link for record in english["records"] for link in record["links"]]
    assert {link["text"] for link in links if link["href"]} == {"Website www.cerema.fr"}
