"""What the page is told: which communes, which records, how they are drawn."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest

from geocontracts.errors import UnknownPlaceError
from geocontracts.places.gazetteer import load_gazetteer
from geocontracts.records.read import read_register
from geocontracts.webmap.links import safe_link
from geocontracts.webmap.payload import MapOptions, build_content
from tests.webmap.test_chains import read_block

if TYPE_CHECKING:
    from geocontracts.webmap.contract import Entry
    from geocontracts.webmap.payload import MapContent


@cache
def content(area: str = "region:32") -> MapContent:
    return build_content(read_register(), MapOptions(area=area))


def entry(name: str) -> Entry:
    return next(record for record in content().payload["records"] if record["id"] == name)


def covered(record: Entry) -> set[str]:
    runs = record["communes"]
    codes = content().payload["places"]["communes"]["code"]
    return {
        codes[first + step]
        for first, count in zip(runs[::2], runs[1::2], strict=True)
        for step in range(count)
    }


def test_the_region_is_whole() -> None:
    places = content().payload["places"]
    assert len(places["communes"]["code"]) == 3782
    assert [place["code"] for place in places["departements"]] == ["02", "59", "60", "62", "80"]
    assert len(places["epci"]) == 92
    denain = places["communes"]["code"].index("59172")
    assert places["communes"]["name"][denain] == "Denain"
    assert places["epci"][places["communes"]["epci"][denain]]["name"] == "CA de la Porte du Hainaut"
    assert {"Seine-Maritime", "Val-d'Oise", "Ardennes"} <= {place["name"] for place in places["context"]}
    assert {mark["name"] for mark in places["marks"]} >= {"Manche", "Belgique"}


def test_every_record_is_told_once_in_order() -> None:
    told = [record["id"] for record in content().payload["records"]]
    assert told == [record.id for record in read_register().records()]


@pytest.mark.parametrize(
    ("name", "draw", "count"),
    [
        ("acv2-denain", "towns", 1),
        ("pacte-sat", "area", 310),
        ("erbm", "area", 336),
        ("cahors-hauts-de-france", "none", 0),
    ],
)
def test_how_a_record_is_drawn(name: str, draw: str, count: int) -> None:
    record = entry(name)
    assert (record["draw"], len(covered(record))) == (draw, count)


def test_what_lies_elsewhere_is_listed_and_not_drawn() -> None:
    mission = entry("mission-atelier-bassee-montois")
    assert (mission["draw"], mission["communes"]) == ("none", [])
    assert mission["elsewhere"] == ["CC Bassée-Montois (Seine-et-Marne)"]
    partly = entry("ti-vallee-bresle-somme")
    assert partly["draw"] == "area"
    assert (
        0
        < len(covered(partly))
        < len(next(p for p in content().perimeters if p.record.id == partly["id"]).communes)
    )


def test_an_operation_has_one_sign_so_that_its_amount_is_seen_once() -> None:
    operations = [record for record in content().payload["records"] if record["kind"] == "operation"]
    assert {len(record["towns"]) for record in operations if record["draw"] == "towns"} == {1}
    assert "area" not in Counter(record["draw"] for record in operations)


def test_unknown_amounts_stay_unknown() -> None:
    assert entry("erbm")["total"] is None
    assert entry("erbm")["amounts"] == []
    calais = entry("cdt-calaisis")
    assert calais["total"] == 155_000_000
    assert calais["amounts"] == [{"payer": "state", "eur": 50_000_000.0}]


def test_facts_have_the_labels_of_the_declaration() -> None:
    facts = {fact["label"]: fact["text"] for fact in entry("pacte-sat")["facts"]}
    assert facts["Communes annoncées"] == "311"
    assert facts["Population annoncée"] == "305\u202f000"
    assert "État" in facts["Signataires"]
    assert any("Bermeries" in remark for remark in entry("pacte-sat")["remarks"])


def test_the_arcs_close_around_every_commune_with_its_area() -> None:
    """Green's theorem in an equal-area projection gives the stated areas."""
    grid = content().payload["grid"]
    sizes, left, right, x, y = read_block(content().arcs, grid)
    assert len(x) == grid["points"]
    east = np.radians(x / 2 ** grid["bits"])
    north = np.sin(np.radians(y / 2 ** grid["bits"]))
    doubled = np.zeros(grid["communes"] + grid["context"] + 1)
    start = 0
    for size, one, other in zip(sizes, left, right, strict=True):
        lon, height = east[start : start + size], north[start : start + size]
        swept = float(np.sum(lon[:-1] * height[1:] - lon[1:] * height[:-1]))
        doubled[one] += swept
        doubled[other] -= swept
        start += size
    found = doubled[: grid["communes"]] / 2 * 6371.007**2
    gazetteer = load_gazetteer()
    stated = np.array([float(text) for text in gazetteer.column("area_km2", list(content().area.communes))])
    assert abs(found.sum() - stated.sum()) / stated.sum() < 0.01
    assert np.median(np.abs(found - stated) / stated) < 0.02


def test_the_looks_of_programmes_stay_apart_in_a_family() -> None:
    payload = content().payload
    for rank, family in enumerate(payload["families"]):
        looks = [(p["hatch"], p["line"], p["glyph"]) for p in payload["programmes"] if p["family"] == rank]
        assert len(set(looks)) == len(looks), family["id"]


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(("shade", "ground", "least"), [("light", "#fbfaf7", 4.5), ("dark", "#1c1e20", 4.5)])
def test_every_hue_can_be_read_on_its_ground(shade: str, ground: str, least: float) -> None:
    for family in content().payload["families"]:
        pair = sorted((luminance(family[shade]), luminance(ground)))  # type: ignore[literal-required]
        assert (pair[1] + 0.05) / (pair[0] + 0.05) >= least, family["id"]


@pytest.mark.parametrize("area", ["departement:80", "Amiens", "epci:200042190"])
def test_another_area_shows_its_own_communes(area: str) -> None:
    made = content(area)
    assert len(made.payload["places"]["communes"]["code"]) == len(made.area.communes) > 0
    assert len(made.payload["records"]) == len(content().payload["records"])


def test_an_unknown_area_is_refused_with_candidates() -> None:
    with pytest.raises(UnknownPlaceError) as caught:
        build_content(read_register(), MapOptions(area="Amienss"))
    assert "Amiens (Somme) [commune:80021]" in caught.value.text("fr")


@pytest.mark.parametrize(
    ("text", "href"),
    [
        ("https://www.cerema.fr/fr", "https://www.cerema.fr/fr"),
        ("http://www.cerema.fr", None),
        ("javascript:alert(1)", None),
        ('https://a.fr/"onclick=x', None),
        ("https://gouv.fr@evil.example/", None),
        ("https://gouv.fr@", None),
        ("https://a.fr/@carte", "https://a.fr/@carte"),
        ("https://a.fr/\u202e", None),
        ("https://a.fr/\ufffd", None),
        ("https://a.fr/\t", None),
        ("https://", None),
        ("Cerema Doc", None),
        (None, None),
    ],
)
def test_only_https_addresses_become_links(text: str | None, href: str | None) -> None:
    assert safe_link(text) == href
