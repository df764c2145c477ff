"""Read the properties of a GeoJSON as text cells; its geometry is left aside."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

from geocontracts.errors import RegisterError
from geocontracts.records.formats.cells import written
from geocontracts.records.formats.columns import geometry_notes
from geocontracts.records.formats.encoding import decode
from geocontracts.records.formats.limits import LARGEST_TEXT, refuse_cells, refuse_columns, refuse_large_file
from geocontracts.records.formats.pairs import Repeated, load_pairs
from geocontracts.records.formats.sheet import Origin, Sheet

if TYPE_CHECKING:
    from pathlib import Path

_TEXT_OR_NUMBER = r'"(?:[^"\\]|\\.)*+"|(?<![\d.])(\d{{{},}}+)(?![.eE])'


def read_geojson(path: Path) -> Sheet:
    """Read the properties of a GeoJSON, be it one collection or a feature on each line.

    A line is the rank of the feature plus one, as in a CSV with its header on line 1. A property that a
    feature names twice is two columns of one heading.

    Raises:
        RegisterError: the file is no JSON, or no collection of features, or a part of it that holds
            features or properties is there twice.
    """
    refuse_large_file(path, LARGEST_TEXT)
    decoded = decode(path.read_bytes(), path)
    try:
        features = _features(decoded.text, path)
        properties = [_properties(feature, path, line) for line, feature in enumerate(features, 2)]
        is_plain = not any(isinstance(known, Repeated) for known in properties)
        columns: list[dict[Any, Any]] = properties if is_plain else list(map(_numbered, properties))
        names = list(dict.fromkeys(name for known in columns for name in known))
        refuse_columns(len(names), path)
        refuse_cells(len(names) * len(columns), path)
        rows = [(line, written(known.get(name) for name in names)) for line, known in enumerate(columns, 2)]
    except RecursionError as error:
        raise RegisterError("geojson-deep", file=str(path)) from error
    drawn = any(feature.get("geometry") for feature in features)
    notes = (*decoded.notes, *geometry_notes(["geometry"] if drawn else []))
    origin = Origin("geojson", path.name, path, encoding=decoded.encoding)
    header = tuple(names if is_plain else (name for name, _ in names))
    return Sheet(origin, header, 1, rows, notes)


def _numbered(known: dict[str, Any]) -> dict[tuple[str, int], Any]:
    """Return properties by their name and how often it came before."""
    came: Counter[str] = Counter()
    found = {}
    for name, value in known.items():
        found[name, came[name]] = value
        came[name] += 1
    return found


def documents(text: str, path: Path) -> list[Any]:
    """Return what a GeoJSON holds: one object, or one on each line.

    Raises:
        RegisterError: it is no JSON.
        RecursionError: it is nested too deep.
    """
    try:
        return [load_pairs(text)]
    except json.JSONDecodeError as error:
        if "Extra data" not in error.msg and not text.startswith("\x1e"):  # the sign of a text sequence
            raise _broken(path, error.lineno, error.msg) from error
    except ValueError as error:  # a number of more digits than Python reads
        raise _broken(path, _line_of_long_number(text), str(error)) from error
    lines = (line.strip("\x1e \t\r") for line in text.split("\n"))
    return [_of_line(line, number, path) for number, line in enumerate(lines, 1) if line]


def _of_line(line: str, number: int, path: Path) -> Any:
    try:
        return load_pairs(line)
    except json.JSONDecodeError as error:
        raise _broken(path, number, error.msg) from error
    except ValueError as error:
        raise _broken(path, number, str(error)) from error


def _line_of_long_number(text: str) -> int:
    """Return the line of the first whole number, outside of texts, that has more digits than Python reads."""
    pattern = _TEXT_OR_NUMBER.format(sys.get_int_max_str_digits() + 1)
    found = next((each for each in re.finditer(pattern, text, re.DOTALL) if each[1]), None)
    return text.count("\n", 0, found.start()) + 1 if found else 1


def _broken(path: Path, row: int, said: str) -> RegisterError:
    return RegisterError("geojson-broken", file=str(path), row=row, said=said)


def _features(text: str, path: Path) -> list[Any]:
    found = documents(text, path)
    if len(found) != 1:
        return found
    content = found[0]
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list):
        features = [content] if isinstance(content, dict) and content.get("type") == "Feature" else None
    elif isinstance(content, Repeated):  # two lists of features, say
        raise RegisterError("geojson-key-twice", file=str(path), row=1, name=content.repeated())
    if features is None:
        raise RegisterError("geojson-other", file=str(path))
    return features


def _properties(feature: object, path: Path, line: int) -> dict[str, Any]:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise RegisterError("geojson-other", file=str(path))
    if isinstance(feature, Repeated):
        raise RegisterError("geojson-key-twice", file=str(path), row=line, name=feature.repeated())
    properties = feature.get("properties") or {}
    return properties if isinstance(properties, dict) else {}
