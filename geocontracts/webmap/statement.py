"""The accessibility statement that French law asks for, as a page beside the map.

Its parts and their order are those of the order of 20 September 2019 and of the model that the DINUM
gives (act 2005-102, article 47; decree 2019-768). Where no audit is told, the law wants "non conforme", so
that is what it says; what only the organisation knows, and has not told, stands in brackets.
"""

from __future__ import annotations

import html
import os
import re
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from geocontracts.errors import OutputError
from geocontracts.webmap.absence import says_none
from geocontracts.webmap.accessibility import load_grid
from geocontracts.webmap.declared import Declared, shown_rate
from geocontracts.webmap.phrases import Html, day, filled, heading, item, link, paragraph, words
from geocontracts.webmap.policy import quiet_head
from geocontracts.webmap.seal import sealed
from geocontracts.webmap.selfcheck import failures, left_over, shown_exempt, tested, to_compare
from geocontracts.words import number, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geocontracts.webmap.contract import Payload
    from geocontracts.words import Lang

_LINKS = {
    "decree": "https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000038811937",
    "rgaa": "https://accessibilite.numerique.gouv.fr/",
    "form": "https://www.defenseurdesdroits.fr/nous-contacter-355",
    "delegates": "https://www.defenseurdesdroits.fr/carte-des-delegues",
}
_NOTHING = Declared()
_PAGE = re.compile('<a href="([^"]*)">')  # links that lead away have more than an address


def statement_address(statement: Path, page: Path) -> str:
    """Return the address of one file as the other links to it: relative, so that both can move together.

    Raises:
        OutputError: they lie on different drives.
    """
    try:
        # Not `resolve`, which a circular link breaks: whoever writes there says what is wrong.
        told = os.path.relpath(os.path.realpath(statement), Path(os.path.realpath(page)).parent)
    except ValueError as error:
        raise OutputError("statement-apart", file=str(statement), page=str(page)) from error
    return quote(os.fsencode(told.replace(os.sep, "/")))  # a name may hold bytes that are no UTF-8


def statement_link(address: str, mention: str, lang: Lang) -> str:
    """Return the link that the law wants on the page: the state, and the statement behind it."""
    told = html.escape(mention or mention_of(_NOTHING, lang))
    target = f'href="{html.escape(address)}" target="_blank" rel="noopener noreferrer"'
    return f'<a class="gc-statement" {target}>{told}</a>\n'


def mention_of(declared: Declared, lang: Lang, *, is_elsewhere: bool = False) -> str:
    """Return what the page says of itself: its state, and the rate and date of its audit.

    `is_elsewhere` is for a statement that the site has already: what it says is told only where it is known.
    """
    if declared.rate is None and declared.state is None and is_elsewhere:
        return say("statement-mention-site", lang)
    state = say(f"statement-state-{declared.conformity}", lang)
    if declared.rate is None or declared.audited is None:
        return say("statement-mention", lang, state=state)
    facts = {"state": state, "rate": number(shown_rate(declared.rate), lang), "date": day(declared.audited)}
    return say("statement-mention-audit", lang, **facts)


def page_of(statement: bytes) -> str:
    """Return the address of the page that an untouched statement is about; empty where it is none."""
    text = statement.decode("utf-8", "replace")
    found = None if "<script" in text else _PAGE.search(text)  # a map is sealed as well, and has scripts
    return html.unescape(found[1]) if found else ""


def blanks(statement: bytes) -> int:
    """Return how many passages a person has to fill in."""
    return statement.count(b"<mark>")


def render_statement(
    payload: Payload, page: str, declared: Declared = _NOTHING, *, is_bundled: bool = False
) -> bytes:
    """Return the statement of a page as HTML in UTF-8; `page` is its address, relative to the statement.

    What is to be filled in stands in `mark`, between brackets; there is no script, and the
    policy lets nothing in, so that a person may write in the file with any editor. Its seal (`seal.py`)
    tells whether anybody has. `is_bundled` says that the page shows the register on which it is tested.
    """
    lang = payload["lang"]
    body = "\n".join(_body(payload, page, declared, is_bundled=is_bundled))
    heed = words("statement-heed", lang), words("statement-heed-how", lang)
    box = f'<div class="heed"><p>{heed[0]}</p><p>{heed[1]}</p></div>\n' if "<mark>" in body else ""
    return sealed("".join(_page(payload, f"{box}{body}\n")).encode("utf-8", "replace"))


