"""Find the largest layer of a map: the programme whose records, inside the area, cover the most communes.

Records of nearly the whole area are left aside: our page tells of them and does
not outline them, so that their toggle would say little.

Usage: python -m benchmarks.largest AREA [REGISTER]
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from typing import TYPE_CHECKING

from benchmarks.areas import find
from geocontracts.perimeters.perimeter import resolve_perimeters
from geocontracts.records.read import read_register

if TYPE_CHECKING:
    from geocontracts.places.area import Area
    from geocontracts.records.register import Programme, Register

_WHOLE = 0.6  # of the communes of the area, as in client/src/map/sheets.ts


def largest(register: Register, area: Area) -> tuple[Programme, int]:
    """Return the programme and how many communes of the area it covers."""
    covered: dict[str, set[int]] = defaultdict(set)
    for perimeter in resolve_perimeters(register, within=area):
        communes = area.numbers.intersection(perimeter.communes)
        if perimeter.record.programme and len(communes) <= _WHOLE * len(area.communes):
            covered[perimeter.record.programme] |= communes
    widest = max(covered, key=lambda programme: len(covered[programme]))
    return register.programmes[widest], len(covered[widest])


def main(area: str, register: str | None = None) -> None:
    """Print it as JSON: `id`, `name`, `communes`."""
    programme, communes = largest(read_register(register) if register else read_register(), find(area))
    print(json.dumps({"id": programme.id, "name": programme.name, "communes": communes}))


if __name__ == "__main__":
    main(*sys.argv[1:])
