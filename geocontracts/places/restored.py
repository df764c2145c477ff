"""A code that lost digits in a spreadsheet, found again by the name beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.places.bearers import borne
from geocontracts.places.context import differences
from geocontracts.places.found import EXACT_CODE, Candidate, Match, placed
from geocontracts.places.names import loose_epci_key
from geocontracts.places.written import read_name
from geocontracts.words import Message

if TYPE_CHECKING:
    from geocontracts.places.codes import Code
    from geocontracts.places.context import Context
    from geocontracts.places.gazetteer import Gazetteer, Place

_CANDIDATES = 5


def restored(text: str, code: Code, context: Context, places: Gazetteer) -> Match:
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
