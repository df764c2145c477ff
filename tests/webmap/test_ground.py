"""The ground keeps all points inside the area, a quarter of them around it, and near neighbours only."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from geocontracts.places.area import find_area
from geocontracts.places.gazetteer import load_gazetteer
from geocontracts.places.topology import load_arcs
from geocontracts.webmap.ground import build_ground
from tests.webmap.test_chains import read_block

Points = list[tuple[int, int]]


@cache
def picture() -> tuple[list[str], dict[tuple[str, str], list[Points]]]:
    """Return the context of Hauts-de-France, and the arcs of its page by the units that they part."""
    area = find_area("region:32")
    ground = build_ground(area, "fr")
    context = [each["code"] for each in ground.places["context"]]
    units = [*ground.places["communes"]["code"], *context, "sea"]  # the last one answers for -1
    sizes, left, right, x, y = read_block(ground.block, ground.grid)
    points = list(zip(x.tolist(), y.tolist(), strict=True))
    found: dict[tuple[str, str], list[Points]] = {}
    for at, size, one, other in zip(np.cumsum([0, *sizes]), sizes, left, right, strict=False):
        found.setdefault((units[one], units[other]), []).append(points[at : at + size])
    return context, found


def source(left: str, right: str) -> Points:
    """Return the one arc between two communes as the page's grid would hold all of it."""
    arcs = load_arcs({"32"})
    codes = [*load_gazetteer().column("code", list(range(load_gazetteer().commune_count))), ""]
    chosen = np.array(
        [
            (codes[one], codes[other]) == (left, right)
            for one, other in zip(arcs.left, arcs.right, strict=True)
        ]
    )
    assert chosen.sum() == 1
    own = arcs.kept(chosen)
    half = 1 << own.bits - 13 >> 1
    return [
        (int(x + half) >> own.bits - 13, int(y + half) >> own.bits - 13)
        for x, y in zip(own.x, own.y, strict=True)
    ]


def test_neighbours_are_those_within_a_fifth_of_the_area() -> None:
    """From Seine-Maritime to the Ardennes, south to the Orne and the Yonne; the Meuse is too far."""
    assert picture()[0] == [
        *(
            "08",
            "10",
            "27",
            "28",
            "51",
            "52",
            "61",
            "75",
            "76",
            "77",
            "78",
            "89",
            "91",
            "92",
            "93",
            "94",
            "95",
        ),
    ]


@pytest.mark.parametrize("sides", [("60213", "60241"), ("80791", "80724")])
def test_arcs_inside_keep_every_point(sides: tuple[str, str]) -> None:
    whole = source(*sides)
    assert len(whole) == 19
    assert [points for points in picture()[1][sides] if points[0] == whole[0]] == [whole]


@pytest.mark.parametrize(
    ("communes", "units", "size"),
    [(("28149", "61230"), ("28", "61"), 19), (("51349", "10094"), ("51", "10"), 17)],
)
def test_arcs_between_neighbours_keep_one_point_in_four_and_both_ends(
    communes: tuple[str, str], units: tuple[str, str], size: int
) -> None:
    whole = source(*communes)
    assert len(whole) == size
    kept = [*whole[:-1:4], whole[-1]]
    assert [points for points in picture()[1][units] if points[0] == whole[0]] == [kept]
