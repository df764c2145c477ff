"""Who gives a list that names no source of its own: what is told, and no more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geocontracts.errors import RegisterError
from geocontracts.records.dates import PartialDate
from geocontracts.records.formats.signs import fit
from geocontracts.records.register import Source
from geocontracts.words import Lines, Message

if TYPE_CHECKING:
    from geocontracts.records.register import Register


_SHOWN = 10  # rows


@dataclass(frozen=True)
class Giver:
    """What a person tells of a list: who gives it, its date, its licence; empty is unknown.

    `dated` may be partial: 2026, 2026-03, 2026-03-31. It is never that of the file system.
    """

    name: str = ""
    dated: str = ""
    licence: str = ""

    def __bool__(self) -> bool:
        """Say whether anything is told."""
        return bool(self.name or self.dated or self.licence)

    def source(self, file: str) -> Source:
        """Return the list as a source: its title is the name of the file; no sign is left that breaks XML.

        Raises:
            RegisterError: `dated` is no date.
        """
        try:
            date = PartialDate(self.dated) if self.dated else None
        except ValueError as error:
            raise RegisterError("source-date", value=self.dated) from error
        return Source(fit(file), fit(file), fit(self.name), date, None, fit(self.licence) or None)

    def notes(self, register: Register) -> tuple[Message, ...]:
        """Say for how many records this holds, where others name a source of their own and keep it."""
        own = sum(record.source in register.sources for record in register.records())
        if not (self and own):
            return ()
        return (Message("source-both", {"given": len(register) - own, "own": own}),)


def refuse_unsourced(register: Register) -> None:
    """Refuse to draw layers of which nobody says where they come from.

    Raises:
        RegisterError: rows of the register name no source; the message says which, and what to do.
    """
    if register.unsourced:
        shown = register.unsourced[:_SHOWN]
        more = len(register.unsourced) - len(shown)
        rest = (Message("source-more", {"count": more}),) if more else ()
        raise RegisterError("layers-unsourced", rows=Lines((*shown, *rest)))
