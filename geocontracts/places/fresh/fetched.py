"""What a source gave, whichever it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geocontracts.places.fresh.features import Commune
    from geocontracts.places.fresh.settings import Source


@dataclass(frozen=True)
class Origin:
    """A file that was fetched; `retrieved` is a UTC time in ISO 8601."""

    url: str
    bytes: int
    sha256: str
    retrieved: str


@dataclass(frozen=True)
class Wanted:
    """What is asked of a source; `area` is `region:32`, `departement:02`, or empty for France."""

    source: Source
    vintage: int
    detail: str
    area: str = ""
    area_name: str = ""

    @property
    def level(self) -> str:
        """Return {"region", "departement", ""}."""
        return self.area.partition(":")[0]

    @property
    def code(self) -> str:
        """Return the code of the area, or nothing."""
        return self.area.partition(":")[2]

    def holds(self, departement: str, region: str) -> bool:
        """Tell whether a commune of these parents lies in the area."""
        return not self.area or self.code == (region if self.level == "region" else departement)


@dataclass(frozen=True)
class Fetched:
    """The communes of the area, and the names of the EPCI by code (of more than the area)."""

    wanted: Wanted
    communes: Sequence[Commune]
    epci: Mapping[str, str]
