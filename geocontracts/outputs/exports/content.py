"""What every export is made from: the register, what the page decided of it, and the shapes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from geocontracts.outputs.exports.credits import credit_line, credits_of, licences_of
from geocontracts.perimeters.join import population
from geocontracts.places.boundaries import load_boundaries, unite
from geocontracts.places.gazetteer import load_gazetteer
from geocontracts.webmap.payload import MapOptions, build_content
from geocontracts.words import say

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geocontracts.perimeters.perimeter import Perimeter
    from geocontracts.records.register import Contract, Mission, Operation, Register
    from geocontracts.webmap.contract import Entry, Payload
    from geocontracts.webmap.payload import MapContent
    from geocontracts.words import Lang

_OVERSEAS = ("97", "98")


@dataclass(frozen=True)
class Told:
    """One record with all that is known of it; the shape is in degrees (EPSG:4326)."""

    record: Contract | Mission | Operation
    perimeter: Perimeter
    entry: Entry
    shape: BaseGeometry | None
    area_km2: float | None
    population: int | None


@dataclass(frozen=True)
class ExportContent:
    """A register ready to be written; words are in `lang`."""

    register: Register
    page: MapContent
    lang: Lang

    @property
    def payload(self) -> Payload:
        """Return what the page is told."""
        return self.page.payload

    @cached_property
    def told(self) -> list[Told]:
        """Return the records in the order of the register."""
        pairs = zip(self.page.perimeters, self.payload["records"], strict=True)
        return [self._told(perimeter, entry) for perimeter, entry in pairs]

    def _told(self, perimeter: Perimeter, entry: Entry) -> Told:
        gazetteer, numbers = load_gazetteer(), list(perimeter.communes)
        area = round(sum(map(float, gazetteer.column("area_km2", numbers))), 3) if numbers else None
        shape = self._united(perimeter.communes)
        return Told(perimeter.record, perimeter, entry, shape, area, population(numbers, gazetteer))

    def _united(self, communes: tuple[int, ...]) -> BaseGeometry | None:
        """Unite communes; the same ones once, since operations share perimeters."""
        if communes and communes not in self._shapes_made:
            codes = load_gazetteer().column("code", list(communes))
            self._shapes_made[communes] = unite([self.commune_shapes[code] for code in codes])
        return self._shapes_made.get(communes)

    @cached_property
    def _shapes_made(self) -> dict[tuple[int, ...], BaseGeometry]:
        return {}

    @cached_property
    def commune_shapes(self) -> dict[str, BaseGeometry]:
        """Return the shapes of the communes of all regions that are touched, by code."""
        gazetteer = load_gazetteer()
        shapes: dict[str, BaseGeometry] = {}
        for code in sorted(set(gazetteer.column("region", self.covered))):
            region = gazetteer.get("region", code)
            shapes.update(load_boundaries("commune", within=region).geometry if region else {})
        return shapes

    @cached_property
    def covered(self) -> list[int]:
        """Return the numbers of the communes of the area and of every perimeter, in order."""
        found = set(self.page.area.communes)
        for perimeter in self.page.perimeters:
            found.update(perimeter.communes)
        return sorted(found)

    @property
    def is_metropolitan(self) -> bool:
        """Say whether all of it lies where Lambert-93 is the legal projection."""
        codes = load_gazetteer().column("departement", self.covered)
        return not any(code.startswith(_OVERSEAS) for code in codes)

    @property
    def credit_line(self) -> str:
        """Return whom to name, on one line."""
        return credit_line(self.payload, self.lang)

    @property
    def licence(self) -> str:
        """Return the licences on one line, each with what it is for."""
        told = licences_of(self.payload, self.lang)
        return "; ".join(f"{say(f'export-credit-{key}', self.lang)}\u00a0: {text}" for key, text in told)

    @property
    def credits(self) -> list[tuple[str, str]]:
        """Return what stands on every export: heading and text."""
        return credits_of(self.payload, self.lang)


def prepare(
    register: Register, *, area: str, lang: Lang, within: str | None = None, title: str | None = None
) -> ExportContent:
    """Return what the exports of a register are made from; without a `title` one is made of the area.

    Raises:
        UnknownPlaceError: `area` or `within` is no place, or more than one.
    """
    return ExportContent(
        register, build_content(register, MapOptions(area=area, within=within, title=title, lang=lang)), lang
    )
