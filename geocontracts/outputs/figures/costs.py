"""Operations by what is known of their cost, and how amounts are told and sized."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geocontracts.outputs.figures.presence import is_here

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geocontracts.outputs.figures.plate import Plate
    from geocontracts.webmap.contract import Payload


@dataclass(frozen=True)
class Costs:
    """Operations by what is known of their cost; each stands in one list only."""

    known: tuple[int, ...]
    unknown: tuple[int, ...]
    nested: tuple[int, ...]
    """Of a known cost that lies in that of another operation among these."""
    yearly: tuple[int, ...]
    beyond: tuple[int, ...] = ()
    """Of a known cost and only partly in the area: the whole amount, which is not that of the area."""

    @property
    def all(self) -> tuple[int, ...]:
        """Return all of them."""
        return self.known + self.unknown + self.nested + self.yearly + self.beyond


def sort_costs(payload: Payload, programmes: Sequence[int], partly: frozenset[int] = frozenset()) -> Costs:
    """Return the operations of these programmes in the area by what is known of their cost.

    `partly` are the records that reach beyond the area.
    """
    entries, chosen = payload["records"], set(programmes)
    own = [
        record
        for record, entry in enumerate(entries)
        if entry["kind"] == "operation" and entry["programme"] in chosen and is_here(entry, payload)
    ]
    stated = {record for record in own if entries[record]["total"] is not None}
    yearly = {record for record in stated if entries[record]["yearly"]}
    nested = {record for record in stated - yearly if _lies_in(record, stated - yearly, payload)}
    return Costs(
        tuple(record for record in own if record in stated - yearly - nested - partly),
        tuple(record for record in own if record not in stated),
        tuple(record for record in own if record in nested),
        tuple(record for record in own if record in yearly),
        tuple(record for record in own if record in (stated - yearly - nested) & partly),
    )


def _lies_in(record: int, others: set[int], payload: Payload) -> bool:
    """Say whether the cost of a record is counted, step by step, in that of one of the others."""
    seen = {record}
    around = payload["records"][record]["counted"]
    while around >= 0 and around not in seen:
        if around in others:
            return True
        seen.add(around)
        around = payload["records"][around]["counted"]
    return False


def euros(plate: Plate, value: float) -> str:
    """Return an amount in billions, millions or thousands, rounded to three figures."""
    for least, key in ((1e9, "figure-billions"), (1e6, "figure-millions")):
        if value >= least:
            return plate.say(key, n=_rounded(value / least))
    return plate.say("figure-thousands", n=_rounded(value / 1e3))


def _rounded(value: float) -> float:
    return value if value == 0 else round(value, max(0, 2 - math.floor(math.log10(abs(value)))))


def radius_of(value: float, largest: float, most: float) -> float:
    """Return the radius of an amount: surfaces are proportional; `most` is that of the largest."""
    return most * math.sqrt(value / largest) if largest > 0 else 0.0


def sum_of(plate: Plate, records: Sequence[int]) -> str:
    """Return what operations cost together."""
    return euros(plate, math.fsum(plate.payload["records"][record]["total"] or 0.0 for record in records))
