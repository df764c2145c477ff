"""What became of a perimeter: communes that entered or left, as communes of today.

Both editions are understood with the same places, so that a merger of communes, or a new
name, moves nothing; where it made the list be written otherwise, that is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.outputs.comparison.changes import Change, as_text
from geocontracts.places.gazetteer import load_gazetteer
from geocontracts.records.schema import load_schema
from geocontracts.words import Labels, Message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geocontracts.perimeters.perimeter import Perimeter
    from geocontracts.places.gazetteer import Place

_SHOWN = 12  # names told of a longer list
_FIELD = "territories"


def moves(old: Perimeter, new: Perimeter) -> Iterator[Change]:
    """Yield what is to be told of the perimeter of a record in two editions."""
    if old.communes == new.communes:
        yield from _reworded(old, new)
        return
    places = load_gazetteer()
    gained = tuple(places.place(number) for number in sorted(set(new.communes) - set(old.communes)))
    lost = tuple(places.place(number) for number in sorted(set(old.communes) - set(new.communes)))
    parts = [
        _told(f"cmp-{key}", communes, where)
        for key, communes, where in (("gained", gained, new), ("lost", lost, old))
        if communes
    ]
    if not old.communes:
        parts = [_told("cmp-placed", gained, new)]
    if not new.communes:
        parts = [_told("cmp-unplaced", lost, old)]
    parts += [*_reference(old, new), *_doubts(old, new)]
    message = parts[0]
    for part in parts[1:]:
        message = Message("cmp-and", {"first": message, "second": part})
    yield Change("moved", message, _FIELD, *_both(old, new), gained=gained, lost=lost)


def _told(key: str, communes: tuple[Place, ...], where: Perimeter) -> Message:
    one = "-one" if len(communes) == 1 else ""
    return Message(f"{key}{one}", {"n": len(communes), "names": shown_names(communes, where)})


def gathered(communes: tuple[Place, ...], where: Perimeter) -> list[Place]:
    """Return places that make up these communes: whole territories of a perimeter, then communes."""
    left = {place.number: place for place in communes}
    found = []
    for item in where.placements:
        if item.place and len(item.communes) > 1 and left.keys() >= set(item.communes):
            found.append(item.place)
            for number in item.communes:
                del left[number]
    return found + list(left.values())


def shown_names(communes: tuple[Place, ...], where: Perimeter) -> Message:
    """Return the names of communes, those of a whole territory under its name."""
    names = [place.name for place in gathered(communes, where)]
    told = ", ".join(names[:_SHOWN])
    if len(names) <= _SHOWN:
        return Message("cmp-names", {"names": told})
    return Message("cmp-names-more", {"names": told, "more": len(names) - _SHOWN})


def _reference(old: Perimeter, new: Perimeter) -> Iterator[Message]:
    """Say that a perimeter moved because it is that of another contract, which moved."""
    contracts = dict.fromkeys(item.via for item in new.placements if item.via)
    if contracts and old.record.territories == new.record.territories:
        yield Message("cmp-via", {"contracts": ", ".join(contracts)})


def _doubts(old: Perimeter, new: Perimeter) -> Iterator[Message]:
    """Say what was not understood in either edition: a difference may come from that alone."""
    for key, perimeter in (("cmp-doubt-old", old), ("cmp-doubt-new", new)):
        items = [item.written for item in perimeter.placements if item.status in ("ambiguous", "unknown")]
        if items:
            yield Message(key, {"items": "; ".join(items)})


def _reworded(old: Perimeter, new: Perimeter) -> Iterator[Change]:
    """Tell territories that are written otherwise and cover the same communes."""
    before, after = _both(old, new)
    if before == after:
        return
    label = {"field": Labels((load_schema()["contracts"].field(_FIELD).labels,))}
    if not old.communes:
        yield Change(
            "changed",
            Message("cmp-value", label | {"old": before or "–", "new": after or "–"}),
            _FIELD,
            before,
            after,
        )
        return
    written = {item.written for item in new.placements}
    became = [
        item.reason
        for item in old.placements
        if item.written not in written and item.reason.key.startswith("former-")
    ]
    key = "cmp-reworded-one" if len(old.communes) == 1 else "cmp-reworded"
    message = Message(key, {"n": len(old.communes), "old": before, "new": after})
    for reason in dict.fromkeys(map(_Said, became)):
        message = Message("cmp-and", {"first": message, "second": reason.message})
    yield Change("changed", message, _FIELD, before, after)


class _Said:
    """A message that is equal to another that says the same."""

    def __init__(self, message: Message) -> None:
        self.message, self._text = message, message.text("en")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Said) and self._text == other._text

    def __hash__(self) -> int:
        return hash(self._text)


def _both(old: Perimeter, new: Perimeter) -> tuple[str, str]:
    return as_text(old.record.territories), as_text(new.record.territories)
