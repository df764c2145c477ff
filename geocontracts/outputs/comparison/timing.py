"""What began and what ended between two editions, and by what that is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geocontracts.outputs.comparison.changes import Change, as_text
from geocontracts.outputs.said import dated
from geocontracts.records.schema import load_schema
from geocontracts.words import Labels, Message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geocontracts.outputs.comparison.changes import ChangeKind
    from geocontracts.records.register import Contract, Mission, Operation
    from geocontracts.records.values import PartialDate

_TO_COME = frozenset({"planned", "announced"})
_RUNNING = frozenset({"signed", "in_force"})


@dataclass(frozen=True)
class Editions:
    """The dates of both editions, each None where it is not known."""

    old: PartialDate | None = None
    new: PartialDate | None = None

    def between(self, date: PartialDate | None) -> bool:
        """Say whether a date lies, for sure, after the old edition and not after the new one."""
        if date is None or self.old is None or self.new is None:
            return False
        return self.old.last() < date.first() and date.last() <= self.new.last()


def timing(old: Any, new: Any, editions: Editions) -> Iterator[Change]:
    """Yield that a record began or ended: by its status, or by a date between the editions."""
    status = (old.status, new.status)
    if old.status in _TO_COME and new.status in _RUNNING:
        yield _by_status("began", old, new)
    elif new.status not in _TO_COME and "ended" not in status and editions.between(new.starts_on):
        yield _by_date("began", "starts_on", old, new, editions)
    if new.status == "ended" and old.status not in (None, "ended"):  # from unknown, it may have ended before
        yield _by_status("ended", old, new)
    elif "ended" not in status and editions.between(new.ends_on):
        yield _by_date("ended", "ends_on", old, new, editions)


def _by_status(kind: ChangeKind, old: Any, new: Any) -> Change:
    message = Message(f"cmp-{kind}-status", {"old": _status(old), "new": _status(new)})
    return Change(kind, message, "status", as_text(old.status), as_text(new.status))


def _status(record: Contract | Mission | Operation) -> Labels:
    choices = load_schema()[f"{record.kind}s"].field("status").choices
    return Labels((choices[str(record.status)],))


def _by_date(kind: ChangeKind, field: str, old: Any, new: Any, editions: Editions) -> Change:
    told = {"date": getattr(new, field), "first": editions.old, "second": editions.new}
    facts = {name: dated(date) for name, date in told.items() if date}
    before, after = as_text(getattr(old, field)), as_text(getattr(new, field))
    return Change(kind, Message(f"cmp-{kind}-date", facts), field, before, after)
