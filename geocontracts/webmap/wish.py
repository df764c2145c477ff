"""Which of several wishes for a map counts: Python holds the one that does, under a number that only grows.

Python and each view of a widget may change what is shown. A view is believed where it
knew the wish that counts; else it tells of what was, and is asked to show what is.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import Any

NAMES = ("state", "selection", "layers", "date")


@dataclass(frozen=True)
class Wish:
    """What all views are to show: a link, and on top of it the parts that were set since."""

    version: int = 0
    by: str = ""
    """The view that shows it already; empty where Python set it and no view has answered."""
    exact: bool = False
    """Whether the link was set in Python: also its sight of the map is meant, for each view."""
    since: int = 0
    """The version from which on nobody but `by` has wished anything."""
    shown: dict[str, Any] = field(default_factory=dict)

    def setting(self, name: str, value: object) -> Wish:
        """Return the wish once Python has set a part; a link takes the place of all set before."""
        shown = {name: value} if name == "state" else {**self.shown, name: value}
        version = self.version + 1
        return Wish(version, exact=self.exact or name == "state", since=version, shown=shown)

    def hearing(self, told: dict[str, Any]) -> Wish | None:
        """Return the wish after what a view told, or None where that does not count.

        The first answer to what Python set is what became of it, for all views. What a
        reader did in a view is a new wish, unless it was done before an older one came.
        """
        view, knows = told["view"], told["knows"]
        shown = {"state": told["shown"]["state"]}
        if told["answer"]:
            is_first = not self.by and knows == self.version
            return replace(self, by=view, exact=False, shown=shown) if is_first else None
        since = self.since if view == self.by else self.version
        if knows < since:
            return None
        return Wish(self.version + 1, by=view, since=since, shown=shown)

    def as_told(self) -> dict[str, Any]:
        """Return it as the views read it."""
        return asdict(self)
