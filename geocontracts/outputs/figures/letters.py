"""The letters of the plates: one typeface, the same on every machine, and how wide a text is in it."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from geocontracts.extras import need

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties

FAMILIES = ("Source Sans Pro", "Source Sans 3", "Arial", "sans-serif")
"""What an SVG asks for; the first is embedded in it."""
LINE = 1.2
"""From one baseline to the next, in sizes of the letters."""
CAPS, DESCENT, ASCENT = 0.66, 0.22, 0.75
"""How far capitals, tails and accents reach from the baseline, in sizes of the letters."""

_FILES = {
    (400, False): "SourceSansPro-Regular.ttf",
    (400, True): "SourceSansPro-It.ttf",
    (600, False): "SourceSansPro-Semibold.ttf",
    (600, True): "SourceSansPro-SemiboldIt.ttf",
}
_SPACE = re.compile(r"(?<!«) (?![»:;?!])")  # where a line may end
_BREAK = re.compile("[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]")
_MEASURED = 100.0  # points at which texts are measured, without hinting


class Face(NamedTuple):
    """A cut of the typeface: weight {400, 600}, upright or italic."""

    weight: int = 400
    is_italic: bool = False


REGULAR, ITALIC, BOLD, BOLD_ITALIC = Face(), Face(400, is_italic=True), Face(600), Face(600, is_italic=True)


def font_file(face: Face) -> Path:
    """Return the file of a face.

    Raises:
        MissingExtraError: the package of the typeface is not installed.
    """
    package = need("font_source_sans_pro", "figures")
    return Path(package.font_directory) / _FILES[face]


@cache
def properties(face: Face) -> FontProperties:
    """Return what matplotlib has to know of a face; the file decides, the names are for SVG."""
    from matplotlib.font_manager import FontProperties

    return FontProperties(
        family=list(FAMILIES),
        style="italic" if face.is_italic else "normal",
        weight=face.weight,
        fname=str(font_file(face)),
    )


@lru_cache(maxsize=20_000)
def _advance(text: str, face: Face) -> float:
    from matplotlib.font_manager import get_font
    from matplotlib.ft2font import LoadFlags

    font = get_font(str(font_file(face)))
    font.set_size(_MEASURED, 72)
    font.set_text(text, 0.0, flags=LoadFlags.NO_HINTING)
    width: float = font.get_width_height()[0] / 64
    return width


def on_one_line(text: str) -> str:
    """Return a text whose line ends and tabs are spaces: no letters have a sign for them."""
    return _BREAK.sub(" ", text)


def width_of(text: str, size: float, face: Face = REGULAR) -> float:
    """Return how wide a text is, in points, at a size in points.

    Each word is measured once: a space is not drawn nearer to some letters than to others.
    """
    words = on_one_line(text).split(" ")
    spaces = (len(words) - 1) * _advance(" ", face)
    return (sum(_advance(word, face) for word in words if word) + spaces) * size / _MEASURED


def wrap(text: str, size: float, width: float, face: Face = REGULAR) -> list[str]:
    """Return a text in lines of at most so many points; a word that is wider is broken."""
    lines: list[str] = []
    line = ""
    for word in _SPACE.split(on_one_line(text)):
        longer = f"{line} {word}" if line else word
        if width_of(longer, size, face) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        *full, line = _broken(word, size, width, face)
        lines += full
    return [*lines, line]


def is_breaking(text: str, size: float, width: float, face: Face = REGULAR) -> bool:
    """Say whether a word of a text is wider than so many points, and would be broken inside."""
    return any(width_of(word, size, face) > width for word in _SPACE.split(text))


def _broken(word: str, size: float, width: float, face: Face) -> list[str]:
    """Return a word in pieces that fit; most words are one piece."""
    pieces = [""]
    if width_of(word, size, face) <= width:
        return [word]
    for letter in word:
        if pieces[-1] and width_of(pieces[-1] + letter, size, face) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces
