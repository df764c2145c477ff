"""Sets of numbers as runs: first, how many, first, how many..."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def runs_of(numbers: Iterable[int]) -> list[int]:
    """Return sorted numbers as runs."""
    runs: list[int] = []
    for value in numbers:
        if runs and value == runs[-2] + runs[-1]:
            runs[-1] += 1
        else:
            runs += [value, 1]
    return runs


def members_of(runs: list[int]) -> list[int]:
    """Return the numbers that runs hold."""
    return [first + step for first, count in zip(runs[::2], runs[1::2], strict=True) for step in range(count)]
