"""Which programme a heading or a cell names; what a list writes in several ways is one: `PVD`, in full."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from typing import TYPE_CHECKING

from geocontracts.records.formats.headings import folded
from geocontracts.records.problems import Problem
from geocontracts.records.values import says_nothing
from geocontracts.words import Message, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from geocontracts.records.formats.sheet import Sheet
    from geocontracts.records.lists.recognise import Column, Plan
    from geocontracts.records.register import Contract, Programme

_SHORTEST_NAME = 6
_BETWEEN = re.compile(r"\s*[/;,+&|\n]\s*|\s+(?:[-–—]|et|ou|and|or)\s+", re.IGNORECASE)
_ACRONYM = re.compile(r"\s*\([A-Z]{2,}\)\s*$")  # `Action cœur de ville (ACV)`


def programme_of_ids(plan: Plan, programmes: Mapping[str, str]) -> str | None:
    """Return the programme that the only identifier's heading names, where no column does."""
    schemes = {column.scheme for column in plan.identifiers if column.scheme}
    if plan.rank("programme") is not None or len(schemes) != 1:
        return None
    return programme_of(next(iter(schemes)), programmes)


def programme_of(scheme: str, programmes: Mapping[str, str]) -> str:
    """Return the programme that a heading names: one that is known, or its initials."""
    return programmes.get(folded(scheme), scheme.upper())


def tells_programmes(plan: Plan) -> bool:
    """Say whether a list tells the programme of each row: in a column, or by its columns of programmes."""
    return plan.rank("programme") is not None or bool(_headed(plan))


def programmes_in(written: str, programmes: Mapping[str, str]) -> tuple[str, ...]:
    """Return the known programmes that a text names, where these are several: `PVD / ACV`."""
    if folded(written) in programmes:
        return ()
    pieces = [folded(piece) for piece in _BETWEEN.split(written)]
    bare = [folded(_ACRONYM.sub("", piece)) for piece in _BETWEEN.split(written)]
    names = (programmes.get(piece) or programmes.get(rest) for piece, rest in zip(pieces, bare, strict=True))
    found = tuple(dict.fromkeys(name for name in names if name))
    return found if found[1:] else ()


def own_programmes(
    contracts: Iterable[Contract], bundled: Mapping[str, Programme], column: str | None
) -> Iterator[Problem]:
    """Say once of a programme that the package does not know it; of a cell with several, row by row.

    `bundled` leads from folded names to the programmes of the package; `column` is the heading of those of
    the list.
    """
    names = {key: programme.name for key, programme in bundled.items()}
    met: dict[str, tuple[str, ...]] = {}
    for each in contracts:
        written = each.programme
        if written == untold_programme() or folded(written) in bundled:
            continue
        if written not in met:
            met[written] = programmes_in(written, names) if column else ()
            if not met[written]:
                yield _own(each, names)
        if met[written]:
            facts = {"value": written, "count": len(met[written]), "names": met[written]}
            yield Problem("error", Message("programme-several", facts), each.file, each.line, column)


def _own(contract: Contract, names: Mapping[str, str]) -> Problem:
    """Say that a programme of a list is not one that the package knows."""
    key = folded(contract.programme)
    is_long = len(key) >= _SHORTEST_NAME  # of initials, any are near to some others
    near = difflib.get_close_matches(key, names, n=1, cutoff=0.7) if is_long else []
    facts = {"value": contract.programme, "near": names[near[0]] if near else ""}
    message = Message("programme-own-near" if near else "programme-own", facts)
    return Problem("remark", message, contract.file, contract.line)


def untold_programme() -> str:
    """Return the one layer of the rows that leave empty what their list tells: nothing stands in for it.

    It is French, as the texts of a register are.
    """
    return say("programme-untold", "fr")


def spellings_met(sheet: Sheet, plan: Plan, programmes: Mapping[str, str]) -> dict[str, str]:
    """Return how each other spelling of a programme is read, where a list writes one in several ways.

    Two spellings meet where accents, case, signs and ligatures alone tell them apart, or where both are what
    one known programme is called (`programmes`: folded names, with the name of each). What is
    written in one way stays as it is; so does a cell of several programmes, which is quoted as an error.
    """
    rank = plan.rank("programme")
    if rank is None or plan.programme:
        return {}
    cells = (cells[rank].strip() for _, cells in sheet.rows if rank < len(cells))
    written = Counter(cell for cell in cells if cell and not says_nothing(cell))
    single = {cell: count for cell, count in written.items() if not programmes_in(cell, programmes)}
    return spellings_of(Counter(single), plan, programmes)


def spellings_of(written: Counter[str], plan: Plan, programmes: Mapping[str, str]) -> dict[str, str]:
    """Return the same from how often each spelling is written, in the order in which they come."""
    headed = [programme_of(column.scheme, programmes) for column in _headed(plan)]
    meanings: dict[str, list[str]] = {}
    for text in dict.fromkeys([*written, *headed]):
        key = folded(text)
        meanings.setdefault(programmes.get(key, key) or text, []).append(text)
    met: dict[str, str] = {}
    for meaning, texts in meanings.items():
        best = max(texts, key=lambda text: _weight(text, meaning, headed, written))
        met |= {text: best for text in texts if text != best}
    return met


def _headed(plan: Plan) -> tuple[Column, ...]:
    """Return the columns whose heading is the programme of their contracts, beside a column of programmes."""
    schemes = {column.scheme for column in plan.identifiers}
    return (*plan.members, *(column for column in plan.identifiers if len(schemes) > 1 and column.scheme))


def _weight(text: str, meaning: str, headed: list[str], written: Counter[str]) -> tuple[object, ...]:
    """Prefer the name by which a programme is known, then the longest name, then the commonest spelling."""
    key = folded(text)
    return text in headed, text == meaning, key == folded(meaning), len(key), written[text]
