"""Who made the data, under which licence, of which date: as QGIS and GDAL look for it in a GeoPackage."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from geocontracts.outputs.exports.geopackage.base import QGIS_METADATA

if TYPE_CHECKING:
    import sqlite3

    from geocontracts.outputs.exports.content import ExportContent
    from geocontracts.outputs.exports.model import ExportTable


def add_metadata(
    base: sqlite3.Connection, content: ExportContent, tables: list[ExportTable], moment: str
) -> None:
    """Write one description for the file and one for each table."""
    _add(base, 1, _described(content, content.payload["title"]), ("geopackage", None), moment)
    for number, table in enumerate(tables, start=2):
        _add(base, number, _described(content, table.title(content.lang)), ("table", table.name), moment)


def _add(base: sqlite3.Connection, number: int, xml: str, scope: tuple[str, str | None], moment: str) -> None:
    base.execute(
        "INSERT INTO gpkg_metadata VALUES (?, 'dataset', ?, 'text/xml', ?)", (number, QGIS_METADATA, xml)
    )
    base.execute(
        "INSERT INTO gpkg_metadata_reference VALUES (?, ?, NULL, NULL, ?, ?, NULL)", (*scope, moment, number)
    )


def _described(content: ExportContent, title: str) -> str:
    """Return the description as QGIS writes its own."""
    root = ET.Element("qgis", version="3.22")
    ET.SubElement(root, "identifier")
    ET.SubElement(root, "parentidentifier")
    ET.SubElement(root, "language").text = content.lang.upper()
    ET.SubElement(root, "type").text = "dataset"
    ET.SubElement(root, "title").text = title
    said = [f"{heading}\u00a0: {text}" for heading, text in content.credits]
    ET.SubElement(root, "abstract").text = "\n".join(said)
    ET.SubElement(root, "license").text = content.licence
    ET.SubElement(root, "rights").text = content.payload["credits"][0]["text"]
    return ET.tostring(root, encoding="unicode")
