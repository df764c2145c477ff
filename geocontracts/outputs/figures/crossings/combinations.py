"""Which programmes cover the same communes, from the payload; nothing is drawn here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geocontracts.outputs.frames.overlaps import exact_combinations

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geocontracts.webmap.contract import Payload


@dataclass(frozen=True)
class Cover:
    """A programme, by its rank, and the communes that its contracts and missions cover, by theirs."""

    programme: int
    communes: frozenset[int]


@dataclass(frozen=True)
class Combination:
    """Communes that these programmes cover, and no other one of those crossed; `people` None is unknown."""

    programmes: tuple[int, ...]
    communes: int
    people: int | None


@dataclass(frozen=True)
class Crossing:
    """Programmes crossed, by family and size, and their combinations, the largest first.

    `none` is what no programme covers. Not crossed are `everywhere`: programmes that cover the
    whole area, and hence tell nothing apart; `unknown`: those without any known perimeter in the
    area; `fewer`: those crossed for which there is no row, whose combinations are `hidden`: a bar
    tells the same number on every paper. `uncounted` contracts and missions of the
    programmes asked for have no known perimeter.
    """

    covers: tuple[Cover, ...]
    combinations: tuple[Combination, ...]
    hidden: tuple[Combination, ...]
    none: Combination
    everywhere: tuple[int, ...]
    unknown: tuple[int, ...]
    fewer: tuple[int, ...]
    uncounted: int


def crossing_of(payload: Payload, chosen: Iterable[int], most: int, *, is_choice: bool) -> Crossing:
    """Return the crossing of the chosen programmes, with rows for the `most` largest at most.

    `is_choice` says that they were asked for by name: one that covers the whole area is crossed too then.
    """
    wanted = set(chosen)
    covered = _covered(payload, wanted)
    size = len(payload["places"]["communes"]["code"])
    everywhere = [rank for rank, own in covered.items() if len(own) == size and not is_choice]
    unknown = [rank for rank, own in covered.items() if not own]
    rest = sorted(covered.keys() - {*everywhere, *unknown}, key=lambda rank: (-len(covered[rank]), rank))
    kept = sorted(rest[:most], key=lambda rank: (payload["programmes"][rank]["family"], rest.index(rank)))
    found = exact_combinations({rank: covered[rank] for rank in [*kept, *rest[most:]]}, range(size))
    told = [_combination(payload, ranks, communes) for ranks, communes in found.items()]
    shown = set(kept)
    empty = Combination((), 0, 0)
    return Crossing(
        tuple(Cover(rank, covered[rank]) for rank in kept),
        tuple(each for each in told if each.programmes and shown.issuperset(each.programmes)),
        tuple(each for each in told if not shown.issuperset(each.programmes)),
        next((each for each in told if not each.programmes), empty),
        tuple(everywhere),
        tuple(unknown),
        tuple(rest[most:]),
        sum(_is_uncounted(payload, record, wanted) for record in range(len(payload["records"]))),
    )


def _covered(payload: Payload, wanted: set[int]) -> dict[int, frozenset[int]]:
    """Return the communes of each programme that has a contract or a mission, as the page counts them."""
    found: dict[int, set[int]] = {}
    for entry in payload["records"]:
        if entry["kind"] != "operation" and entry["programme"] in wanted:
            runs = entry["communes"]
            own = found.setdefault(entry["programme"], set())
            for first, many in zip(runs[::2], runs[1::2], strict=True):
                own.update(range(first, first + many))
    return {rank: frozenset(found[rank]) for rank in sorted(found)}


def _is_uncounted(payload: Payload, record: int, wanted: set[int]) -> bool:
    entry = payload["records"][record]
    if entry["kind"] == "operation" or entry["programme"] not in wanted:
        return False
    return not entry["communes"] and not entry["elsewhere"]


def _combination(payload: Payload, ranks: tuple[int, ...], communes: Sequence[int]) -> Combination:
    people = payload["places"]["communes"]["population"]
    counts = [people[commune] for commune in communes]
    known = [count for count in counts if count is not None]
    return Combination(ranks, len(communes), sum(known) if len(known) == len(counts) else None)


def records_of(payload: Payload, covers: Iterable[Cover]) -> list[int]:
    """Return the contracts and missions whose perimeters are crossed."""
    wanted = {cover.programme for cover in covers}
    return [
        record
        for record, entry in enumerate(payload["records"])
        if entry["kind"] != "operation" and entry["programme"] in wanted and entry["communes"]
    ]
