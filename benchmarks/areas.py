"""The territories that are measured; several places may be joined by `+`, which no name stands for."""

from __future__ import annotations

from geocontracts.places.area import Area
from geocontracts.places.area import find_area as find_one

REGION = "region:32"
FRANCE = "france"
# Hauts-de-France, Grand Est and Île-de-France: 10,163 communes that lie together.
TEN_THOUSAND = "region:32+region:44+region:11"


def find(written: str) -> Area:
    """Return the area of a place, of France, or of several places joined by `+`.

    Raises:
        UnknownPlaceError: a part is no place, or more than one.
    """
    parts = [find_one(part) for part in written.split("+")]
    if len(parts) == 1:
        return parts[0]
    communes = sorted({number for part in parts for number in part.communes})
    return Area("regions", written, ", ".join(part.name for part in parts), tuple(communes))
