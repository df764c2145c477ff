"""Records whose payers give more than their total: why the parts of a sum do not come to it."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING

from geocontracts.outputs.said import summed
from geocontracts.words import plain, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geocontracts.words import Lang

_FEW = 5  # records that are named in a sentence
_LONGEST = 120  # signs of an id there


def over_total(over: Mapping[str, float]) -> float:
    """Return by how many euros the payers of such records come to more than their totals."""
    return round(fsum(over.values()), 2)


def over_note(over: Mapping[str, float], lang: Lang) -> str | None:
    """Say how many they are, which ones and by how many euros, the largest first; None if there are none."""
    if not over:
        return None
    ranked = sorted(over, key=lambda name: (-over[name], name))
    names = ", ".join(plain(name, _LONGEST) for name in ranked[:_FEW])
    if len(ranked) > _FEW:
        names = say("crossing-others", lang, names=names, n=len(ranked) - _FEW)
    key = "amounts-over-one" if len(over) == 1 else "amounts-over"
    return say(key, lang, n=len(over), names=names, euros=summed(over_total(over)))
