"""Put together all that the page is told (see `contract.py`)."""

from __future__ import annotations

import json
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

import geocontracts
from geocontracts.errors import UnknownOptionError
from geocontracts.memory import collector_paused
from geocontracts.perimeters.extent import is_extent, look_at
from geocontracts.places.area import HAUTS_DE_FRANCE, find_area
from geocontracts.places.fresh.sets import set_in_use
from geocontracts.places.provenance import LICENCE_LINK
from geocontracts.records.formats.signs import fit
from geocontracts.records.given import refuse_unsourced
from geocontracts.webmap.contract import View
from geocontracts.webmap.entries import EntryWriter
from geocontracts.webmap.ground import build_ground
from geocontracts.webmap.provenance import build_provenance, build_sources
from geocontracts.webmap.style import build_families, build_styles, family_of
from geocontracts.words import LANGS, say

if TYPE_CHECKING:
    from geocontracts.perimeters.perimeter import Perimeter
    from geocontracts.places.area import Area
    from geocontracts.records.register import Programme, Register
    from geocontracts.webmap.contract import Entry, Link, Payload
    from geocontracts.webmap.contract import Programme as Layer
    from geocontracts.words import Lang

Basemap: TypeAlias = Literal["none", "plan", "osm"]
BASEMAPS: tuple[Basemap, ...] = get_args(Basemap)

TILE_HOSTS: dict[Basemap, str] = {"plan": "data.geopf.fr", "osm": "tile.openstreetmap.org"}
"""What a page with tiles asks, and learns its reader's address and where on the map the reader looks."""

_VAST = 0.25  # of the communes of the area, from which a perimeter gets no hatch


@dataclass(frozen=True)
class MapOptions:
    """What a person chooses about a map."""

    area: str = HAUTS_DE_FRANCE
    """The territory shown: `france`, a code or a name, or `records`: the départements of the records."""
    within: str | None = None
    """Where names are looked for first: by default the région around `area`."""
    title: str | None = None
    """The title of the page; one is made from the area when there is none."""
    lang: Lang = "fr"
    """The language of the page: {"fr", "en"}; the register's texts stay as they are."""
    basemap: Basemap = "none"
    """Tiles under the map: {"none", "plan", "osm"}; only "none" makes no request."""
    embed: bool = False
    """Inside an iframe, show the map with its title and little else; on its own the page is whole."""
    bridge: bool = False
    """Let the page that frames this one read and set what is shown; `ContractWidget` does."""

    def __post_init__(self) -> None:
        """Refuse a choice that does not exist.

        Raises:
            UnknownOptionError: `lang` or `basemap` is none of those above.
        """
        for option, value, allowed in (("lang", self.lang, LANGS), ("basemap", self.basemap, BASEMAPS)):
            if value not in allowed:
                raise UnknownOptionError(
                    "option-unknown", option=option, value=value, allowed=", ".join(allowed)
                )


@dataclass(frozen=True)
class MapContent:
    """The payload of a page, its block of arcs, and the perimeters it was made from."""

    payload: Payload
    arcs: bytes
    perimeters: list[Perimeter]
    area: Area


def build_content(register: Register, options: MapOptions) -> MapContent:
    """Return what the page shows of a register.

    Raises:
        UnknownPlaceError: `options.area` or `options.within` is no place, or more than one.
        RegisterError: a layer has no source: rows of the register name none.
    """
    with collector_paused():
        return _built(register, options)


