"""Read GeoJSON as a source sends it: feature by feature, with a complaint for each thing that is amiss."""

from __future__ import annotations

import json
import re
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
import shapely.geometry

from geocontracts.places.fresh.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_START = re.compile(r'"features"\s*:\s*\[')
_SPACE = re.compile(r"\s*")
_CODE = re.compile(r"(?:\d{2}|2[AB])\d{3}")
_BETWEEN = re.compile(r"[/,;|\s]+")
_OVERSEAS = ("975", "977", "978", "98")
_SIREN = re.compile(r"\d{9}")
_POLYGONS = ("Polygon", "MultiPolygon")
_GZIP = 16 + zlib.MAX_WBITS
_CHUNK = 1 << 20
_HEAD = 64  # bytes
_MEGA = 1e6
_SHOWN = 60  # characters of what was sent instead
_MENDED_SHARE = 0.99  # of its area, which a polygon keeps when it is made valid


@dataclass(frozen=True)
class Fields:
    """How a source calls the properties of a commune."""

    code: str
    name: str
    departement: str
    region: str
    epci: str


@dataclass(frozen=True, eq=False)
class Commune:
    """A commune as a source describes it; `geometry` is valid, in EPSG:4326.

    `epci` are the SIREN codes that it carries, of which there may be several.
    """

    code: str
    name: str
    departement: str
    region: str
    epci: tuple[str, ...]
    geometry: shapely.Geometry
    mended: bool = False


@dataclass(frozen=True)
class Sheet:
    """A GeoJSON text and the address that it came from."""

    url: str
    text: str

    def features(self) -> Iterator[tuple[int, Mapping[str, Any]]]:
        """Yield the features, counted from 1; each is parsed alone, so that large files fit.

        Raises:
            SourceError: the text is no collection of features, or is cut.
        """
        start = _START.search(self.text)
        if not start:
            raise self._refused()
        parser, at, count = json.JSONDecoder(), _skip(self.text, start.end()), 0
        while at < len(self.text) and self.text[at] != "]":
            try:
                feature, at = parser.raw_decode(self.text, at)
            except (ValueError, RecursionError) as error:
                raise self._refused(at) from error
            count += 1
            if not isinstance(feature, dict):
                raise self._refused(at)
            yield count, feature
            at = _skip(self.text, at)
            if self.text[at : at + 1] == ",":
                at = _skip(self.text, at + 1)
            elif self.text[at : at + 1] != "]":
                raise self._refused(at)
        self._check_rest(start.end(), at)

    def _check_rest(self, start: int, end: int) -> None:
        """Refuse a collection that is not whole around its features."""
        try:
            rest = json.loads(self.text[:start] + self.text[end:])
        except (ValueError, RecursionError) as error:
            raise self._refused(end) from error
        if not isinstance(rest, dict) or rest.get("type") != "FeatureCollection":
            raise self._refused()

    def _refused(self, at: int = 0) -> SourceError:
        return SourceError("source-not-geojson", url=self.url, at=at, near=self.text[at : at + _SHOWN])


