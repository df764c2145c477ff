"""Which column of a list says what: told, or guessed of its heading and its cells, and always said."""

from __future__ import annotations

import difflib
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias

from geocontracts.errors import RegisterError
from geocontracts.places.gazetteer import load_gazetteer
from geocontracts.records.formats.headings import folded
from geocontracts.records.lists.contents import is_code, is_name, is_status, is_year, sampled
from geocontracts.records.lists.finer import free_columns, unread_places
from geocontracts.records.lists.headings import meaning_of
from geocontracts.records.lists.numbered import with_numbers
from geocontracts.records.lists.programmes import programme_of_ids, spellings_met
from geocontracts.records.lists.roles import MEMBER, PLACE_ROLES, TERRITORIES, role_labels
from geocontracts.records.values import says_nothing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geocontracts.records.formats.sheet import Sheet
    from geocontracts.records.lists.headings import Meaning
    from geocontracts.records.lists.mapping import ListMapping, Shape

# `rows` and `doubtful` are columns of numbers that are no identifier (`lists/numbered.py`).
Why: TypeAlias = Literal["told", "heading", "content", "twice", "aside", "rows", "doubtful"]

_NEARLY_ALL = 0.8  # of the cells, where no heading says anything
_MOST = 0.5  # of the cells, so that a column is what its heading leaves open

_OF_A_PROGRAMME = {"id", "title", "signed_on", MEMBER}  # of which there may be one for each programme
_CODED = {"place_code", "commune_code", "commune_siren", "epci_code"}
# What people write to tick a cell, and to leave it unticked.
TICKS = frozenset({"x", "oui", "o", "yes", "vrai", "true", "1", "✓", "✔", "☑", "✗", "✘", "•"})
NO_TICKS = frozenset({"", "non", "n", "no", "faux", "false", "0", "-", "–", "☐"})


@dataclass(frozen=True)
class Column:
    """A column of a list and what it was taken for; `role` is None where it is left aside."""

    rank: int
    heading: str
    role: str | None
    why: Why
    scheme: str = ""
    was: str = ""  # the role that another column has, where it is left aside for that

    @property
    def says_where(self) -> bool:
        """Say whether it holds places."""
        return self.role == TERRITORIES or self.role in PLACE_ROLES


@dataclass(frozen=True)
class Plan:
    """How a list is read: its columns, its shape, and the programme of all its rows, if one is known.

    `spellings` leads from how a programme is written to how it is read, where these differ. `unread` is the
    heading of a column that is left aside and seems to name places, where the rows are placed by a wide one.
    """

    columns: tuple[Column, ...]
    shape: Shape
    programme: str | None
    spellings: Mapping[str, str] = field(default_factory=dict)
    unread: str = ""

    def ranks(self, role: str) -> list[int]:
        """Return the columns that have a role."""
        return [column.rank for column in self.columns if column.role == role]

    def rank(self, role: str) -> int | None:
        """Return the column that has a role, if one has."""
        return next(iter(self.ranks(role)), None)

    @cached_property
    def members(self) -> tuple[Column, ...]:
        """Return the columns that are ticked for the places of a programme."""
        return tuple(column for column in self.columns if column.role == MEMBER)

    @cached_property
    def identifiers(self) -> tuple[Column, ...]:
        """Return the columns that hold the identifier of a contract; there may be one for each programme."""
        return tuple(column for column in self.columns if column.role == "id")


