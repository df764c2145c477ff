"""A territory's sheet in words: the facts of `territory` as a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.outputs.sheets.closing import foot, running
from geocontracts.outputs.sheets.coverage import where_lines
from geocontracts.outputs.sheets.document import (
    Column,
    Document,
    Fact,
    Figure,
    Note,
    Row,
    Section,
    Table,
    line,
)
from geocontracts.outputs.sheets.ledger import GROUPS
from geocontracts.outputs.sheets.place import told_apart
from geocontracts.outputs.sheets.remarks import Remarks
from geocontracts.outputs.sheets.rows import RowWriter
from geocontracts.outputs.sheets.said import capital, counted, figure, listed
from geocontracts.outputs.sheets.sources import Cited
from geocontracts.outputs.sheets.totals import totals_table
from geocontracts.words import number, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geocontracts.outputs.sheets.document import Block, Picture
    from geocontracts.outputs.sheets.ledger import Ledger
    from geocontracts.outputs.sheets.neighbours import Neighbourhood, Shared
    from geocontracts.outputs.sheets.presence import Presence
    from geocontracts.outputs.sheets.territory import TerritorySheet
    from geocontracts.places.gazetteer import Place

COLOUR = "#26465a"  # of a sheet that belongs to no family: slate
_NAMES = 12  # places named in a fact
_NEIGHBOURS = 8  # named in a cell
_COMMUNES = 120  # above which the communes of a territory are counted, not named
_EXTENTS = ("exact", "inside", "wider", "seat")


def describe_territory(sheet: TerritorySheet, ledger: Ledger, picture: Picture | None) -> Document:
    """Return the document of a territory's sheet."""
    return _Writer(sheet, ledger).document(picture)


