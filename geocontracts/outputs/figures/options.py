"""What a person chooses about a figure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from geocontracts.errors import UnknownOptionError
from geocontracts.outputs.figures.box import MM
from geocontracts.places.area import HAUTS_DE_FRANCE
from geocontracts.words import LANGS

if TYPE_CHECKING:
    from geocontracts.words import Lang

Style: TypeAlias = Literal[
    "overview", "programmes", "small-multiples", "pileup", "operations", "timeline", "crossing"
]
STYLES: tuple[Style, ...] = get_args(Style)

_SIZES = {"a4": (297.0, 210.0), "a3": (420.0, 297.0)}  # mm, landscape
_IN_CM = re.compile(r"([0-9]+(?:[.,][0-9]+)?)\s*[x×]\s*([0-9]+(?:[.,][0-9]+)?)")
_LEAST_CM, _MOST_CM = 8.0, 120.0
_LEAST_DPI, _MOST_DPI = 36, 1200


@dataclass(frozen=True)
class FigureOptions:
    """What a person chooses about a figure."""

    style: Style = "overview"
    """{"overview", "programmes", "small-multiples", "pileup", "operations", "timeline", "crossing"}."""
    programmes: tuple[str, ...] = ()
    """Ids or names of the programmes shown; none means all (style "programmes" needs one)."""
    area: str = HAUTS_DE_FRANCE
    """The territory shown: `france`, a code or a name."""
    within: str | None = None
    """Where names are looked for first: by default the région around `area`."""
    title: str | None = None
    """The title; one is made from the style and the area when there is none."""
    source: str | None = None
    """What the foot says of where the data come from; the name of the file where a list has no sources."""
    lang: Lang = "fr"
    """{"fr", "en"}; the register's texts stay as they are."""
    size: str = "a4"
    """{"a4", "a3"}, or width and height in centimetres: "16x10"."""
    portrait: bool = False
    """Whether a4 and a3 stand upright; a size in centimetres says it itself."""
    dpi: int = 300
    """Points per inch of a PNG, from 36 to 1200; SVG and PDF have none."""

    def __post_init__(self) -> None:
        """Refuse a choice that does not exist.

        Raises:
            UnknownOptionError: `style`, `lang`, `size` or `dpi` is none of those above, or style
                "programmes" is asked for without a programme.
        """
        for option, value, allowed in (("style", self.style, STYLES), ("lang", self.lang, LANGS)):
            if value not in allowed:
                raise UnknownOptionError(
                    "option-unknown", option=option, value=value, allowed=", ".join(allowed)
                )
        if self.style == "programmes" and not self.programmes:
            raise UnknownOptionError("figure-no-programme")
        if not _LEAST_DPI <= self.dpi <= _MOST_DPI:
            raise UnknownOptionError("figure-dpi", value=self.dpi, least=_LEAST_DPI, most=_MOST_DPI)
        _ = self.paper

    @property
    def paper(self) -> tuple[float, float]:
        """Return width and height of the paper in points."""
        if self.size.lower() in _SIZES:
            long, short = _SIZES[self.size.lower()]
            return (short * MM, long * MM) if self.portrait else (long * MM, short * MM)
        found = _IN_CM.fullmatch(self.size.strip().lower())
        sides = [float(side.replace(",", ".")) for side in found.groups()] if found else []
        if not sides or not all(_LEAST_CM <= side <= _MOST_CM for side in sides):
            raise UnknownOptionError(
                "figure-size", value=self.size, least=f"{_LEAST_CM:g}", most=f"{_MOST_CM:g}"
            )
        return sides[0] * 10 * MM, sides[1] * 10 * MM
