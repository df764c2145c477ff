"""The built reference geography: complete, valid, and the same in every file."""

from __future__ import annotations

import gzip
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geocontracts.places.boundaries import unite

if TYPE_CHECKING:
    from numpy.typing import NDArray

BOUNDARIES = Path(__file__).parents[2] / "data" / "boundaries"
UPPER = {
    "epci": "epci",
    "arrondissement": "arrondissements",
    "departement": "departements",
    "region": "regions",
}


def rows(name: str) -> list[dict[str, str]]:
    lines = gzip.decompress((BOUNDARIES / name).read_bytes()).decode().splitlines()
    header = lines[0].split("\t")
    return [dict(zip(header, line.split("\t"), strict=True)) for line in lines[1:]]


@cache
def table(name: str) -> gpd.GeoDataFrame:
    return gpd.read_parquet(BOUNDARIES / f"{name}.parquet")


@cache
def arcs() -> dict[str, NDArray[np.int64]]:
    """Decode all chunks of the topology, points in grid units."""
    with np.load(BOUNDARIES / "topology.npz") as pack:
        chunks = [*pack["region_codes"].tolist(), "borders"]
        found = {
            name: np.concatenate([pack[f"{chunk}.{name}"].astype(np.int64) for chunk in chunks])
            for name in ("sizes", "left", "right")
        }
        for axis in "xy":
            parts = [np.cumsum(pack[f"{chunk}.d{axis}"], dtype=np.int64) for chunk in chunks]
            found[axis] = np.concatenate(parts)
        found["grid"] = pack["grid"]
        found["regions"] = pack["regions"]
        return found


def sides_of_arcs() -> NDArray[np.int64]:
    """Return (commune, x, y, next x, next y) of each edge with its commune on the left."""
    topology = arcs()
    arc = np.repeat(np.arange(len(topology["sizes"])), topology["sizes"])
    here = np.flatnonzero(arc[:-1] == arc[1:])
    a = np.column_stack([topology["x"][here], topology["y"][here]])
    b = np.column_stack([topology["x"][here + 1], topology["y"][here + 1]])
    left, right = topology["left"][arc[here]], topology["right"][arc[here]]
    both = np.vstack([np.column_stack([left, a, b]), np.column_stack([right, b, a])])
    return both[both[:, 0] >= 0]


