"""How a record covers a territory, in words: whole or part, and what lies elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.outputs.sheets.document import Line, line
from geocontracts.outputs.sheets.said import counted, listed
from geocontracts.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geocontracts.outputs.sheets.document import Cell
    from geocontracts.outputs.sheets.ledger import Ledger
    from geocontracts.outputs.sheets.place import Territory
    from geocontracts.outputs.sheets.presence import Presence
    from geocontracts.places.gazetteer import Level, Place

_LARGER = ("epci", "arrondissement", "departement", "region")
_SHORT = 18  # letters that leave room for a word more
_NAMED = 3  # communes named in a cell
_PLACES = 3  # named in a note
_ITEMS = 20  # of the contract that the sheet is about


def where_cell(presence: Presence, territory: Territory, ledger: Ledger) -> Cell:
    """Say which part of the territory a record covers."""
    lang, perimeter = ledger.lang, presence.perimeter
    if not perimeter.communes:
        return line(say("fiche-undetailed", lang))
    if perimeter is territory.perimeter:
        count = counted("fiche-communes", len(perimeter.communes), lang)
        return (Line(listed(presence.through, _ITEMS, lang)), Line(count, "small"))
    if not presence.covered:
        return line(say("fiche-elsewhere", lang))
    share = _share(presence, territory, ledger)
    about = list(_beyond(presence, territory, ledger))
    if perimeter.basis == "inferred" and len(share) <= _SHORT:
        share = say("fiche-inferred-short", lang, share=share)
    elif perimeter.basis == "inferred":
        about = (
            [say("fiche-inferred-short", lang, share=about[0])]
            if about
            else [say("fiche-inferred-alone", lang)]
        )
    return (Line(share), *(Line(text, "small") for text in about))


def _beyond(presence: Presence, territory: Territory, ledger: Ledger) -> Iterator[str]:
    """Say how large a perimeter is that reaches beyond the territory, and which larger place brings it in."""
    lang, via = ledger.lang, _via(presence, territory)
    if presence.elsewhere:
        count = counted("fiche-communes", len(presence.perimeter.communes), lang)
        yield say(f"fiche-via-{via}", lang, count=count) if via else count
    if presence.is_incomplete:
        yield say("fiche-incomplete-short", lang)


def where_notes(presence: Presence, territory: Territory, ledger: Ledger) -> Iterator[str]:
    """Say on what ground a record covers the territory, and what of it cannot be located."""
    lang, perimeter = ledger.lang, presence.perimeter
    lost = [item.label or item.written for item in perimeter.placements if not item.is_placed]
    seats = [seat.name for seat in perimeter.seats]
    if not perimeter.communes and seats:
        yield say("fiche-seat", lang, names=", ".join(seats))
    elif not presence.covered and perimeter.communes:
        yield say("fiche-perimeter", lang, names=listed(presence.entry["places"], _PLACES, lang))
    elif presence.covered and perimeter is not territory.perimeter and presence.extent != "exact":
        own = territory.place is not None and _touching(presence, territory) == [territory.place]
        if not own and not _via(presence, territory) and not _is_named(presence, territory):
            yield say("fiche-through", lang, names=listed(presence.through, _PLACES, lang))
    if perimeter.basis == "inferred" and not (presence.covered and perimeter is not territory.perimeter):
        yield say("fiche-inferred", lang)
    if lost and (perimeter.communes or not seats):
        yield say("fiche-incomplete", lang, names=listed(lost, _PLACES, lang))


def _is_named(presence: Presence, territory: Territory) -> bool:
    return territory.kind != "commune" and len(presence.covered) <= _NAMED < len(territory.communes)


def _share(presence: Presence, territory: Territory, ledger: Ledger) -> str:
    """Say how many communes of the territory are covered, and how many others."""
    lang, rest = ledger.lang, presence.elsewhere
    covered, total = len(presence.covered), len(territory.communes)
    if territory.kind == "commune":
        return say("fiche-whole-commune" if rest else "fiche-only-commune", lang)
    if covered == total:
        return say("fiche-whole-place" if rest else "fiche-only-place", lang)
    part = counted("fiche-part", covered, lang, all=total)
    if _is_named(presence, territory):
        names = ", ".join(ledger.gazetteer.column("name", list(presence.covered)))
        part = say("fiche-part-named", lang, part=part, names=names)
    return part


def _via(presence: Presence, territory: Territory) -> Level | None:
    """Return the level of the one larger place that brings the territory into a perimeter, if it is one."""
    places = _touching(presence, territory)
    place = places[0] if len(places) == 1 else None
    is_larger = place and place != territory.place and len(presence.covered) == len(territory.communes)
    return place.level if place and is_larger and place.level in _LARGER else None


def _touching(presence: Presence, territory: Territory) -> list[Place | None]:
    """Return the places of a record that lie in the territory in whole or in part."""
    return [
        item.place
        for item in presence.perimeter.placements
        if item.is_placed and not territory.numbers.isdisjoint(item.communes)
    ]
