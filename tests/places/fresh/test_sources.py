"""What a source sends is what was asked for, or it is refused with the reason."""

from __future__ import annotations

import copy
import gzip
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from geocontracts.errors import UnknownOptionError
from geocontracts.places.fresh.checks import check_fetched
from geocontracts.places.fresh.errors import SourceError
from geocontracts.places.fresh.etalab import fetch_etalab
from geocontracts.places.fresh.fetched import Wanted
from geocontracts.places.fresh.ign import fetch_ign
from geocontracts.places.fresh.refresh import choose
from tests.places.fresh.source import (
    Answer,
    Wfs,
    collection,
    communes_of,
    epci_names,
    etalab,
    few_places,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from geocontracts.places.fresh.download import Downloader
    from geocontracts.places.fresh.fetched import Fetched
    from geocontracts.words import Message
    from tests.places.fresh.conftest import Waits
    from tests.places.fresh.source import (
        Feature,
        Server,
    )

BELFORT = Wanted("etalab", 2026, "100m", "departement:90")
BELFORT_IGN = Wanted("ign", 2026, "pe", "departement:90")
EPCI = "/2026/geojson/epci-1000m.geojson.gz"


@pytest.fixture
def belfort() -> list[Feature]:
    """Return the 101 communes of the Territoire de Belfort, to be altered at will."""
    return copy.deepcopy(communes_of("90"))


def fetched(wanted: Wanted, downloader: Downloader) -> Fetched:
    found = (fetch_ign if wanted.source == "ign" else fetch_etalab)(wanted, downloader)
    check_fetched(found, few_places())
    return found


def test_etalab_cuts_the_area_out_of_france(server: Server, downloader: Downloader) -> None:
    elsewhere = [*communes_of("90"), *communes_of("25")[:10]]
    district = copy.deepcopy(communes_of("90")[0])
    district["properties"] |= {"code": "90999", "commune": "90010"}
    saint_pierre = copy.deepcopy(district)
    saint_pierre["properties"] = {"code": "97502", "nom": "Saint-Pierre"}
    server.answer = etalab([*elsewhere, district, saint_pierre])
    found = fetched(BELFORT, downloader)
    assert len(found.communes) == 101
    assert {commune.departement for commune in found.communes} == {"90"}
    assert found.epci["200069052"] == "CA Grand Belfort"
    assert server.asked == [EPCI, "/2026/geojson/communes-100m.geojson.gz"]


def test_a_packing_that_is_undone_on_the_way(server: Server, downloader: Downloader) -> None:
    """A server may send a `.gz` file as an encoding, whatever it was asked to accept."""
    files = etalab(communes_of("90"))
    server.answer = lambda path: replace(files(path), headers={"Content-Encoding": "gzip"})
    assert len(fetched(BELFORT, downloader).communes) == 101
    server.answer = lambda path: replace(files(path), headers={"Content-Encoding": "gzip"}, cut=2000)
    with pytest.raises(SourceError, match="the answer stopped"):
        fetched(BELFORT, downloader)


def test_ign_is_counted_and_paged(server: Server, downloader: Downloader, heard: list[Message]) -> None:
    downloader.settings = downloader.settings.__class__(ign=server.base, page=40, requests_per_second=1e9)
    server.answer = Wfs(communes_of("90"), most=40)
    found = fetched(BELFORT_IGN, downloader)
    assert len(found.communes) == 101
    pages = [path for path in server.asked if "commune" in path and "STARTINDEX" in path]
    assert [path.split("STARTINDEX=")[1] for path in pages] == ["0&COUNT=40", "40&COUNT=40", "80&COUNT=40"]
    assert all(path.count("TYPENAMES=ADMINEXPRESS-COG-CARTO-PE.2026%3A") == 1 for path in server.asked)
    assert "CQL_FILTER=code_insee_du_departement%3D%2790%27" in pages[0]
    assert heard[-1].text("fr").endswith("commune\u00a0: 101 objets sur 101.")


def test_ign_may_give_less_than_a_page(server: Server, downloader: Downloader) -> None:
    server.answer = Wfs(communes_of("90"), most=30)
    assert len(fetched(BELFORT_IGN, downloader).communes) == 101


def test_ign_tells_several_epci(server: Server, downloader: Downloader, belfort: list[Feature]) -> None:
    belfort[0]["properties"]["epci"] = "200069052/200069060"
    belfort[1]["properties"]["epci"] = ["200069052", "200069060"]
    server.answer = Wfs(belfort)
    communes = fetched(BELFORT_IGN, downloader).communes
    assert [commune.epci for commune in communes[:2]] == [("200069052", "200069060")] * 2


@pytest.mark.parametrize(
    ("wfs", "said"),
    [
        (lambda all_: Wfs(all_, lie=3), "counts 104 features and sends 101"),
        (lambda all_: Wfs(all_, lie=-3), "counts 98 features and sends 101"),
        (lambda all_: Wfs(all_, most=60, repeat=True), "counts 101 features and sends 120"),
        (lambda all_: Wfs(all_[:50] * 2, most=50, repeat=True), "there twice: 90"),
        (lambda all_: Wfs(all_, lie=-101), "0 features, which cannot be"),
        (lambda all_: Wfs(all_, lie=10**9), "features, which cannot be"),
        (lambda all_: Wfs(all_, prefix="ADMINEXPRESS-COG-CARTO-PE.2025"), "the server answers 400"),
        (lambda all_: Wfs(all_[3:]), "98 communes received, 3 missing"),
    ],
)
def test_ign_that_lies_is_refused(
    wfs: Callable[[list[Feature]], Wfs], said: str, server: Server, downloader: Downloader
) -> None:
    server.answer = wfs(communes_of("90"))
    with pytest.raises(SourceError, match=said):
        fetched(BELFORT_IGN, downloader)


def test_a_count_that_is_a_web_page(server: Server, downloader: Downloader) -> None:
    page = b"<!doctype html><title>Identifiez-vous</title>"
    server.answer = lambda _: Answer(page)
    with pytest.raises(SourceError, match=r"does not say how many features it has .answer: “<!doctype html>"):
        fetched(BELFORT_IGN, downloader)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<!doctype html><title>Identifiez-vous</title>", "this is no gzip file .it begins “b'<!doctype"),
        (
            gzip.compress(b"<!doctype html>"),
            "no whole GeoJSON collection .character 0, near “<!doctype html>",
        ),
        (gzip.compress(collection(epci_names()))[:-9], "the gzip file is cut"),
        (gzip.compress(collection(epci_names())[:-300]), "no whole GeoJSON collection"),
        (gzip.compress(collection(epci_names()) + b"]"), "no whole GeoJSON collection"),
        (gzip.compress(collection(epci_names()).replace(b"Collection", b"Choses")), "no whole GeoJSON"),
        (gzip.compress(b'{"type": "FeatureCollection", "features": [1]}'), "no whole GeoJSON collection"),
        (gzip.compress(b'{"type": "FeatureCollection", "features": [{}]}'), "feature 1: the property"),
        (gzip.compress(b'{"features": [' + b"[" * 100_000), "no whole GeoJSON collection"),
        (gzip.compress(b"\xff\xfe"), "no whole GeoJSON collection"),
        (b"", "the gzip file is cut"),
    ],
    ids=lambda value: value if isinstance(value, str) else "sent",  # packed bytes hold the time
)
def test_etalab_that_sends_something_else(
    content: bytes, said: str, server: Server, downloader: Downloader
) -> None:
    server.answer = lambda _: Answer(content)
    with pytest.raises(SourceError, match=said) as told:
        fetched(BELFORT, downloader)
    assert f"{server.base}{EPCI}" in str(told.value)


