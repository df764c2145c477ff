"""What stands at the end and in the margins of every sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.outputs.provenance import licence_text, read_text, source_text, sources_text
from geocontracts.outputs.said import date_text
from geocontracts.outputs.sheets.document import Origin
from geocontracts.places.fresh.sets import set_in_use
from geocontracts.records.formats.signs import fit
from geocontracts.records.values import PartialDate
from geocontracts.webmap.linked import linked_output, made_of
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
    credit = f"{payload['credits'][0]['text']}, {payload['provenance']['places']['licence']}"
    made = say("fiche-made", lang, generator=payload["generator"])
    data = say("origin-data", lang, licence=licence_text(payload), text=_read(ledger))
    people = next(each.text(lang) for each in set_in_use().editions if each.part == "population")
    return (f"{say('fiche-states', lang)} {told} {credit}\u00a0; {people}. {made} {data}",)


def origin(ledger: Ledger, title: str) -> Origin:
    """Return what a sheet says to programs of where it comes from."""
    payload, lang = ledger.payload, ledger.lang
    told = payload["provenance"]
    text = "; ".join(
        filter(None, (sources_text(payload, lang), payload["credits"][0]["text"], told["editions"]))
    )
    return Origin(
        linked_output(made_of(payload, title=title)),
        fit(say("origin-data", lang, licence=licence_text(payload), text=text)),
        (
            *(fit(say("origin-input", lang, **each)) for each in told["inputs"]),
            say("origin-places-hash", lang, sha256=told["hash"]),
        ),
    )


def _read(ledger: Ledger) -> str:
    """Say which files were read, and their hash; of a list, also who gives it."""
    payload, lang = ledger.payload, ledger.lang
    given = ledger.register.given
    own = (source for source in payload["sources"] if given and source["id"] == given.id)
    return read_text(payload, lang, next((source_text(each, lang) for each in own), ""))
