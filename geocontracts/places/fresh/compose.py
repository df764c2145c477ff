"""Make the tables of a set: the communes that were fetched, with the rest of France as it is bundled.

What a source lacks (population, arrondissement, postcodes, SIREN) comes from the
bundled places where the code and the ground are the same. A commune that has
absorbed others has their populations and postcodes too; one whose ground was
parted has none that is known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geocontracts.places.building import coverage, levels
from geocontracts.places.fresh.errors import SourceError
from geocontracts.places.fresh.succession import find_ground
from geocontracts.places.names import epci_key_of, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geocontracts.places.building.coverage import Geometries
    from geocontracts.places.building.levels import Table, Value
    from geocontracts.places.fresh.features import Commune
    from geocontracts.places.fresh.fetched import Fetched
    from geocontracts.places.fresh.reference import Reference, Row
    from geocontracts.places.fresh.succession import Ground

_NEAR_DEG = 0.01  # around the area: bundled communes whose border is fitted to it
_SEAM_DEG = 0.004  # two sources generalise one border apart by less than this
GRID_BITS: Mapping[str, int] = {"5m": 18, "full": 18, "carto": 18, "50m": 17}
"""Grids finer than that of the bundled set (2**-15 degree, 3 m): 2**-18 is 40 cm."""


@dataclass(frozen=True)
class Composed:
    """Tables of all levels, communes first; codes whose EPCI could not be told; the ground's changes."""

    tables: list[Table]
    ground: Ground
    unclear_epci: list[str]


def compose(fetched: Fetched, reference: Reference) -> Composed:
    """Return the tables of the set.

    Raises:
        SourceError: the shapes do not make a valid coverage.
    """
    kept = _rest(fetched, reference)
    bits = GRID_BITS.get(fetched.wanted.detail, coverage.GRID_BITS)
    polygons = _fitted([c.geometry for c in fetched.communes], reference.shapes[kept], bits)
    codes = [c.code for c in fetched.communes] + [reference.communes[number]["code"] for number in kept]
    ground = find_ground(reference, codes, coverage.to_degrees(polygons, bits))
    epci = {commune.code: _epci_of(commune, reference) for commune in fetched.communes}
    rows = [_fresh_row(each, epci[each.code], reference, ground) for each in fetched.communes]
    rows += [_bundled_row(reference.communes[number]) for number in kept]
    communes = levels.commune_table(rows, polygons, [_point(code, reference) for code in codes], bits)
    upper = [
        levels.upper_table(level, _units(level, fetched, reference), communes) for level in levels.LEVELS[1:]
    ]
    unclear = [c.code for c in fetched.communes if c.epci and epci[c.code] is None]
    return Composed([communes, *upper], ground, unclear)


def _rest(fetched: Fetched, reference: Reference) -> list[int]:
    """Return the numbers of the bundled communes outside the area."""
    wanted, codes = fetched.wanted, {commune.code for commune in fetched.communes}
    return [
        number
        for number, row in enumerate(reference.communes)
        if not wanted.holds(row["departement"], row["region"]) and row["code"] not in codes
    ]


def _fitted(fresh: Sequence[shapely.Geometry], rest: Geometries, bits: int) -> Geometries:
    """Return fresh and bundled polygons as one coverage in grid units; along the seam the fresh ones win.

    Raises:
        SourceError: they do not make a valid coverage.
    """
    try:
        if not len(rest):
            return coverage.build_coverage(list(enumerate(fresh)), bits)
        near = np.unique(shapely.STRtree(rest).query(fresh, predicate="dwithin", distance=_NEAR_DEG)[1])
        parts = list(enumerate([*fresh, *rest[near]]))
        made = coverage.build_coverage(parts, bits, gap_width=_SEAM_DEG, overlaps="min_index")
        whole = np.empty(len(fresh) + len(rest), dtype=object)
        whole[: len(fresh)] = made[: len(fresh)]
        whole[len(fresh) :] = shapely.transform(rest, lambda points: points * 2.0**bits)
        whole[len(fresh) + near] = made[len(fresh) :]
        if not coverage.is_valid_coverage(whole):
            raise SourceError("source-coverage", why="")
    except (coverage.CoverageError, shapely.errors.GEOSException) as error:
        raise SourceError("source-coverage", why=str(error)) from error
    else:
        return whole


def _epci_of(commune: Commune, reference: Reference) -> str | None:
    """Return the EPCI of a commune; of several, the one that it has in the bundled set.

    A commune of Greater Paris carries its métropole and its territory.
    """
    if len(commune.epci) <= 1:
        return commune.epci[0] if commune.epci else None
    known = [code for code in commune.epci if ("epci", code) in reference.upper]
    if len(known) == 1:
        return known[0]
    number = reference.by_code.get(commune.code)
    before = reference.communes[number]["epci"] if number is not None else ""
    return before if before in commune.epci else None


def _fresh_row(commune: Commune, epci: str | None, reference: Reference, ground: Ground) -> dict[str, Value]:
    number = reference.by_code.get(commune.code)
    before = reference.communes[number] if number is not None else None
    same = before if before and before["departement"] == commune.departement else None
    return {
        "code": commune.code,
        "name": commune.name,
        "epci": epci,
        "arrondissement": (same["arrondissement"] or None) if same else None,
        "departement": commune.departement,
        "region": commune.region,
        **_carried(commune.code, before, reference, ground),
    }


def _carried(code: str, before: Row | None, reference: Reference, ground: Ground) -> dict[str, Value]:
    """Return what the bundled set knows of the people on the same ground."""
    absorbed = ground.absorbed.get(code, [])
    rows = [*([before] if before else []), *(reference.communes[reference.by_code[old]] for old in absorbed)]
    if not rows or code in ground.parted:
        return {"population": None, "siren": None, "postcodes": None}
    people = [row["population"] for row in rows]
    postcodes = sorted({text for row in rows for text in row["postcodes"].split(";") if text})
    return {
        "population": sum(map(int, people)) if all(people) else None,
        "siren": (before["siren"] or None) if before and not absorbed else None,
        "postcodes": ";".join(postcodes) or None,
    }


def _bundled_row(row: Row) -> dict[str, Value]:
    names = ("code", "name", "epci", "arrondissement", "departement", "region")
    found: dict[str, Value] = {name: row[name] or None for name in names}
    found["population"] = int(row["population"]) if row["population"] else None
    return found | {name: row[name] or None for name in ("siren", "postcodes")}


def _point(code: str, reference: Reference) -> shapely.Geometry | None:
    """Return where the symbol of a commune stands in the bundled set."""
    number = reference.by_code.get(code)
    if number is None:
        return None
    row = reference.communes[number]
    return shapely.points(float(row["lon"]), float(row["lat"]))


def _units(level: str, fetched: Fetched, reference: Reference) -> dict[str, levels.Unit]:
    """Return the places of a level by code; the EPCI of the area have the names that were fetched."""
    found = {
        code: levels.Unit(code, row["name"], row["type"], row["seat"] or None)
        for (of, code), row in reference.upper.items()
        if of == level
    }
    if level == "epci":
        here = {code for commune in fetched.communes for code in commune.epci}
        for code in here & fetched.epci.keys():
            name = fetched.epci[code]
            kind = found[code].type if code in found else epci_key_of(words_of(name))[1]
            found[code] = levels.Unit(code, name, kind)
    return found
