"""What a sheet is made of, whatever it is about: the writers know of nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from geocontracts.words import Lang

LineStyle: TypeAlias = Literal["plain", "strong", "small"]
NoteStyle: TypeAlias = Literal["plain", "strong", "small", "heed"]


@dataclass(frozen=True)
class Line:
    """A line of text in a cell.

    `href` is an https address, or a file beside the sheet; `note` the number of its note.
    """

    text: str
    style: LineStyle = "plain"
    href: str | None = None
    note: str = ""


Cell: TypeAlias = tuple[Line, ...]


@dataclass(frozen=True)
class Column:
    """A column of a table.

    `share` is its width beside the others', `figures` sets it to the right, `whole` keeps what
    stands in it on one line.
    """

    label: str
    share: int
    figures: bool = False
    whole: bool = False


@dataclass(frozen=True)
class Row:
    """A line of a table; `colour` (#rrggbb) marks its beginning, empty for none.

    A band has one cell, across the table: it says what the lines below it are.
    """

    cells: tuple[Cell, ...]
    colour: str = ""
    is_band: bool = False


@dataclass(frozen=True)
class Table:
    """A table; its caption says what its lines are, where the heading above or a band does not."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Note:
    """A paragraph: `heed` is what a reader must not miss."""

    text: str
    style: NoteStyle = "plain"


@dataclass(frozen=True)
class Listing:
    """Short lines, one under the other, in one column or two; numbered from 1, they are notes."""

    items: tuple[str, ...]
    columns: int = 1
    numbered: bool = False


Block: TypeAlias = Table | Note | Listing


@dataclass(frozen=True)
class Section:
    """A part of a sheet, under a heading."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Fact:
    """A labelled fact."""

    label: str
    text: str


@dataclass(frozen=True)
class Figure:
    """A number that stands out, and what it counts."""

    value: str
    label: str


@dataclass(frozen=True)
class Picture:
    """A map as SVG that we wrote ourselves, and what it shows in words."""

    svg: str
    alt: str
    caption: str


@dataclass(frozen=True)
class Origin:
    """Where a sheet comes from, as programs read it: in JSON-LD, and as properties of a PDF.

    `about` is one text, which names who made the data; `keywords` are the hashes of what was read. A sheet
    has no author: who made the data did not write it.
    """

    linked: str = ""
    about: str = ""
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True)
class Document:
    """A whole sheet: texts only, ready to be set.

    `kind` stands above the title, `running` in the margin of each page; `colour` (#rrggbb)
    is that of the sheet; `foot` closes it, a paragraph a text; `origin` is for programs.
    """

    lang: Lang
    kind: str
    title: str
    subtitle: str
    running: str
    colour: str
    lead: tuple[Note, ...]
    facts: tuple[Fact, ...]
    figures: tuple[Figure, ...]
    picture: Picture | None
    sections: tuple[Section, ...]
    foot: tuple[str, ...]
    origin: Origin = Origin()


def band(text: str) -> Row:
    """Return a line across a table that says what the lines below it are."""
    return Row((line(text, "strong"),), is_band=True)


def line(text: str, style: LineStyle = "plain") -> Cell:
    """Return a cell of one line."""
    return (Line(text, style),)
