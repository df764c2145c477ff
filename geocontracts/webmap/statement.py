"""The accessibility statement that French law asks for, as a page beside the map.

Its parts and their order are those of the order of 20 September 2019 and of the model that the DINUM
gives (act 2005-102, article 47; decree 2019-768). Nobody has audited the page that was just written:
without a valid audit the law wants "non conforme", so that is what it says, and what only the
organisation knows stands in brackets.
"""

from __future__ import annotations

import base64
import hashlib
import html
import os
import re
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from geocontracts.errors import OutputError
from geocontracts.webmap.accessibility import STATES, load_grid
from geocontracts.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geocontracts.webmap.accessibility import Criterion
    from geocontracts.webmap.contract import Payload
    from geocontracts.words import Lang

_LAW = "https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000038811937"
_LINKS = {
    "decree": _LAW,
    "rgaa": "https://accessibilite.numerique.gouv.fr/",
    "form": "https://www.defenseurdesdroits.fr/nous-contacter-355",
    "delegates": "https://www.defenseurdesdroits.fr/carte-des-delegues",
}


def statement_address(statement: Path, page: Path) -> str:
    """Return the address of one file as the other links to it: relative, so that both can move together.

    Raises:
        OutputError: they lie on different drives.
    """
    try:
        told = os.path.relpath(statement.resolve(), page.resolve().parent)
    except ValueError as error:
        raise OutputError("statement-apart", file=str(statement), page=str(page)) from error
    return quote(told.replace(os.sep, "/"))


def statement_link(address: str, lang: Lang) -> str:
    """Return the link that the law wants on the page: the state, and the statement behind it."""
    target = f'href="{html.escape(address)}" target="_blank" rel="noopener"'
    return f'<a class="gc-statement" {target}>{html.escape(say("statement-mention", lang))}</a>\n'


def blanks(statement: bytes) -> int:
    """Return how many passages a person has to fill in."""
    return statement.count(b"<mark>")


def render_statement(payload: Payload, page: str) -> bytes:
    """Return the statement of a page as HTML in UTF-8; `page` is its address, relative to the statement.

    What is to be filled in stands in `mark`, between brackets; there is no script, and the
    policy lets nothing in, so that a person may write in the file with any editor.
    """
    lang = payload["lang"]
    return "".join(_page(payload, page, lang)).encode("utf-8", "replace")


def _page(payload: Payload, page: str, lang: Lang) -> Iterator[str]:
    style = _style()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    title = say("statement-title", lang)
    yield f'<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield '<meta name="referrer" content="no-referrer">\n'
    yield f"<title>{html.escape(title)} — {html.escape(payload['title'])}</title>\n<style>{style}</style>\n"
    yield f"</head>\n<body>\n<header>\n<h1>{html.escape(title)}</h1>\n</header>\n<main>\n"
    parts = (_opening(payload, page, lang), _state(payload, lang), _contents(lang), _made(payload, lang))
    for block in chain(*parts, _remedies(payload, lang)):
        yield f"{block}\n"
    foot = _p("statement-foot", lang, generator=payload["generator"])
    yield f"</main>\n<footer>\n{foot}\n</footer>\n</body>\n</html>\n"


@cache
def _style() -> str:
    return Path(__file__).with_suffix(".css").read_text(encoding="utf-8").strip()


def _opening(payload: Payload, page: str, lang: Lang) -> Iterator[str]:
    yield f'<div class="heed">{_p("statement-heed", lang)}{_p("statement-heed-how", lang)}</div>'
    yield _p("statement-commitment", lang)
    yield _p("statement-plans", lang)
    link = f'<a href="{html.escape(page)}">{html.escape(payload["title"])}</a>'
    yield _p("statement-applies", lang).replace("§", link)


def _state(payload: Payload, lang: Lang) -> Iterator[str]:
    grid = load_grid()
    yield _h(2, "statement-state", lang)
    yield _p("statement-unaudited", lang, title=payload["title"], version=grid.version)
    yield _h(3, "statement-results", lang)
    yield _p("statement-no-audit", lang)
    applies = len(grid.criteria) - grid.count("none")
    yield _p("statement-self", lang, all=len(grid.criteria), applies=applies)
    counts = (_item(f"statement-count-{state}", lang, n=grid.count(state)) for state in STATES)
    yield f"<ul>{''.join(counts)}</ul>"
    yield f"<details><summary>{_text('statement-grid', lang)}</summary>{_table(lang)}</details>"


