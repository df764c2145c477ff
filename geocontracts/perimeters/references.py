"""Which contracts a record refers to (`contract:ID`), and which these refer to, without end.

Contracts that refer to each other in a circle all stand for the same; what a contract stands for is found
once, from the end of the references to their beginning, however many refer to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from geocontracts.errors import RegisterError
from geocontracts.perimeters.placement import referenced_contract
from geocontracts.records.register import Contract

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from geocontracts.records.register import Mission, Operation, Register

MOST_BROUGHT = 5_000_000  # places that references bring to the records of one register
_WINDOW = 4096  # contracts looked at together, each a bit of a number: so memory stays small
_LOOKED_AT = 64  # references, in search of the shortest circle
_LONGEST_CHAIN = 5  # contracts named of a circle

Key: TypeAlias = "str | tuple[str, str]"
_NONE = -1


class References:
    """The references of one register, followed to their ends."""

    def __init__(self, register: Register) -> None:
        """Note what each record refers to, and which contracts bring places of their own."""
        self._register = register
        self._targets: dict[Key, tuple[str, ...]] = {}
        for record in register.records():
            told = self._told(record)
            if told:
                self._targets[key_of(record)] = told
        self._component: dict[Key, int] = {}
        self._circles: dict[int, list[Key]] = {}
        self._same: list[int] = []  # component -> rank in `reached`
        self.reached: list[list[str]] = []
        if self._targets:
            self._follow()

    def _told(self, record: Contract | Mission | Operation) -> tuple[str, ...]:
        wanted = (referenced_contract(item.written) for item in record.items)
        return tuple(dict.fromkeys(each for each in wanted if each in self._register.contracts))

    def rank(self, key: Key) -> int:
        """Return the rank in `reached` of the contracts that bring places to a record, itself included.

        It is -1 where there are none, also for a contract that nothing refers to and that refers to nothing.
        """
        component = self._component.get(key)
        return _NONE if component is None else self._same[component]

    def reached_from(self, key: Key) -> Iterator[str]:
        """Yield the contracts that bring places to a record, itself included, in order."""
        rank = self.rank(key)
        return iter(self.reached[rank] if rank >= 0 else ())

    def is_empty(self, contract: str) -> bool:
        """Say whether a contract that something refers to brings no place, nor do those it refers to."""
        return self.rank(contract) < 0

    def are_in_a_circle(self, one: Key, other: Key) -> bool:
        """Say whether each of two leads to the other; of one, whether it leads to itself."""
        component = self._component.get(one)
        return component in self._circles and component == self._component.get(other)

    def circle(self, start: Key) -> tuple[str, ...]:
        """Return a way from a contract in a circle back to itself: of a long one, its ends."""
        before: dict[Key, Key] = {}
        waiting, looked = [start], 0
        for at in waiting:
            for each in self._within(at):
                if each == start:
                    return _chain(start, at, before)
                if each not in before:
                    before[each] = at
                    waiting.append(each)
                looked += 1
            if looked > _LOOKED_AT:
                break
        first = next(self._within(start))
        last = str(self._referrers[start])
        return (str(start), first, *(["…", last] if last != first else []), str(start))

    @property
    def _referrers(self) -> Mapping[Key, Key]:
        """Return for each contract in a circle one of it that refers to it."""
        known: dict[Key, Key] | None = self.__dict__.get("_known_referrers")
        if known is None:
            members = [member for circle in self._circles.values() for member in circle]
            known = {each: member for member in members for each in self._within(member)}
            self.__dict__["_known_referrers"] = known
        return known

    def _within(self, contract: Key) -> Iterator[str]:
        """Yield what a contract refers to in its own circle."""
        component = self._component[contract]
        return (each for each in self._targets[contract] if self._component[each] == component)

    def _follow(self) -> None:
        """Find, from the ends of the references on, which contracts each brings."""
        components = list(_components(self._targets))
        for rank, members in enumerate(components):
            self._component.update(dict.fromkeys(members, rank))
            if len(members) > 1 or members[0] in self._targets.get(members[0], ()):
                self._circles[rank] = members
        givers = [[each for each in members if self._gives(each)] for members in components]
        kept = self._joined(components, givers)
        named = [each for own, _ in reversed(kept) for each in own]  # who refers comes first
        self.reached = [[] for _ in kept]
        self._spread(kept, named)

    def _gives(self, key: Key) -> bool:
        """Say whether a contract has a place of its own, be it one that leads nowhere."""
        contract = self._register.contracts.get(key) if isinstance(key, str) else None
        if contract is None:
            return False
        return any(referenced_contract(i.written) not in self._register.contracts for i in contract.items)

    def _joined(
        self, components: list[list[Key]], givers: list[list[Key]]
    ) -> list[tuple[list[str], list[int]]]:
        """Return those that bring something of their own or gather from several; the others share theirs."""
        kept: list[tuple[list[str], list[int]]] = []
        for rank, members in enumerate(components):
            parts = {
                self._same[self._component[each]]
                for member in members
                for each in self._targets.get(member, ())
                if self._component[each] != rank
            } - {_NONE}
            own = [str(each) for each in givers[rank]]
            if own or len(parts) > 1:
                self._same.append(len(kept))
                kept.append((own, sorted(parts)))
            else:
                self._same.append(next(iter(parts), _NONE))
        return kept

    def _spread(self, kept: list[tuple[list[str], list[int]]], named: list[str]) -> None:
        """Fill `reached`, some thousands of contracts at a time.

        Raises:
            RegisterError: they would be too many.
        """
        firsts, first = [], len(named)
        for own, _ in kept:
            firsts.append(first := first - len(own))
        count = 0
        for start in range(0, len(named), _WINDOW):
            masks: list[int] = []
            for (own, parts), first in zip(kept, firsts, strict=True):
                mask = _bits(first - start, first + len(own) - start)
                for part in parts:
                    mask |= masks[part]
                masks.append(mask)
                count += mask.bit_count()
                if count > MOST_BROUGHT:
                    self.refuse(self._register.contracts[own[0] if own else named[start]])
            for found, mask in zip(self.reached, masks, strict=True):
                found.extend(named[start + bit] for bit in _ranks(mask))

    def refuse(self, record: Contract | Mission | Operation) -> None:
        """Refuse a register in which references bring too many places.

        Raises:
            RegisterError: always; it names the row of `record`.
        """
        facts = {"file": record.file, "row": record.line, "column": record.column}
        raise RegisterError("references-many", **facts, limit=MOST_BROUGHT)


def key_of(record: Contract | Mission | Operation) -> Key:
    """Return what a record is called here: contracts by their id alone, as they are referred to."""
    return record.id if isinstance(record, Contract) else (record.kind, record.id)


def _chain(start: Key, last: Key, before: Mapping[Key, Key]) -> tuple[str, ...]:
    way = [last]
    while way[-1] != start:
        way.append(before[way[-1]])
    names = [str(each) for each in (start, *way)][::-1]
    return tuple(names if len(names) <= _LONGEST_CHAIN + 1 else [*names[:2], "…", *names[-2:]])


def _bits(low: int, high: int) -> int:
    """Return a number of which the bits from `low` to `high` are set, as far as they are in the window."""
    low, high = max(low, 0), min(high, _WINDOW)
    return (1 << high) - (1 << low) if low < high else 0


def _ranks(mask: int) -> Iterator[int]:
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def _components(targets: Mapping[Key, tuple[str, ...]]) -> Iterator[list[Key]]:
    """Yield what refers to each other in a circle, together, and each other record alone (Tarjan, 1972).

    Each comes after all that it refers to. Nothing is called within itself: a chain may be of any length.
    """
    rank: dict[Key, int] = {}
    low: dict[Key, int] = {}
    left: list[Key] = []  # seen, and in no component yet
    for start in reversed(list(targets)):
        walk = [] if start in rank else [_enter(start, targets, rank, low, left)]
        while walk:
            at, rest = walk[-1]
            new = next(_unseen(at, rest, rank, low), None)
            if new is not None:
                walk.append(_enter(new, targets, rank, low, left))
                continue
            walk.pop()
            if walk:
                low[walk[-1][0]] = min(low[walk[-1][0]], low[at])
            if low[at] == rank[at]:
                yield _leave(at, left, low)


def _enter(
    key: Key,
    targets: Mapping[Key, tuple[str, ...]],
    rank: dict[Key, int],
    low: dict[Key, int],
    left: list[Key],
) -> tuple[Key, Iterator[str]]:
    rank[key] = low[key] = len(rank)
    left.append(key)
    return key, iter(reversed(targets.get(key, ())))


def _unseen(at: Key, rest: Iterable[str], rank: Mapping[Key, int], low: dict[Key, int]) -> Iterator[Key]:
    for each in rest:
        if each not in rank:
            yield each
        elif each in low:
            low[at] = min(low[at], rank[each])


def _leave(at: Key, left: list[Key], low: dict[Key, int]) -> list[Key]:
    """Take a component off those that are left; `low` forgets what is in one."""
    members: list[Key] = []
    while not members or members[-1] != at:
        members.append(left.pop())
        if members[-1] != at:
            del low[members[-1]]
    del low[at]
    return members[::-1]
