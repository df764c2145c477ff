"""What stands beside a written place in its row, and narrows what it can mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geocontracts.places.gazetteer import Level


@dataclass(frozen=True, slots=True)
class Beside:
    """The other cells of a row that speak of its place, as they are written; empty where there is none.

    `level` is the level that the column's header says, `label` the name beside a
    code. `departement`, `region` and `epci` are codes or names; `epci` is the one
    that the row says the commune belongs to, which may have changed since.
    """

    level: Level | None = None
    label: str = ""
    departement: str = ""
    region: str = ""
    epci: str = ""
    postcode: str = ""


NOTHING = Beside()
