"""A key that a GeoJSON names twice hides nothing, and a number without end is told on its line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from geocontracts.cli import main
from geocontracts.errors import RegisterError
from geocontracts.records.formats.pairs import load_pairs
from geocontracts.records.formats.read import read_sheet

if TYPE_CHECKING:
    from pathlib import Path

TWICE = '{"Commune": "Lens", "Montant total": 5, "Montant total": 7}'
ONCE = '{"Montant total": 9, "Commune": "Arras"}'


def feature(properties: str, more: str = "") -> str:
    """Return a feature as text: a key may be there twice."""
    return f'{{"type": "Feature", "geometry": null, {more}"properties": {properties}}}'


def collection(*features: str) -> str:
    """Return a collection as text, a feature on each line."""
    return '{"type": "FeatureCollection", "features": [\n' + ",\n".join(features) + "]}"


@pytest.mark.parametrize(
    "text", [collection(feature(TWICE), feature(ONCE)), f"{feature(TWICE)}\n{feature(ONCE)}"]
)
def test_a_property_that_is_named_twice_is_two_columns_as_in_a_csv(
    tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "liste.geojson"
    path.write_text(text, encoding="utf-8")
    sheet = read_sheet(path)
    assert sheet.header == ("Commune", "Montant total", "Montant total")
    assert sheet.rows == [(2, ["Lens", "5", "7"]), (3, ["Arras", "9", ""])]
    csv = tmp_path / "liste.csv"
    csv.write_text("Commune;Montant total;Montant total\nLens;5;7\nArras;9;\n", encoding="utf-8")
    said = []
    for each in (path, csv):
        assert main(["check", str(each)]) == 1
        said.append(capsys.readouterr().out.replace(each.name, "liste"))
    assert "colonne Montant total — attention\u00a0: cette colonne dit la même chose" in said[0]
    assert said[0] == said[1]


def test_a_completed_list_keeps_both(tmp_path: Path) -> None:
    path, out = tmp_path / "liste.geojson", tmp_path / "complet.geojson"
    path.write_text(collection(feature(TWICE)), encoding="utf-8")
    main(["check", str(path), "--corrected", str(out)])
    (properties,) = [each["properties"] for each in load_pairs(out.read_text(encoding="utf-8"))["features"]]
    assert properties.items()[:3] == [("Commune", "Lens"), ("Montant total", 5), ("Montant total", 7)]
    assert len(properties.items()) > 3


def test_a_value_that_names_a_key_twice_is_written_with_both(tmp_path: Path) -> None:
    path = tmp_path / "liste.geojson"
    path.write_text(collection(feature('{"a": {"b": 1, "c": 0, "b": 2}}')), encoding="utf-8")
    assert read_sheet(path).rows == [(2, ['{"b": 1, "c": 0, "b": 2}'])]


@pytest.mark.parametrize(
    ("text", "row", "name"),
    [
        (collection(feature(ONCE), feature(ONCE, '"properties": {"Commune": "Lens"}, ')), 3, "properties"),
        (collection(feature(ONCE)).replace('"features"', '"features": [], "features"'), 1, "features"),
    ],
)
def test_features_that_would_hide_others_are_refused(tmp_path: Path, text: str, row: int, name: str) -> None:
    (tmp_path / "liste.geojson").write_text(text, encoding="utf-8")
    with pytest.raises(RegisterError, match=f"liste.geojson, row {row}: “{name}” is named twice"):
        read_sheet(tmp_path / "liste.geojson")


@pytest.mark.parametrize("around", ["collection", "lines"])
def test_a_number_without_end_is_told_on_its_line(tmp_path: Path, around: str) -> None:
    digits = "9" * 5001
    long = feature(f'{{"texte": "\\"{digits}", "part": 0.{digits}, "n": {digits}}}')
    features = [*[feature(f'{{"n": "{digits}"}}')] * 40, long]
    text = collection(*features) if around == "collection" else "\n".join(features)
    assert json.loads(features[0])
    (tmp_path / "liste.geojson").write_text(text, encoding="utf-8")
    row = 42 if around == "collection" else 41
    with pytest.raises(RegisterError, match=rf"liste.geojson, row {row}: this is not readable GeoJSON"):
        read_sheet(tmp_path / "liste.geojson")
