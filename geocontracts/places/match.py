"""From a place as people write it to a place of today, with the reason.

A place is accepted on an exact code, an exact name (accents, case, hyphens and
articles aside) that is unique in its context, or an earlier name or code that
leads to one place. A near name is proposed with its score, never accepted.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geocontracts.places.beside import NOTHING
from geocontracts.places.coded import by_code
from geocontracts.places.codes import read_code
from geocontracts.places.context import EMPTY, read_context
from geocontracts.places.found import EXACT_CODE, Candidate, Match, Status, placed
from geocontracts.places.gazetteer import load_gazetteer
from geocontracts.places.named import by_name, too_long
from geocontracts.places.names import LONGEST, visible
from geocontracts.places.whereabouts import departements_of, describe, is_within
from geocontracts.places.written import read_name
from geocontracts.words import Message

if TYPE_CHECKING:
    from geocontracts.places.beside import Beside
    from geocontracts.places.gazetteer import Gazetteer, Place

__all__ = ["Candidate", "Match", "Status", "departements_of", "describe", "is_within", "resolve"]

_MAY_BE_CODE = re.compile(r"[0-9:]")
_QUOTES = "'\"«»“” "  # around a value; a spreadsheet sets the first in front of a code kept as text


def resolve(
    written: str,
    *,
    within: Place | None = None,
    beside: Beside = NOTHING,
    gazetteer: Gazetteer | None = None,
) -> Match:
    """Find the place that `written` means.

    `written` is a qualified code (`commune:62041`), a bare code, or a name, with
    its département in brackets (`Creil (60)`) or its level in front (`commune:Creil`)
    if need be. `within` is the
    territory in which a name is looked for first; `beside` is what else its row
    says of it, which narrows a name and must agree with a code.
    """
    places = load_gazetteer() if gazetteer is None else gazetteer
    text = visible(written).strip(_QUOTES)
    if not text:
        return Match(written, "unknown", Message("place-empty"))
    if len(text) > LONGEST:
        return too_long(written)
    exact = places.by_id(text) if beside is NOTHING else None
    if exact:
        return placed(written, exact, EXACT_CODE)
    context = EMPTY if beside == NOTHING else read_context(beside, places)
    code = read_code(text) if _MAY_BE_CODE.search(text) else None
    if code:
        return by_code(written, code, context, places)
    query = read_name(text, places)
    query.written = written
    return by_name(query, context, within, places)
