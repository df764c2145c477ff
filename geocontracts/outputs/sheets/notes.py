"""The notes of a sheet, numbered as they are met: what stands behind a line of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.outputs.sheets.document import Listing, Section
from geocontracts.words import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geocontracts.words import Lang


class Notes:
    """Signatories, remarks, sources and the like; the same text is one note, however often it is met."""

    def __init__(self, lang: Lang) -> None:
        """Begin with none."""
        self._lang: Lang = lang
        self._numbers: dict[str, int] = {}

    def mark(self, texts: Iterable[str]) -> str:
        """Keep sentences as one note and return its number; nothing where there is no sentence."""
        told = " ".join(_closed(text) for text in texts if text)
        if not told:
            return ""
        return str(self._numbers.setdefault(told, len(self._numbers) + 1))

    def section(self) -> Section:
        """Return the notes as a section; one without blocks when there are none."""
        blocks = (Listing(tuple(self._numbers), columns=2, numbered=True),) if self._numbers else ()
        return Section(say("fiche-notes", self._lang), blocks)


def _closed(text: str) -> str:
    """End a text as a sentence ends."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
