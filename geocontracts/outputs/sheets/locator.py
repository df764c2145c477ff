"""The locator map of a sheet: a small SVG that we write ourselves."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from geocontracts.outputs.sheets.document import Picture
from geocontracts.outputs.sheets.ground import WIDTH, Frame, Ground
from geocontracts.outputs.sheets.rings import path_data
from geocontracts.places.territories import territories_of
from geocontracts.words import number, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geocontracts.outputs.sheets.place import Territory
    from geocontracts.outputs.sheets.rings import Chain, Point
    from geocontracts.places.gazetteer import Gazetteer, Level, Place
    from geocontracts.words import Lang

_SEA, _LAND, _NEAR, _BORDER, _EDGE, _NAME = "#e9eef0", "#fbfaf7", "#f1f1ee", "#cfcac0", "#8f887c", "#6b655b"
_FOREIGN = "#eceae6"  # without a border: its coasts are a hint
_TYPE = 36  # units: 8.6 pt where the map is 54 mm wide
_SMALL = 46  # units: what is smaller gets a ring around it
_PALE = 0.22
_OPAQUE, _SEE_THROUGH = 0.85, 0.5  # in a region, names stand on what is filled
_STEPS = (100, 50, 20, 10, 5, 2, 1)  # km of a scale bar
_BAR = 0.3  # of the width, at most
_LETTER = 16  # units a letter is wide, about
_ABOVE, _BELOW = 32, 78  # units kept free of names at the top, and at the bottom for the scale
_LINE = 40  # units between two lines of text
_NAMED: dict[Level, Level] = {"departement": "epci", "region": "departement"}


@dataclass(frozen=True)
class _Shown:
    """What is laid on a ground: communes, paler ones, places as dots, and the lines inside the communes."""

    colour: str
    communes: tuple[int, ...]
    pale: tuple[int, ...] = ()
    dots: tuple[Place, ...] = ()
    inner: Level | None = None


class Cartographer:
    """Draws locator maps, each ground once."""

    def __init__(self, gazetteer: Gazetteer, lang: Lang) -> None:
        """Begin with no ground."""
        self._gazetteer, self._lang = gazetteer, lang
        self._grounds: dict[Frame, tuple[Ground, str, str]] = {}

    def of_territory(self, territory: Territory, colour: str) -> Picture | None:
        """Return the map of a territory in its département or region; None where there is no commune."""
        frame = self._frame(territory)
        if frame is None:
            return None
        around = ", ".join(place.name for place in self._ground(frame)[0].places)
        epci = territory.place.epci if territory.kind == "commune" and territory.place else ""
        light = self._gazetteer.get("epci", epci) if epci else None
        alt = say(f"fiche-map-alt-{territory.kind}", self._lang, name=territory.name, around=around)
        lonely = territory.kind == "commune" and light is None
        key = "fiche-map-caption-lonely" if lonely else f"fiche-map-caption-{territory.kind}"
        caption = say(key, self._lang, name=territory.name, around=around)
        apart = self._apart(territory, frame)
        if apart:
            alt, caption = f"{alt} {apart}", f"{caption}. {apart}"
        pale = self._gazetteer.communes_of(light) if light else []
        inner: Level | None = "commune" if territory.kind in ("epci", "arrondissement") else None
        shown = _Shown(colour, territory.communes, tuple(pale), inner=inner)
        return Picture(self._draw(frame, shown, alt), alt, caption)

    def of_communes(
        self, frame: Frame, communes: Iterable[int], dots: Iterable[Place], colour: str, alt: str
    ) -> str:
        """Return the map of communes and places in a frame, as SVG."""
        return self._draw(frame, _Shown(colour, tuple(communes), dots=tuple(dots)), alt)

    def _frame(self, territory: Territory) -> Frame | None:
        """Choose what is shown around a territory: its département, or its regions when it is large."""
        numbers = list(territory.communes)
        if not numbers:
            return None
        if territory.kind in ("commune", "epci", "arrondissement"):
            return Frame("departement", _frequent(self._gazetteer.column("departement", numbers)))
        return Frame("region", _frequent(self._gazetteer.column("region", numbers)))

    def _apart(self, territory: Territory, frame: Frame) -> str:
        """Say which territories are not on the map; nothing where none is missing."""
        shown = self._ground(frame)[0].territory
        others = [each.name for each in territories_of(territory.communes, self._gazetteer) if each != shown]
        if not others:
            return ""
        return say("fiche-map-apart", self._lang, shown=shown.name, others=", ".join(others))

    def _ground(self, frame: Frame) -> tuple[Ground, str, str]:
        """Return a ground, with what is drawn under and over every territory on it."""
        if frame not in self._grounds:
            ground = Ground(frame, self._gazetteer)
            self._grounds[frame] = (ground, "".join(_under(ground)), "".join(_over(ground, self._lang)))
        return self._grounds[frame]

    def _draw(self, frame: Frame, shown: _Shown, alt: str) -> str:
        ground, under, over = self._ground(frame)
        colour, rings = shown.colour, ground.rings(shown.communes)
        size = f'viewBox="0 0 {WIDTH} {ground.height}" width="{WIDTH}" height="{ground.height}"'
        inner = ground.borders(shown.inner, ground.mask(shown.communes)) if shown.inner else ""
        parts = (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" {size}><title>{escape(alt)}</title>{under}',
            _area(ground.rings(shown.pale), colour, _PALE),
            _area(rings, colour, _OPAQUE if frame.level == "departement" else _SEE_THROUGH),
            _line(inner, "#fff", 1),
            _line(path_data(rings, closed=True), colour, 2),
            _ring(rings, colour),
            *(_dot(ground.point(place), colour) for place in shown.dots),
            f"{over}</svg>",
        )
        return "".join(parts)


def _frequent(codes: list[str]) -> tuple[str, ...]:
    """Return the codes that are met, by code."""
    return tuple(sorted({code for code in codes if code}))


def _under(ground: Ground) -> Iterator[str]:
    yield f'<rect width="{WIDTH}" height="{ground.height}" fill="{_SEA}"/>'
    if ground.foreign:
        yield f'<path d="{ground.foreign}" fill="{_FOREIGN}"/>'
    near = "".join(path for _, path in ground.neighbours)
    yield f'<path d="{near}" fill="{_NEAR}" stroke="{_BORDER}" stroke-width="1" stroke-linejoin="round"/>'
    land = ground.rings(ground.members)
    yield f'<path d="{path_data(land, closed=True)}" fill="{_LAND}" fill-rule="evenodd"/>'
    yield _line(ground.borders(_NAMED.get(ground.frame.level, "departement")), _BORDER, 1)


def _over(ground: Ground, lang: Lang) -> Iterator[str]:
    yield _line(ground.borders("departement"), _EDGE, 1.6)
    land = ground.rings(ground.members)
    yield _line(path_data(land, closed=True), _EDGE, 2)
    yield from _names(ground)
    yield from _scale(ground, lang)


def _names(ground: Ground) -> Iterator[str]:
    """Write the départements beside the land, and those of a region, where a whole name has room."""
    places = [place for place, _ in ground.neighbours]
    if ground.frame.level == "region":
        places += [
            place
            for code in _frequent(ground.gazetteer.column("departement", ground.members))
            if (place := ground.gazetteer.get("departement", code))
        ]
    taken: list[tuple[float, Point]] = []
    for place in sorted(places, key=lambda place: (-place.area_km2, place.code)):
        x, y = ground.point(place)
        half = len(place.name) * _LETTER / 2 + 6
        is_free = all(abs(y - other) > _LINE or abs(x - at) > half + width for width, (at, other) in taken)
        if is_free and half < x < WIDTH - half and _ABOVE < y < ground.height - _BELOW:
            taken.append((half, (x, y)))
            yield (
                f'<text x="{x}" y="{y + 8}" text-anchor="middle" font-family="Source Sans Pro, system-ui, '
                f'sans-serif" font-size="{_TYPE}" fill="{_NAME}" stroke="{_LAND}" stroke-width="5" '
                f'stroke-linejoin="round" paint-order="stroke">{escape(place.name)}</text>'
            )


def _scale(ground: Ground, lang: Lang) -> Iterator[str]:
    km = next(step for step in _STEPS if step * 1000 / ground.metres < WIDTH * _BAR or step == 1)
    length, y = round(km * 1000 / ground.metres), ground.height - 16
    yield f'<path d="M16 {y - 8}v8h{length}v-8" fill="none" stroke="{_NAME}" stroke-width="2"/>'
    yield (
        f'<text x="{24 + length}" y="{y + 3}" font-family="Source Sans Pro, system-ui, sans-serif" '
        f'font-size="{_TYPE}" fill="{_NAME}">{number(km, lang)}\u00a0{say("fiche-km", lang)}</text>'
    )


def _area(rings: list[Chain], colour: str, opacity: float) -> str:
    data = path_data(rings, closed=True)
    return f'<path d="{data}" fill="{colour}" fill-opacity="{opacity}" fill-rule="evenodd"/>' if data else ""


def _line(data: str, colour: str, width: float) -> str:
    if not data:
        return ""
    return (
        f'<path d="{data}" fill="none" stroke="{colour}" stroke-width="{width:g}" stroke-linejoin="round"/>'
    )


def _ring(rings: list[Chain], colour: str) -> str:
    """Draw a circle around what is too small to be found at a glance."""
    points = [point for ring in rings for point in ring]
    if not points:
        return ""
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    if max(right - left, bottom - top) > _SMALL:
        return ""
    radius = max(right - left, bottom - top) // 2 + 16
    middle = f'cx="{(left + right) // 2}" cy="{(top + bottom) // 2}"'
    return f'<circle {middle} r="{radius}" fill="none" stroke="{colour}" stroke-width="3"/>'


def _dot(point: Point, colour: str) -> str:
    x, y = point
    return f'<circle cx="{x}" cy="{y}" r="8" fill="{colour}" stroke="#fff" stroke-width="2"/>'
