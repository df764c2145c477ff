"""How many contracts each territory has: a row a territory, those with none too."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

from geocontracts.errors import UnknownOptionError
from geocontracts.outputs.frames.looked_at import choose, look_at, short_name
from geocontracts.places.area import HAUTS_DE_FRANCE
from geocontracts.places.gazetteer import load_gazetteer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    import pandas as pd

    from geocontracts.outputs.frames.looked_at import LookedAt
    from geocontracts.perimeters.perimeter import Perimeter
    from geocontracts.places.area import Area
    from geocontracts.places.gazetteer import Gazetteer, Place
    from geocontracts.records.register import Register

Unit: TypeAlias = Literal["commune", "epci", "arrondissement", "departement"]

_DTYPES = {
    "name": "string",
    "communes": "Int64",
    "population": "Int64",
    **dict.fromkeys(("contracts", "contracts_whole", "missions", "operations", "programmes"), "Int64"),
    **dict.fromkeys(("programme_ids", "programme_names"), "object"),
}


def coverage(
    register: Register | Path | str | None = None,
    *,
    by: Unit = "commune",
    programme: str | Iterable[str] | None = None,
    within: Area | Place | str | None = HAUTS_DE_FRANCE,
) -> pd.DataFrame:
    """Return how many contracts, missions and operations cover each territory of `within`.

    A territory is covered when at least one of its communes is, as in the page's pile-up. One that has
    none is listed with 0: that is known. An EPCI that reaches out of `within` is taken whole. Communes
    outside `within` have no row, while `geocontracts stats` counts those too that contracts reach there.
    `programme` is the id of one programme, or several, to which all counts are narrowed.

    Index `code` (string, INSEE or SIREN), in whose order the rows are. Columns:

    - `name` (string), `communes` and `population` (Int64; `<NA>` where it is unknown);
    - `contracts`, `contracts_whole` (those that cover all its communes), `missions`, `operations` (Int64);
    - `programmes` (Int64): how many programmes cover it with a contract or a mission, and
      `programme_ids`, `programme_names` (lists, in the order of the page), made for `explode`.

    `attrs` holds `by`, `within` (a qualified code), and `unplaced`: the ids of the contracts and missions
    whose perimeter is not known; they are in no count.

    Raises:
        RegisterError: there is nothing to read.
        UnknownOptionError: `by` is no level, or the register has no such programme.
        UnknownPlaceError: `within` is no place, or more than one.
    """
    import pandas as pd

    if by not in get_args(Unit):
        raise UnknownOptionError("option-unknown", option="by", value=by, allowed=", ".join(get_args(Unit)))
    looked = look_at(register, within)
    wanted = choose(looked, programme)
    places = _units(looked.area, by, load_gazetteer())
    counts = _counts(looked, wanted, places)
    rows = [_row(looked, place, members, counts) for place, members in places.items()]
    frame = pd.DataFrame(rows, columns=["code", *_DTYPES])
    frame = frame.astype({"code": "string", **_DTYPES}).set_index("code")
    chosen = {each.record.id for each in looked.perimeters if each.record.programme in wanted}
    frame.attrs = {
        "by": by,
        "within": f"{looked.area.level}:{looked.area.code}",
        "unplaced": [name for name in looked.unplaced if name in chosen],
    }
    return frame


def _units(area: Area, by: Unit, gazetteer: Gazetteer) -> dict[Place, list[int]]:
    """Return the territories that have a commune in the area, and all their communes, by code."""
    if by == "commune":
        places = sorted(map(gazetteer.place, area.communes), key=lambda place: place.code)
    else:
        codes = sorted({code for code in gazetteer.column(by, list(area.communes)) if code})
        places = [place for code in codes if (place := gazetteer.get(by, code))]
    return {place: gazetteer.communes_of(place) for place in places}


def _counts(
    looked: LookedAt, wanted: frozenset[str], places: Mapping[Place, list[int]]
) -> dict[Place, list[tuple[Perimeter, int]]]:
    """Return the records that cover each territory, each with how many of its communes."""
    unit_of = {number: place for place, members in places.items() for number in members}
    found: dict[Place, list[tuple[Perimeter, int]]] = {place: [] for place in places}
    for perimeter in looked.perimeters:
        if perimeter.record.programme not in wanted:
            continue
        touched: dict[Place, int] = defaultdict(int)
        for number in perimeter.communes:
            if number in unit_of:
                touched[unit_of[number]] += 1
        for place, communes in touched.items():
            found[place].append((perimeter, communes))
    return found


def _row(
    looked: LookedAt, place: Place, members: list[int], counts: Mapping[Place, list[tuple[Perimeter, int]]]
) -> dict[str, Any]:
    found = counts[place]
    kinds = [perimeter.record.kind for perimeter, _ in found]
    wide = {perimeter.record.programme for perimeter, _ in found if perimeter.record.kind != "operation"}
    programmes = sorted(wide, key=looked.ranks.__getitem__)
    return {
        "code": place.code,
        "name": place.name,
        "communes": len(members),
        "population": place.population,
        "contracts": kinds.count("contract"),
        "contracts_whole": sum(
            perimeter.record.kind == "contract" and communes == len(members) for perimeter, communes in found
        ),
        "missions": kinds.count("mission"),
        "operations": kinds.count("operation"),
        "programmes": len(programmes),
        "programme_ids": programmes,
        "programme_names": [short_name(looked.register.programmes[name]) for name in programmes],
    }
