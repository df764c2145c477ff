"""The picture of the GeoPackage, drawn by QGIS with the styles that are inside."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

import geocontracts as gc

_PYTHON = "/usr/bin/python3"  # QGIS's own Python, as Debian installs it
_LOOK = Path(__file__).parents[2] / "tests" / "outputs" / "exports" / "look_with_qgis.py"


def take_geopackage(path: Path) -> None:
    """Write what QGIS shows of the bundled register's GeoPackage."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "contrats.gpkg"
        gc.write_export(gc.read_register(), file)
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        surroundings = {**kept, "QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": folder}
        subprocess.run(
            [_PYTHON, _LOOK, file, path], env=surroundings, check=True, stdout=subprocess.DEVNULL, timeout=300
        )