def _built(register: Register, options: MapOptions) -> MapContent:
    known = None if is_extent(options.area) else find_area(options.area)
    with ThreadPoolExecutor(1) as aside:  # its arrays let go of the interpreter
        early = aside.submit(build_ground, known, options.lang) if known else None
        area, perimeters = look_at(register, known or options.area, options.within)
        ground = early.result() if early else build_ground(area, options.lang)
    layers = _layers(register, perimeters)
    families = build_families((family_of(programme) for programme in layers), options.lang)
    refuse_unsourced(register)
    writer = EntryWriter(register, layers, area, options.lang)
    records = [writer.entry(perimeter) for perimeter in perimeters]
    vintage = set_in_use().vintage_at(area.place)
    payload: Payload = {
        "format": 2,
        "lang": options.lang,
        "title": fit(options.title or "") or say("map-title", options.lang, area=area.name),
        "subtitle": _subtitle(records, vintage, options.lang),
        "area": {"level": area.level, "code": area.code, "name": area.name},
        "vintage": vintage,
        "edition": edition_of(register),
        "generator": f"geocontracts {geocontracts.__version__}",
        "basemap": options.basemap,
        "chrome": "embed" if options.embed else "page",
        "bridge": options.bridge,
        "views": list(get_args(View)),
        "timeline": True,
        "credits": _credits(options.lang),
        "words": _words(options),
        "grid": ground.grid,
        "places": ground.places,
        "families": families,
        "programmes": _programmes(layers, records, [family["id"] for family in families], writer, area),
        "records": records,
        "sources": build_sources(register),
        "provenance": build_provenance(register, options.lang),
    }
    return MapContent(payload, ground.block, perimeters, area)


def _subtitle(records: list[Entry], vintage: int, lang: Lang) -> str:
    drawn = sum(record["draw"] != "none" for record in records)
    return say("map-subtitle", lang, drawn=drawn, others=len(records) - drawn, vintage=vintage)


def _words(options: MapOptions) -> dict[str, str]:
    """Return the words of the page; one that asks for tiles says so where it says where all comes from."""
    words = page_words(options.lang)
    if options.basemap == "none":
        return words
    told = say("tiles-told", options.lang, host=TILE_HOSTS[options.basemap])
    return words | {"about.text": f"{words['about.text']} {told}"}


@cache
def page_words(lang: Lang) -> dict[str, str]:
    """Return the words of the page in one language."""
    text = (Path(__file__).parent / "static" / "words.json").read_text(encoding="utf-8")
    return {key: both[lang] for key, both in json.loads(text).items()}


def _layers(register: Register, perimeters: list[Perimeter]) -> list[Programme]:
    """Return the programmes that have a record, in the order of the register."""
    used = {perimeter.record.programme for perimeter in perimeters}
    return [programme for programme in register.programmes.values() if programme.id in used]


def _programmes(
    layers: list[Programme], records: list[Entry], families: list[str], writer: EntryWriter, area: Area
) -> list[Layer]:
    kinds: dict[str, set[str]] = defaultdict(set)
    vast: set[str] = set()
    for record in records:
        programme = layers[record["programme"]].id
        kinds[programme].add(record["kind"])
        if record["draw"] == "area" and sum(record["communes"][1::2]) > _VAST * len(area.communes):
            vast.add(programme)
    styles = build_styles(layers, kinds, vast)
    return [
        {
            "id": programme.id,
            "family": families.index(styles[programme.id].family),
            "name": programme.name,
            "short": programme.short_name or programme.name,
            "summary": programme.summary or "",
            "period": _period(programme),
            "hatch": styles[programme.id].hatch,
            "line": styles[programme.id].line,
            "glyph": styles[programme.id].glyph,
            "source": writer.source(programme.source),
            "section": programme.section or "",
        }
        for programme in layers
    ]


def _period(programme: Programme) -> str:
    """Return `2015–2020`, `2018–` or nothing."""
    start, end = (date.text[:4] if date else "" for date in (programme.starts_on, programme.ends_on))
    return f"{start}–{end}" if start or end else ""


def edition_of(register: Register) -> str:
    """Return the date of the latest source, or nothing when one that is used has no date."""
    used = [source for record in register.records() if (source := register.source_of(record.source))]
    dates = {source.published_on for source in used}
    return "" if None in dates else max((date.text for date in dates if date), default="")


def _credits(lang: Lang) -> list[Link]:
    return [
        {"text": set_in_use().credit(lang), "href": None},
        {
            "text": say("credit-licence", lang),
            "href": LICENCE_LINK,
        },
    ]
