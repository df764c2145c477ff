"""The remarks of the register, numbered as they are met, at the end of a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.outputs.sheets.document import Listing, Section
from geocontracts.words import say

if TYPE_CHECKING:
    from geocontracts.words import Lang


class Remarks:
    """What the register remarks on the records of a sheet: approximate figures, inferences, gaps."""

    def __init__(self, lang: Lang) -> None:
        """Begin with none."""
        self._lang: Lang = lang
        self._texts: list[str] = []

    def mark(self, title: str, text: str) -> str:
        """Keep a remark on the record of that title, and return how its line refers to it."""
        rank = len(self._texts) + 1
        self._texts.append(say("fiche-remark-text", self._lang, n=rank, title=title, text=text))
        return say("fiche-remark", self._lang, n=rank)

    def section(self) -> Section:
        """Return the remarks as a section; one without blocks when there are none."""
        blocks = (Listing(tuple(self._texts)),) if self._texts else ()
        return Section(say("fiche-remarks", self._lang), blocks)
