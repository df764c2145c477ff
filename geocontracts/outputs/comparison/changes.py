"""One difference between two editions of a record, and how it is said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

from geocontracts.outputs.comparison.unread import Unread
from geocontracts.outputs.said import dated, summed
from geocontracts.records.schema import load_schema
from geocontracts.records.values import PartialDate
from geocontracts.words import Labels, Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from geocontracts.outputs.comparison.unread import UnreadCells
    from geocontracts.places.gazetteer import Place
    from geocontracts.records.schema import Field

ChangeKind: TypeAlias = Literal[
    "added", "gone", "began", "ended", "moved", "amount", "renamed", "changed", "text"
]
KINDS: tuple[ChangeKind, ...] = get_args(ChangeKind)

_NAMES = frozenset({"title", "name", "short_name"})
_PROSE = frozenset({"summary", "remark", "section"})
_LONG = 70  # letters, from which a text is shown from where it differs
_BEFORE = 24


_SAID: dict[str, Callable[[Any], object]] = {
    "amount": summed,
    "date": dated,
    "integer": lambda value: Message("cmp-number", {"value": value}),
}


@dataclass(frozen=True)
class Change:
    """One difference: its kind, the sentence that says it, and both values as a register writes them.

    `field` is a column of the table, empty for what concerns the whole record. An empty value is
    unknown. `difference` is in euros, None where either amount is unknown or their periods differ.
    `gained` and `lost` are communes of today.
    """

    kind: ChangeKind
    message: Message
    field: str = ""
    old: str = ""
    new: str = ""
    difference: float | None = None
    gained: tuple[Place, ...] = ()
    lost: tuple[Place, ...] = ()


class FieldDiffer:
    """Compares the fields of one table; `names` leads from ids of either edition to what people read."""

    def __init__(self, table: str, names: Mapping[str, Mapping[str, str]]) -> None:
        """Keep the declaration of the table."""
        self._schema, self._names = load_schema()[table], names

    def changes(
        self, old: Any, new: Any, aside: frozenset[str], unread: tuple[UnreadCells, UnreadCells]
    ) -> Iterator[Change]:
        """Yield a change for each field that differs, but for those `aside`.

        `unread` has the cells of both editions that were not understood: two that say the same are
        the same, and what is written there is told.
        """
        is_same_period = getattr(old, "amount_period", None) == getattr(new, "amount_period", None)
        for field in self._schema.fields:
            before, after = unread[0].value(old, field), unread[1].value(new, field)
            if field.name not in aside and before != after:
                yield self._change(field, before, after, is_same_period=is_same_period)

    def _change(self, field: Field, old: Any, new: Any, *, is_same_period: bool) -> Change:
        kind: ChangeKind = "changed"
        if field.name in _NAMES:
            kind = "renamed"
        elif field.name in _PROSE:
            kind = "text"
        elif field.kind == "amount":
            kind = "amount"
        difference = None
        are_known = not any(each is None or isinstance(each, Unread) for each in (old, new))
        if field.kind == "amount" and are_known and is_same_period:
            difference = round(new - old, 2)
        return Change(
            kind,
            self._message(field, old, new, difference),
            field.name,
            as_text(old),
            as_text(new),
            difference,
        )

    def _message(self, field: Field, old: Any, new: Any, difference: float | None) -> Message:
        said: dict[str, object] = {"field": Labels((field.labels,))}
        if isinstance(old, Unread) or isinstance(new, Unread):
            return self._unread(field, old, new)
        if old in (None, ()) or new in (None, ()):
            key = "cmp-known" if old in (None, ()) else "cmp-unknown"
            known = {"new": self.shown(field, new)} if key == "cmp-known" else {"old": self.shown(field, old)}
            return Message(f"{key}-amount" if field.kind == "amount" else key, said | known)
        if field.kind == "list":
            return _list_message(said, old, new)
        if difference is not None:
            size = {"sign": "+" if difference > 0 else "−", "difference": summed(abs(difference))}
            return Message("cmp-amount", said | {"old": summed(old), "new": summed(new)} | size)
        if isinstance(old, str) and field.name not in self._schema.references and not field.choices:
            return _text_message(said, old, new)
        return Message("cmp-value", said | {"old": self.shown(field, old), "new": self.shown(field, new)})

    def _unread(self, field: Field, old: Any, new: Any) -> Message:
        """Tell a cell that was not understood in either edition; such an amount is in no total."""
        key = "cmp-known" if old in (None, ()) else "cmp-unknown" if new in (None, ()) else "cmp-value"
        facts = {"old": self.shown(field, old), "new": self.shown(field, new)}
        message = Message(key, {"field": Labels((field.labels,)), **facts})
        if field.kind != "amount" or not isinstance(new, Unread):
            return message
        return Message("cmp-and", {"first": message, "second": Message("cmp-amount-unread")})

    def shown(self, field: Field, value: Any) -> object:
        """Return a value as people read it: a label, a title, a number, a date."""
        if isinstance(value, Unread):
            return Message("cmp-unread", {"value": value.text})
        if field.choices and value in field.choices:
            return Labels((field.choices[value],))
        if field.kind in _SAID and value is not None:
            return _SAID[field.kind](value)
        target = self._schema.references.get(field.name)
        if field.name == "counted_in":  # it may name a contract or an operation
            return self._names["contracts"].get(value) or self._names["operations"].get(value, value)
        return self._names[target].get(value, value) if target else as_text(value)


def _list_message(said: dict[str, object], old: tuple[str, ...], new: tuple[str, ...]) -> Message:
    added = "; ".join(item for item in new if item not in old)
    removed = "; ".join(item for item in old if item not in new)
    if added and removed:
        return Message("cmp-list-both", said | {"added": added, "removed": removed})
    if added:
        return Message("cmp-list-added", said | {"added": added})
    if removed:
        return Message("cmp-list-removed", said | {"removed": removed})
    return Message("cmp-list-order", said)


def _text_message(said: dict[str, object], old: str, new: str) -> Message:
    if _spaced(old) == _spaced(new):
        return Message("cmp-spaces", said)
    before, after = around(old, new)
    return Message("cmp-text", said | {"old": before, "new": after})


def _spaced(text: str) -> str:
    return " ".join(text.split())


def around(old: str, new: str) -> tuple[str, str]:
    """Return two texts from a little before the place where they begin to differ, if they are long."""
    old, new = _spaced(old), _spaced(new)
    if max(len(old), len(new)) <= _LONG:
        return old, new
    same = 0
    while same < min(len(old), len(new)) and old[same] == new[same]:
        same += 1
    start = old.rfind(" ", 0, max(same - _BEFORE, 0)) + 1
    if not start:
        return old, new
    return f"…{old[start:]}", f"…{new[start:]}"


def as_text(value: Any) -> str:
    """Return a value as a register writes it; unknown is empty."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "; ".join(value)
    if isinstance(value, (PartialDate, Unread)):
        return value.text
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"
    return str(value)
