"""The shared arcs of the boundaries, for a page that holds each of them once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geocontracts.bundled import faults_told, place_file

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

_BORDERS = "borders"  # the chunk of the arcs between two départements or at the edge of France


@dataclass(frozen=True)
class Arcs:
    """Chains of points that two communes share, or that end the land.

    `x` and `y` are integers: lon = x / 2**bits and lat = y / 2**bits degrees
    (EPSG:4326), for all arcs one after the other; `sizes` says how many points
    each has. `left` and `right` are numbers of communes in the gazetteer, -1
    outside France, left being on the left hand of who walks the arc, north up.
    """

    bits: int
    sizes: NDArray[np.int64]
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    x: NDArray[np.int64]
    y: NDArray[np.int64]

    def starts(self) -> NDArray[np.int64]:
        """Return the position of the first point of each arc."""
        import numpy as np

        return np.concatenate(([0], np.cumsum(self.sizes)[:-1])).astype(np.int64)

    def kept(self, chosen: NDArray[np.bool_], points: NDArray[np.bool_] | None = None) -> Arcs:
        """Return the chosen arcs only, and of their points those asked for."""
        import numpy as np

        of_arc = np.repeat(np.arange(len(self.sizes)), self.sizes)
        stay = chosen[of_arc] if points is None else chosen[of_arc] & points
        sizes = np.bincount(of_arc[stay], minlength=len(self.sizes))[chosen]
        return Arcs(self.bits, sizes, self.left[chosen], self.right[chosen], self.x[stay], self.y[stay])

    def coarsened(self, bits: int) -> Arcs:
        """Return the arcs on a coarser grid; what falls on one point is said once.

        No point moves by more than half a step of the new grid: 2**-(bits + 1)
        degrees. The ends of arcs stay common, and an arc keeps two points.
        """
        import numpy as np

        shift = self.bits - bits
        half = (1 << shift) >> 1
        x, y = (self.x + half) >> shift, (self.y + half) >> shift
        repeated = np.zeros(len(x), np.bool_)
        repeated[1:] = (x[1:] == x[:-1]) & (y[1:] == y[:-1])
        starts = self.starts()
        repeated[starts] = False
        ends = starts + self.sizes - 1
        repeated[ends] = False
        moved = Arcs(bits, self.sizes, self.left, self.right, x, y)
        return moved.kept(np.ones(len(self.sizes), np.bool_), ~repeated)


def load_arcs(regions: Iterable[str]) -> Arcs:
    """Return the arcs inside the départements of these regions, and all those around départements.

    Raises:
        MissingDataError: the file is not where the package keeps it.
    """
    import numpy as np

    path = place_file("topology.npz")
    with faults_told(path), np.load(path) as pack:
        chunks = [*sorted(set(regions)), _BORDERS]
        columns = {
            name: [pack[f"{chunk}.{name}"].astype(np.int64) for chunk in chunks]
            for name in ("sizes", "left", "right")
        }
        points = {
            name: [np.cumsum(pack[f"{chunk}.d{name}"], dtype=np.int64) for chunk in chunks] for name in "xy"
        }
        bits = int(pack["grid"])
    joined = {name: np.concatenate(parts) for name, parts in (columns | points).items()}
    return Arcs(bits, joined["sizes"], joined["left"], joined["right"], joined["x"], joined["y"])
