"""The page inside another document: the cell of a notebook, or what is made from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.words import say

if TYPE_CHECKING:
    from geocontracts.words import Lang

# Scripts run as those of no site: they see nothing of the notebook around them, nor of its server.
# Tables can be saved, the map printed, and the documents of the register opened.
_ALLOWED = "allow-scripts allow-downloads allow-modals allow-popups allow-popups-to-escape-sandbox"


def frame(page: str, *, title: str, lang: Lang, height: str, width: str = "100%") -> str:
    """Return markup that shows a page, which stands whole in it, and asks the network for nothing.

    `height` and `width` are CSS lengths. Behind the frame stands a sentence: readers
    that take frames away (GitHub, a notebook that is not trusted, a mail) show that.
    """
    # Both lie in one cell of a grid, the frame above: without it, the sentence alone gives the height.
    place = "grid-area:1/1"
    size = f"width:{_attribute(width)};height:{_attribute(height)}"
    markup = (
        '<div class="geocontracts-frame" style="display:grid">'
        f'<p style="{place};margin:0;padding:1em">{_text(say("frame-missing", lang, title=title))}</p>'
        f'<iframe title="{_attribute(title)}" sandbox="{_ALLOWED}" allow="clipboard-write" '
        f'style="{place};{size};border:0;background:#fff" '
        f'srcdoc="{_attribute(page)}"></iframe></div>'
    )
    return markup.encode("utf-8", "replace").decode("utf-8")  # half a character would stop the notebook


def _text(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _attribute(text: str) -> str:
    """Escape what ends an attribute, and line ends: a blank line would end the markup in Markdown."""
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("\n", "&#10;")
