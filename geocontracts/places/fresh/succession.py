"""Which bundled communes are on which ground of the new set, and what follows for names and codes."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geocontracts.places.building.history import Earlier, key_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from geocontracts.places.building.coverage import Geometries
    from geocontracts.places.building.levels import Table
    from geocontracts.places.fresh.reference import Reference, Row

_PART = (
    0.25  # of its ground, below which a commune is not said to have gone to another: borders are generalised
)


@dataclass(frozen=True)
class Ground:
    """Where communes went between two sets whose codes differ.

    `successors` leads from a code that the new set lacks to the new codes on its
    ground, the largest part first; `origins` from a code that only the new set
    has to those of before.
    """

    successors: Mapping[str, tuple[str, ...]]
    origins: Mapping[str, tuple[str, ...]]

    def lead(self, code: str) -> tuple[str, ...]:
        """Return the codes of the new set that a code of before leads to; itself where it remains."""
        return self.successors.get(code, (code,))

    @cached_property
    def parted(self) -> set[str]:
        """Return the new codes whose ground is not made of whole communes of before."""
        several = {new for news in self.successors.values() if len(news) > 1 for new in news}
        alone = {old: news[0] for old, news in self.successors.items() if len(news) == 1}
        rest = {
            code
            for new, olds in self.origins.items()
            if any(alone.get(old) != new for old in olds)
            for code in (new, *olds)
        }
        return several | rest

    @cached_property
    def absorbed(self) -> dict[str, list[str]]:
        """Return, by new code, the codes of before that it holds whole, without its own."""
        found = defaultdict(list)
        for old, news in self.successors.items():
            if len(news) == 1:
                found[news[0]].append(old)
        return dict(found)


def find_ground(reference: Reference, codes: Sequence[str], shapes: Geometries) -> Ground:
    """Compare the ground of two sets.

    Args:
        reference: The bundled set.
        codes: Of all communes of the new set.
        shapes: Their polygons, EPSG:4326, in the same order.
    """
    before, after = [row["code"] for row in reference.communes], list(codes)
    lost, new = set(before) - set(after), set(after) - set(before)
    return Ground(
        _parts(before, reference.shapes, after, shapes, lost),
        _parts(after, shapes, before, reference.shapes, new),
    )


def follow(reference: Reference, tables: Sequence[Table], ground: Ground, vintage: int) -> list[Earlier]:
    """Return the earlier names and codes of the new set: the bundled ones led on, and those that it ended.

    A name of the bundled set that an older vintage has not yet is `later`.
    """
    today = {(table.level, str(row["code"])): str(row["name"]) for table in tables for row in table.rows}
    leads = _leads(reference, tables[0], ground, today)
    ended = [_ended(row, leads, today, reference.vintage, vintage) for row in _rows_of_today(reference)]
    led = [_led(row, leads, today, reference) for row in reference.history]
    found = [row for row in (*led, *ended) if row is not None]
    return list({(row.level, row.code, row.name): row for row in found}.values())


def _parts(
    ones: Sequence[str], shapes: Geometries, others: Sequence[str], grounds: Geometries, wanted: set[str]
) -> dict[str, tuple[str, ...]]:
    """Return, for the wanted codes of `ones`, the `others` that hold a real part of their ground."""
    numbers = [number for number, code in enumerate(ones) if code in wanted]
    if not numbers:
        return {}
    mine = shapes[numbers]
    one, other = shapely.STRtree(grounds).query(mine, predicate="intersects")
    shares = shapely.area(shapely.intersection(mine[one], grounds[other])) / shapely.area(mine[one])
    found: dict[str, tuple[str, ...]] = {}
    for rank, number in enumerate(numbers):
        here = np.flatnonzero(one == rank)
        order = here[np.argsort(-shares[here], kind="stable")]
        kept = [others[other[place]] for place in order if shares[place] >= _PART]
        found[ones[number]] = tuple(kept or [others[other[place]] for place in order[:1]])
    return found


def _rows_of_today(reference: Reference) -> Iterable[Row]:
    """Yield all places of the bundled set."""
    yield from reference.communes
    yield from reference.upper.values()


def _leads(
    reference: Reference, communes: Table, ground: Ground, today: Mapping[tuple[str, str], str]
) -> dict[tuple[str, str], Counter[str]]:
    """Return where each place of the bundled set that is no more leads, with how many of its communes."""
    by_code = {str(row["code"]): row for row in communes.rows}
    leads = {
        ("commune", code): Counter({new: len(news) - rank for rank, new in enumerate(news)})
        for code, news in ground.successors.items()
    }
    for row in reference.communes:
        for level in ("epci", "arrondissement"):
            unit = row[level]
            if unit and (level, unit) not in today:
                ends = {str(by_code[new][level] or "") for new in ground.lead(row["code"]) if new in by_code}
                leads.setdefault((level, unit), Counter()).update(ends - {""})
    return leads


def _ended(
    row: Row,
    leads: Mapping[tuple[str, str], Counter[str]],
    today: Mapping[tuple[str, str], str],
    before: int,
    vintage: int,
) -> Earlier | None:
    """Return the bundled place as a former one, if its code or its name is no more."""
    level, code, name = row["level"], row["code"], row["name"]
    now = today.get((level, code))
    if now is not None and key_of(level, now) == key_of(level, name):
        return None
    ends = leads.get((level, code), Counter()) if now is None else Counter({code: 1})
    order = tuple(sorted(ends, key=lambda end: (-ends[end], end)))
    kind = "renamed" if now is not None else "merged"
    if vintage < before:
        kind = "later"
    if len(order) > 1:
        kind = "split"
    since = vintage if vintage == before + 1 else None
    share = dict(ends) if len(order) > 1 and level != "commune" else {}
    return Earlier(level, code, name, before, before, kind, order, since, share)


def _led(
    row: Row,
    leads: Mapping[tuple[str, str], Counter[str]],
    today: Mapping[tuple[str, str], str],
    reference: Reference,
) -> Earlier | None:
    """Return an earlier name or code led on to the new set; none if it is a current one there."""
    level, code, name = row["level"], row["code"], row["name"]
    now = today.get((level, code), "")
    if now == name:
        return None
    if level == "commune" and now and code not in reference.by_code:
        return None if key_of(level, now) == key_of(level, name) else _restored(row)
    old = _earlier(row)
    if all((level, end) in today for end in old.successors):
        return old
    ends = [
        new
        for end in old.successors
        for new in ([end] if (level, end) in today else sorted(leads.get((level, end), ())))
    ]
    several = tuple(dict.fromkeys(ends))
    return replace(old, successors=several, kind="split" if len(several) > 1 else old.kind, share={})


def _restored(row: Row) -> Earlier:
    """Return the earlier name of a commune that the new set has again, under another name."""
    return replace(_earlier(row), kind="renamed", successors=(row["code"],), since=None, share={})


def _earlier(row: Row) -> Earlier:
    pairs = [pair.partition("=") for pair in row["share"].split(";") if pair]
    return Earlier(
        level=row["level"],
        code=row["code"],
        name=row["name"],
        first=int(row["first"]),
        last=int(row["last"]),
        kind=row["kind"],
        successors=tuple(code for code in row["successors"].split(";") if code),
        since=int(row["since"]) if row["since"] else None,
        share={code: int(count) for code, _, count in pairs},
    )
