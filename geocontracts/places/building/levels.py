"""Describe each level as a table: communes first, the levels above from them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely

from geocontracts.places.building.arcs import hilbert_order
from geocontracts.places.building.coverage import GRID_BITS, Geometries, to_degrees, union_by
from geocontracts.places.building.measures import areas_km2, label_points

LEVELS: Final = ("commune", "epci", "arrondissement", "departement", "region")

Value = str | int | float | None


@dataclass(frozen=True)
class Table:
    """The places of one level."""

    level: str
    rows: list[dict[str, Value]]
    """One row per place; the same columns in each."""
    geometry: Geometries
    """Polygons in grid units."""
    bits: int = GRID_BITS
    """Of the grid."""

    def column(self, name: str) -> list[Value]:
        """Return one column."""
        return [row[name] for row in self.rows]

    def degrees(self) -> Geometries:
        """Return the polygons in EPSG:4326."""
        return to_degrees(self.geometry, self.bits)


@dataclass(frozen=True)
class Unit:
    """What the lists say of a place above the communes."""

    code: str
    name: str
    type: str = ""
    """Kind of EPCI."""
    seat: str | None = None


def commune_table(
    rows: Sequence[dict[str, Value]],
    grid: Geometries,
    preferred: Sequence[shapely.Geometry | None],
    bits: int = GRID_BITS,
) -> Table:
    """Return the communes: regions in code order, Hilbert order inside each.

    Args:
        rows: Of each commune, what the lists say; `region` among it.
        grid: Its polygon in grid units, in the same order.
        preferred: Where its symbol stands if that is inside (a town hall), or None.
        bits: Of the grid.
    """
    degrees = to_degrees(grid, bits)
    points = label_points(degrees, preferred, bits)
    areas = areas_km2(degrees)
    order = _order([str(row["region"]) for row in rows], points)
    return Table("commune", [rows[i] | _measures(points[i], areas[i]) for i in order], grid[order], bits)


def upper_table(level: str, units: Mapping[str, Unit], communes: Table) -> Table:
    """Return a level above the communes, sorted by code.

    Each polygon is the union of those of its communes, with the same points.

    Args:
        level: {epci, arrondissement, departement, region}
        units: What the lists say, by code.
        communes: With the code of their unit in the column `level`.

    Raises:
        KeyError: A commune belongs to a unit that is not in `units`.
    """
    parents = communes.column(level)
    codes = sorted({str(code) for code in parents if code})
    place = {code: number for number, code in enumerate(codes)}
    numbers = np.array([place.get(str(code), -1) for code in parents])
    inside = numbers >= 0
    grid = union_by(communes.geometry[inside], numbers[inside], len(codes))
    degrees = to_degrees(grid, communes.bits)
    points = label_points(degrees, [None] * len(codes), communes.bits)
    areas = areas_km2(degrees)
    members: list[list[dict[str, Value]]] = [[] for _ in codes]
    for row, number in zip(communes.rows, numbers, strict=True):
        if number >= 0:
            members[number].append(row)
    rows = [
        _upper_row(level, units[code], members[i]) | _measures(points[i], areas[i])
        for i, code in enumerate(codes)
    ]
    return Table(level, rows, grid, communes.bits)


def _order(regions: Sequence[str], points: npt.NDArray[np.float64]) -> npt.NDArray[np.intp]:
    """Return the order of the communes; `points` are lon and lat by code."""
    by_region = np.array(regions)
    keys = np.arange(len(regions))
    found = []
    for region in sorted(set(regions)):
        members = np.flatnonzero(by_region == region)
        found.append(members[hilbert_order(points[members], keys[members])])
    return np.concatenate(found)


def _upper_row(level: str, unit: Unit, members: Sequence[Mapping[str, Value]]) -> dict[str, Value]:
    """Return the columns of an upper level that come from lists and members."""
    row: dict[str, Value] = {"code": unit.code, "name": unit.name}
    if level == "epci":
        row["type"] = unit.type
        row["departements"] = _most_first(members, "departement")
        row["regions"] = _most_first(members, "region")
    else:
        row["seat"] = unit.seat
        for parent in LEVELS[LEVELS.index(level) + 1 :]:
            row[parent] = members[0][parent]
    known = [m["population"] for m in members if isinstance(m["population"], int)]
    row["population"] = sum(known) if len(known) == len(members) else None
    row["communes"] = len(members)
    return row


def _most_first(members: Sequence[Mapping[str, Value]], parent: str) -> str:
    """Return the parents of the members, `;`-joined, most communes first."""
    counts = Counter(str(member[parent]) for member in members)
    return ";".join(sorted(counts, key=lambda code: (-counts[code], code)))


def _measures(point: npt.NDArray[np.float64], area: float) -> dict[str, Value]:
    """Return the columns that are measured."""
    return {
        "lon": float(point[0]),
        "lat": float(point[1]),
        "area_km2": round(float(area), 3),
    }
