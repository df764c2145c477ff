"""Outlines of sets of communes, made of the arcs that have one side in the set."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

Point: TypeAlias = tuple[int, int]
Chain: TypeAlias = tuple[Point, ...]


def outlines(chains: list[Chain], left: NDArray[np.bool_], right: NDArray[np.bool_]) -> list[Chain]:
    """Return the closed rings around a set, to be filled by the even-odd rule.

    `chains` are arcs, `left` and `right` say whether the set lies on either side of each. Where
    rings touch in a point, they may be walked as one: filled, that is the same.
    """
    import numpy as np

    around = np.flatnonzero(left != right).tolist()
    return list(_closed([chains[rank] if left[rank] else chains[rank][::-1] for rank in around]))


def _closed(walks: list[Chain]) -> Iterable[Chain]:
    leaving: dict[Point, list[int]] = defaultdict(list)
    for rank, walk in enumerate(walks):
        leaving[walk[0]].append(rank)
    used = [False] * len(walks)
    for first in range(len(walks)):
        if used[first]:
            continue
        ring: list[Point] = []
        step: int | None = first
        while step is not None:
            used[step] = True
            ring.extend(walks[step][:-1])
            step = next((each for each in leaving[walks[step][-1]] if not used[each]), None)
        yield tuple(ring)


def path_data(chains: Iterable[Chain], *, closed: bool) -> str:
    """Return chains as the `d` of an SVG path: one absolute point each, then relative ones."""
    parts = []
    for chain in chains:
        steps = [
            (x - before_x, y - before_y)
            for (before_x, before_y), (x, y) in pairwise(chain)
            if (x, y) != (before_x, before_y)
        ]
        if steps:
            walked = " ".join(f"{dx} {dy}" for dx, dy in steps).replace(" -", "-")
            parts.append(f"M{chain[0][0]} {chain[0][1]}l{walked}{'z' if closed else ''}".replace(" -", "-"))
    return "".join(parts)
