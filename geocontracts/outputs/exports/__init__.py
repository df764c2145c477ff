"""The register as data for other programs: GeoPackage, GeoJSON, GeoParquet, FlatGeobuf, XLSX, CSV."""
