"""A plate: the paper with its title above, its sources below, and the room between them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from geocontracts.files import write_whole
from geocontracts.outputs.figures.box import MM, Box
from geocontracts.outputs.figures.colours import INK, MUTED, RULE
from geocontracts.outputs.figures.ground import LAMBERT_93
from geocontracts.outputs.figures.letters import BOLD, LINE, REGULAR, wrap
from geocontracts.outputs.figures.names import main_towns
from geocontracts.outputs.figures.paper import Paper
from geocontracts.outputs.figures.write import About, check_suffix, render
from geocontracts.outputs.provenance import inputs_text, licence_text, sources_text
from geocontracts.places.fresh.sets import set_in_use
from geocontracts.places.territories import territories_of
from geocontracts.records.formats.signs import fit
from geocontracts.words import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matplotlib.figure import Figure

    from geocontracts.outputs.figures.letters import Face
    from geocontracts.outputs.figures.options import FigureOptions
    from geocontracts.webmap.contract import Payload, Source
    from geocontracts.webmap.payload import MapContent

_A4 = 297 * 210  # mm2, the paper for which the sizes are written
_SMALLEST, _LARGEST = 0.85, 1.7
_CHARTS = ("timeline", "crossing")
_PREVIEW_DPI = 110
_LEVELS_TOLD = ("commune", "arrondissement", "departement")


@dataclass(frozen=True)
class Sizes:
    """Sizes of letters in points, and the margin of the paper."""

    title: float
    subtitle: float
    body: float
    small: float
    margin: float
    scale: float
    """What lines, signs and gaps are multiplied by: 1 on A4."""

    @classmethod
    def of(cls, width: float, height: float) -> Sizes:
        """Return the sizes that fit a paper (points): letters grow slower than the paper."""
        share = width * height / MM**2 / _A4
        scale = min(_LARGEST, max(_SMALLEST, share**0.25))
        return cls(17 * scale, 9.5 * scale, 8 * scale, 7 * scale, 9 * MM * min(1.3, share**0.4), scale)


class Plate:
    """A figure for a report; it shows itself in a notebook, and `save` writes it."""

    def __init__(self, content: MapContent, options: FigureOptions, chosen: Iterable[int]) -> None:
        """Lay out an empty sheet for the programmes whose ranks in the payload are `chosen`."""
        self.content, self.options = content, options
        self.payload: Payload = content.payload
        self.chosen = tuple(chosen)
        width, height = options.paper
        self.sizes = Sizes.of(width, height)
        self.paper = Paper(width, height)
        self.is_trial = False
        """Whether only what fits is asked: a style then ends with FittingError."""
        self.title = ""
        self.subtitle = ""

    @property
    def drawing(self) -> Figure:
        """Return the matplotlib figure, for what this package does not do."""
        return self.paper.figure

    @property
    def area_name(self) -> str:
        """Return the name of the area, with its level where the name does not tell it."""
        area = self.payload["area"]
        key = f"figure-area-{area['level']}"
        return self.say(key, name=area["name"]) if area["level"] in _LEVELS_TOLD else area["name"]

    @cached_property
    def towns(self) -> list[int]:
        """Return the towns of a thousand people or more, the most important first."""
        return main_towns(self.payload["places"], least=1000)

    def say(self, key: str, **facts: object) -> str:
        """Return a sentence in the language of the plate."""
        return say(key, self.options.lang, **facts)

    def frame(self, title: str, subtitle: str, *, records: Iterable[int], notes: Iterable[str] = ()) -> Box:
        """Write title and sources, and return the room between them.

        `title` gives way to the one that was asked for. `records` are those shown, whose sources are
        named; `notes` are sentences about what the plate leaves out or how it counts.
        """
        asked = " ".join(fit(self.options.title or "").split())
        self.title, self.subtitle = asked or title, subtitle
        sizes, margin = self.sizes, self.sizes.margin
        room = Box(margin, margin, self.paper.box.right - margin, self.paper.box.top - margin)
        top = room.top
        top = self.lines(room.left, top, self.title, sizes.title, room.width, face=BOLD)
        top = self.lines(room.left, top, subtitle, sizes.subtitle, room.width, colour=MUTED)
        bottom = self._foot(room, list(records), list(notes))
        return Box(room.left, bottom, room.right, top - 4 * sizes.scale)

    def lines(  # noqa: PLR0913  (how it looks, by name)
        self,
        left: float,
        top: float,
        text: str,
        size: float,
        width: float,
        *,
        face: Face = REGULAR,
        colour: str = INK,
    ) -> float:
        """Write a text in lines that begin under `top`, and return where the last one ends."""
        if not text:
            return top
        for line in wrap(text, size, width, face):
            top -= size * LINE
            self.paper.text(left, top + size * (LINE - 0.97), line, size, face=face, colour=colour)
        return top

    def _foot(self, room: Box, records: list[int], notes: list[str]) -> float:
        size = self.sizes.small * 0.92
        said = [*notes, *self._sources(records)]
        height = sum(len(wrap(text, size, room.width)) for text in said) * size * LINE
        top = room.bottom + height
        end = top + 3 * self.sizes.scale
        self.paper.line([(room.left, end), (room.right, end)], RULE, 0.5)
        for text in said:
            top = self.lines(room.left, top, text, size, room.width, colour=MUTED)
        return end + 5 * self.sizes.scale

    def _sources(self, records: list[int]) -> list[str]:
        """Name sources with producer and date; a small paper leaves out the titles."""
        payload = self.payload
        used = sorted({payload["records"][record]["source"] for record in records} - {-1})
        undated = self.say("figure-undated")
        # Who tells the source of a list need not read the name of its file as well.
        sources = [
            source
            for source in (payload["sources"][rank] for rank in used)
            if source["publisher"] or not self.options.source
        ]
        is_small = self.sizes.scale <= _SMALLEST
        told = []
        for source in sources:
            name = source["publisher"] if is_small and source["publisher"] else source["title"]
            parts = (
                "" if is_small else source["publisher"],
                source["published"] or undated,
                source["licence"],
            )
            told.append(f"{name} ({', '.join(filter(None, parts))})")
        named = "\u00a0; ".join(dict.fromkeys(told))
        edition = self.say("figure-edition", date=payload["edition"]) if payload["edition"] else ""
        places = (payload["credits"][0]["text"], payload["provenance"]["places"]["licence"])
        # A small paper has no room for what its metadata say as well.
        exactness, rights = ("", "") if is_small else (self._exactness, self._rights(sources))
        ground = ", ".join(filter(None, (*places, exactness)))
        made = self.say("figure-made", generator=payload["generator"])
        last = ". ".join(part for part in (ground, rights, edition, self.projection, made) if part) + "."
        return [*self._data(records), *([self.say("figure-sources", list=named)] if named else []), last]

    @property
    def _exactness(self) -> str:
        return "" if self.options.style in _CHARTS else set_in_use().exactness_short(self.options.lang)

    def _rights(self, sources: list[Source]) -> str:
        """Return the licence of the register, where it is not that of a source which is named with it."""
        licence = self.payload["provenance"]["licence"]
        if not licence or licence in {source["licence"] for source in sources}:
            return ""
        silent = sum(not source["licence"] for source in self.payload["sources"])
        facts = {"licence": licence, "silent": silent, "count": len(self.payload["sources"])}
        return self.say("figure-rights-silent" if silent else "figure-rights", **facts)

    def _data(self, records: list[int]) -> list[str]:
        """Name the source that was told and, of records without one, the files that they come from."""
        if self.options.source:
            return [self.say("figure-source", text=fit(self.options.source))]
        found = [record for record in records if self.payload["records"][record]["source"] == -1]
        files = dict.fromkeys(self.content.perimeters[record].record.file for record in found)
        named = ", ".join(file for file in files if file)
        return [self.say("figure-data", files=named)] if named else []

    @property
    def projection(self) -> str:
        """Return the name of the projection, for the foot; a chart has none."""
        if self.options.style in _CHARTS:
            return ""
        main, *others = dict.fromkeys(each.crs for each in territories_of(self.content.area.communes))
        named = "figure-lambert" if main == LAMBERT_93 else "figure-projection"
        told = self.say(named, code=main)
        codes = ", ".join(str(code) for code in others)
        return f"{told}\u00a0; {self.say('figure-france-projections', codes=codes)}" if others else told

    @property
    def description(self) -> str:
        """Return what a reader who does not see the plate is told."""
        return ". ".join(part for part in (self.subtitle, self.payload["area"]["name"]) if part)

    def render(self, suffix: str) -> bytes:
        """Return the bytes of the plate; `suffix` is {".svg", ".pdf", ".png"}."""
        return self._rendered(suffix, self.options.dpi)

    def _rendered(self, suffix: str, dpi: int) -> bytes:
        payload, lang = self.payload, self.options.lang
        about = About(
            title=self.title,
            description=self.description,
            sources="; ".join(filter(None, (sources_text(payload, lang), *self._grounds()))),
            licence=licence_text(payload),
            inputs=inputs_text(payload, lang),
            dated=payload["edition"],
        )
        return render(self.drawing, suffix, dpi=dpi, about=about)

    def _grounds(self) -> tuple[str, str, str]:
        """Return who made the boundaries, of which year each part of them is, and how exact they are."""
        origin = self.payload["provenance"]
        exactness = self.say("figure-exactness", told=origin["exactness"])
        return self.payload["credits"][0]["text"], origin["editions"], exactness

    def save(self, path: Path | str) -> Path:
        """Write the plate to a file: .svg, .pdf or .png.

        Raises:
            UnknownOptionError: the suffix is another one.
            OutputError: the folder or the disk refuses.
        """
        path = Path(path)
        write_whole(path, self.render(check_suffix(path)))
        return path

    def _repr_png_(self) -> bytes:
        """Show the plate in a notebook, as a light picture: its SVG has a megabyte or two."""
        return self._rendered(".png", _PREVIEW_DPI)