class _Writer:
    def __init__(self, sheet: TerritorySheet, ledger: Ledger) -> None:
        self.sheet, self.ledger, self.lang = sheet, ledger, ledger.lang
        self.territory = sheet.territory
        self.cited = Cited(ledger)
        self.remarks = Remarks(self.lang)
        self.rows = RowWriter(ledger, self.cited, self.remarks, subject=_subject(sheet))

    def say(self, key: str, **facts: object) -> str:
        return say(key, self.lang, **facts)

    def document(self, picture: Picture | None) -> Document:
        territory = self.territory
        sections = tuple(section for section in self._sections() if section.blocks)
        kind = self.say(f"fiche-kind-{territory.kind}")
        subject = self.sheet.subject
        return Document(
            lang=self.lang,
            kind=kind,
            title=territory.name,
            subtitle=self._subtitle(),
            running=running(
                self.say(f"fiche-subject-{territory.kind}", name=territory.name, code=territory.code),
                self.lang,
            ),
            colour=self.ledger.colour(subject.record.programme) if subject else COLOUR,
            lead=tuple(self._lead()),
            facts=tuple(self._facts()),
            figures=tuple(self._figures()),
            picture=picture,
            sections=sections,
            foot=foot(self.ledger),
        )

    def _subtitle(self) -> str:
        if self.sheet.subject:
            return self.ledger.programme_name(self.sheet.subject.record.programme)
        names = [
            place.name
            for level in ("departement", "region")
            for place in self.sheet.parents.get(level, [])[:3]
        ]
        return ", ".join(names)

    def _lead(self) -> Iterator[Note]:
        if self.territory.remark:
            yield Note(capital(self.territory.remark.text(self.lang)))
        if self.sheet.subject and not self.territory.communes:
            yield Note(self.say("fiche-contract-nowhere"), "heed")
        if not self.sheet.presences():
            yield Note(self.say("fiche-nothing"))

    def _facts(self) -> Iterator[Fact]:
        territory = self.territory
        yield Fact(self.say(f"fiche-code-{territory.kind}"), territory.code)
        for level, places in self.sheet.parents.items():
            if places:
                key = f"fiche-in-{level}" if len(places) == 1 else f"fiche-in-{level}-several"
                yield Fact(self.say(key), self._names(places))
            elif level == "epci" and territory.kind == "commune":
                yield Fact(self.say("fiche-in-epci"), self.say("fiche-no-epci"))
        if territory.communes:
            yield Fact(self.say("fiche-area"), self.say("fiche-km2", n=territory.area_km2))

    def _names(self, places: Sequence[Place]) -> str:
        return listed([told_apart(place, list(places)) for place in places], _NAMES, self.lang)

    def _figures(self) -> Iterator[Figure]:
        sheet = self.sheet
        yield Figure(figure(self.territory.population, self.lang), self.say("fiche-inhabitants"))
        if self.territory.kind != "commune":
            count = len(self.territory.communes)
            yield Figure(number(count, self.lang), counted("fiche-figure-communes", count, self.lang))
        if sheet.subject:
            others = [each for group in GROUPS for each in sheet.contracts[group]]
            yield self._figure("fiche-figure-own-operations", sheet.own)
            yield self._figure("fiche-figure-others", others)
            return
        for group in GROUPS:
            if sheet.contracts[group] or group in ("in_force", "to_come"):
                yield self._figure(f"fiche-figure-{group}", sheet.contracts[group])
        yield self._figure("fiche-figure-operations", sheet.operations)

    def _figure(self, key: str, presences: Sequence[Presence]) -> Figure:
        """Count records, and say how many of them are of this territory alone."""
        own = sum(each.extent in ("exact", "inside") for each in presences)
        label = counted(key, len(presences), self.lang)
        if 0 < len(presences) != own and not self.sheet.subject:
            label = self.say("fiche-figure-own", label=label, n=own)
        return Figure(number(len(presences), self.lang), label)

    def _sections(self) -> Iterator[Section]:
        sheet = self.sheet
        if sheet.subject:
            caption = self.say("fiche-subject-caption")
            yield Section(self.say("fiche-subject"), tuple(self._table(caption, [sheet.subject])))
            yield Section(self.say("fiche-own"), tuple(self._table(self.say("fiche-own-caption"), sheet.own)))
            yield self._totals()
        yield self._contracts()
        yield Section(self.say("fiche-seated"), tuple(self._seated()))
        yield Section(
            self.say("fiche-missions"), tuple(self._table(self.say("fiche-missions-caption"), sheet.missions))
        )
        yield Section(
            self.say("fiche-operations-others" if sheet.subject else "fiche-operations"),
            tuple(self._operations()),
        )
        if not sheet.subject:
            yield self._totals()
        if sheet.neighbourhood:
            yield Section(
                self.say(f"fiche-neighbours-{self.territory.kind}"),
                tuple(self._neighbours(sheet.neighbourhood)),
            )
        if self.territory.kind not in ("commune", "region") and 0 < len(self.territory.communes) <= _COMMUNES:
            yield Section(self.say("fiche-communes-title"), (Note(self._members(), "small"),))
        if sheet.nowhere:
            yield Section(self.say("fiche-nowhere-title"), (Note(self._nowhere(), "small"),))
        yield self.remarks.section()
        yield self.cited.section()

    def _contracts(self) -> Section:
        blocks: list[Block] = []
        for group in GROUPS:
            blocks += self._table(self.say(f"fiche-{group}"), self.sheet.contracts[group])
        key = "fiche-contracts-others" if self.sheet.subject else "fiche-contracts"
        if not blocks and self.territory.communes:
            blocks.append(Note(self.say("fiche-no-contract")))
        return Section(self.say(key), tuple(blocks))

    def _table(self, caption: str, presences: Iterable[Presence]) -> list[Block]:
        ordered = sorted(presences, key=lambda each: (_EXTENTS.index(each.extent), each.elsewhere))
        rows = [self._row(each) for each in ordered]
        return [self.rows.table(caption, rows)] if rows else []

    def _row(self, presence: Presence) -> Row:
        is_subject = presence is self.sheet.subject
        is_part = presence.extent == "wider" and not is_subject and presence not in self.sheet.own
        where = where_lines(presence, self.territory, self.ledger)
        return self.rows.row(presence.record, presence.standing, where, is_part=is_part, in_full=is_subject)

    def _seated(self) -> Iterator[Block]:
        blocks = self._table(self.say("fiche-seated-caption"), self.sheet.seated)
        if blocks:
            yield Note(self.say("fiche-seated-note"))
            yield from blocks

    def _operations(self) -> Iterator[Block]:
        groups = {
            "fiche-operations-here": ("exact", "inside"),
            "fiche-operations-wider": ("wider",),
            "fiche-operations-seat": ("seat",),
        }
        for key, extents in groups.items():
            yield from self._table(self.say(key), [e for e in self.sheet.operations if e.extent in extents])

    def _totals(self) -> Section:
        title = self.say("fiche-totals")
        within, beyond = self.sheet.within, self.sheet.beyond
        if beyond is None:
            table = totals_table(
                self.say("fiche-totals-caption"), [(self.say("fiche-sum-contract"), within)], self.lang
            )
            note = Note(self.say("fiche-totals-contract"), "small")
            return Section(title, (table, note) if table else (Note(self.say("fiche-totals-none")),))
        sums = [(self.say("fiche-sum-within"), within), (self.say("fiche-sum-beyond"), beyond)]
        table = totals_table(self.say("fiche-totals-caption"), sums, self.lang)
        if not within.records and not beyond.records:
            return Section(title, ())
        blocks: list[Block] = [table] if table else []
        if within.records and not within.whole and not within.yearly:
            blocks.insert(0, Note(counted("fiche-within-none", within.records, self.lang)))
        if beyond.whole or beyond.yearly:
            blocks.append(Note(self.say("fiche-totals-heed"), "heed"))
        if not within.records:
            blocks.insert(0, Note(self.say("fiche-within-empty")))
        if table:
            blocks.append(
                Note(
                    self.say("fiche-totals-note" if within.whole and beyond.whole else "fiche-totals-least"),
                    "small",
                )
            )
        return Section(title, tuple(blocks))

    def _neighbours(self, found: Neighbourhood) -> Iterator[Block]:
        if not found.places and not found.beyond:
            yield Note(self.say("fiche-no-neighbour"))
            return
        names = [told_apart(place, list(found.places)) for place in found.places]
        yield Note(
            self.say("fiche-neighbours-are", n=len(names), names=", ".join(names))
            if names
            else self.say("fiche-neighbours-beyond-only")
        )
        count = len(found.places)
        yield from self._shared("fiche-theirs", "fiche-who-has", found.theirs, "having", count)
        yield from self._shared("fiche-ours", "fiche-who-lacks", found.ours, "lacking", count)
        if names and not found.theirs and not found.ours:
            yield Note(self.say("fiche-neighbours-same"))
        yield Note(" ".join(self._neighbour_notes(found)), "small")

    def _neighbour_notes(self, found: Neighbourhood) -> Iterator[str]:
        if found.common:
            yield self.say("fiche-common", names=", ".join(map(self.ledger.programme_name, found.common)))
        if found.beyond:
            names = [told_apart(place, list(found.beyond)) for place in found.beyond]
            yield self.say("fiche-beyond", names=", ".join(names), area=self.ledger.content.area.name)
        yield self.say("fiche-neighbours-note")

    def _shared(
        self, caption: str, who: str, shared: Sequence[Shared], side: str, count: int
    ) -> Iterator[Block]:
        rows = []
        for each in shared:
            places: tuple[Place, ...] = getattr(each, side)
            names = listed([told_apart(place, list(places)) for place in places], _NEIGHBOURS, self.lang)
            if side == "lacking" and not each.having:
                names = self.say("fiche-none-has")
            share = self.say("fiche-share-of", n=len(places), all=count)
            cells = (line(self.ledger.programme_name(each.programme)), line(share), line(names))
            rows.append(Row(cells, self.ledger.colour(each.programme)))
        if rows:
            columns = (
                Column(self.say("fiche-programme"), 36),
                Column(self.say("fiche-neighbours-count"), 14),
                Column(self.say(who), 50),
            )
            yield Table(self.say(caption), columns, tuple(rows))

    def _members(self) -> str:
        names = self.ledger.gazetteer.column("name", list(self.territory.communes))
        return ", ".join(sorted(names))

    def _nowhere(self) -> str:
        counts: dict[str, int] = {}
        for perimeter in self.sheet.nowhere:
            name = self.ledger.programme_name(perimeter.record.programme)
            counts[name] = counts.get(name, 0) + 1
        names = [name if count == 1 else f"{name} ({count})" for name, count in counts.items()]
        return counted("fiche-nowhere", len(self.sheet.nowhere), self.lang, names="; ".join(names))


def _subject(sheet: TerritorySheet) -> str:
    return sheet.subject.record.id if sheet.subject else ""