def _page(payload: Payload, body: str) -> Iterator[str]:
    lang, title = payload["lang"], say("statement-title", payload["lang"])
    yield quiet_head(lang, f"{title} — {payload['title']}", own_style())
    yield f"</head>\n<body>\n<header>\n<h1>{html.escape(title)}</h1>\n</header>\n<main>\n{body}"
    foot = paragraph("statement-foot", lang, generator=payload["generator"])
    yield f"</main>\n<footer>\n{foot}\n</footer>\n</body>\n</html>\n"


@cache
def own_style() -> str:
    """Return the style of every statement."""
    return Path(__file__).with_suffix(".css").read_text(encoding="utf-8").strip()


def _body(payload: Payload, page: str, declared: Declared, *, is_bundled: bool) -> Iterator[str]:
    yield from chain(
        _opening(payload, page, declared),
        _state(payload, declared, is_bundled=is_bundled),
        _contents(payload, declared),
        _made(payload, declared, is_bundled=is_bundled),
        _remedies(payload, declared),
    )


def _opening(payload: Payload, page: str, declared: Declared) -> Iterator[str]:
    lang = payload["lang"]
    yield f"<p>{filled('statement-commitment', lang, declared.organisation)}</p>"
    told = {"plan": declared.plan, "actions": declared.actions}
    plans = [link(url, words(f"statement-plans-{name}", lang)) for name, url in told.items() if url]
    yield f"<p>{filled('statement-plans', lang, Html(', '.join(plans)))}</p>"
    title = Html(f'<a href="{html.escape(page)}">{html.escape(payload["title"])}</a>')
    published = link(declared.published, declared.published) if declared.published else ""
    yield f"<p>{filled('statement-applies', lang, published, page=title)}</p>"


def _state(payload: Payload, declared: Declared, *, is_bundled: bool) -> Iterator[str]:
    lang, is_audited = payload["lang"], declared.rate is not None
    facts = {"title": payload["title"], "version": load_grid().version}
    yield heading(2, "statement-state", lang)
    if is_audited:
        listed = words(f"statement-listed-{_listed(declared)}", lang)
        yield paragraph(f"statement-audited-{declared.conformity}", lang, listed=listed, **facts)
    else:
        known = words(f"statement-known-{_listed(declared)}", lang)
        yield paragraph("statement-unaudited", lang, known=known, **facts)
    yield heading(3, "statement-results", lang)
    if declared.rate is not None and declared.audited is not None:
        audit = {"rate": number(shown_rate(declared.rate), lang), "date": day(declared.audited)}
        audit |= {"auditor": declared.auditor, "version": load_grid().version}
        yield paragraph("statement-audit", lang, **audit)
    else:
        yield paragraph("statement-no-audit", lang)
    if is_audited and declared.conformity == "full":
        return  # the audit speaks for all criteria; what the tool checks itself can only say less
    grid = load_grid().on(lang)
    yield from tested(grid, lang, declared, is_bundled=is_bundled)
    yield from to_compare(grid, lang) if is_audited else left_over(grid, lang)


def _listed(declared: Declared) -> str:
    """Return what is listed further down; what the organisation says that there is none of is not."""
    if says_none(declared.burdens):
        return "failures"
    return "burdens" if declared.rate is not None and says_none(declared.failures) else "both"


