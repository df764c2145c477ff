"""The payload as it stands in the page: records and places as columns, places said once.

Nothing is lost: `client/src/geometry/wire.ts` gives back what `contract.py` declares.
Three things that a record repeats are left to the reader:

- a label in `places` is a reference to a commune, an EPCI or a département of the
  payload, where it is the label of one (`labels_of`), or to a list of other texts;
- `communes` is null where it is all the communes of those places;
- `towns` is null where it follows from these and from `draw` (`_usual_towns`).
"""

from __future__ import annotations

from collections import Counter
from operator import itemgetter
from typing import TYPE_CHECKING

from geocontracts.webmap.columns import Packer
from geocontracts.webmap.runs import members_of, runs_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from geocontracts.webmap.contract import Entry, Payload, Places

_TABLES = ("epci", "arrondissements", "departements", "aliases")


def wired(payload: Payload) -> tuple[Mapping[str, object], bytes]:
    """Return a payload as the page holds it, and the block of integers of its columns."""
    packer, book = Packer(), _Book(payload["places"])
    places = payload["places"]
    packed = {
        "communes": packer.columns(places["communes"]),
        **{
            name: {"rows": len(places[name]), "table": packer.column(places[name])}  # type: ignore[literal-required]
            for name in _TABLES
        },
    }
    table = packer.columns(book.shortened(payload["records"]))
    records = {"rows": len(payload["records"]), "columns": table, "labels": list(book.others)}
    return {**payload, "places": {**places, **packed}, "records": records}, packer.block


def labels_of(places: Places) -> Iterator[str]:
    """Yield the labels of the communes, then those of the EPCI, then those of the départements.

    They are those of `places.match.describe`: an EPCI is followed by its départements,
    the one with most of its communes in the area first.
    """
    communes, names = places["communes"], [place["name"] for place in places["departements"]]
    within: list[Counter[int]] = [Counter() for _ in places["epci"]]
    columns = (communes["name"], communes["departement"], communes["epci"])
    for name, departement, epci in zip(*columns, strict=True):
        yield f"{name} ({names[departement]})" if departement >= 0 else name
        if epci >= 0 and departement >= 0:
            within[epci][departement] += 1
    for place, counted in zip(places["epci"], within, strict=True):
        held = ", ".join(names[departement] for departement, _ in counted.most_common())
        yield f"{place['name']} ({held})" if held else place["name"]
    yield from names


class _Book:
    """The places of a payload by their labels, and the communes that each holds."""

    def __init__(self, places: Places) -> None:
        communes = places["communes"]
        self._communes = len(communes["code"])
        self._rank: dict[str, int] = {}
        for number, label in enumerate(labels_of(places)):
            self._rank.setdefault(label, number)
        self._first_other = self._communes + len(places["epci"]) + len(places["departements"])
        groups = (("epci", communes["epci"]), ("departements", communes["departement"]))
        self._members: list[list[int]] = []
        for name, held in groups:
            lists: list[list[int]] = [[] for _ in places[name]]  # type: ignore[literal-required]
            for commune, group in enumerate(held):
                if group >= 0:
                    lists[group].append(commune)
            self._members += lists
        self.others: dict[str, int] = {}

    def shortened(self, records: list[Entry]) -> dict[str, list[object]]:
        """Return the records by keys, without what their places tell."""
        keys = list(records[0]) if records else []
        table: dict[str, list[object]] = {key: list(map(itemgetter(key), records)) for key in keys}
        for rank, record in enumerate(records):
            references = [self._reference(label) for label in record["places"]]
            table["places"][rank] = references
            if record["communes"] == self._runs(references):
                table["communes"][rank] = None
            if record["towns"] == _usual_towns(record, references, self._communes):
                table["towns"][rank] = None
        return table

    def _reference(self, label: str) -> int:
        found = self._rank.get(label)
        return self._first_other + self.others.setdefault(label, len(self.others)) if found is None else found

    def _runs(self, references: list[int]) -> list[int]:
        """Return the communes of places, as runs."""
        if len(references) == 1 and references[0] < self._communes:
            return [references[0], 1]
        found: set[int] = set()
        for reference in references:
            if reference < self._communes:
                found.add(reference)
            elif reference < self._first_other:
                found.update(self._members[reference - self._communes])
        return runs_of(sorted(found))


def _usual_towns(record: Entry, references: list[int], communes: int) -> list[int]:
    """Return the first commune among an operation's places, or all communes where towns are drawn."""
    if record["draw"] != "towns":
        return []
    if record["kind"] == "operation":
        return [reference for reference in references if reference < communes][:1]
    return members_of(record["communes"])
