"""A territory's sheet in words: the facts of `territory` as a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.outputs.sheets.closing import foot, origin, running
from geocontracts.outputs.sheets.coverage import where_cell, where_notes
from geocontracts.outputs.sheets.document import (
    Document,
    Fact,
    Figure,
    Line,
    Note,
    Section,
    band,
)
from geocontracts.outputs.sheets.ledger import GROUPS
from geocontracts.outputs.sheets.neighbours_text import neighbour_blocks
from geocontracts.outputs.sheets.notes import Notes
from geocontracts.outputs.sheets.place import told_apart
from geocontracts.outputs.sheets.rows import RowWriter
from geocontracts.outputs.sheets.said import capital, counted, figure, listed
from geocontracts.outputs.sheets.sources import Cited
from geocontracts.outputs.sheets.totals import over_notes, totals_table
from geocontracts.records.amounts import stated_funding
from geocontracts.words import number, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import TypeAlias

    from geocontracts.outputs.sheets.document import Block, Picture, Row
    from geocontracts.outputs.sheets.ledger import Ledger
    from geocontracts.outputs.sheets.presence import Presence
    from geocontracts.outputs.sheets.territory import TerritorySheet
    from geocontracts.places.gazetteer import Place

    Groups: TypeAlias = Sequence[tuple[str, Sequence[Presence]]]

COLOUR = "#26465a"  # of a sheet that belongs to no family: slate
_NAMES = 12  # places named in a fact
_COMMUNES = 120  # above which the communes of a territory are counted, not named
_FEW = 3  # operations without an amount that stay lines of the table
_DATED = ("fiche-figure-in_force", "fiche-figure-to_come")
_EXTENTS = ("exact", "inside", "wider", "seat")


def describe_territory(sheet: TerritorySheet, ledger: Ledger, picture: Picture | None) -> Document:
    """Return the document of a territory's sheet."""
    return _Writer(sheet, ledger).document(picture)


