"""The ground of a map: the communes of an area, the départements beside it, their arcs."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, hypot
from typing import TYPE_CHECKING, Literal

from geocontracts.places.gazetteer import load_gazetteer
from geocontracts.places.territories import territories_of
from geocontracts.places.topology import Arcs, load_arcs
from geocontracts.webmap.chains import block_of
from geocontracts.webmap.insets import Apart, place_insets
from geocontracts.webmap.surroundings import marks_within

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from geocontracts.places.area import Area
    from geocontracts.places.gazetteer import Gazetteer, Place
    from geocontracts.webmap.contract import Alias, Communes, Context, Grid, Group, Places
    from geocontracts.webmap.insets import Bounds
    from geocontracts.words import Lang

LONGEST_DEGREE = 111_700
"""Metres, those of a degree of a meridian at the poles; no degree anywhere is longer."""
_MARGIN = 0.2  # of the width and height of the area, in which neighbours are shown
_COARSE_STEP = 4  # of the arcs beside the area, one point in four is enough
_PAGE_BITS = 13  # the page's grid: 14 m north, 9 m east; the source is generalised to 200 m
_LARGE_BITS = 12  # that of a large area: 27 m north, 19 m east, a pixel where the page is closest
_LARGE = 10_000  # communes, more than which make an area large
_COARSE_FROM = 12  # points, below which an arc keeps them all


@dataclass(frozen=True)
class Ground:
    """What the page is told of places, and its block of arcs (see `contract.Grid`)."""

    grid: Grid
    places: Places
    block: bytes


def build_ground(area: Area, lang: Lang) -> Ground:
    """Return the ground of an area, with the départements around it as context."""
    gazetteer = load_gazetteer()
    context = _neighbours(area, gazetteer)
    regions = set(gazetteer.column("region", list(area.communes)))
    arcs = _of_units(load_arcs(regions), area, context, gazetteer)
    grid = _grid(arcs, area, context)
    return Ground(grid, _places(area, context, gazetteer, grid, lang), block_of(arcs))


def tolerance_of(bits: int) -> int:
    """Return how many metres a border may stand from where the boundaries in use have it.

    That is half a step of the grid, north and east at once: 10 m on the page of a region, 20 m on
    that of France. The départements beside an area are drawn with a quarter of their points, and
    promise nothing.
    """
    return ceil(hypot(LONGEST_DEGREE, LONGEST_DEGREE) / (1 << bits + 1))


def _neighbours(area: Area, gazetteer: Gazetteer) -> list[Place]:
    """Return the départements, by code, with a commune in the frame around a territory of the area."""
    if len(area.communes) == gazetteer.commune_count:
        return []
    everyone = range(gazetteer.commune_count)
    departements = gazetteer.column("departement", list(everyone))
    lon, lat = ([float(text) for text in gazetteer.column(name, list(everyone))] for name in ("lon", "lat"))
    beyond = [number for number in everyone if number not in area.numbers]
    codes = {""}
    for communes in territories_of(area.communes, gazetteer).values():
        x, y = [lon[number] for number in communes], [lat[number] for number in communes]
        wide, high = (max(x) - min(x)) * _MARGIN + 0.1, (max(y) - min(y)) * _MARGIN + 0.1
        left, right, bottom, top = min(x) - wide, max(x) + wide, min(y) - high, max(y) + high
        codes.update(
            departements[number]
            for number in beyond
            if left <= lon[number] <= right and bottom <= lat[number] <= top
        )
    return [place for code in sorted(codes) if (place := gazetteer.get("departement", code))]


def _of_units(arcs: Arcs, area: Area, context: list[Place], gazetteer: Gazetteer) -> Arcs:
    """Number the sides as units of the page, drop what lies inside one unit, thin the context."""
    import numpy as np

    unit = np.full(gazetteer.commune_count + 1, -1, np.int64)  # the last one answers for -1
    for rank, place in enumerate(context):
        unit[gazetteer.communes_of(place)] = len(area.communes) + rank
    unit[list(area.communes)] = np.arange(len(area.communes))
    left, right = unit[arcs.left], unit[arcs.right]
    inside = ((left >= 0) & (left < len(area.communes))) | ((right >= 0) & (right < len(area.communes)))
    sided = Arcs(arcs.bits, arcs.sizes, left, right, arcs.x, arcs.y)
    bits = _LARGE_BITS if len(area.communes) > _LARGE else _PAGE_BITS
    return sided.kept(left != right, _fine_points(arcs, inside)).coarsened(bits)


def _fine_points(arcs: Arcs, inside: NDArray[np.bool_]) -> NDArray[np.bool_]:
    import numpy as np

    starts, points = arcs.starts(), len(arcs.x)
    of_arc = np.repeat(np.arange(len(arcs.sizes)), arcs.sizes)
    rank = np.arange(points) - starts[of_arc]
    last = rank == arcs.sizes[of_arc] - 1
    whole = inside[of_arc] | (arcs.sizes[of_arc] < _COARSE_FROM)
    points_kept: NDArray[np.bool_] = whole | last | (rank % _COARSE_STEP == 0)
    return points_kept


def _grid(arcs: Arcs, area: Area, context: list[Place]) -> Grid:
    """Return how the block is read, and where each territory of the area is drawn."""
    import numpy as np

    territories = territories_of(area.communes)
    number = {each: rank for rank, each in enumerate(territories)}
    of_unit = np.full(len(area.communes) + len(context) + 1, -1, np.int64)  # the last one answers for -1
    rank = {commune: unit for unit, commune in enumerate(area.communes)}
    for each, communes in territories.items():
        of_unit[[rank[commune] for commune in communes]] = number[each]
    of_arc = np.maximum(of_unit[arcs.left], of_unit[arcs.right])
    of_point = np.repeat(of_arc, arcs.sizes)
    bounds = [_bounds(arcs, of_point == index) for index in range(len(territories))]
    apart = [Apart(each.code, each.name, bounds[number[each]]) for each in [*territories][1:]]
    insets = place_insets(bounds[0], apart, arcs.bits)
    return {
        "bits": arcs.bits,
        "arcs": len(arcs.sizes),
        "points": len(arcs.x),
        "communes": len(area.communes),
        "context": len(context),
        "bounds": _around([bounds[0], *(inset["frame"] for inset in insets)]),
        "tolerance": tolerance_of(arcs.bits),
        "insets": insets,
    }


def _around(boxes: Sequence[Bounds]) -> Bounds:
    left, bottom, right, top = zip(*boxes, strict=True)
    return min(left), min(bottom), max(right), max(top)


def _bounds(arcs: Arcs, points: NDArray[np.bool_]) -> Bounds:
    x, y = arcs.x[points], arcs.y[points]
    return int(x.min()), int(y.min()), int(x.max()), int(y.max())


def _places(area: Area, context: list[Place], gazetteer: Gazetteer, grid: Grid, lang: Lang) -> Places:
    scale = 2 ** grid["bits"]
    numbers = list(area.communes)
    levels = ("epci", "arrondissement", "departement")
    parents = {level: gazetteer.column(level, numbers) for level in levels}
    codes = {level: sorted({code for code in parents[level] if code}) for level in levels}
    rank = {level: {code: number for number, code in enumerate(codes[level])} for level in levels}
    populations = gazetteer.column("population", numbers)
    departements = _existing("departement", codes["departement"], gazetteer)
    regions = sorted({place.region[0] for place in departements})
    communes: Communes = {
        "code": gazetteer.column("code", numbers),
        "name": gazetteer.column("name", numbers),
        "epci": [rank["epci"].get(code, -1) for code in parents["epci"]],
        "arrondissement": [rank["arrondissement"].get(code, -1) for code in parents["arrondissement"]],
        "departement": [rank["departement"].get(code, -1) for code in parents["departement"]],
        "population": [int(text) if text else None for text in populations],
        "x": [round(float(text) * scale) for text in gazetteer.column("lon", numbers)],
        "y": [round(float(text) * scale) for text in gazetteer.column("lat", numbers)],
    }
    return {
        "communes": communes,
        "epci": [_group(place, scale) for place in _existing("epci", codes["epci"], gazetteer)],
        "arrondissements": [
            _group(place, scale) for place in _existing("arrondissement", codes["arrondissement"], gazetteer)
        ],
        "departements": [_group(place, scale) for place in departements],
        "regions": [_group(place, scale) for place in _existing("region", regions, gazetteer)],
        "region": [regions.index(place.region[0]) for place in departements],
        "aliases": _aliases(area, rank["epci"], gazetteer),
        "context": [_context(place, gazetteer, scale) for place in context],
        "marks": marks_within(grid, lang),
    }


def _aliases(area: Area, epci: dict[str, int], gazetteer: Gazetteer) -> list[Alias]:
    """Return the earlier names that lead to one commune or EPCI of the area."""
    communes = {code: rank for rank, code in enumerate(gazetteer.column("code", list(area.communes)))}
    found: list[Alias] = []
    for old in gazetteer.former():
        ranks = communes if old.level == "commune" else epci
        if old.level in ("commune", "epci") and len(old.successors) == 1 and old.successors[0] in ranks:
            level: Literal["commune", "epci"] = "epci" if old.level == "epci" else "commune"
            found.append({"name": old.name, "level": level, "index": ranks[old.successors[0]]})
    return found


def _existing(level: str, codes: list[str], gazetteer: Gazetteer) -> list[Place]:
    return [place for code in codes if (place := gazetteer.get(level, code))]


def _group(place: Place, scale: int) -> Group:
    return {
        "code": place.code,
        "name": place.name,
        "population": place.population,
        "x": round(place.lon * scale),
        "y": round(place.lat * scale),
    }


def _context(place: Place, gazetteer: Gazetteer, scale: int) -> Context:
    region = gazetteer.get("region", place.region[0]) if place.region else None
    return {
        "code": place.code,
        "name": place.name,
        "region": region.name if region else "",
        "x": round(place.lon * scale),
        "y": round(place.lat * scale),
    }
