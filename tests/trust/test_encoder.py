"""What the page is told of borders, read back as its client does: within the tolerance, and whole."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pyproj
import pytest
import shapely

from geocontracts.places.area import find_area
from geocontracts.places.boundaries import load_boundaries
from geocontracts.places.gazetteer import load_gazetteer
from geocontracts.places.topology import Arcs, load_arcs
from geocontracts.webmap.ground import build_ground
from tests.webmap.test_chains import read_block

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geocontracts.places.area import Area
    from geocontracts.webmap.contract import Places

pytestmark = pytest.mark.thorough  # with every check in CI: the default run is kept short

SPHEROID = pyproj.Geod(ellps="GRS80")
# One region of the north, the island, Guyane, where a degree of longitude is longest, and France.
REGIONS = ["region:32", "region:94", "region:03"]
AREAS = [*REGIONS, "france"]
STATED = {"region:32": 10, "region:94": 10, "region:03": 10, "france": 20}


@dataclass(frozen=True)
class Told:
    """The borders of an area as the boundaries have them, and as the page has them."""

    area: Area
    source: Arcs
    page: Arcs
    places: Places
    tolerance: int
    """Metres, as the page states them."""

    def degrees(self, arcs: Arcs) -> NDArray[np.float64]:
        """Return longitudes and latitudes."""
        return np.column_stack([arcs.x, arcs.y]) / 2.0**arcs.bits


@cache
def told(name: str) -> Told:
    area = find_area(name)
    ground = build_ground(area, "fr")
    sizes, *columns = read_block(ground.block, ground.grid)
    count = len(area.communes)
    page = Arcs(ground.grid["bits"], np.array(sizes), *columns)
    source = load_arcs(set(load_gazetteer().column("region", list(area.communes))))
    unit = np.full(load_gazetteer().commune_count + 1, -1)
    unit[list(area.communes)] = np.arange(count)
    sides = Arcs(source.bits, source.sizes, unit[source.left], unit[source.right], source.x, source.y)
    return Told(area, of_area(sides, count), of_area(page, count), ground.places, ground.grid["tolerance"])


def of_area(arcs: Arcs, count: int) -> Arcs:
    """Return the arcs with a commune of the area on a side; what lies beyond it is nobody."""
    left, right = (np.where(side < count, side, -1) for side in (arcs.left, arcs.right))
    known = Arcs(arcs.bits, arcs.sizes, left, right, arcs.x, arcs.y)
    return known.kept((left >= 0) | (right >= 0))


def arc_of_point(arcs: Arcs) -> NDArray[np.int64]:
    return np.repeat(np.arange(len(arcs.sizes)), arcs.sizes)


def edges(arcs: Arcs) -> tuple[NDArray[np.int64], ...]:
    """Return the unit and both ends of each edge, once for each side, the unit on the left."""
    arc = arc_of_point(arcs)
    here = np.flatnonzero(arc[:-1] == arc[1:])
    a, b = (np.column_stack([arcs.x[at], arcs.y[at]]) for at in (here, here + 1))
    unit = np.concatenate([arcs.left[arc[here]], arcs.right[arc[here]]])
    inside = unit >= 0
    return unit[inside], np.vstack([a, b])[inside], np.vstack([b, a])[inside]


def areas(arcs: Arcs, count: int) -> NDArray[np.float64]:
    """Return the area inside the borders of each unit, in square steps of the grid."""
    unit, a, b = edges(arcs)
    turned = (a[:, 0] * b[:, 1] - b[:, 0] * a[:, 1]) / 2
    return np.bincount(unit, turned, count).astype(np.float64)


def holds(arcs: Arcs, units: NDArray[np.int64], points: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Say of each point whether its unit holds it, by the even-odd rule, as the client fills."""
    unit, a, b = edges(arcs)
    order = np.argsort(unit, kind="stable")
    first, last = np.searchsorted(unit[order], units), np.searchsorted(unit[order], units, "right")
    asked = np.repeat(np.arange(len(units)), last - first)
    rank = np.arange(len(asked)) - np.repeat(np.cumsum(last - first) - (last - first), last - first)
    edge = order[first[asked] + rank]
    (ax, ay), (bx, by), (x, y) = a[edge].T, b[edge].T, points[asked].T
    across = (ay > y) != (by > y)
    step = np.where(by == ay, 1, by - ay)
    crossed = across & (x < ax + (y - ay) / step * (bx - ax))
    inside: NDArray[np.bool_] = np.bincount(asked, crossed, len(units)) % 2 == 1
    return inside


