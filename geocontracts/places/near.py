"""The names nearest to one that no place bears, for a person to choose from.

A pair of letters leads to the names that hold it. The names that share most
pairs with the one written are then measured, a few hundred of 38,000, so that a
miss costs a fraction of a millisecond instead of twenty.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from geocontracts.places.found import Candidate
from geocontracts.places.gazetteer import LEVELS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from geocontracts.places.gazetteer import Gazetteer, Level, Place

LOWEST_SCORE = 70.0  # of 100, below which a near name is noise
_CANDIDATES = 5
_MEASURED = 200  # names that are measured letter by letter
_LEAST_ALIKE = 0.1  # pairs in common, of the pairs of both; a name that is near has far more
_SIGNS = " abcdefghijklmnopqrstuvwxyz0123456789"
_RANKS = bytes(max(_SIGNS.find(chr(code)), 0) for code in range(256))  # the rank of each sign


def nearest(
    searches: Iterable[tuple[str, Sequence[Level]]],
    places: Gazetteer,
    admits: Callable[[Place], bool],
    first: Callable[[Place], bool],
) -> tuple[Candidate, ...]:
    """Return at most five places of a name near to one searched, the likeliest first.

    `searches` are normalised names with the levels that each can mean. `admits`
    says which places can be meant at all, `first` which of them come first.
    """
    ranked: dict[str, Candidate] = {}
    for key, levels in searches:
        for near, score in near_keys(key, places):
            for place in _known_as(near, levels, places):
                if admits(place):
                    candidate = Candidate(place, round(score / 100, 2))
                    ranked[place.id] = max(ranked.get(place.id, candidate), candidate, key=lambda c: c.score)

    def rank(one: Candidate) -> tuple[object, ...]:
        return not first(one.place), -one.score, LEVELS.index(one.place.level), one.place.code

    return tuple(sorted(ranked.values(), key=rank)[:_CANDIDATES])


def near_keys(key: str, places: Gazetteer) -> list[tuple[str, float]]:
    """Return the keys of names that are near, with scores from 70 to 100, the best first."""
    from rapidfuzz import fuzz, process

    keys = _pairs_of(places).most_alike(key)
    found = process.extract(key, keys, scorer=fuzz.ratio, score_cutoff=LOWEST_SCORE, limit=60)
    return [(near, score) for near, score, _ in found]


def likeness(key: str, other: str) -> float:
    """Return how alike two keys are, from 0 to 100."""
    from rapidfuzz import fuzz

    return float(fuzz.ratio(key, other))


class _Pairs:
    """Which keys hold which pair of letters."""

    def __init__(self, keys: list[str]) -> None:
        import numpy as np

        self._keys = keys
        pairs = _pairs("".join(f" {key} " for key in keys))
        sizes = np.array([len(key) + 2 for key in keys])
        owners = np.repeat(np.arange(len(keys), dtype=np.int32), sizes)[:-1]
        within = np.ones(len(pairs), np.bool_)
        within[np.cumsum(sizes)[:-1] - 1] = False  # the last sign of a key and the first of the next
        pairs, owners = pairs[within], owners[within]
        order = np.argsort(pairs, kind="stable")
        self._owners = owners[order]
        self._ends = np.searchsorted(pairs[order], np.arange(len(_SIGNS) ** 2 + 1))
        self._sizes = sizes.astype(np.float32)

    def most_alike(self, key: str) -> list[str]:
        """Return the keys that share most pairs of letters with `key`, in the order of the gazetteer."""
        import numpy as np

        pairs = sorted(set(_pairs(f" {key} ").tolist()))
        held = [self._owners[self._ends[pair] : self._ends[pair + 1]] for pair in pairs]
        shared = np.bincount(np.concatenate(held), minlength=len(self._keys))
        alike = shared / (self._sizes + (len(key) + 2))
        chosen = np.flatnonzero(alike > _LEAST_ALIKE)
        if len(chosen) > _MEASURED:  # of equals, those that stand first: a partial sort takes any of them
            last = np.partition(alike[chosen], -_MEASURED)[-_MEASURED]
            above, equal = chosen[alike[chosen] > last], chosen[alike[chosen] == last]
            chosen = np.sort(np.concatenate([above, equal[: _MEASURED - len(above)]]))
        return [self._keys[number] for number in chosen]


def _pairs(text: str) -> NDArray[np.int32]:
    import numpy as np

    ranks = np.frombuffer(text.encode("ascii", "replace").translate(_RANKS), np.uint8).astype(np.int32)
    return ranks[:-1] * np.int32(len(_SIGNS)) + ranks[1:]


@cache
def _pairs_of(places: Gazetteer) -> _Pairs:
    return _Pairs(places.keys)


def _known_as(key: str, levels: Sequence[Level], places: Gazetteer) -> list[Place]:
    current = [place for place in places.named(key) if place.level in levels]
    earlier = [
        place for old in places.formerly_named(key) if old.level in levels for place in places.successors(old)
    ]
    return current + earlier
