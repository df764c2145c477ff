"""Texts that a spreadsheet can compute: figures, texts in quotes, cells and calls, joined by operators."""

from __future__ import annotations

import re
from dataclasses import dataclass
from unicodedata import normalize

_CELL = r"\$?[A-Za-z]{1,3}\$?[1-9]\d{0,6}"
_TOKEN = re.compile(
    r"(?P<blank>\s+)"
    r'|(?P<string>"(?:[^"]|"")*")'
    r"|(?P<cell>'(?:[^']|'')*'\s?[!#][\w$.!]+"  # of another sheet, of another file
    rf"|{_CELL}(?::{_CELL})?(?![\w.(])|\$?[A-Z]{{1,3}}:\$?[A-Z]{{1,3}}(?!\w))"
    r"|(?P<call>[^\W\d][\w.]*\s{0,3}\()"
    r"|(?P<word>[^\W\d][\w.]*)"
    r"|(?P<number>\d+(?:[.,]\d+)*)"
    r"|(?P<sign>[+\-])|(?P<at>@)|(?P<operator>[*/^&=<>])|(?P<separator>[,;])"
    r"|(?P<open>\()|(?P<close>\))|(?P<percent>%)"
)
_OPERANDS = frozenset(("string", "cell", "word", "number"))
_JOINING = frozenset(("sign", "operator"))  # two operands
_BEFORE = frozenset(("sign", "at"))  # an operand
_BEHIND = frozenset(("percent",))  # an operand


def computes(text: str) -> bool:
    """Say whether a whole text, after its signs, is an expression that a spreadsheet computes.

    `-2%-A1`, `+ SUM (A1)`, `- now()` are; a word that is nothing else makes a text of it: `- A1 à Lens`,
    and so does what stands in brackets behind a word: `- bail(aux)`, `- Lens (62)`, `- logements(T2)`.
    """
    levels = [_Level()]
    wanted = True  # an operand, not an operator
    for kind, token in _tokens(normalize("NFKC", text)):
        level = levels[-1]
        if kind in ("call", "open") and wanted:
            levels.append(_Level(token))
        elif kind in _OPERANDS and wanted:
            level.add(kind)
            wanted = False
        elif kind == "close" and len(levels) > 1 and (not wanted or level.is_empty):
            levels.pop().close(levels[-1])
            wanted = False
        elif not wanted and (kind in _JOINING or (kind == "separator" and len(levels) > 1)):
            wanted = True
        elif kind not in (_BEFORE if wanted else _BEHIND):
            return False
    return not wanted and len(levels) == 1 and levels[0].is_computed


def _tokens(text: str) -> list[tuple[str, str]]:
    """Return the kinds and the tokens of a text, without blanks; what is none ends it, as `other`."""
    found: list[tuple[str, str]] = []
    at = 0
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None:
            return [*found, ("other", text[at])]
        at = token.end()
        if token.lastgroup and token.lastgroup != "blank":
            found.append((token.lastgroup, token[0]))
    return found


@dataclass(slots=True)
class _Level:
    """What stands within a pair of brackets, and what stands right before them."""

    before: str = ""
    operands: int = 0
    words: int = 0
    strings: int = 0
    cells: int = 0  # and calls

    def add(self, kind: str) -> None:
        """Count an operand."""
        self.operands += 1
        self.words += kind == "word"
        self.strings += kind == "string"
        self.cells += kind == "cell"

    @property
    def is_empty(self) -> bool:
        """Whether a call takes nothing, `now()`: a bracket of its own is not empty."""
        return self.operands == 0 and len(self.before) > 1

    @property
    def is_computed(self) -> bool:
        return self.words == 0 and (self.cells > 0 or self.operands > 1)

    def close(self, outer: _Level) -> None:
        """Count in the outer pair what stood within this one."""
        if self.before != "(":
            outer.add("cell" if self._is_call() else "word")
            return
        outer.operands += self.operands
        outer.words += self.words
        outer.strings += self.strings
        outer.cells += self.cells

    def _is_call(self) -> bool:
        """Say whether it is a call, and not a word with a note: people write functions in one case."""
        name = self.before[:-1]
        is_joined = not name[-1].isspace()
        if self.operands == 0:
            return is_joined
        if name.isupper():
            return self.strings > 0 or self.cells > 0
        return self.strings > 0 and (is_joined or name.islower() or self.operands > 1)
