"""The communes of several places together, within what a memory holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geocontracts.errors import RegisterError

if TYPE_CHECKING:
    from geocontracts.perimeters.placement import Placement
    from geocontracts.records.register import Contract, Mission, Operation

MOST_UNITED = 50_000_000  # communes of the records of one register that name several places; some 1 GB


_MEMORABLE = 200  # communes that are worth remembering which places they come from


class Union:
    """Unites communes; the same places are united once, and those who name them share what was found."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._brought: dict[int, tuple[tuple[Placement, ...], tuple[int, ...]]] = {}
        self._known: dict[frozenset[int], tuple[tuple[tuple[int, ...], ...], tuple[int, ...]]] = {}
        self._left = MOST_UNITED

    def of(
        self, placements: tuple[Placement, ...], record: Contract | Mission | Operation
    ) -> tuple[int, ...]:
        """Return the communes of all these, in order; those of one place stand in it already.

        Raises:
            RegisterError: those of the records so far are too many; it names the row of `record`.
        """
        if len(placements) == 1:
            return placements[0].communes
        if not placements or not (placements[0].via and placements[-1].via):
            return self._united(placements, record)
        known = self._brought.get(id(placements))  # a tuple that may be shared by all who refer there
        if known is None:
            known = self._brought[id(placements)] = (placements, self._united(placements, record))
        return known[1]

    def _united(
        self, placements: tuple[Placement, ...], record: Contract | Mission | Operation
    ) -> tuple[int, ...]:
        parts = {id(item.communes): item.communes for item in placements if item.communes}
        size = sum(map(len, parts.values()))
        if len(parts) <= 1 or size < _MEMORABLE:
            return next(iter(parts.values()), ()) if len(parts) <= 1 else self._made(parts, size, record)
        key = frozenset(parts)
        if key not in self._known:
            self._known[key] = (tuple(parts.values()), self._made(parts, size, record))
        return self._known[key][1]

    def _made(
        self, parts: dict[int, tuple[int, ...]], size: int, record: Contract | Mission | Operation
    ) -> tuple[int, ...]:
        self._left -= size
        if self._left < 0:
            facts = {"file": record.file, "row": record.line, "column": record.column}
            raise RegisterError("perimeters-many", **facts, limit=MOST_UNITED)
        largest = max(parts.values(), key=len)
        together = set().union(*parts.values())
        return largest if len(together) == len(largest) else tuple(sorted(together))
