"""What a sheet is made of, whatever it is about: the writers know of nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from geocontracts.words import Lang

LineStyle: TypeAlias = Literal["plain", "strong", "small"]
NoteStyle: TypeAlias = Literal["plain", "small", "heed"]


@dataclass(frozen=True)
class Line:
    """A line of text in a cell; `href` is an https address, or a file beside the sheet."""

    text: str
    style: LineStyle = "plain"
    href: str | None = None


Cell: TypeAlias = tuple[Line, ...]


@dataclass(frozen=True)
class Column:
    """A column of a table; `share` is its width beside the others', `figures` sets it to the right."""

    label: str
    share: int
    figures: bool = False


@dataclass(frozen=True)
class Row:
    """A line of a table; `colour` (#rrggbb) marks its beginning, empty for none."""

    cells: tuple[Cell, ...]
    colour: str = ""


@dataclass(frozen=True)
class Table:
    """A table with its caption, which says what its lines are."""

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
    """Short lines, one under the other."""

    items: tuple[str, ...]


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
class Document:
    """A whole sheet: texts only, ready to be set.

    `kind` stands above the title, `running` in the margin of each page; `colour` (#rrggbb)
    is that of the sheet; `foot` closes it, a paragraph a text.
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


def line(text: str, style: LineStyle = "plain") -> Cell:
    """Return a cell of one line."""
    return (Line(text, style),)
