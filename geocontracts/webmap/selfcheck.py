"""What the tool's own tests know of the accessibility of its page, for the statement to tell."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from geocontracts.webmap.accessibility import STATES
from geocontracts.webmap.declared import names_criterion
from geocontracts.webmap.phrases import heading, item, paragraph, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geocontracts.webmap.accessibility import Criterion, Grid
    from geocontracts.webmap.declared import Declared
    from geocontracts.words import Lang

_FAILED = ("partly", "unmet")


def tested(grid: Grid, lang: Lang, declared: Declared, *, is_bundled: bool) -> Iterator[str]:
    """Count the criteria by state, and say on which page the tests ran; all of them in a table."""
    on = "bundled" if is_bundled else "own"
    applies = len(grid.criteria) - grid.count("none")
    yield paragraph("statement-self", lang)
    yield f"<p>{' '.join(_ran(lang, declared, is_bundled=is_bundled))}</p>"
    yield paragraph("statement-self-count", lang, all=len(grid.criteria), applies=applies)
    keys = {state: f"statement-count-{state}" for state in STATES if state != "unmet" or grid.count(state)}
    if not is_bundled:
        keys["held"] = "statement-count-held-own"
    yield f"<ul>{''.join(item(key, lang, n=grid.count(state)) for state, key in keys.items())}</ul>"
    table = _table(grid, lang, f"statement-caption-{on}")
    yield f"<details><summary>{words('statement-grid', lang)}</summary>{table}</details>"


def _ran(lang: Lang, declared: Declared, *, is_bundled: bool) -> Iterator[str]:
    """Say on which page the tests ran, and who has seen this one where it is another."""
    yield words(f"statement-self-{'bundled' if is_bundled else 'own'}", lang)
    if not is_bundled and declared.checked:
        yield words("statement-self-checked", lang)
    elif not is_bundled and declared.rate is None:
        yield words("statement-self-unchecked", lang)


def left_over(grid: Grid, lang: Lang) -> Iterator[str]:
    """Tell what the tests do not see: it is neither met nor failed."""
    yield heading(3, "statement-unverified", lang)
    yield paragraph("statement-unverified-known", lang)
    yield _told((each for each in grid.criteria if each.state == "unverified"), lang)


def to_compare(grid: Grid, lang: Lang) -> Iterator[str]:
    """Tell what the tool knows beside an audit: the audit alone says what is not met."""
    yield heading(3, "statement-compare", lang)
    failed = tuple(_failed(grid))
    if failed:
        yield paragraph("statement-compare-failed", lang)
        yield _told(failed, lang)
    yield paragraph("statement-compare-unseen", lang)
    yield _told((each for each in grid.criteria if each.state == "unverified"), lang)


def failures(grid: Grid, lang: Lang) -> Iterator[str]:
    """Tell what is known not to be met on the page, where the law applies."""
    failed = tuple(_failed(grid))
    yield paragraph("statement-failures-known" if failed else "statement-failures-unknown", lang)
    if failed:
        yield _told(failed, lang)


def shown_exempt(grid: Grid, lang: Lang, declared: Declared) -> Iterator[str]:
    """Tell what is known not to be met where the law does not apply; what is counted as a failure is not."""
    exempt = [each for each in grid.criteria if each.state in _FAILED and each.is_exempt]
    counted = [each.number for each in exempt if names_criterion(declared.failures, each.number)]
    kept = [each for each in exempt if each.number not in counted]
    if kept:
        yield paragraph("statement-exempt-known", lang)
        yield _told(kept, lang)
    for number in counted:
        yield paragraph("statement-exempt-counted", lang, number=number)


def _failed(grid: Grid) -> Iterator[Criterion]:
    return (each for each in grid.criteria if each.state in _FAILED and not each.is_exempt)


def _told(criteria: Iterable[Criterion], lang: Lang) -> str:
    notes: dict[str, list[str]] = {}  # what is the same for several criteria is told once
    for each in criteria:
        notes.setdefault(each.note[lang], []).append(each.number)
    told = (f"<li>{', '.join(numbers)} — {html.escape(note)}</li>" for note, numbers in notes.items())
    return f"<ul>{''.join(told)}</ul>"


def _table(grid: Grid, lang: Lang, caption: str) -> str:
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
