"""Say which set of places is in use, where it comes from, and which others are at hand."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Literal, TypeAlias

from geocontracts.bundled import places_dir
from geocontracts.errors import MissingDataError
from geocontracts.places.fresh.sets import list_sets, name_chosen
from geocontracts.words import say

if TYPE_CHECKING:
    from geocontracts.places.fresh.sets import PlaceSet
    from geocontracts.words import Lang

Style: TypeAlias = Literal["table", "json"]


def format_info(*, style: Style = "table", lang: Lang = "fr") -> str:
    """Return what is known of the places in use and of those at hand; SHA-256 are computed anew.

    Raises:
        MissingDataError: the set that was chosen is not there or was changed, or
            the note of the choice cannot be read.
    """
    name, sets = name_chosen(), list_sets()
    used = next((each for each in sets if each.name == name), None)
    if used is None or used.damaged():
        raise MissingDataError("places-damaged", name=name, folder=str(places_dir() / "sets" / name))
    return _as_json(used, sets, lang) if style == "json" else _as_table(used, sets, lang)


def _as_json(used: PlaceSet, sets: list[PlaceSet], lang: Lang) -> str:
    described = [
        asdict(each)
        | {"editions": {edition.part: edition.sure for edition in each.editions}}
        | {"editions_told": each.editions_text(lang)}
        | {"folder": str(each.folder), "credit": each.credit(lang), "in_use": each == used}
        for each in sets
    ]
    return json.dumps({"in_use": used.name, "sets": described}, ensure_ascii=False, indent=1) + "\n"


def _as_table(used: PlaceSet, sets: list[PlaceSet], lang: Lang) -> str:
    lines = [say("places-in-use", lang, name=used.name), *_described(used, lang)]
    others = [each for each in sets if each != used]
    if others:
        lines += ["", say("places-at-hand", lang)]
        lines += [f"  {each.name} — {each.credit(lang)}" for each in others]
        lines += [say("places-how-to-use", lang)]
    return "\n".join([*lines, ""])


def _described(known: PlaceSet, lang: Lang) -> list[str]:
    facts = [
        ("places-source", say(f"places-source-{known.source}", lang)),
        ("places-vintage-label", str(known.vintage)),
        ("places-detail-label", known.detail),
        ("places-area-label", _area(known, lang)),
        ("places-communes", say("places-count", lang, n=known.communes)),
        ("places-retrieved", known.retrieved or say("places-with-package", lang)),
        ("places-licence", known.licence),
        ("places-credit", known.credit(lang)),
        ("places-editions", known.editions_text(lang)),
        ("places-folder", str(known.folder)),
        *(("places-file", f"{origin.url}\n    SHA-256 {origin.sha256}") for origin in known.fetched),
    ]
    return [f"  {say(key, lang, value=value)}" for key, value in facts]


def _area(known: PlaceSet, lang: Lang) -> str:
    if not known.area:
        return "France"
    return say("places-area-part", lang, area=known.area_name, n=known.fresh_communes)
