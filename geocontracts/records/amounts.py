"""Euros of records, added up so that nothing is counted twice.

A record may say that its amounts lie inside those of another one (`counted_in`:
an operation in its contract, a contract in a wider one). The records that are
added up then form trees, and a payer's share is taken from the record nearest
to the root that states it.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from geocontracts.records.register import Contract, Kind, Mission, Operation, Record, Register

Payer: TypeAlias = Literal["state", "eu", "region", "department", "other", "unattributed"]
Period: TypeAlias = Literal["whole", "yearly"]

TOTALS: Mapping[Kind, str] = {"contract": "amount_total_eur", "operation": "cost_total_eur"}
PAYERS: Mapping[Kind, tuple[tuple[str, Payer], ...]] = {
    "contract": (
        ("amount_state_eur", "state"),
        ("amount_eu_eur", "eu"),
        ("amount_region_eur", "region"),
        ("amount_department_eur", "department"),
        ("amount_unattributed_eur", "unattributed"),
    ),
    "mission": (),
    "operation": (
        ("state_eur", "state"),
        ("eu_eur", "eu"),
        ("region_eur", "region"),
        ("department_eur", "department"),
        ("other_eur", "other"),
        ("unattributed_eur", "unattributed"),
    ),
}


_NAMED: tuple[Payer, ...] = ("state", "eu", "region", "department", "other")


@dataclass(frozen=True)
class Funding:
    """Euros in total and by payer; a payer that is not in `payers` is unknown, never 0.

    In a sum, `unattributed` is what the total leaves when the named payers are
    taken off it (0 when they give it all), and `total` is what the records state or,
    failing that, what their payers add up to: the least that is known.
    """

    total: float | None
    payers: Mapping[Payer, float]

    @property
    def named(self) -> float:
        """Return what the payers with a name give together."""
        return fsum(euros for payer, euros in self.payers.items() if payer != "unattributed")

    @property
    def over(self) -> float:
        """Return by how many euros the payers come to more than the total; 0 where they do not."""
        given = fsum(self.payers.values())
        return 0 if self.total is None else max(round(given - self.total, 2), 0)

    def __bool__(self) -> bool:
        """Say whether any amount is known."""
        return self.total is not None or bool(self.payers)


def stated_funding(record: Record) -> Funding:
    """Return the amounts of one record as its source states them (see `Record.funding`)."""
    column = TOTALS.get(record.kind)
    found = {payer: getattr(record, name) for name, payer in PAYERS[record.kind]}
    return Funding(
        getattr(record, column) if column else None,
        {payer: euros for payer, euros in found.items() if euros is not None},
    )


def period_of(record: Contract | Mission | Operation) -> Period:
    """Say whether the amounts of a record are those of a year or of its whole duration."""
    return "yearly" if getattr(record, "amount_period", None) == "yearly" else "whole"


def add_up(
    register: Register, records: Iterable[Contract | Mission | Operation], period: Period = "whole"
) -> Funding:
    """Return what these records add up to, each euro once.

    Amounts of a year and amounts of a whole duration are never added together:
    `period` says which are meant. A record counted in another that is not among
    `records` stands for itself.
    """
    chosen = {record.id: record for record in records if period_of(record) == period}
    return _together([node.whole for node in _nodes(register, chosen) if node.is_root])


def overshoots(
    register: Register, records: Iterable[Contract | Mission | Operation], period: Period = "whole"
) -> dict[str, float]:
    """Return the records whose payers give more than the total that they state, and by how many euros.

    These are what the payers of `add_up`, for the same records, come to more than its total; the
    payers of a record are those that are stated in it or, failing that, in what is counted in it.
    """
    chosen = {record.id: record for record in records if period_of(record) == period}
    roots = (node for node in _nodes(register, chosen) if node.is_root and node.whole.over)
    return {node.name: node.whole.over for node in sorted(roots, key=lambda node: node.name)}


def excesses(register: Register) -> Iterator[tuple[str, float, float]]:
    """Yield the records whose parts come to more than they state: id, parts, whole, in euros."""
    records: list[Contract | Operation] = [*register.contracts.values(), *register.operations.values()]
    inside = [record.id for record in records if record.counted_in]
    nested = {each for name in inside if (around := register.counted_in(name)) for each in (name, around)}
    chosen = {record.id: record for record in register.records() if record.id in nested}
    for node in _nodes(register, chosen):
        own, parts = node.own, node.parts
        pairs = [
            (parts.total, own.total),
            *((parts.payers.get(each), own.payers.get(each)) for each in _NAMED),
        ]
        if own.total is not None:
            pairs.append((Funding(None, {**parts.payers, **own.payers}).named, own.total))
        over = [(part, whole) for part, whole in pairs if part is not None and whole is not None]
        over = [(part, whole) for part, whole in over if part > whole + 1]
        if over and node.has_parts:
            yield (node.name, *max(over, key=lambda pair: pair[0] - pair[1]))


@dataclass(frozen=True)
class _Node:
    """One record among those that are added up: what it states, what its parts come to, and both together."""

    name: str
    own: Funding
    parts: Funding
    whole: Funding
    is_root: bool
    has_parts: bool


def _nodes(register: Register, chosen: Mapping[str, Contract | Mission | Operation]) -> Iterator[_Node]:
    """Yield every chosen record after those that are counted in it."""
    roots, inside = _forest(register, chosen)
    tops, sums = set(roots), dict[str, Funding]()
    for name in _leaves_first(roots, inside):
        own = chosen[name].funding
        parts = _together([sums[part] for part in inside.get(name, ())])
        sums[name] = _completed(own, parts)
        yield _Node(name, own, parts, sums[name], name in tops, name in inside)


def _forest(register: Register, chosen: Mapping[str, object]) -> tuple[list[str], dict[str, list[str]]]:
    """Return the chosen records that lie in no other, and those that lie in each."""
    nesting = _Nesting(register, chosen)
    roots: list[str] = []
    inside: dict[str, list[str]] = {}
    for name in chosen:
        parent = nesting.nearest(name)
        if parent is None:
            roots.append(name)
        else:
            inside.setdefault(parent, []).append(name)
    return roots, inside


class _Nesting:
    """Which of the chosen records is the first around another; each step is walked once."""

    def __init__(self, register: Register, chosen: Mapping[str, object]) -> None:
        self._register, self._chosen = register, chosen
        self._known: dict[str, str | None] = {}

    def nearest(self, name: str) -> str | None:
        """Return the first chosen record around `name`; who stands on a circle has none."""
        path = [name]
        found = self._step(name)
        while found is not None and found not in self._chosen:
            if found in self._known:
                found = self._known[found]
                break
            path.append(found)
            found = self._step(found)
        self._known.update(dict.fromkeys(path, found))
        return found

    def _step(self, name: str) -> str | None:
        return None if name in self._register.counting_circles else self._register.counted_in(name)


def _leaves_first(roots: Iterable[str], inside: Mapping[str, list[str]]) -> Iterator[str]:
    """Yield every record after those that are counted in it."""
    order = list(roots)
    for name in order:  # grows while it is walked: each generation after the one before
        order.extend(inside.get(name, ()))
    yield from reversed(order)


def _completed(own: Funding, parts: Funding) -> Funding:
    """Return a record's amounts with what its parts alone tell.

    Without a total of its own, what its parts leave unattributed may come from a
    payer that only the record names: the least that is known counts that once.
    """
    payers: dict[Payer, float] = {**parts.payers, **own.payers}
    if own.total is not None:
        payers.pop("unattributed", None)
        payers["unattributed"] = max(round(own.total - fsum(payers.values()), 2), 0)
        return Funding(own.total, payers)
    if "unattributed" in payers:
        if "unattributed" in own.payers:  # what the parts attribute is no longer without a payer
            told = [euros for payer, euros in parts.payers.items() if payer not in own.payers]
        else:
            told = [euros for payer, euros in own.payers.items() if payer not in parts.payers]
        payers["unattributed"] = max(round(payers["unattributed"] - fsum(told), 2), 0)
    return Funding(fsum(payers.values()) if payers else parts.total, payers)


def _together(parts: list[Funding]) -> Funding:
    totals = [part.total for part in parts if part.total is not None]
    payers: dict[Payer, list[float]] = {}
    for part in parts:
        for payer, euros in part.payers.items():
            payers.setdefault(payer, []).append(euros)
    return Funding(
        round(fsum(totals), 2) if totals else None,
        {payer: round(fsum(euros), 2) for payer, euros in payers.items()},
    )
