"""Open a GeoPackage with QGIS, draw it, and say as JSON what QGIS made of it (run by QGIS's own Python)."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsApplication,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsSymbolLayer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

if TYPE_CHECKING:
    from qgis.core import QgsRendererCategory

DRAWN = ("signs", "operations", "missions", "contracts", "departements", "epci", "communes")
PLAIN = ("programmes", "sources", "placements", "coverage")
HUES = ("#8d0a25", "#ae5700", "#007558", "#3b63da", "#56338c", "#fbfaf7")
SIZE = 1000


def told_class(category: QgsRendererCategory) -> dict[str, str]:
    layers = category.symbol().symbolLayers()
    last = layers[-1]
    shape = layers[0].properties().get("name", "")
    dashed = last.dataDefinedProperties().property(QgsSymbolLayer.PropertyStrokeStyle).expressionString()
    colour = layers[0].strokeColor().name() if category.symbol().type() == 0 else last.color().name()
    return {
        "label": category.label(),
        "colour": colour,
        "hatched": layers[0].layerType(),
        "dashed": dashed,
        "shape": shape,
    }


def told_layer(layer: QgsVectorLayer) -> dict[str, Any]:
    drawn = layer.renderer()
    if drawn is not None and drawn.type() == "pointDisplacement":
        drawn = drawn.embeddedRenderer()
    classes = drawn.categories() if drawn is not None and drawn.type() == "categorizedSymbol" else []
    column = layer.fields().indexFromName("programme")
    return {
        "valid": layer.isValid(),
        "rows": layer.featureCount(),
        "crs": layer.crs().authid(),
        "renderer": drawn.type() if drawn is not None else "",
        "classes": {category.value(): told_class(category) for category in classes},
        "programmes": list(layer.uniqueValues(column)) if column >= 0 else [],
        "headings": {field.name(): layer.attributeDisplayName(n) for n, field in enumerate(layer.fields())},
        "labelled": layer.labelsEnabled(),
        "licence": "".join(layer.metadata().licenses()),
    }


def draw(layers: list[QgsVectorLayer], path: str) -> tuple[dict[str, int], list[str]]:
    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setBackgroundColor(QColor("#e6ecee"))
    settings.setOutputSize(QSize(SIZE, SIZE))
    settings.setDestinationCrs(layers[0].crs())
    extent = layers[-1].extent()
    extent.scale(1.05)
    settings.setExtent(extent)
    context = QgsExpressionContext()
    context.appendScope(QgsExpressionContextUtils.mapSettingsScope(settings))
    settings.setExpressionContext(context)
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    image.save(path)
    counts = dict.fromkeys(HUES, 0)
    for x in range(image.width()):
        for y in range(image.height()):
            name = image.pixelColor(x, y).name()
            if name in counts:
                counts[name] += 1
    return counts, [error.message for error in job.errors()]


def main() -> None:
    application = QgsApplication([], False)  # noqa: FBT003 - it has no names for these
    application.initQgis()
    layers = {
        name: QgsVectorLayer(f"{sys.argv[1]}|layername={name}", name, "ogr") for name in (*DRAWN, *PLAIN)
    }
    told = {name: told_layer(layer) for name, layer in layers.items()}
    pixels, errors = draw([layers[name] for name in DRAWN], sys.argv[2])
    sys.stdout.write(json.dumps({"layers": told, "pixels": pixels, "errors": errors}) + "\n")
    layers.clear()


main()
