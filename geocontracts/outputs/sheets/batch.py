"""A sheet for each part of a territory, and the page that leads to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geocontracts.errors import OutputError, UnknownPlaceError
from geocontracts.files import refuse_overwriting, write_whole
from geocontracts.outputs.sheets.closing import foot, origin, running
from geocontracts.outputs.sheets.document import Column, Document, Line, Note, Row, Section, Table, line
from geocontracts.outputs.sheets.ledger import GROUPS
from geocontracts.outputs.sheets.place import collated, find_territory, of_place, plain_name
from geocontracts.outputs.sheets.said import counted
from geocontracts.outputs.sheets.territory_text import COLOUR
from geocontracts.outputs.sheets.write import render_sheet
from geocontracts.together import together
from geocontracts.words import Message, number, say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from geocontracts.outputs.sheets.document import Cell
    from geocontracts.outputs.sheets.ledger import Ledger
    from geocontracts.outputs.sheets.place import Territory
    from geocontracts.outputs.sheets.territory import TerritorySheet
    from geocontracts.outputs.sheets.write import SheetFormat, SheetMaker
    from geocontracts.places.gazetteer import Level, Place


@dataclass(frozen=True)
class Batch:
    """Sheets to be written: one for each territory in `parts`, under its name in `folder`."""

    whole: Territory
    parts: tuple[Place, ...]
    folder: Path
    style: SheetFormat

    @property
    def index(self) -> Path:
        """Return the page that leads to the sheets; it is a web page beside PDF too."""
        return self.folder / ("index.md" if self.style == "md" else "index.html")

    def file_name(self, place: Place) -> str:
        """Return the name of a sheet: its code and its name, in plain letters."""
        return f"{place.code.lower()}-{plain_name(place.name)}.{self.style}"

    def files(self) -> list[Path]:
        """Return all that will be written."""
        return [*(self.folder / self.file_name(place) for place in self.parts), self.index]


def plan_batch(written: str, level: Level, folder: Path, style: SheetFormat, ledger: Ledger) -> Batch:
    """Choose a sheet for each place of a level in a territory; an EPCI that reaches into it is one.

    Raises:
        UnknownPlaceError: the territory is no place and no contract, or has no such part.
        OutputError: the folder is a file, or a sheet would be written over the register.
    """
    whole = find_territory(written, ledger)
    column = "code" if level == "commune" else level
    codes = dict.fromkeys(ledger.gazetteer.column(column, list(whole.communes)))
    parts = [place for code in codes if (place := ledger.gazetteer.get(level, code))]
    if not parts:
        raise UnknownPlaceError("fiche-no-part", value=whole.name, level=Message(f"level-{level}"))
    if folder.is_file():
        raise OutputError("fiche-folder-is-file", file=str(folder))
    batch = Batch(
        whole, tuple(sorted(parts, key=lambda place: (collated(place.name), place.code))), folder, style
    )
    refuse_overwriting(batch.files(), ledger.register.files)
    return batch


def write_batch(batch: Batch, maker: SheetMaker, progress: Callable[[int, int], None] | None = None) -> None:
    """Write the sheets and the page that leads to them: all, or none.

    `progress` is told after each sheet how many are done, and of how many.

    Raises:
        OutputError: the disk refuses; the sheets of an earlier run are whole.
        MissingExtraError: PDF needs the extra `pdf`.
    """
    rows = []
    with together():
        for done, place in enumerate(batch.parts, 1):
            sheet = maker.gather(of_place(place, maker.ledger.gazetteer))
            content = render_sheet(maker.describe(sheet), batch.style)
            write_whole(batch.folder / batch.file_name(place), content)
            rows.append(_row(sheet, batch, maker.ledger))
            if progress:
                progress(done, len(batch.parts))
        style: SheetFormat = "md" if batch.style == "md" else "html"
        write_whole(batch.index, render_sheet(_index(batch, rows, maker.ledger), style))


def _row(sheet: TerritorySheet, batch: Batch, ledger: Ledger) -> Row:
    lang, territory = ledger.lang, sheet.territory
    place = territory.place
    contracts = [each for group in GROUPS for each in sheet.contracts[group]]
    own = sum(each.extent in ("exact", "inside") for each in contracts)
    counts = [
        *(len(sheet.contracts[group]) for group in GROUPS),
        own,
        len(sheet.missions),
        len(sheet.operations),
    ]
    people = "–" if territory.population is None else number(territory.population, lang)
    name = (Line(territory.name, "plain", batch.file_name(place) if place else None),)
    around = [_epci(sheet, batch)] if territory.kind == "commune" else []
    return Row(
        (name, line(territory.code), *around, line(people), *(line(number(count, lang)) for count in counts))
    )


def _epci(sheet: TerritorySheet, batch: Batch) -> Cell:
    """Name the EPCI of a commune, and lead to its sheet if that stands in the folder."""
    places = sheet.parents.get("epci", [])
    if not places:
        return line("–")
    href = batch.file_name(places[0])
    return (Line(places[0].name, "plain", href if (batch.folder / href).is_file() else None),)


def _index(batch: Batch, rows: Sequence[Row], ledger: Ledger) -> Document:
    lang = ledger.lang
    keys = [*(f"fiche-index-{group}" for group in GROUPS), "fiche-index-own", "fiche-missions-short"]
    is_commune = all(place.level == "commune" for place in batch.parts)
    around = [Column(say("fiche-in-epci", lang), 24)] if is_commune else []
    columns = (
        Column(say("fiche-index-place", lang), 26),
        Column(say("fiche-index-code", lang), 12, whole=True),
        *around,
        Column(say("fiche-covered-people", lang), 10, figures=True),
        *(Column(say(key, lang), 9, figures=True) for key in (*keys, "fiche-operations")),
    )
    dating = say("fiche-index-dating", lang, dating=ledger.dating(ledger.register.contracts.values()))
    caption = counted("fiche-index-caption", len(rows), lang)
    blocks = (Note(say("fiche-index-find", lang)), Table(caption, columns, tuple(rows)))
    title = say("fiche-index-title", lang, name=batch.whole.name)
    return Document(
        lang=lang,
        kind=say("fiche-index-kind", lang),
        title=title,
        subtitle="",
        running=running(title, lang),
        colour=COLOUR,
        lead=(),
        facts=(),
        figures=(),
        picture=None,
        sections=(
            Section(
                say("fiche-index-place-several", lang),
                (*blocks, Note(f"{say('fiche-index-wider', lang)} {dating}", "small")),
            ),
        ),
        foot=foot(ledger),
        origin=origin(ledger, title),
    )
