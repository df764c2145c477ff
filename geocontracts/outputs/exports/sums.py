"""What each record brings to a sum, so that a column can be added up and no euro counts twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.records.amounts import add_up, period_of

if TYPE_CHECKING:
    from geocontracts.records.amounts import Period
    from geocontracts.records.register import Contract, Mission, Operation, Register


class Sums:
    """Euros that each record brings to the sum of the records of its period, each euro once.

    Over all records of one period they come to `records.amounts.add_up`. A record counted in another of
    the same period brings nothing of its own; who holds others brings what is known of them all.
    """

    def __init__(self, register: Register) -> None:
        """Add up the trees of records that are counted in each other."""
        self._register = register
        self._records = {record.id: record for record in register.records()}
        self._tops = {name: self._top(name) for name in self._records}
        members: dict[str, list[Contract | Mission | Operation]] = {}
        for name, record in self._records.items():
            members.setdefault(self._tops[name], []).append(record)
        self._sums = {
            top: add_up(register, own, period_of(self._records[top])).total for top, own in members.items()
        }

    def to_add(self, record: Contract | Mission | Operation, period: Period) -> float | None:
        """Return what a record brings to the sum of that period, or None if it brings nothing."""
        return self._sums.get(record.id) if period_of(record) == period else None

    def counted_in(self, record: Contract | Mission | Operation) -> str | None:
        """Return the id of the record whose sum holds the amounts of this one, if it is another one."""
        top = self._tops[record.id]
        return None if top == record.id else top

    def _top(self, name: str) -> str:
        """Return the last record of the same period on the way up from a record."""
        top, step = name, self._register.counted_in(name)
        period, seen = period_of(self._records[name]), {name}
        circles = self._register.counting_circles
        while step is not None and step not in seen and not {top, step} & circles:
            seen.add(step)
            if period_of(self._records[step]) == period:
                top = step
            step = self._register.counted_in(step)
        return top
