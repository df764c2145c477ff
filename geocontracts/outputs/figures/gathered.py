"""Operations that are too many for a circle each: one circle for those of a département, or of an EPCI."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from geocontracts.outputs.figures.costs import Costs
    from geocontracts.outputs.figures.plate import Plate
    from geocontracts.webmap.contract import Payload

_MOST = 600  # operations, up to which each has its own circle or ring
_SEVERAL = 12  # départements, from which they are the units


@dataclass(frozen=True)
class Gathered:
    """The operations of a known cost by unit, told by the commune in the middle of each."""

    unit: Literal["departement", "epci"]
    records: dict[int, tuple[int, ...]]

    def total(self, payload: Payload, town: int) -> float:
        """Return what the operations of a unit cost together, in euros; no euro is counted twice."""
        return math.fsum(payload["records"][record]["total"] or 0.0 for record in self.records[town])


def gather(plate: Plate, costs: Costs) -> Gathered | None:
    """Return the operations by unit; None where each has room on the map.

    One in several places counts where its circle would stand: at the first.
    """
    payload = plate.payload
    entries, places = payload["records"], payload["places"]
    drawn = [
        record for record in costs.all if entries[record]["draw"] == "towns" and entries[record]["towns"]
    ]
    if len(drawn) <= _MOST:
        return None
    unit: Literal["departement", "epci"] = (
        "departement" if len(places["departements"]) >= _SEVERAL else "epci"
    )
    known = set(costs.known)
    found: dict[int, list[int]] = {}
    middles = _middles(payload, unit)
    for record in drawn:
        if record in known:
            town = entries[record]["towns"][0]
            group = places["communes"][unit][town]
            found.setdefault(middles[group] if group >= 0 else town, []).append(record)
    return Gathered(unit, {town: tuple(records) for town, records in sorted(found.items())})


def _middles(payload: Payload, unit: Literal["departement", "epci"]) -> list[int]:
    """Return the commune of each unit that lies nearest to where its name stands."""
    communes = payload["places"]["communes"]
    groups = payload["places"]["departements" if unit == "departement" else "epci"]
    best: list[tuple[float, int]] = [(math.inf, -1)] * len(groups)
    for town, group in enumerate(communes[unit]):
        if group >= 0:
            here = groups[group]
            away = math.hypot(communes["x"][town] - here["x"], communes["y"][town] - here["y"])
            best[group] = min(best[group], (away, town))
    return [town for _, town in best]
