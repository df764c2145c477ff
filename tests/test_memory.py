"""What is kept between questions stays small, however odd and long the cells are."""

from __future__ import annotations

import gc
import tracemalloc
from functools import _lru_cache_wrapper
from typing import TYPE_CHECKING, Any

import geocontracts.records.lists.asides
import geocontracts.records.lists.cells  # noqa: F401 - so that what they keep is looked at
from geocontracts.memory import LONGEST_KEPT, remembered
from geocontracts.places.beside import Beside
from geocontracts.places.match import resolve
from geocontracts.records.dates import read_date
from geocontracts.records.lists.asides import _is_wide
from geocontracts.records.lists.cells import _pieces

if TYPE_CHECKING:
    from geocontracts.places.gazetteer import Gazetteer

_LETTERS = 20_000  # of an odd cell: with one sign beyond the usual ones, four bytes each
_ASKED = 15


def _ask(rank: int) -> None:
    """Ask for a place with odd cells around it, none of which was asked before."""
    odd = [f"{rank} {each} \U0001f600 " + "x" * _LETTERS for each in range(6)]
    assert resolve(odd[0], beside=Beside("commune", *odd[1:6])).place is None
    _pieces(odd[0])
    _is_wide(odd[0])
    read_date(odd[0])


def test_odd_cells_are_not_kept() -> None:
    _ask(-1)
    gc.collect()
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    for rank in range(_ASKED):
        _ask(rank)
    gc.collect()
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    # One list of cells is 500 kB; kept, fifteen of them are 7 MB.
    assert after - before < _LETTERS * _ASKED


def test_what_is_asked_of_users_texts_is_bounded() -> None:
    """Each thing that keeps answers without end is asked of few things, never of what a user wrote."""
    endless = [
        each
        for each in gc.get_objects()
        if isinstance(each, _lru_cache_wrapper)
        and (each.__module__ or "").startswith(("geocontracts.places", "geocontracts.records"))
        and each.cache_parameters()["maxsize"] is None
    ]
    assert endless
    for each in endless:
        asked = {name: hint for name, hint in each.__wrapped__.__annotations__.items() if name != "return"}
        assert set(asked.values()) <= _FEW, (each.__module__, each.__name__, asked)


# Sets of places and their folders, the declared columns, our two languages: a process meets few of them.
_FEW = {"Gazetteer", "Field", "Path", "Lang"}


def test_short_questions_are_asked_once_and_long_ones_again() -> None:
    calls: list[Any] = []

    @remembered(2)
    def length(text: str, places: Gazetteer | None = None) -> int:
        calls.append((text, places))
        return len(text)

    long = "x" * (LONGEST_KEPT + 1)
    assert [length(each) for each in ("a", "a", long, long)] == [1, 1, len(long), len(long)]
    assert [text for text, _ in calls] == ["a", long, long]
