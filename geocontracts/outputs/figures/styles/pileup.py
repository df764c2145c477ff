"""How many contracts lie on each commune: a choropleth in one hue, its classes stated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.errors import UnknownOptionError
from geocontracts.outputs.figures.classes import natural_classes
from geocontracts.outputs.figures.colours import LAND, PILEUP, RULE
from geocontracts.outputs.figures.legend import Head, Item, Note
from geocontracts.outputs.figures.looks import is_away, is_whole, ranks_of
from geocontracts.outputs.figures.mapped import close_map, draw_common_borders, open_map
from geocontracts.outputs.figures.presence import is_here, is_unplaced
from geocontracts.outputs.figures.programmelegend import counts_text
from geocontracts.words import number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geocontracts.outputs.figures.box import Box
    from geocontracts.outputs.figures.classes import Classes
    from geocontracts.outputs.figures.legend import Row, Sample
    from geocontracts.outputs.figures.mapped import Map
    from geocontracts.outputs.figures.paper import Paper
    from geocontracts.outputs.figures.plate import Plate
    from geocontracts.webmap.contract import Payload

# Of five strengths, those that few classes take: as far apart as can be.
_STRENGTHS = ((), (2,), (1, 3), (0, 2, 4), (0, 1, 3, 4), (0, 1, 2, 3, 4))


def counted_contracts(payload: Payload, programmes: Sequence[int]) -> list[int]:
    """Return the contracts that are piled up: those of these programmes, of any status, as on the page.

    Those that lie wholly outside the area are left out; those without a known perimeter are not.
    """
    chosen = set(programmes)
    return [
        record
        for record, entry in enumerate(payload["records"])
        if entry["kind"] == "contract" and entry["programme"] in chosen and is_here(entry, payload)
    ]


def pile_up(payload: Payload, contracts: Sequence[int]) -> list[int]:
    """Return how many of these contracts cover each commune of the area."""
    counts = [0] * payload["grid"]["communes"]
    for record in contracts:
        for commune in ranks_of(payload["records"][record]):
            counts[commune] += 1
    return counts


def draw(plate: Plate) -> None:
    """Draw the plate."""
    payload = plate.payload
    contracts = counted_contracts(payload, plate.chosen)
    if not contracts:
        raise UnknownOptionError("figure-no-contracts", style="pileup", area=plate.area_name)
    counts = pile_up(payload, contracts)
    classes = natural_classes(counts)
    area = plate.area_name
    subtitle = plate.say("figure-pileup-subtitle", count=len(contracts), vintage=payload["vintage"])
    body = plate.frame(plate.say("figure-pileup-title", area=area), subtitle, records=contracts)
    drawn, _ = open_map(plate, body, _rows(plate, contracts, counts, classes))
    for part in drawn.parts:
        _fill(part, counts, classes)
    draw_common_borders(drawn)
    close_map(drawn, density=0.6)


def _colours(classes: Classes) -> list[str]:
    return [PILEUP[strength] for strength in _STRENGTHS[len(classes.ranges)]]


def _fill(drawn: Map, counts: Sequence[int], classes: Classes) -> None:
    """Fill the communes of each class as one surface: no hair lines between them."""
    for rank, colour in enumerate(_colours(classes)):
        members = [
            commune
            for commune, count in enumerate(counts)
            if drawn.holds(commune) and classes.rank(count) == rank
        ]
        if members:
            drawn.plate.paper.fill(drawn.view.place(drawn.ground.united(members)), colour)


def _rows(plate: Plate, contracts: Sequence[int], counts: Sequence[int], classes: Classes) -> list[Row]:
    lang, payload = plate.options.lang, plate.payload
    rows: list[Row] = [Head(plate.say("figure-pileup-head"))]
    none = counts.count(0)
    if none:
        rows.append(Item(plate.say("figure-pileup-none"), _swatch(LAND), number(none, lang), height=1.2))
    for (low, high), colour in zip(classes.ranges, _colours(classes), strict=True):
        text = number(low, lang) if low == high else plate.say("figure-range", low=low, high=high)
        units = sum(low <= count <= high for count in counts)
        rows.append(Item(text, _swatch(colour), number(units, lang), height=1.2))
    rows.append(Note(plate.say("figure-pileup-columns")))
    rows.append(Note(plate.say("figure-pileup-each" if classes.is_each else "figure-pileup-natural")))
    entries = [payload["records"][record] for record in contracts]
    whole = [entry["title"] for entry in entries if is_whole(entry, payload)]
    if whole:
        rows.append(Note(plate.say("figure-pileup-whole", list=", ".join(whole))))
    away = sum(
        entry["kind"] == "contract" and is_away(entry) and entry["programme"] in plate.chosen
        for entry in payload["records"]
    )
    if away:
        rows.append(Note(plate.say("figure-away-contracts", count=away)))
    unplaced = [
        entry
        for entry in payload["records"]
        if entry["kind"] == "contract"
        and is_unplaced(entry)
        and not is_here(entry, payload)
        and entry["programme"] in plate.chosen
    ]
    if unplaced:
        rows.append(Note(plate.say("figure-pileup-unplaced", counts=counts_text(plate, unplaced))))
    unknown = sum(not entry["communes"] for entry in entries)
    if unknown:
        key = "figure-pileup-uncounted" if unknown > 1 else "figure-pileup-uncounted-one"
        rows.append(Note(plate.say(key, count=unknown)))
    return rows


def _swatch(colour: str) -> Sample:
    def draw(paper: Paper, box: Box) -> None:
        paper.rectangle(box, fill=colour, edge=RULE, width=0.5)

    return draw
