"""From a code to its place: mended where that is certain, and held against the label and the row.

A code that has several readings is settled by the level of its column or by the
name beside it, never by chance. A label that is the name of another place is a
question for the owner of the file: both are proposed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geocontracts.places.bearers import borne
from geocontracts.places.context import differences, shown
from geocontracts.places.former import became, code_divided, divided, followed, latest
from geocontracts.places.found import EXACT_CODE, ambiguous, placed
from geocontracts.places.labels import judge
from geocontracts.places.named import level_difference
from geocontracts.places.names import normalise_name
from geocontracts.places.postcoded import by_postcode_and_label
from geocontracts.places.restored import restored
from geocontracts.places.uncoded import unknown
from geocontracts.places.whereabouts import describe, is_within
from geocontracts.places.written import read_name
from geocontracts.words import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geocontracts.places.codes import Code, Reading
    from geocontracts.places.context import Context
    from geocontracts.places.found import Match
    from geocontracts.places.gazetteer import Former, Gazetteer, Level, Place
    from geocontracts.places.labels import Judgement

_WEAK = 3  # a code of so few digits is easily something else
_SIREN = 9
_CANDIDATES = 5


@dataclass(frozen=True, slots=True)
class _Option:
    """One thing that a code can mean: a place of today, or what stood under it before."""

    level: Level
    reading: Reading
    place: Place | None
    former: tuple[Former, ...]

    def today(self, places: Gazetteer) -> list[Place]:
        """Return the places of today that it means or leads to."""
        later = [place for old in self.former for place in places.successors(old)]
        return [self.place] if self.place else list(dict.fromkeys(later))


def by_code(text: str, code: Code, context: Context, places: Gazetteer) -> Match:
    """Find the place that a code means, in its row."""
    if code.kept:
        return restored(text, code, context, places)
    if code.postal:  # `F-59400`
        return by_postcode_and_label(text, code, context, places) or unknown(text, code, context, places)
    level = code.level or context.level
    options = _options(code, level, places)
    if len(options) > 1 and context.label:
        options = [one for one in options if _named(one, context.label, places)] or options
    postcoded = by_postcode_and_label(text, code, context, places)
    if postcoded and not any(_named(one, context.label, places) for one in options):
        return postcoded
    if not options:
        return unknown(text, code, context, places)
    if len(options) > 1:
        found = [place for one in options for place in one.today(places)]
        return ambiguous(text, found, "ambiguous-levels")
    return _Row(text, code, options[0], context, places).match()


def _options(code: Code, level: Level | None, places: Gazetteer) -> list[_Option]:
    """Return what the code can mean: at the level that is said, else as it stands, else mended."""
    every = [
        option
        for reading in code.readings
        for option in _standing(reading, places)
        if option.place or option.former
    ]
    if level and (said := [one for one in every if one.level == level]):
        every = said
    return [one for one in every if one.reading.mended in ("", "code-decimal", "code-siret")] or every


def _standing(reading: Reading, places: Gazetteer) -> Iterator[_Option]:
    for level in reading.levels:
        by_siren = level == "commune" and len(reading.code) == _SIREN
        place = places.with_siren(reading.code) if by_siren else places.get(level, reading.code)
        yield _Option(level, reading, place, tuple(places.formerly_coded(level, reading.code)))


def _named(option: _Option, label: str, places: Gazetteer) -> bool:
    """Say whether a label is exactly the name of what an option means."""
    return any(
        judge(label, place, list(option.former), places).verdict in ("agrees", "former", "divided")
        for place in option.today(places)
    )


@dataclass(frozen=True, slots=True)
class _Row:
    """A code with its one meaning, held against the rest of its row."""

    text: str
    code: Code
    option: _Option
    context: Context
    places: Gazetteer

    def match(self) -> Match:
        """Return the place with what must be said of it, or the question."""
        today = self.option.today(self.places)
        if len(today) != 1:
            return followed(self.text, list(self.option.former), self.places)
        place = today[0]
        label = self.context.label
        judgement = judge(label, place, list(self.option.former), self.places) if label else None
        if judgement and judgement.verdict in ("other", "unlike", "divided"):
            return self._contradicted(place, judgement)
        settled = judgement is not None and judgement.verdict == "agrees"
        if settled and (homonyms := self._homonyms(place)):
            return self._elsewhere(place, homonyms)
        if settled and judgement and judgement.remark is None and self._is_plain:  # as most rows are
            return placed(self.text, place, EXACT_CODE, differences(place, self.context, self.places))
        return self._accepted(place, judgement, settled=settled)

    @property
    def _is_plain(self) -> bool:
        """Say whether the code is whole, was never another's, and is of the level that its column says."""
        return not (self.option.former or self.option.reading.mended or self._level_differs)

    def _accepted(self, place: Place, judgement: Judgement | None, *, settled: bool) -> Match:
        """Return the place that no label contradicts, unless its code may mean something else."""
        parted = self._parted(place)
        if parted and not settled and (judgement is None or judgement.verdict == "near"):
            return code_divided(self.text, parted, self.places)
        if self._level_differs and not settled and len(self.option.reading.code) <= _WEAK:
            facts = {"level": Message(f"a-{self.context.level}"), "value": self.code.digits}
            return ambiguous(self.text, [place], Message("level-unclear", facts))
        rivals = self._rivals(place)
        agrees = judgement is not None and judgement.verdict in ("agrees", "former")
        outside = [area for area in self.context.areas if not is_within(place, area)]
        if outside and not agrees:
            facts = {
                "code": self.code.digits,
                "place": describe(place, self.places),
                "stated": outside[0].name,
            }
            return ambiguous(self.text, [place, *rivals], Message("code-elsewhere", facts))
        if rivals and self.option.reading.mended == "code-zero":
            facts = {"value": self.code.digits, "place": place.name, "of": shown(rivals)}
            return ambiguous(self.text, [place, *rivals], Message("code-zero-or-postcode", facts))
        return placed(self.text, place, EXACT_CODE, self._remarks(place, judgement, rivals))

    def _parted(self, place: Place) -> Former | None:
        """Return what the code meant before it was divided, unless the id of today's place is written."""
        written = self.text.replace(" ", "").lower()
        if self.option.place is None or written == place.id.lower():
            return None
        return self._larger(place)

    def _larger(self, place: Place) -> Former | None:
        """Return the last divided place that had this code, a part of which has it today."""
        former = [
            old for old in self.option.former if len(old.successors) > 1 and place.code in old.successors
        ]
        return latest(former) if former else None

    @property
    def _level_differs(self) -> bool:
        return self.context.level not in (None, self.option.level)

    def _contradicted(self, place: Place, judgement: Judgement) -> Match:
        """Leave open which one holds, the code or the label."""
        if judgement.old is not None:
            return divided(self.text, judgement.old, self.places)
        if judgement.remark is not None:
            return ambiguous(self.text, [place], judgement.remark)
        others = sorted(judgement.others, key=lambda one: self._distance(one, place))
        facts = {
            "code": self.code.digits,
            "place": describe(place, self.places),
            "label": self.context.label,
            "other": describe(others[0], self.places),
            "other_code": others[0].code,
        }
        return ambiguous(self.text, [place, *others[:_CANDIDATES]], Message("label-contradicts", facts))

    def _homonyms(self, place: Place) -> list[Place]:
        """Return the places of the same name that lie where the row says, if this one does not."""
        areas = self.context.areas
        if all(is_within(place, area) for area in areas):
            return []
        found = borne(read_name(self.context.label, self.places), self.places).everything(self.places)
        return [one for one in found if one != place and all(is_within(one, area) for area in areas)]

    def _elsewhere(self, place: Place, homonyms: list[Place]) -> Match:
        """Leave open which of two places of one name is meant, by the code or by the rest of the row."""
        facts = {
            "code": self.code.digits,
            "place": describe(place, self.places),
            "stated": self.context.areas[0].name,
            "other": describe(homonyms[0], self.places),
            "other_code": homonyms[0].code,
        }
        return ambiguous(self.text, [place, *homonyms[:_CANDIDATES]], Message("homonym-elsewhere", facts))

    def _distance(self, other: Place, place: Place) -> tuple[bool, bool, bool]:
        """Rank what a label means: as the row says, of the level of the code, of its département."""
        areas = self.context.areas
        elsewhere = not all(is_within(other, area) for area in areas)
        return elsewhere, other.level != place.level, set(other.departement).isdisjoint(place.departement)

    def _remarks(self, place: Place, judgement: Judgement | None, rivals: list[Place]) -> Iterator[Message]:
        """Yield what must be said of a place that is accepted."""
        reading = self.option.reading
        if reading.mended:
            yield Message(reading.mended, {"value": self.text, "code": reading.code, "place": place.name})
        if self._level_differs:
            yield level_difference(place)
        if self.option.place is None:
            yield became(latest(list(self.option.former)), place)
        else:
            yield from self._reuses(place, settled=judgement is not None and judgement.verdict == "agrees")
        if rivals:
            yield Message("code-or-postcode", {"place": place.name, "of": shown(rivals)})
        if judgement and judgement.remark and self.option.place is not None:
            yield judgement.remark
        yield from differences(place, self.context, self.places)

    def _reuses(self, place: Place, *, settled: bool) -> Iterator[Message]:
        """Yield what the code meant before, where its label has not settled it."""
        if not self.option.former:
            return
        larger = self._larger(place)
        reused = [old for old in self.option.former if old.successors != (place.code,)]
        if reused and not settled:
            old = latest(reused)
            yield Message("code-reused", {"old": old.name, "last": old.last})
        elif larger and normalise_name(larger.name) == normalise_name(place.name):
            yield Message("name-reused", {"old": larger.name, "last": larger.last})

    def _rivals(self, place: Place) -> list[Place]:
        """Return the communes whose postcode the digits are, where nothing says that they are a code.

        A département or an EPCI beside rules out what does not lie in it, and so confirms the code.
        """
        told = self.code.level or self.context.level or self.context.label or self.context.postcode
        code = self.option.reading.code
        found = [] if told or code in place.postcodes else self.places.with_postcode(code)
        context = self.context
        if found and all(is_within(place, area) for area in context.areas):
            found = [one for one in found if all(is_within(one, area) for area in context.areas)]
        if context.epci and place.epci in (codes := {one.code for one in context.epci}):
            found = [one for one in found if one.epci in codes]
        return found
