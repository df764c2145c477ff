"""A GeoPackage written as its standard (OGC 12-128, version 1.3) says, with keys and QGIS styles inside."""
