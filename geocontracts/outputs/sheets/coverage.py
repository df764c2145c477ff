"""How a record covers a territory, in words: whole or part, and what lies elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.outputs.sheets.document import Line
from geocontracts.outputs.sheets.said import counted, listed
from geocontracts.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geocontracts.outputs.sheets.document import Cell
    from geocontracts.outputs.sheets.ledger import Ledger
    from geocontracts.outputs.sheets.place import Territory
    from geocontracts.outputs.sheets.presence import Presence

_NAMED = 4  # communes named in a cell
_PLACES = 3
_ITEMS = 20  # of the contract that the sheet is about


def where_lines(presence: Presence, territory: Territory, ledger: Ledger) -> Cell:
    """Say which part of the territory a record covers, and on what ground."""
    return tuple(_lines(presence, territory, ledger))


def _lines(presence: Presence, territory: Territory, ledger: Ledger) -> Iterator[Line]:
    lang, perimeter = ledger.lang, presence.perimeter
    is_subject = perimeter is territory.perimeter
    if not perimeter.communes:
        yield Line(say("fiche-undetailed", lang))
        seats = [seat.name for seat in perimeter.seats]
        if seats:
            yield Line(say("fiche-seat", lang, names=", ".join(seats)), "small")
    elif is_subject:
        yield Line(listed(presence.through, _ITEMS, lang))
        yield Line(counted("fiche-communes", len(perimeter.communes), lang), "small")
    elif not presence.covered:
        yield Line(say("fiche-elsewhere", lang))
        yield Line(listed(presence.entry["places"], _PLACES, lang), "small")
    else:
        yield Line(_share(presence, territory, ledger))
        is_named = territory.kind != "commune" and len(presence.covered) <= _NAMED
        if presence.extent != "exact" and not is_named:
            yield Line(say("fiche-through", lang, names=listed(presence.through, _PLACES, lang)), "small")
    if perimeter.basis == "inferred":
        yield Line(say("fiche-inferred", lang), "small")
    lost = [item.label or item.written for item in perimeter.placements if not item.is_placed]
    if perimeter.communes and lost:
        yield Line(say("fiche-incomplete", lang, names=listed(lost, _PLACES, lang)), "small")
    elif lost and not perimeter.seats:
        yield Line(listed(lost, _PLACES, lang), "small")


def _share(presence: Presence, territory: Territory, ledger: Ledger) -> str:
    """Say how many communes of the territory are covered, and how many others."""
    lang, rest = ledger.lang, presence.elsewhere
    covered, total = len(presence.covered), len(territory.communes)
    if territory.kind == "commune":
        return counted("fiche-whole-commune", rest, lang) if rest else say("fiche-only-commune", lang)
    if covered == total:
        return counted("fiche-whole-place", rest, lang, all=total) if rest else say("fiche-only-place", lang)
    part = counted("fiche-part", covered, lang, all=total)
    if covered <= _NAMED:
        names = ", ".join(ledger.gazetteer.column("name", list(presence.covered)))
        part = say("fiche-part-named", lang, part=part, names=names)
    return part + counted("fiche-part-rest", rest, lang) if rest else part
