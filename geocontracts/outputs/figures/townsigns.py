"""The signs of all towns of a map: those of one town side by side, those of two never over each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geocontracts.outputs.figures.box import Box
from geocontracts.outputs.figures.colours import INK, MUTED
from geocontracts.outputs.figures.looks import sign_of
from geocontracts.outputs.figures.mapped import town_points
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
_SEVERAL = 3.9
_AROUND = ((0, 1), (1, 0), (-1, 0), (0, -1), (0.8, 0.8), (-0.8, 0.8), (0.8, -0.8), (-0.8, -0.8))
_REACHES = (0.75, 1.3, 2.0)


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
        text = str(len(own)) if len(own) > 1 else ""
        sign = sign_of(entry, looks[entry["programme"]], text)
        found.append(Standing(town, tuple(own), sign, _radius(entry["kind"], sign, len(own)) * scale))
    return found


def _radius(kind: str, sign: Sign, count: int) -> float:
    if count > 1:
        return _SEVERAL
    if sign.is_unknown:
        return _UNKNOWN
    return _SMALL if kind == "operation" else _RADIUS


def draw_signs(drawn: Map, signs: Sequence[Standing]) -> dict[int, Box]:
    """Draw signs in their towns, the larger groups first, and return the box of each town."""
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
        box = _free_box(drawn, *points[town], width + GAP, height + GAP)
        drawn.names.taken.append(box)
        boxes[town] = box
        placed.append((town, centres, box))
    _draw_leaders(drawn, points, boxes)
    for town, centres, box in placed:
        x, y = (box.left + box.right) / 2, (box.bottom + box.top) / 2
        for sign, (dx, dy) in zip(towns[town], centres, strict=True):
            draw_sign(drawn.plate.paper, sign.sign, x + dx, y + dy, sign.radius)
    return boxes


def _free_box(drawn: Map, x: float, y: float, width: float, height: float) -> Box:
    """Return where the signs of a town stand: on it, or near it where another town's signs are."""
    places = [(0.0, 0.0)] + [
        (dx * (width / 2 + 4) * reach, dy * (height / 2 + 4) * reach)
        for reach in _REACHES
        for dx, dy in _AROUND
    ]
    boxes = [
        Box(x + dx - width / 2, y + dy - height / 2, x + dx + width / 2, y + dy + height / 2)
        for dx, dy in places
    ]
    return next((box for box in boxes if drawn.names.is_free(box)), boxes[0])


def _draw_leaders(drawn: Map, points: dict[int, tuple[float, float]], boxes: dict[int, Box]) -> None:
    """Tie signs that had to move to their town."""
    paper, scale = drawn.plate.paper, drawn.plate.sizes.scale
    for town, box in boxes.items():
        x, y = points[town]
        middle = (box.left + box.right) / 2, (box.bottom + box.top) / 2
        if abs(middle[0] - x) + abs(middle[1] - y) > 1:
            paper.line([(x, y), middle], MUTED, 0.5 * scale)
            paper.circle(x, y, 0.9 * scale, fill=INK)
