"""A programme's identity sheet in words: the facts of `programme` as a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.outputs.sheets.closing import foot, origin, running
from geocontracts.outputs.sheets.document import (
    Column,
    Document,
    Fact,
    Figure,
    Line,
    Note,
    Picture,
    Row,
    Section,
    Table,
    band,
    line,
)
from geocontracts.outputs.sheets.ground import Frame
from geocontracts.outputs.sheets.ledger import GROUPS
from geocontracts.outputs.sheets.notes import Notes
from geocontracts.outputs.sheets.presence import short_label
from geocontracts.outputs.sheets.rows import RowWriter
from geocontracts.outputs.sheets.said import capital, counted, figure, listed, period_text
from geocontracts.outputs.sheets.sources import Cited
from geocontracts.outputs.sheets.totals import over_notes, totals_table
from geocontracts.records.amounts import stated_funding
from geocontracts.records.schema import load_schema
from geocontracts.webmap.style import build_families, family_of
from geocontracts.words import number, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geocontracts.outputs.sheets.document import Block, Cell
    from geocontracts.outputs.sheets.ledger import Ledger
    from geocontracts.outputs.sheets.locator import Cartographer
    from geocontracts.outputs.sheets.programme import ProgrammeSheet
    from geocontracts.perimeters.perimeter import Perimeter
    from geocontracts.words import Lang

_FEW = 3  # operations without an amount that stay lines of the table
_PLACES = 5  # named in a cell
_COMMUNES = 120  # above which the communes covered are counted, not named


def describe_programme(sheet: ProgrammeSheet, ledger: Ledger, cartographer: Cartographer) -> Document:
    """Return the document of a programme's sheet."""
    return _Writer(sheet, ledger).document(cartographer)


