"""What stands at the end and in the margins of every sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.outputs.said import date_text
from geocontracts.records.values import PartialDate
from geocontracts.words import say

if TYPE_CHECKING:
    from geocontracts.outputs.sheets.ledger import Ledger
    from geocontracts.words import Lang


def running(subject: str, lang: Lang) -> str:
    """Return the line in the margin of each page."""
    return say("fiche-running", lang, subject=subject)


def foot(ledger: Ledger) -> tuple[str, ...]:
    """Return how to read the sheet, the edition, who made the boundaries, and with what it was made."""
    payload, lang = ledger.payload, ledger.lang
    edition = payload["edition"]
    told = (
        say("fiche-edition", lang, date=date_text(PartialDate(edition), lang))
        if edition
        else say("fiche-edition-unknown", lang)
    )
    credit = ", ".join(link["text"] for link in payload["credits"])
    made = say("fiche-made", lang, generator=payload["generator"])
    return (f"{say('fiche-states', lang)} {told} {credit}. {made}",)
