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
    "ContractWidget": "geocontracts.webmap.widget",
    "GeocontractsError": "geocontracts.errors",
    "ListMapping": "geocontracts.records.lists.mapping",
    "MapOptions": "geocontracts.webmap.payload",
    "Match": "geocontracts.places.match",
    "Perimeter": "geocontracts.perimeters.perimeter",
    "Place": "geocontracts.places.gazetteer",
    "Register": "geocontracts.records.register",
    "Report": "geocontracts.outputs.report",
    "build_report": "geocontracts.outputs.report",
    "codes_in": "geocontracts.places.vintage",
    "embed_snippet": "geocontracts.webmap.embed",
    "find_area": "geocontracts.places.area",
    "guess_vintage": "geocontracts.places.vintage",
    "join": "geocontracts.perimeters.join",
    "load_boundaries": "geocontracts.places.boundaries",
    "read_register": "geocontracts.records.read",
    "resolve": "geocontracts.places.match",
    "resolve_perimeters": "geocontracts.perimeters.perimeter",
    "write_corrected": "geocontracts.outputs.corrected.write",
    "write_map": "geocontracts.webmap.page",
    "write_report": "geocontracts.outputs.report",
}

__all__ = [
    "Area",
    "ContractMap",
    "ContractWidget",
    "GeocontractsError",
    "ListMapping",
    "MapOptions",
    "Match",
    "Perimeter",
    "Place",
    "Register",
    "Report",
    "build_report",
    "codes_in",
    "embed_snippet",
    "find_area",
    "guess_vintage",
    "join",
    "load_boundaries",
    "read_register",
    "resolve",
    "resolve_perimeters",
    "write_corrected",
    "write_map",
    "write_report",
]

if TYPE_CHECKING:
    from geocontracts.errors import GeocontractsError
    from geocontracts.outputs.corrected.write import write_corrected
    from geocontracts.outputs.report import Report, build_report, write_report
    from geocontracts.perimeters.join import join
    from geocontracts.perimeters.perimeter import Perimeter, resolve_perimeters
    from geocontracts.places.area import Area, find_area
    from geocontracts.places.boundaries import load_boundaries
    from geocontracts.places.gazetteer import Place
    from geocontracts.places.match import Match, resolve
    from geocontracts.places.vintage import codes_in, guess_vintage
    from geocontracts.records.lists.mapping import ListMapping
    from geocontracts.records.read import read_register
    from geocontracts.records.register import Register
    from geocontracts.webmap.embed import embed_snippet
    from geocontracts.webmap.folium_map import ContractMap
    from geocontracts.webmap.page import write_map
    from geocontracts.webmap.payload import MapOptions
    from geocontracts.webmap.widget import ContractWidget


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(importlib.import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
