"""Nothing that is accepted is wrong: noisy names of all vintages, on a seeded sample."""

from __future__ import annotations

import random

import pytest

from benchmarks.lookups import NOISES, cases, measure
from geocontracts.places.gazetteer import load_gazetteer

# The least share placed right, alone and with the département: homonyms are left open, typos refused.
LEAST = {False: 0.75, True: 0.98}


@pytest.mark.parametrize("with_departement", [False, True])
def test_noisy_names_are_placed_right_or_not_at_all(*, with_departement: bool) -> None:
    places = load_gazetteer()
    chosen = random.Random(5).sample(cases(places), 1000)  # noqa: S311 - a sample
    scores = measure(chosen, places, with_departement=with_departement, seed=5)
    assert [each for score in scores.values() for each in score.wrong] == []
    for kind in NOISES:
        counts = scores[kind].counts
        total = sum(counts.values())
        assert total > 10, kind
        if kind.startswith("typo"):
            assert counts["refused"] + counts["ambiguous"] > 0.95 * total, kind
        else:
            assert counts["right"] > LEAST[with_departement] * total, kind
