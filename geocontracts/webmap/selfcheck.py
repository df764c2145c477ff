"""What the tool's own tests know of the accessibility of its page, for the statement to tell."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from geocontracts.webmap.accessibility import STATES, load_grid
from geocontracts.webmap.phrases import heading, item, paragraph, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geocontracts.webmap.accessibility import Criterion
    from geocontracts.words import Lang

_FAILED = ("partly", "unmet")


def tested(lang: Lang, *, is_bundled: bool) -> Iterator[str]:
    """Count the criteria by state, and say on which page the tests ran; all of them in a table."""
    grid = load_grid().on(lang)
    on = "bundled" if is_bundled else "own"
    applies = len(grid.criteria) - grid.count("none")
    yield paragraph("statement-self", lang)
    yield paragraph(f"statement-self-{on}", lang)
    yield paragraph("statement-self-count", lang, all=len(grid.criteria), applies=applies)
    keys = {state: f"statement-count-{state}" for state in STATES if state != "unmet" or grid.count(state)}
    if not is_bundled:
        keys["held"] = "statement-count-held-own"
    yield f"<ul>{''.join(item(key, lang, n=grid.count(state)) for state, key in keys.items())}</ul>"
    table = _table(lang, f"statement-caption-{on}")
    yield f"<details><summary>{words('statement-grid', lang)}</summary>{table}</details>"


def left_over(lang: Lang) -> Iterator[str]:
    """Tell what nobody has verified: it is neither met nor failed."""
    yield heading(3, "statement-unverified", lang)
    yield paragraph("statement-unverified-known", lang)
    yield _told((each for each in load_grid().on(lang).criteria if each.state == "unverified"), lang)


def failures(key: str, lang: Lang) -> Iterator[str]:
    """Tell what is known not to be met on a page in that language, where the law applies."""
    yield paragraph(key, lang)
    yield _told((each for each in _failed(lang) if not each.is_exempt), lang)


def shown_exempt(lang: Lang) -> Iterator[str]:
    """Tell what is known not to be met where the law does not apply."""
    yield paragraph("statement-exempt-known", lang)
    yield _told((each for each in _failed(lang) if each.is_exempt), lang)


def _failed(lang: Lang) -> Iterator[Criterion]:
    return (each for each in load_grid().on(lang).criteria if each.state in _FAILED)


def _told(criteria: Iterable[Criterion], lang: Lang) -> str:
    notes: dict[str, list[str]] = {}  # what is the same for several criteria is told once
    for each in criteria:
        notes.setdefault(each.note[lang], []).append(each.number)
    told = (f"<li>{', '.join(numbers)} — {html.escape(note)}</li>" for note, numbers in notes.items())
    return f"<ul>{''.join(told)}</ul>"


def _table(lang: Lang, caption: str) -> str:
    grid = load_grid().on(lang)
    heads = "".join(
        f'<th scope="col" role="columnheader">{words(f"statement-head-{name}", lang)}</th>'
        for name in ("criterion", "asked", "state", "note")
    )
    rows = "".join(_row(criterion, lang) for criterion in grid.criteria)
    title = words(caption, lang, version=grid.version)
    # Roles are said once more: narrow, the style sheet lays rows out anew, which takes them away.
    head = f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead>'
    body = f'<tbody role="rowgroup">{rows}</tbody>'
    return f'<table role="table"><caption>{title}</caption>{head}{body}</table>'


def _row(criterion: Criterion, lang: Lang) -> str:
    state = words(f"statement-is-{criterion.state}", lang)
    cells = (html.escape(criterion.wording[lang]), state, html.escape(criterion.note.get(lang, "")))
    told = "".join(f'<td role="cell">{cell}</td>' for cell in cells)
    return f'<tr role="row"><th scope="row" role="rowheader">{criterion.number}</th>{told}</tr>'
