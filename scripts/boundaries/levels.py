"""Describe each level as a table: communes first, the levels above from them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from boundaries.coverage import Geometries, to_degrees, union_by
from boundaries.measures import areas_km2, label_points
from boundaries.sources import Shape, Unit, Vintage
from boundaries.topology import hilbert_order

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

    def column(self, name: str) -> list[Value]:
        """Return one column."""
        return [row[name] for row in self.rows]

    def degrees(self) -> Geometries:
        """Return the polygons in EPSG:4326."""
        return to_degrees(self.geometry)


def commune_table(vintage: Vintage, shapes: Sequence[Shape], codes: Sequence[str], grid: Geometries) -> Table:
    """Return the communes: regions in code order, Hilbert order inside each.

    Args:
        vintage: Lists of the reference year.
        shapes: Rows of the same year, for the position of the town halls.
        codes: Code of each commune.
        grid: Its polygon in grid units, in the same order.
    """
    halls = {s.code: s.town_hall for s in shapes if s.kind == "COM"}
    degrees = to_degrees(grid)
    points = label_points(degrees, [halls.get(code) for code in codes])
    areas = areas_km2(degrees)
    units = vintage.current
    groups = {m["code"]: e["code"] for e in vintage.epci for m in e["membres"]}
    order = _order([units[code]["region"] for code in codes], points)
    rows = [
        _commune_row(units[codes[i]], groups.get(codes[i])) | _measures(points[i], areas[i]) for i in order
    ]
    return Table("commune", rows, grid[order])


def upper_table(level: str, vintage: Vintage, communes: Table) -> Table:
    """Return a level above the communes, sorted by code.

    Each polygon is the union of those of its communes, with the same points.
    """
    units = {unit["code"]: unit for unit in _units(level, vintage)}
    parents = communes.column(level)
    codes = sorted({str(code) for code in parents if code})
    place = {code: number for number, code in enumerate(codes)}
    numbers = np.array([place.get(str(code), -1) for code in parents])
    inside = numbers >= 0
    grid = union_by(communes.geometry[inside], numbers[inside], len(codes))
    degrees = to_degrees(grid)
    points = label_points(degrees, [None] * len(codes))
    areas = areas_km2(degrees)
    members: list[list[dict[str, Value]]] = [[] for _ in codes]
    for row, number in zip(communes.rows, numbers, strict=True):
        if number >= 0:
            members[number].append(row)
    rows = [
        _upper_row(level, units[code], members[i]) | _measures(points[i], areas[i])
        for i, code in enumerate(codes)
    ]
    return Table(level, rows, grid)


def _order(regions: Sequence[str], points: npt.NDArray[np.float64]) -> npt.NDArray[np.intp]:
    """Return the order of the communes; `points` are lon and lat by code."""
    by_region = np.array(regions)
    keys = np.arange(len(regions))
    found = []
    for region in sorted(set(regions)):
        members = np.flatnonzero(by_region == region)
        found.append(members[hilbert_order(points[members], keys[members])])
    return np.concatenate(found)


def _commune_row(unit: Unit, epci: str | None) -> dict[str, Value]:
    """Return the columns of a commune that come from the lists."""
    return {
        "code": unit["code"],
        "name": unit["nom"],
        "epci": epci,
        "arrondissement": unit.get("arrondissement") or None,
        "departement": unit["departement"],
        "region": unit["region"],
        "population": unit.get("population"),
        "siren": unit.get("siren"),
        "postcodes": ";".join(sorted(unit.get("codesPostaux", []))) or None,
    }


def _upper_row(level: str, unit: Unit, members: Sequence[Mapping[str, Value]]) -> dict[str, Value]:
    """Return the columns of an upper level that come from lists and members."""
    row: dict[str, Value] = {"code": unit["code"], "name": unit["nom"]}
    if level == "epci":
        row["type"] = unit["type"]
        row["departements"] = _most_first(members, "departement")
        row["regions"] = _most_first(members, "region")
    else:
        row["seat"] = unit.get("chefLieu")
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


def _units(level: str, vintage: Vintage) -> list[Unit]:
    """Return the list of an upper level."""
    return {
        "epci": vintage.epci,
        "arrondissement": vintage.arrondissements,
        "departement": vintage.departements,
        "region": vintage.regions,
    }[level]
