"""Sentences of the catalogue as markup: facts are escaped, and blanks stand out until they are filled in."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from geocontracts.words import say

if TYPE_CHECKING:
    from datetime import date

    from geocontracts.words import Lang


class Html(str):
    """Markup that was made here, of which every fact is escaped already."""

    __slots__ = ()


def words(key: str, lang: Lang, **facts: object) -> Html:
    """Say it; brackets of the catalogue, never those of a register, are blanks to fill in."""
    held = {name: f"\ue000{rank}\ue001" for rank, name in enumerate(facts)}
    text = re.sub(r"\[[^\]]*\]", r"<mark>\g<0></mark>", html.escape(say(key, lang, **held)))
    told = [value if isinstance(value, Html) else html.escape(str(value)) for value in facts.values()]
    return Html(re.sub("\ue000([0-9]+)\ue001", lambda found: told[int(found[1])], text))


def filled(key: str, lang: Lang, value: str, **facts: object) -> Html:
    """Say it with the value where there is one; else with the blank that asks for it."""
    return words(f"{key}-told", lang, value=value, **facts) if value else words(key, lang, **facts)


def paragraph(key: str, lang: Lang, **facts: object) -> str:
    """Say it as a paragraph."""
    return f"<p>{words(key, lang, **facts)}</p>"


def item(key: str, lang: Lang, **facts: object) -> str:
    """Say it as an item of a list."""
    return f"<li>{words(key, lang, **facts)}</li>"


def heading(level: int, key: str, lang: Lang) -> str:
    """Say it as a heading of that level."""
    return f"<h{level}>{words(key, lang)}</h{level}>"


def link(address: str, text: str) -> Html:
    """Return a link: the site that it leads to learns nothing of the page, and cannot reach it."""
    told = text if isinstance(text, Html) else html.escape(text)
    bare = ' class="bare"' if text in address else ""  # on paper the address is not told twice
    return Html(f'<a href="{html.escape(address)}"{bare} rel="noopener noreferrer">{told}</a>')


def day(date: date | None) -> str:
    """Return a day as both languages write it here, `31/12/2026`; nothing where there is none."""
    return f"{date:%d/%m/%Y}" if date else ""
