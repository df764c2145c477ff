"""The words of a report in one language; what 35,000 rows say alike is put into words once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.places.match import departements_of, describe
from geocontracts.words import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geocontracts.places.gazetteer import Place
    from geocontracts.records.problems import Problem
    from geocontracts.words import Lang, Message

_TENTH = 0.001


class Phrases:
    """Says keys, messages, places, lines and shares in one language."""

    def __init__(self, lang: Lang) -> None:
        """Speak `lang`."""
        self.lang: Lang = lang
        self._keys: dict[str, str] = {}
        self._messages: dict[int, tuple[Message, str]] = {}  # the message is kept: its id stays its own
        self._places: dict[str, str] = {}
        self._departements: dict[str, list[str]] = {}

    def key(self, key: str) -> str:
        """Say a sentence that has no facts."""
        if key not in self._keys:
            self._keys[key] = say(key, self.lang)
        return self._keys[key]

    def message(self, message: Message) -> str:
        """Say a message."""
        if not message.facts:
            return self.key(message.key)
        known = self._messages.get(id(message))
        if known is None:
            known = self._messages[id(message)] = (message, message.text(self.lang))
        return known[1]

    def sentence(self, message: Message) -> str:
        """Say a message with a capital, where it does not follow the name of a cell."""
        said = self.message(message)
        return f"{said[:1].upper()}{said[1:]}"

    def place(self, place: Place) -> str:
        """Return the name that tells a place apart, its département in brackets."""
        if place.id not in self._places:
            self._places[place.id] = describe(place)
        return self._places[place.id]

    def departements(self, place: Place) -> list[str]:
        """Return the names of the départements of a place."""
        if place.id not in self._departements:
            self._departements[place.id] = departements_of(place)
        return self._departements[place.id]

    def cell(self, problem: Problem) -> str:
        """Say a problem of a row that is named already: its column, what is wrong, what to do."""
        said = f"{self.key(f'severity-{problem.severity}')}{self.message(problem.message)}"
        if problem.column is None:
            return f"{said[:1].upper()}{said[1:]}"
        where = say("where-column", self.lang, column=problem.column)
        return f"{where[:1].upper()}{where[1:]} — {said}"

    def counted(self, key: str, count: int, **facts: object) -> str:
        """Say how many there are: the sentence `key`, or `key-one` for one (in French, for none too)."""
        one = count == 1 or (count == 0 and self.lang == "fr")
        return say(f"{key}-one" if one else key, self.lang, n=count, **facts)

    def share(self, part: int, whole: int) -> str:
        """Return a share in percent with one decimal; a part is never said to be nothing, nor everything."""
        if not whole:
            return "–"
        if part and part < whole * _TENTH:
            return self._percent("<", 0.1)
        if part < whole and part > whole * (1 - _TENTH):
            return self._percent(">", 99.9)
        return self._percent("", round(100 * part / whole, 1))

    def _percent(self, sign: str, value: float) -> str:
        sign = f"{sign}\u00a0" if sign else ""
        text = f"{value:.1f}"
        return f"{sign}{text.replace('.', ',')}\u00a0%" if self.lang == "fr" else f"{sign}{text}%"

    def lines(self, lines: Iterable[int], most: int) -> tuple[str, str]:
        """Return line numbers as `3, 5, 8–40`: the first `most` of them, and the others apart."""
        told = [_range(run) for run in _runs(sorted(set(lines)))]
        return ", ".join(told[:most]), ", ".join(told[most:])


def _runs(lines: Sequence[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for line in lines:
        if runs and runs[-1][1] == line - 1:
            runs[-1] = (runs[-1][0], line)
        else:
            runs.append((line, line))
    return runs


def _range(run: tuple[int, int]) -> str:
    first, last = run
    if last <= first + 1:
        return ", ".join(map(str, dict.fromkeys(run)))
    return f"{first}–{last}"
