"""The bundled places, to which fresher ones are compared and from which they take what a source lacks."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import geopandas as gpd

from geocontracts.bundled import bundled_boundaries_dir
from geocontracts.places.gazetteer import VINTAGE

if TYPE_CHECKING:
    from pathlib import Path

    from geocontracts.places.building.coverage import Geometries

Row = dict[str, str]


@dataclass(frozen=True)
class Reference:
    """Tables of one set, as text; communes first, in the order of `shapes`."""

    vintage: int
    communes: list[Row]
    upper: dict[tuple[str, str], Row]
    """(level, code) -> row."""
    history: list[Row]
    shapes: Geometries
    """Polygons of the communes, EPSG:4326."""

    @cached_property
    def by_code(self) -> dict[str, int]:
        """Return code -> number of the commune."""
        return {row["code"]: number for number, row in enumerate(self.communes)}


def read_reference() -> Reference:
    """Read the places that come with the package, whatever set is in use."""
    folder = bundled_boundaries_dir()
    places = _rows(folder / "places.tsv.gz")
    communes = [row for row in places if row["level"] == "commune"]
    upper = {(row["level"], row["code"]): row for row in places[len(communes) :]}
    shapes = gpd.read_parquet(folder / "communes.parquet", columns=["geometry"]).geometry.to_numpy()
    return Reference(VINTAGE, communes, upper, _rows(folder / "history.tsv.gz"), shapes)


def _rows(path: Path) -> list[Row]:
    header, *lines = gzip.decompress(path.read_bytes()).decode("utf-8").rstrip("\n").split("\n")
    names = header.split("\t")
    return [dict(zip(names, line.split("\t"), strict=True)) for line in lines]
