"""Records as the page is told of them: what to draw, and what to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.places.gazetteer import load_gazetteer
from geocontracts.records.amounts import period_of
from geocontracts.records.register import Mission, Operation
from geocontracts.records.schema import load_schema
from geocontracts.webmap.links import named_link
from geocontracts.webmap.runs import runs_of
from geocontracts.words import number, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geocontracts.perimeters.perimeter import Perimeter
    from geocontracts.perimeters.placement import Placement
    from geocontracts.places.area import Area
    from geocontracts.records.amounts import Funding
    from geocontracts.records.register import Contract, Programme, Register
    from geocontracts.webmap.contract import Amount, Drawing, Entry, Fact, Link
    from geocontracts.words import Lang

_TOWNS_AT_MOST = 5  # more communes than that are a perimeter, not a list of towns
_EASTING = 0.7  # a degree east is about so many degrees north, at the latitudes of France
_TABLES = {"contract": "contracts", "mission": "missions", "operation": "operations"}

_FACTS = {
    "contract": ("signatories", "axes", "stated_communes", "stated_epci", "stated_population"),
    "mission": ("operator", "days", "partners", "tools", "deliverables"),
    "operation": (),
}


class EntryWriter:
    """Writes the entries of one map; ranks are those of the payload's lists."""

    def __init__(self, register: Register, layers: Iterable[Programme], area: Area, lang: Lang) -> None:
        """Prepare the numbering of the area's communes and of the register's rows."""
        self._register, self._area, self._gazetteer, self._lang = register, area, load_gazetteer(), lang
        self._programmes = {programme.id: rank for rank, programme in enumerate(layers)}
        self._sources = {name: rank for rank, name in enumerate(register.cited)}
        self._given = self._sources.get(register.given.id, -1) if register.given else -1
        self._ranks = {record.id: rank for rank, record in enumerate(register.records())}
        self._rank = {commune: rank for rank, commune in enumerate(area.communes)}

    def source(self, name: str | None) -> int:
        """Return the rank of a source; of none, that of the list itself; -1 where there is neither."""
        return self._sources.get(name or "", self._given)

    def entry(self, perimeter: Perimeter) -> Entry:
        """Return one record for the page."""
        record = perimeter.record
        inside = [self._rank[commune] for commune in perimeter.communes if commune in self._rank]
        draw, towns = self._drawing(perimeter, inside)
        funding = record.funding
        return {
            "id": record.id,
            "kind": record.kind,
            "programme": self._programmes[record.programme],
            "title": record.title,
            "status": record.status,
            "basis": perimeter.basis,
            "draw": draw,
            "communes": runs_of(inside),
            "towns": towns,
            "places": [item.label for item in perimeter.placements if item.label],
            "elsewhere": self._elsewhere(perimeter.placements),
            "signed": _date(getattr(record, "signed_on", None)),
            "starts": _date(record.starts_on),
            "ends": _date(record.ends_on),
            "total": funding.total,
            "amounts": _amounts(funding),
            "yearly": period_of(record) == "yearly",
            "contract": self._contract(record),
            "counted": self._counted(record),
            "operators": self._operators(record),
            "themes": list(record.theme if isinstance(record, Operation) else record.themes),
            "facts": list(self._facts(record)),
            "reasons": self._reasons(perimeter) if draw == "none" else [],
            "remarks": self._remarks(perimeter, len(inside)),
            "summary": record.summary or "",
            "source": self.source(record.source),
            "section": record.section or "",
            "links": self._links(record),
        }

    def _drawing(self, perimeter: Perimeter, inside: list[int]) -> tuple[Drawing, list[int]]:
        """Decide between an outline, symbols in towns, and nothing on the map."""
        if not inside:
            seats = [self._rank[seat.number] for seat in perimeter.seats if seat.number in self._rank]
            return ("towns", seats) if seats else ("none", [])
        if perimeter.record.kind == "operation":
            return "towns", [self._sign(perimeter)]
        levels = {item.place.level for item in perimeter.placements if item.place}
        if levels == {"commune"} and len(inside) <= _TOWNS_AT_MOST:
            return "towns", inside
        return "area", []

    def _sign(self, perimeter: Perimeter) -> int:
        """Return the one commune in which the sign of an operation stands.

        One sign only, since its size is an amount that must not be seen twice: in
        the first town that is named, or else in the middle of the perimeter.
        """
        for item in perimeter.placements:
            if item.place and item.place.level == "commune" and item.place.number in self._rank:
                return self._rank[item.place.number]
        members = [commune for commune in perimeter.communes if commune in self._rank]
        lon = [float(text) for text in self._gazetteer.column("lon", members)]
        lat = [float(text) for text in self._gazetteer.column("lat", members)]
        middle_lon, middle_lat = sum(lon) / len(lon), sum(lat) / len(lat)
        away = [
            ((x - middle_lon) * _EASTING) ** 2 + (y - middle_lat) ** 2 for x, y in zip(lon, lat, strict=True)
        ]
        return self._rank[members[away.index(min(away))]]

    def _elsewhere(self, placements: Iterable[Placement]) -> list[str]:
        return [
            item.label
            for item in placements
            if item.is_placed and self._area.numbers.isdisjoint(item.communes)
        ]

    def _facts(self, record: Contract | Mission | Operation) -> Iterator[Fact]:
        schema = load_schema()[_TABLES[record.kind]]
        for name in _FACTS[record.kind]:
            value = getattr(record, name)
            if value in (None, ()):
                continue
            text = "; ".join(value) if isinstance(value, tuple) else value
            yield {"label": schema.field(name).label(self._lang), "text": _text(text, self._lang)}

    def _contract(self, record: Contract | Mission | Operation) -> int:
        contract = record.contract if isinstance(record, Operation) else None
        return self._ranks[contract] if contract in self._register.contracts else -1

    def _counted(self, record: Contract | Mission | Operation) -> int:
        around = self._register.counted_in(record.id)
        if around is None or record.id in self._register.counting_circles:
            return -1
        return self._ranks[around]

    def _links(self, record: Contract | Mission | Operation) -> list[Link]:
        return [named_link(text, self._lang) for text in record.links] if isinstance(record, Mission) else []

    def _operators(self, record: Contract | Mission | Operation) -> list[str]:
        programme = self._register.programmes[record.programme]
        written = record.operator if isinstance(record, Mission) else programme.operator
        return [name.strip() for name in (written or "").split(";") if name.strip()]

    def _reasons(self, perimeter: Perimeter) -> list[str]:
        """Say of each item why it puts nothing on the map."""
        if not perimeter.placements:
            return [say("no-territory", self._lang)]
        elsewhere = say("elsewhere", self._lang, area=self._area.name)
        return [
            f"{item.label or item.written}\u00a0: {why}"
            for item in perimeter.placements
            for why in [elsewhere if item.is_placed else item.reason.text(self._lang)]
        ]

    def _remarks(self, perimeter: Perimeter, inside: int) -> list[str]:
        record = perimeter.record
        said = [record.remark] if record.remark else []
        said += [
            f"{item.label or item.written}\u00a0: {item.reason.text(self._lang)}"
            for item in perimeter.placements
            if item.status != "placed"
        ]
        return [
            *said,
            *self._partly_outside(inside, len(perimeter.communes)),
            *(remark.text(self._lang) for remark in perimeter.remarks),
        ]

    def _partly_outside(self, inside: int, total: int) -> list[str]:
        """Say that only a part of a perimeter lies in the area, when it does."""
        if not 0 < inside < total:
            return []
        return [say("partly-outside", self._lang, inside=inside, total=total, area=self._area.name)]


def _text(value: str | float, lang: Lang) -> str:
    return value if isinstance(value, str) else number(value, lang)


def _date(value: object) -> str | None:
    return None if value is None else str(value)


def _amounts(funding: Funding) -> list[Amount]:
    return [{"payer": payer, "eur": euros} for payer, euros in funding.payers.items()]
