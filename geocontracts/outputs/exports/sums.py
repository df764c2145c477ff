"""What each record brings to a sum, so that a column can be added up and no euro counts twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.records.amounts import add_up, period_of

if TYPE_CHECKING:
    from geocontracts.records.amounts import Period
    from geocontracts.records.register import Contract, Mission, Operation, Register


def totals_to_add(register: Register) -> dict[str, float]:
    """Return euros by record: over the records of one period they sum to `records.amounts.add_up`.

    A record counted in another of the same period brings nothing of its own; who holds others brings what
    is known of them all. Records of which no amount is known are absent.
    """
    members: dict[tuple[str, Period], list[Contract | Mission | Operation]] = {}
    records = {record.id: record for record in register.records()}
    for record in records.values():
        period = period_of(record)
        members.setdefault((_top(register, records, record.id, period), period), []).append(record)
    sums = {name: add_up(register, own, period).total for (name, period), own in members.items()}
    return {name: total for name, total in sums.items() if total is not None}


def _top(
    register: Register, records: dict[str, Contract | Mission | Operation], name: str, period: Period
) -> str:
    """Return the last record of that period on the way up from `name`."""
    top, step = name, register.counted_in(name)
    seen = {name}
    while step is not None and step not in seen and not {top, step} & register.counting_circles:
        seen.add(step)
        if period_of(records[step]) == period:
            top = step
        step = register.counted_in(step)
    return top
