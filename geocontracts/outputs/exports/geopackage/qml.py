"""The pieces of a QGIS style (QML): symbols, their layers, what depends on a row.

Properties are written as `prop` elements, which every QGIS 3 reads.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


@dataclass(frozen=True)
class SymbolLayer:
    """A layer of a symbol: its class in QGIS, its properties, expressions, and symbols inside it."""

    kind: str
    properties: Mapping[str, str]
    expressions: Mapping[str, str] = field(default_factory=dict)
    inner: Symbol | None = None


@dataclass(frozen=True)
class Symbol:
    """A symbol: {"fill", "line", "marker"} and its layers, the lowest first."""

    kind: str
    layers: Sequence[SymbolLayer]

    def element(self, name: str) -> ET.Element:
        """Return the symbol under a name."""
        root = ET.Element("symbol", type=self.kind, name=name, alpha="1", clip_to_extent="1", force_rhr="0")
        for rank, layer in enumerate(self.layers):
            made = ET.SubElement(
                root, "layer", {"class": layer.kind, "enabled": "1", "locked": "0", "pass": "0"}
            )
            for key, value in layer.properties.items():
                ET.SubElement(made, "prop", k=key, v=value)
            made.append(depending(layer.expressions))
            if layer.inner:
                made.append(layer.inner.element(f"@{name}@{rank}"))
        return root


def depending(expressions: Mapping[str, str], tag: str = "data_defined_properties") -> ET.Element:
    """Return properties that an expression gives for each row."""
    root = ET.Element(tag)
    outer = ET.SubElement(root, "Option", type="Map")
    ET.SubElement(outer, "Option", name="name", type="QString", value="")
    inner = ET.SubElement(outer, "Option", {"name": "properties"} | ({"type": "Map"} if expressions else {}))
    for name, expression in expressions.items():
        one = ET.SubElement(inner, "Option", name=name, type="Map")
        ET.SubElement(one, "Option", name="active", type="bool", value="true")
        ET.SubElement(one, "Option", name="expression", type="QString", value=expression)
        ET.SubElement(one, "Option", name="type", type="int", value="3")
    ET.SubElement(outer, "Option", name="type", type="QString", value="collection")
    return root


def colour(hexadecimal: str, alpha: float = 1) -> str:
    """Return `#8d0a25` as QGIS writes it."""
    red, green, blue = (int(hexadecimal[at : at + 2], 16) for at in (1, 3, 5))
    return f"{red},{green},{blue},{round(255 * alpha)}"


def categorised(column: str, categories: Iterable[tuple[str, str, Symbol]], order: str = "") -> ET.Element:
    """Return a renderer with a symbol for each value of a column: value, label, symbol."""
    root = ET.Element(
        "renderer-v2",
        type="categorizedSymbol",
        attr=column,
        symbollevels="0",
        enableorderby="1" if order else "0",
    )
    listed, symbols = ET.SubElement(root, "categories"), ET.SubElement(root, "symbols")
    for rank, (value, label, symbol) in enumerate(categories):
        ET.SubElement(
            listed, "category", render="true", value=value, symbol=str(rank), label=label, type="string"
        )
        symbols.append(symbol.element(str(rank)))
    ET.SubElement(root, "rotation")
    ET.SubElement(root, "sizescale")
    if order:
        clause = ET.SubElement(ET.SubElement(root, "orderby"), "orderByClause", asc="0", nullsFirst="0")
        clause.text = f'"{order}"'
    return root


def single(symbol: Symbol) -> ET.Element:
    """Return a renderer with one symbol for all rows."""
    root = ET.Element("renderer-v2", type="singleSymbol", symbollevels="0", enableorderby="0")
    ET.SubElement(root, "symbols").append(symbol.element("0"))
    return root


def displaced(embedded: ET.Element, centre: Symbol) -> ET.Element:
    """Return a renderer that sets the points of one place beside each other."""
    root = ET.Element(
        "renderer-v2",
        type="pointDisplacement",
        placement="2",
        tolerance="0.4",
        toleranceUnit="MM",
        circleWidth="0",
        circleColor="0,0,0,0",
        circleRadiusAddition="0",
        labelAttributeName="",
        labelDistanceFactor="0.5",
        maxLabelScaleDenominator="-1",
        symbollevels="0",
        enableorderby="0",
    )
    root.append(embedded)
    root.append(centre.element("centerSymbol"))
    return root


def labels(column: str, show: str, priority: str, text_colour: str, halo: str) -> ET.Element:
    """Return labels of a column, with a halo, where `show` is true; 10 is the first `priority`."""
    root = ET.Element("labeling", type="simple")
    settings = ET.SubElement(root, "settings")
    style = ET.SubElement(
        settings, "text-style", fieldName=column, isExpression="0", fontSize="8", fontSizeUnit="Point",
        fontWeight="75", namedStyle="Bold", fontFamily="Sans Serif", textColor=text_colour, textOpacity="1",
    )  # fmt: skip
    ET.SubElement(
        style, "text-buffer", bufferDraw="1", bufferSize="0.6", bufferSizeUnits="MM", bufferColor=halo,
        bufferOpacity="1", bufferJoinStyle="128", bufferNoFill="1",
    )  # fmt: skip
    ET.SubElement(settings, "placement", placement="1", quadOffset="1", priority="5", offsetUnits="MM",
                  yOffset="-2.2", xOffset="0")  # fmt: skip
    ET.SubElement(settings, "rendering", drawLabels="1", obstacle="0", scaleVisibility="0")
    settings.append(depending({"Show": show, "Priority": priority}, "dd_properties"))
    return root
