"""The targets of the fuzzer run, on their seeds and on what a plain mutation makes of them."""

from __future__ import annotations

import random

import pytest

from tests.fuzz.targets import TARGETS

INPUTS = {"places": 120, "file": 120, "xlsx": 120}
USUAL = 300


def mutated(data: bytes, other: bytes, rng: random.Random) -> bytes:
    """Return an input with some of its bytes changed, dropped, or taken from another one."""
    changed = bytearray(data)
    for _ in range(rng.randint(1, 4)):
        place = rng.randint(0, len(changed))
        match rng.randint(0, 3):
            case 0:
                changed[place : place + 1] = bytes([rng.randint(0, 255)])
            case 1:
                del changed[place : place + rng.randint(1, 9)]
            case 2:
                changed[place:place] = changed[: rng.randint(0, 20)]
            case _:
                start = rng.randint(0, len(other))
                changed[place:place] = other[start : start + rng.randint(1, 20)]
    return bytes(changed)


@pytest.mark.thorough
@pytest.mark.parametrize("name", sorted(TARGETS))
def test_a_target_runs_on_what_is_made_of_its_seeds(name: str) -> None:
    target, rng = TARGETS[name], random.Random(name)  # noqa: S311 - the same on every run
    for seed in target.seeds:
        target.run(seed)
    for _ in range(INPUTS.get(name, USUAL)):
        target.run(mutated(rng.choice(target.seeds), rng.choice(target.seeds), rng))