class _Writer:
    def __init__(self, sheet: ProgrammeSheet, ledger: Ledger) -> None:
        self.sheet, self.ledger, self.programme = sheet, ledger, sheet.programme
        self.lang: Lang = ledger.lang
        self.cited, self.notes = Cited(ledger), Notes(self.lang)
        self.rows = RowWriter(ledger, self.cited, self.notes, subject=self.programme.id)
        self.family = build_families([family_of(self.programme)], self.lang)[0]

    def say(self, key: str, **facts: object) -> str:
        return say(key, self.lang, **facts)

    def document(self, cartographer: Cartographer) -> Document:
        mark = self.cited.mark(self.programme.source, self.programme.section)
        return Document(
            lang=self.lang,
            kind=self.say("fiche-kind-programme"),
            title=self.programme.name,
            subtitle=self.family["label"],
            running=running(self.programme.short_name or self.programme.name, self.lang),
            colour=self.family["light"],
            lead=tuple(self._lead(mark)),
            facts=tuple(self._facts()),
            figures=tuple(self._figures()),
            picture=self._picture(cartographer),
            sections=tuple(section for section in self._sections() if section.blocks),
            foot=foot(self.ledger),
            origin=origin(self.ledger, self.programme.name),
        )

    def _lead(self, mark: str) -> Iterator[Note]:
        programme = self.programme
        if programme.summary:
            yield Note(programme.summary)
        about = " ".join(filter(None, (programme.remark, f"{mark}." if mark else "")))
        if about:
            yield Note(about, "small")
        if programme.mention == "passing":
            yield Note(self.say("fiche-programme-passing"))
        if not self.sheet.perimeters():
            yield Note(self.say("fiche-programme-nothing"), "heed")

    def _facts(self) -> Iterator[Fact]:
        programme = self.programme
        yield Fact(self.say("fiche-code-contract"), programme.id)
        family = self.family["label"] if programme.family else self.say("fiche-family-none")
        yield Fact(self.say("fiche-family"), family)
        if programme.level:
            choices = load_schema()["programmes"].field("level").choices
            yield Fact(
                self.say("fiche-level"), choices.get(programme.level, {}).get(self.lang, programme.level)
            )
        period = period_text(programme.starts_on, programme.ends_on, self.lang)
        yield Fact(self.say("fiche-period"), capital(period or self.say("fiche-period-unknown")))
        if programme.operator:
            yield Fact(self.say("fiche-programme-operator"), programme.operator)
        if programme.stated_figures:
            yield Fact(self.say("fiche-stated-figures"), programme.stated_figures)

    def _figures(self) -> Iterator[Figure]:
        sheet = self.sheet
        contracts = sum(map(len, sheet.contracts.values()))
        counts = {
            "contracts": contracts,
            "missions": len(sheet.missions),
            "operations": len(sheet.operations),
        }
        for name, count in counts.items():
            if count or name == "contracts":
                yield Figure(number(count, self.lang), counted(f"fiche-figure-{name}", count, self.lang))
        if sheet.covered:
            count = len(sheet.covered)
            yield Figure(number(count, self.lang), counted("fiche-figure-covered", count, self.lang))

    def _picture(self, cartographer: Cartographer) -> Picture | None:
        """Draw the communes in the register's territory; nothing for a register about all of France."""
        area = self.ledger.content.area
        seats = [seat for each in self.sheet.perimeters() for seat in each.seats]
        towns = [
            self.ledger.gazetteer.place(area.communes[town])
            for each in self.sheet.operations
            for town in self.ledger.entries[each.record.id]["towns"]
        ]
        dots = [place for place in dict.fromkeys([*seats, *towns]) if place.number in area.numbers]
        if area.place is None or not (self.sheet.within or dots):
            return None
        is_region = area.place.level == "region"
        codes = (area.code,) if is_region else area.place.departement or (area.code,)
        frame = Frame("region" if is_region else "departement", codes)
        alt = self.say("fiche-map-alt-programme", around=area.name)
        svg = cartographer.of_communes(frame, self.sheet.within, dots, self.family["light"], alt)
        return Picture(
            svg, alt, self.say("fiche-map-caption-programme" if dots else "fiche-map-caption-covered")
        )

    def _sections(self) -> Iterator[Section]:
        sheet = self.sheet
        groups = [(self.say(f"fiche-{group}"), sheet.contracts[group]) for group in GROUPS]
        yield Section(self.say("fiche-programme-contracts"), tuple(self._table(groups)))
        yield Section(self.say("fiche-missions"), tuple(self._table([("", sheet.missions)])))
        yield Section(self.say("fiche-operations"), tuple(self._operations()))
        yield Section(self.say("fiche-totals"), tuple(self._totals()))
        yield Section(self.say("fiche-programme-covered"), tuple(self._covered()))
        yield self.notes.section()
        yield self.cited.section()

    def _table(self, groups: Sequence[tuple[str, Sequence[Perimeter]]]) -> list[Block]:
        rows: list[Row] = []
        for name, perimeters in groups:
            if name and perimeters:
                rows.append(band(name))
            for each in perimeters:
                standing, about = self.ledger.standing(each.record), list(self._about(each))
                rows.append(self.rows.row(each.record, standing, self._where(each), about))
        return self.rows.table("", rows)

    def _operations(self) -> Iterator[Block]:
        silent = [each for each in self.sheet.operations if not stated_funding(each.record)]
        if len(silent) <= _FEW:
            yield from self._table([("", self.sheet.operations)])
            return
        yield from self._table([("", [each for each in self.sheet.operations if each not in silent])])
        items = [
            self.rows.item(
                each.record, self.ledger.standing(each.record), self._where(each), list(self._about(each))
            )
            for each in silent
        ]
        yield from self.rows.gathered(counted("fiche-silent", len(items), self.lang), items)

    def _where(self, perimeter: Perimeter) -> Cell:
        names = [short_label(item) for item in perimeter.placements]
        lines = [Line(listed(list(dict.fromkeys(names)), _PLACES, self.lang))] if names else []
        count = len(perimeter.communes)
        if not count:
            lines.append(Line(self.say("fiche-undetailed"), "small"))
        elif count > 1:
            lines.append(Line(counted("fiche-communes", count, self.lang), "small"))
        return tuple(lines)

    def _about(self, perimeter: Perimeter) -> Iterator[str]:
        if perimeter.seats:
            yield self.say("fiche-seat", names=", ".join(seat.name for seat in perimeter.seats))
        if perimeter.basis == "inferred":
            yield self.say("fiche-inferred")

    def _totals(self) -> Iterator[Block]:
        sums = self.sheet.sums
        if not sums.records:
            return
        table = totals_table("", [(self.say("fiche-sum-programme"), sums)], self.lang)
        if table is None:
            yield Note(self.say("fiche-totals-none"))
            return
        yield table
        yield from over_notes([sums], self.lang)
        yield Note(self.say("fiche-totals-programme"), "small")

    def _covered(self) -> Iterator[Block]:
        sheet, area = self.sheet, self.ledger.content.area
        if sheet.within:
            people, everyone = figure(sheet.people, self.lang), figure(sheet.everyone, self.lang)
            facts = {"area": area.name, "all": len(area.communes), "people": people, "everyone": everyone}
            yield Note(counted("fiche-programme-covered-text", len(sheet.within), self.lang, **facts))
        elif any(sheet.contracts.values()) or sheet.missions:
            yield Note(self.say("fiche-programme-covered-none"))
        beyond = len(sheet.covered) - len(sheet.within)
        if beyond:
            yield Note(counted("fiche-programme-covered-beyond", beyond, self.lang))
        if sheet.unplaced:
            yield Note(counted("fiche-programme-nowhere", sheet.unplaced, self.lang))
        if sheet.shares:
            yield self._shares()
        if 0 < len(sheet.covered) <= _COMMUNES:
            names = self.ledger.gazetteer.column("name", list(sheet.covered))
            text = self.say("fiche-programme-communes", names=", ".join(sorted(names)))
            yield Note(text, "small")

    def _shares(self) -> Table:
        keys = ("fiche-in-departement", "fiche-covered", "fiche-covered-of", "fiche-covered-people")
        columns = tuple(Column(self.say(key), 25, figures=rank > 0) for rank, key in enumerate(keys))
        rows = [
            Row(
                (
                    line(share.place.name),
                    line(number(share.covered, self.lang)),
                    line(number(share.communes, self.lang)),
                    line(figure(share.people, self.lang)),
                )
            )
            for share in self.sheet.shares
        ]
        return Table(self.say("fiche-programme-departements"), columns, tuple(rows))
