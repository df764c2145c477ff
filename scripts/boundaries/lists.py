"""Turn Etalab's lists into the rows of the tables."""

from collections.abc import Mapping, Sequence

from boundaries.sources import Unit as Listed
from boundaries.sources import Vintage
from geocontracts.places.building.levels import Unit, Value


def commune_rows(vintage: Vintage, codes: Sequence[str]) -> list[dict[str, Value]]:
    """Return what the lists say of each commune."""
    groups = {m["code"]: e["code"] for e in vintage.epci for m in e["membres"]}
    return [_commune_row(vintage.current[code], groups.get(code)) for code in codes]


def units(level: str, vintage: Vintage) -> Mapping[str, Unit]:
    """Return the places of a level above the communes, by code."""
    listed: dict[str, list[Listed]] = {
        "epci": vintage.epci,
        "arrondissement": vintage.arrondissements,
        "departement": vintage.departements,
        "region": vintage.regions,
    }
    return {u["code"]: Unit(u["code"], u["nom"], u.get("type", ""), u.get("chefLieu")) for u in listed[level]}


def _commune_row(unit: Listed, epci: str | None) -> dict[str, Value]:
    return {
        "code": unit["code"],
        "name": unit["nom"],
        "epci": epci,
        "arrondissement": unit.get("arrondissement") or None,
        "departement": unit["departement"],
        "region": unit["region"],
        "population": unit.get("population"),
        "siren": unit.get("siren"),
        "postcodes": ";".join(sorted(unit.get("codesPostaux", []))) or None,
    }
