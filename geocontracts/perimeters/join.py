"""Perimeters as a GeoDataFrame: one row a record, with its geometry and its reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geocontracts.perimeters.perimeter import resolve_perimeters
from geocontracts.places.area import HAUTS_DE_FRANCE
from geocontracts.places.boundaries import load_boundaries, unite
from geocontracts.places.gazetteer import load_gazetteer

if TYPE_CHECKING:
    import geopandas as gpd

    from geocontracts.perimeters.perimeter import Perimeter
    from geocontracts.places.area import Area
    from geocontracts.places.gazetteer import Gazetteer, Place
    from geocontracts.records.register import Register
    from geocontracts.words import Lang

_COLUMNS = (
    "id",
    "kind",
    "programme",
    "title",
    "outcome",
    "basis",
    "places",
    "codes",
    "communes",
    "area_km2",
    "population",
    "stated_communes",
    "difference",
    "remarks",
)
_COUNTS = ("communes", "population", "stated_communes", "difference")


def join(
    register: Register, *, within: Area | Place | str | None = HAUTS_DE_FRANCE, lang: Lang = "fr"
) -> gpd.GeoDataFrame:
    """Return the perimeters of a register, one row a record, in degrees (EPSG:4326).

    Columns: `id` (index), `kind`, `programme`, `title`, `outcome` (placed,
    remark, unplaced), `basis` (stated, inferred, unknown, None where the register
    does not say), `places` (how each
    written place was understood), `codes` (communes, INSEE), `communes` (their
    number, None where no place is known), `area_km2`, `population` (None where one commune’s is unknown),
    `stated_communes`, `difference` (found less stated), `remarks`, `geometry`
    (None for a record that is not placed). No record is left out. Names are looked
    for first in `within`, Hauts-de-France unless told.

    Raises:
        UnknownPlaceError: `within` is no place, or more than one.
    """
    import geopandas as gpd
    import pandas as pd

    places = load_gazetteer()
    perimeters = resolve_perimeters(register, within=within)
    shapes = _geometries(perimeters, places)
    rows = [_row(perimeter, places, lang) for perimeter in perimeters]
    table = pd.DataFrame(rows, columns=_COLUMNS)
    frame = gpd.GeoDataFrame(table, geometry=shapes, crs="EPSG:4326").set_index("id")
    return frame.astype(dict.fromkeys(_COUNTS, "Int64"))  # so that unknown stays unknown


def _row(perimeter: Perimeter, places: Gazetteer, lang: Lang) -> dict[str, Any]:
    record, numbers = perimeter.record, list(perimeter.communes)
    stated = getattr(record, "stated_communes", None)
    return {
        "id": record.id,
        "kind": record.kind,
        "programme": record.programme,
        "title": record.title,
        "outcome": perimeter.outcome,
        "basis": record.perimeter,
        "places": [
            f"{item.label or item.written}: {item.reason.text(lang)}" for item in perimeter.placements
        ],
        "codes": places.column("code", numbers),
        "communes": len(numbers) or None,
        "area_km2": round(sum(map(float, places.column("area_km2", numbers))), 3) if numbers else None,
        "population": population(numbers, places),
        "stated_communes": stated,
        "difference": len(numbers) - stated if stated is not None and numbers else None,
        "remarks": [remark.text(lang) for remark in perimeter.remarks],
    }


def population(numbers: list[int], places: Gazetteer) -> int | None:
    """Return the people of these communes, or None when one of them is not counted."""
    counts = places.column("population", numbers)
    if not counts or not all(counts):
        return None
    return sum(map(int, counts))


def _geometries(perimeters: list[Perimeter], places: Gazetteer) -> list[Any]:
    """Unite the communes of each perimeter; they form a valid coverage."""
    needed = sorted({number for perimeter in perimeters for number in perimeter.communes})
    regions = {code: places.get("region", code) for code in places.column("region", needed)}
    shapes: dict[str, Any] = {}
    for region in regions.values():
        shapes.update(load_boundaries("commune", within=region).geometry)
    return [
        unite([shapes[code] for code in places.column("code", list(perimeter.communes))])
        if perimeter.communes
        else None
        for perimeter in perimeters
    ]
