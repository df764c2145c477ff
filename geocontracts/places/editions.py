"""Of which year each part of the bundled places is: what `data/boundaries/editions.json` tells."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal, TypeAlias

from geocontracts.bundled import bundled_boundaries_dir, faults_told
from geocontracts.words import say

if TYPE_CHECKING:
    from geocontracts.words import Lang

Part: TypeAlias = Literal["shapes", "codes", "epci", "halls", "population"]


@dataclass(frozen=True)
class Edition:
    """Of which year a part of the places is; None where its source does not tell.

    `same` is the first year whose list says the same as that of `year`: what changed since is missing.
    """

    part: Part
    year: int | None
    same: int | None = None

    @property
    def sure(self) -> int | None:
        """Return the year of which the part is sure to be: its list may be older than its source says."""
        return (self.same or self.year) if self.year else None

    def title(self, lang: Lang) -> str:
        """Return what the part is called; one without a year says so."""
        name = say(f"edition-{self.part}", lang)
        return name if self.year else say("edition-yearless", lang, name=name)

    def text(self, lang: Lang) -> str:
        """Return the part with its year, and what may be missing since."""
        if self.year is None:
            return self.title(lang)
        key = "edition-same" if self.same else "edition-dated"
        return say(key, lang, name=self.title(lang), year=self.year, same=self.same)


@cache
def bundled_editions() -> tuple[Edition, ...]:
    """Return the editions of the places that come with the package.

    Raises:
        MissingDataError: the file that tells them is missing or damaged.
    """
    path = bundled_boundaries_dir() / "editions.json"
    with faults_told(path):
        told = json.loads(path.read_text(encoding="utf-8"))
        return tuple(Edition(each["part"], each["year"], each.get("equal_to")) for each in told)


def fetched_editions(vintage: int) -> tuple[Edition, ...]:
    """Return those of a set that was fetched: town halls and population stay the bundled ones."""
    bundled = {each.part: each for each in bundled_editions()}
    fresh: tuple[Part, ...] = ("shapes", "codes", "epci")
    return (*(Edition(part, vintage) for part in fresh), bundled["halls"], bundled["population"])


def years_of(editions: tuple[Edition, ...]) -> dict[str, int | None]:
    """Return the year of each part, that of which it is sure to be."""
    return {each.part: each.sure for each in editions}


def editions_text(editions: tuple[Edition, ...], lang: Lang) -> str:
    """Return of which year everything is, as a clause without a full stop."""
    return ("\u00a0; " if lang == "fr" else "; ").join(each.text(lang) for each in editions)
