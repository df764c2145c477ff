"""Boundaries as GeoDataFrames: one valid coverage, so common borders are the same points."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.bundled import faults_told, place_file
from geocontracts.errors import UnknownLevelError
from geocontracts.places.area import place_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    from shapely.geometry.base import BaseGeometry

    from geocontracts.places.area import Area
    from geocontracts.places.gazetteer import Level, Place

_FILES: dict[Level, str] = {
    "commune": "communes.parquet",
    "epci": "epci.parquet",
    "arrondissement": "arrondissements.parquet",
    "departement": "departements.parquet",
    "region": "regions.parquet",
}


def load_boundaries(
    level: Level = "commune", *, within: Area | Place | str | None = None
) -> gpd.GeoDataFrame:
    """Return the places of a level with their boundaries, in degrees (EPSG:4326).

    `level` is {"commune", "epci", "arrondissement", "departement", "region"}.
    `within` keeps the places of a territory; an EPCI that only reaches into it is
    kept. The index is the code. Boundaries are those of the places in use: the
    bundled ones, generalised to about 200 m at the source, or a fresher set.

    Raises:
        UnknownLevelError: `level` is none of the five.
        UnknownPlaceError: `within` is no place, or more than one.
        MissingDataError: the file is not where the package keeps it.
    """
    import geopandas as gpd

    if level not in _FILES:
        raise UnknownLevelError("level-unknown", value=level)
    path = place_file(_FILES[level])
    place = place_of(within)
    region = place.region[0] if place and level == "commune" and len(place.region) == 1 else None
    filters = [("region", "==", region)] if region else None
    with faults_told(path):
        table = gpd.read_parquet(path, filters=filters)
    return _kept(table, level, place).set_index("code")


def unite(shapes: Sequence[BaseGeometry]) -> BaseGeometry:
    """Return the union of places of one level, which form a valid coverage.

    GEOS 3.13 leaves some unions of coverages with rings that touch; those are
    made again the slow way.
    """
    import shapely

    united = shapely.coverage_union_all(shapes)
    return united if united.is_valid else shapely.union_all(shapes)


def _kept(table: gpd.GeoDataFrame, level: Level, within: Place | None) -> gpd.GeoDataFrame:
    if within is None:
        return table
    if within.level == level:
        return table[table["code"] == within.code]
    column = within.level if within.level in table.columns else f"{within.level}s"
    if column not in table.columns:
        return table[[False] * len(table)]
    codes = table[column].fillna("").astype(str).str.split(";")
    return table[codes.map(lambda found: within.code in found)]
