"""A register read, placed and indexed once, for all the sheets that are made of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from geocontracts.outputs.said import date_text
from geocontracts.places.gazetteer import load_gazetteer
from geocontracts.webmap.payload import build_content
from geocontracts.words import say

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from geocontracts.perimeters.perimeter import Perimeter
    from geocontracts.places.gazetteer import Gazetteer
    from geocontracts.records.register import Contract, Mission, Operation, Register, Source
    from geocontracts.records.values import PartialDate
    from geocontracts.webmap.contract import Entry, Payload
    from geocontracts.webmap.payload import MapContent, MapOptions
    from geocontracts.words import Lang

Group: TypeAlias = Literal["in_force", "to_come", "past", "unsaid"]
GROUPS: tuple[Group, ...] = get_args(Group)

_GROUP_OF: dict[str | None, Group] = {
    "signed": "in_force",
    "in_force": "in_force",
    "planned": "to_come",
    "announced": "to_come",
    "ended": "past",
    None: "unsaid",
}


@dataclass(frozen=True)
class Standing:
    """Where a record stands in time; `by_date` when its end, and not its status, makes it past."""

    group: Group
    by_date: bool


class Ledger:
    """What all sheets of a register share: its perimeters by commune, and what the map page says."""

    def __init__(self, register: Register, options: MapOptions) -> None:
        """Place the records and decide their colours, as the map does.

        Raises:
            UnknownPlaceError: the area of the options is no place, or more than one.
        """
        self.register = register
        self.lang: Lang = options.lang
        self.content: MapContent = build_content(register, options)
        self.payload: Payload = self.content.payload
        self.gazetteer: Gazetteer = load_gazetteer()
        entries = self.payload["records"]
        self.entries: dict[str, Entry] = {entry["id"]: entry for entry in entries}
        self.perimeters: dict[str, Perimeter] = {each.record.id: each for each in self.content.perimeters}

    @cached_property
    def _by_commune(self) -> dict[int, list[str]]:
        found: dict[int, list[str]] = defaultdict(list)
        for name, perimeter in self.perimeters.items():
            for commune in perimeter.communes:
                found[commune].append(name)
        return dict(found)

    @cached_property
    def _rank(self) -> dict[str, int]:
        return {name: rank for rank, name in enumerate(self.perimeters)}

    @cached_property
    def unplaced(self) -> list[Perimeter]:
        """Return the records of which no commune is known."""
        return [perimeter for perimeter in self.perimeters.values() if not perimeter.communes]

    def touching(self, communes: Iterable[int]) -> list[Perimeter]:
        """Return the records that cover one of these communes, in the order of the register."""
        found = {name for commune in communes for name in self._by_commune.get(commune, ())}
        return [self.perimeters[name] for name in sorted(found, key=self._rank.__getitem__)]

    def colour(self, programme: str) -> str:
        """Return the colour of a programme's family (#rrggbb), as on the map page."""
        return self.colours.get(
            programme, self.payload["families"][0]["light"] if self.colours else "#42474b"
        )

    @cached_property
    def colours(self) -> dict[str, str]:
        """Return the colour of each programme that has a record."""
        families = self.payload["families"]
        return {each["id"]: families[each["family"]]["light"] for each in self.payload["programmes"]}

    def programme_name(self, programme: str) -> str:
        """Return the short name of a programme."""
        found = self.register.programmes[programme]
        return found.short_name or found.name

    def source(self, record: Contract | Mission | Operation) -> Source | None:
        """Return the document that a record comes from, or the list that it stands in."""
        return self.register.source_of(record.source)

    @cached_property
    def newest(self) -> PartialDate | None:
        """Return the date of the latest document that a record comes from, None where none has a date."""
        dates = [source.published_on for record in self.register.records() if (source := self.source(record))]
        return max((date for date in dates if date), key=_begun, default=None)

    def dating(self, records: Iterable[Contract | Mission | Operation]) -> str:
        """Say how old the documents of these records are: the latest, and whether some have no date."""
        sources = [self.source(record) for record in records]
        dates = [source.published_on for source in sources if source and source.published_on]
        if not dates:
            return say("fiche-dating-none", self.lang)
        key = "fiche-dating" if len(dates) == len(sources) else "fiche-dating-some"
        return say(key, self.lang, date=date_text(max(dates, key=_begun), self.lang))

    def standing(self, record: Contract | Mission | Operation) -> Standing:
        """Say whether a record is in force, to come or past.

        That is what its document says. A record that its document says to be in force is past
        when its own end lies before the latest document of the register, never when it lies before today.
        """
        group = _GROUP_OF[record.status]
        newest = self.newest
        is_open = group in ("in_force", "unsaid")
        if is_open and record.ends_on and newest and record.ends_on.last() < newest.first():
            return Standing("past", by_date=True)
        return Standing(group, by_date=False)


def _begun(dated: PartialDate) -> tuple[date, str]:
    return dated.first(), dated.text
