"""Arcs come back from their bytes point for point, on the grid that their area asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from geocontracts.places.area import find_area
from geocontracts.places.gazetteer import load_gazetteer
from geocontracts.places.topology import Arcs, load_arcs
from geocontracts.webmap.chains import block_of
from geocontracts.webmap.ground import build_ground
from tests.webmap.test_encode import read_varints

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from geocontracts.webmap.contract import Grid

CLOSEST_PIXEL = 26  # metres, where the page is closest: zoom 12 in the middle of France
METRES_A_DEGREE = 111_320  # of latitude


def read_block(
    block: bytes, grid: Grid
) -> tuple[list[int], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Read sizes, left, right, x and y as the client does."""
    numbers, count = np.array(read_varints(block), np.int64), grid["arcs"]
    sizes, left, right, starts, ends, rest = np.split(numbers, np.arange(1, 6) * count)
    steps = iter(((rest >> 1) ^ -(rest & 1)).tolist())
    sides = [np.cumsum((part >> 1) ^ -(part & 1)) for part in (left, right)]
    axes = [chained(steps, *(part.tolist() for part in (sizes, starts, ends))) for _ in "xy"]
    assert next(steps, None) is None
    return sizes.tolist(), sides[0], sides[1], *(np.array(axis, np.int64) for axis in axes)


def chained(steps: Iterator[int], sizes: list[int], starts: list[int], ends: list[int]) -> list[int]:
    """Return one coordinate of all points."""
    out: list[int] = []
    met: list[int] = []
    value = 0
    for size, start, end in zip(sizes, starts, ends, strict=True):
        if start == 0:
            value += next(steps)
            met.append(value)
        elif start > 1:
            value = met[1 - start]
        out.append(value)
        for _ in range(size - 2):
            value += next(steps)
            out.append(value)
        if end == 0:
            value += next(steps)
            met.append(value)
        else:
            value = met[-end]
        out.append(value)
    return out


def made(*lines: list[tuple[int, int]]) -> Arcs:
    """Return arcs of these points, each between two units of its own."""
    sizes, count = np.array([len(line) for line in lines]), len(lines)
    x, y = (np.array([point[axis] for line in lines for point in line], np.int64) for axis in (0, 1))
    return Arcs(13, sizes, np.arange(count), np.arange(count) - 1, x, y)


@pytest.mark.parametrize(
    ("lines", "starts", "ends"),
    [
        ([[(0, 0), (5, -5)]], [0], [0]),
        ([[(0, 0), (5, 5)], [(5, 5), (9, 9)], [(9, 9), (1, 2), (0, 0)]], [0, 1, 1], [0, 0, 3]),
        ([[(0, 0), (5, 5)], [(0, 0), (7, 7)], [(5, 5), (7, 7)]], [0, 3, 3], [0, 0, 1]),
        ([[(3, 3), (4, 9), (8, 1), (3, 3)], [(-70000, 5), (2, 2)]], [0, 0], [1, 0]),
    ],
)  # fmt: skip
def test_an_end_is_written_where_it_is_met_first(
    lines: list[list[tuple[int, int]]], starts: list[int], ends: list[int]
) -> None:
    arcs = made(*lines)
    block = block_of(arcs)
    columns = np.split(np.array(read_varints(block)), np.arange(1, 6) * len(lines))
    assert columns[3].tolist() == starts
    assert columns[4].tolist() == ends
    sizes, left, right, x, y = read_block(block, {"arcs": len(lines)})  # type: ignore[typeddict-item]
    assert sizes == arcs.sizes.tolist()
    assert (left.tolist(), right.tolist()) == (arcs.left.tolist(), arcs.right.tolist())
    assert (x.tolist(), y.tolist()) == (arcs.x.tolist(), arcs.y.tolist())


def test_a_country_has_no_neighbour_of_its_own_and_a_region_has_some() -> None:
    assert build_ground(find_area("france"), "fr").places["context"] == []
    assert build_ground(find_area("region:32"), "fr").grid["context"] > 3


@pytest.mark.parametrize(
    ("name", "bits"), [("region:32", 13), pytest.param("france", 12, marks=pytest.mark.thorough)]
)
def test_points_move_by_less_than_the_page_can_show(name: str, bits: int) -> None:
    """No point of the page is farther than half a step from one of the source: half a pixel at most."""
    area = find_area(name)
    ground = build_ground(area, "fr")
    assert ground.grid["bits"] == bits
    assert METRES_A_DEGREE / 2**bits <= CLOSEST_PIXEL * 1.05
    *_, x, y = read_block(ground.block, ground.grid)
    fine = load_arcs(set(load_gazetteer().column("region", list(area.communes))))
    shift = fine.bits - bits
    half = 1 << shift >> 1
    rounded = {axis: (values + half) >> shift for axis, values in (("x", fine.x), ("y", fine.y))}
    for axis, values in (("x", fine.x), ("y", fine.y)):
        assert abs((rounded[axis] << shift) - values).max() <= half
    assert set(zip(x.tolist(), y.tolist(), strict=True)) <= set(
        zip(rounded["x"].tolist(), rounded["y"].tolist(), strict=True)
    )
