"""The contract between Python and the page: the shape of the payload, declared once.

`scripts/build_payload_types.py` writes `client/src/payload.d.ts` from these
declarations, and its `--check` fails when the two differ. Python decides what is
shown and says it here; the page draws, filters and announces.
"""

from __future__ import annotations

from typing import Literal, TypeAlias, TypedDict

from geocontracts.records.amounts import Payer  # noqa: TC001  (read at run time by the generator)

Kind: TypeAlias = Literal["contract", "mission", "operation"]
Basis: TypeAlias = Literal["stated", "inferred", "unknown"]
Drawing: TypeAlias = Literal["area", "towns", "none"]
Status: TypeAlias = Literal["signed", "in_force", "planned", "ended", "announced"]
Hatch: TypeAlias = Literal["none", "slash", "backslash", "vertical", "horizontal", "grid", "dots"]
Line: TypeAlias = Literal["solid", "double", "long", "short"]
Glyph: TypeAlias = Literal["lozenge", "square", "triangle", "circle", "cross", "hexagon", "star"]
Chrome: TypeAlias = Literal["page", "embed"]
View: TypeAlias = Literal["contracts", "pileup", "amounts", "white", "cross"]
MarkKind: TypeAlias = Literal["sea", "country", "region"]


class Area(TypedDict):
    """The territory that the map shows."""

    level: str
    code: str
    name: str


class Grid(TypedDict):
    """How to read the block of arcs (see `webmap/chains.py`).

    Coordinates are integers; lon = x / 2**bits, lat = y / 2**bits (EPSG:4326).
    Units are numbered: first the communes, then the départements of the context.
    """

    bits: int
    arcs: int
    points: int
    communes: int
    context: int
    bounds: tuple[int, int, int, int]  # of the area and its insets as drawn: left, bottom, right, top
    tolerance: int  # metres, at most, from a border of the area to where the boundaries in use have it
    insets: list[Inset]


class Inset(TypedDict):
    """A territory overseas that is drawn apart, in a frame beside the main one.

    Its ground keeps its true coordinates; what lies in `bounds` is drawn `scale`
    times larger (in Mercator) around `centre`, inside `frame`. All in grid units.
    """

    code: str
    name: str
    bounds: tuple[int, int, int, int]  # of its ground: left, bottom, right, top
    frame: tuple[int, int, int, int]  # where it is drawn
    centre: tuple[int, int]  # where the middle of `bounds` is drawn
    scale: float
    times: float  # its scale on the ground, as a multiple of that of the main territory


class Communes(TypedDict):
    """The communes of the area, one entry a commune in every column."""

    code: list[str]
    name: list[str]
    epci: list[int]  # index in `epci`, -1 where there is none
    arrondissement: list[int]
    departement: list[int]
    population: list[int | None]
    x: list[int]  # a point inside the commune, in grid units
    y: list[int]


class Group(TypedDict):
    """An EPCI, an arrondissement, a département or a région of the area."""

    code: str
    name: str
    population: int | None
    x: int
    y: int


class Alias(TypedDict):
    """An earlier name of a commune or an EPCI of the area, for the search."""

    name: str
    level: Literal["commune", "epci"]
    index: int  # in `communes` or `epci`


class Context(TypedDict):
    """A département beside the area, drawn as ground only."""

    code: str
    name: str
    region: str
    x: int
    y: int


class Mark(TypedDict):
    """A name written on the ground: a sea, a neighbouring country or region."""

    name: str
    kind: MarkKind
    x: int
    y: int


class Places(TypedDict):
    """All places of the map."""

    communes: Communes
    epci: list[Group]
    arrondissements: list[Group]
    departements: list[Group]
    regions: list[Group]
    region: list[int]  # of each département, its index in `regions`
    aliases: list[Alias]
    context: list[Context]
    marks: list[Mark]


class Family(TypedDict):
    """A family of programmes; it gives the hue."""

    id: str
    label: str
    light: str  # colour on the light ground
    dark: str  # colour on the dark ground


class Programme(TypedDict):
    """A programme: one layer and one line of the legend."""

    id: str
    family: int
    name: str
    short: str
    summary: str
    period: str
    hatch: Hatch
    line: Line
    glyph: Glyph
    source: int
    section: str


class Amount(TypedDict):
    """What one payer gives, in euros."""

    payer: Payer
    eur: float


class Fact(TypedDict):
    """A labelled fact for the panel, both sides ready to be shown."""

    label: str
    text: str


class Link(TypedDict):
    """A link to a page elsewhere; `href` is https or null."""

    text: str
    href: str | None


class Entry(TypedDict):
    """A contract, a mission or an operation, with the communes that it covers."""

    id: str
    kind: Kind
    programme: int
    title: str
    status: Status | None  # None where the register does not say
    basis: Basis | None
    draw: Drawing
    communes: list[int]  # runs: first number, how many, first number, ...
    towns: list[int]  # communes in which a symbol stands
    places: list[str]  # the places as they were understood
    elsewhere: list[str]  # the places that lie outside the area
    signed: str | None  # dates are ISO and may be partial: 2019, 2019-06, 2019-06-29
    starts: str | None
    ends: str | None
    total: float | None  # euros
    amounts: list[Amount]
    yearly: bool  # whether these are amounts of each year
    contract: int  # of an operation: the contract that it belongs to, or -1
    counted: int  # the record in whose amounts these are counted, or -1
    operators: list[str]  # who carries it: of a mission itself, else of its programme
    themes: list[str]
    facts: list[Fact]
    reasons: list[str]  # why nothing is drawn, when `draw` is none
    remarks: list[str]
    summary: str
    source: int
    section: str
    links: list[Link]


class Source(TypedDict):
    """A document that facts come from."""

    id: str
    title: str
    publisher: str
    published: str
    href: str | None
    licence: str


class Input(TypedDict):
    """A file that was read, and how it is known again."""

    name: str
    bytes: int
    sha256: str


class Provenance(TypedDict):
    """Where all of it comes from, beside the sources of the records."""

    licence: str  # of the register, a compilation of documents; empty where nobody says
    rights: str  # that licence and those of the documents, as a clause: nothing but it is for people
    inputs: list[Input]
    places: Source  # boundaries and codes
    hash: str  # SHA-256 of the files of `places`, as `sha256sum` lists them
    exactness: str  # how far `places` itself is simplified: a clause, without a full stop
    editions: str  # of which year each part of `places` is: a clause, without a full stop


class Payload(TypedDict):
    """All that the page is told."""

    format: Literal[2]
    lang: Literal["fr", "en"]
    title: str
    subtitle: str
    area: Area
    vintage: int
    edition: str
    generator: str
    basemap: Literal["none", "plan", "osm"]
    chrome: Chrome  # what surrounds the map inside a frame; a page on its own always has all of it
    bridge: bool  # whether the page tells its state to the page that frames it, and takes one from it
    views: list[View]  # those that the page offers; one alone needs no choice
    timeline: bool  # whether the page has its time axis
    credits: list[Link]
    words: dict[str, str]
    grid: Grid
    places: Places
    families: list[Family]
    programmes: list[Programme]
    records: list[Entry]
    sources: list[Source]
    provenance: Provenance