def sides_of_polygons() -> NDArray[np.int64]:
    """Return the same from the polygons, interiors on the left."""
    polygons = shapely.orient_polygons(table("communes").geometry.to_numpy())
    parts, commune = shapely.get_parts(polygons, return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    points = points * 2.0 ** int(arcs()["grid"])
    here = np.flatnonzero(ring[:-1] == ring[1:])
    whole = points.astype(np.int64)
    assert np.array_equal(whole, points)
    return np.column_stack([commune[part][ring[here]], whole[here], whole[here + 1]])


def in_order(edges: NDArray[np.int64]) -> NDArray[np.int64]:
    return edges[np.lexsort(edges.T)]


def test_every_commune_has_a_polygon() -> None:
    communes = table("communes")
    assert len(communes) == 34_875
    assert communes.crs == "EPSG:4326"
    assert communes["code"].is_unique
    assert not (communes.geometry.isna() | communes.geometry.is_empty).any()
    assert (communes["area_km2"] > 0).all()


def test_hauts_de_france_counts() -> None:
    communes = gpd.read_parquet(BOUNDARIES / "communes.parquet", filters=[("region", "==", "32")])
    assert len(communes) == 3_782
    assert communes["epci"].nunique() == 92
    assert set(communes["departement"]) == {"02", "59", "60", "62", "80"}
    epci = table("epci")
    assert epci["regions"].str.split(";").map(lambda codes: "32" in codes).sum() == 92


def test_what_merged_in_2025_is_covered() -> None:
    """The source's newest shapes lack these; Pargny-Filain holds Filain's 5 km²."""
    communes = table("communes").set_index("code")
    land = shapely.coverage_union_all(communes.geometry.to_numpy())
    holes = [shapely.Polygon(ring) for part in shapely.get_parts(land) for ring in part.interiors]
    wide = [hole for hole in holes if hole.area > 0.0002]
    assert len(wide) == 1, "Llívia alone is a hole; the rest is water"
    assert shapely.Point(1.98, 42.466).within(wide[0])
    assert communes.loc["02589", "area_km2"] == pytest.approx(9.72, abs=0.1)
    assert shapely.Point(2.045, 50.36).within(communes.loc["62447"].geometry)


@pytest.mark.parametrize(("level", "name"), UPPER.items())
def test_upper_levels_are_unions_of_their_communes(level: str, name: str) -> None:
    communes, upper = table("communes"), table(name).set_index("code")
    members = communes.groupby(level)
    assert set(members.groups) == set(upper.index)
    assert list(upper.index) == sorted(upper.index)
    for code, group in members:
        union = unite(group.geometry.to_numpy())
        assert shapely.equals_identical(canonical(union), canonical(upper.loc[code].geometry))
        assert len(group) == upper.loc[code, "communes"]
    assert (members["population"].sum() == upper["population"]).all()
    assert np.allclose(members["area_km2"].sum(), upper["area_km2"], atol=0.0006 * 5000, rtol=1e-6)


def canonical(polygon: shapely.Geometry) -> shapely.Geometry:
    return shapely.orient_polygons(shapely.normalize(polygon))


def test_areas_are_true() -> None:
    regions = table("regions").set_index("code")["area_km2"]
    assert regions["32"] == pytest.approx(31_948, rel=0.005)
    assert regions["94"] == pytest.approx(8_722, rel=0.01)
    metropole = regions[[code for code in regions.index if code > "06"]].sum()
    assert metropole == pytest.approx(549_000, rel=0.01)


@pytest.mark.thorough
def test_arcs_give_back_every_polygon_vertex_for_vertex() -> None:
    assert np.array_equal(in_order(sides_of_arcs()), in_order(sides_of_polygons()))


def test_arcs_rebuild_polygons_with_holes_and_parts() -> None:
    topology, communes = arcs(), table("communes").geometry.to_numpy()
    starts = np.cumsum(topology["sizes"]) - topology["sizes"]
    holed = shapely.get_num_interior_rings(shapely.get_parts(communes))
    _, owner = shapely.get_parts(communes, return_index=True)
    odd = set(owner[holed > 0]) | set(np.flatnonzero(shapely.get_num_geometries(communes) > 1))
    for number in sorted(odd)[::5]:
        mine = np.flatnonzero((topology["left"] == number) | (topology["right"] == number))
        lines = [
            np.column_stack([topology[axis][starts[arc] :][: topology["sizes"][arc]] for axis in "xy"])
            for arc in mine
        ]
        area = shapely.build_area(shapely.multilinestrings([shapely.linestrings(p) for p in lines]))
        assert area.equals(scaled(communes[number]))


def scaled(polygon: shapely.Geometry) -> shapely.Geometry:
    return shapely.transform(polygon, lambda points: points * 2.0 ** int(arcs()["grid"]))


def test_arcs_are_chains_with_a_commune_on_the_left() -> None:
    topology = arcs()
    assert (topology["sizes"] >= 2).all()
    assert (topology["left"] >= 0).all()
    assert (topology["left"] != topology["right"]).all()
    first, counts = topology["regions"].T
    assert counts.sum() == 34_875
    assert np.array_equal(first, np.cumsum(counts) - counts)


def test_one_order_of_communes_everywhere() -> None:
    communes, places = table("communes"), rows("places.tsv.gz")
    codes = communes["code"].tolist()
    assert [row["code"] for row in places[:34_875]] == codes
    assert {row["level"] for row in places[:34_875]} == {"commune"}
    assert list(communes["region"]) == sorted(communes["region"])
    levels = [row["level"] for row in places]
    assert list(dict.fromkeys(levels)) == ["commune", *UPPER]


def test_places_and_tables_say_the_same() -> None:
    places = {(row["level"], row["code"]): row for row in rows("places.tsv.gz")}
    for level, name in {"commune": "communes", **UPPER}.items():
        for row in table(name).itertuples():
            place = places[level, row.code]
            assert place["name"] == row.name
            assert int(place["population"]) == row.population
            assert float(place["lon"]) == pytest.approx(row.lon, abs=6e-6)
            assert float(place["area_km2"]) == row.area_km2
    assert len(places) == sum(len(table(name)) for name in ("communes", *UPPER.values()))


@pytest.mark.parametrize(
    ("name", "code", "kind", "successors"),
    [
        ("CC de Flandre Intérieure", "200040947", "renamed", "200040947"),
        ("Saint-Pol-sur-Mer", "59540", "associated", "59183"),
        ("Filain", "02311", "merged", "02589"),
        ("Berzy-le-Sec", "02077", "merged", "02564"),
        ("Conques-en-Rouergue", "12076", "recoded", "12218"),
        ("Les Trois Lacs", "27058", "recoded", "27676"),
        ("Neussargues en Pinatelle", "15141", "split", "15031;15035;15047;15141;15171"),
        ("Essarts en Bocage", "85084", "split", "85084;85165;85212"),
        ("CC Centre Morbihan Communauté", "200067221", "split", "200096683;200096675"),
        ("Briey", "541", "renamed", "541"),
        ("Marseille 1er Arrondissement", "13201", "district", "13055"),
    ],
)
def test_history_leads_to_today(name: str, code: str, kind: str, successors: str) -> None:
    (row,) = (r for r in rows("history.tsv.gz") if (r["name"], r["code"]) == (name, code))
    assert (row["kind"], row["successors"]) == (kind, successors)


def test_flandre_interieure_is_now_coeur_de_flandre() -> None:
    (row,) = (r for r in rows("places.tsv.gz") if r["code"] == "200040947")
    assert row["name"] == "CA Coeur de Flandre"


def test_every_history_row_ends_in_places_of_today() -> None:
    today = {(row["level"], row["code"]) for row in rows("places.tsv.gz")}
    names = {(row["level"], row["code"], row["name"]) for row in rows("places.tsv.gz")}
    history = rows("history.tsv.gz")
    for row in history:
        successors = row["successors"].split(";")
        assert {(row["level"], code) for code in successors} <= today, row
        assert (row["level"], row["code"], row["name"]) not in names
        assert 2019 <= int(row["first"]) <= int(row["last"]) <= 2026
        assert (len(successors) > 1) == (row["kind"] == "split")
    assert len({(r["level"], r["code"], r["name"]) for r in history}) == len(history)


def test_districts_lead_to_their_city() -> None:
    found: dict[str, int] = {}
    for row in rows("history.tsv.gz"):
        if row["kind"] == "district":
            found[row["successors"]] = found.get(row["successors"], 0) + 1
    assert found == {"75056": 20, "13055": 16, "69123": 9}


def test_the_folder_is_small() -> None:
    assert sum(file.stat().st_size for file in BOUNDARIES.iterdir()) <= 8_000_000
