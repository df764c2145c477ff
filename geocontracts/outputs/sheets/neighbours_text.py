"""What the neighbours of a territory have, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.outputs.sheets.document import Column, Note, Row, Table, band, line
from geocontracts.outputs.sheets.place import told_apart
from geocontracts.outputs.sheets.said import listed
from geocontracts.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geocontracts.outputs.sheets.document import Block
    from geocontracts.outputs.sheets.ledger import Ledger
    from geocontracts.outputs.sheets.neighbours import Neighbourhood, Shared
    from geocontracts.places.gazetteer import Place

_NEIGHBOURS = 8  # named in a cell


def neighbour_blocks(found: Neighbourhood, ledger: Ledger) -> Iterator[Block]:
    """Say who the neighbours are, and compare their programmes in one table."""
    if not found.places and not found.beyond:
        yield Note(say("fiche-no-neighbour", ledger.lang))
        return
    names = [told_apart(place, list(found.places)) for place in found.places]
    yield Note(
        say("fiche-neighbours-are", ledger.lang, n=len(names), names=", ".join(names))
        if names
        else say("fiche-neighbours-beyond-only", ledger.lang)
    )
    count = len(found.places)
    rows = [
        *_shared(ledger, "fiche-theirs", found.theirs, "having", count),
        *_shared(ledger, "fiche-ours", found.ours, "lacking", count),
    ]
    if rows:
        keys = {"fiche-programme": 36, "fiche-neighbours-count": 14, "fiche-neighbours-which": 50}
        columns = (Column(say(key, ledger.lang), share) for key, share in keys.items())
        yield Table("", tuple(columns), tuple(rows))
    elif names:
        yield Note(say("fiche-neighbours-same", ledger.lang))
    yield Note(" ".join(_notes(ledger, found)), "small")


def _notes(ledger: Ledger, found: Neighbourhood) -> Iterator[str]:
    if found.common:
        yield say("fiche-common", ledger.lang, names=", ".join(map(ledger.programme_name, found.common)))
    if found.beyond:
        names = [told_apart(place, list(found.beyond)) for place in found.beyond]
        yield say("fiche-beyond", ledger.lang, names=", ".join(names), area=ledger.content.area.name)
    yield say("fiche-neighbours-note", ledger.lang)


def _shared(ledger: Ledger, caption: str, shared: Sequence[Shared], side: str, count: int) -> Iterator[Row]:
    if shared:
        yield band(say(caption, ledger.lang))
    for each in shared:
        places: tuple[Place, ...] = getattr(each, side)
        names = listed([told_apart(place, list(places)) for place in places], _NEIGHBOURS, ledger.lang)
        if side == "lacking" and not each.having:
            names = say("fiche-none-has", ledger.lang)
        share = say("fiche-share-of", ledger.lang, n=len(places), all=count)
        cells = (line(ledger.programme_name(each.programme)), line(share), line(names))
        yield Row(cells, ledger.colour(each.programme))
