"""How each programme is drawn: what the payload says of it, and its rank among those with the same hatch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from geocontracts.outputs.figures.colours import LAND

if TYPE_CHECKING:
    from geocontracts.webmap.contract import Entry, Glyph, Hatch, Line, Payload

_VAST = 0.14  # of the communes of the area: from there on a perimeter is drawn thin, without band or hatch
_WHOLE = 0.6  # from there on its outline would only repeat that of the area


@dataclass(frozen=True)
class Look:
    """The hue, line, hatch and sign of a programme."""

    colour: str
    line: Line
    hatch: Hatch
    variant: int
    glyph: Glyph
    is_vast: bool = False
    """Whether its perimeters are drawn thin, without band or hatch: all of them, or none."""
    letter: str = ""
    """In its signs, where other programmes of its family have the same."""


@dataclass(frozen=True)
class Sign:
    """A symbol that stands in a town."""

    glyph: Glyph
    colour: str
    fill: Literal["full", "paper", "clear"]
    is_unknown: bool = False
    is_inferred: bool = False
    text: str = ""
    paper: str = LAND


def looks_of(payload: Payload) -> list[Look]:
    """Return the look of every programme of the payload, in its order."""
    seen: dict[Hatch, int] = {}
    looks = []
    vast = _vast_programmes(payload)
    for rank, programme in enumerate(payload["programmes"]):
        hatch = programme["hatch"]
        variant = seen[hatch] = seen.get(hatch, -1) + 1
        colour = payload["families"][programme["family"]]["light"]
        shown: Hatch = "none" if rank in vast else hatch
        looks.append(Look(colour, programme["line"], shown, variant, programme["glyph"], rank in vast))
    return looks


def _vast_programmes(payload: Payload) -> set[int]:
    """Return the programmes most of whose perimeters are vast: one programme is drawn in one way."""
    told: dict[int, list[bool]] = {}
    for entry in payload["records"]:
        if entry["draw"] == "area":
            told.setdefault(entry["programme"], []).append(is_vast(entry, payload))
    return {rank for rank, each in told.items() if 2 * sum(each) > len(each)}


def sign_of(entry: Entry, look: Look, text: str = "") -> Sign:
    """Return the sign of a record; missions are full, operations of a known amount half clear."""
    is_operation = entry["kind"] == "operation"
    if entry["kind"] == "mission":
        fill: Literal["full", "paper", "clear"] = "full"
    else:
        fill = "clear" if is_operation and entry["total"] is not None else "paper"
    return Sign(
        "circle" if is_operation else look.glyph,
        look.colour,
        fill,
        is_unknown=entry["basis"] == "unknown",
        is_inferred=entry["basis"] == "inferred",
        text=text + look.letter,
    )


def size_of(entry: Entry) -> int:
    """Return how many communes of the area a record covers."""
    return sum(entry["communes"][1::2])


def ranks_of(entry: Entry) -> list[int]:
    """Return the communes that a record covers, as ranks in the payload."""
    runs = entry["communes"]
    return [first + step for first, count in zip(runs[::2], runs[1::2], strict=True) for step in range(count)]


def is_away(entry: Entry) -> bool:
    """Say whether a record has places, all of them outside the area; one without known places is not away."""
    return entry["draw"] == "none" and not entry["communes"] and bool(entry["elsewhere"])


def is_vast(entry: Entry, payload: Payload) -> bool:
    """Say whether a perimeter is so wide that it is drawn thin."""
    return size_of(entry) > _VAST * payload["grid"]["communes"]


def is_whole(entry: Entry, payload: Payload) -> bool:
    """Say whether a perimeter is (all but) the area itself."""
    return size_of(entry) > _WHOLE * payload["grid"]["communes"]
