"""A problem found in a register: where it stands, what is wrong, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from geocontracts.words import plain, say

if TYPE_CHECKING:
    from geocontracts.words import Lang, Message

Severity: TypeAlias = Literal["error", "warning", "remark"]


@dataclass(frozen=True)
class Problem:
    """One thing to mend, or to know, in one place of one file.

    `severity` is {"error", "warning", "remark"}: an error means that a value or
    a row could not be used as written, a warning that it was used with a doubt,
    a remark that it was used and something is worth knowing.
    `row` is the row that a spreadsheet shows when it opens the file (see `formats.sheet.Sheet`).
    """

    severity: Severity
    message: Message
    file: str
    row: int | None = None
    column: str | None = None

    def text(self, lang: Lang = "fr") -> str:
        """Say it on one line: file, row, column, what is wrong, what to do."""
        where = [plain(self.file)]
        if self.row is not None:
            where.append(say("where-row", lang, row=self.row))
        if self.column is not None:
            where.append(say("where-column", lang, column=self.column))
        return f"{', '.join(where)} — {say('severity-' + self.severity, lang)}{self.message.text(lang)}"
