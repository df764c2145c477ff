"""What stands on every export: who made the data, of which date, under which licence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.outputs.provenance import digest_text, inputs_text, licence_text, sources_text
from geocontracts.words import say

if TYPE_CHECKING:
    from geocontracts.webmap.contract import Payload
    from geocontracts.words import Lang


def credits_of(payload: Payload, lang: Lang) -> list[tuple[str, str]]:
    """Return headings and texts; of the sources, of which there may be none, only what they say.

    A list that names no source is one itself; it gets no licence of ours.
    """
    sources = sources_text(payload, lang)
    told = [
        ("title", payload["title"]),
        ("sources", sources or say("export-none", lang)),
        *dated(payload, lang),
        *places_and_licences(payload, lang),
        ("editions", payload["provenance"]["editions"]),
        ("exactness", payload["provenance"]["exactness"]),
        ("inputs", inputs_text(payload, lang)),
        ("generator", payload["generator"]),
    ]
    return [(say(f"export-credit-{key}", lang), text) for key, text in told]


def credit_line(payload: Payload, lang: Lang) -> str:
    """Return whom to name, on one line."""
    told = [*dated(payload, lang), *places_and_licences(payload, lang)]
    told.append(("editions", payload["provenance"]["editions"]))
    told.append(("digest", digest_text(payload)))
    return "; ".join(f"{say(f'export-credit-{key}', lang)}\u00a0: {text}" for key, text in told)


def licences_of(payload: Payload, lang: Lang) -> list[tuple[str, str]]:
    """Return the licence of the boundaries and that of the register's data, which may be unknown."""
    return [("licence-places", say("export-licence", lang)), ("licence-data", licence_text(payload))]


def dated(payload: Payload, lang: Lang) -> list[tuple[str, str]]:
    """Return the date of the sources as people read it, which may be unknown; nothing without a source."""
    return [("edition", payload["edition"] or say("export-undated", lang))] if payload["sources"] else []


def places_and_licences(payload: Payload, lang: Lang) -> list[tuple[str, str]]:
    """Return who made the boundaries, their vintage, and the licences."""
    return [
        ("places", payload["credits"][0]["text"]),
        ("vintage", str(payload["vintage"])),
        *licences_of(payload, lang),
    ]
