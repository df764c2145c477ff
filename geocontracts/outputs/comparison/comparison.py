"""What a comparison holds: the rows that differ, how many do not, and the euros of both editions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from geocontracts.outputs.comparison.changes import KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from geocontracts.outputs.comparison.changes import Change, ChangeKind
    from geocontracts.outputs.comparison.pairs import Doubt, How
    from geocontracts.outputs.comparison.timing import Editions
    from geocontracts.perimeters.perimeter import Perimeter
    from geocontracts.places.area import Area
    from geocontracts.records.amounts import Funding
    from geocontracts.records.register import Register
    from geocontracts.words import Lang


@dataclass(frozen=True)
class Entry:
    """A row of either edition that is not the same in the other, and what differs.

    `old` and `new` are the records, None where the edition does not have it; `before` and
    `after` are their perimeters, None for programmes and sources. `how` says how both were
    found to be the same: {"id", "words", "title"}, empty for what stands in one edition. Of that,
    `unread` has by field what is written in the cells that were not understood.
    """

    table: str
    old: Any
    new: Any
    before: Perimeter | None
    after: Perimeter | None
    how: How | None
    changes: tuple[Change, ...]
    unread: Mapping[str, str] = field(default_factory=dict)

    @property
    def record(self) -> Any:
        """Return the newest that is known of it."""
        return self.new if self.new is not None else self.old

    @property
    def id(self) -> str:
        """Return its id, in the new edition if it is there."""
        return str(self.record.id)

    @property
    def title(self) -> str:
        """Return its title or name."""
        return str(getattr(self.record, "title", None) or self.record.name)

    @property
    def kinds(self) -> tuple[ChangeKind, ...]:
        """Return the kinds of its changes, once each, the weightiest first."""
        found = {change.kind for change in self.changes}
        return tuple(kind for kind in KINDS if kind in found)


@dataclass(frozen=True)
class Count:
    """The rows of one table: old + added - gone = new = added + began + ended + changed + same.

    What began or ended is counted there whatever else changed in it, and whether its status or its
    date says so; `changed` are the others that differ.
    """

    old: int
    new: int
    added: int
    gone: int
    began: int
    ended: int
    changed: int

    @property
    def same(self) -> int:
        """Return the rows that stand in both editions without a difference."""
        return self.new - self.added - self.began - self.ended - self.changed


@dataclass(frozen=True)
class Comparison:
    """What differs between two editions of a register.

    `entries` hold every row that differs, by table and in the order of the new edition;
    `counts` are by table; `funding` has, by period ("whole", "yearly"), what each edition adds
    up to, every euro once; `doubts` are records that may be the same and were not paired; `paired`
    counts those that were, by how; `perimeters` are all those of either edition.
    """

    old: Register
    new: Register
    editions: Editions
    area: Area
    vintage: int
    entries: tuple[Entry, ...]
    counts: dict[str, Count]
    funding: dict[str, tuple[Funding, Funding]]
    doubts: tuple[Doubt, ...]
    paired: dict[How, int]
    perimeters: tuple[tuple[Perimeter, ...], tuple[Perimeter, ...]]

    def of_kind(self, kind: ChangeKind) -> tuple[Entry, ...]:
        """Return the entries that have a change of that kind."""
        return tuple(entry for entry in self.entries if kind in entry.kinds)

    def edition(self, which: str) -> tuple[Register, tuple[Perimeter, ...]]:
        """Return a register and its perimeters: {"old", "new"}."""
        return (self.old, self.perimeters[0]) if which == "old" else (self.new, self.perimeters[1])

    def table(self, lang: Lang = "fr") -> pd.DataFrame:
        """Return one row a change: table, id, title, programme, kind, field, old, new, difference...

        `kind`, `table` and `field` are words of the register; `said` is the sentence in `lang`;
        `gained` and `lost` list INSEE codes of communes of today; `difference` is in euros.
        """
        import pandas as pd

        from geocontracts.outputs.comparison.rows import COLUMNS, rows

        return pd.DataFrame(rows(self, lang), columns=list(COLUMNS))
