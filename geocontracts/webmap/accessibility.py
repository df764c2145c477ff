"""The 106 criteria of RGAA 4.1.2, and what is known of the page for each (`accessibility.json`)."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geocontracts.words import Lang

State: TypeAlias = Literal["held", "unverified", "partly", "unmet", "none"]
"""Its tests hold it; they hold what they can see, and the note says what nobody has tried; it is known to
be met in part only, or not to be met; it does not apply."""
STATES: tuple[State, ...] = get_args(State)


@dataclass(frozen=True)
class Criterion:
    """A criterion of RGAA in our own words, and what holds it or why nothing has to."""

    number: str
    """As RGAA numbers it: `10.4`."""
    state: State
    wording: Mapping[str, str]
    """What is asked for, by language: {"fr", "en"}."""
    note: Mapping[str, str]
    """What is missing, the reason why it does not apply, or how it is met; empty where tests say it all."""
    tests: tuple[str, ...]
    """pytest: `file::function`; vitest: `file > title`."""
    is_exempt: bool = False
    """What is missing is missing in the drawing of the map alone, to which the law does not apply."""
    page: Lang | None = None
    """The language of the page that the state is about, where it is about one only."""
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    """Why it does not apply to a page in the other language."""

    @property
    def topic(self) -> int:
        """The rank of its topic, from 1."""
        return int(self.number.partition(".")[0])


@dataclass(frozen=True)
class Grid:
    """All criteria, in the order of RGAA."""

    version: str
    topics: tuple[Mapping[str, str], ...]
    criteria: tuple[Criterion, ...]

    def on(self, lang: Lang) -> Grid:
        """Return what it says of a page in one language."""
        return replace(self, criteria=tuple(_on(criterion, lang) for criterion in self.criteria))

    def count(self, *states: State) -> int:
        """Return how many criteria are in one of these states."""
        return sum(criterion.state in states for criterion in self.criteria)


def _on(criterion: Criterion, lang: Lang) -> Criterion:
    if criterion.page in (None, lang):
        return criterion
    return replace(criterion, state="none", note=criterion.elsewhere, tests=())


@cache
def load_grid() -> Grid:
    """Return the grid that comes with the package."""
    told = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
    criteria = tuple(
        Criterion(
            number=each["number"],
            state=each["state"],
            wording={"fr": each["fr"], "en": each["en"]},
            note=each.get("note", {}),
            tests=tuple(each.get("tests", ())),
            is_exempt=each.get("exempt", False),
            page=each.get("page"),
            elsewhere=each.get("elsewhere", {}),
        )
        for each in told["criteria"]
    )
    return Grid(told["rgaa"], tuple(told["topics"]), criteria)