def recognise(
    sheet: Sheet, told: ListMapping, programmes: Mapping[str, str], *, year: str | None = None
) -> Plan:
    """Say what each column of a list is.

    `programmes` leads from folded names of programmes that are known to the name of each. `year` is the
    heading of the column that is told to hold the years, which is never guessed to hold places.

    Raises:
        RegisterError: a column that was told is not there, or no column says where the rows are.
    """
    _check_told(sheet, told)
    guess = _Guess(sheet, programmes)
    wanted = {folded(heading): role for heading, role in told.columns.items()}
    columns = []
    for rank, heading in enumerate(sheet.header):
        if folded(heading) in wanted:
            role = wanted[folded(heading)]
            columns.append(Column(rank, heading, role, "told", guess.scheme(rank, heading, role)))
        else:
            columns.append(guess.column(rank, heading))
    columns = with_numbers(_without_weak_lists(_one_each(columns)), sheet)
    if not any(column.says_where for column in columns):
        columns = guess.by_content(columns, year)
    if not any(column.says_where for column in columns):
        found = ", ".join(heading for heading in sheet.header if heading) or "—"
        raise RegisterError("list-no-place", file=sheet.origin.name, row=sheet.header_line, found=found)
    unread = unread_places(columns, sheet, told, year)
    plan = Plan(tuple(columns), "contracts", told.programme, unread=unread)
    plan = replace(
        plan,
        shape=told.shape or _shape(sheet, plan),
        programme=told.programme or programme_of_ids(plan, programmes),
    )
    return replace(plan, spellings=spellings_met(sheet, plan, programmes))


def _check_told(sheet: Sheet, told: ListMapping) -> None:
    headings = {folded(heading): heading for heading in sheet.header}
    for heading in told.columns:
        if folded(heading) not in headings and folded(heading) not in told.saved:
            near = difflib.get_close_matches(folded(heading), headings, n=1, cutoff=0.6)
            facts = {"value": heading, "found": ", ".join(text for text in sheet.header if text) or "—"}
            if near:
                facts["near"] = headings[near[0]]
            key = "map-column-near" if near else "map-column"
            raise RegisterError(key, file=sheet.origin.name, row=sheet.header_line, **facts)


def _one_each(columns: list[Column]) -> list[Column]:
    """Leave one column for each role: the one that was told, or that has its exact name, or the first."""
    best: dict[str, Column] = {}
    for column in columns:
        if column.role is None:
            continue
        key = f"{column.role} {column.scheme}" if column.role in _OF_A_PROGRAMME else column.role
        if key not in best or _precedence(column) < _precedence(best[key]):
            best[key] = column
    kept = {column.rank for column in best.values()}
    return [
        column
        if column.role is None or column.rank in kept
        else replace(column, role=None, why="twice", was=column.role)
        for column in columns
    ]


def _without_weak_lists(columns: list[Column]) -> list[Column]:
    """Leave aside a column such as `Localisation` in a list that has codes: it may be a street."""
    names = {folded(text) for text in (TERRITORIES, *role_labels(TERRITORIES).values())}
    has_codes = any(column.role in _CODED for column in columns)
    return [
        replace(column, role=None, why="aside")
        if has_codes
        and column.role == TERRITORIES
        and column.why == "heading"
        and folded(column.heading) not in names
        else column
        for column in columns
    ]


def _precedence(column: Column) -> tuple[bool, bool, int]:
    is_name = column.role is not None and folded(column.heading) == folded(column.role)
    return column.why != "told", not is_name, column.rank


