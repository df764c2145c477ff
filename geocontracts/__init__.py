"""Maps of territorial contracts in France: one register, one offline interactive page.

Importing this package loads nothing heavy: each name is fetched when it is used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

__version__ = "0.1.0"

_HOMES = {
    "About": "geocontracts.outputs.report",
    "Area": "geocontracts.places.area",
    "Comparison": "geocontracts.outputs.comparison.comparison",
    "ContractMap": "geocontracts.webmap.folium_map",
    "ContractWidget": "geocontracts.webmap.widget",
    "FigureOptions": "geocontracts.outputs.figures.options",
    "GeocontractsError": "geocontracts.errors",
    "ListMapping": "geocontracts.records.lists.mapping",
    "MapOptions": "geocontracts.webmap.payload",
    "Match": "geocontracts.places.match",
    "Perimeter": "geocontracts.perimeters.perimeter",
    "Place": "geocontracts.places.gazetteer",
    "Register": "geocontracts.records.register",
    "Report": "geocontracts.outputs.report",
    "SheetMaker": "geocontracts.outputs.sheets.write",
    "add_up": "geocontracts.records.amounts",
    "build_report": "geocontracts.outputs.report",
    "codes_in": "geocontracts.places.vintage",
    "compare": "geocontracts.outputs.comparison.compare",
    "coverage": "geocontracts.outputs.frames.coverage",
    "embed_snippet": "geocontracts.webmap.embed",
    "figure": "geocontracts.outputs.figures.figure",
    "find_area": "geocontracts.places.area",
    "guess_vintage": "geocontracts.places.vintage",
    "join": "geocontracts.perimeters.join",
    "labelled": "geocontracts.outputs.frames.labelled",
    "load_boundaries": "geocontracts.places.boundaries",
    "overlaps": "geocontracts.outputs.frames.overlaps",
    "read_register": "geocontracts.records.read",
    "resolve": "geocontracts.places.match",
    "resolve_perimeters": "geocontracts.perimeters.perimeter",
    "stack": "geocontracts.outputs.frames.stack",
    "write_comparison": "geocontracts.outputs.comparison.write",
    "write_corrected": "geocontracts.outputs.corrected.write",
    "write_export": "geocontracts.outputs.exports.write",
    "write_map": "geocontracts.webmap.page",
    "write_report": "geocontracts.outputs.report",
    "write_sheet": "geocontracts.outputs.sheets.write",
}

__all__ = [
    "About",
    "Area",
    "Comparison",
    "ContractMap",
    "ContractWidget",
    "FigureOptions",
    "GeocontractsError",
    "ListMapping",
    "MapOptions",
    "Match",
    "Perimeter",
    "Place",
    "Register",
    "Report",
    "SheetMaker",
    "add_up",
    "build_report",
    "codes_in",
    "compare",
    "coverage",
    "embed_snippet",
    "figure",
    "find_area",
    "guess_vintage",
    "join",
    "labelled",
    "load_boundaries",
    "overlaps",
    "read_register",
    "resolve",
    "resolve_perimeters",
    "stack",
    "write_comparison",
    "write_corrected",
    "write_export",
    "write_map",
    "write_report",
    "write_sheet",
]

if TYPE_CHECKING:
    from geocontracts.errors import GeocontractsError
    from geocontracts.outputs.comparison.compare import compare
    from geocontracts.outputs.comparison.comparison import Comparison
    from geocontracts.outputs.comparison.write import write_comparison
    from geocontracts.outputs.corrected.write import write_corrected
    from geocontracts.outputs.exports.write import write_export
    from geocontracts.outputs.figures.figure import figure
    from geocontracts.outputs.figures.options import FigureOptions
    from geocontracts.outputs.frames.coverage import coverage
    from geocontracts.outputs.frames.labelled import labelled
    from geocontracts.outputs.frames.overlaps import overlaps
    from geocontracts.outputs.frames.stack import stack
    from geocontracts.outputs.report import About, Report, build_report, write_report
    from geocontracts.outputs.sheets.write import SheetMaker, write_sheet
    from geocontracts.perimeters.join import join
    from geocontracts.perimeters.perimeter import Perimeter, resolve_perimeters
    from geocontracts.places.area import Area, find_area
    from geocontracts.places.boundaries import load_boundaries
    from geocontracts.places.gazetteer import Place
    from geocontracts.places.match import Match, resolve
    from geocontracts.places.vintage import codes_in, guess_vintage
    from geocontracts.records.amounts import add_up
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
