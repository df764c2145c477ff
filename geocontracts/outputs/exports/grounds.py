"""The tables around the records: where each was placed, its communes, its signs, the ground."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geocontracts.outputs.exports.model import ExportTable, derived
from geocontracts.outputs.exports.records import declared_columns
from geocontracts.places.boundaries import load_boundaries
from geocontracts.places.gazetteer import load_gazetteer

if TYPE_CHECKING:
    from geocontracts.outputs.exports.content import ExportContent, Told
    from geocontracts.outputs.exports.model import Column, Value
    from geocontracts.places.gazetteer import Level

_STATES = ("placed", "remark", "ambiguous", "unknown", "custom")
_TABLES = {"contract": "contracts", "mission": "missions", "operation": "operations"}


def _pointing(*, is_flat: bool) -> tuple[Column, ...]:
    """Return the columns that name a record: for people its title, for programs a key for each kind."""
    named = (derived("kind", "text", choices=tuple(_TABLES)), derived("record", "text"))
    if is_flat:
        return (*named, next(column for column in declared_columns("contracts") if column.name == "title"))
    keys = (derived(f"of_{kind}", "text", reference=(table, "id")) for kind, table in _TABLES.items())
    return (*named, *keys)


def _pointed(told: Told, *, is_flat: bool) -> tuple[Value, ...]:
    record = told.record
    if is_flat:
        return record.kind, record.id, record.title
    return (record.kind, record.id, *(record.id if record.kind == kind else None for kind in _TABLES))


def placement_table(content: ExportContent, *, is_flat: bool) -> ExportTable:
    """Return one row for each written place: how it was understood, and why."""
    columns = (
        *_pointing(is_flat=is_flat),
        derived("written", "text"),
        derived("state", "text", choices=_STATES),
        derived("place", "text"),
        derived("place_name", "text"),
        derived("seat", "text"),
        derived("place_communes", "integer"),
        derived("reason", "text"),
        derived("via", "text", reference=("contracts", "id")),
        derived("file", "text"),
        derived("file_line", "integer"),
    )
    rows = [
        (
            *_pointed(told, is_flat=is_flat),
            item.written,
            item.status,
            item.place.id if item.place else None,
            item.label or None,
            item.seat.id if item.seat else None,
            len(item.communes) or None,
            item.reason.text(content.lang),
            item.via or None,
            told.record.file or None,
            item.line or None,
        )
        for told in content.told
        for item in told.perimeter.placements
    ]
    return ExportTable("placements", columns, rows)


def coverage_table(content: ExportContent, *, is_flat: bool) -> ExportTable:
    """Return one row for each commune of each perimeter; with names where no other table gives them."""
    gazetteer = load_gazetteer()
    columns = (*_pointing(is_flat=is_flat), derived("commune", "text", reference=("communes", "code")))
    if is_flat:
        columns = (*columns, derived("commune_name", "text"))
    rows: list[tuple[Value, ...]] = []
    for told in content.told:
        numbers = list(told.perimeter.communes)
        pointed = _pointed(told, is_flat=is_flat)
        names = zip(gazetteer.column("code", numbers), gazetteer.column("name", numbers), strict=True)
        rows += [(*pointed, code, name) if is_flat else (*pointed, code) for code, name in names]
    return ExportTable("coverage", columns, rows)


def sign_table(content: ExportContent) -> ExportTable:
    """Return one point for each sign that the page draws in a town."""
    import shapely

    gazetteer = load_gazetteer()
    shared = {column.name: column for column in declared_columns("contracts")}
    columns = (
        *_pointing(is_flat=False),
        shared["programme"],
        derived("programme_name", "text"),
        shared["title"],
        shared["status"],
        shared["perimeter"],
        derived("total_eur", "amount"),
        derived("commune", "text", reference=("communes", "code")),
        derived("commune_name", "text"),
    )
    rows, points = [], []
    for told in content.told:
        entry = told.entry
        for town in entry["towns"]:
            place = gazetteer.place(content.page.area.communes[town])
            rows.append(
                (
                    *_pointed(told, is_flat=False),
                    told.record.programme,
                    content.payload["programmes"][entry["programme"]]["short"],
                    entry["title"],
                    entry["status"],
                    entry["basis"],
                    entry["total"],
                    place.code,
                    place.name,
                )
            )
            points.append(shapely.Point(place.lon, place.lat))
    return ExportTable("signs", columns, rows, "point", points)


def ground_table(content: ExportContent, level: Level) -> ExportTable:
    """Return the communes that a perimeter or the area has, or the EPCI or départements of the area."""
    gazetteer = load_gazetteer()
    parents = ("epci", "arrondissement", "departement") if level == "commune" else ()
    columns = (
        derived("code", "text"),
        derived("name", "text"),
        *(derived(parent, "text") for parent in parents),
        derived("population", "integer"),
    )
    numbers = content.covered if level == "commune" else list(content.page.area.communes)
    codes = sorted(
        {code for code in gazetteer.column("code" if level == "commune" else level, numbers) if code}
    )
    places = [place for code in codes if (place := gazetteer.get(level, code))]
    rows = [
        (place.code, place.name, *(_parent(getattr(place, parent)) for parent in parents), place.population)
        for place in places
    ]
    shapes = content.commune_shapes if level == "commune" else dict(load_boundaries(level).geometry)
    name = level if level == "epci" else f"{level}s"
    return ExportTable(name, columns, rows, "area", [shapes.get(place.code) for place in places])


def _parent(value: Any) -> Value:
    return (value[0] if value else None) if isinstance(value, tuple) else value or None