class _Guess:
    """Guesses what a column is of its heading, and of its cells where the heading leaves it open."""

    def __init__(self, sheet: Sheet, programmes: Mapping[str, str]) -> None:
        self._sheet, self._programmes = sheet, programmes
        self._places = load_gazetteer()
        self._meanings = [meaning_of(heading) if heading.strip() else None for heading in sheet.header]
        self._schemes = {
            meaning.scheme
            for meaning in self._meanings
            if meaning and meaning.role == "id" and meaning.is_sure and meaning.scheme
        }

    def column(self, rank: int, heading: str) -> Column:
        meaning = self._meanings[rank]
        if folded(heading) in self._programmes and self._is_ticked(rank):
            return Column(rank, heading, MEMBER, "heading", heading.strip())
        if meaning is None or not self._is_of_use(rank, meaning):
            return Column(rank, heading, None, "aside")
        role = meaning.role or self._place_role(rank, meaning)
        return Column(rank, heading, role, "heading" if role else "aside", meaning.scheme)

    def scheme(self, rank: int, heading: str, role: str | None) -> str:
        """Return the programme that the heading of a told column names: `id_crte`, `ACV`."""
        meaning = self._meanings[rank]
        if meaning and meaning.role == role:
            return meaning.scheme
        is_named = role == MEMBER or (role == "id" and folded(heading) in self._programmes)
        return heading.strip() if is_named else ""

    def _is_ticked(self, rank: int) -> bool:
        """Say whether a column holds ticks; what else stands in it is told line by line."""
        cells = [cell for cell in self._cells(rank) if cell.casefold() not in NO_TICKS]
        ticks = sum(cell.casefold() in TICKS for cell in cells)
        return 0 < ticks == len(cells) or (ticks > 1 and 2 * ticks >= len(cells))

    def by_content(self, columns: list[Column], year: str | None) -> list[Column]:
        """Where no heading says where the rows are, take the first column of codes, or else of names."""
        free = free_columns(columns, year)
        for role, share in (("place_code", self._sure_codes), ("place_name", self._names)):
            for column in free:
                if share(column.rank) >= _NEARLY_ALL:
                    chosen = replace(column, role=role, why="content")
                    return [chosen if each.rank == column.rank else each for each in columns]
        return columns

    def _is_of_use(self, rank: int, meaning: Meaning) -> bool:
        """Say whether the programme that a heading seems to name is one, or its cells are statuses."""
        if meaning.role == "status" and not meaning.is_sure:
            cells = [cell for cell in self._cells(rank) if not says_nothing(cell)]
            return sum(map(is_status, cells)) >= _MOST * max(1, len(cells))
        known = folded(meaning.scheme) in self._programmes or meaning.scheme in self._schemes
        return meaning.is_sure or known

    def _place_role(self, rank: int, meaning: Meaning) -> str | None:
        """Return the role of a heading of a place; the cells tell codes from names where it does not."""
        if meaning.any_level:
            return self._any_level(rank, meaning)
        kind = meaning.kind or ("code" if self._codes(rank, is_valid=False) >= _MOST else "name")
        if kind == "siren":
            kind = "siren" if meaning.level == "commune" else "code"
        return f"{meaning.level or 'place'}_{kind}"

    def _any_level(self, rank: int, meaning: Meaning) -> str | None:
        """Take `Code` or `Nom` for those of places when most cells are; for an id or a title otherwise."""
        if meaning.kind != "name" and self._codes(rank) >= _MOST:
            return "place_code"
        if meaning.kind in ("name", None) and self._names(rank) >= _MOST:
            return "place_name"
        heading = folded(self._sheet.header[rank])
        return {"code": "id", "nom": "title", "libelle": "title"}.get(heading)

    def _cells(self, rank: int) -> list[str]:
        cells = (cells[rank].strip() for cells in sampled(self._sheet) if rank < len(cells))
        return [cell for cell in cells if cell]

    def _codes(self, rank: int, *, is_valid: bool = True) -> float:
        """Return the share of the cells that look like codes of places, or that are some."""
        cells = self._cells(rank)
        return sum(is_code(cell, self._places, is_valid=is_valid) for cell in cells) / max(1, len(cells))

    def _sure_codes(self, rank: int) -> float:
        """Return the share of the cells that are codes of places and cannot be years."""
        cells = self._cells(rank)
        found = (is_code(cell, self._places, is_valid=True) and not is_year(cell) for cell in cells)
        return sum(found) / max(1, len(cells))

    def _names(self, rank: int) -> float:
        cells = self._cells(rank)
        return sum(is_name(cell, self._places) for cell in cells) / max(1, len(cells))


def _shape(sheet: Sheet, plan: Plan) -> Shape:
    """Tell one row for a contract from one row for a place.

    A list of places in one cell is a row for a contract, unless an identifier comes back on rows that
    say the same title.
    """
    if plan.rank(TERRITORIES) is None:
        return "places"
    if not plan.identifiers:
        return "contracts"
    identifier, title = plan.identifiers[0].rank, plan.rank("title")
    titles: dict[str, set[str]] = {}
    rows: Counter[str] = Counter()
    for _, cells in sheet.rows:
        name = cells[identifier].strip() if identifier < len(cells) else ""
        if name:
            rows[name] += 1
            said = cells[title].strip() if title is not None and title < len(cells) else ""
            titles.setdefault(name, set()).add(said)
    repeats = [name for name, count in rows.items() if count > 1]
    return "places" if repeats and all(len(titles[name]) == 1 for name in repeats) else "contracts"