def _table(lang: Lang) -> str:
    grid = load_grid()
    heads = "".join(
        f'<th scope="col" role="columnheader">{_text(f"statement-head-{name}", lang)}</th>'
        for name in ("criterion", "asked", "state", "note")
    )
    rows = "".join(_row(criterion, lang) for criterion in grid.criteria)
    caption = _text("statement-caption", lang, version=grid.version)
    # Roles are said once more: narrow, the style sheet lays rows out anew, which takes them away.
    head = f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead>'
    body = f'<tbody role="rowgroup">{rows}</tbody>'
    return f'<table role="table"><caption>{caption}</caption>{head}{body}</table>'


def _row(criterion: Criterion, lang: Lang) -> str:
    state = _text(f"statement-is-{criterion.state}", lang)
    cells = (html.escape(criterion.wording[lang]), state, html.escape(criterion.note.get(lang, "")))
    told = "".join(f'<td role="cell">{cell}</td>' for cell in cells)
    return f'<tr role="row"><th scope="row" role="rowheader">{criterion.number}</th>{told}</tr>'


def _contents(lang: Lang) -> Iterator[str]:
    yield _h(2, "statement-contents", lang)
    yield _p("statement-contents-why", lang)
    yield _h(3, "statement-failures", lang)
    yield _p("statement-failures-known", lang)
    faults: dict[str, list[str]] = {}  # what is the same for several criteria is told once
    for each in load_grid().criteria:
        if each.state in {"partly", "unmet"}:
            faults.setdefault(each.note[lang], []).append(each.number)
    items = (f"<li>{', '.join(numbers)} — {html.escape(note)}</li>" for note, numbers in faults.items())
    yield f"<ul>{''.join(items)}{_item('statement-failures-more', lang)}</ul>"
    yield _h(3, "statement-burden", lang)
    yield _p("statement-burden-none", lang)
    yield _h(3, "statement-exempt", lang)
    yield _p("statement-exempt-map", lang)


def _made(payload: Payload, lang: Lang) -> Iterator[str]:
    yield _h(2, "statement-made", lang)
    yield _p("statement-made-on", lang)
    if payload["edition"]:
        yield _p("statement-edition", lang, edition=payload["edition"])
    for part, items in (("technologies", 4), ("environment", 2), ("tools", 3), ("pages", 2)):
        yield _h(3, f"statement-{part}", lang)
        yield f"<ul>{''.join(_item(f'statement-{part}-{n}', lang) for n in range(1, items + 1))}</ul>"


def _remedies(payload: Payload, lang: Lang) -> Iterator[str]:
    yield _h(2, "statement-contact", lang)
    yield _p("statement-contact-how", lang, title=payload["title"])
    yield f"<ul>{_item('statement-contact-message', lang)}{_item('statement-contact-person', lang)}</ul>"
    yield _h(2, "statement-remedies", lang)
    yield _p("statement-remedies-when", lang)
    links = "".join(f"<li>{_link(name, lang)}</li>" for name in ("form", "delegates"))
    yield f"<ul>{links}{_item('statement-post', lang)}</ul>"
    yield "<address>Défenseur des droits<br>Libre réponse 71120<br>75342 Paris CEDEX 07</address>"
    yield f"<p>{_link('decree', lang)} · {_link('rgaa', lang)}</p>"


def _link(name: str, lang: Lang) -> str:
    return f'<a href="{_LINKS[name]}" rel="noopener noreferrer">{_text(f"statement-link-{name}", lang)}</a>'


def _text(key: str, lang: Lang, **facts: object) -> str:
    """Say it; brackets of the catalogue, never those of a register, are blanks to fill in."""
    held = {name: f"\ue000{rank}\ue001" for rank, name in enumerate(facts)}
    text = re.sub(r"\[[^\]]*\]", r"<mark>\g<0></mark>", html.escape(say(key, lang, **held)))
    for rank, value in enumerate(facts.values()):
        text = text.replace(f"\ue000{rank}\ue001", html.escape(str(value)))
    return text


def _p(key: str, lang: Lang, **facts: object) -> str:
    return f"<p>{_text(key, lang, **facts)}</p>"


def _item(key: str, lang: Lang, **facts: object) -> str:
    return f"<li>{_text(key, lang, **facts)}</li>"


def _h(level: int, key: str, lang: Lang) -> str:
    return f"<h{level}>{_text(key, lang)}</h{level}>"
