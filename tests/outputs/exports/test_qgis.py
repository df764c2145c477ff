"""QGIS opens the GeoPackage with its colours: each layer, by itself, with the style that is inside."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.outputs.exports.programs import give_up

if TYPE_CHECKING:
    from collections.abc import Callable

    from geocontracts.outputs.exports.write import Export

pytestmark = pytest.mark.thorough

SYSTEM_PYTHON = "/usr/bin/python3"
LOOK = Path(__file__).with_name("look_with_qgis.py")


@pytest.fixture(scope="module")
def seen(exported: Callable[[str], Export], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("qgis")
    surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": str(folder)}
    for name in ("PYTHONPATH", "PYTHONHOME"):
        surroundings.pop(name, None)
    known = subprocess.run(
        [SYSTEM_PYTHON, "-c", "import qgis.core"], env=surroundings, capture_output=True, check=False
    )
    if known.returncode:
        give_up("QGIS is not installed (apt-get install python3-qgis)")
    command = [SYSTEM_PYTHON, LOOK, exported(".gpkg").path, folder / "carte.png"]
    answer = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(answer.stdout.splitlines()[-1])
    return found


def test_each_layer_is_valid_and_opens_with_a_class_a_programme(
    seen: dict[str, Any], exported: Callable[[str], Export]
) -> None:
    rows = {layer.name: layer.rows for layer in exported(".gpkg").layers}
    assert {name: layer["rows"] for name, layer in seen["layers"].items()} == rows
    assert all(layer["valid"] for layer in seen["layers"].values())
    for name in ("contracts", "missions", "operations", "signs"):
        layer = seen["layers"][name]
        assert layer["renderer"] == "categorizedSymbol"
        assert sorted(layer["classes"]) == sorted(layer["programmes"])
    assert seen["layers"]["contracts"]["crs"] == "EPSG:2154"


def test_classes_have_the_colour_hatch_and_dashes_of_the_page(seen: dict[str, Any]) -> None:
    acv = seen["layers"]["contracts"]["classes"]["acv"]
    assert acv["label"].startswith("Action cœur de ville")
    assert acv["colour"] == "#ae5700"
    assert acv["hatched"] == "LinePatternFill"
    assert "inferred" in acv["dashed"]
    assert seen["layers"]["signs"]["classes"]["cerema-resilience"]["shape"] == "triangle"
    assert seen["layers"]["signs"]["classes"]["acv"]["shape"] == "square"


def test_headings_are_french_and_towns_are_named(seen: dict[str, Any]) -> None:
    assert seen["layers"]["contracts"]["headings"]["amount_state_eur"] == "Part de l’État (€)"
    assert seen["layers"]["sources"]["headings"]["publisher"] == "Éditeur"
    assert seen["layers"]["communes"]["labelled"]
    assert "Licence Ouverte 2.0" in seen["layers"]["contracts"]["licence"]


def test_what_is_drawn_shows_every_family_on_paper(seen: dict[str, Any]) -> None:
    counts = seen["pixels"]
    assert seen["errors"] == []
    assert all(counts[hue] > 40 for hue in ("#8d0a25", "#ae5700", "#007558", "#3b63da", "#56338c"))
    assert counts["#fbfaf7"] > 100_000


def test_gdals_validator_of_the_standard_finds_nothing(
    seen: dict[str, Any], exported: Callable[[str], Export]
) -> None:
    assert seen  # QGIS brings GDAL's Python along
    command = [SYSTEM_PYTHON, "-m", "osgeo_utils.samples.validate_gpkg", "-k", exported(".gpkg").path]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "", "")