def test_a_small_file_that_unpacks_to_a_large_one(server: Server, downloader: Downloader) -> None:
    settings = downloader.settings
    downloader.settings = settings.__class__(etalab=server.base, largest_text=10_000_000)
    server.answer = lambda _: Answer(gzip.compress(b" " * 50_000_000))
    with pytest.raises(SourceError, match="more than 10 MB"):
        fetched(BELFORT, downloader)


SQUARE = {
    "type": "Polygon",
    "coordinates": [[[6.8, 47.6], [6.9, 47.6], [6.9, 47.7], [6.8, 47.7], [6.8, 47.6]]],
}


@pytest.mark.parametrize(
    ("altered", "said"),
    [
        ({"nom": None}, "feature 1: the property “nom” is missing"),
        ({"nom": 7}, "feature 1: the property “nom” is missing"),
        ({"code": "9O001"}, "property “code”: “9O001” is no code"),
        ({"code": 90001}, "the property “code” is missing, empty, or no text. Properties found: code, dep"),
        ({"epci": "CC"}, "property “epci”: “CC” is no code"),
        ({"epci": "12345"}, "property “epci”: “12345” is no code"),
        ({"epci": "999999999"}, r"codes without a name \(level epci\): 999999999"),
        ({"region": "33"}, r"codes without a name \(level region\): 33"),
        ({"code": "90002"}, "there twice: 90002"),
        ({"code": "90998", "nom": "Nulle-Part"}, r"not those of 2026: Nulle-Part \(90998\)"),
        ({"geometry": None}, "feature 1, Andelnans .90001.: the outline is empty or no area"),
        ({"geometry": {"type": "Point", "coordinates": [6.8, 47.6]}}, "the outline is empty or no area"),
        ({"geometry": {"type": "Polygon", "coordinates": "x"}}, "the outline is empty or no area"),
        ({"geometry": {"type": "Polygon", "coordinates": []}}, "the outline is empty or no area"),
        (
            {
                "geometry": {
                    "type": "Polygon",
                    "coordinates": [[[6.8, 47.6], [6.9, 47.6], [6.8, 47.6], [6.8, 47.6]]],
                }
            },
            "the outline is empty or no area",
        ),
        ({"geometry": {"type": "Nimbus"}}, "the outline is empty or no area"),
        (
            {"geometry": {"type": "Polygon", "coordinates": [[[y, x] for x, y in SQUARE["coordinates"][0]]]}},
            r"far from where they are known to be: Andelnans \(90001\)",
        ),
    ],
    ids=str,
)
def test_a_commune_that_is_wrong(
    altered: dict[str, object],
    said: str,
    server: Server,
    downloader: Downloader,
    belfort: list[Feature],
) -> None:
    belfort.sort(key=lambda feature: str(feature["properties"]["code"]))
    geometry = altered.pop("geometry", belfort[0]["geometry"])
    belfort[0] |= {"properties": belfort[0]["properties"] | altered, "geometry": geometry}
    server.answer = etalab(belfort)
    with pytest.raises(SourceError, match=said):
        fetched(BELFORT, downloader)


