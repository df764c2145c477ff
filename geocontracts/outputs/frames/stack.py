"""All that covers one place: a row a record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from geocontracts.outputs.frames.looked_at import as_area, look_at, short_name
from geocontracts.places.area import HAUTS_DE_FRANCE, place_of
from geocontracts.records.amounts import period_of, stated_funding
from geocontracts.webmap.style import family_of

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from geocontracts.outputs.frames.looked_at import LookedAt
    from geocontracts.perimeters.perimeter import Perimeter
    from geocontracts.places.area import Area
    from geocontracts.places.gazetteer import Place
    from geocontracts.records.register import Contract, Mission, Operation, Register
    from geocontracts.words import Lang

Extent: TypeAlias = Literal["whole", "part", "seat"]

_EXTENTS = {"whole": 0, "part": 1, "seat": 2}
_KINDS = {"contract": 0, "mission": 1, "operation": 2}
_EUROS = ("total", "state", "eu", "region", "department", "other", "unattributed")
_DTYPES = {
    **dict.fromkeys(("kind", "programme", "programme_name", "family", "family_name", "title"), "string"),
    **dict.fromkeys(("status", "signed", "starts", "ends"), "string"),
    **dict.fromkeys(("from_year", "to_year"), "Int64"),
    **dict.fromkeys((f"{payer}_eur" for payer in _EUROS), "Float64"),
    **dict.fromkeys(("amounts_are", "counted_in", "basis", "extent"), "string"),
    **dict.fromkeys(("communes_covered", "communes_of_place", "communes_of_record"), "Int64"),
    **dict.fromkeys(("source", "section"), "string"),
}


def stack(
    place: Area | Place | str,
    register: Register | Path | str | None = None,
    *,
    within: Area | Place | str | None = HAUTS_DE_FRANCE,
    lang: Lang = "fr",
) -> pd.DataFrame:
    """Return what covers a place: one row a contract, mission or operation, as the page's panel has it.

    `place` is a commune, an EPCI, an arrondissement, a département or a region, by code or name; names
    are looked for in `within` first. `register` may be the path of a file; None is the bundled one.

    Index `id` (string). Columns, text as `string`, whole numbers as `Int64`, euros as `Float64`; what is
    unknown is `<NA>`, never 0:

    - `kind` (contract, mission, operation), `programme` (id), `programme_name`, `family` (id),
      `family_name`, `title`, `status`;
    - `signed`, `starts`, `ends`: ISO dates as precise as the source: `2019`, `2019-06` or `2019-06-29`;
    - `from_year`, `to_year`: the years in force, by the rule of the page's time bar: from the start or,
      failing that, the signature; nothing for what is only planned or announced;
    - `total_eur`, `state_eur`, `eu_eur`, `region_eur`, `department_eur`, `other_eur`,
      `unattributed_eur`: what the source states of the whole record, not of the part in this place;
      `amounts_are` (whole, yearly) and `counted_in` (the record in whose amounts these lie) say what
      must not be added up: see `add_up`;
    - `basis` (stated, inferred, unknown), `extent` (whole or part of the place; seat: the perimeter is
      not known, and its seat is here), `communes_covered` (of the place; `<NA>` for a seat),
      `communes_of_place`, `communes_of_record`;
    - `source` (id), `section`.

    Rows are in the order of extent, kind, family and programme. `attrs` holds `place` (its qualified
    code), `name`, and `unplaced`: the ids of contracts and missions whose perimeter and seat are not
    known, of which nobody can say whether they cover the place.

    Raises:
        RegisterError: there is nothing to read.
        UnknownPlaceError: `place` or `within` is no place, or more than one.
    """
    import pandas as pd

    looked = look_at(register, within)
    area = as_area(place, place_of(looked.area))
    families = looked.family_names(lang)
    rows = [_row(looked, families, perimeter, area) for perimeter in looked.perimeters]
    found = sorted((row for row in rows if row), key=lambda row: _rank(looked, row))
    frame = pd.DataFrame(found, columns=["id", *_DTYPES]).astype({"id": "string", **_DTYPES}).set_index("id")
    seated = {perimeter.record.id for perimeter in looked.perimeters if perimeter.seats}
    frame.attrs = {
        "place": f"{area.level}:{area.code}",
        "name": area.name,
        "unplaced": [name for name in looked.unplaced if name not in seated],
    }
    return frame


def _rank(looked: LookedAt, row: dict[str, Any]) -> tuple[int, int, int]:
    return _EXTENTS[row["extent"]], _KINDS[row["kind"]], looked.ranks[row["programme"]]


def _row(
    looked: LookedAt, families: dict[str, str], perimeter: Perimeter, area: Area
) -> dict[str, Any] | None:
    """Return the row of a record, or None when it does not cover the place."""
    extent, covered = _extent(perimeter, area)
    if extent is None:
        return None
    record = perimeter.record
    programme = looked.register.programmes[record.programme]
    first, last = years(record)
    return {
        "id": record.id,
        "kind": record.kind,
        "programme": programme.id,
        "programme_name": short_name(programme),
        "family": family_of(programme),
        "family_name": families[family_of(programme)],
        "title": record.title,
        "status": record.status,
        **_dates(record),
        "from_year": first,
        "to_year": last,
        **_amounts(record),
        "counted_in": looked.register.counted_in(record.id),
        "basis": perimeter.basis,
        "extent": extent,
        "communes_covered": covered,
        "communes_of_place": len(area.communes),
        "communes_of_record": len(perimeter.communes) or None,
        "source": record.source,
        "section": record.section,
    }


def _extent(perimeter: Perimeter, area: Area) -> tuple[Extent | None, int | None]:
    """Return how a record covers a place, and how many communes of it."""
    covered = len(area.numbers.intersection(perimeter.communes))
    if covered:
        return ("whole" if covered == len(area.communes) else "part"), covered
    # A perimeter that is known says where the record is, wherever its seat stands.
    is_seat = not perimeter.communes and any(seat.number in area.numbers for seat in perimeter.seats)
    return ("seat" if is_seat else None), None


def years(record: Contract | Mission | Operation) -> tuple[int | None, int | None]:
    """Return the first and the last year in force, as far as the source says.

    From the start or, failing that, the signature; an end before the beginning says
    nothing; what is only planned or announced is not in force, and has no years.
    """
    if record.status in ("planned", "announced"):
        return None, None
    begun = record.starts_on or getattr(record, "signed_on", None)
    first = begun.first().year if begun else None
    last = record.ends_on.first().year if record.ends_on else None
    if first is None:
        return last, last
    if last is not None and last >= first:
        return first, last
    return first, first if record.status == "ended" else None


def _dates(record: Contract | Mission | Operation) -> dict[str, str | None]:
    dates = {
        "signed": getattr(record, "signed_on", None),
        "starts": record.starts_on,
        "ends": record.ends_on,
    }
    return {name: date.text if date else None for name, date in dates.items()}


def _amounts(record: Contract | Mission | Operation) -> dict[str, float | str | None]:
    """Return the euros that the source states, and whether they are of a year."""
    funding = stated_funding(record)
    euros: dict[str, float | str | None] = {
        f"{payer}_eur": amount for payer, amount in funding.payers.items()
    }
    return {"total_eur": funding.total, **euros, "amounts_are": period_of(record) if funding else None}
