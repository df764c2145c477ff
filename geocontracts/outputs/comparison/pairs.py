"""Which record of the new edition is which of the old one; what is not sure is told, never chosen."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Literal, TypeAlias

from geocontracts.records.formats.headings import folded
from geocontracts.records.schema import load_schema

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from geocontracts.perimeters.perimeter import Perimeter
    from geocontracts.records.register import Contract, Mission, Operation

How: TypeAlias = Literal["id", "words", "title", "renamed", "place"]

_MADE = re.compile(r"(?P<stem>.+)-(?P<line>[0-9]+)(-bis)*")
_ASIDE = frozenset({"id", "file", "line", "column", "listed"})


@dataclass(frozen=True)
class Pair:
    """One record in both editions, and `how` that is known: {"id", "words", "title"}.

    Words are its programme, its title and its territories as written; a title alone is taken
    only where the perimeters overlap and a list gives no ids. `is_reidentified` says that both
    have an id of their own, and another one.
    """

    old: Perimeter
    new: Perimeter
    how: How
    is_reidentified: bool = False


@dataclass(frozen=True)
class Doubt:
    """Records of both editions that may be the same: they are told as gone and as added.

    `how` says what they share: {"words", "title", "renamed", "place"}; "renamed" is all but the programme.
    """

    old: tuple[str, ...]
    new: tuple[str, ...]
    how: How


@dataclass
class Pairing:
    """The records of one table: those that meet, and those that stand in one edition alone."""

    pairs: list[Pair] = field(default_factory=list)
    gone: list[Perimeter] = field(default_factory=list)
    added: list[Perimeter] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


def is_made(record: Contract | Mission | Operation, ids: Iterable[str]) -> bool:
    """Say whether an id was made of a line number, for a row that has none or shares another's.

    `ids` are those of its register. Such an id says nothing in another edition, where rows have moved.
    """
    made = _MADE.fullmatch(record.id)
    return bool(
        made and int(made["line"]) == record.line and (made["stem"] in load_schema() or made["stem"] in ids)
    )


def pair_records(old: list[Perimeter], new: list[Perimeter]) -> Pairing:
    """Pair the records of one kind: by id, then by what they say where that is one on both sides."""
    found = Pairing()
    known_old, known_new = {each.record.id for each in old}, {each.record.id for each in new}
    made = {id(each) for each in old if is_made(each.record, known_old)}
    made |= {id(each) for each in new if is_made(each.record, known_new)}
    named = {each.record.id: each for each in old if id(each) not in made}
    rest = []
    for each in new:
        before = named.pop(each.record.id, None) if id(each) not in made else None
        if before:
            found.pairs.append(Pair(before, each, "id"))
        else:
            rest.append(each)
    kept = set(map(id, named.values())) | made
    _pair_rest([each for each in old if id(each) in kept], rest, made, found)
    return found


def _pair_rest(old: list[Perimeter], new: list[Perimeter], made: set[int], found: Pairing) -> None:
    """Pair those without a common id, the surest first; `made` are those whose id says nothing."""
    doubted: set[int] = set()
    for how, key in _KEYS:
        olds, news = _grouped(old, key), _grouped(new, key)
        settled: set[int] = set()
        for same in [name for name in news if name in olds]:
            before, after = olds[same], news[same]
            if _is_sure(how, before, after, made, is_whole=key is _whole):
                pairs = [
                    Pair(*two, how, is_reidentified=made.isdisjoint(map(id, two)))
                    for two in zip(before, after, strict=False)
                ]
                found.pairs += pairs
                settled.update(id(each) for pair in pairs for each in (pair.old, pair.new))
            elif not doubted.intersection(map(id, (*before, *after))):
                doubted.update(map(id, (*before, *after)))
                found.doubts.append(Doubt(_ids(before), _ids(after), how))
        old = [each for each in old if id(each) not in settled]
        new = [each for each in new if id(each) not in settled]
    left = {each.record.id for each in old}, {each.record.id for each in new}
    found.gone, found.added = old, new
    found.doubts = sorted(
        (each for each in found.doubts if left[0].issuperset(each.old) and left[1].issuperset(each.new)),
        key=lambda doubt: (doubt.old, doubt.new),
    )


def _is_sure(how: How, old: list[Perimeter], new: list[Perimeter], made: set[int], *, is_whole: bool) -> bool:
    """Say whether records that share a key are the same; those alike in all are paired in order."""
    has_no_ids = all(id(each) in made for each in (*old, *new))
    if is_whole and has_no_ids:
        return True
    if len(old) != 1 or len(new) != 1 or how in ("renamed", "place"):
        return False
    if how == "words":
        return True
    overlap = not set(old[0].communes).isdisjoint(new[0].communes)
    return overlap and bool(made.intersection(map(id, (*old, *new))))


def _grouped(
    perimeters: list[Perimeter], key: Callable[[Perimeter], Hashable | None]
) -> dict[Hashable, list[Perimeter]]:
    groups = defaultdict(list)
    for each in perimeters:
        name = key(each)
        if name is not None:
            groups[name].append(each)
    return groups


def _ids(perimeters: list[Perimeter]) -> tuple[str, ...]:
    return tuple(each.record.id for each in perimeters)


def _whole(perimeter: Perimeter) -> Hashable:
    """Return all that a record says, but for where it stands."""
    record = perimeter.record
    return tuple(getattr(record, each.name) for each in fields(record) if each.name not in _ASIDE)


def _words(perimeter: Perimeter) -> Hashable:
    items = frozenset(folded(item) for item in perimeter.record.territories)
    return (*_title(perimeter), items)


def _title(perimeter: Perimeter) -> tuple[str, str]:
    return folded(perimeter.record.programme), folded(perimeter.record.title)


def _renamed(perimeter: Perimeter) -> Hashable | None:
    """Return what stays when a programme alone is called otherwise: title, communes and dates."""
    record = perimeter.record
    dates = [getattr(record, name, None) for name in ("signed_on", "starts_on", "ends_on")]
    return (folded(record.title), perimeter.communes, *dates) if perimeter.communes else None


def _place(perimeter: Perimeter) -> Hashable | None:
    return (folded(perimeter.record.programme), perimeter.communes) if perimeter.communes else None


_KEYS: tuple[tuple[How, Callable[[Perimeter], Hashable | None]], ...] = (
    ("words", _whole),
    ("words", _words),
    ("title", _title),
    ("renamed", _renamed),
    ("place", _place),
)