def test_a_renamed_property_is_told_with_those_that_are_there(
    server: Server, downloader: Downloader, belfort: list[Feature]
) -> None:
    for feature in belfort:
        feature["properties"]["codeEpci"] = feature["properties"].pop("epci")
    server.answer = etalab(belfort)
    with pytest.raises(
        SourceError, match=r"“epci” is missing.*found: code, codeEpci, departement, nom, region"
    ):
        fetched(BELFORT, downloader)


def test_missing_communes_are_named(server: Server, downloader: Downloader, belfort: list[Feature]) -> None:
    server.answer = etalab([f for f in belfort if f["properties"]["nom"] not in ("Belfort", "Delle")])
    with pytest.raises(SourceError, match=r"99 .*received, 2 missing: Belfort \(90010\), Delle \(90033\)"):
        fetched(BELFORT, downloader)


def test_communes_outside_the_area(server: Server, downloader: Downloader) -> None:
    wfs = Wfs([*communes_of("90"), *communes_of("25")[:1]])
    server.answer = lambda path: wfs(path.replace("CQL_FILTER", "X"))
    with pytest.raises(SourceError, match="sends communes outside departement:90: 25"):
        fetched(BELFORT_IGN, downloader)


def test_an_empty_area(server: Server, downloader: Downloader) -> None:
    server.answer = etalab(communes_of("25")[:5])
    with pytest.raises(SourceError, match="sends no commune for departement:90"):
        fetched(BELFORT, downloader)


def test_a_commune_that_has_ended_tells_an_older_vintage(server: Server, downloader: Downloader) -> None:
    """Saraz went into Eternoz in 2025: whoever still has it in 2027 sends the list of 2024 or before."""
    wanted = Wanted("etalab", 2027, "100m", "departement:25")
    doubs = copy.deepcopy(communes_of("25"))
    doubs.append(copy.deepcopy(doubs[0]))
    doubs[-1]["properties"] |= {"code": "25533", "nom": "Saraz"}
    server.answer = etalab(doubs, year=2027)
    with pytest.raises(SourceError, match=r"not those of 2027: Saraz \(25533\)"):
        fetched(wanted, downloader)


def test_an_older_vintage_has_the_communes_that_have_ended_since(
    server: Server, downloader: Downloader
) -> None:
    wanted = Wanted("etalab", 2021, "100m", "departement:25")
    server.answer = etalab(communes_of("25"), year=2021)
    with pytest.raises(SourceError, match=r"\(2021\).*10 missing: Châtillon-sur-Lison \(25134\), Goux"):
        fetched(wanted, downloader)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"detail": "10m"}, "etalab has no detail “10m”. Details: 1000m, 100m, 50m, 5m"),
        ({"source": "ign", "detail": "100m"}, "Details: pe, carto, full"),
        ({"vintage": 2019}, "Give a year from 2021 on"),
        ({"source": "ign", "vintage": 2024}, "Give a year from 2025 on"),
        ({"vintage": 20266}, "cannot be brought"),
        ({"area": "arrondissement:021"}, "neither a région nor a département"),
    ],
)
def test_what_cannot_be_asked_for(asked: dict[str, str], said: str) -> None:
    with pytest.raises(UnknownOptionError, match=said):
        choose(**asked)  # type: ignore[arg-type]


def test_areas_are_places() -> None:
    assert choose(area="Hauts-de-France").area == "region:32"
    assert choose(area="Corse-du-Sud").area == "departement:2A"
    assert choose(area="france").area == choose().area == ""
    assert choose("ign").detail == "pe"


def test_waits_are_those_of_the_server(server: Server, downloader: Downloader, waits: Waits) -> None:
    wfs, busy = Wfs(communes_of("90")), iter([429, 400])

    def answer(path: str) -> Answer:
        status = next(busy, 0) if "commune" in path else 0
        return (
            Answer(status=status, headers={"Retry-After": "4"} if status == 429 else {})
            if status
            else wfs(path)
        )

    server.answer = answer
    assert len(fetched(BELFORT_IGN, downloader).communes) == 101
    assert waits.asked == [4.0, 2.0]
