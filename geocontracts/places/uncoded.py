"""A code that no place has: what its digits or the name beside it may stand for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geocontracts.places.codes import POSTCODE
from geocontracts.places.context import shown
from geocontracts.places.found import Candidate, Match
from geocontracts.places.named import by_name
from geocontracts.places.whereabouts import describe
from geocontracts.places.written import read_name
from geocontracts.words import Message

if TYPE_CHECKING:
    from geocontracts.places.codes import Code
    from geocontracts.places.context import Context
    from geocontracts.places.gazetteer import Gazetteer

_SIRENS = (9, 14)  # digits of a SIREN and of a SIRET


def unknown(text: str, code: Code, context: Context, places: Gazetteer) -> Match:
    """Refuse a code that no place has, or that is a postcode only; propose what its label means."""
    communes = places.with_postcode(code.digits.zfill(POSTCODE)) if len(code.digits) >= POSTCODE - 1 else []
    if communes and code.level in (None, "commune"):
        candidates = tuple(Candidate(place, 1.0) for place in communes)
        facts = {"value": code.digits, "count": len(communes), "of": shown(communes)}
        return Match(text, "unknown", Message("postcode-only", facts), None, candidates)
    value = code.readings[0].code if code.level and code.readings else code.digits
    key = "unknown-siren" if len(code.digits) in _SIRENS else "unknown-code"
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
    start = code.digits[:2] if len(code.digits) == POSTCODE else ""
    return tuple(sorted(candidates, key=lambda one: start not in one.place.departement))
