"""A column that may name places more finely than the départements that alone are known by their heading.

A contract of a town must not become a whole département in silence because nobody foresaw what the column of
towns is called. Nor may a column of seats, offices or people become the perimeters: it is only said, in each
row, that there is one, and how to tell what it is.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import islice
from typing import TYPE_CHECKING

from geocontracts.places.beside import Beside
from geocontracts.places.gazetteer import load_gazetteer
from geocontracts.places.match import resolve
from geocontracts.places.outside import is_outside_cog
from geocontracts.records.formats.headings import folded
from geocontracts.records.lists.cells import split_names
from geocontracts.records.lists.contents import is_name, sampled
from geocontracts.records.lists.headings import tells_time
from geocontracts.records.values import says_nothing

if TYPE_CHECKING:
    from geocontracts.records.formats.sheet import Sheet
    from geocontracts.records.lists.mapping import ListMapping
    from geocontracts.records.lists.recognise import Column

_WIDE = ("departement_", "region_")
_MOST = 0.5
_ALL_BUT_SLIPS = 0.95  # of numbers: sums and serial numbers are codes of communes by chance
_SHORTEST_CODE = 5  # signs of a code of commune that has lost none
_MOST_PIECES = 20  # of a cell: enough to tell a list of places
_LONGEST = 1000  # letters of a cell that are looked at
_FINER = frozenset({"commune", "epci", "arrondissement"})
# Who is where, and what else has names of towns but no perimeter.
_NO_PERIMETER = re.compile(
    r"\b(sieges?|chefs? lieux?|(sous )?prefectures?|signature|signe|adresse|voie|rue|operateur|suivi|"
    r"referent|contact|agent|agence|antenne|direction|elu|depute|senateur|maire|canton|circonscription|bassin|gare|"
    r"tribunal|judiciaire|redacteur|remarques?|commentaires?|observations?)\b"
)


def is_wide(column: Column) -> bool:
    """Say whether a column holds départements or regions."""
    return (column.role or "").startswith(_WIDE)


def free_columns(columns: list[Column], year: str | None) -> list[Column]:
    """Return the columns that nobody told and no heading explains, but for those of times.

    Years read as damaged codes of the Aisne (2021 as 02021): they say nothing of places here.
    """
    return [
        column
        for column in columns
        if column.role is None
        and column.why == "aside"
        and not tells_time(column.heading)
        and (year is None or folded(column.heading) != folded(year))
    ]


def unread_places(columns: list[Column], sheet: Sheet, told: ListMapping, year: str | None) -> str:
    """Return the heading of a column that seems to name places, where others name only wide ones; or nothing.

    Where the user has just told the column of départements, that is the answer, and nothing is sought. A
    mapping that was saved is no such answer: the list may have a new column.
    """
    where = [column for column in columns if column.says_where]
    if not all(map(is_wide, where)):
        return ""
    if any(column.why == "told" and folded(column.heading) not in told.saved for column in where):
        return ""
    cells = _Cells(columns, sheet)
    named = (column for column in free_columns(columns, year) if column.heading.strip())
    fit = (column for column in named if not _NO_PERIMETER.search(_words(column.heading)))
    return next((column.heading.strip() for column in fit if cells.may_name_places(column)), "")


def _words(heading: str) -> str:
    """Return a heading without accents and case, its words apart."""
    plain = unicodedata.normalize("NFKD", heading.casefold())
    return re.sub(r"\W+", " ", "".join(letter for letter in plain if not unicodedata.combining(letter)))


class _Cells:
    """Tells what the cells of a column are, each beside the wide columns of its row."""

    def __init__(self, columns: list[Column], sheet: Sheet) -> None:
        self._rows = sampled(sheet)
        self._wide = {
            stem: [column.rank for column in columns if (column.role or "").startswith(stem)]
            for stem in _WIDE
        }

    def may_name_places(self, column: Column) -> bool:
        """Say whether most rows have a cell there, not the same in all, and most of these are places."""
        rows = [cells for cells in self._rows if column.rank < len(cells)]
        filled = [(pieces, cells) for cells in rows if (pieces := _pieces(cells[column.rank]))]
        is_one = len(rows) > 1 and len({tuple(pieces) for pieces, _ in filled}) == 1
        if not filled or len(filled) < _MOST * len(rows) or is_one:
            return False
        numbers = sum(all(piece.isdigit() for piece in pieces) for pieces, _ in filled)
        lying = sum(self._lies(pieces, cells) for pieces, cells in filled) / len(filled)
        if numbers >= _MOST * len(filled):
            return lying >= _ALL_BUT_SLIPS
        places = load_gazetteer()
        named = sum(all(is_name(piece, places) for piece in pieces) for pieces, _ in filled) / len(filled)
        return max(lying, named) >= _MOST

    def _lies(self, pieces: list[str], cells: list[str]) -> bool:
        departement, region = (self._said(stem, cells) for stem in _WIDE)
        beside = Beside(departement=departement, region=region)
        return all(_is_finer(piece, beside) for piece in pieces)

    def _said(self, stem: str, cells: list[str]) -> str:
        texts = (cells[rank].strip() for rank in self._wide[stem] if rank < len(cells))
        return next((text for text in texts if text and not says_nothing(text)), "")


def _pieces(cell: str) -> list[str]:
    """Return the first texts of a cell, none where it says nothing."""
    text = cell.strip(" ;,|\u00a0\u202f")
    return (
        []
        if not text or says_nothing(text)
        else list(islice(filter(str.strip, split_names(text)), _MOST_PIECES))
    )


def _is_finer(text: str, beside: Beside) -> bool:
    is_number = text.isdigit()
    if is_number and len(text) < _SHORTEST_CODE:
        return False
    if not is_number and not is_name(text, load_gazetteer()):  # looking for what is near is slow
        return False
    place = resolve(text, beside=beside).place
    return place.level in _FINER if place else is_outside_cog(text)