@pytest.mark.parametrize("name", AREAS)
def test_no_point_of_a_border_moves_by_more_than_is_stated(name: str) -> None:
    """Every vertex of the boundaries against the one that the page draws in its stead, on the spheroid."""
    both = told(name)
    source, page = both.source, both.page
    assert both.tolerance == STATED[name]
    assert np.array_equal(page.left, source.left)
    assert np.array_equal(page.right, source.right)
    farthest = farthest_of(both)
    assert farthest <= STATED[name]
    assert farthest > STATED[name] / 2, "a bound that is far off would promise nothing"


def farthest_of(both: Told) -> float:
    """Return how many metres the vertex that moved farthest was moved."""
    here, there = both.degrees(both.source), both.degrees(both.page)[drawn_as(both.source, both.page)]
    *_, metres = SPHEROID.inv(*here.T, *there.T)
    return float(metres.max())


def drawn_as(source: Arcs, page: Arcs) -> NDArray[np.int64]:
    """Return which point of the page stands for each of the source: arcs are walked side by side.

    What falls on the point before it in the same arc is not said again, but for the end of an arc.
    """
    step = 2 ** (source.bits - page.bits)
    x, y = (np.floor(axis / step + 0.5) for axis in (source.x, source.y))
    arc = arc_of_point(source)
    anew = np.ones(len(x), np.bool_)
    anew[1:] = (x[1:] != x[:-1]) | (y[1:] != y[:-1]) | (arc[1:] != arc[:-1])
    anew[np.cumsum(source.sizes) - 1] = True
    assert np.array_equal(np.bincount(arc, anew).astype(int), page.sizes)
    return np.cumsum(anew) - 1


@pytest.mark.parametrize("name", AREAS)
def test_every_commune_keeps_its_ground_and_its_neighbours(name: str) -> None:
    both = told(name)
    count = len(both.area.communes)
    assert set(np.concatenate([both.page.left, both.page.right]).tolist()) - {-1} == set(range(count))
    was = areas(both.source, count) / 4.0 ** (both.source.bits - both.page.bits)
    now = areas(both.page, count)
    assert (now > 0).all(), "no commune collapses or turns inside out"
    share = np.abs(now / was - 1)
    assert share.max() < (0.16 if name == "france" else 0.01), "Castelmoron-d’Albret has two hectares"
    assert np.median(share) < (2e-3 if name == "france" else 1e-3)
    assert now.sum() == pytest.approx(was.sum(), rel=1e-5), "the land as a whole neither grows nor shrinks"


@pytest.mark.parametrize("name", AREAS)
def test_a_point_farther_from_borders_than_the_tolerance_stays_in_its_commune(name: str) -> None:
    """Three points in the frame of each commune: where the boundaries hold it, so does the page."""
    both = told(name)
    shapes = load_boundaries("commune").geometry.to_numpy()[list(both.area.communes)]
    draw = np.random.default_rng(20_260_101)
    left, bottom, right, top = shapely.bounds(shapes).T
    units = np.repeat(np.arange(len(shapes)), 3)
    share = draw.random((2, len(units)))
    x = left[units] + share[0] * (right - left)[units]
    y = bottom[units] + share[1] * (top - bottom)[units]
    degree = 111_000 * np.cos(np.radians(y))
    points = shapely.points(x, y)
    far = shapely.distance(shapely.boundary(shapes)[units], points) * degree > STATED[name]
    inside = shapely.contains_xy(shapes[units], x, y)
    assert far.mean() > 0.9
    for arcs in (both.source, both.page):
        held = holds(arcs, units, np.column_stack([x, y]) * 2.0**arcs.bits)
        assert np.array_equal(held[far], inside[far])


@pytest.mark.parametrize("name", AREAS)
def test_the_point_of_a_commune_is_drawn_in_it(name: str) -> None:
    """On the page of France, eight town halls at a border fall beside it: by less than the tolerance."""
    both = told(name)
    communes, units = both.places["communes"], np.arange(len(both.area.communes))
    points = np.column_stack([communes["x"], communes["y"]]).astype(float)
    inside = holds(both.page, units, points)
    assert (~inside).sum() == (8 if name == "france" else 0)
    shapes = load_boundaries("commune").geometry.to_numpy()[list(both.area.communes)][~inside]
    off = shapely.distance(shapes, shapely.points(points[~inside] / 2.0**both.page.bits)) * 111_700
    assert (off <= STATED[name]).all()
