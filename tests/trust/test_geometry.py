"""The ground of every figure: all communes of France and each level above them, whole and once."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pyproj
import pytest
import shapely

from geocontracts.places.boundaries import load_boundaries
from geocontracts.places.gazetteer import LEVELS, load_gazetteer
from geocontracts.places.territories import METROPOLE, OVERSEAS, territory_of

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from geocontracts.places.gazetteer import Level
    from geocontracts.places.territories import Territory

pytestmark = pytest.mark.thorough  # with every check in CI: the default run is kept short

UPPER: tuple[Level, ...] = ("epci", "arrondissement", "departement", "region")
COUNTS = {"commune": 34_875, "epci": 1_255, "arrondissement": 333, "departement": 101, "region": 18}

# INSEE's own count of communes on 1 January 2026, by the DROM and Corse; the rest is the mainland.
ISLANDS = {"971": 32, "972": 34, "973": 22, "974": 24, "976": 17, "2A": 124, "2B": 236}
NO_EPCI = {"22016", "29083", "29155", "85113"}  # islands of one commune, which the law leaves alone
WITHOUT = {"epci": NO_EPCI, "arrondissement": {"976"}}  # Mayotte has no arrondissement

# Degrees that hold a territory and no other one: left, bottom, right, top.
WORLD = {
    "FR": (-5.2, 41.3, 9.6, 51.1),
    "971": (-61.9, 15.8, -60.9, 16.6),
    "972": (-61.3, 14.3, -60.7, 15.0),
    "973": (-54.7, 2.1, -51.6, 5.8),
    "974": (55.2, -21.4, 55.9, -20.8),
    "976": (45.0, -13.1, 45.4, -12.6),
}
# Official areas in km² (IGN, without inland waters of the sea): the source is generalised to 200 m.
AREAS = {"FR": 549_000, "971": 1_635, "972": 1_100, "973": 83_500, "974": 2_508, "976": 374}

# What the union of all communes leaves open: a point inside, m², and what it is.
HOLES = [
    (1.9815, 42.4661, 12_980_000, "Llívia, which is Spanish"),
    (-1.2290, 49.3088, 96_000, "the harbour of Carentan-les-Marais, in the baie des Veys"),
    (-3.2440, 48.7860, 53_000, "the Jaudy and the Guindy, tidal at Tréguier"),
    (-3.2486, 48.7885, 46_000, "the Guindy below Plouguiel"),
    (5.1184, 43.5099, 32_000, "a pool on the shore of Berre-l’Étang"),
    (-3.2526, 48.7867, 21_000, "the Guindy again, upstream"),
    (-2.2214, 48.5407, 17_000, "the Arguenon, tidal below Plancoët"),
]
# Pieces under 1,000 m² beside the rest of their commune: a rock or a bank at sea and on the frontier;
# inland (51549, 74209, 74260, 74288, 77016, 85238) a tip whose neck is thinner than a step of the grid.
CRUMB = 1_000
CRUMBS = {
    "05077", "06138", "51549", "56086", "56143", "56241", "74209", "74260", "74288", "77016", "83069",
    "85238", "97120",
}  # fmt: skip


@cache
def table(level: Level) -> gpd.GeoDataFrame:
    return load_boundaries(level)


@cache
def legal_areas(level: Level) -> NDArray[np.float64]:
    """Return the area of each place in m², in the projection that the law sets for its territory."""
    places, areas = table(level), np.zeros(len(table(level)))
    shapes, at = places.geometry.to_numpy(), territories(level)
    for each in (METROPOLE, *OVERSEAS):
        here = at == each.code
        areas[here] = shapely.area(projected(shapes[here], each))
    return areas


def projected(shapes: NDArray[np.object_], territory: Territory) -> NDArray[np.object_]:
    to = pyproj.Transformer.from_crs(4326, territory.crs, always_xy=True)
    moved: NDArray[np.object_] = shapely.transform(shapes, lambda p: np.column_stack(to.transform(*p.T)))
    return moved


def territories(level: Level) -> NDArray[np.str_]:
    """Return the code of the territory of each place; a place of two would have failed before."""
    communes = table("commune")
    own = np.array([territory_of(code).code for code in communes["departement"]])
    if level == "commune":
        return own
    first = dict(zip(communes[level], own, strict=True))
    return np.array([first[code] for code in table(level).index])


@pytest.mark.parametrize("level", LEVELS)
def test_a_level_is_a_valid_coverage_of_places_that_are_there(level: Level) -> None:
    shapes = table(level).geometry.to_numpy()
    assert len(shapes) == COUNTS[level]
    assert not (shapely.is_missing(shapes) | shapely.is_empty(shapes)).any()
    assert set(shapely.get_type_id(shapes)) <= {3, 6}, "polygons, single or multiple"
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes), "no two overlap, no border has two courses"
    assert table(level).index.is_unique
    assert not (table(level)["name"] == "").any()
    assert table(level)["population"].notna().all()


def test_every_place_lies_in_its_own_part_of_the_world() -> None:
    for level in LEVELS:
        bounds, at = shapely.bounds(table(level).geometry.to_numpy()), territories(level)
        for code, (left, bottom, right, top) in WORLD.items():
            box = bounds[at == code]
            assert (box[:, 0] > left).all(), (level, code)
            assert (box[:, 1] > bottom).all(), (level, code)
            assert (box[:, 2] < right).all(), (level, code)
            assert (box[:, 3] < top).all(), (level, code)


def test_points_that_stand_for_places_lie_inside() -> None:
    for level in LEVELS:
        places = table(level)
        inside = shapely.contains_xy(places.geometry.to_numpy(), places["lon"], places["lat"])
        assert inside.all(), (level, list(places.index[~inside]))


def test_each_commune_has_one_parent_of_each_level_or_is_a_told_exception() -> None:
    communes = table("commune")
    for level in UPPER:
        parents = communes[level]
        lacking = communes[parents.isna() | (parents == "")]
        told = WITHOUT.get(level, set())
        assert all(code in told or row.departement in told for code, row in lacking.iterrows()), level
        assert len(lacking) == {"epci": 4, "arrondissement": ISLANDS["976"]}.get(level, 0)
        assert set(parents.dropna()) == set(table(level).index), "no parent without communes, none unknown"
    counted = communes["departement"].value_counts()
    assert {code: counted[code] for code in ISLANDS} == ISLANDS


def test_parents_of_parents_agree_with_those_of_communes() -> None:
    """An arrondissement lies in one département, that in one region, and its communes say the same."""
    for level, above in (
        ("arrondissement", "departement"),
        ("arrondissement", "region"),
        ("departement", "region"),
    ):
        said = table("commune").dropna(subset=[level]).groupby(level)[above].unique()
        assert {code: list(found) for code, found in said.items()} == {
            code: [found] for code, found in table(level)[above].items()
        }
    for level, above in (("departement", "departements"), ("region", "regions")):
        said = table("commune").dropna(subset=["epci"]).groupby("epci")[level].unique()
        told = table("epci")[above].str.split(";")
        assert {code: set(found) for code, found in said.items()} == {
            c: set(found) for c, found in told.items()
        }


def test_codes_are_those_of_their_level_and_begin_as_their_departement_does() -> None:
    shapes = {"commune": r"\d[\dAB]\d{3}", "epci": r"\d{9}", "arrondissement": r"\d[\dAB]\d|97\d\d"}
    shapes |= {"departement": r"\d[\dAB]|97\d", "region": r"\d\d"}
    for level in LEVELS:
        assert table(level).index.str.fullmatch(shapes[level]).all(), level
    for level in ("commune", "arrondissement"):
        places = table(level)
        assert all(code.startswith(own) for code, own in places["departement"].items())


def test_tables_and_gazetteer_hold_the_same_codes_names_and_people() -> None:
    gazetteer = load_gazetteer()
    for level in LEVELS:
        told = [(place.code, place.name, place.population) for place in gazetteer.of_level(level)]
        places = table(level)
        assert told == list(zip(places.index, places["name"], places["population"], strict=True)), level


@pytest.mark.parametrize("level", UPPER)
def test_areas_and_people_of_a_parent_are_the_sum_of_its_communes(level: Level) -> None:
    """In m² of the legal projection: the same points, so only the rounding of a sum may differ."""
    communes = table("commune").assign(square=legal_areas("commune"))
    sums = communes.groupby(level)[["square", "population"]].sum()
    upper = table(level)
    assert list(sums.index) == list(upper.index)
    off = np.abs(sums["square"].to_numpy() - legal_areas(level))
    assert off.max() < 0.1, (upper.index[off.argmax()], off.max())
    assert (sums["population"] == upper["population"]).all()


def test_territories_have_the_areas_that_the_atlas_gives() -> None:
    areas, at = legal_areas("commune") / 1e6, territories("commune")
    assert areas.min() > 0.01, "the smallest commune, Castelmoron-d’Albret, has 3.5 ha on the ground"
    for code, known in AREAS.items():
        assert areas[at == code].sum() == pytest.approx(known, rel=0.025), code


def test_the_only_holes_of_the_land_are_those_that_are_told() -> None:
    """So no département, EPCI or region has a gap: each hole of one is filled by others, or is listed."""
    land = shapely.coverage_union_all(table("commune").geometry.to_numpy())
    rings = [ring for part in shapely.get_parts(land) for ring in part.interiors]
    holes = np.array([shapely.Polygon(ring) for ring in rings])
    assert len(holes) == len(HOLES)
    sizes = shapely.area(projected(holes, METROPOLE))
    found = [int(shapely.distance(holes, shapely.Point(lon, lat)).argmin()) for lon, lat, *_ in HOLES]
    assert sorted(found) == list(range(len(HOLES)))
    for hole, (_, _, size, what) in zip(found, HOLES, strict=True):
        assert sizes[hole] == pytest.approx(size, rel=0.03), what


def test_no_commune_is_a_sliver_and_the_few_crumbs_are_told() -> None:
    """A sliver is thinner than the grid that all lines were set on; a crumb is a piece of a commune."""
    shapes = table("commune").geometry.to_numpy()
    assert (shapely.area(shapes) / shapely.length(shapes) * 111_000).min() > 20
    parts, owner = shapely.get_parts(shapes, return_index=True)
    at = territories("commune")[owner]
    sizes = np.zeros(len(parts))
    for each in (METROPOLE, *OVERSEAS):
        sizes[at == each.code] = shapely.area(projected(parts[at == each.code], each))
    small = sizes < CRUMB
    assert set(table("commune").index[owner[small]]) == CRUMBS
    assert sizes[small].sum() < 3_000, "m² in all"
