"""From a code to its place: mended where that is certain, and held against the label and the row.

A code that has several readings is settled by the level of its column or by the
name beside it, never by chance. A label that is the name of another place is a
question for the owner of the file: both are proposed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geocontracts.places.bearers import borne
from geocontracts.places.context import differences, shown
from geocontracts.places.former import became, code_divided, divided, followed, latest
from geocontracts.places.found import Candidate, Match, ambiguous, placed
from geocontracts.places.labels import judge
from geocontracts.places.named import by_name, level_difference
from geocontracts.places.names import loose_epci_key, normalise_name
from geocontracts.places.whereabouts import describe, is_within
from geocontracts.places.written import read_name
from geocontracts.words import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geocontracts.places.codes import Code, Reading
    from geocontracts.places.context import Context
    from geocontracts.places.gazetteer import Former, Gazetteer, Level, Place
    from geocontracts.places.labels import Judgement

EXACT_CODE = Message("exact-code")
_WEAK = 3  # a code of so few digits is easily something else
_SIREN, _POSTCODE = 9, 5
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
        return _restored(text, code, context, places)
    if code.postal:
        return _postal(text, code, context, places)
    level = code.level or context.level
    options = _options(code, level, places)
    if len(options) > 1 and context.label:
        options = [one for one in options if _named(one, context.label, places)] or options
    postcoded = _by_postcode_and_label(code, options, context, places)
    if postcoded:
        remark = Message("postcode-with-label", {"value": postcoded.name, "postcode": code.digits})
        return placed(text, postcoded, EXACT_CODE, [remark, *differences(postcoded, context, places)])
    if not options:
        return _unknown(text, code, context, places)
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
        return self._accepted(place, judgement, settled=settled)

    def _accepted(self, place: Place, judgement: Judgement | None, *, settled: bool) -> Match:
        """Return the place that no label contradicts, unless its code may mean something else."""
        parted = self._parted(place)
        if parted and not settled and (judgement is None or judgement.verdict == "near"):
            return code_divided(self.text, parted, self.places)
        if self._level_differs and not settled and len(self.option.reading.code) <= _WEAK:
            facts = {"level": Message(f"a-{self.context.level}"), "value": self.code.digits}
            return ambiguous(self.text, [place], Message("level-unclear", facts))
        rivals = self._rivals(place)
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


def _by_postcode_and_label(
    code: Code, options: list[_Option], context: Context, places: Gazetteer
) -> Place | None:
    """Return the one commune of a postcode that bears the label, if the code itself is another's."""
    if not context.label or code.level or len(code.digits) > _POSTCODE:
        return None
    communes = places.with_postcode(code.digits.zfill(_POSTCODE))
    if not communes or any(_named(one, context.label, places) for one in options):
        return None
    found = borne(read_name(context.label, places), places).where(communes.__contains__, places)
    every = [place for place in found.everything(places) if place in communes]
    return every[0] if len(every) == 1 else None


def _postal(text: str, code: Code, context: Context, places: Gazetteer) -> Match:
    """Leave open what `F-59400` is, unless the name beside it is that of one commune of the postcode."""
    named = _by_postcode_and_label(code, [], context, places)
    if named:
        remark = Message("postcode-with-label", {"value": named.name, "postcode": code.digits})
        return placed(text, named, EXACT_CODE, [remark, *differences(named, context, places)])
    return _unknown(text, code, context, places)


def _unknown(text: str, code: Code, context: Context, places: Gazetteer) -> Match:
    """Refuse a code that no place has, or that is a postcode only; propose what its label means."""
    communes = places.with_postcode(code.digits.zfill(_POSTCODE)) if len(code.digits) >= _POSTCODE - 1 else []
    if communes and code.level in (None, "commune"):
        candidates = tuple(Candidate(place, 1.0) for place in communes)
        facts = {"value": code.digits, "count": len(communes), "of": shown(communes)}
        return Match(text, "unknown", Message("postcode-only", facts), None, candidates)
    value = code.readings[0].code if code.level and code.readings else code.digits
    key = "unknown-siren" if len(code.digits) in (_SIREN, 14) else "unknown-code"
    reason = Message(key, {"value": value})
    if not context.label:
        return Match(text, "unknown", reason)
    meant = by_name(read_name(context.label, places), replace(context, label=""), None, places)
    if meant.place is None:
        return Match(text, "unknown", reason, propose=lambda: _of_code_first(code, meant.candidates))
    facts = {
        "value": value,
        "label": context.label,
        "place": describe(meant.place, places),
        "code": meant.place.code,
    }
    return Match(text, "unknown", Message(f"{key}-label", facts), None, (Candidate(meant.place, 1.0),))


def _of_code_first(code: Code, candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Put first what lies in the département that the digits of a code of commune begin with."""
    start = code.digits[:2] if len(code.digits) == _POSTCODE else ""
    return tuple(sorted(candidates, key=lambda one: start not in one.place.departement))


def _restored(text: str, code: Code, context: Context, places: Gazetteer) -> Match:
    """Find the place of a code that lost digits, if the name beside it is that of only one."""

    def fits(place: Place) -> bool:
        codes = (place.code, place.siren) if place.level == "commune" else (place.code,)
        return any(code.may_show(each) for each in codes)

    label = context.label
    found = borne(read_name(label, places), places).where(fits, places).everything(places) if label else []
    if not found and label:
        current, former = places.epci_of_words(loose_epci_key(label))
        found = [*current, *(place for old in former for place in places.successors(old))]
    found = [place for place in found if fits(place)]
    if len(found) == 1:
        facts = {"value": text, "code": found[0].code, "place": found[0].name}
        remarks = [Message("code-lost-label", facts), *differences(found[0], context, places)]
        return placed(text, found[0], EXACT_CODE, remarks)
    candidates = tuple(Candidate(place, 1.0) for place in found[:_CANDIDATES])
    return Match(text, "unknown", Message("code-lost", {"value": text}), None, candidates)
