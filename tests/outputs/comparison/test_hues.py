"""Kinds of change keep apart for colour-blind readers, as families do."""

from __future__ import annotations

from itertools import combinations

import pytest

from geocontracts.outputs.comparison.page import _HUES
from tests.webmap.test_palette import VISIONS, ciede2000, seen

# Eight hues have less room than six.
LEAST = 10.0


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("shade", [0, 1], ids=["light", "dark"])
def test_no_two_kinds_of_change_merge(shade: int, vision: str) -> None:
    hues = {kind: seen(pair[shade], VISIONS[vision]) for kind, pair in _HUES.items()}
    assert [pair for pair in combinations(hues, 2) if ciede2000(*(hues[kind] for kind in pair)) < LEAST] == []