def read_sheet(path: Path, url: str, largest: int) -> Sheet:
    """Read a GeoJSON file, unpacking it if its address ends in `.gz`.

    Some servers call the packing an encoding of the transfer; it is undone on the way then.

    Raises:
        SourceError: it is no gzip file, is cut, larger than `largest` bytes, or not UTF-8.
    """
    with path.open("rb") as stream:
        bare = stream.read(_HEAD).lstrip().startswith(b"{")
    packed = url.endswith(".gz") and not bare
    content = _unpacked(path, url, largest) if packed else path.read_bytes()
    try:
        return Sheet(url, content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise SourceError("source-not-geojson", url=url, at=error.start, near=repr(content[:20])) from error


def read_communes(sheet: Sheet, fields: Fields, parent: str | None = None) -> Iterator[Commune]:
    """Yield the communes of a collection.

    The overseas collectivities are left out, as everywhere in geocontracts.
    `parent` is a property that only a part of a commune has (a district of
    Paris): such features are left out too.

    Raises:
        SourceError: a property is missing or is not what it should be, or a geometry is no area.
    """
    for number, feature in sheet.features():
        found = _properties(sheet, number, feature)
        code = str(found.get(fields.code))
        if code.startswith(_OVERSEAS) or (parent and found.get(parent) not in (None, "", code)):
            continue
        values = [_text(sheet, number, found, name) for name in (fields.code, fields.name)]
        parents = [_text(sheet, number, found, name) for name in (fields.departement, fields.region)]
        if not _CODE.fullmatch(values[0]):
            raise SourceError("source-code", url=sheet.url, number=number, field=fields.code, value=values[0])
        geometry, mended = _area(sheet, number, values, feature.get("geometry"))
        epci = _codes(sheet, number, found, fields.epci)
        yield Commune(values[0], values[1], parents[0], parents[1], epci, geometry, mended)


def read_names(sheet: Sheet, code: str, name: str) -> dict[str, str]:
    """Return code -> name of the features of a collection, whose geometry is not looked at.

    Raises:
        SourceError: a property is missing, or a code comes twice with two names.
    """
    names: dict[str, str] = {}
    for number, feature in sheet.features():
        found = _properties(sheet, number, feature)
        key, value = _text(sheet, number, found, code), _text(sheet, number, found, name)
        if names.setdefault(key, value) != value:
            raise SourceError("source-repeated", url=sheet.url, code=key)
    return names


def _unpacked(path: Path, url: str, largest: int) -> bytes:
    """Unpack piece by piece, so that a small file cannot fill the memory."""
    parts, size = [], 0
    unpacker = zlib.decompressobj(_GZIP)
    try:
        with path.open("rb") as stream:
            while piece := unpacker.unconsumed_tail or stream.read(_CHUNK):
                parts.append(unpacker.decompress(piece, _CHUNK * 16))
                size += len(parts[-1])
                if size > largest:
                    raise SourceError("source-large", url=url, limit=largest / _MEGA)
                if unpacker.eof:
                    break
    except zlib.error as error:
        with path.open("rb") as stream:
            near = repr(stream.read(20))
        raise SourceError("source-not-gzip", url=url, near=near) from error
    if not unpacker.eof:
        raise SourceError("source-gzip-cut", url=url)
    return b"".join(parts)


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _properties(sheet: Sheet, number: int, feature: Mapping[str, Any]) -> Mapping[str, Any]:
    found = feature.get("properties")
    if not isinstance(found, dict):
        raise SourceError("source-field", url=sheet.url, number=number, field="properties", found="")
    return found


def _text(sheet: Sheet, number: int, found: Mapping[str, Any], name: str) -> str:
    """Return a property that must be a text, on one line."""
    value = found.get(name)
    if not isinstance(value, str) or not value.strip():
        names = ", ".join(sorted(map(str, found)))
        raise SourceError("source-field", url=sheet.url, number=number, field=name, found=names)
    return " ".join(value.split())


def _codes(sheet: Sheet, number: int, found: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """Return the SIREN codes of a property: a text, several in one text, a list, or nothing."""
    if name not in found:
        names = ", ".join(sorted(map(str, found)))
        raise SourceError("source-field", url=sheet.url, number=number, field=name, found=names)
    value = found[name]
    texts = value if isinstance(value, list) else [value or ""]
    codes = [code for text in texts for code in _BETWEEN.split(str(text)) if code]
    if odd := [code for code in codes if not _SIREN.fullmatch(code)]:
        raise SourceError("source-code", url=sheet.url, number=number, field=name, value=odd[0])
    return tuple(dict.fromkeys(codes))


def _area(sheet: Sheet, number: int, named: list[str], written: Any) -> tuple[shapely.Geometry, bool]:
    """Return the polygons of a geometry, made valid where that hardly changes them."""
    place = f"{named[1]} ({named[0]})"
    try:
        shape = shapely.geometry.shape(written)
    except (
        ValueError,
        TypeError,
        AttributeError,
        KeyError,
        IndexError,
        shapely.errors.ShapelyError,
    ) as error:
        raise SourceError("source-geometry", url=sheet.url, number=number, place=place) from error
    if (
        shape.geom_type not in _POLYGONS
        or shape.is_empty
        or not np.isfinite(shapely.get_coordinates(shape)).all()
    ):
        raise SourceError("source-geometry", url=sheet.url, number=number, place=place)
    shape = shapely.force_2d(shape)
    if shape.is_valid:
        return shape, False
    kept = shapely.make_valid(shape, method="structure", keep_collapsed=False)
    if kept.geom_type not in _POLYGONS or kept.is_empty or kept.area < _MENDED_SHARE * shape.area:
        raise SourceError("source-geometry", url=sheet.url, number=number, place=place)
    return kept, True
