"""What lies in the area that a figure shows: one rule, so that every figure counts the same records."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geocontracts.webmap.contract import Entry, Payload
    from geocontracts.webmap.payload import MapContent

_WIDE = ("region", "country")
_NAMING = ("commune", "epci")


def is_placed(entry: Entry) -> bool:
    """Say whether the perimeter of a record, or its seat, touches the area."""
    return bool(entry["communes"] or entry["towns"])


def is_unplaced(entry: Entry) -> bool:
    """Say whether nothing is known of where a record lies: neither in the area nor elsewhere."""
    return not is_placed(entry) and not entry["elsewhere"]


def is_here(entry: Entry, payload: Payload) -> bool:
    """Say whether a record is counted in the area.

    One of unknown place is counted in a region or the country, which a register is about, and
    nowhere below: nothing says that it concerns a smaller territory.
    """
    return is_placed(entry) or (payload["area"]["level"] in _WIDE and is_unplaced(entry))


def reaching_beyond(content: MapContent) -> frozenset[int]:
    """Return the records, by rank, of which only a part of the perimeter lies in the area."""
    inside = content.area.numbers
    return frozenset(
        record
        for record, perimeter in enumerate(content.perimeters)
        if is_placed(content.payload["records"][record])
        and any(commune not in inside for commune in perimeter.communes)
    )


def label_of(content: MapContent, record: int, town: int) -> str:
    """Return what the sign of a record in a town (its rank) may be called.

    The commune where the record names it, or has its seat; the EPCI where it is the only place
    named; empty otherwise, since such a sign stands in the middle of a perimeter.
    """
    communes, perimeter = content.payload["places"]["communes"], content.perimeters[record]
    code = communes["code"][town]
    named = [item.place for item in perimeter.placements if item.place is not None]
    if any(place.level == "commune" and place.code == code for place in (*named, *perimeter.seats)):
        return communes["name"][town]
    return named[0].name if len(named) == 1 and named[0].level in _NAMING else ""


def label_of_signs(content: MapContent, records: Iterable[int], town: int) -> str:
    """Return what the signs of these records in a town are called, the commune before an EPCI."""
    labels = sorted({label_of(content, record, town) for record in records} - {""})
    name = content.payload["places"]["communes"]["name"][town]
    return name if name in labels else labels[0] if len(labels) == 1 else ""