def _contents(payload: Payload, declared: Declared) -> Iterator[str]:
    lang, grid = payload["lang"], load_grid().on(payload["lang"])
    yield heading(2, "statement-contents", lang)
    if declared.conformity != "full":
        yield paragraph("statement-contents-why", lang)
    yield heading(3, "statement-failures", lang)
    if declared.rate is None:
        yield from failures(grid, lang)
        more = filled("statement-failures-more", lang, declared.failures)
        no_more = words("statement-failures-more-none", lang)
        yield f"<p>{no_more if says_none(declared.failures) else more}</p>"
    elif declared.conformity == "full" or says_none(declared.failures):
        yield paragraph("statement-failures-none", lang)
    else:
        yield f"<p>{filled('statement-failures-audit', lang, declared.failures)}</p>"
    yield heading(3, "statement-burden", lang)
    if says_none(declared.burdens):
        yield paragraph("statement-burden-nothing", lang)
    else:
        yield f"<p>{filled('statement-burden-none', lang, declared.burdens)}</p>"
    yield heading(3, "statement-exempt", lang)
    for key in ("statement-exempt-map", "statement-exempt-law", "statement-exempt-given"):
        yield paragraph(key, lang)
    yield from shown_exempt(grid, lang, declared)


def _made(payload: Payload, declared: Declared, *, is_bundled: bool) -> Iterator[str]:
    lang = payload["lang"]
    yield heading(2, "statement-made", lang)
    dates = [filled("statement-made-on", lang, day(declared.prepared))]
    if declared.updated or not declared.prepared:
        dates.append(filled("statement-made-again", lang, day(declared.updated)))
    yield f"<p>{' '.join(dates)}</p>"
    if payload["edition"]:
        yield paragraph("statement-edition", lang, edition=payload["edition"])
    yield heading(3, "statement-technologies", lang)
    yield _list(*(item(f"statement-technologies-{n}", lang) for n in range(1, 5)))
    yield heading(3, "statement-environment", lang)
    tried = filled("statement-environment-2", lang, declared.assistive)
    yield _list(item("statement-environment-1", lang), f"<li>{tried}</li>")
    yield heading(3, "statement-tools", lang)
    yield _list(*(item(f"statement-tools-{n}", lang) for n in range(1, 4)))
    yield heading(3, "statement-pages", lang)
    yield _list(*_pages(declared, lang, is_bundled=is_bundled))


def _pages(declared: Declared, lang: Lang, *, is_bundled: bool) -> Iterator[str]:
    if declared.rate is not None:
        yield f"<li>{filled('statement-pages-audited', lang, declared.pages)}</li>"
    checked = {True: "yes", False: "no", None: "unknown"}[is_bundled or declared.checked]
    yield item(f"statement-pages-{'bundled' if is_bundled else checked}", lang)
    yield item("statement-pages-2", lang)


def _remedies(payload: Payload, declared: Declared) -> Iterator[str]:
    lang = payload["lang"]
    yield heading(2, "statement-contact", lang)
    yield paragraph("statement-contact-how", lang, title=payload["title"])
    mail, form = declared.email, declared.form
    ways = [link(f"mailto:{mail}", mail)] if mail else []
    ways += [link(form, form)] if form else []
    message = filled("statement-contact-message", lang, Html(", ".join(ways)))
    whom = ", ".join(filter(None, (declared.organisation, declared.address, declared.telephone)))
    is_told = declared.address or declared.telephone
    person = filled("statement-contact-person", lang, whom if is_told else "")
    yield _list(f"<li>{message}</li>", f"<li>{person}</li>")
    yield heading(2, "statement-remedies", lang)
    yield paragraph("statement-remedies-when", lang)
    help_at = (f"<li>{_known(name, lang)}</li>" for name in ("form", "delegates"))
    yield _list(*help_at, item("statement-post", lang))
    yield "<address>Défenseur des droits<br>Libre réponse 71120<br>75342 Paris CEDEX 07</address>"
    yield f"<p>{_known('decree', lang)} · {_known('rgaa', lang)}</p>"


def _known(name: str, lang: Lang) -> Html:
    return link(_LINKS[name], words(f"statement-link-{name}", lang))


def _list(*items: str) -> str:
    return f"<ul>{''.join(items)}</ul>"
