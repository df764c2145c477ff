"""A drawing as the bytes of an SVG, a PDF or a PNG, the same for the same drawing."""

from __future__ import annotations

import base64
import html
import io
import re
import warnings
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geocontracts.errors import UnknownOptionError
from geocontracts.outputs.figures.drawing import undated
from geocontracts.outputs.figures.letters import (
    BOLD,
    BOLD_ITALIC,
    FAMILIES,
    ITALIC,
    REGULAR,
    Face,
    font_file,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from matplotlib.figure import Figure

SUFFIXES = (".svg", ".pdf", ".png")

_OURS = {
    "font.family": list(FAMILIES[:1]),
    "font.sans-serif": ["Arial", "sans-serif"],
    "svg.fonttype": "none",  # text stays text
    "svg.hashsalt": "geocontracts",
    "pdf.fonttype": 42,  # TrueType: text can be searched and copied
    "pdf.compression": 6,
    "path.simplify": False,
    "path.snap": False,
    "text.hinting": "none",
    "text.usetex": False,
}
_STRAIGHT = re.compile(r'd="[^"CQ]*"')  # paths without curves
_TEXT = re.compile(r"<text [^>]*style=\"([^\"]*)\"[^>]*>([^<]*)</text>")


@contextmanager
def house_style() -> Iterator[None]:
    """Draw with our settings alone: those of the user's own matplotlib change nothing."""
    import matplotlib as mpl

    settings: Any = {
        key: value
        for key, value in mpl.rcParamsDefault.items()
        if not key.startswith(("backend", "interactive", "toolbar", "webagg", "date.epoch"))
    }
    settings |= _OURS
    if "text.language" in settings:  # since matplotlib 3.11; else a Turkish machine takes other letters i
        settings["text.language"] = "fr"
    with mpl.rc_context(settings), warnings.catch_warnings():
        # A sign that the typeface lacks is drawn as a box, which the reader sees.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        yield


def check_suffix(path: Path) -> str:
    """Return the suffix of a figure's file.

    Raises:
        UnknownOptionError: it is none of .svg, .pdf, .png.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise UnknownOptionError("figure-suffix", file=str(path), allowed=", ".join(SUFFIXES))
    return suffix


@dataclass(frozen=True)
class About:
    """What a file says of itself: what it shows, from which documents and files, of when, and the licence.

    Who published a document is named with it, in the source: none of them made the figure, so that it
    has no author; the program that made it is named.
    """

    title: str
    description: str
    sources: str
    licence: str
    inputs: str
    dated: str  # of the sources; empty where it is unknown, never today

    def metadata(self, suffix: str) -> dict[str, Any]:
        """Return it under the names that SVG (Dublin Core), PDF and PNG have for it."""
        told: dict[str, Any] = {"Title": self.title}
        if suffix == ".svg":
            told |= {"Date": self.dated or None, "Creator": None, "Description": self.description}
            told |= {"Rights": self.licence}
            return told | {"Source": self.sources, "Relation": self.inputs}
        if suffix == ".pdf":
            known = "; ".join(filter(None, (self.sources, self.licence, self.inputs)))
            told |= {"Subject": self.description, "Keywords": known}
            return told | {"Creator": "geocontracts", "Producer": None, "CreationDate": None}
        told |= {"Description": self.description, "Copyright": self.licence, "Software": "geocontracts"}
        told |= {"Creation Time": self.dated} if self.dated else {}
        return told | {"Source": self.sources, "Inputs": self.inputs}


def render(figure: Figure, suffix: str, *, dpi: int, about: About) -> bytes:
    """Return the bytes of a drawing; `suffix` is {".svg", ".pdf", ".png"}."""
    stream = io.BytesIO()
    title, description, metadata = about.title, about.description, about.metadata(suffix)
    with house_style(), undated():
        figure.savefig(stream, format=suffix[1:], dpi=dpi if suffix == ".png" else 72, metadata=metadata)
    if suffix == ".svg":
        return _svg(stream.getvalue().decode("utf-8"), title, description).encode("utf-8")
    return stream.getvalue()


def _svg(text: str, title: str, description: str) -> str:
    """Tell readers who do not see what the picture is, and bring the letters along."""
    head = f"<title>{html.escape(title)}</title>\n <desc>{html.escape(description)}</desc>"
    text = re.sub(r"<title>.*?</title>", lambda _: head, text, count=1, flags=re.DOTALL)
    text = re.sub(r"<svg ", '<svg role="img" ', text, count=1)
    # After a first point the letter of a line may be left out: a sixth of a map of the country.
    text = _STRAIGHT.sub(lambda found: found[0].replace(" \nL ", " "), text)
    faces = "".join(_embedded(face, letters) for face, letters in _letters_by_face(text).items())
    return text.replace('<style type="text/css">', f'<style type="text/css">{faces}', 1)


def _letters_by_face(text: str) -> dict[Face, str]:
    """Return the letters that each face is used for, in one order."""
    found: dict[Face, set[str]] = {}
    for look, letters in _TEXT.findall(text):
        face = Face(600 if "font-weight: 600" in look else 400, "font-style: italic" in look)
        found.setdefault(face, set()).update(html.unescape(letters))
    order = [face for face in (REGULAR, ITALIC, BOLD, BOLD_ITALIC) if face in found]
    return {face: "".join(sorted(found[face])) for face in order}


def _embedded(face: Face, letters: str) -> str:
    """Return the rule that brings the letters that are used, as WOFF."""
    from fontTools import subset

    options = subset.Options(flavor="woff", layout_features=["kern", "liga", "mark"], notdef_outline=True)
    options.recalc_timestamp = False
    stream = io.BytesIO()
    with closing(subset.load_font(str(font_file(face)), options)) as font:
        chooser = subset.Subsetter(options)
        chooser.populate(text=letters)
        chooser.subset(font)
        subset.save_font(font, stream, options)
    data = base64.b64encode(stream.getvalue()).decode("ascii")
    style = "italic" if face.is_italic else "normal"
    return (
        f"@font-face{{font-family:'{FAMILIES[0]}';font-style:{style};font-weight:{face.weight};"
        f"src:url(data:font/woff;base64,{data}) format('woff')}}"
    )
