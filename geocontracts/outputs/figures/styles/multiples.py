"""Small multiples: one small map for each programme, all in one frame and at one scale."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from geocontracts.errors import UnknownOptionError
from geocontracts.outputs.figures.box import Box
from geocontracts.outputs.figures.colours import LAND, MUTED, NEIGHBOUR_LINE, RULE
from geocontracts.outputs.figures.crowded import CrowdedError, FittingError
from geocontracts.outputs.figures.ground import coarsened, grounds_of
from geocontracts.outputs.figures.insets import Size, arrange, inset_times
from geocontracts.outputs.figures.letters import BOLD, LINE, is_breaking, wrap
from geocontracts.outputs.figures.looks import looks_of, ranks_of, sign_of
from geocontracts.outputs.figures.perimeters import draw_outline
from geocontracts.outputs.figures.positions import grid_points
from geocontracts.outputs.figures.presence import is_here
from geocontracts.outputs.figures.programmelegend import counts_text, map_subtitle
from geocontracts.outputs.figures.scalebar import draw_scalebar
from geocontracts.outputs.figures.signs import draw_sign
from geocontracts.outputs.figures.townsigns import HALO
from geocontracts.places.territories import OVERSEAS
from geocontracts.words import number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

    from geocontracts.outputs.figures.ground import Ground
    from geocontracts.outputs.figures.looks import Look
    from geocontracts.outputs.figures.plate import Plate
    from geocontracts.outputs.figures.view import View
    from geocontracts.webmap.contract import Entry

_LETTERS = (1.0, 0.92, 0.84, 0.76, 0.68)  # of the body
_LEAST = 5.2  # points
_GAP = 7.0
_WITH_INSETS = 1.12  # of the width of the main territory, with a column beside it
_LEAST_MAP = 26.0  # points of height
_FINE, _MANY = 0.2, 10_000  # points: the detail that is left away; communes, from which it is
_MOST, _OF_MANY = 60, 0.45  # signs and outlines on one small map; the radius of more, of that of a sign
_CROWD, _SMALLEST_DOT = 400, 0.45  # dots, from which they are smaller; the least, of their radius
_NARROW = 420.0  # points of width, below which the key stands under the scale
_BESIDE, _BAR = 0.2, 2.8  # where the key begins, of the width; the height of the scale, in its letters


class _Drawn(NamedTuple):
    """What one small map shows."""

    look: Look
    entries: Sequence[Entry]
    crowd: int = 1
    """How many signs the fullest map has: dots are equal on all, so that maps compare."""

    @property
    def signs(self) -> dict[int, Entry]:
        """Return what stands in each town; of several records, the first."""
        return {
            town: entry
            for entry in reversed(self.entries)
            if entry["draw"] == "towns"
            for town in entry["towns"]
        }

    @property
    def is_dotted(self) -> bool:
        """Say whether a dot stands for each sign, since signs would cover each other."""
        return len(self.signs) > _MOST


def draw(plate: Plate) -> None:
    """Draw the plate."""
    payload, entries = plate.payload, plate.payload["records"]
    own = {
        rank: [
            record
            for record, entry in enumerate(entries)
            if entry["programme"] == rank and is_here(entry, payload)
        ]
        for rank in plate.chosen
    }
    shown = [rank for rank in own if any(entries[record]["draw"] != "none" for record in own[rank])]
    shown.sort(key=lambda rank: (payload["programmes"][rank]["family"], rank))
    if not shown:
        raise UnknownOptionError("figure-no-records", area=plate.area_name)
    records = [record for each in own.values() for record in each]
    every = [record for record, entry in enumerate(entries) if entry["programme"] in own]
    body = plate.frame(
        plate.say("figure-multiples-title", area=plate.area_name),
        map_subtitle(plate, every),
        records=records,
        notes=_notes(plate, own, shown),
    )
    grounds, looks = grounds_of(plate.content.area), looks_of(payload)
    maps = {rank: _Drawn(looks[rank], [entries[each] for each in own[rank]]) for rank in shown}
    crowd = max(len(drawn.signs) for drawn in maps.values())
    maps = {rank: drawn._replace(crowd=max(1, crowd)) for rank, drawn in maps.items()}
    key = _key_text(plate, is_dotted=any(drawn.is_dotted for drawn in maps.values()))
    strip = Box(body.left, body.bottom, body.right, body.bottom + _key_height(plate, key, body.width))
    body = Box(body.left, strip.top + plate.sizes.small * 0.5, body.right, body.top)
    cells, size = _grid(plate, body, grounds, shown)
    if plate.is_trial:
        raise FittingError
    caption = _caption(plate, shown, cells[0].width, size)
    small: list[_Small] = []
    for rank, cell in zip(shown, cells, strict=True):
        frame = Box(cell.left, cell.bottom, cell.right, cell.top - caption)
        views = _views(plate, grounds, frame)
        small = small or [_small(ground, view) for ground, view in zip(grounds, views, strict=True)]
        _write_caption(plate, cell, size, looks[rank], rank)
        for each, view in zip(small, views, strict=True):
            _draw_map(plate, view, each, maps[rank])
        for view in views[1:]:
            plate.paper.rectangle(view.frame, edge=RULE, width=0.4)
    _draw_key(plate, key, strip, views[0])


def _views(plate: Plate, grounds: Sequence[Ground], frame: Box) -> list[View]:
    """Return the view of each territory in the frame of a small map."""
    found = arrange(grounds, frame, 0.8, Size(0, plate.sizes.scale * 0.4))
    if found is None:
        raise CrowdedError("figure-maps-territories", size=plate.options.size)
    view, slots = found
    return [view, *(slot.view for slot in slots)]


def _notes(plate: Plate, own: dict[int, list[int]], shown: Sequence[int]) -> list[str]:
    """Name the programmes that have no map."""
    left = [plate.payload["programmes"][rank]["short"] for rank in own if rank not in shown]
    return [plate.say("figure-multiples-undrawn", count=len(left), list=", ".join(left))] if left else []


def _texts(plate: Plate, rank: int, width: float, size: float) -> tuple[list[str], list[str]]:
    """Return the lines of the name and of the counts of a small map."""
    entries = [
        entry
        for entry in plate.payload["records"]
        if entry["programme"] == rank and is_here(entry, plate.payload)
    ]
    name = wrap(plate.payload["programmes"][rank]["short"], size, width, BOLD)
    hidden = sum(entry["draw"] == "none" for entry in entries)
    counts = counts_text(plate, entries)
    if hidden:
        counts += f" ({plate.say('figure-undrawn-short', count=hidden)})"
    return name, wrap(counts, size * 0.88, width)


def _grid(
    plate: Plate, body: Box, grounds: Sequence[Ground], shown: Sequence[int]
) -> tuple[list[Box], float]:
    """Return the cells that give the largest maps, and the size of the letters."""
    left, bottom, right, top = grounds[0].bounds
    ratio = (right - left) / (top - bottom) * (1 if len(grounds) == 1 else _WITH_INSETS)
    gap = _GAP * plate.sizes.scale
    best: tuple[float, float, int] | None = None
    for share in _LETTERS:
        size = max(plate.sizes.body * share, _LEAST)
        for columns in range(1, len(shown) + 1):
            rows = math.ceil(len(shown) / columns)
            width = (body.width - (columns - 1) * gap) / columns
            if width <= 0 or _is_breaking(plate, shown, width, size):
                break  # more columns are narrower still
            height = (body.height - (rows - 1) * gap) / rows - _caption(plate, shown, width, size)
            scale = min(width / ratio, height)
            if scale >= _LEAST_MAP and (best is None or scale > best[0] * 1.12):
                best = (scale, size, columns)
    if best is None:
        raise CrowdedError("figure-maps-crowded", count=len(shown), size=plate.options.size)
    _, size, columns = best
    rows = math.ceil(len(shown) / columns)
    width = (body.width - (columns - 1) * gap) / columns
    height = (body.height - (rows - 1) * gap) / rows
    cells = []
    for rank in range(len(shown)):
        row, column = divmod(rank, columns)
        at_left, at_top = body.left + column * (width + gap), body.top - row * (height + gap)
        cells.append(Box(at_left, at_top - height, at_left + width, at_top))
    return cells, size


def _is_breaking(plate: Plate, shown: Sequence[int], width: float, size: float) -> bool:
    """Say whether a word of a caption is wider than its column."""
    names = (plate.payload["programmes"][rank]["short"] for rank in shown)
    return any(is_breaking(name, size, width, BOLD) for name in names)


def _caption(plate: Plate, shown: Sequence[int], width: float, size: float) -> float:
    """Return the height that the longest name and counts take."""
    lines = [_texts(plate, rank, width, size) for rank in shown]
    return (
        max(len(name) * size * LINE + len(counts) * size * 0.88 * LINE for name, counts in lines) + size * 0.3
    )


class _Small(NamedTuple):
    """A territory with the detail that a small map can show: its ground, its surface, its inner borders."""

    ground: Ground
    area: BaseGeometry
    lines: BaseGeometry


def _small(ground: Ground, view: View) -> _Small:
    import shapely

    lines = shapely.line_merge(
        shapely.MultiLineString([*ground.border("departement"), *ground.border("region")])
    )
    detail = max(400.0, _FINE / view.scale)
    return _Small(
        coarsened(ground, detail if len(ground.communes) > _MANY else 0),
        shapely.simplify(ground.surface, detail),
        shapely.multilinestrings(shapely.simplify(shapely.get_parts(lines), detail)),
    )


def _write_caption(plate: Plate, cell: Box, size: float, look: Look, rank: int) -> None:
    name, counts = _texts(plate, rank, cell.width, size)
    top = cell.top
    for line in name:
        top -= size * LINE
        plate.paper.text(cell.left, top + size * 0.22, line, size, face=BOLD, colour=look.colour)
    for line in counts:
        top -= size * 0.88 * LINE
        plate.paper.text(cell.left, top + size * 0.2, line, size * 0.88, colour=MUTED)


def _draw_map(plate: Plate, view: View, small: _Small, drawn: _Drawn) -> None:
    area, lines = view.place(small.area), view.place(small.lines)
    plate.paper.fill(area, LAND)
    plate.paper.stroke(lines, NEIGHBOUR_LINE, 0.35)
    plate.paper.stroke(area, MUTED, 0.5)
    _draw_records(plate, view, small.ground, drawn)


def _key_text(plate: Plate, *, is_dotted: bool) -> str:
    """Return how the maps are read; the scale bar is that of the main territory."""
    said = [plate.say("figure-multiples-key")]
    if is_dotted:
        said.append(plate.say("figure-multiples-dotted", count=_MOST))
    grounds = grounds_of(plate.content.area)
    if len(grounds) > 1:
        said.append(_scales_text(plate, grounds))
    return " ".join(said)


def _scales_text(plate: Plate, grounds: Sequence[Ground]) -> str:
    """Say how large each territory is drawn beside the main one."""
    times = inset_times(grounds)
    if len(grounds) == 1 + len(OVERSEAS) and set(times) == {2.0, 0.5}:
        return plate.say("figure-france-inset-scales")
    each = ", ".join(
        f"{ground.territory.name}\u00a0×\u00a0{number(scale, plate.options.lang)}"
        for ground, scale in zip(grounds[1:], times, strict=True)
    )
    return plate.say("figure-inset-times", main=grounds[0].territory.name, times=each)


def _draw_key(plate: Plate, text: str, strip: Box, view: View) -> None:
    """Draw the scale that all maps share, and how they are read."""
    size = plate.sizes.small
    if strip.width < _NARROW:  # under the scale
        plate.lines(strip.left, strip.top - size * _BAR, text, size, strip.width, colour=MUTED)
        draw_scalebar(plate.paper, view, strip._replace(bottom=strip.top - size * _BAR), size)
        return
    draw_scalebar(plate.paper, view, strip._replace(bottom=strip.top - size * _BAR), size)
    left = strip.left + strip.width * _BESIDE
    plate.lines(left, strip.top - size * 0.3, text, size, strip.right - left, colour=MUTED)


def _key_height(plate: Plate, text: str, width: float) -> float:
    """Return the height of scale and key."""
    size = plate.sizes.small
    if width < _NARROW:
        return size * _BAR + len(wrap(text, size, width)) * size * LINE
    lines = len(wrap(text, size, width * (1 - _BESIDE)))
    return max(size * _BAR, size * 0.3 + lines * size * LINE)


def _draw_records(plate: Plate, view: View, ground: Ground, drawn: _Drawn) -> None:
    """Draw perimeters as tones, one over the other, and towns as signs."""
    import shapely

    small = min(view.frame.width, view.frame.height)
    radius = max(1.3, min(3.2, small * 0.026))
    look = drawn.look
    areas = [entry for entry in drawn.entries if entry["draw"] == "area"]
    areas.sort(key=lambda entry: -sum(entry["communes"][1::2]))
    for group in [areas] if len(areas) > _MOST else [[entry] for entry in areas]:
        covered = {rank for entry in group for rank in ranks_of(entry) if ground.members[rank]}
        if not covered:
            continue
        shape = shapely.simplify(view.place(ground.united(sorted(covered))), 0.12)
        is_inferred = all(entry["basis"] == "inferred" for entry in group)
        plate.paper.fill(shape, look.colour, alpha=0.3)
        draw_outline(plate.paper, shape, look, 0.55, is_inferred=is_inferred)
    signs = {town: entry for town, entry in drawn.signs.items() if ground.members[town]}
    points = grid_points(plate.payload, ground, view, list(signs))
    if drawn.is_dotted:
        radius *= _OF_MANY * max(_SMALLEST_DOT, min(1.0, math.sqrt(_CROWD / drawn.crowd)))
        plate.paper.dots(points, radius * HALO, LAND)
        plate.paper.dots(points, radius, look.colour)
        return
    for entry, (x, y) in zip(signs.values(), points, strict=True):
        draw_sign(plate.paper, sign_of(entry, look), x, y, radius)
