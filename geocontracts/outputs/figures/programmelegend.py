"""The legend of programmes, by family: samples, names, counts, and what is not drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from geocontracts.outputs.figures.colours import MUTED
from geocontracts.outputs.figures.legend import Head, Item, Note
from geocontracts.outputs.figures.looks import Look, Sign, is_away, is_whole, size_of
from geocontracts.outputs.figures.many import Shown
from geocontracts.outputs.figures.presence import is_here, is_unplaced
from geocontracts.outputs.figures.samples import draw_area, programme_sample
from geocontracts.outputs.figures.signs import draw_sign
from geocontracts.words import number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geocontracts.outputs.figures.box import Box
    from geocontracts.outputs.figures.legend import Row, Sample
    from geocontracts.outputs.figures.paper import Paper
    from geocontracts.outputs.figures.perimeters import Strokes
    from geocontracts.outputs.figures.plate import Plate
    from geocontracts.webmap.contract import Entry, Kind

KINDS: tuple[Kind, ...] = ("contract", "mission", "operation")
Length: TypeAlias = Literal["full", "short", "brief"]
LENGTHS: tuple[Length, ...] = ("full", "short", "brief")
_NAMED = 12  # programmes that a note names
_ALL = Shown()
_PLAIN = Look(MUTED, "solid", "none", 0, "circle")


def counts_text(plate: Plate, entries: Sequence[Entry]) -> str:
    """Return `2 contrats, 15 opérations`; kinds of which there are none are left out."""
    numbers = {kind: sum(entry["kind"] == kind for entry in entries) for kind in KINDS}
    return ", ".join(
        plate.say(f"figure-{kind}{'s' if count > 1 else ''}", count=count)
        for kind, count in numbers.items()
        if count
    )


def map_subtitle(plate: Plate, records: Sequence[int]) -> str:
    """Return what the map shows: `63 contrats, 11 missions · Hauts-de-France · COG 2026`."""
    payload = plate.payload
    entries = [payload["records"][record] for record in records]
    here = [entry for entry in entries if is_here(entry, payload)]
    unplaced = [entry for entry in entries if is_unplaced(entry) and not is_here(entry, payload)]
    counts = counts_text(plate, here) or plate.say("figure-contract", count=0)
    aside = []
    if unplaced:
        aside.append(plate.say("figure-unplaced", counts=counts_text(plate, unplaced)))
    if away := len(entries) - len(here) - len(unplaced):
        aside.append(plate.say("figure-away", count=away))
    if aside:
        said = "\u00a0; ".join(aside)
        counts += f" ({said})"
    return " · ".join([counts, plate.area_name, f"COG {payload['vintage']}"])


def records_here(plate: Plate) -> list[int]:
    """Return the records of the chosen programmes that are counted in the area."""
    chosen = set(plate.chosen)
    return [
        rank
        for rank, entry in enumerate(plate.payload["records"])
        if entry["programme"] in chosen and is_here(entry, plate.payload)
    ]


def programme_rows(  # noqa: PLR0913  (two of them by name)
    plate: Plate,
    records: Sequence[int],
    looks: Sequence[Look],
    strokes: Strokes,
    *,
    length: Length = "short",
    shown: Shown = _ALL,
) -> list[Row]:
    """Return the rows of a legend that lists the programmes of these records, by family.

    Counted are those in the area; a note closes it with the programmes that have none there.

    `length` is {"full", "short", "brief"}: whole names, short ones, or short ones without asides.
    """
    payload = plate.payload
    own: dict[int, list[Entry]] = {rank: [] for rank in plate.chosen}
    for record in records:
        entry = payload["records"][record]
        if is_here(entry, payload):
            own[entry["programme"]].append(entry)
    absent = [rank for rank, entries in own.items() if not entries]
    own = {rank: entries for rank, entries in own.items() if entries}
    rows: list[Row] = []
    for place, family in enumerate(payload["families"]):
        members = [rank for rank in own if payload["programmes"][rank]["family"] == place]
        if members:
            again = plate.say("figure-again", name=family["label"])
            rows.append(Head(family["label"], family["light"], again))
        rows += [
            _item(plate, rank, own[rank], looks[rank], strokes, length=length, shown=shown)
            for rank in members
        ]
    key = key_rows(plate, [entry for entries in own.values() for entry in entries], strokes, shown=shown)
    if own:
        counts = "figure-key-counts" if shown.operations else "figure-key-counts-apart"
        key.append(Note(plate.say(counts), run=plate.say(f"{counts}-run")))
    if any(look.letter for look in looks):
        key.append(Note(plate.say("figure-numbered")))
    if absent:
        key.append(Note(_absent(plate, absent)))
    if length == "brief" and any(isinstance(row, Item) and row.sample is _nothing for row in rows):
        key.insert(1, Item(plate.say("figure-key-nothing"), _nothing))
    return [*rows, *key]


def _item(  # noqa: PLR0913  (private, one caller)
    plate: Plate,
    rank: int,
    entries: list[Entry],
    look: Look,
    strokes: Strokes,
    *,
    length: Length,
    shown: Shown,
) -> Item:
    payload = plate.payload
    drawn = shown.of(entries)
    parts = [entry for entry in drawn if not (entry["draw"] == "area" and is_whole(entry, payload))]
    whole = len(drawn) - len(parts)
    sample = programme_sample(parts, look, strokes, is_dotted=shown.dots)
    name = payload["programmes"][rank]["name" if length == "full" else "short"]
    hidden = sum(entry["draw"] == "none" for entry in drawn)
    said = [plate.say("figure-whole")] if whole and length != "brief" else []
    if hidden and length != "brief":
        said.append(
            plate.say("figure-undrawn-all")
            if hidden == len(drawn)
            else plate.say("figure-undrawn", count=hidden)
        )
    text = f"{name} ({', '.join(said)})" if said else name
    return Item(text, sample or _nothing, _count(plate, entries, drawn), "#26221c" if sample else MUTED)


def _count(plate: Plate, entries: Sequence[Entry], drawn: Sequence[Entry]) -> str:
    """Return how many records there are, operations apart where they are not drawn."""
    left = len(entries) - len(drawn)
    if not left:
        return number(len(entries), plate.options.lang)
    return plate.say("figure-count-apart", count=len(drawn), operations=left)


def everywhere_notes(plate: Plate, records: Sequence[int]) -> list[str]:
    """Name the contracts and missions that cover the whole area, which no outline shows."""
    payload = plate.payload
    size = payload["grid"]["communes"]
    whole = [
        payload["records"][record]
        for record in records
        if payload["records"][record]["draw"] == "area" and size_of(payload["records"][record]) == size
    ]
    if not whole:
        return []
    if len(whole) > _NAMED:
        return [plate.say("figure-everywhere-many", counts=counts_text(plate, whole))]
    names = "\u00a0; ".join(entry["title"] for entry in whole)
    return [plate.say("figure-everywhere", counts=counts_text(plate, whole), names=names)]


def _absent(plate: Plate, absent: Sequence[int]) -> str:
    """Say which programmes have nothing in the area, or how many where they are many."""
    if len(absent) > _NAMED:
        return plate.say("figure-absent-many", count=len(absent))
    names = ", ".join(plate.payload["programmes"][rank]["short"] for rank in absent)
    return plate.say("figure-absent", names=names)


def _nothing(paper: Paper, box: Box) -> None:
    """Draw a dash where a programme has no sample."""
    middle = (box.bottom + box.top) / 2
    centre = (box.left + box.right) / 2
    paper.line([(centre - box.height / 3, middle), (centre + box.height / 3, middle)], MUTED, 0.5)


def key_rows(
    plate: Plate,
    entries: Sequence[Entry],
    strokes: Strokes,
    *,
    is_gathered: bool = True,
    shown: Shown = _ALL,
) -> list[Row]:
    """Return how the map is read: only what occurs on it."""
    rows: list[Row] = []
    drawn = shown.of(entries)

    def area(paper: Paper, box: Box) -> None:
        draw_area(paper, box, _PLAIN, strokes, is_inferred=True)

    inferred = _inferred(drawn, shown)
    if inferred:
        sample = area if "area" in inferred else _sign(is_inferred=True)
        rows.append(Item(plate.say("figure-key-inferred"), sample))
    signs = [] if shown.dots else [entry for entry in drawn if entry["draw"] == "towns"]
    if any(entry["basis"] == "unknown" for entry in signs):
        rows.append(Item(plate.say("figure-key-unknown"), _sign(is_unknown=True)))
    if is_gathered and any(entry["kind"] == "operation" for entry in signs):
        rows.append(Item(plate.say("figure-key-operations"), _sign(text="3")))
    hidden = sum(entry["draw"] == "none" and not is_away(entry) for entry in drawn)
    if hidden:
        key = "figure-key-undrawn" if hidden > 1 else "figure-key-undrawn-one"
        rows.append(Note(plate.say(key, count=hidden)))
    return [Head(plate.say("figure-key")), *rows]


def _inferred(drawn: Sequence[Entry], shown: Shown) -> set[str]:
    """Return how inferred perimeters are drawn: as dashed areas, dashed signs, both or neither."""
    found = {entry["draw"] for entry in drawn if entry["basis"] == "inferred"} & {"area", "towns"}
    known = {
        entry["programme"] for entry in drawn if entry["draw"] == "area" and entry["basis"] != "inferred"
    }
    if shown.merged and all(entry["programme"] in known for entry in drawn if entry["draw"] == "area"):
        found.discard("area")
    if shown.dots:
        found.discard("towns")
    return set(found)


def _sign(text: str = "", *, is_unknown: bool = False, is_inferred: bool = False) -> Sample:
    """Return the sample of a sign that is read in one way in all programmes."""
    sign = Sign("circle", MUTED, "paper", is_unknown=is_unknown, is_inferred=is_inferred, text=text)

    def draw(paper: Paper, box: Box) -> None:
        middle = (box.left + box.right) / 2, (box.bottom + box.top) / 2
        draw_sign(paper, sign, *middle, box.height * 0.52)

    return draw
