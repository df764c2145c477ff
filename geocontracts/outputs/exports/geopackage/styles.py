"""The QGIS style of each table: colours and signs of the page, headings in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from geocontracts.outputs.exports.geopackage.qml import categorised, colour, displaced, labels, single
from geocontracts.outputs.exports.geopackage.symbols import (
    PAPER,
    TEXT,
    area_symbol,
    ground_symbol,
    nothing_symbol,
    sign_symbol,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from geocontracts.outputs.exports.content import ExportContent
    from geocontracts.outputs.exports.geopackage.qml import Symbol
    from geocontracts.outputs.exports.model import Column, ExportTable
    from geocontracts.webmap.contract import Programme

_DOCTYPE = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
# Colour and width (mm) of the borders, as on the page.
_GROUND = {"communes": ("#cfc9bd", 0.1), "epci": ("#b3aa9c", 0.2), "departements": ("#8a8175", 0.32)}
_PEOPLE_BY_SCALE = 45  # at 1:1 000 000, towns of more people than a million over this are named


def build_style(table: ExportTable, content: ExportContent) -> str:
    """Return the style of a table as QGIS writes its own (QML)."""
    root = ET.Element("qgis", version="3.22.0", styleCategories="AllStyleCategories", labelsEnabled="0")
    for element in _drawing(table, content):
        root.append(element)
        if element.tag == "labeling":
            root.set("labelsEnabled", "1")
    root.append(_widgets(table, content))
    aliases = ET.SubElement(root, "aliases")
    for rank, column in enumerate(table.columns, start=1):  # the identifier of QGIS comes first
        ET.SubElement(aliases, "alias", field=column.name, index=str(rank), name=column.label(content.lang))
    title = "title" if any(column.name == "title" for column in table.columns) else table.columns[0].name
    ET.SubElement(root, "previewExpression").text = f'"{title}"'
    kind = {"area": "2", "point": "0", None: "4"}[table.shape]
    ET.SubElement(root, "layerGeometryType").text = kind
    return _DOCTYPE + ET.tostring(root, encoding="unicode")


def _drawing(table: ExportTable, content: ExportContent) -> Iterator[ET.Element]:
    """Yield how a layer is drawn, and named; nothing for a table without shapes."""
    if table.name in _GROUND:
        line, width = _GROUND[table.name]
        yield single(ground_symbol(line, width, is_filled=table.name == "communes"))
    if table.name == "communes":
        show = f'"population" * {_PEOPLE_BY_SCALE} > coalesce(@map_scale, 1000000)'
        priority = 'min(10, sqrt("population") / 50)'
        yield labels("name", show, priority, colour(TEXT), colour(PAPER))
    if table.name == "signs":
        totals = [told.entry["total"] or 0 for told in content.told if told.record.kind == "operation"]
        largest = max(1, *totals, 1)
        symbols = _each(table, content, lambda layer, hue, _family, _rank: sign_symbol(layer, hue, largest))
        yield displaced(categorised("programme", symbols), nothing_symbol())
    elif table.shape and table.name not in _GROUND:
        communes = len(content.page.area.communes)
        symbols = _each(
            table, content, lambda layer, hue, family, rank: area_symbol(layer, hue, family, rank, communes)
        )
        yield categorised("programme", symbols, order="found_area_km2")


def _each(
    table: ExportTable, content: ExportContent, symbol: Callable[[Programme, str, str, int], Symbol]
) -> Iterator[tuple[str, str, Symbol]]:
    """Yield a category for each programme of the table, those of a family together."""
    payload, used = content.payload, set(table.values("programme"))
    variants: dict[str, int] = {}
    found = []
    for layer in payload["programmes"]:
        rank = variants[layer["hatch"]] = variants.get(layer["hatch"], -1) + 1
        family = payload["families"][layer["family"]]
        if layer["id"] in used:
            made = symbol(layer, family["light"], family["id"], rank)
            label = _unevaluated(f"{layer['short']} ({family['label']})")
            found.append((layer["family"], (layer["id"], label, made)))
    yield from (category for _, category in sorted(found, key=lambda pair: pair[0]))


def _unevaluated(label: str) -> str:
    """Return a label in which QGIS computes nothing: in the legend of a layout it evaluates `[% ... %]`."""
    return label.replace("[%", "[\u2060%")  # a joiner has no width, and no line ends at it


def _widgets(table: ExportTable, content: ExportContent) -> ET.Element:
    """Return how a value is shown in a form and in the table: a choice by its label."""
    root = ET.Element("fieldConfiguration")
    for column in table.columns:
        if column.choices:
            root.append(_choice(column, content))
    return root


def _choice(column: Column, content: ExportContent) -> ET.Element:
    one = ET.Element("field", name=column.name, configurationFlags="None")
    widget = ET.SubElement(one, "editWidget", type="ValueMap")
    options = ET.SubElement(ET.SubElement(widget, "config"), "Option", type="Map")
    listed = ET.SubElement(options, "Option", type="List", name="map")
    for value, words in column.choices.items():
        pair = ET.SubElement(listed, "Option", type="Map")
        ET.SubElement(pair, "Option", type="QString", name=words[content.lang], value=value)
    return one