class _Writer:
    def __init__(self, sheet: TerritorySheet, ledger: Ledger) -> None:
        self.sheet, self.ledger, self.lang = sheet, ledger, ledger.lang
        self.territory = sheet.territory
        self.cited, self.notes = Cited(ledger), Notes(self.lang)
        self.rows = RowWriter(ledger, self.cited, self.notes, subject=_subject(sheet))

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
            origin=origin(self.ledger, territory.name),
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
        if presences and key in _DATED:
            dating = self.ledger.dating(each.record for each in presences)
            label = self.say("fiche-figure-dated", label=label, dating=dating)
        if 0 < len(presences) != own and not self.sheet.subject:
            label = self.say("fiche-figure-own", label=label, n=own)
        return Figure(number(len(presences), self.lang), label)

    def _sections(self) -> Iterator[Section]:
        sheet = self.sheet
        if sheet.subject:
            yield Section(self.say("fiche-subject"), tuple(self._subject_table(sheet.subject)))
            yield Section(self.say("fiche-own"), tuple(self._gathered([("", sheet.own)])))
            yield self._totals()
        yield self._contracts()
        if not sheet.subject:
            yield self._totals()
        yield Section(self.say("fiche-seated"), tuple(self._seated()))
        yield Section(self.say("fiche-missions"), tuple(self._table([("", sheet.missions)])))
        key = "fiche-operations-others" if sheet.subject else "fiche-operations"
        yield Section(self.say(key), tuple(self._operations()))
        if sheet.neighbourhood:
            yield Section(
                self.say(f"fiche-neighbours-{self.territory.kind}"),
                tuple(neighbour_blocks(sheet.neighbourhood, self.ledger)),
            )
        if self.territory.kind not in ("commune", "region") and 0 < len(self.territory.communes) <= _COMMUNES:
            yield Section(self.say("fiche-communes-title"), (Note(self._members(), "small"),))
        if sheet.nowhere:
            yield Section(self.say("fiche-nowhere-title"), (Note(self._nowhere(), "small"),))
        yield self.notes.section()
        yield self.cited.section()

    def _contracts(self) -> Section:
        groups = [(self.say(f"fiche-{group}"), self.sheet.contracts[group]) for group in GROUPS]
        blocks = self._table(groups)
        key = "fiche-contracts-others" if self.sheet.subject else "fiche-contracts"
        if not blocks and self.territory.communes:
            blocks.append(Note(self.say("fiche-no-contract")))
        return Section(self.say(key), tuple(blocks))

    def _table(self, groups: Groups) -> list[Block]:
        """Return one table of all groups, a band before each that has a name."""
        rows: list[Row] = []
        for name, presences in groups:
            if name and presences:
                rows.append(band(name))
            rows += [self._row(each) for each in _ordered(presences)]
        return self.rows.table("", rows)

    def _gathered(self, groups: Groups) -> Iterator[Block]:
        """Return the table of what has an amount, and a list of what has none where that is much."""
        silent = [e for _, found in groups for e in found if not stated_funding(e.record)]
        if len(silent) <= _FEW:
            yield from self._table(groups)
            return
        yield from self._table([(name, [e for e in found if e not in silent]) for name, found in groups])
        for name, found in groups:
            items = [self._item(each) for each in _ordered(found) if each in silent]
            key = "fiche-silent-in" if name else "fiche-silent"
            yield from self.rows.gathered(counted(key, len(items), self.lang, group=name), items)

    def _row(self, presence: Presence) -> Row:
        is_part = presence.extent == "wider" and presence not in self.sheet.own
        where = where_cell(presence, self.territory, self.ledger)
        about = list(where_notes(presence, self.territory, self.ledger))
        return self.rows.row(presence.record, presence.standing, where, about, is_part=is_part)

    def _item(self, presence: Presence) -> str:
        where = where_cell(presence, self.territory, self.ledger)
        about = list(where_notes(presence, self.territory, self.ledger))
        return self.rows.item(presence.record, presence.standing, where, about)

    def _subject_table(self, presence: Presence) -> list[Block]:
        where = where_cell(presence, self.territory, self.ledger)
        about = where_notes(presence, self.territory, self.ledger)
        where = (*where, *(Line(text, "small") for text in about))
        return self.rows.table("", [self.rows.in_full(presence.record, presence.standing, where)])

    def _seated(self) -> Iterator[Block]:
        blocks = self._table([("", self.sheet.seated)])
        if blocks:
            yield Note(self.say("fiche-seated-note"))
            yield from blocks

    def _operations(self) -> Iterator[Block]:
        groups = {
            "fiche-operations-here": ("exact", "inside"),
            "fiche-operations-wider": ("wider",),
            "fiche-operations-seat": ("seat",),
        }
        yield from self._gathered(
            [
                (self.say(key), [each for each in self.sheet.operations if each.extent in extents])
                for key, extents in groups.items()
            ]
        )

    def _totals(self) -> Section:
        title = self.say("fiche-totals")
        within, beyond = self.sheet.within, self.sheet.beyond
        if beyond is None:
            table = totals_table("", [(self.say("fiche-sum-contract"), within)], self.lang)
            notes = [*over_notes([within], self.lang), Note(self.say("fiche-totals-contract"), "small")]
            return Section(title, (table, *notes) if table else (Note(self.say("fiche-totals-none")),))
        sums = [(self.say("fiche-sum-within"), within), (self.say("fiche-sum-beyond"), beyond)]
        table = totals_table("", sums, self.lang)
        if not within.records and not beyond.records:
            return Section(title, ())
        blocks: list[Block] = [table, *over_notes([within, beyond], self.lang)] if table else []
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


def _ordered(presences: Iterable[Presence]) -> list[Presence]:
    return sorted(presences, key=lambda each: (_EXTENTS.index(each.extent), each.elsewhere))


def _subject(sheet: TerritorySheet) -> str:
    return sheet.subject.record.id if sheet.subject else ""
