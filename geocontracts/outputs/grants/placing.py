"""Place each distinct writing of a place once, as the rows of short lists are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from geocontracts.outputs.rows import RowOutcome
from geocontracts.perimeters.placement import Placement, place_item, referenced_contract
from geocontracts.places.area import place_of
from geocontracts.places.gazetteer import load_gazetteer
from geocontracts.places.match import describe
from geocontracts.records.large.values import cells_of
from geocontracts.records.lists.places import PlaceReader
from geocontracts.words import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geocontracts.places.area import Area
    from geocontracts.places.gazetteer import Gazetteer, Place
    from geocontracts.records.large.load import Loaded
    from geocontracts.records.large.store import Store
    from geocontracts.records.register import Item
    from geocontracts.words import Lang

Unit: TypeAlias = Literal["commune", "epci", "departement", "region"]

_COLUMNS = {
    "id": "BIGINT",
    "state": "VARCHAR",
    "level": "VARCHAR",
    "code": "VARCHAR",
    "name": "VARCHAR",
    "written": "VARCHAR",
    "reason": "VARCHAR",
    "candidates": "VARCHAR",
}
_NAMED = 3  # places of a row that its name tells


@dataclass(frozen=True)
class _Target:
    """Where a row is counted: a unit of the level that was asked for, or what it says where that is wider.

    `level` is "several" for places of several units; its `code` then joins theirs.
    """

    level: str
    code: str
    name: str


def place_writings(
    loaded: Loaded, store: Store, *, by: Unit, within: Area | Place | str | None, lang: Lang
) -> None:
    """Make the tables `writings` (id, the cells that speak of places, rows, first) and `answers`.

    An answer has a `state` of `outputs.rows.RowOutcome`, the `level`, `code` and `name` of where its rows are
    counted (NULL where nowhere), what is `written` and, where a place is lacking, the `reason` and the
    `candidates` as people read them.
    """
    names = ", ".join(f"x{rank}" for rank in loaded.where)
    store.run(f"""
        CREATE OR REPLACE TABLE writings AS
        SELECT row_number() OVER (ORDER BY first) AS id, * FROM
            (SELECT {names}, count(*) AS rows, min(line) AS first FROM grants GROUP BY {names})
    """)  # noqa: S608 - names are ours
    placer = _Placer(loaded, by, place_of(within), lang)
    rows = store.rows(f"SELECT id, first, {names} FROM writings ORDER BY id")  # noqa: S608
    store.create("answers", _COLUMNS, placer.answers(rows))


class _Placer:
    """Places writings one after the other."""

    def __init__(self, loaded: Loaded, by: Unit, within: Place | None, lang: Lang) -> None:
        self._loaded, self._by, self._within, self._lang = loaded, by, within, lang
        self._reader = PlaceReader(loaded.head.plan)
        self._places = load_gazetteer()

    def answers(self, rows: Iterator[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
        """Yield the answer to each writing, in the order of `_COLUMNS`."""
        for number, first, *found in rows:
            yield (number, *self._answer(int(str(first)), cells_of(self._loaded, list(map(str, found)))))

    def _answer(self, line: int, cells: list[str]) -> tuple[str | None, ...]:
        read = self._reader.read(line, cells)
        placements = tuple(map(self._place, read.items))
        remarks = tuple(message for _, message in read.messages)
        is_placed = any(item.is_placed for item in placements)
        is_exact = all(item.status == "placed" for item in placements) and not remarks
        outcome: Literal["placed", "remark", "unplaced"] = (
            "unplaced" if not is_placed else "placed" if is_exact else "remark"
        )
        written = tuple(item.written for item in read.items)
        name = self._loaded.head.sheet.origin.name
        row = RowOutcome(name, line, (), "", "", written, outcome, placements, remarks)
        target = _target(placements, self._by, self._places)
        told = (target.level, target.code, target.name) if target else (None, None, None)
        told_why = () if row.state in ("placed", "remark") else row.reasons
        reasons = "; ".join(reason.text(self._lang) for reason in told_why)
        near = "; ".join(f"{describe(each.place, self._places)} [{each.place.id}]" for each in row.candidates)
        said = "; ".join(f"{item.written} {item.beside.label}".strip() for item in read.items)
        return (row.state, *told, said, reasons, near)

    def _place(self, item: Item) -> Placement:
        wanted = referenced_contract(item.written)
        if wanted is not None:
            return Placement(item.written, "unknown", Message("reference-no-contract", {"value": wanted}))
        return place_item(item, "", self._within, self._places)


def _target(placements: tuple[Placement, ...], by: Unit, places: Gazetteer) -> _Target | None:
    """Return where a row is counted, each row once: in the unit that holds all of its places, if one does."""
    found = tuple(dict.fromkeys(item.place for item in placements if item.place))
    if not found:
        return None
    numbers = sorted({number for item in placements for number in item.communes})
    units = set(places.column("code" if by == "commune" else by, numbers))
    unit = places.get(by, units.pop()) if len(units) == 1 else None
    if unit is not None:
        return _Target(by, unit.code, unit.name)
    if len(found) == 1:
        return _Target(found[0].level, found[0].code, found[0].name)
    ordered = sorted(found, key=lambda place: place.id)
    named = ", ".join(place.name for place in ordered[:_NAMED]) + ("…" if len(found) > _NAMED else "")
    return _Target("several", ";".join(place.id for place in ordered), named)
