"""A name or a code that a place had, and the key under which it is found."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from geocontracts.places.names import epci_key, normalise_name


@dataclass(frozen=True)
class Earlier:
    """A name or code that is not simply a current one, and where it leads."""

    level: str
    code: str
    name: str
    first: int
    last: int
    kind: str
    """{renamed, merged, recoded, split, delegated, associated, district}"""
    successors: tuple[str, ...]
    since: int | None
    """Year from which the successors hold; None when the sources do not tell."""
    share: Mapping[str, int] = field(default_factory=dict)
    """Old members per successor, where there are several."""

    @property
    def key(self) -> str:
        """The name as it is compared."""
        return key_of(self.level, self.name)


def key_of(level: str, name: str) -> str:
    """Return the key of a name at a level."""
    return epci_key(name) if level == "epci" else normalise_name(name)
