"""The places that one row of a list names, each with what stands beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geocontracts.places.beside import NOTHING, Beside
from geocontracts.places.gazetteer import LEVELS
from geocontracts.places.match import describe, resolve
from geocontracts.records.lists.cells import labels_of, split_codes, split_names
from geocontracts.records.lists.roles import POSTCODE, TERRITORIES
from geocontracts.records.register import Item
from geocontracts.records.values import says_nothing
from geocontracts.words import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geocontracts.places.gazetteer import Level
    from geocontracts.records.lists.recognise import Plan
    from geocontracts.records.problems import Severity


# The levels that narrow one: those above it of which a row may speak.
_ABOVE: dict[Level | None, tuple[Level, ...]] = {
    None: ("epci", "departement", "region"),
    "commune": ("epci", "departement", "region"),
    "epci": ("departement", "region"),
    "arrondissement": ("departement", "region"),
    "departement": ("region",),
    "region": (),
}


_SIREN = 9  # digits
_OF_EPCI = ("20", "24")  # how the SIREN of EPCI begin; those of communes begin with 21
_FINE: tuple[Level, ...] = ("commune", "epci")


@dataclass(frozen=True)
class _Level:
    """The columns that hold one level of place: codes, SIREN, names; `column` is how problems call it."""

    level: Level | None
    codes: tuple[int, ...]
    name: int | None
    column: str


@dataclass(frozen=True)
class RowPlaces:
    """The items of a row, and what is to be said about how it was read."""

    items: tuple[Item, ...]
    messages: tuple[tuple[Severity, Message], ...] = ()


class PlaceReader:
    """Reads the places of each row of one list: the finest level that the row fills."""

    def __init__(self, plan: Plan) -> None:
        """Note which columns hold which level."""
        self._territories = plan.rank(TERRITORIES)
        self._postcode = plan.rank(POSTCODE)
        self._headings = {column.rank: column.heading for column in plan.columns}
        any_level = self._level(plan, None, "place")
        found = [self._level(plan, level, level) for level in LEVELS]
        self._any = any_level
        self._levels = [each for each in found if each.codes or each.name is not None]
        self._unread = plan.unread
        self._code_of = {level: plan.rank(f"{level}_code") for level in LEVELS}
        self._name_of = {level: plan.rank(f"{level}_name") for level in LEVELS}
        self._order = [*self._ordered()]
        self._ranks = [column.rank for column in plan.columns if column.says_where or column.role == POSTCODE]
        self._width = max(self._ranks) + 1
        self._finest = self._levels[0] if self._levels else any_level

    def _ordered(self) -> Iterator[_Level]:
        """Yield the levels as a row is asked for them, the finest first.

        A code of any level, or the name of who receives a grant, says the place better than the
        département or the arrondissement that it lies in.
        """
        named = replace(self._any, codes=())
        fine = [level for level in self._levels if level.level in _FINE]
        yield from (level for level in fine if level.level == "commune" and level.codes)
        yield replace(self._any, name=None) if self._any.codes else named
        yield from fine
        yield named
        yield from (level for level in self._levels if level.level not in _FINE)

    def read(self, line: int, cells: list[str]) -> RowPlaces:
        """Return the places of a row; a row that names none has one empty item, so that it is told."""
        told = self._told(cells)
        listed = _cell(told, self._territories)
        if self._territories is not None and listed:
            beside = self._beside(told, None)
            column = self._headings[self._territories]
            return RowPlaces(
                tuple(Item(name, line, beside, column) for name in split_names(listed) or [listed])
            )
        for level in self._order:
            if any(_cell(told, rank) for rank in (*level.codes, level.name)):
                return self._of_level(line, told, level)
        return RowPlaces((Item(self._unclear(cells), line, NOTHING, self._main_column()),))

    def _told(self, cells: list[str]) -> list[str]:
        """Return the cells that speak of places, by their rank; a word for nothing (`NULL`) is empty."""
        told = [""] * self._width
        for rank in self._ranks:
            if rank < len(cells) and (text := cells[rank].strip()) and not says_nothing(text):
                told[rank] = text
        return told

    def _level(self, plan: Plan, level: Level | None, stem: str) -> _Level:
        codes = tuple(rank for kind in ("code", "siren") if (rank := plan.rank(f"{stem}_{kind}")) is not None)
        name = plan.rank(f"{stem}_name")
        first = codes[0] if codes else name
        return _Level(level, codes, name, self._headings.get(first, "") if first is not None else "")

    def _main_column(self) -> str:
        if self._territories is not None:
            return self._headings[self._territories]
        return self._levels[0].column if self._levels else self._any.column

    def _of_level(self, line: int, told: list[str], level: _Level) -> RowPlaces:
        code = next((cell for rank in level.codes if (cell := _cell(told, rank))), "")
        label = _cell(told, level.name) or (_cell(told, self._any.name) if code else "")
        if not code:
            beside = self._beside(told, level.level)
            column = self._headings[level.name] if level.name is not None else level.column
            missing = self._missing(level)
            names = split_names(label) or [label]
            return RowPlaces(tuple(Item(name, line, beside, column, missing, self._unread) for name in names))
        codes = split_codes(code) or [code]
        labels = labels_of(codes, label)
        messages = [*self._differing(told, level)]
        if labels is None:
            messages.append(("remark", Message("labels-count", {"codes": len(codes), "value": label})))
            labels = [""] * len(codes)
        missing = self._missing(level)
        items = tuple(
            Item(each, line, self._beside(told, level.level, name), level.column, missing, self._unread)
            for each, name in zip(codes, labels, strict=True)
        )
        return RowPlaces(items, tuple(messages))

    def _differing(self, told: list[str], level: _Level) -> Iterator[tuple[Severity, Message]]:
        """Say that the code and the SIREN of a row are those of two communes; the code is followed."""
        codes = [(rank, text) for rank in level.codes if (text := _cell(told, rank))]
        if len(codes) == len(level.codes) > 1:
            (_, code), (rank, siren) = codes
            found = [resolve(text, beside=Beside("commune")).place for text in (code, siren)]
            if found[0] and found[1] and found[0] != found[1]:
                facts = {"column": self._headings[rank], "value": siren, "code": code}
                names = {"place": describe(found[1]), "other": describe(found[0])}
                yield "error", Message("codes-differ", facts | names)

    def _beside(self, told: list[str], level: Level | None, label: str = "") -> Beside:
        """Gather what is said of the levels above the place, each by its code or else its name."""
        above = {name: self._said(told, name) for name in _ABOVE[level]}
        if level == "commune" and not above["epci"]:
            above["epci"] = self._siren(told)
        postcode = _cell(told, self._postcode) if level in (None, "commune") else ""
        return Beside(level, label, postcode=postcode, **above)

    def _siren(self, told: list[str]) -> str:
        """Return the SIREN of an EPCI that a column of codes of any level holds beside a commune."""
        codes = (_cell(told, rank) for rank in self._any.codes)
        return next((code for code in codes if len(code) == _SIREN and code.startswith(_OF_EPCI)), "")

    def _said(self, told: list[str], level: Level) -> str:
        return _cell(told, self._code_of[level]) or _cell(told, self._name_of[level])

    def _missing(self, level: _Level) -> str:
        """Return the heading of a finer column that is empty, where a row is placed at a level above."""
        if self._territories is not None and level.level not in (None, "commune"):
            return self._headings[self._territories]
        if self._any.column and self._finest.level not in _FINE and level.level not in (None, *_FINE):
            return self._any.column
        is_coarser = level.level not in (None, self._finest.level)
        return self._finest.column if is_coarser and level in self._levels[1:] else ""

    def _unclear(self, cells: list[str]) -> str:
        """Return what stands where a place should: a word for nothing (`NULL`), if anything."""
        ranks = (self._territories, *(rank for level in self._order for rank in (*level.codes, level.name)))
        return next((text for rank in ranks if (text := _written(cells, rank))), "")


def _written(cells: list[str], rank: int | None) -> str:
    return cells[rank].strip() if rank is not None and rank < len(cells) else ""


def _cell(told: list[str], rank: int | None) -> str:
    return told[rank] if rank is not None else ""
