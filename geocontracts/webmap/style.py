"""Colours and signs: one hue a family; inside it hatch, line and glyph tell programmes apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from geocontracts.records.schema import load_schema
from geocontracts.webmap.contract import Line
from geocontracts.words import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geocontracts.records.register import Programme
    from geocontracts.webmap.contract import Family, Glyph, Hatch
    from geocontracts.words import Lang

# family -> colour on the light ground (4.5:1 at least on #FBFAF7), on the dark one. They differ in
# lightness too: no two of them merge for colour-blind readers (tests/webmap/test_palette.py).
_HUES = {
    "developpement-territorial": ("#8d0a25", "#fa6e89"),
    "nouvelle-generation": ("#ae5700", "#f7ad63"),
    "cles-en-main": ("#007558", "#1abfa2"),
    "priorites-nationales": ("#3b63da", "#a5bff3"),
    "ingenierie": ("#56338c", "#9d87f5"),
}
_OTHER = "autres"
_OTHER_HUE = ("#42474b", "#e4e2de")

_HATCHES: tuple[Hatch, ...] = ("slash", "backslash", "dots", "horizontal", "vertical", "grid")
_LINES: tuple[Line, ...] = get_args(Line)
_TOWN_GLYPHS: tuple[Glyph, ...] = ("lozenge", "square", "hexagon", "star", "cross")


@dataclass(frozen=True)
class ProgrammeStyle:
    """How the perimeters and the towns of one programme are drawn."""

    family: str
    hatch: Hatch
    line: Line
    glyph: Glyph


def build_families(used: Iterable[str], lang: Lang) -> list[Family]:
    """Return the families that are used, in the order of the page."""
    labels = load_schema()["programmes"].field("family").choices
    wanted = set(used)
    known = [family for family in _HUES if family in wanted]
    rest = [_OTHER] if wanted - set(_HUES) else []
    return [
        {
            "id": family,
            "label": labels[family][lang] if family in labels else say("family-other", lang),
            "light": _HUES.get(family, _OTHER_HUE)[0],
            "dark": _HUES.get(family, _OTHER_HUE)[1],
        }
        for family in known + rest
    ]


def family_of(programme: Programme) -> str:
    """Return the family of a programme, `autres` where it has none that is known."""
    return programme.family if programme.family in _HUES else _OTHER


def build_styles(
    programmes: Iterable[Programme], kinds: dict[str, set[str]], vast: set[str]
) -> dict[str, ProgrammeStyle]:
    """Return the style of each programme by id.

    `kinds` says of which kinds of records a programme has; those in `vast` cover
    so much that a hatch would hide the map, and get an outline alone.
    """
    ranks: dict[str, int] = {}
    styles = {}
    for programme in programmes:
        family = family_of(programme)
        rank = ranks[family] = ranks.get(family, -1) + 1
        hatch: Hatch = "none" if programme.id in vast else _HATCHES[rank % len(_HATCHES)]
        line = _LINES[rank // len(_HATCHES) % len(_LINES)]
        styles[programme.id] = ProgrammeStyle(
            family, hatch, line, _glyph(kinds.get(programme.id, set()), rank)
        )
    return styles


def _glyph(kinds: set[str], rank: int) -> Glyph:
    if "contract" in kinds:
        return _TOWN_GLYPHS[rank % len(_TOWN_GLYPHS)]
    return "triangle" if "mission" in kinds else "circle"
