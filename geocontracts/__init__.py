"""Maps of territorial contracts in France: one register, one offline interactive page.

Importing this package loads nothing heavy: each name is fetched when it is used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

__version__ = "0.1.0"

_HOMES = {
    "Area": "geocontracts.places.area",
    "ContractMap": "geocontracts.webmap.folium_map",
    "GeocontractsError": "geocontracts.errors",
    "MapOptions": "geocontracts.webmap.payload",
    "Match": "geocontracts.places.match",
    "Perimeter": "geocontracts.perimeters.perimeter",
    "Place": "geocontracts.places.gazetteer",
    "Register": "geocontracts.records.register",
    "find_area": "geocontracts.places.area",
    "join": "geocontracts.perimeters.join",
    "load_boundaries": "geocontracts.places.boundaries",
    "read_register": "geocontracts.records.read",
    "resolve": "geocontracts.places.match",
    "resolve_perimeters": "geocontracts.perimeters.perimeter",
    "write_map": "geocontracts.webmap.page",
}

__all__ = [
    "Area",
    "ContractMap",
    "GeocontractsError",
    "MapOptions",
    "Match",
    "Perimeter",
    "Place",
    "Register",
    "find_area",
    "join",
    "load_boundaries",
    "read_register",
    "resolve",
    "resolve_perimeters",
    "write_map",
]

if TYPE_CHECKING:
    from geocontracts.errors import GeocontractsError
    from geocontracts.perimeters.join import join
    from geocontracts.perimeters.perimeter import Perimeter, resolve_perimeters
    from geocontracts.places.area import Area, find_area
    from geocontracts.places.boundaries import load_boundaries
    from geocontracts.places.gazetteer import Place
    from geocontracts.places.match import Match, resolve
    from geocontracts.records.read import read_register
    from geocontracts.records.register import Register
    from geocontracts.webmap.folium_map import ContractMap
    from geocontracts.webmap.page import write_map
    from geocontracts.webmap.payload import MapOptions


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(importlib.import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
