"""Programs that did not write the exports, and that read them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path


def program(name: str, package: str) -> str:
    """Return the path of a program; where it is missing the test is skipped, and fails in CI."""
    found = shutil.which(name)
    if found is None:
        give_up(f"{name} is not installed (apt-get install {package})")
    return str(found)


def give_up(reason: str) -> None:
    """Skip the test; in CI, fail it."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def read_by_gdal(path: Path, layer: str) -> list[dict[str, Any]]:
    """Return the features of a layer as GDAL understands them, in degrees."""
    command = [
        program("ogr2ogr", "gdal-bin"),
        "-f",
        "GeoJSON",
        "/vsistdout/",
        path,
        layer,
        "-t_srs",
        "EPSG:4326",
    ]
    answer = subprocess.run(command, capture_output=True, check=True)
    assert answer.stderr == b""
    features: list[dict[str, Any]] = json.loads(answer.stdout)["features"]
    return features


def told_by_gdal(path: Path, *asked: str) -> str:
    """Return what GDAL says of a file; a warning fails the test."""
    command = [program("ogrinfo", "gdal-bin"), "-ro", "-so", path, *asked]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    assert answer.stderr == ""
    return answer.stdout
