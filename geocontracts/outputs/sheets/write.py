"""Sheets of one register, made and written in the format that the file name says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from geocontracts.errors import OutputError, UnknownOptionError
from geocontracts.files import write_whole
from geocontracts.outputs.sheets.html import render_html
from geocontracts.outputs.sheets.ledger import Ledger
from geocontracts.outputs.sheets.locator import Cartographer
from geocontracts.outputs.sheets.markdown import render_markdown
from geocontracts.outputs.sheets.neighbours import Adjacency
from geocontracts.outputs.sheets.pdf import render_pdf
from geocontracts.outputs.sheets.place import find_territory
from geocontracts.outputs.sheets.programme import build_programme, find_programme
from geocontracts.outputs.sheets.programme_text import describe_programme
from geocontracts.outputs.sheets.territory import build_territory
from geocontracts.outputs.sheets.territory_text import COLOUR, describe_territory
from geocontracts.webmap.payload import MapOptions

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from geocontracts.outputs.sheets.document import Document
    from geocontracts.outputs.sheets.place import Territory
    from geocontracts.outputs.sheets.territory import TerritorySheet
    from geocontracts.records.register import Register

SheetFormat: TypeAlias = Literal["html", "md", "pdf"]
FORMATS: tuple[SheetFormat, ...] = get_args(SheetFormat)
_WRITERS: Mapping[SheetFormat, Callable[[Document], bytes]] = {
    "html": render_html,
    "md": render_markdown,
    "pdf": render_pdf,
}


class SheetMaker:
    """Makes the sheets of one register; what they share is read, placed and drawn once."""

    def __init__(self, register: Register, options: MapOptions | None = None) -> None:
        """Read the register for sheets; `options` gives the area, in which names are looked for first.

        Raises:
            UnknownPlaceError: the area is no place, or more than one.
        """
        self.ledger = Ledger(register, options or MapOptions())
        self._adjacency = Adjacency(self.ledger.gazetteer)
        self._cartographer = Cartographer(self.ledger.gazetteer, self.ledger.lang)

    def territory(self, place: str) -> Document:
        """Return the sheet of a place, or of a contract (`contract:ID`).

        Raises:
            UnknownPlaceError: it is no place and no contract, or more than one.
        """
        return self.describe(self.gather(find_territory(place, self.ledger)))

    def gather(self, territory: Territory) -> TerritorySheet:
        """Return the facts of a territory's sheet."""
        return build_territory(territory, self.ledger, self._adjacency)

    def describe(self, sheet: TerritorySheet) -> Document:
        """Return the sheet of a territory whose facts are gathered."""
        colour = self.ledger.colour(sheet.subject.record.programme) if sheet.subject else COLOUR
        picture = self._cartographer.of_territory(sheet.territory, colour)
        return describe_territory(sheet, self.ledger, picture)

    def programme(self, written: str) -> Document:
        """Return the identity sheet of a programme, by its id or name.

        Raises:
            UnknownOptionError: there is no such programme, or there are several.
        """
        sheet = build_programme(find_programme(written, self.ledger), self.ledger)
        return describe_programme(sheet, self.ledger, self._cartographer)


def render_sheet(document: Document, style: SheetFormat) -> bytes:
    """Return a sheet in one of the formats {"html", "md", "pdf"}; the same sheet gives the same bytes.

    Raises:
        UnknownOptionError: there is no such format.
        MissingExtraError: PDF needs the extra `pdf`.
    """
    if style not in _WRITERS:
        raise UnknownOptionError("fiche-format", value=style, allowed=", ".join(FORMATS))
    return _WRITERS[style](document)


def format_of(path: Path) -> SheetFormat:
    """Return the format that the name of a file asks for.

    Raises:
        OutputError: it asks for none of them.
    """
    for style in FORMATS:
        if path.suffix.lower() == f".{style}":
            return style
    raise OutputError("fiche-suffix", file=str(path))


def write_sheet(document: Document, path: Path) -> None:
    """Write a sheet, whole or not at all, in the format of the name of the file.

    Raises:
        OutputError: the name asks for no format, or the disk refuses.
        MissingExtraError: PDF needs the extra `pdf`.
    """
    write_whole(path, render_sheet(document, format_of(path)))
