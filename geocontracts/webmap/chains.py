"""The shared arcs as bytes: each end of arcs is written once, where it is met first.

Columns of varints, one after the other: points of each arc; units on the left and on
the right, as differences; where each arc starts; where it ends; then x and then y of
the points that are not known from these, as differences from the point before (of a
start: from the end of the arc before).

A start is 0 where it is new, 1 at the end of the arc before, else 1 more than how many
ends ago it was met first; an end is 0 where it is new, else how many ends ago it was
met first (1 is the one met last). The client reads it in `client/src/geometry/decode.ts`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.webmap.encode import differences, signed, varints

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from geocontracts.places.topology import Arcs


def block_of(arcs: Arcs) -> bytes:
    """Return the bytes of arcs that have two points or more."""
    import numpy as np

    firsts = arcs.starts()
    lasts = firsts + arcs.sizes - 1
    ends = np.stack((firsts, lasts), axis=1).ravel()  # start and end of each arc in turn
    ago = _first_met(arcs.x[ends], arcs.y[ends])
    starts, closes = ago[::2].copy(), ago[1::2]
    starts[starts > 0] += 1
    starts[1:][_alike(arcs, firsts[1:], lasts[:-1])] = 1
    written = np.ones(len(arcs.x), np.bool_)
    written[firsts[starts > 0]] = False
    written[lasts[closes > 0]] = False
    columns = [varints(arcs.sizes), differences(arcs.left), differences(arcs.right)]
    columns += [varints(starts), varints(closes)]
    columns += [signed(np.diff(axis, prepend=0)[written]) for axis in (arcs.x, arcs.y)]
    return b"".join(columns)


def _first_met(x: NDArray[np.int64], y: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return of each point how many different ones ago it was met first, 0 where it is new."""
    import numpy as np

    _, first, same = np.unique((x << 32) + y, return_index=True, return_inverse=True)
    met = first[same.ravel()]
    is_new = met == np.arange(len(x))
    count = np.cumsum(is_new)  # different ones up to here
    ago: NDArray[np.int64] = np.where(is_new, 0, count - count[met] + 1)
    return ago


def _alike(arcs: Arcs, one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.bool_]:
    alike: NDArray[np.bool_] = (arcs.x[one] == arcs.x[other]) & (arcs.y[one] == arcs.y[other])
    return alike
