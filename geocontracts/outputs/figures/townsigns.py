"""The signs of all towns of a map: those of one town side by side, those of two never over each other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from string import ascii_lowercase
from typing import TYPE_CHECKING

from geocontracts.outputs.figures.box import Box
from geocontracts.outputs.figures.colours import INK, LAND, MUTED
from geocontracts.outputs.figures.looks import sign_of
from geocontracts.outputs.figures.mapped import Around
from geocontracts.outputs.figures.placing import place
from geocontracts.outputs.figures.positions import town_points
from geocontracts.outputs.figures.presence import label_of_signs
from geocontracts.outputs.figures.signs import GAP, draw_sign, pack

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geocontracts.outputs.figures.looks import Look, Sign
    from geocontracts.outputs.figures.mapped import Map
    from geocontracts.webmap.contract import Payload

_RADIUS, _UNKNOWN, _SMALL = (
    3.5,
    4.2,
    2.7,
)  # points on A4: contracts and missions, those with a "?", operations
_SEVERAL, _LETTERED = 3.9, 3.6
DOT = 0.95
"""Points on A4: the radius of a sign that only says where."""
HALO = 1.25
"""What the radius of a dot is multiplied by for the light ring around it."""


@dataclass(frozen=True)
class Standing:
    """A sign in a town, and the records that it stands for."""

    town: int
    records: tuple[int, ...]
    sign: Sign
    radius: float


def standing_signs(
    records: Iterable[int], payload: Payload, looks: Sequence[Look], scale: float, *, gather: bool
) -> list[Standing]:
    """Return the signs of the records that are drawn as towns.

    With `gather`, the operations of a programme in one town are one sign that says their number.
    """
    groups: dict[tuple[int, str], list[int]] = {}
    for record in records:
        entry = payload["records"][record]
        if entry["draw"] != "towns":
            continue
        is_gathered = gather and entry["kind"] == "operation"
        key = f"programme {entry['programme']}" if is_gathered else f"record {record}"
        for town in entry["towns"]:
            groups.setdefault((town, key), []).append(record)
    found = []
    for (town, _), own in groups.items():
        entry = payload["records"][own[0]]
        look = looks[entry["programme"]]
        sign = sign_of(entry, look, str(len(own)) if len(own) > 1 else "")
        radius = _radius(entry["kind"], sign, len(own))
        found.append(Standing(town, tuple(own), sign, max(radius, _LETTERED if look.letter else 0) * scale))
    return found


def lettered(payload: Payload, records: Iterable[int], looks: Sequence[Look]) -> list[Look]:
    """Return the looks, with a letter where the signs in these records are also those of another programme.

    Letters begin anew in each family, whose hue tells it apart.
    """
    users: dict[tuple[int, str], set[int]] = {}
    for record in records:
        entry = payload["records"][record]
        if entry["draw"] == "towns":
            rank = entry["programme"]
            key = payload["programmes"][rank]["family"], sign_of(entry, looks[rank]).glyph
            users.setdefault(key, set()).add(rank)
    found: dict[int, str] = {}
    for family in {family for family, _ in users}:
        groups = [ranks for (own, _), ranks in users.items() if own == family and len(ranks) > 1]
        found |= dict(zip(sorted(set().union(*groups)), ascii_lowercase, strict=False))
    return [replace(look, letter=found.get(rank, "")) for rank, look in enumerate(looks)]


def _radius(kind: str, sign: Sign, count: int) -> float:
    if count > 1:
        return _SEVERAL
    if sign.is_unknown:
        return _UNKNOWN
    return _SMALL if kind == "operation" else _RADIUS


def draw_signs(drawn: Map, signs: Sequence[Standing]) -> dict[int, Around]:
    """Draw signs in their towns, the larger groups first, and return where they stand."""
    found: dict[int, Around] = {}
    for part in drawn.parts:
        found |= _draw_signs(part, [sign for sign in signs if part.holds(sign.town)])
    return found


def draw_dots(drawn: Map, records: Iterable[int], looks: Sequence[Look]) -> None:
    """Draw a dot in the hue of its family where a record stands, when signs are too many to be seen.

    All halos lie under all dots: none covers a neighbour.
    """
    payload = drawn.plate.payload
    hues: dict[str, dict[int, None]] = {}
    for record in records:
        entry = payload["records"][record]
        if entry["draw"] == "towns":
            hues.setdefault(looks[entry["programme"]].colour, {}).update(dict.fromkeys(entry["towns"]))
    for part in drawn.parts:
        points = {
            colour: town_points(part, [town for town in towns if part.holds(town)])
            for colour, towns in hues.items()
        }
        radius = DOT * drawn.plate.sizes.scale
        every = list(dict.fromkeys(at for each in points.values() for at in each))
        part.plate.paper.dots(every, radius * HALO, LAND)
        for colour, own in points.items():
            part.plate.paper.dots(own, radius, colour)


def _draw_signs(drawn: Map, signs: Sequence[Standing]) -> dict[int, Around]:
    """Draw the signs of one territory."""
    towns: dict[int, list[Standing]] = {}
    for sign in signs:
        towns.setdefault(sign.town, []).append(sign)
    points = dict(zip(towns, town_points(drawn, list(towns)), strict=True))
    population = drawn.plate.payload["places"]["communes"]["population"]
    order = sorted(
        towns,
        key=lambda town: (-max(sign.radius for sign in towns[town]), -(population[town] or 0), town),
    )
    boxes: dict[int, Box] = {}
    placed: list[tuple[int, list[tuple[float, float]], Box]] = []
    for town in order:
        centres, width, height = pack([sign.radius for sign in towns[town]])
        x, y = (width + GAP) / 2, (height + GAP) / 2
        box = place(drawn.names, points[town], Box(-x, -y, x, y))
        drawn.names.taken.append(box)
        boxes[town] = box
        placed.append((town, centres, box))
    _draw_leaders(drawn, points, boxes)
    for town, centres, box in placed:
        x, y = (box.left + box.right) / 2, (box.bottom + box.top) / 2
        for sign, (dx, dy) in zip(towns[town], centres, strict=True):
            draw_sign(drawn.plate.paper, sign.sign, x + dx, y + dy, sign.radius)
    return {town: Around(box, _label(drawn, towns[town], town)) for town, box in boxes.items()}


def _label(drawn: Map, signs: Sequence[Standing], town: int) -> str:
    records = [record for sign in signs for record in sign.records]
    return label_of_signs(drawn.plate.content, records, town)


def _draw_leaders(drawn: Map, points: dict[int, tuple[float, float]], boxes: dict[int, Box]) -> None:
    """Tie signs that had to move to their town."""
    paper, scale = drawn.plate.paper, drawn.plate.sizes.scale
    for town, box in boxes.items():
        x, y = points[town]
        middle = (box.left + box.right) / 2, (box.bottom + box.top) / 2
        if abs(middle[0] - x) + abs(middle[1] - y) > 1:
            paper.line([(x, y), middle], MUTED, 0.5 * scale)
            paper.circle(x, y, 0.9 * scale, fill=INK)
