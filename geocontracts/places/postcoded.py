"""A number that may be a postcode, settled by the name beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.places.bearers import borne
from geocontracts.places.codes import POSTCODE
from geocontracts.places.context import differences
from geocontracts.places.found import EXACT_CODE, placed
from geocontracts.places.written import read_name
from geocontracts.words import Message

if TYPE_CHECKING:
    from geocontracts.places.codes import Code
    from geocontracts.places.context import Context
    from geocontracts.places.found import Match
    from geocontracts.places.gazetteer import Gazetteer


def by_postcode_and_label(text: str, code: Code, context: Context, places: Gazetteer) -> Match | None:
    """Accept, with a remark, the one commune of a postcode that bears the label."""
    if not context.label or code.level or len(code.digits) > POSTCODE:
        return None
    communes = places.with_postcode(code.digits.zfill(POSTCODE))
    if not communes:
        return None
    found = borne(read_name(context.label, places), places).where(communes.__contains__, places)
    every = [place for place in found.everything(places) if place in communes]
    if len(every) != 1:
        return None
    remark = Message("postcode-with-label", {"value": every[0].name, "postcode": code.digits})
    return placed(text, every[0], EXACT_CODE, [remark, *differences(every[0], context, places)])
