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
    box = f"position:relative;width:{_attribute(width)};height:{_attribute(height)}"
    markup = (
        f'<div class="geocontracts-frame" style="{box}">'
        f'<p style="margin:0;padding:1em">{_text(say("frame-missing", lang, title=title))}</p>'
        f'<iframe title="{_attribute(title)}" sandbox="{_ALLOWED}" allow="clipboard-write" '
        'style="position:absolute;top:0;left:0;width:100%;height:100%;border:0;background:#fff" '
        f'srcdoc="{_attribute(page)}"></iframe></div>'
    )
    return markup.encode("utf-8", "replace").decode("utf-8")  # half a character would stop the notebook


def _text(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _attribute(text: str) -> str:
    """Escape what ends an attribute, and line ends: a blank line would end the markup in Markdown."""
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("\n", "&#10;")
